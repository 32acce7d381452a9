// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/expression/candidates.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "services/questionnaire/domain/expression/functions.h"
#include "services/questionnaire/domain/expression/names.h"

namespace reprise::expression {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
// Integers of a range no wider than this are all tried, however they are used.
constexpr double kNarrow = 64;

void AddConstant(const Term& literal, Uses& uses) {
  double number = 0;
  switch (literal.kind()) {
    case Kind::kNumber: case Kind::kBoolean: uses.numbers.insert(literal.number()); break;
    case Kind::kDate: uses.days.insert(static_cast<int32_t>(literal.number())); break;
    case Kind::kText:
      if (NumberOfText(literal.text(), &number)) uses.numbers.insert(number);
      uses.texts.insert(literal.text());
      break;
    default: break;
  }
}

// A literal, or the negative of one, which reads as two nodes.
bool AddIfConstant(const Term& term, Uses& uses) {
  if (IsLiteral(term.kind())) {
    AddConstant(term, uses);
    return true;
  }
  if (term.kind() != Kind::kNegate || term.argument(0).kind() != Kind::kNumber) return false;
  uses.numbers.insert(-term.argument(0).number());
  return true;
}

// Adds the use of a reference as operand `which` of `parent`; false where it is more than a
// comparison with constants.
bool AddOperandUse(const Term& parent, size_t which, Uses& uses) {
  if (IsComparison(parent.kind())) {
    uses.ordered |= parent.kind() != Kind::kEqual && parent.kind() != Kind::kNotEqual;
    return AddIfConstant(parent.argument(1 - which), uses);
  }
  switch (parent.kind()) {
    case Kind::kAnd: case Kind::kOr: case Kind::kNot: uses.numbers.insert(0); return true;
    case Kind::kCall: break;
    default: return false;
  }
  if (parent.function() == Function::kIsBlank || parent.function() == Function::kCount) return true;
  if (parent.function() == Function::kIf) {
    uses.numbers.insert(0);
    return which == 0;
  }
  const bool compares = parent.function() == Function::kIn ||
                        parent.function() == Function::kBetween ||
                        parent.function() == Function::kBand;
  if (!compares || which != 0) return false;
  uses.ordered |= parent.function() != Function::kIn;
  bool all = true;
  for (size_t i = 1; i < parent.size(); ++i) all &= AddIfConstant(parent.argument(i), uses);
  return all;
}

// One value below, between and above the points, and the points themselves, within the range.
std::vector<double> Regions(const std::set<double>& points, double low, double high, bool whole) {
  std::vector<double> edges{low};
  for (const double point : points) {
    if (point > low && point < high) edges.push_back(point);
  }
  edges.push_back(high);
  std::set<double> values;
  const auto add = [&](double value) {
    if (std::isfinite(value) && value >= low && value <= high &&
        (!whole || value == std::trunc(value))) {
      values.insert(value + 0.0);
    }
  };
  for (size_t i = 0; i + 1 < edges.size(); ++i) {
    const double left = edges[i];
    const double right = edges[i + 1];
    add(left);
    add(right);
    double inside = left / 2 + right / 2;
    if (!std::isfinite(left) && !std::isfinite(right)) inside = 0;
    else if (!std::isfinite(left)) inside = right - std::max(1.0, std::abs(right));
    else if (!std::isfinite(right)) inside = left + std::max(1.0, std::abs(left));
    if (whole) inside = std::isfinite(left) ? std::floor(left) + 1 : std::ceil(right) - 1;
    if (whole && !std::isfinite(left) && !std::isfinite(right)) inside = 0;
    if (inside > left && inside < right) add(inside);
  }
  return {values.begin(), values.end()};
}

Candidates Numbers(const Symbol& symbol, const Uses& uses) {
  const bool whole = symbol.type == ItemType::kInteger;
  const double low = symbol.minimum.value_or(-kInfinity);
  const double high = symbol.maximum.value_or(kInfinity);
  Candidates candidates{.values = {}, .exhaustive = uses.only_compared};
  if (whole && high - low <= kNarrow) {
    for (double value = std::ceil(low); value <= high; ++value)
      candidates.values.push_back(Value::Number(value));
    candidates.exhaustive = true;
    return candidates;
  }
  std::set<double> points = uses.numbers;
  if (!uses.only_compared) points.insert({0, 1});
  for (const double value : Regions(points, low, high, whole))
    candidates.values.push_back(Value::Number(value));
  return candidates;
}

Candidates Dates(const Uses& uses) {
  Candidates candidates{.values = {}, .exhaustive = uses.only_compared};
  std::set<double> points(uses.days.begin(), uses.days.end());
  if (!uses.only_compared) points.insert({0, 20000});
  // The calendar's own range, 0001-01-01 to 9999-12-31.
  for (const double day : Regions(points, -719162, 2932896, true)) {
    candidates.values.push_back(Value::DateOfDays(static_cast<int32_t>(day)));
  }
  return candidates;
}

Candidates Texts(const Uses& uses) {
  Candidates candidates{.values = {}, .exhaustive = uses.only_compared && !uses.ordered};
  std::string other = "?";  // a text that none of the constants is
  while (uses.texts.count(other) > 0) other += '?';
  candidates.values.push_back(Value::Text(other));
  for (const std::string& text : uses.texts) candidates.values.push_back(Value::Text(text));
  for (const double number : uses.numbers)
    candidates.values.push_back(Value::Text(Value::Number(number).ToString()));
  for (const int32_t day : uses.days)
    candidates.values.push_back(Value::Text(Value::DateOfDays(day).ToString()));
  return candidates;
}

Candidates Unknown(const Symbol& symbol, const Uses& uses) {
  Candidates candidates = Numbers(symbol, uses);
  for (const Candidates& more : {Dates(uses), Texts(uses)}) {
    candidates.values.insert(candidates.values.end(), more.values.begin(), more.values.end());
  }
  candidates.exhaustive = false;
  return candidates;
}

Candidates Codes(const Symbol& symbol) {
  Candidates candidates{.values = {}, .exhaustive = true};
  const bool numbers = CodesAreNumbers(symbol);
  for (const std::string& code : symbol.codes) {
    double number = 0;
    const bool use_number = numbers && NumberOfText(code, &number);
    candidates.values.push_back(use_number ? Value::Number(number) : Value::Text(code));
  }
  return candidates;
}

}  // namespace

