// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/expression/interval.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "absl/types/span.h"

#include "services/questionnaire/domain/expression/functions.h"
#include "services/questionnaire/domain/expression/names.h"

namespace reprise::expression {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
using Operands = absl::Span<const Enclosure>;

Enclosure Numbers(double low, double high, bool null) {
  if (std::isnan(low) || std::isnan(high)) return {true, false, -kInfinity, kInfinity};
  // What overflows is null.
  return {null || !std::isfinite(low) || !std::isfinite(high), false, low, high};
}

Enclosure NullOnly() { return {true, false, kInfinity, -kInfinity}; }

Enclosure Truths(bool may_be_true, bool may_be_false, bool null) {
  if (!may_be_true && !may_be_false) return NullOnly();
  return {null, false, may_be_false ? 0.0 : 1.0, may_be_true ? 1.0 : 0.0};
}

Enclosure Union(const Enclosure& a, const Enclosure& b) {
  return {a.null || b.null, a.other || b.other, std::min(a.low, b.low), std::max(a.high, b.high)};
}

// Sums and means round: their true bounds lie a hair outside the computed ones.
Enclosure Widened(double low, double high, bool null) {
  const auto hair = [](double x) { return std::abs(x) * 1e-9; };
  return Numbers(low - hair(low), high + hair(high), null);
}

Enclosure Arithmetic(Kind kind, const Enclosure& a, const Enclosure& b) {
  const bool null = a.may_be_unknown() || b.may_be_unknown();
  if (!a.has_number() || !b.has_number()) return NullOnly();
  switch (kind) {
    case Kind::kAdd: return Numbers(a.low + b.low, a.high + b.high, null);
    case Kind::kSubtract: return Numbers(a.low - b.high, a.high - b.low, null);
    case Kind::kMultiply: case Kind::kDivide: {
      if (kind == Kind::kDivide && b.may_be_false()) return Numbers(-kInfinity, kInfinity, true);
      std::vector<double> ends;
      for (const double x : {a.low, a.high}) {
        for (const double y : {b.low, b.high})
          ends.push_back(kind == Kind::kMultiply ? x * y : x / y);
      }
      const bool unknown =
          std::any_of(ends.begin(), ends.end(), [](double end) { return std::isnan(end); });
      if (unknown) return Numbers(-kInfinity, kInfinity, true);
      return Numbers(*std::min_element(ends.begin(), ends.end()),
                     *std::max_element(ends.begin(), ends.end()), null);
    }
    case Kind::kRemainder: {
      const double most = std::max(std::abs(b.low), std::abs(b.high));
      return Numbers(a.low < 0 ? -most : 0, a.high > 0 ? most : 0, null || b.may_be_false());
    }
    default: return Numbers(-kInfinity, kInfinity, true);  // powers
  }
}

Enclosure Equality(const Enclosure& a, const Enclosure& b) {
  const bool numbers = a.has_number() && b.has_number();
  const bool meet = numbers && a.low <= b.high && b.low <= a.high;
  const bool same = numbers && a.low == a.high && b.low == b.high && a.low == b.low;
  const bool others = a.other || b.other;
  const bool values = (a.has_number() || a.other) && (b.has_number() || b.other);
  return Truths(meet || (a.other && b.other), values && (!same || others), a.null || b.null);
}

// a < b, or a <= b.
Enclosure Less(const Enclosure& a, const Enclosure& b, bool or_equal) {
  const bool others = a.other && b.other;
  const bool null = a.may_be_unknown() || b.may_be_unknown();
  if (!a.has_number() || !b.has_number()) return Truths(others, others, null);
  const bool may = or_equal ? a.low <= b.high : a.low < b.high;
  const bool may_not = or_equal ? a.high > b.low : a.high >= b.low;
  return Truths(may || others, may_not || others, null);
}

Enclosure Denied(const Enclosure& a) {
  return Truths(a.may_be_false(), a.may_be_true(), a.may_be_unknown());
}

Enclosure Both(const Enclosure& a, const Enclosure& b) {
  const bool truth = a.may_be_true() && b.may_be_true();
  const bool falsehood = a.may_be_false() || b.may_be_false();
  const auto not_false = [](const Enclosure& x) { return x.may_be_true() || x.may_be_unknown(); };
  const bool null = (a.may_be_unknown() && not_false(b)) || (b.may_be_unknown() && not_false(a));
  return Truths(truth, falsehood, null);
}

Enclosure Either(const Enclosure& a, const Enclosure& b) {
  return Denied(Both(Denied(a), Denied(b)));
}

Enclosure BlankTest(const Enclosure& a) {
  return Truths(a.null, a.has_number() || a.other, false);
}

// Of the answered among `operands`: lowest and highest of any, whether none may be answered.
struct Answers {
  double low = kInfinity, high = -kInfinity, sum_low = 0, sum_high = 0;
  double surely = 0;  // how many cannot be null
  bool other = false;
};

Answers AnswersOf(Operands operands) {
  Answers answers;
  for (const Enclosure& operand : operands) {
    answers.other |= operand.other;
    if (!operand.null) ++answers.surely;
    if (!operand.has_number()) continue;
    answers.low = std::min(answers.low, operand.low);
    answers.high = std::max(answers.high, operand.high);
    answers.sum_low += operand.null ? std::min(operand.low, 0.0) : operand.low;
    answers.sum_high += operand.null ? std::max(operand.high, 0.0) : operand.high;
  }
  return answers;
}

Enclosure Aggregate(Function function, Operands operands) {
  const Answers answers = AnswersOf(operands);
  const bool null = answers.surely == 0 || answers.other;
  if (answers.low > answers.high) return NullOnly();
  switch (function) {
    case Function::kSum: return Numbers(answers.sum_low, answers.sum_high, null);
    case Function::kMin: case Function::kMax: return Numbers(answers.low, answers.high, null);
    case Function::kSd: return Numbers(0, kInfinity, true);
    default: return Widened(answers.low, answers.high, null);
  }
}

Enclosure Prorated(Operands operands) {
  const Operands items = operands.subspan(1);
  const Answers answers = AnswersOf(items);
  if (answers.low > answers.high) return NullOnly();
  const double count = static_cast<double>(items.size());
  const bool enough = !operands[0].may_be_unknown() && operands[0].high <= answers.surely;
  return Widened(answers.low * count, answers.high * count,
                 !enough || answers.surely == 0 || answers.other);
}

Enclosure Banded(Operands operands) {
  double least = 0, most = 0;
  bool null = false;
  for (const Enclosure& cut : operands.subspan(1)) {
    const Enclosure reached = Less(cut, operands[0], true);
    null |= reached.may_be_unknown();
    if (reached.may_be_true()) ++most;
    if (reached.may_be_true() && !reached.may_be_false()) ++least;
  }
  return Numbers(least, most, null);
}

Enclosure Coalesced(Operands operands) {
  Enclosure result = NullOnly();
  for (const Enclosure& operand : operands) {
    result = Union(result, operand);
    if (operand.null) continue;
    result.null = false;
    return result;
  }
  return result;
}

Enclosure Called(Function function, Operands operands, absl::Span<const Term> terms) {
  switch (function) {
    case Function::kSum: case Function::kMean: case Function::kMin: case Function::kMax:
    case Function::kMedian: case Function::kSd: return Aggregate(function, operands);
    case Function::kCount:
      return Numbers(AnswersOf(operands).surely, static_cast<double>(operands.size()), false);
    case Function::kIf: {
      Enclosure result{false, false, kInfinity, -kInfinity};
      if (operands[0].may_be_true()) result = Union(result, operands[1]);
      if (operands[0].may_be_false() || operands[0].may_be_unknown())
        result = Union(result, operands[2]);
      return result;
    }
    case Function::kCoalesce: return Coalesced(operands);
    case Function::kIsBlank: return BlankTest(operands[0]);
    case Function::kIn: {
      Enclosure found = Truths(false, true, false);
      for (size_t i = 1; i < operands.size(); ++i) {
        const bool blank = terms[i].kind() == Kind::kBlank || terms[0].kind() == Kind::kBlank;
        const Enclosure& tested = terms[i].kind() == Kind::kBlank ? operands[0] : operands[i];
        found = Either(found, blank ? BlankTest(tested) : Equality(operands[0], operands[i]));
      }
      return found;
    }
    case Function::kBetween:
      return Both(Less(operands[1], operands[0], true), Less(operands[0], operands[2], true));
    case Function::kRev:
      return Arithmetic(Kind::kSubtract, Arithmetic(Kind::kAdd, operands[1], operands[2]),
                        operands[0]);
    case Function::kProrate: return Prorated(operands);
    case Function::kBand: return Banded(operands);
    case Function::kExp: case Function::kSqrt: return Numbers(0, kInfinity, true);
    case Function::kFullYears: return Numbers(-9999, 9999, true);
    case Function::kDateDiff: return Numbers(operands.size() == 4 ? -4e6 : 0, 4e6, true);
    default: return Numbers(-kInfinity, kInfinity, true);  // abs, ln, rounding
  }
}

Enclosure Operated(const Term& term, Operands operands, absl::Span<const Term> terms) {
  const Enclosure& a = operands[0];
  const Enclosure& b = operands.back();
  switch (term.kind()) {
    case Kind::kNegate: return Arithmetic(Kind::kSubtract, Numbers(0, 0, false), a);
    case Kind::kNot: return Denied(a);
    case Kind::kAnd: return Both(a, b);
    case Kind::kOr: return Either(a, b);
    case Kind::kEqual: case Kind::kNotEqual: {
      Enclosure equal = Equality(a, b);
      if (terms[0].kind() == Kind::kBlank) equal = BlankTest(b);
      else if (terms[1].kind() == Kind::kBlank) equal = BlankTest(a);
      return term.kind() == Kind::kEqual ? equal : Denied(equal);
    }
    case Kind::kLess: return Less(a, b, false);
    case Kind::kLessOrEqual: return Less(a, b, true);
    case Kind::kGreater: return Less(b, a, false);
    case Kind::kGreaterOrEqual: return Less(b, a, true);
    case Kind::kCall: return Called(term.function(), operands, terms);
    default: return Arithmetic(term.kind(), a, b);
  }
}

Enclosure OfLeaf(const Term& term, const std::function<Enclosure(const Reference&)>& of_reference) {
  double number = 0;
  switch (term.kind()) {
    case Kind::kNumber: case Kind::kBoolean: return Numbers(term.number(), term.number(), false);
    case Kind::kText:
      if (NumberOfText(term.text(), &number)) return Numbers(number, number, false);
      return {false, true, kInfinity, -kInfinity};
    case Kind::kDate: return {false, true, kInfinity, -kInfinity};
    case Kind::kReference: return of_reference(term.reference());
    default: return NullOnly();
  }
}

}  // namespace

