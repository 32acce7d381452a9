// SPDX-License-Identifier: Apache-2.0
// The phases of the return to work. Always: without gap or overlap, neighbours of different kinds,
// only the last one open; a step back is a further episode and edits no earlier one. Flags follow
// from the order of the phases and are never chosen by a person.
#ifndef REPRISE_PHASE_DOMAIN_COURSE_PHASES_H_
#define REPRISE_PHASE_DOMAIN_COURSE_PHASES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "services/phase/domain/course/facts.h"
#include "services/platform/error/error.h"

namespace reprise::phase {

// From a later phase to an earlier one.
bool IsStepBack(PhaseKind from, PhaseKind to);

// The timeline after a phase began on `start`; the phase before ends on the eve.
//   INVALID_ARGUMENT PHASE_OVERLAP, PHASE_UNCHANGED, TRIGGER_REQUIRED
//   FAILED_PRECONDITION RETURN_WITHOUT_WORK (kReturned on a day of which `work` knows no work)
absl::StatusOr<PhaseTimeline> ChangePhase(PhaseTimeline phases, const WorkTimeline& work, PhaseKind kind,
                                          absl::CivilDay start, std::string trigger);

// Every faulty episode, `path` being `corrected.phases[1].start_date`: EPISODE_REVERSED, EPISODES_OVERLAP,
// EPISODES_GAP, OPEN_EPISODE_NOT_LAST, DATE_IN_FUTURE, PHASE_UNCHANGED, TRIGGER_REQUIRED,
// RETURN_WITHOUT_WORK.
std::vector<error::Violation> CheckPhases(const PhaseTimeline& phases, const WorkTimeline& work,
                                          absl::CivilDay today);

// The same phases with the flags that follow from their order:
//   WORKED_THROUGH_TREATMENT  they begin after the return
//   UNPREPARED_RETURN         from leave to after the return
//   POSTPONED                 from preparation to leave
//   RELAPSE                   from after the return to leave or preparation
PhaseTimeline Flagged(PhaseTimeline phases);

}  // namespace reprise::phase

#endif  // REPRISE_PHASE_DOMAIN_COURSE_PHASES_H_
