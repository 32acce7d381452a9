// SPDX-License-Identifier: Apache-2.0
// The work situation over time. Always: ordered, without overlap or gap (time of which nothing is
// known is an UNKNOWN episode), at most the last one open, nothing after a death, and a share worked
// exactly where there is work.
#ifndef REPRISE_PHASE_DOMAIN_COURSE_TIMELINE_H_
#define REPRISE_PHASE_DOMAIN_COURSE_TIMELINE_H_

#include <vector>

#include "absl/status/statusor.h"

#include "services/phase/domain/course/facts.h"
#include "services/platform/error/error.h"

namespace reprise::phase {

// Full time 100, therapeutic part-time 1 to 99, part-time by contract 1 to 100, otherwise none.
bool IsPercentValid(WorkKind kind, std::optional<int> percent);

// The timeline after a change on `start`: the open episode ends on the eve; where the last one ended
// earlier, the time between becomes UNKNOWN.
//   INVALID_ARGUMENT PERCENT_INVALID, WORK_STATUS_OVERLAP, NOTHING_CHANGED
//   FAILED_PRECONDITION PARTICIPANT_DECEASED
absl::StatusOr<WorkTimeline> ChangeWorkStatus(WorkTimeline timeline, WorkKind kind,
                                              std::optional<int> percent, absl::CivilDay start);

// Every faulty episode, `path` being `corrected.work_status[2].start_date`: EPISODE_REVERSED, EPISODES_OVERLAP
// (also where the order is wrong), EPISODES_GAP, OPEN_EPISODE_NOT_LAST, EPISODE_AFTER_DEATH,
// PERCENT_INVALID, DATE_IN_FUTURE. No episode at all is EPISODES_GAP.
std::vector<error::Violation> CheckWorkTimeline(const WorkTimeline& timeline, absl::CivilDay today);

// The episode of the day, null where none covers it.
const WorkEpisode* EpisodeOn(const WorkTimeline& timeline, absl::CivilDay day);

}  // namespace reprise::phase

#endif  // REPRISE_PHASE_DOMAIN_COURSE_TIMELINE_H_
