// SPDX-License-Identifier: Apache-2.0
// Rounding in decimal: on the shortest decimal text that reads back as the double, so that 2.675 is
// 2.675 and not the 2.67499999999999982 that its bits say. Never on the bits.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_DECIMAL_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_DECIMAL_H_

#include <cstdint>

namespace reprise::expression {

enum class Rounding : uint8_t { kHalfAwayFromZero, kAwayFromZero, kTowardZero };

// `x` to `digits` decimal places; negative digits round to tens, hundreds, .... NaN where `digits`
// is no whole number, or the result is beyond the range of numbers.
double RoundDecimal(double x, double digits, Rounding rounding);

}  // namespace reprise::expression

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_DECIMAL_H_
