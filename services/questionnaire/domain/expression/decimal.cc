// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/expression/decimal.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

namespace reprise::expression {
namespace {

constexpr double kNotANumber = std::numeric_limits<double>::quiet_NaN();
// No double has a digit further than this from the point, to either side.
constexpr double kFarthest = 400;
// Whole numbers below this have no decimals to round.
constexpr double kExactWhole = 9007199254740992;

// 0.d1d2d3... times 10^point, d1 not 0.
struct Decimal {
  char digits[32];
  int count = 0;
  int point = 0;
};

Decimal ShortestDecimal(double positive) {
  char text[40];
  const char* const end =
      std::to_chars(text, text + sizeof text, positive, std::chars_format::scientific).ptr;
  const char* const exponent = std::find(static_cast<const char*>(text), end, 'e');
  Decimal decimal;
  for (const char* at = text; at != exponent; ++at) {
    if (*at != '.') decimal.digits[decimal.count++] = *at;
  }
  const char* power = exponent + 1;
  if (*power == '+') ++power;
  std::from_chars(power, end, decimal.point);
  ++decimal.point;
  return decimal;
}

bool RoundsUp(const Decimal& decimal, int kept, Rounding rounding) {
  if (rounding == Rounding::kTowardZero) return false;
  if (rounding == Rounding::kAwayFromZero) return true;  // shortest digits never end in zero
  return kept >= 0 && decimal.digits[kept] >= '5';
}

// Adds one in the last of the first `kept` digits, which become `kept` or one more.
int Increment(Decimal& decimal, int kept) {
  int at = kept - 1;
  while (at >= 0 && decimal.digits[at] == '9') decimal.digits[at--] = '0';
  if (at >= 0) {
    ++decimal.digits[at];
    return kept;
  }
  std::memmove(decimal.digits + 1, decimal.digits, static_cast<size_t>(kept));
  decimal.digits[0] = '1';
  ++decimal.point;
  return kept + 1;
}

double Read(const Decimal& decimal, int kept) {
  char text[48];
  char* end = std::copy(decimal.digits, decimal.digits + kept, text);
  *end++ = 'e';
  end = std::to_chars(end, text + sizeof text, decimal.point - kept).ptr;
  double number = 0;
  const auto [stop, failure] = std::from_chars(static_cast<const char*>(text), end, number);
  return failure == std::errc() && stop == end ? number : kNotANumber;
}

double RoundPositive(double x, int digits, Rounding rounding) {
  Decimal decimal = ShortestDecimal(x);
  int kept = decimal.point + digits;  // digits before the place of rounding
  if (kept >= decimal.count) return x;
  const bool up = RoundsUp(decimal, kept, rounding);
  if (kept < 0) {
    // The first digit lies beyond the place of rounding, of which one unit is 10^-digits.
    if (!up) return 0;
    decimal.point = -digits;
    kept = 0;
  }
  if (up) kept = Increment(decimal, kept);
  return kept == 0 ? 0 : Read(decimal, kept);
}

}  // namespace

double RoundDecimal(double x, double digits, Rounding rounding) {
  if (!std::isfinite(x) || std::isnan(digits) || digits != std::trunc(digits)) return kNotANumber;
  if (x == 0) return 0;
  if (digits >= 0 && std::abs(x) < kExactWhole && x == std::trunc(x)) return x;
  const int places = static_cast<int>(std::clamp(digits, -kFarthest, kFarthest));
  return std::copysign(RoundPositive(std::abs(x), places, rounding), x);
}

}  // namespace reprise::expression