void AddUses(const Expression& expression, std::map<Reference, Uses>& uses) {
  Uses constants;
  for (size_t i = 0; i < expression.nodes().size(); ++i) {
    if (IsLiteral(expression.nodes()[i].kind)) AddConstant(Term(expression, i), constants);
  }
  const Term root = expression.root();
  if (root.kind() == Kind::kReference) uses[root.reference()].numbers.insert(0);
  for (size_t i = 0; i < expression.nodes().size(); ++i) {
    const Term parent(expression, i);
    const std::vector<Term> operands = parent.arguments();
    for (size_t which = 0; which < operands.size(); ++which) {
      if (operands[which].kind() != Kind::kReference) continue;
      Uses& of_reference = uses[operands[which].reference()];
      if (AddOperandUse(parent, which, of_reference)) continue;
      of_reference.only_compared = false;
      of_reference.numbers.insert(constants.numbers.begin(), constants.numbers.end());
      of_reference.days.insert(constants.days.begin(), constants.days.end());
      of_reference.texts.insert(constants.texts.begin(), constants.texts.end());
    }
  }
}

Candidates CandidatesOf(const Symbol& symbol, const Uses& uses, bool may_be_blank) {
  Candidates candidates;
  switch (symbol.type) {
    case ItemType::kNumber: case ItemType::kInteger: candidates = Numbers(symbol, uses); break;
    case ItemType::kBoolean:
      candidates = {{Value::Boolean(false), Value::Boolean(true)}, true};
      break;
    case ItemType::kBoxes: candidates = {{Value::Number(0), Value::Number(1)}, true}; break;
    case ItemType::kDate: candidates = Dates(uses); break;
    case ItemType::kText: candidates = Texts(uses); break;
    case ItemType::kChoice:
      candidates = symbol.codes.empty() ? Unknown(symbol, uses) : Codes(symbol);
      break;
    case ItemType::kAny: candidates = Unknown(symbol, uses); break;
  }
  if (may_be_blank || candidates.values.empty()) candidates.values.push_back(Value::Null());
  return candidates;
}

}  // namespace reprise::expression
