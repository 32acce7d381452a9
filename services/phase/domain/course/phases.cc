// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/course/phases.h"

#include <utility>

#include "services/phase/domain/course/errors.h"
#include "services/phase/domain/course/period.h"
#include "services/phase/domain/course/timeline.h"

namespace reprise::phase {
namespace {

bool WorksOn(const WorkTimeline& work, absl::CivilDay day) {
  const WorkEpisode* const episode = EpisodeOn(work, day);
  return episode != nullptr && IsWork(episode->kind);
}

}  // namespace

bool IsStepBack(PhaseKind from, PhaseKind to) { return to < from; }

absl::StatusOr<PhaseTimeline> ChangePhase(PhaseTimeline phases, const WorkTimeline& work, PhaseKind kind,
                                          absl::CivilDay start, std::string trigger) {
  if (!phases.empty()) {
    PhaseEpisode& last = phases.back();
    if (start <= last.end.value_or(last.start)) return PhaseOverlap();
    if (last.kind == kind) return PhaseUnchanged();
    if (IsStepBack(last.kind, kind) && trigger.empty()) return TriggerRequired();
    // Phases have no unknown time: one that had been ended goes on until the next.
    last.end = start - 1;
  }
  if (kind == PhaseKind::kReturned && !WorksOn(work, start)) return ReturnWithoutWork();
  phases.push_back({.kind = kind, .start = start, .end = {}, .trigger = std::move(trigger), .flags = {}});
  return Flagged(std::move(phases));
}

std::vector<error::Violation> CheckPhases(const PhaseTimeline& phases, const WorkTimeline& work,
                                          absl::CivilDay today) {
  constexpr char kList[] = "corrected.phases";
  std::vector<error::Violation> faults = CheckPeriods(kList, phases, today);
  for (size_t i = 0; i < phases.size(); ++i) {
    if (phases[i].kind == PhaseKind::kReturned && !WorksOn(work, phases[i].start)) {
      faults.push_back({At(kList, i, "start_date"), "RETURN_WITHOUT_WORK",
                        std::string(ReturnWithoutWork().message())});
    }
    if (i == 0) continue;
    if (phases[i].kind == phases[i - 1].kind) {
      faults.push_back({At(kList, i, "kind"), "PHASE_UNCHANGED", "Neighbours are different phases."});
    } else if (IsStepBack(phases[i - 1].kind, phases[i].kind) && phases[i].trigger.empty()) {
      faults.push_back({At(kList, i, "trigger"), "TRIGGER_REQUIRED", std::string(TriggerRequired().message())});
    }
  }
  return faults;
}

PhaseTimeline Flagged(PhaseTimeline phases) {
  for (size_t i = 0; i < phases.size(); ++i) {
    phases[i].flags.clear();
    const PhaseKind kind = phases[i].kind;
    if (i == 0) {
      if (kind == PhaseKind::kReturned) phases[i].flags = {"WORKED_THROUGH_TREATMENT"};
      continue;
    }
    const PhaseKind before = phases[i - 1].kind;
    if (before == PhaseKind::kLeave && kind == PhaseKind::kReturned) phases[i].flags = {"UNPREPARED_RETURN"};
    if (before == PhaseKind::kPreparation && kind == PhaseKind::kLeave) phases[i].flags = {"POSTPONED"};
    if (before == PhaseKind::kReturned) phases[i].flags = {"RELAPSE"};
  }
  return phases;
}

}  // namespace reprise::phase
