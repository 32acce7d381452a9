// SPDX-License-Identifier: Apache-2.0
// The expression language of branching, computed items and scores (docs/expressions.md): text to
// tree and back, evaluation, order of evaluation. Pure, thread-compatible, evaluation never fails.
//   REPRISE_ASSIGN_OR_RETURN(const Expression bmi, Parse("[kg] / [m]^2"));
//   Value v = Evaluate(bmi, {{{.item = "kg"}, Value::Number(70)}, {{.item = "m"},
//   Value::Number(1.75)}});
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_EXPRESSION_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_EXPRESSION_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

#include "services/questionnaire/domain/expression/ast.h"
#include "services/questionnaire/domain/expression/value.h"

namespace reprise::expression {

// All errors are INVALID_ARGUMENT with metadata `line` and `column`:
//   EXPRESSION_NOT_UTF8, EXPRESSION_TOO_LONG, EXPRESSION_TOO_LARGE, EXPRESSION_TOO_DEEP,
//   EXPRESSION_SYNTAX, EXPRESSION_NUMBER, EXPRESSION_FUNCTION_UNKNOWN (metadata `suggestion`),
//   EXPRESSION_ARGUMENTS (how many, or a datediff unit that is none).
absl::StatusOr<Expression> Parse(absl::string_view text);

// Canonical text on one line: Parse(Print(x)) == x.
std::string Print(const Expression& expression);
// The tree, one node a line, arguments indented below their operator.
std::string Explain(const Expression& expression);

// `a and b`: for an item in a section that itself branches. EXPRESSION_TOO_LARGE,
// EXPRESSION_TOO_DEEP
absl::StatusOr<Expression> Both(const Expression& a, const Expression& b);

struct Code;  // inner to the engine

// An expression with its names compiled to slots, for many evaluations; no allocation unless the
// result is a text or more than 64 operands wait at once. Immutable, so threads may share it.
class Program {
 public:
  // `slots`: the place of each reference in the values handed to Evaluate. A reference that is not
  // among them is INVALID_ARGUMENT EXPRESSION_NAME_UNKNOWN with place and suggestion.
  static absl::StatusOr<Program> Bind(const Expression& expression,
                                      const std::map<Reference, size_t>& slots);
  // One value a slot; slots beyond the span are null.
  Value Evaluate(absl::Span<const Value> values) const;
  // For branching and conditions: true only where the result is true (null hides).
  bool Holds(absl::Span<const Value> values) const;

  Program(Program&&) noexcept;
  Program& operator=(Program&&) noexcept;
  ~Program();

 private:
  explicit Program(std::unique_ptr<const Code> code);
  std::unique_ptr<const Code> code_;
};

using Bindings = std::map<Reference, Value>;
// Once, by name; a reference without a binding is null. For many evaluations use Program.
Value Evaluate(const Expression& expression, const Bindings& bindings);

// Names in an order in which each expression follows those it refers to; among free ones by name.
// A reference to `[box(code)]` counts as one to `box`; references with an event, and to names that
// are no key, do not count.
//   INVALID_ARGUMENT EXPRESSION_CYCLE, with the cycle in the message and in metadata `cycle`
absl::StatusOr<std::vector<std::string>> EvaluationOrder(
    const std::map<std::string, Expression>& expressions);
// The same where a name depends on several expressions (value and shown-if).
absl::StatusOr<std::vector<std::string>> EvaluationOrder(
    const std::map<std::string, std::vector<const Expression*>>& expressions);

}  // namespace reprise::expression

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_EXPRESSION_H_
