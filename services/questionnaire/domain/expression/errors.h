// SPDX-License-Identifier: Apache-2.0
// Every failure of the expression language: INVALID_ARGUMENT and, for what has one, a sentence that
// begins with the place and metadata `line` and `column` (1-based, in characters).
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_ERRORS_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_ERRORS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

#include "services/questionnaire/domain/expression/ast.h"

namespace reprise::expression {

absl::Status NotUtf8(Place place);       // EXPRESSION_NOT_UTF8
absl::Status TooLong(Place place);       // EXPRESSION_TOO_LONG
absl::Status TooLarge(Place place);      // EXPRESSION_TOO_LARGE
absl::Status TooDeep(Place place);       // EXPRESSION_TOO_DEEP
absl::Status Syntax(Place place, absl::string_view sentence);            // EXPRESSION_SYNTAX
absl::Status NumberUnusable(Place place);                                // EXPRESSION_NUMBER
absl::Status FunctionUnknown(Place place, absl::string_view name);  // EXPRESSION_FUNCTION_UNKNOWN
absl::Status ArgumentsWrong(Place place, Function function, size_t count);  // EXPRESSION_ARGUMENTS
absl::Status UnitWrong(Place place);                                     // EXPRESSION_ARGUMENTS
absl::Status TreeMalformed(absl::string_view sentence);  // EXPRESSION_TREE_MALFORMED
absl::Status VersionUnknown(int version);  // EXPRESSION_VERSION_UNKNOWN
// EXPRESSION_NAME_UNKNOWN; `suggestion` may be empty.
absl::Status NameUnknown(Place place, const Reference& reference, absl::string_view suggestion);
// EXPRESSION_CYCLE; the first name is repeated at the end by this function.
absl::Status Cycle(const std::vector<std::string>& names);

}  // namespace reprise::expression

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_ERRORS_H_
