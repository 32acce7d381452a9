// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/course/questions.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

#include "services/phase/domain/course/sentences.h"
#include "services/phase/domain/course/timeline.h"

namespace reprise::phase {
namespace {

using Questions = std::vector<Text>;

void AskLeaveOverWork(const Facts& facts, absl::CivilDay today, Questions& questions) {
  for (const Leave& leave : facts.leaves) {
    if (leave.void_time.has_value() || leave.part_time) continue;
    for (const WorkEpisode& work : facts.work) {
      if (work.kind != WorkKind::kFullTime) continue;
      const absl::CivilDay first = std::max(leave.start, work.start);
      const absl::CivilDay last = std::min(leave.end, work.end.value_or(today));
      if (first > last) continue;
      questions.push_back(Text{"Arrêt de travail prescrit sur une période à temps plein, ",
                               "Leave is prescribed over full-time work, "} +
                          Days(first, last) + Text{" : lequel est exact ?", ": which of them is right?"});
    }
  }
}

// The first day of [first, last] that no therapeutic part-time prescription covers.
std::optional<absl::CivilDay> FirstUncovered(const std::vector<Leave>& leaves, absl::CivilDay first,
                                             absl::CivilDay last) {
  for (const Leave& leave : leaves) {  // by start
    if (leave.void_time.has_value() || !leave.part_time || leave.start > first) continue;
    first = std::max(first, leave.end + 1);
  }
  if (first > last) return std::nullopt;
  return first;
}

void AskPartTimeWithoutPrescription(const Facts& facts, absl::CivilDay today, Questions& questions) {
  for (const WorkEpisode& work : facts.work) {
    if (work.kind != WorkKind::kTherapeuticPartTime) continue;
    const auto day = FirstUncovered(facts.leaves, work.start, std::min(work.end.value_or(today), today));
    if (!day.has_value()) continue;
    questions.push_back(Text{"Temps partiel thérapeutique sans prescription qui le couvre à partir du ",
                             "Therapeutic part-time without a prescription that covers it from "} +
                        Day(*day) + Same("."));
  }
}

void AskGaps(absl::Span<const legal::EpisodeMilestones> leaves, int gap_days, Questions& questions) {
  for (size_t i = 1; i < leaves.size(); ++i) {
    const legal::LeaveEpisode& before = leaves[i - 1].episode;
    const int gap = leaves[i].episode.gap_before_days.value_or(0);
    if (gap < 1 || gap > gap_days || before.return_source == legal::ReturnSource::kRecorded) continue;
    questions.push_back(Text{absl::StrCat("Interruption de ", gap, gap == 1 ? " jour" : " jours",
                                          " entre deux arrêts, après le "),
                             absl::StrCat("Gap of ", gap, gap == 1 ? " day" : " days",
                                          " between two leaves, after ")} +
                        Day(before.end) +
                        Text{" : arrêt unique ou reprise ?", ": one leave, or a return?"});
  }
}

void AskWorkAfterRetirement(const WorkTimeline& work, Questions& questions) {
  bool retired = false;
  for (const WorkEpisode& episode : work) {
    if (retired && IsWork(episode.kind)) {
      questions.push_back(Text{"Travail après un départ à la retraite, à partir du ",
                               "Work after retirement, from "} + Day(episode.start) + Same("."));
    }
    retired = retired || episode.kind == WorkKind::kRetired;
  }
}

void AskRelapses(const Facts& facts, int relapse_days, absl::CivilDay today, Questions& questions) {
  if (relapse_days <= 0) return;
  for (const PhaseEpisode& phase : facts.phases) {
    if (phase.kind != PhaseKind::kReturned) continue;
    for (const WorkEpisode& work : facts.work) {
      const absl::CivilDay last = std::min(work.end.value_or(today), phase.end.value_or(today));
      if (work.kind != WorkKind::kSickLeave || work.start <= phase.start || last - work.start + 1 < relapse_days) {
        continue;
      }
      questions.push_back(Text{"Nouvel arrêt d'au moins ", "New leave of at least "} +
                          Text{absl::StrCat(relapse_days, " jours à partir du "),
                               absl::StrCat(relapse_days, " days from ")} +
                          Day(work.start) +
                          Text{" sans retour à la phase « pendant l'arrêt ».",
                               " without a step back to the phase during leave."});
    }
  }
}

void AskReturnsWithoutWork(const Facts& facts, Questions& questions) {
  for (const PhaseEpisode& phase : facts.phases) {
    if (phase.kind != PhaseKind::kReturned) continue;
    const WorkEpisode* const work = EpisodeOn(facts.work, phase.start);
    if (work != nullptr && IsWork(work->kind)) continue;
    questions.push_back(Text{"La phase « après la reprise » commence un jour sans travail, le ",
                             "The phase after the return begins on a day without work, "} +
                        Day(phase.start) + Same("."));
  }
}

}  // namespace

std::vector<Text> QuestionsOf(const Facts& facts, absl::Span<const legal::EpisodeMilestones> leaves,
                              int gap_days, int relapse_days, absl::CivilDay today) {
  Questions questions;
  AskLeaveOverWork(facts, today, questions);
  AskPartTimeWithoutPrescription(facts, today, questions);
  AskGaps(leaves, gap_days, questions);
  AskWorkAfterRetirement(facts.work, questions);
  AskRelapses(facts, relapse_days, today, questions);
  AskReturnsWithoutWork(facts, questions);
  return questions;
}

}  // namespace reprise::phase
