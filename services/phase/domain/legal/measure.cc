// SPDX-License-Identifier: Apache-2.0
// Essai encadré, therapeutic part-time, and the length of prescriptions.
#include <algorithm>

#include "services/phase/domain/legal/evaluate.h"
#include "services/phase/domain/legal/working_day.h"

namespace reprise::legal {
namespace {

bool Covered(const LeaveEpisode& episode, absl::CivilDay day) {
  if (episode.start <= day && day <= episode.end) return true;
  return std::any_of(episode.part_time.begin(), episode.part_time.end(),
                     [&](const Prescription& p) { return p.start <= day && day <= p.end; });
}

}  // namespace

void EvaluateTrialOfReturn(const Case& at, Draft& draft) {
  const Trial& trial = *draft.milestone.rule->trial;
  draft.words.SetWorkingDays("max_days", trial.max_days);
  draft.words.SetWorkingDays("max_total_days", trial.max_total_days);
  draft.milestone.possible_from = at.episode.start;
  draft.milestone.latest = at.episode.end;
  int total = 0;
  bool over_single = false;
  bool outside = false;
  for (const Event& event : at.events) {
    if (event.kind != EventKind::kTrialOfReturn) continue;
    const absl::CivilDay last = event.end.value_or(event.date);
    const int days = event.working_days.value_or(
        CountWorkingDays(at.book, event.date, last, trial.saturday_counts));
    total += days;
    over_single = over_single || days > trial.max_days;
    outside = outside || !Covered(at.episode, event.date) || !Covered(at.episode, last);
    if (!draft.milestone.done_on.has_value()) draft.milestone.done_on = event.date;
  }
  draft.words.SetWorkingDays("trial_days", total);
  if (over_single) draft.Flag("trial_over_single");
  if (total > trial.max_total_days) draft.Flag("trial_over_total");
  if (outside) draft.Flag("trial_outside_leave");
  if (draft.milestone.done_on.has_value()) {
    draft.Settle(State::kDone, "done");
  } else if (at.ContractEnded() && at.EndedBeforeReturn()) {
    draft.Settle(State::kNotApplicable, "contract_ended");
  } else if (at.on > at.episode.end) {
    draft.Settle(State::kNotApplicable, "passed");
  } else {
    draft.Settle(State::kPossible, "possible");
  }
}

void EvaluateTherapeuticPartTime(const Case& at, Draft& draft) {
  const LeaveEpisode& episode = at.episode;
  if (!episode.part_time.empty()) {
    absl::CivilDay from = episode.part_time.front().start;
    absl::CivilDay to = episode.part_time.front().end;
    for (const Prescription& prescription : episode.part_time) {
      from = std::min(from, prescription.start);
      to = std::max(to, prescription.end);
    }
    draft.words.SetDate("part_time_from", from);
    draft.words.SetDate("part_time_to", to);
    draft.milestone.done_on = from;
    draft.milestone.possible_from = from;
    return draft.Settle(State::kDone, "done");
  }
  if (at.ContractEnded()) return draft.Settle(State::kNotApplicable, "contract_ended");
  draft.milestone.possible_from = episode.start;
  const bool after_leave = draft.milestone.rule->prior_full_leave_required;
  draft.Settle(State::kPossible, after_leave ? "possible_after_leave" : "possible");
}

void EvaluatePrescriptionCap(const Case& at, Draft& draft) {
  const Rule& rule = *draft.milestone.rule;
  draft.words.SetDays("first_days", rule.cap->first_days);
  draft.words.SetDays("renewal_days", rule.cap->renewal_days);
  const Prescription* worst = nullptr;  // the first without a justification, else the first
  int worst_cap = 0;
  int exceeding = 0;
  for (size_t i = 0; i < at.episode.prescriptions.size(); ++i) {
    const Prescription& prescription = at.episode.prescriptions[i];
    const bool judged = std::all_of(
        rule.applies.begin(), rule.applies.end(), [&](const Condition& condition) {
          return condition.key != Key::kIssueDate || Satisfies(condition, IssueDate(prescription));
        });
    if (!judged) continue;
    const bool renewal = prescription.renewal.value_or(i > 0);
    const int cap = renewal ? rule.cap->renewal_days : rule.cap->first_days;
    if (prescription.end - prescription.start + 1 <= cap) continue;
    ++exceeding;
    const bool justified = prescription.justified.value_or(false);
    if (worst == nullptr || (worst->justified.value_or(false) && !justified)) {
      worst = &prescription;
      worst_cap = cap;
    }
  }
  if (worst == nullptr) return draft.Settle(State::kNotApplicable, "within");
  draft.milestone.due = IssueDate(*worst);
  draft.milestone.latest = worst->start + (worst_cap - 1);
  draft.words.SetDate("cap_start", worst->start);
  draft.words.SetDays("cap_days", static_cast<int>(worst->end - worst->start) + 1);
  draft.words.SetDays("cap_max", worst_cap);
  draft.words.SetNumber("cap_count", exceeding);
  draft.Flag("cap_exceeded");
  if (worst->justified.value_or(false)) return draft.Settle(State::kDone, "justified");
  draft.Settle(State::kDue, "exceeded");
}

}  // namespace reprise::legal
