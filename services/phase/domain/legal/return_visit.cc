// SPDX-License-Identifier: Apache-2.0
// The return visit: whether a leave of these causes and this length makes it mandatory, by when,
// and whether the 2026 waiver lifts it.
#include <algorithm>

#include "services/phase/domain/legal/evaluate.h"

namespace reprise::legal {
namespace {

// The threshold that makes the visit mandatory, or, where none does, the one of the last cause of
// leave; with the days counted for it.
struct Requirement {
  const Threshold* threshold = nullptr;
  Cause cause = Cause::kIllness;
  int days = 0;
  bool met = false;
};

Requirement FindRequirement(const Rule& rule, const LeaveEpisode& episode) {
  Requirement found;
  const Cause last = episode.prescriptions.back().cause;
  for (const Threshold& threshold : rule.thresholds) {
    for (const Cause cause : threshold.causes) {
      // Each cause counts by itself: a threshold for work accidents is not met by days of illness.
      const std::vector<absl::CivilDay> days = DaysFor(episode, {cause});
      const bool met = DayReached(threshold, days).has_value();
      const bool better = met && (!found.met || cause == last);
      if (better || (!found.met && cause == last)) {
        found = {.threshold = &threshold, .cause = cause, .days = static_cast<int>(days.size()),
                 .met = met};
      }
    }
  }
  return found;
}

bool ReturnsPartTime(const Case& at) {
  const absl::CivilDay day = at.episode.return_day;
  return std::any_of(at.episode.part_time.begin(), at.episode.part_time.end(),
                     [&](const Prescription& p) { return p.start <= day && day <= p.end; });
}

// Whether the waiver lifts the visit; otherwise flags why a pre-return visit does not suffice.
bool IsWaived(const Case& at, const Waiver& waiver, Draft& draft) {
  const absl::CivilDay from = at.episode.return_day - waiver.window_days;
  const absl::CivilDay to = at.episode.return_day - 1;
  const Event* visit = LastOf(at, EventKind::kPreReturnVisit, to);
  if (visit == nullptr) return false;
  draft.words.SetDate("pre_visit", visit->date);
  draft.words.SetDays("window_days", waiver.window_days);
  draft.words.SetDate("window_from", from);
  draft.words.SetDate("window_to", to);
  const size_t flags_before = draft.milestone.flags.size();
  if (visit->date < from) draft.Flag("waiver_not_in_window");
  const Event* back = FirstOf(at, EventKind::kReturn, at.episode.return_day);
  const bool measure_at_return = back != nullptr && back->working_time.value_or(false);
  if (visit->adaptation.value_or(false) || visit->working_time.value_or(false) ||
      measure_at_return) {
    draft.Flag("waiver_not_measures");
  } else if (!visit->adaptation.has_value() || !visit->working_time.has_value()) {
    draft.Flag("waiver_not_findings");
  }
  if (waiver.part_time_is_measure && ReturnsPartTime(at)) draft.Flag("waiver_not_part_time");
  if (const Event* asked = LastOf(at, EventKind::kReturnVisitRequest, at.on); asked != nullptr) {
    draft.words.SetDate("asked_on", asked->date);
    draft.Flag("waiver_not_asked");
  }
  return draft.milestone.flags.size() == flags_before;
}

void SetDates(const Case& at, const Deadline& deadline, Draft& draft) {
  const absl::CivilDay from_return = at.episode.return_day + deadline.days;
  const absl::CivilDay from_leave = at.episode.end + deadline.days;
  draft.milestone.possible_from = at.episode.return_day;
  draft.milestone.due = at.episode.return_day;
  draft.milestone.latest = deadline.from_return_day ? from_return : from_leave;
  if (deadline.other_reading) {
    draft.words.SetDate("latest_other", deadline.from_return_day ? from_leave : from_return);
  }
}

}  // namespace

void EvaluateReturnVisit(const Case& at, Draft& draft) {
  const Rule& rule = *draft.milestone.rule;
  const Requirement requirement = FindRequirement(rule, at.episode);
  draft.words.SetDays("days", requirement.days);
  if (requirement.threshold != nullptr) {
    draft.words.SetRequirement("requirement", *requirement.threshold, requirement.cause);
  }
  if (const Event* early = LastOf(at, EventKind::kReturnVisit, at.episode.return_day - 1);
      early != nullptr) {
    draft.words.SetDate("early_visit", early->date);
    draft.Flag("visit_before_return");
  }
  const Event* held = FirstOf(at, EventKind::kReturnVisit, at.episode.return_day);
  if (held == nullptr && at.EndedBeforeReturn()) {
    return draft.Settle(State::kNotApplicable, "contract_ended");
  }
  if (held == nullptr && !requirement.met) {
    return draft.Settle(State::kNotApplicable, "not_required");
  }
  SetDates(at, *rule.deadline, draft);
  if (held != nullptr) {
    draft.Settle(State::kDone, held->date > *draft.milestone.latest ? "done_late" : "done");
    draft.milestone.done_on = held->date;
    if (held->recorded.has_value() && *held->recorded > held->date) {
      draft.words.SetDate("recorded_on", *held->recorded);
      draft.Flag("recorded_late");
    }
  } else if (rule.waiver.has_value() && IsWaived(at, *rule.waiver, draft)) {
    draft.milestone.due.reset();
    draft.milestone.latest.reset();
    draft.Settle(State::kWaived, "waived");
  } else if (at.on > *draft.milestone.latest) {
    draft.words.SetDays("late_days", static_cast<int>(at.on - *draft.milestone.latest));
    draft.Settle(State::kLate, "late");
  } else {
    draft.Settle(State::kDue, "due");
  }
}

}  // namespace reprise::legal
