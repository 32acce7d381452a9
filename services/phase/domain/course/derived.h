// SPDX-License-Identifier: Apache-2.0
// Everything that follows from the facts of a course on a day, and in sentences what would follow
// otherwise after a correction. Pure; nothing of it is stored.
#ifndef REPRISE_PHASE_DOMAIN_COURSE_DERIVED_H_
#define REPRISE_PHASE_DOMAIN_COURSE_DERIVED_H_

#include <vector>

#include "services/phase/domain/course/answers.h"
#include "services/phase/domain/course/facts.h"
#include "services/phase/domain/course/windows.h"
#include "services/phase/domain/legal/milestone.h"

namespace reprise::phase {

// What ships with the program: the law and the endpoint definitions. Immutable.
struct Books {
  legal::RuleBook law;
  std::vector<endpoint::Definition> definitions;
};
// Those embedded when the program was built; it ends where they cannot be read.
Books ShippedBooks();

struct Derived {
  std::vector<legal::EpisodeMilestones> leaves;  // points into Books::law
  std::vector<Answer> answers;
  std::vector<legal::Text> questions;
  Anchors anchors;
};
Derived Derive(const Books& books, const Protocol& protocol, const Participation& participation,
               const Facts& facts, absl::CivilDay today);

// First and last days of the merged leaves.
std::vector<Window> LeaveWindows(const Derived& derived);

// One sentence for each derived thing that differs: legal milestones by leave, endpoints and their
// landmarks, windows of questionnaires, visits and components, flags of phases, and questions.
std::vector<legal::Text> Differences(const Protocol& protocol, const Facts& facts_before, const Derived& before,
                                     const Facts& facts_after, const Derived& after);

}  // namespace reprise::phase

#endif  // REPRISE_PHASE_DOMAIN_COURSE_DERIVED_H_
