// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/endpoint/derive.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

#include "services/phase/domain/endpoint/view.h"
#include "services/platform/id/digest.h"

namespace reprise::endpoint {
namespace {

// Fractions are decimals of at most a few digits, sometimes quotients of hours: 17.5/35 is 0.5.
constexpr double kFractionTolerance = 1e-9;

// The share worked by this denominator; 0 where none is recorded for a status that is not work,
// null where work lacks it.
std::optional<double> WorkedShare(const Episode& episode, Denominator denominator) {
  const std::optional<double>& share = episode.fraction[static_cast<size_t>(denominator)];
  if (share.has_value()) return share;
  // Somebody recorded work by another denominator only: unknown here, not zero.
  for (const std::optional<double>& other : episode.fraction) {
    if (other.value_or(0) > 0) return std::nullopt;
  }
  return 0;
}

bool Counts(const Episode& episode, const Definition& definition) {
  const std::optional<double> share = WorkedShare(episode, definition.denominator);
  if (!share.has_value()) return false;
  return definition.above ? *share > definition.fraction + kFractionTolerance
                          : *share >= definition.fraction - kFractionTolerance;
}

// Consecutive days that count, bridged but neither begun nor ended by neutral days.
struct Run {
  int start = 0;
  int last = 0;  // the day after the last counting day
};

struct Runs {
  std::optional<Run> confirmed;  // the first of at least the duration
  std::optional<Run> open;       // where none is confirmed: the one under way at the end
};

Runs FindRuns(absl::Span<const Episode> episodes, int origin, int days,
              const Definition& definition) {
  Runs found;
  std::optional<Run> run;
  int previous_end = 0;
  const int needed = std::max(definition.duration_days, 1);
  ForEachWithin(episodes, origin, days, [&](const Episode& episode, int from, int to) {
    const bool counts = Counts(episode, definition);
    const bool neutral = !counts && Contains(definition.neutral, episode.status);
    if (run.has_value() && (from != previous_end || !(counts || neutral))) run.reset();
    if (counts) {
      if (!run.has_value()) run = Run{.start = from};
      run->last = to;
      if (run->last - run->start >= needed) found.confirmed = run;
    }
    previous_end = to;
    return !found.confirmed.has_value();
  });
  if (!found.confirmed.has_value() && run.has_value() && previous_end == days) found.open = run;
  return found;
}

// Days from `origin` to the first censoring status, at most `days`.
int CensoredBy(absl::Span<const Episode> episodes, int origin, int days,
               const Definition& definition) {
  int end = days;
  if (definition.censoring.empty()) return end;
  ForEachWithin(episodes, origin, days, [&](const Episode& episode, int from, int) {
    if (!Contains(definition.censoring, episode.status)) return true;
    end = from;
    return false;
  });
  return end;
}

}  // namespace

std::optional<TimeToEvent> DeriveReturn(const Participant& participant,
                                        absl::Span<const Episode> episodes,
                                        const Definition& definition) {
  const std::optional<int> origin = ClockDay(participant, definition.clock);
  if (!origin.has_value()) return std::nullopt;
  const int observed = ObservationEnd(participant) - *origin;
  int days = CensoredBy(episodes, *origin, observed, definition);
  std::optional<int> competing;
  if (const std::optional<int> day = CompetingDay(participant); day.has_value()) {
    // A censoring status that comes first leaves nothing for the competing event to end.
    if (std::max(*day - *origin, 0) <= days) competing = std::max(*day - *origin, 0);
  }
  if (competing.has_value()) days = std::min(days, *competing);
  const Runs runs = FindRuns(episodes, *origin, days, definition);
  TimeToEvent result;
  if (runs.confirmed.has_value()) {
    result.time = result.naive_time = runs.confirmed->start;
    result.status = EventStatus::kEvent;
  } else if (competing.has_value()) {
    result.time = result.naive_time = *competing;
    result.status = EventStatus::kCompeting;
  } else {
    result.time = std::max(days - definition.duration_days, 0);
    result.naive_time = days;
    result.ended_by_status = days < observed;
    if (runs.open.has_value()) {
      result.open_run_start = runs.open->start;
      result.open_run_days = runs.open->last - runs.open->start;
    }
  }
  return result;
}

std::optional<Absence> DeriveAbsence(const Participant& participant,
                                     absl::Span<const Episode> episodes,
                                     const Definition& definition) {
  const std::optional<int> origin = ClockDay(participant, definition.clock);
  if (!origin.has_value()) return std::nullopt;
  Absence absence;
  absence.observed_days =
      std::min(std::max(ObservationEnd(participant) - *origin, 0), definition.window_days);
  absence.unknown_days = absence.observed_days;
  double lost = 0;
  double worked = 0;
  bool complete = true;
  ForEachWithin(episodes, *origin, absence.observed_days,
                [&](const Episode& episode, int from, int to) {
    const int days = to - from;
    absence.unknown_days -= days;
    const std::optional<double> share = WorkedShare(episode, definition.denominator);
    if (episode.status == WorkStatus::kSick) absence.sick_days += days;
    if (!share.has_value()) {
      complete = false;
      return true;
    }
    const bool loses =
        episode.status == WorkStatus::kSick || episode.status == WorkStatus::kPartial;
    if (loses) lost += days * (1 - *share);
    worked += days * *share;
    return true;
  });
  if (complete) {
    absence.fte_days_lost = lost;
    absence.fte_days_worked = worked;
  }
  return absence;
}

std::optional<TimeToEvent> DeriveRecurrence(const Participant& participant,
                                            absl::Span<const Episode> episodes,
                                            const Definition& after_definition,
                                            const std::optional<TimeToEvent>& after,
                                            int run_days) {
  if (!after.has_value() || after->status != EventStatus::kEvent) return std::nullopt;
  const int origin = *ClockDay(participant, after_definition.clock) + after->time;
  const int days = ObservationEnd(participant) - origin;
  TimeToEvent result{.time = days, .status = EventStatus::kCensored, .naive_time = days,
                     .open_run_start = std::nullopt, .open_run_days = 0,
                     .ended_by_status = false};
  std::optional<Run> run;
  int previous_end = 0;
  ForEachWithin(episodes, origin, days, [&](const Episode& episode, int from, int to) {
    if (run.has_value() && from != previous_end) run.reset();
    previous_end = to;
    if (episode.status != WorkStatus::kSick) {
      run.reset();
      return true;
    }
    if (!run.has_value()) run = Run{.start = from};
    run->last = to;
    if (run->last - run->start < run_days) return true;
    result.time = result.naive_time = run->start;
    result.status = EventStatus::kEvent;
    return false;
  });
  return result;
}

std::optional<double> FractionOn(const Participant& participant,
                                 absl::Span<const Episode> episodes, const Definition& definition,
                                 int day) {
  const std::optional<int> origin = ClockDay(participant, definition.clock);
  if (!origin.has_value() || day >= ObservationEnd(participant) - *origin) return std::nullopt;
  for (const Episode& episode : episodes) {
    if (episode.start_day - *origin > day || episode.end_day - *origin <= day) continue;
    if (Contains(definition.neutral, episode.status)) return kOnNeutralStatus;
    return WorkedShare(episode, definition.denominator);
  }
  return std::nullopt;
}

std::optional<int> ObservedDays(const Participant& participant) {
  if (!participant.index_day.has_value()) return std::nullopt;
  return ObservationEnd(participant) - *participant.index_day;
}

std::string InputsHash(const Participant& participant, absl::Span<const Episode> episodes) {
  const auto day = [](std::optional<int> value) {
    return value.has_value() ? absl::StrCat(*value) : std::string();
  };
  std::string text = absl::StrCat(
      "reprise-endpoint-inputs-1\n", day(participant.index_day), "|",
      day(participant.randomisation_day), "|", participant.obs_end_day, "|",
      std::string(NameOf(participant.end_reason)), "|", day(participant.competing_day), "|",
      std::string(NameOf(participant.competing)), "|");
  if (participant.index_date.has_value()) {
    absl::StrAppend(&text, absl::FormatCivilTime(*participant.index_date));
  }
  text += '\n';
  for (const Episode& episode : episodes) {
    absl::StrAppend(&text, episode.start_day, "|", episode.end_day, "|",
                    static_cast<int>(episode.status));
    for (const std::optional<double>& share : episode.fraction) {
      text += '|';
      if (share.has_value()) absl::StrAppendFormat(&text, "%.15g", *share);
    }
    text += '\n';
  }
  return Sha256Hex(text);
}

std::string DefinitionHash(const Definition& definition) {
  return Sha256Hex(CanonicalText(definition));
}

}  // namespace reprise::endpoint
