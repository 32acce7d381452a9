// SPDX-License-Identifier: Apache-2.0
// The course as the legal engine reads it, and what it answers. Derived, never stored.
#ifndef REPRISE_PHASE_DOMAIN_COURSE_LAW_H_
#define REPRISE_PHASE_DOMAIN_COURSE_LAW_H_

#include <vector>

#include "services/phase/domain/course/facts.h"
#include "services/phase/domain/legal/milestone.h"

namespace reprise::phase {

// Prescriptions that are not void, and as events:
//   return           a working episode after one without work, while or after some leave
//   contract end     the eve of unemployment, retirement, no occupation, or death
//   visits that took place, by their code: PRE_RETURN[_VISIT], RETURN[_VISIT], LIAISON[_MEETING]
// `today` bounds what had happened.
legal::History HistoryOf(const Facts& facts, absl::CivilDay today);

// By start of the leave. Points into `book`.
std::vector<legal::EpisodeMilestones> LegalMilestonesOf(const legal::RuleBook& book, const Facts& facts,
                                                        absl::CivilDay today);

}  // namespace reprise::phase

#endif  // REPRISE_PHASE_DOMAIN_COURSE_LAW_H_
