// SPDX-License-Identifier: Apache-2.0
// Leave prescriptions merged into leave episodes: contiguous or overlapping ones are one episode, a
// gap of a day or more, or a recorded return between them, makes two. Days are inclusive calendar
// days, as the law counts them (1 to 31 July is 31 days).
#ifndef REPRISE_PHASE_DOMAIN_LEGAL_EPISODE_H_
#define REPRISE_PHASE_DOMAIN_LEGAL_EPISODE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/span.h"

#include "services/phase/domain/legal/rule.h"

namespace reprise::legal {

struct Prescription {
  absl::CivilDay start;
  absl::CivilDay end;  // the last day of leave
  std::optional<absl::CivilDay> issued;    // may lie after start (backdated)
  std::optional<absl::CivilDay> recorded;  // when the study learnt of it; null: always known
  Cause cause = Cause::kIllness;
  bool full = true;                 // false: therapeutic part-time
  std::optional<bool> renewal;      // null: the first of an episode is no renewal
  std::optional<bool> justified;    // a medical reason to exceed the cap is on record
};

enum class EventKind {
  kReturn, kExpectedReturn, kPreReturnVisit, kReturnVisit, kReturnVisitRequest, kLiaisonMeeting,
  kTrialOfReturn, kContractEnd
};

struct Event {
  EventKind kind = EventKind::kReturn;
  absl::CivilDay date;
  std::optional<absl::CivilDay> end;       // trial of return: its last day
  std::optional<absl::CivilDay> recorded;  // null: known from its date on
  std::optional<bool> adaptation;          // pre-return visit: job adaptation found necessary
  std::optional<bool> working_time;        // pre-return visit or return: working-time measure
  std::optional<int> working_days;         // trial of return; counted where null
};

absl::string_view NameOf(EventKind kind);  // "pre_return_visit"
std::optional<EventKind> EventKindOf(absl::string_view name);
std::optional<Cause> CauseOf(absl::string_view name);

// All of one participant, in any order.
struct History {
  std::vector<Prescription> prescriptions;
  std::vector<Event> events;
};

enum class ReturnSource { kRecorded, kExpected, kPresumed };

struct LeaveEpisode {
  absl::CivilDay start;
  absl::CivilDay end;  // last day of leave; the eve of a return that came earlier
  bool full = true;    // false: therapeutic part-time without a full leave before it
  std::vector<Prescription> prescriptions;  // by start
  std::vector<Prescription> part_time;      // those that follow, before the next episode
  absl::CivilDay return_day;                // recorded, expected, or the day after `end`
  ReturnSource return_source = ReturnSource::kPresumed;
  std::optional<absl::CivilDay> next_start;  // of the next episode
  std::optional<int> gap_before_days;        // days since the previous episode's last day
  bool overlapping = false;                  // prescriptions cover some day twice
  bool return_during_leave = false;

  int Days() const { return static_cast<int>(end - start) + 1; }
};

// One fault of a history; `prescription` or `event` is its position, the other -1.
struct HistoryFault {
  int prescription = -1;
  int event = -1;
  std::string field;
  std::string reason;
  std::string message;  // English, then French where a person entered the fault
};

// LEAVE_ENDS_BEFORE_START, EVENT_ENDS_BEFORE_START, LEAVE_TOO_LONG, EVENT_TOO_LONG (over 1096 days),
// EVENT_IN_FUTURE (a visit, a request or a trial after `on`), RECORDED_BEFORE_DATE,
// FIELD_NOT_OF_EVENT, WORKING_DAYS_OUT_OF_RANGE.
std::vector<HistoryFault> CheckHistory(const History& history, absl::CivilDay on);

// What was known on the day: without what was recorded later.
History KnownOn(const History& history, absl::CivilDay on);

// Requires that CheckHistory found nothing. Ordered by start.
std::vector<LeaveEpisode> MergeLeaves(const History& history, absl::CivilDay on);

// Days of the episode prescribed for one of the causes, in order; empty if none.
std::vector<absl::CivilDay> DaysFor(const LeaveEpisode& episode, const std::vector<Cause>& causes);

}  // namespace reprise::legal

#endif  // REPRISE_PHASE_DOMAIN_LEGAL_EPISODE_H_
