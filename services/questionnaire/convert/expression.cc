// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/convert/expression.h"

#include "services/platform/status.h"
#include "services/questionnaire/domain/expression/errors.h"

namespace reprise::questionnaire {
namespace {

using expression::Builder;
using expression::Function;
using expression::Kind;
using expression::Place;
using expression::Term;

// Operators and functions stand in the same order on both sides.
constexpr int kFirstOperator = static_cast<int>(Kind::kNegate);
static_assert(static_cast<int>(Kind::kOr) - kFirstOperator + v1::EXPRESSION_OPERATOR_NEGATE ==
              v1::EXPRESSION_OPERATOR_OR);
static_assert(static_cast<int>(Kind::kPower) - kFirstOperator + v1::EXPRESSION_OPERATOR_NEGATE ==
              v1::EXPRESSION_OPERATOR_POWER);
static_assert(static_cast<int>(Function::kFullYears) == v1::EXPRESSION_FUNCTION_FULLYEARS);
static_assert(static_cast<int>(Function::kIf) == v1::EXPRESSION_FUNCTION_IF);

void SetLeaf(const Term& term, v1::ExpressionNode& node) {
  switch (term.kind()) {
    case Kind::kNumber: node.set_number(term.number()); return;
    case Kind::kText: node.set_text(term.text()); return;
    case Kind::kBoolean: node.set_boolean(term.number() != 0); return;
    case Kind::kDate: {
      const absl::CivilDay day =
          expression::Value::DateOfDays(static_cast<int32_t>(term.number())).date();
      node.mutable_date()->set_year(static_cast<int>(day.year()));
      node.mutable_date()->set_month(day.month());
      node.mutable_date()->set_day(day.day());
      return;
    }
    case Kind::kReference:
      node.mutable_reference()->set_event(term.reference().event);
      node.mutable_reference()->set_item(term.reference().item);
      node.mutable_reference()->set_code(term.reference().code);
      return;
    default: node.mutable_blank();
  }
}

void SetNode(const Term& term, v1::ExpressionNode& node) {
  node.set_line(term.place().line);
  node.set_column(term.place().column);
  if (term.kind() == Kind::kCall) {
    node.mutable_call()->set_function(static_cast<v1::ExpressionFunction>(term.function()));
    node.mutable_call()->set_argument_count(static_cast<int>(term.size()));
  } else if (term.size() > 0) {
    node.set_operator_(static_cast<v1::ExpressionOperator>(
        static_cast<int>(term.kind()) - kFirstOperator + v1::EXPRESSION_OPERATOR_NEGATE));
  } else {
    SetLeaf(term, node);
  }
}

absl::Status AddDate(const google::type::Date& date, Place place, Builder& builder) {
  const absl::CivilDay day(date.year(), date.month(), date.day());
  const bool valid = date.year() >= 1 && date.year() <= 9999 && day.year() == date.year() &&
                     day.month() == date.month() && day.day() == date.day();
  if (!valid) return expression::TreeMalformed("A date is not one of the calendar.");
  return builder.Text(expression::Value::Date(day).ToString(), place).status();
}

absl::Status AddText(const std::string& text, Place place, Builder& builder) {
  int32_t days = 0;
  if (text.empty() || expression::DateOfText(text, &days)) {
    return expression::TreeMalformed("A text is empty or a date; it has its own node.");
  }
  return builder.Text(text, place).status();
}

absl::Status AddCall(const v1::ExpressionCall& call, Place place, Builder& builder) {
  const bool known = call.function() >= 1 && call.function() <= v1::EXPRESSION_FUNCTION_FULLYEARS;
  if (!known || call.argument_count() < 0) {
    return expression::TreeMalformed("A call names no function that is known.");
  }
  return builder.Call(static_cast<Function>(call.function()),
                      static_cast<size_t>(call.argument_count()), place).status();
}

absl::Status Add(const v1::ExpressionNode& node, Builder& builder) {
  const Place place{node.line() > 0 ? node.line() : 1, node.column() > 0 ? node.column() : 1};
  switch (node.node_case()) {
    case v1::ExpressionNode::kNumber: return builder.Number(node.number(), place).status();
    case v1::ExpressionNode::kText: return AddText(node.text(), place, builder);
    case v1::ExpressionNode::kDate: return AddDate(node.date(), place, builder);
    case v1::ExpressionNode::kBoolean: return builder.Boolean(node.boolean(), place).status();
    case v1::ExpressionNode::kBlank: return builder.Text("", place).status();
    case v1::ExpressionNode::kReference:
      return builder
          .Refer({node.reference().event(), node.reference().item(), node.reference().code()},
                 place)
          .status();
    case v1::ExpressionNode::kOperator:
      if (node.operator_() < v1::EXPRESSION_OPERATOR_NEGATE ||
          node.operator_() > v1::EXPRESSION_OPERATOR_OR) {
        return expression::TreeMalformed("An operator is not known.");
      }
      return builder.Operator(static_cast<Kind>(node.operator_() - v1::EXPRESSION_OPERATOR_NEGATE +
                                                kFirstOperator), place).status();
    case v1::ExpressionNode::kCall: return AddCall(node.call(), place, builder);
    case v1::ExpressionNode::NODE_NOT_SET: break;
  }
  return expression::TreeMalformed("A node is empty.");
}

}  // namespace

v1::Expression ToProto(const expression::Expression& tree) {
  v1::Expression message;
  message.set_language_version(kExpressionLanguageVersion);
  message.set_text(expression::Print(tree));
  for (size_t i = 0; i < tree.nodes().size(); ++i) SetNode(Term(tree, i), *message.add_nodes());
  return message;
}

absl::StatusOr<expression::Expression> FromProto(const v1::Expression& message) {
  if (message.language_version() != kExpressionLanguageVersion) {
    return expression::VersionUnknown(message.language_version());
  }
  Builder builder;
  for (const v1::ExpressionNode& node : message.nodes()) {
    REPRISE_RETURN_IF_ERROR(Add(node, builder));
  }
  return builder.Build();
}

}  // namespace reprise::questionnaire
