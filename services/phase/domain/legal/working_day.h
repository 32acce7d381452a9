// SPDX-License-Identifier: Apache-2.0
// Working days (jours ouvrables) by the holidays of a rule book.
#ifndef REPRISE_PHASE_DOMAIN_LEGAL_WORKING_DAY_H_
#define REPRISE_PHASE_DOMAIN_LEGAL_WORKING_DAY_H_

#include "absl/time/civil_time.h"

#include "services/phase/domain/legal/rule.h"

namespace reprise::legal {

// Easter Sunday of a Gregorian year (the anonymous algorithm of Nature, 1876, by way of Meeus,
// Astronomical Algorithms, chapter 8).
absl::CivilDay EasterSunday(absl::civil_year_t year);

bool IsHoliday(const RuleBook& book, absl::CivilDay day);

// Working days in [first, last]: no Sundays, no holidays, Saturdays only where they count.
int CountWorkingDays(const RuleBook& book, absl::CivilDay first, absl::CivilDay last,
                     bool saturday_counts);

}  // namespace reprise::legal

#endif  // REPRISE_PHASE_DOMAIN_LEGAL_WORKING_DAY_H_