Enclosure EnclosureOf(const Symbol& symbol, bool may_be_blank) {
  Enclosure enclosure{may_be_blank, false, -kInfinity, kInfinity};
  switch (symbol.type) {
    case ItemType::kNumber: case ItemType::kInteger:
      enclosure.low = symbol.minimum.value_or(-kInfinity);
      enclosure.high = symbol.maximum.value_or(kInfinity);
      if (!enclosure.has_number()) enclosure.null = true;
      return enclosure;
    case ItemType::kBoolean: case ItemType::kBoxes: return {may_be_blank, false, 0, 1};
    case ItemType::kDate: return {may_be_blank, true, kInfinity, -kInfinity};
    default: enclosure.other = true;
  }
  if (symbol.type != ItemType::kChoice || symbol.codes.empty() || !CodesAreNumbers(symbol))
    return enclosure;
  enclosure = {may_be_blank, false, kInfinity, -kInfinity};
  for (const std::string& code : symbol.codes) {
    double number = 0;
    if (NumberOfText(code, &number))
      enclosure = Union(enclosure, {may_be_blank, false, number, number});
  }
  return enclosure;
}

Enclosure Enclose(const Expression& expression,
                  const std::function<Enclosure(const Reference&)>& of_reference) {
  std::vector<Enclosure> open;
  std::vector<Term> terms;
  for (size_t i = 0; i < expression.nodes().size(); ++i) {
    const Term term(expression, i);
    const size_t first = open.size() - term.size();
    const Enclosure made = term.size() == 0
                               ? OfLeaf(term, of_reference)
                               : Operated(term, absl::MakeConstSpan(open).subspan(first),
                                          absl::MakeConstSpan(terms).subspan(first));
    open.resize(first);
    terms.erase(terms.begin() + static_cast<std::ptrdiff_t>(first), terms.end());
    open.push_back(made);
    terms.push_back(term);
  }
  return open.back();
}

}  // namespace reprise::expression
