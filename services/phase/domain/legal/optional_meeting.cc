// SPDX-License-Identifier: Apache-2.0
// The two meetings that nobody owes and that a leave makes possible once it is long enough: the
// pre-return visit and the liaison meeting.
#include <algorithm>

#include "services/phase/domain/endpoint/landmark.h"
#include "services/phase/domain/legal/evaluate.h"

namespace reprise::legal {
namespace {

void EvaluateMeeting(const Case& at, EventKind kind, Draft& draft) {
  const Rule& rule = *draft.milestone.rule;
  const Threshold& threshold = rule.thresholds.front();
  const std::vector<absl::CivilDay> days = DaysFor(at.episode, threshold.causes);
  const std::optional<absl::CivilDay> reached = DayReached(threshold, days);
  const absl::CivilDay eve = at.episode.return_day - 1;
  draft.words.SetThreshold("threshold", threshold);
  draft.words.SetDays("days", static_cast<int>(days.size()));
  if (threshold.other_reading.has_value()) {
    Threshold other = threshold;
    other.comparison = *threshold.other_reading;
    const auto other_day = DayReached(other, days);
    if (other_day.has_value()) draft.words.SetDate("possible_from_other", *other_day);
  }
  if (reached.has_value()) {
    draft.milestone.possible_from = reached;
    draft.milestone.latest = eve;
  }
  if (const Event* late = FirstOf(at, kind, at.episode.return_day); late != nullptr) {
    draft.words.SetDate("late_visit", late->date);
    draft.Flag("visit_after_return");
  }
  if (const Event* held = LastOf(at, kind, eve); held != nullptr) {
    draft.Settle(State::kDone, "done");
    draft.milestone.done_on = held->date;
    if (reached.has_value() && held->date < *reached) draft.Flag("visit_before_threshold");
    if (held->recorded.has_value() && *held->recorded > held->date) {
      draft.words.SetDate("recorded_on", *held->recorded);
      draft.Flag("recorded_late");
    }
  } else if (at.ContractEnded() && at.EndedBeforeReturn()) {
    draft.Settle(State::kNotApplicable, "contract_ended");
  } else if (!reached.has_value()) {
    draft.Settle(State::kNotApplicable, "too_short");
  } else if (at.on > eve) {
    draft.Settle(State::kNotApplicable, "passed");
  } else if (at.on < *reached) {
    draft.Settle(State::kNotApplicable, "not_yet");
  } else {
    draft.Settle(State::kPossible, "possible");
  }
}

}  // namespace

std::optional<absl::CivilDay> DayReached(const Threshold& threshold,
                                         const std::vector<absl::CivilDay>& days) {
  if (days.empty()) return std::nullopt;
  const bool more = threshold.comparison == Comparison::kMoreThan;
  if (!threshold.months) {
    const size_t needed = static_cast<size_t>(threshold.amount) + (more ? 1 : 0);
    if (days.size() < needed) return std::nullopt;
    return days[std::max<size_t>(needed, 1) - 1];
  }
  // Three months from 1 January are complete on 31 March; 1 April is the first day beyond.
  const absl::CivilDay beyond = endpoint::AddMonths(days.front(), threshold.amount);
  const absl::CivilDay day = more ? beyond : beyond - 1;
  return days.back() < day ? std::nullopt : std::optional(day);
}

const Event* LastOf(const Case& at, EventKind kind, absl::CivilDay until) {
  const Event* last = nullptr;
  for (const Event& event : at.events) {
    if (event.kind == kind && event.date <= until) last = &event;
  }
  return last;
}

const Event* FirstOf(const Case& at, EventKind kind, absl::CivilDay from) {
  for (const Event& event : at.events) {
    if (event.kind == kind && event.date >= from) return &event;
  }
  return nullptr;
}

void EvaluatePreReturnVisit(const Case& at, Draft& draft) {
  EvaluateMeeting(at, EventKind::kPreReturnVisit, draft);
}

void EvaluateLiaisonMeeting(const Case& at, Draft& draft) {
  EvaluateMeeting(at, EventKind::kLiaisonMeeting, draft);
}

}  // namespace reprise::legal
