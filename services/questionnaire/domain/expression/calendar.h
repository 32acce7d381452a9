// SPDX-License-Identifier: Apache-2.0
// Differences between civil dates, given as days since 1970-01-01. No time zone exists here, so no
// daylight saving can lose a day.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_CALENDAR_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_CALENDAR_H_

#include <cstdint>

namespace reprise::expression {

// REDCap's lengths of a month and a year in datediff.
inline constexpr double kDaysOfMonth = 30.44;
inline constexpr double kDaysOfYear = 365.2425;

// The largest n such that `from` plus n years is not after `to`; negative where `to` is before
// `from`. 29 February plus n years is 1 March where that year has no 29 February.
int FullYears(int32_t from, int32_t to);

}  // namespace reprise::expression

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_CALENDAR_H_
