// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <utility>

#include "services/platform/status.h"
#include "services/platform/text/utf8.h"
#include "services/questionnaire/domain/expression/ast.h"
#include "services/questionnaire/domain/expression/errors.h"
#include "services/questionnaire/domain/expression/functions.h"
#include "services/questionnaire/domain/expression/value.h"

namespace reprise::expression {

// Takes the last `arguments` open operands and leaves `node` as one. The depth is that of the
// canonical text: one level each for a call, a sign, a later operand and a pair of parentheses.
void Builder::Push(Node node, size_t arguments) {
  if (!status_.ok()) return;
  if (empty_) made_.nodes_.clear();
  empty_ = false;
  if (open_.size() < arguments) {
    status_ = TreeMalformed("An operator lacks operands.");
    return;
  }
  if (made_.nodes_.size() >= kMaxNodes) {
    status_ = TooLarge(node.place);
    return;
  }
  int depth = 1;
  const size_t first = open_.size() - arguments;
  for (size_t i = first; i < open_.size(); ++i) {
    const Node& operand = made_.nodes_[open_[i]];
    const bool left = IsBinary(node.kind) && i == first;
    const bool parentheses = NeedsParentheses(node.kind, operand.kind, i == first);
    depth = std::max(depth, depths_[i] + (left ? 0 : 1) + (parentheses ? 1 : 0));
    node.size += operand.size;
  }
  if (depth > kMaxDepth) {
    status_ = TooDeep(node.place);
    return;
  }
  node.arguments = static_cast<uint32_t>(arguments);
  open_.resize(first);
  depths_.resize(first);
  open_.push_back(made_.nodes_.size());
  depths_.push_back(depth);
  made_.nodes_.push_back(node);
}

Builder& Builder::Number(double number, Place place) {
  if (status_.ok() && (!std::isfinite(number) || std::signbit(number)))
    status_ = NumberUnusable(place);
  Push({.kind = Kind::kNumber, .number = number, .place = place}, 0);
  return *this;
}

Builder& Builder::Text(absl::string_view text, Place place) {
  Node node{.kind = Kind::kText, .place = place};
  int32_t days = 0;
  if (text.empty()) {
    node.kind = Kind::kBlank;
  } else if (DateOfText(text, &days)) {
    node.kind = Kind::kDate;
    node.number = days;
  } else {
    const bool usable = text.find('\0') == absl::string_view::npos &&
                        reprise::text::Utf8Prefix(text) == text.size();
    if (status_.ok() && !usable)
      status_ = TreeMalformed("A text is not UTF-8 or holds a zero byte.");
    node.index = static_cast<uint32_t>(made_.texts_.size());
    made_.texts_.emplace_back(text);
  }
  Push(node, 0);
  return *this;
}

Builder& Builder::Boolean(bool truth, Place place) {
  Push({.kind = Kind::kBoolean, .number = truth ? 1.0 : 0.0, .place = place}, 0);
  return *this;
}

Builder& Builder::Refer(Reference reference, Place place) {
  if (status_.ok()) {
    const absl::StatusOr<Reference> again = ParseReference(ToString(reference));
    if (!again.ok() || *again != reference) status_ = TreeMalformed("A reference is malformed.");
  }
  const auto [at, fresh] = known_.try_emplace(reference, made_.references_.size());
  if (fresh) made_.references_.push_back(std::move(reference));
  Push({.kind = Kind::kReference, .index = static_cast<uint32_t>(at->second), .place = place}, 0);
  return *this;
}

Builder& Builder::Operator(Kind kind, Place place) {
  const bool single = kind == Kind::kNot || kind == Kind::kNegate;
  if (status_.ok() && !single && !IsBinary(kind)) status_ = TreeMalformed("A node is no operator.");
  Push({.kind = kind, .place = place}, single ? 1 : 2);
  return *this;
}

Builder& Builder::Call(Function function, size_t arguments, Place place) {
  if (!status_.ok()) return *this;
  if (function == Function::kNone || function > Function::kFullYears) {
    status_ = TreeMalformed("A call names no function.");
    return *this;
  }
  const Signature& signature = SignatureOf(function);
  if (arguments < signature.least || arguments > signature.most) {
    status_ = ArgumentsWrong(place, function, arguments);
    return *this;
  }
  if (function == Function::kDateDiff && open_.size() >= arguments) {
    const Node& unit = made_.nodes_[open_[open_.size() - arguments + 2]];
    const bool text = unit.kind == Kind::kText;
    const std::string& name = text ? made_.texts_[unit.index] : "";
    if (name != "d" && name != "M" && name != "y") status_ = UnitWrong(unit.place);
  }
  Push({.kind = Kind::kCall, .function = function, .place = place}, arguments);
  return *this;
}

Builder& Builder::Copy(const Expression& from, const Node& node) {
  switch (node.kind) {
    case Kind::kNumber: return Number(node.number, node.place);
    case Kind::kText: return Text(from.texts()[node.index], node.place);
    case Kind::kReference: return Refer(from.references()[node.index], node.place);
    case Kind::kCall: return Call(node.function, node.arguments, node.place);
    case Kind::kDate: case Kind::kBoolean: case Kind::kBlank:
      Push({.kind = node.kind, .number = node.number, .place = node.place}, 0);
      return *this;
    default: return Operator(node.kind, node.place);
  }
}

Builder& Builder::Append(const Expression& whole) {
  for (const Node& node : whole.nodes()) Copy(whole, node);
  return *this;
}

absl::StatusOr<Expression> Builder::Build() {
  REPRISE_RETURN_IF_ERROR(status_);
  if (open_.size() != 1) return TreeMalformed("The nodes do not form one tree.");
  return std::move(made_);
}

}  // namespace reprise::expression
