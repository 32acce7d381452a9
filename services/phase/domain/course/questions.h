// SPDX-License-Identifier: Apache-2.0
// What does not fit together in a course and a person should look at. Nothing here is refused or
// repaired.
#ifndef REPRISE_PHASE_DOMAIN_COURSE_QUESTIONS_H_
#define REPRISE_PHASE_DOMAIN_COURSE_QUESTIONS_H_

#include <vector>

#include "absl/types/span.h"

#include "services/phase/domain/course/facts.h"
#include "services/phase/domain/legal/milestone.h"

namespace reprise::phase {

// In this order: full leave over full-time work; therapeutic part-time without a prescription for
// each of its days; a gap of up to `gap_days` days between two leaves without a return; work after
// retirement; a sick leave of at least `relapse_days` days (0: none) that began in the phase after the
// return and did not end it; a phase after the return that begins on a day without work.
std::vector<legal::Text> QuestionsOf(const Facts& facts, absl::Span<const legal::EpisodeMilestones> leaves,
                                     int gap_days, int relapse_days, absl::CivilDay today);

}  // namespace reprise::phase

#endif  // REPRISE_PHASE_DOMAIN_COURSE_QUESTIONS_H_
