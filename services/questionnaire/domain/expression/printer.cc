// SPDX-License-Identifier: Apache-2.0
// Tree to text, from the leaves up: the text of a node is made by appending to that of its first
// operand, so that long chains cost no more than their length.
#include <algorithm>
#include <charconv>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "services/questionnaire/domain/expression/expression.h"
#include "services/questionnaire/domain/expression/functions.h"

namespace reprise::expression {
namespace {

// The shortest text that reads back as the same double.
std::string ShortestNumber(double number) {
  char buffer[32];
  const auto [end, failure] = std::to_chars(buffer, buffer + sizeof buffer, number);
  return failure == std::errc() ? std::string(buffer, end) : "0";
}

std::string QuotedText(absl::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    switch (c) {
      case '\\': quoted += "\\\\"; break;
      case '\'': quoted += "\\'"; break;
      case '\n': quoted += "\\n"; break;
      case '\r': quoted += "\\r"; break;
      case '\t': quoted += "\\t"; break;
      default: quoted += c;
    }
  }
  return quoted + "'";
}

std::string LeafText(const Expression& expression, const Node& node) {
  switch (node.kind) {
    case Kind::kNumber: return ShortestNumber(node.number);
    case Kind::kText: return QuotedText(expression.texts()[node.index]);
    case Kind::kDate:
      return absl::StrCat("'", Value::DateOfDays(static_cast<int32_t>(node.number)).ToString(),
                          "'");
    case Kind::kBoolean: return node.number != 0 ? "true" : "false";
    case Kind::kReference: return ToString(expression.references()[node.index]);
    default: return "''";
  }
}

struct Printed {
  Kind kind;
  std::string text;
};

std::string Operand(Kind parent, Printed& operand, bool first) {
  if (!NeedsParentheses(parent, operand.kind, first)) return std::move(operand.text);
  return absl::StrCat("(", operand.text, ")");
}

std::string OperationText(const Node& node, Printed* operands) {
  const absl::string_view symbol = OperatorText(node.kind);
  if (node.kind == Kind::kNot) return absl::StrCat("not ", Operand(node.kind, operands[0], true));
  if (node.kind == Kind::kNegate) return absl::StrCat("-", Operand(node.kind, operands[0], true));
  std::string text = Operand(node.kind, operands[0], true);
  if (node.kind == Kind::kPower) absl::StrAppend(&text, symbol);
  else absl::StrAppend(&text, " ", symbol, " ");
  absl::StrAppend(&text, Operand(node.kind, operands[1], false));
  return text;
}

// One line of the tree as a person reads it.
std::string Title(const Expression& expression, const Node& node) {
  switch (node.kind) {
    case Kind::kCall: return absl::StrCat(SignatureOf(node.function).name, "()");
    case Kind::kNegate: return "- (sign)";
    case Kind::kNumber: return absl::StrCat("number ", LeafText(expression, node));
    case Kind::kText: return absl::StrCat("text ", LeafText(expression, node));
    case Kind::kDate: return absl::StrCat("date ", LeafText(expression, node));
    case Kind::kBoolean: return absl::StrCat("boolean ", LeafText(expression, node));
    case Kind::kBlank: return "blank ''";
    case Kind::kReference: return absl::StrCat("item ", LeafText(expression, node));
    default: return std::string(OperatorText(node.kind));
  }
}

}  // namespace

std::string Print(const Expression& expression) {
  std::vector<Printed> open;
  for (const Node& node : expression.nodes()) {
    const size_t first = open.size() - node.arguments;
    std::string text;
    if (node.kind == Kind::kCall) {
      const auto plain = [](std::string* out, const Printed& argument) {
        out->append(argument.text);
      };
      text = absl::StrCat(
          SignatureOf(node.function).name, "(",
          absl::StrJoin(open.begin() + static_cast<std::ptrdiff_t>(first), open.end(), ", ", plain),
          ")");
    } else if (node.arguments > 0) {
      text = OperationText(node, &open[first]);
    } else {
      text = LeafText(expression, node);
    }
    open.erase(open.begin() + static_cast<std::ptrdiff_t>(first), open.end());
    open.push_back({node.kind, std::move(text)});
  }
  return std::move(open.back().text);
}

std::string Explain(const Expression& expression) {
  struct Pending {
    Term term;
    int indent;
  };
  std::string text;
  std::vector<Pending> pending{{expression.root(), 0}};
  while (!pending.empty()) {
    const auto [term, indent] = pending.back();
    pending.pop_back();
    absl::StrAppend(&text, std::string(static_cast<size_t>(indent) * 2, ' '),
                    Title(expression, term.node()), "\n");
    std::vector<Term> arguments = term.arguments();
    // Chains such as [a] + [b] + [c] may be long; they are not indented beyond what reads well.
    const int below = std::min(indent + 1, kMaxDepth);
    for (auto it = arguments.rbegin(); it != arguments.rend(); ++it)
      pending.push_back({*it, below});
  }
  return text;
}

}  // namespace reprise::expression
