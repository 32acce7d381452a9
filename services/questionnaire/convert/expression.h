// SPDX-License-Identifier: Apache-2.0
// The tree of an expression to and from its proto. Reading checks everything that Parse guarantees,
// so that a stored or foreign message cannot make a tree that Parse could not.
#ifndef REPRISE_QUESTIONNAIRE_CONVERT_EXPRESSION_H_
#define REPRISE_QUESTIONNAIRE_CONVERT_EXPRESSION_H_

#include "absl/status/statusor.h"
#include "reprise/questionnaire/v1/expression.pb.h"

#include "services/questionnaire/domain/expression/expression.h"

namespace reprise::questionnaire {

inline constexpr int kExpressionLanguageVersion = 1;

v1::Expression ToProto(const expression::Expression& tree);
// INVALID_ARGUMENT EXPRESSION_VERSION_UNKNOWN, EXPRESSION_TREE_MALFORMED, and those of Builder.
absl::StatusOr<expression::Expression> FromProto(const v1::Expression& message);

}  // namespace reprise::questionnaire

#endif  // REPRISE_QUESTIONNAIRE_CONVERT_EXPRESSION_H_
