// SPDX-License-Identifier: Apache-2.0
// What both timelines ask of their episodes' days. Internal to this folder.
#ifndef REPRISE_PHASE_DOMAIN_COURSE_PERIOD_H_
#define REPRISE_PHASE_DOMAIN_COURSE_PERIOD_H_

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"

#include "services/platform/error/error.h"

namespace reprise::phase {

inline std::string At(const char* list, size_t position, const char* field) {
  return absl::StrCat(list, "[", position, "].", field);
}

// EPISODES_GAP, EPISODE_REVERSED, EPISODES_OVERLAP, OPEN_EPISODE_NOT_LAST, DATE_IN_FUTURE, at most
// one of the order an episode.
template <typename Episode>
std::vector<error::Violation> CheckPeriods(const char* list, const std::vector<Episode>& episodes,
                                           absl::CivilDay today) {
  std::vector<error::Violation> faults;
  if (episodes.empty()) faults.push_back({list, "EPISODES_GAP", "At least one episode is required."});
  for (size_t i = 0; i < episodes.size(); ++i) {
    const Episode& episode = episodes[i];
    if (episode.start > today || episode.end.value_or(today) > today) {
      faults.push_back({At(list, i, episode.start > today ? "start_date" : "end_date"), "DATE_IN_FUTURE",
                        "The day must not lie in the future."});
    }
    if (episode.end.has_value() && *episode.end < episode.start) {
      faults.push_back({At(list, i, "end_date"), "EPISODE_REVERSED", "The episode ends before it begins."});
    }
    if (i + 1 == episodes.size()) continue;
    const Episode& next = episodes[i + 1];
    if (!episode.end.has_value()) {
      faults.push_back({At(list, i, "end_date"), "OPEN_EPISODE_NOT_LAST", "Only the last episode may be open."});
      if (next.start <= episode.start) {
        faults.push_back({At(list, i + 1, "start_date"), "EPISODES_OVERLAP", "Episodes follow one another by day."});
      }
    } else if (next.start <= *episode.end || next.start <= episode.start) {
      faults.push_back({At(list, i + 1, "start_date"), "EPISODES_OVERLAP", "Episodes follow one another by day."});
    } else if (next.start != *episode.end + 1) {
      faults.push_back({At(list, i + 1, "start_date"), "EPISODES_GAP",
                        "An episode begins on the day after the one before; unknown time is an episode too."});
    }
  }
  return faults;
}

}  // namespace reprise::phase

#endif  // REPRISE_PHASE_DOMAIN_COURSE_PERIOD_H_
