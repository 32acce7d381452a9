// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/legal/episode.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "services/phase/domain/legal/errors.h"

namespace reprise::legal {
namespace {

constexpr int kMaxPrescriptionDays = 1096;  // three years: beyond it a date is mistyped

constexpr std::pair<absl::string_view, EventKind> kEventNames[] = {
    {"return", EventKind::kReturn},
    {"expected_return", EventKind::kExpectedReturn},
    {"pre_return_visit", EventKind::kPreReturnVisit},
    {"return_visit", EventKind::kReturnVisit},
    {"return_visit_request", EventKind::kReturnVisitRequest},
    {"liaison_meeting", EventKind::kLiaisonMeeting},
    {"trial_of_return", EventKind::kTrialOfReturn},
    {"contract_end", EventKind::kContractEnd}};

// Whether the event is something done, so that it cannot lie ahead. A return may be announced, and
// a contract's end known, in advance.
bool MustHaveHappened(EventKind kind) {
  return kind != EventKind::kReturn && kind != EventKind::kExpectedReturn &&
         kind != EventKind::kContractEnd;
}

void CheckPrescription(int at, const Prescription& prescription,
                       std::vector<HistoryFault>& faults) {
  if (prescription.end < prescription.start) {
    faults.push_back(LeaveEndsBeforeStart(at));
  } else if (prescription.end - prescription.start >= kMaxPrescriptionDays) {
    faults.push_back(LeaveTooLong(at, kMaxPrescriptionDays));
  }
}

void CheckEvent(int at, const Event& event, absl::CivilDay on, std::vector<HistoryFault>& faults) {
  const bool is_trial = event.kind == EventKind::kTrialOfReturn;
  const bool has_findings = event.kind == EventKind::kPreReturnVisit;
  if (event.end.has_value() && !is_trial) faults.push_back(FieldNotOfEvent(at, "end"));
  if (event.working_days.has_value() && !is_trial) {
    faults.push_back(FieldNotOfEvent(at, "working_days"));
  }
  if (event.adaptation.has_value() && !has_findings) {
    faults.push_back(FieldNotOfEvent(at, "adaptation"));
  }
  if (event.working_time.has_value() && !has_findings && event.kind != EventKind::kReturn) {
    faults.push_back(FieldNotOfEvent(at, "working_time"));
  }
  if (event.end.has_value() && *event.end < event.date) faults.push_back(EventEndsBeforeStart(at));
  if (event.end.has_value() && *event.end - event.date >= kMaxPrescriptionDays) {
    faults.push_back(EventTooLong(at, kMaxPrescriptionDays));
  }
  if (event.working_days.has_value() && (*event.working_days < 1 || *event.working_days > 366)) {
    faults.push_back(WorkingDaysOutOfRange(at));
  }
  if (!MustHaveHappened(event.kind)) return;
  if (event.recorded.has_value() && *event.recorded < event.date) {
    faults.push_back(RecordedBeforeDate(at));
  } else if (event.date > on && event.recorded.value_or(on) <= on) {
    faults.push_back(EventInFuture(at));
  }
}

// Part-time prescriptions belong to the last full leave that began before them.
void AttachPartTime(const std::vector<Prescription>& part_time,
                    std::vector<LeaveEpisode>& episodes) {
  for (const Prescription& prescription : part_time) {
    LeaveEpisode* owner = nullptr;
    for (LeaveEpisode& episode : episodes) {
      if (episode.full && episode.start <= prescription.start) owner = &episode;
    }
    if (owner == nullptr && !episodes.empty() && !episodes.front().full) owner = &episodes.front();
    if (owner == nullptr) {
      LeaveEpisode alone;
      alone.full = false;
      alone.start = prescription.start;
      alone.end = prescription.end;
      owner = &*episodes.insert(episodes.begin(), std::move(alone));
    }
    owner->part_time.push_back(prescription);
    if (!owner->full) owner->end = std::max(owner->end, prescription.end);
  }
}

// The day of return: recorded, else announced, else the day after the last day of leave.
void PlaceReturn(const std::vector<Event>& events, LeaveEpisode& episode) {
  episode.return_day = episode.end + 1;
  const auto belongs = [&](const Event& event) {
    return event.date > episode.start &&
           (!episode.next_start.has_value() || event.date <= *episode.next_start);
  };
  const Event* actual = nullptr;
  const Event* expected = nullptr;
  for (const Event& event : events) {
    if (event.kind == EventKind::kReturn && belongs(event) && actual == nullptr) actual = &event;
    // An announcement that a later prescription overtook says nothing any more.
    if (event.kind == EventKind::kExpectedReturn && belongs(event) && event.date > episode.end) {
      expected = &event;
    }
  }
  const Event* known = actual != nullptr ? actual : expected;
  if (known == nullptr) return;
  episode.return_day = known->date;
  episode.return_source = actual != nullptr ? ReturnSource::kRecorded : ReturnSource::kExpected;
  if (known->date <= episode.end) {
    episode.return_during_leave = true;
    episode.end = known->date - 1;
  }
}

}  // namespace

absl::string_view NameOf(EventKind kind) {
  for (const auto& [name, known] : kEventNames) {
    if (known == kind) return name;
  }
  return "";
}

std::optional<EventKind> EventKindOf(absl::string_view name) {
  for (const auto& [known, kind] : kEventNames) {
    if (known == name) return kind;
  }
  return std::nullopt;
}

std::optional<Cause> CauseOf(absl::string_view name) {
  for (const Cause cause : {Cause::kIllness, Cause::kWorkAccident, Cause::kOccupationalDisease,
                            Cause::kMaternity}) {
    if (NameOf(cause) == name) return cause;
  }
  return std::nullopt;
}

std::vector<HistoryFault> CheckHistory(const History& history, absl::CivilDay on) {
  std::vector<HistoryFault> faults;
  for (int i = 0; i < static_cast<int>(history.prescriptions.size()); ++i) {
    CheckPrescription(i, history.prescriptions[i], faults);
  }
  for (int i = 0; i < static_cast<int>(history.events.size()); ++i) {
    CheckEvent(i, history.events[i], on, faults);
  }
  return faults;
}

History KnownOn(const History& history, absl::CivilDay on) {
  History known;
  for (const Prescription& prescription : history.prescriptions) {
    if (prescription.recorded.value_or(on) <= on) known.prescriptions.push_back(prescription);
  }
  for (const Event& event : history.events) {
    if (event.recorded.value_or(on) <= on) known.events.push_back(event);
  }
  const auto by_start = [](const Prescription& a, const Prescription& b) {
    return std::tie(a.start, a.end) < std::tie(b.start, b.end);
  };
  std::stable_sort(known.prescriptions.begin(), known.prescriptions.end(), by_start);
  std::stable_sort(known.events.begin(), known.events.end(),
                   [](const Event& a, const Event& b) { return a.date < b.date; });
  return known;
}

std::vector<LeaveEpisode> MergeLeaves(const History& history, absl::CivilDay on) {
  const History known = KnownOn(history, on);
  const auto returned_between = [&](absl::CivilDay last, absl::CivilDay next) {
    return std::any_of(known.events.begin(), known.events.end(), [&](const Event& event) {
      return event.kind == EventKind::kReturn && event.date > last && event.date <= next;
    });
  };
  std::vector<LeaveEpisode> episodes;
  std::vector<Prescription> part_time;
  for (const Prescription& prescription : known.prescriptions) {
    if (!prescription.full) {
      part_time.push_back(prescription);
      continue;
    }
    const bool joins = !episodes.empty() && prescription.start <= episodes.back().end + 1 &&
                       !returned_between(episodes.back().end, prescription.start);
    if (!joins) {
      LeaveEpisode episode;
      episode.start = prescription.start;
      episode.end = prescription.end;
      if (!episodes.empty()) {
        episode.gap_before_days = static_cast<int>(prescription.start - episodes.back().end) - 1;
        episodes.back().next_start = prescription.start;
      }
      episodes.push_back(std::move(episode));
    }
    LeaveEpisode& episode = episodes.back();
    episode.overlapping = episode.overlapping || (joins && prescription.start <= episode.end);
    episode.end = std::max(episode.end, prescription.end);
    episode.prescriptions.push_back(prescription);
  }
  for (LeaveEpisode& episode : episodes) PlaceReturn(known.events, episode);
  AttachPartTime(part_time, episodes);
  return episodes;
}

std::vector<absl::CivilDay> DaysFor(const LeaveEpisode& episode, const std::vector<Cause>& causes) {
  std::vector<absl::CivilDay> days;
  for (const Prescription& prescription : episode.prescriptions) {
    if (std::find(causes.begin(), causes.end(), prescription.cause) == causes.end()) continue;
    absl::CivilDay day = prescription.start;
    if (!days.empty()) day = std::max(day, days.back() + 1);
    for (; day <= std::min(prescription.end, episode.end); ++day) days.push_back(day);
  }
  return days;
}

}  // namespace reprise::legal
