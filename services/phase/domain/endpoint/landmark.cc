// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/endpoint/landmark.h"

#include <algorithm>

#include "services/phase/domain/endpoint/view.h"

namespace reprise::endpoint {

LandmarkAnswer ReadLandmark(const std::optional<TimeToEvent>& result, const Definition& definition,
                            int day) {
  LandmarkAnswer answer;
  answer.day = day;
  // Without a duration the day itself must still have been seen.
  const int needed = std::max(definition.duration_days, 1);
  if (!result.has_value()) {
    answer.missing = MissingDatum::kClockStart;
    return answer;
  }
  const int observed = result->naive_time;  // of a censored result: the days observed
  if (result->status == EventStatus::kEvent && result->time <= day) {
    answer.state = LandmarkState::kReached;
  } else if (result->status != EventStatus::kCensored ||
             observed >= day + needed) {
    answer.state = LandmarkState::kNotReached;
  } else if (result->ended_by_status) {
    answer.missing = MissingDatum::kNothingCan;
    answer.from_day = observed;
  } else if (result->open_run_start.has_value() && *result->open_run_start <= day) {
    answer.missing = MissingDatum::kRunContinues;
    answer.from_day = observed;
    answer.to_day = *result->open_run_start + needed;
  } else {
    answer.missing = MissingDatum::kWorkStatus;
    answer.from_day = observed;
    answer.to_day = day + needed;
  }
  return answer;
}

LandmarkAnswer ReadLandmarkMonth(const Participant& participant,
                                 const std::optional<TimeToEvent>& result,
                                 const Definition& definition, int months) {
  LandmarkAnswer unplaced;
  unplaced.missing = result.has_value() ? MissingDatum::kIndexDate : MissingDatum::kClockStart;
  const std::optional<absl::CivilDay> start = ClockDate(participant, definition.clock);
  if (!result.has_value() || !start.has_value()) return unplaced;
  return ReadLandmark(result, definition,
                      static_cast<int>(AddMonths(*start, months) - *start));
}

absl::CivilDay AddMonths(absl::CivilDay day, int months) {
  const absl::CivilMonth month = absl::CivilMonth(day) + months;
  const absl::CivilDay last = absl::CivilDay(month + 1) - 1;
  return absl::CivilDay(month) + (std::min(day.day(), last.day()) - 1);
}

std::optional<absl::CivilDay> ClockDate(const Participant& participant, ClockStart clock) {
  const std::optional<int> start = ClockDay(participant, clock);
  if (!start.has_value() || !participant.index_date.has_value()) return std::nullopt;
  return *participant.index_date + (*start - *participant.index_day);
}

}  // namespace reprise::endpoint
