// SPDX-License-Identifier: Apache-2.0
// The answer at a fixed time ("back at work by month 4?"), which may be that nobody can know yet;
// then it names the single datum that would settle it.
#ifndef REPRISE_PHASE_DOMAIN_ENDPOINT_LANDMARK_H_
#define REPRISE_PHASE_DOMAIN_ENDPOINT_LANDMARK_H_

#include <optional>

#include "absl/time/civil_time.h"

#include "services/phase/domain/endpoint/definition.h"
#include "services/phase/domain/endpoint/derive.h"
#include "services/phase/domain/endpoint/timeline.h"

namespace reprise::endpoint {

enum class LandmarkState { kReached, kNotReached, kNotAscertainable };

// What is missing: the clock's start, its calendar date (for months), or the work status over
// [from_day, to_day), days of the clock. kRunContinues: a run is under way, and the answer is
// "reached" once it has lasted that long. kNothingCan: a censoring status (maternity leave) ended
// the observation on from_day.
enum class MissingDatum {
  kNone,
  kClockStart,
  kIndexDate,
  kWorkStatus,
  kRunContinues,
  kNothingCan
};

struct LandmarkAnswer {
  std::optional<int> day;  // days of the clock; null where it cannot be placed
  LandmarkState state = LandmarkState::kNotAscertainable;
  MissingDatum missing = MissingDatum::kNone;
  int from_day = 0;
  int to_day = 0;
};

// Reached if the event started on or before the day; not reached if it started later, a competing
// event came first, or observation covers [0, day + duration); else not ascertainable.
LandmarkAnswer ReadLandmark(const std::optional<TimeToEvent>& result, const Definition& definition,
                            int day);

// `months` calendar months after the clock's start, counted on the calendar.
LandmarkAnswer ReadLandmarkMonth(const Participant& participant,
                                 const std::optional<TimeToEvent>& result,
                                 const Definition& definition, int months);

// The same day of the month, or the month's last: 31 Oct + 4 months = 28 (or 29) Feb.
absl::CivilDay AddMonths(absl::CivilDay day, int months);

// The calendar day of day 0 of the definition's clock; null where it is not known.
std::optional<absl::CivilDay> ClockDate(const Participant& participant, ClockStart clock);

}  // namespace reprise::endpoint

#endif  // REPRISE_PHASE_DOMAIN_ENDPOINT_LANDMARK_H_
