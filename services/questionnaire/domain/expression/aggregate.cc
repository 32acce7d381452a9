// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/expression/aggregate.h"

#include <algorithm>
#include <cmath>

#include "services/questionnaire/domain/expression/calendar.h"
#include "services/questionnaire/domain/expression/decimal.h"

namespace reprise::expression {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// Moves the answered numbers to the front of `cells` and returns them; `usable` is false where an
// answer is no number, which makes every aggregate null.
absl::Span<Cell> Answered(absl::Span<Cell> cells, bool& usable) {
  size_t count = 0;
  usable = true;
  for (const Cell& cell : cells) {
    if (cell.type == CellType::kNull) continue;
    const double number = AsNumber(cell);
    if (std::isnan(number)) usable = false;
    cells[count++] = {CellType::kNumber, number, nullptr};
  }
  return cells.subspan(0, count);
}

double Sum(absl::Span<const Cell> cells) {
  double sum = 0;
  for (const Cell& cell : cells) sum += cell.number;
  return sum;
}

bool Smaller(const Cell& a, const Cell& b) { return a.number < b.number; }

double Median(absl::Span<Cell> cells) {
  std::sort(cells.begin(), cells.end(), Smaller);
  const size_t half = cells.size() / 2;
  if (cells.size() % 2 == 1) return cells[half].number;
  return (cells[half - 1].number + cells[half].number) / 2;
}

// Of the sample (n - 1), in two passes.
double StandardDeviation(absl::Span<const Cell> cells) {
  if (cells.size() < 2) return kNaN;
  const double mean = Sum(cells) / static_cast<double>(cells.size());
  double squares = 0;
  for (const Cell& cell : cells) squares += (cell.number - mean) * (cell.number - mean);
  return std::sqrt(squares / static_cast<double>(cells.size() - 1));
}

double Aggregate(Function function, absl::Span<Cell> arguments) {
  bool usable = false;
  const absl::Span<Cell> cells = Answered(arguments, usable);
  if (!usable || cells.empty()) return kNaN;
  switch (function) {
    case Function::kSum: return Sum(cells);
    case Function::kMean: return Sum(cells) / static_cast<double>(cells.size());
    case Function::kMin: return std::min_element(cells.begin(), cells.end(), Smaller)->number;
    case Function::kMax: return std::max_element(cells.begin(), cells.end(), Smaller)->number;
    case Function::kMedian: return Median(cells);
    default: return StandardDeviation(cells);
  }
}

// Multiplies before it divides: a whole number of points stays whole, so that a cut point is met.
double Prorate(absl::Span<Cell> arguments) {
  const double least = AsNumber(arguments[0]);
  const absl::Span<Cell> items = arguments.subspan(1);
  bool usable = false;
  const absl::Span<Cell> cells = Answered(items, usable);
  const double answered = static_cast<double>(cells.size());
  if (!usable || cells.empty() || std::isnan(least) || answered < least) return kNaN;
  return Sum(cells) * static_cast<double>(items.size()) / answered;
}

double Band(absl::Span<const Cell> arguments) {
  double reached = 0;
  for (const Cell& cut : arguments.subspan(1)) {
    const Truth truth = Ordered(cut, arguments[0], Order::kLess, Order::kEqual);
    if (truth == Truth::kUnknown) return kNaN;
    if (truth == Truth::kTrue) ++reached;
  }
  return reached;
}

Truth In(absl::Span<const Cell> arguments) {
  Truth found = Truth::kFalse;
  for (const Cell& option : arguments.subspan(1)) {
    found = Or(found, Equal(arguments[0], option));
    if (found == Truth::kTrue) break;
  }
  return found;
}

bool AsDays(const Cell& cell, int32_t& days) {
  if (cell.type == CellType::kText) return DateOfText(*cell.text, &days);
  days = static_cast<int32_t>(cell.number);
  return cell.type == CellType::kDate;
}

double DateDifference(absl::Span<const Cell> arguments) {
  int32_t from = 0;
  int32_t to = 0;
  if (!AsDays(arguments[0], from) || !AsDays(arguments[1], to)) return kNaN;
  double days = static_cast<double>(to) - from;
  const bool is_signed = arguments.size() == 4 && AsTruth(arguments[3]) == Truth::kTrue;
  if (!is_signed) days = std::abs(days);
  switch (arguments[2].text->front()) {
    case 'M': return days / kDaysOfMonth;
    case 'y': return days / kDaysOfYear;
    default: return days;
  }
}

double CompletedYears(absl::Span<const Cell> arguments) {
  int32_t from = 0;
  int32_t to = 0;
  if (!AsDays(arguments[0], from) || !AsDays(arguments[1], to)) return kNaN;
  return FullYears(from, to);
}

double Count(absl::Span<const Cell> arguments) {
  return static_cast<double>(
      std::count_if(arguments.begin(), arguments.end(),
                    [](const Cell& cell) { return cell.type != CellType::kNull; }));
}

double Rounded(absl::Span<const Cell> arguments, Rounding rounding) {
  return RoundDecimal(AsNumber(arguments[0]), AsNumber(arguments[1]), rounding);
}

}  // namespace

Cell CallFunction(Function function, absl::Span<Cell> arguments) {
  const auto x = [&](size_t i) { return AsNumber(arguments[i]); };
  switch (function) {
    case Function::kCount: return NumberCell(Count(arguments));
    case Function::kAbs: return NumberCell(std::abs(x(0)));
    case Function::kSqrt: return NumberCell(std::sqrt(x(0)));
    case Function::kLn: return NumberCell(std::log(x(0)));
    case Function::kExp: return NumberCell(std::exp(x(0)));
    case Function::kRound: return NumberCell(Rounded(arguments, Rounding::kHalfAwayFromZero));
    case Function::kRoundUp: return NumberCell(Rounded(arguments, Rounding::kAwayFromZero));
    case Function::kRoundDown: return NumberCell(Rounded(arguments, Rounding::kTowardZero));
    case Function::kIsBlank: return BooleanCell(arguments[0].type == CellType::kNull);
    case Function::kIn: return TruthCell(In(arguments));
    case Function::kBetween:
      return TruthCell(And(Ordered(arguments[1], arguments[0], Order::kLess, Order::kEqual),
                           Ordered(arguments[0], arguments[2], Order::kLess, Order::kEqual)));
    case Function::kRev: return NumberCell(x(1) + x(2) - x(0));
    case Function::kProrate: return NumberCell(Prorate(arguments));
    case Function::kBand: return NumberCell(Band(arguments));
    case Function::kDateDiff: return NumberCell(DateDifference(arguments));
    case Function::kFullYears: return NumberCell(CompletedYears(arguments));
    default: return NumberCell(Aggregate(function, arguments));
  }
}

}  // namespace reprise::expression
