// SPDX-License-Identifier: Apache-2.0
// From a timeline and a definition to the derived values, as docs/endpoints.md states the rules
// (docs: section numbers in brackets). Pure and deterministic. Every time is in days from the
// definition's clock start; null means "not computable", never 0.
#ifndef REPRISE_PHASE_DOMAIN_ENDPOINT_DERIVE_H_
#define REPRISE_PHASE_DOMAIN_ENDPOINT_DERIVE_H_

#include <optional>
#include <string>

#include "absl/types/span.h"

#include "services/phase/domain/endpoint/definition.h"
#include "services/phase/domain/endpoint/timeline.h"

namespace reprise::endpoint {

enum class EventStatus { kCensored = 0, kEvent = 1, kCompeting = 2 };

struct TimeToEvent {
  int time = 0;
  EventStatus status = EventStatus::kCensored;
  // `time` had the censored been followed to the end of observation instead of to the last day on
  // which a start could have been confirmed; only to show the difference.
  int naive_time = 0;
  // The run under way at the end of observation, too short to count: its first day and length.
  std::optional<int> open_run_start;
  int open_run_days = 0;
  // Censored because a censoring status began, so that no later datum can settle anything.
  bool ended_by_status = false;
};

// `episodes` are normalised (Normalise). Null where the clock has not started.
std::optional<TimeToEvent> DeriveReturn(const Participant& participant,
                                        absl::Span<const Episode> episodes,
                                        const Definition& definition);

struct Absence {
  int observed_days = 0;
  int sick_days = 0;
  int unknown_days = 0;  // observed time that no episode covers
  // Sums over the window of 1 - fraction on SICK and PARTIAL days, and of the fractions worked, by
  // the definition's denominator; null where a worked episode in the window lacks that fraction.
  std::optional<double> fte_days_lost;
  std::optional<double> fte_days_worked;
};

// Over [0, window_days), as far as observed. Null where the clock has not started.
std::optional<Absence> DeriveAbsence(const Participant& participant,
                                     absl::Span<const Episode> episodes,
                                     const Definition& definition);

// Time from the return (`after`, in days of its clock) to the first run of >= run_days SICK days
// that begins at or after it; otherwise censored at the end of observation.
std::optional<TimeToEvent> DeriveRecurrence(const Participant& participant,
                                            absl::Span<const Episode> episodes,
                                            const Definition& after_definition,
                                            const std::optional<TimeToEvent>& after, int run_days);

// The worked fraction on the landmark day: null where unobserved or unknown. On a neutral status
// (leave) it is kOnNeutralStatus: a known state in which no fraction is worked or lost.
constexpr double kOnNeutralStatus = -1;
std::optional<double> FractionOn(const Participant& participant,
                                 absl::Span<const Episode> episodes, const Definition& definition,
                                 int day);

// Days observed from T0; null before T0.
std::optional<int> ObservedDays(const Participant& participant);

// SHA-256 (hexadecimal) of the participant's days and normalised episodes: equal for timelines
// that mean the same, whatever the order or splitting of their rows.
std::string InputsHash(const Participant& participant, absl::Span<const Episode> episodes);
// The same of a definition's canonical text.
std::string DefinitionHash(const Definition& definition);

}  // namespace reprise::endpoint

#endif  // REPRISE_PHASE_DOMAIN_ENDPOINT_DERIVE_H_
