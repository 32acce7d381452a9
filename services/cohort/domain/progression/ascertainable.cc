// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/progression/ascertainable.h"

#include <algorithm>

namespace reprise::cohort {

bool IsAscertainable(absl::CivilDay t0, absl::CivilDay last_start, absl::Span<const WorkEpisode> episodes,
                     std::optional<absl::CivilDay> death) {
  const absl::CivilDay last = last_start + (kRunDays - 1);
  absl::CivilDay known_to = t0 - 1;  // every day from t0 to here is known
  bool running = false;
  absl::CivilDay run = t0;  // first day of the run under way
  for (const WorkEpisode& episode : episodes) {
    if (episode.end.has_value() && *episode.end < t0) continue;
    if (death.has_value() && *death <= known_to + 1) return true;
    const absl::CivilDay first = std::max(episode.start, t0);
    if (first > known_to + 1 || episode.meaning == WorkMeaning::kUnknown) break;
    const absl::CivilDay end = episode.end.value_or(last);
    if (episode.meaning == WorkMeaning::kWork && episode.percent >= kRunPercent) {
      if (!running) run = first;
      running = true;
    } else if (episode.meaning != WorkMeaning::kBridge) {
      running = false;
    }
    known_to = std::max(known_to, end);
    if (running && run <= last_start && known_to - run + 1 >= kRunDays) return true;
    if (known_to >= last) return true;
  }
  return death.has_value() && *death <= known_to + 1;
}

}  // namespace reprise::cohort
