// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/course/timeline.h"

#include "services/phase/domain/course/errors.h"
#include "services/phase/domain/course/period.h"

namespace reprise::phase {

bool IsPercentValid(WorkKind kind, std::optional<int> percent) {
  if (!IsWork(kind)) return !percent.has_value();
  if (!percent.has_value()) return false;
  const int least = kind == WorkKind::kFullTime ? 100 : 1;
  const int most = kind == WorkKind::kTherapeuticPartTime ? 99 : 100;
  return *percent >= least && *percent <= most;
}

absl::StatusOr<WorkTimeline> ChangeWorkStatus(WorkTimeline timeline, WorkKind kind,
                                              std::optional<int> percent, absl::CivilDay start) {
  if (!IsPercentValid(kind, percent)) return PercentInvalid("percent");
  if (!timeline.empty()) {
    WorkEpisode& last = timeline.back();
    if (last.kind == WorkKind::kDeceased) return ParticipantDeceased();
    if (start <= last.end.value_or(last.start)) return WorkStatusOverlap();
    if (!last.end.has_value()) {
      if (last.kind == kind && last.percent == percent) return NothingChanged("kind");
      last.end = start - 1;
    } else if (*last.end + 1 < start) {
      timeline.push_back({.kind = WorkKind::kUnknown, .percent = {}, .start = *last.end + 1, .end = start - 1});
    }
  }
  timeline.push_back({.kind = kind, .percent = percent, .start = start, .end = {}});
  return timeline;
}

std::vector<error::Violation> CheckWorkTimeline(const WorkTimeline& timeline, absl::CivilDay today) {
  constexpr char kList[] = "corrected.work_status";
  std::vector<error::Violation> faults = CheckPeriods(kList, timeline, today);
  bool dead = false;
  for (size_t i = 0; i < timeline.size(); ++i) {
    if (dead) faults.push_back({At(kList, i, "kind"), "EPISODE_AFTER_DEATH", "Nothing follows a death."});
    if (timeline[i].kind == WorkKind::kDeceased) dead = true;
    if (!IsPercentValid(timeline[i].kind, timeline[i].percent)) {
      faults.push_back({At(kList, i, "percent"), "PERCENT_INVALID",
                        std::string(PercentInvalid("percent").message())});
    }
  }
  return faults;
}

const WorkEpisode* EpisodeOn(const WorkTimeline& timeline, absl::CivilDay day) {
  for (const WorkEpisode& episode : timeline) {
    if (episode.start <= day && day <= episode.end.value_or(day)) return &episode;
  }
  return nullptr;
}

}  // namespace reprise::phase
