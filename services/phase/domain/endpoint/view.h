// SPDX-License-Identifier: Apache-2.0
// A timeline seen from one clock: days from its start, clipped to what is observed. Internal to
// this folder.
#ifndef REPRISE_PHASE_DOMAIN_ENDPOINT_VIEW_H_
#define REPRISE_PHASE_DOMAIN_ENDPOINT_VIEW_H_

#include <algorithm>
#include <optional>
#include <vector>

#include "absl/types/span.h"

#include "services/phase/domain/endpoint/definition.h"
#include "services/phase/domain/endpoint/timeline.h"

namespace reprise::endpoint {

inline bool Contains(const std::vector<WorkStatus>& statuses, WorkStatus status) {
  return std::find(statuses.begin(), statuses.end(), status) != statuses.end();
}

inline std::optional<int> ClockDay(const Participant& participant, ClockStart clock) {
  return clock == ClockStart::kEndOfActiveTreatment ? participant.index_day
                                                    : participant.randomisation_day;
}

// The first day without observation: nothing is observed after a death.
inline int ObservationEnd(const Participant& participant) {
  return participant.competing == CompetingEvent::kDeath && participant.competing_day.has_value()
             ? std::min(participant.obs_end_day, *participant.competing_day)
             : participant.obs_end_day;
}

// The day of the competing event; where only the reason says so, it ended the observation.
inline std::optional<int> CompetingDay(const Participant& participant) {
  if (participant.competing_day.has_value()) return participant.competing_day;
  if (participant.end_reason == EndReason::kCompeting) return participant.obs_end_day;
  return std::nullopt;
}

// Calls visit(episode, from, to) for each episode's part within [0, days), in days from `origin`;
// stops when visit returns false.
template <typename Visit>
void ForEachWithin(absl::Span<const Episode> episodes, int origin, int days, Visit visit) {
  for (const Episode& episode : episodes) {
    const int from = std::max(episode.start_day - origin, 0);
    const int to = std::min(episode.end_day - origin, days);
    if (from < to && !visit(episode, from, to)) return;
  }
}

}  // namespace reprise::endpoint

#endif  // REPRISE_PHASE_DOMAIN_ENDPOINT_VIEW_H_
