// SPDX-License-Identifier: Apache-2.0
// The functions that take their arguments as a row of cells: aggregates, scoring, dates. None
// allocates; some reorder the row, which is the evaluator's own.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_AGGREGATE_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_AGGREGATE_H_

#include "absl/types/span.h"

#include "services/questionnaire/domain/expression/ast.h"
#include "services/questionnaire/domain/expression/cell.h"

namespace reprise::expression {

// Requires as many arguments as the function's signature allows; not kNone, kIf, kCoalesce, which
// the evaluator runs itself.
Cell CallFunction(Function function, absl::Span<Cell> arguments);

}  // namespace reprise::expression

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_AGGREGATE_H_
