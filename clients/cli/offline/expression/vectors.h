// SPDX-License-Identifier: Apache-2.0
// Files of expressions with their answers: `case_id,expression,bindings` in, `case_id,type,value`
// out. What is wrong with one row is that row's result, never the end of the run.
#ifndef REPRISE_CLI_OFFLINE_EXPRESSION_VECTORS_H_
#define REPRISE_CLI_OFFLINE_EXPRESSION_VECTORS_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "services/questionnaire/domain/expression/expression.h"

namespace reprise::cli {

// `a=1;t='oui';d='2025-01-31';c(3)=1;x=`: nothing after = is blank, a quoted value a text (with the
// escapes of the language) or a date, a bare one a number, true, false, a date or else a text.
//   INVALID_ARGUMENT BINDINGS_MALFORMED, BINDING_DUPLICATE, EXPRESSION_SYNTAX
absl::StatusOr<expression::Bindings> ParseBindings(absl::string_view text);

// `expression` with \n, \r and \t as the line breaks and tabs that they stand for in a one-line
// cell.
std::string DecodeLineBreaks(absl::string_view expression);

// [event][item] of the tree may be bound as `event.item`.
void AdoptEventNames(const expression::Expression& tree, expression::Bindings& bindings);

// One row: also EXPRESSION_NAME_UNKNOWN for a reference without a binding.
absl::StatusOr<expression::Value> EvaluateRow(absl::string_view expression,
                                              absl::string_view bindings);

// The whole file.
//   INVALID_ARGUMENT as ParseCsv, VECTORS_COLUMN_MISSING
absl::StatusOr<std::string> EvaluateVectors(absl::string_view csv, absl::string_view file_name);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_EXPRESSION_VECTORS_H_
