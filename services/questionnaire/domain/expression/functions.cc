// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/expression/functions.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

#include "services/platform/status.h"

namespace reprise::expression {
namespace {

constexpr Signature kSignatures[] = {
    {Function::kSum, "sum", 1, kAnyCount, "sum(x, ...)"},
    {Function::kMean, "mean", 1, kAnyCount, "mean(x, ...)"},
    {Function::kMin, "min", 1, kAnyCount, "min(x, ...)"},
    {Function::kMax, "max", 1, kAnyCount, "max(x, ...)"},
    {Function::kMedian, "median", 1, kAnyCount, "median(x, ...)"},
    {Function::kSd, "sd", 1, kAnyCount, "sd(x, ...)"},
    {Function::kCount, "count", 1, kAnyCount, "count(x, ...)"},
    {Function::kAbs, "abs", 1, 1, "abs(x)"},
    {Function::kSqrt, "sqrt", 1, 1, "sqrt(x)"},
    {Function::kLn, "ln", 1, 1, "ln(x)"},
    {Function::kExp, "exp", 1, 1, "exp(x)"},
    {Function::kRound, "round", 2, 2, "round(x, digits)"},
    {Function::kRoundUp, "roundup", 2, 2, "roundup(x, digits)"},
    {Function::kRoundDown, "rounddown", 2, 2, "rounddown(x, digits)"},
    {Function::kIf, "if", 3, 3, "if(condition, then, else)"},
    {Function::kCoalesce, "coalesce", 1, kAnyCount, "coalesce(x, ...)"},
    {Function::kIsBlank, "isblank", 1, 1, "isblank(x)"},
    {Function::kIn, "in", 2, kAnyCount, "in(x, a, ...)"},
    {Function::kBetween, "between", 3, 3, "between(x, low, high)"},
    {Function::kRev, "rev", 3, 3, "rev(x, low, high)"},
    {Function::kProrate, "prorate", 2, kAnyCount, "prorate(least, x, ...)"},
    {Function::kBand, "band", 2, kAnyCount, "band(x, cut, ...)"},
    {Function::kDateDiff, "datediff", 3, 4, "datediff(a, b, 'd'|'M'|'y'[, signed])"},
    {Function::kFullYears, "fullyears", 2, 2, "fullyears(a, b)"},
};

// Names longer than this get no suggestion: edit distance is quadratic.
constexpr size_t kLongestSuggested = 64;

size_t EditDistance(absl::string_view a, absl::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const bool same = absl::ascii_tolower(a[i - 1]) == absl::ascii_tolower(b[j - 1]);
      const size_t changed = diagonal + (same ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

absl::Span<const Signature> Signatures() { return kSignatures; }

const Signature* FindSignature(absl::string_view name) {
  for (const Signature& signature : kSignatures) {
    if (absl::EqualsIgnoreCase(name, signature.name)) return &signature;
  }
  return nullptr;
}

const Signature& SignatureOf(Function function) {
  for (const Signature& signature : kSignatures) {
    if (signature.function == function) return signature;
  }
  REPRISE_CHECK(false);
}

int Precedence(Kind kind) {
  switch (kind) {
    case Kind::kOr: return 1;
    case Kind::kAnd: return 2;
    case Kind::kNot: return kPrecedenceNot;
    case Kind::kEqual: case Kind::kNotEqual: case Kind::kLess: case Kind::kLessOrEqual:
    case Kind::kGreater: case Kind::kGreaterOrEqual: return kPrecedenceCompare;
    case Kind::kAdd: case Kind::kSubtract: return 5;
    case Kind::kMultiply: case Kind::kDivide: case Kind::kRemainder: return 6;
    case Kind::kNegate: return kPrecedenceNegate;
    case Kind::kPower: return kPrecedencePower;
    default: return 9;
  }
}

bool IsComparison(Kind kind) { return Precedence(kind) == kPrecedenceCompare; }

bool IsLiteral(Kind kind) { return kind <= Kind::kBlank; }

bool IsBinary(Kind kind) {
  const int precedence = Precedence(kind);
  return precedence < 9 && kind != Kind::kNot && kind != Kind::kNegate;
}

absl::string_view OperatorText(Kind kind) {
  switch (kind) {
    case Kind::kNegate: return "-";
    case Kind::kNot: return "not";
    case Kind::kAdd: return "+";
    case Kind::kSubtract: return "-";
    case Kind::kMultiply: return "*";
    case Kind::kDivide: return "/";
    case Kind::kRemainder: return "%";
    case Kind::kPower: return "^";
    case Kind::kEqual: return "=";
    case Kind::kNotEqual: return "<>";
    case Kind::kLess: return "<";
    case Kind::kLessOrEqual: return "<=";
    case Kind::kGreater: return ">";
    case Kind::kGreaterOrEqual: return ">=";
    case Kind::kAnd: return "and";
    case Kind::kOr: return "or";
    default: return "";
  }
}

bool NeedsParentheses(Kind parent, Kind child, bool first) {
  const int outer = Precedence(parent);
  const int inner = Precedence(child);
  if (parent == Kind::kCall) return false;
  if (parent == Kind::kPower) {
    if (first) return inner <= kPrecedencePower;
    return inner < kPrecedenceNegate;  // 2^-3 and 2^3^2 stand without
  }
  if (!IsBinary(parent)) return inner < outer;
  if (IsComparison(parent)) return inner <= outer;  // comparisons do not chain
  return first ? inner < outer : inner <= outer;
}

std::string Nearest(absl::string_view name, const std::vector<std::string>& names) {
  if (name.empty() || name.size() > kLongestSuggested) return "";
  const size_t allowed = std::max<size_t>(1, name.size() / 3);
  std::string nearest;
  size_t best = allowed + 1;
  for (const std::string& candidate : names) {
    if (candidate.size() > name.size() + allowed || name.size() > candidate.size() + allowed)
      continue;
    const size_t distance = EditDistance(name, candidate);
    if (distance < best && distance < std::max(name.size(), candidate.size())) {
      best = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

}  // namespace reprise::expression
