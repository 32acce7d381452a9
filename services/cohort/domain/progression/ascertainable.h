// SPDX-License-Identifier: Apache-2.0
// Whether the primary endpoint (the first 28 days in a row at half time or more that begin within a
// year from T0) can be told without guessing. Derivation itself is the phase service's.
#ifndef REPRISE_COHORT_DOMAIN_PROGRESSION_ASCERTAINABLE_H_
#define REPRISE_COHORT_DOMAIN_PROGRESSION_ASCERTAINABLE_H_

#include <optional>

#include "absl/time/civil_time.h"
#include "absl/types/span.h"

namespace reprise::cohort {

inline constexpr int kRunDays = 28;
inline constexpr int kRunPercent = 50;

// What a day of a work situation means to the endpoint.
enum class WorkMeaning {
  kUnknown,
  kWork,     // with a percentage
  kBridge,   // paid leave: neither starts nor breaks a run
  kNoWork,
};

// Both days inclusive; no end: going on.
struct WorkEpisode {
  WorkMeaning meaning = WorkMeaning::kUnknown;
  int percent = 0;
  absl::CivilDay start = {};
  std::optional<absl::CivilDay> end = {};
};

// True where every day is known from `t0` until the event, a death, or the last day that can matter
// (27 days after `last_start`, the last day on which a run may begin). `episodes` by start, without overlap.
bool IsAscertainable(absl::CivilDay t0, absl::CivilDay last_start, absl::Span<const WorkEpisode> episodes,
                     std::optional<absl::CivilDay> death);

}  // namespace reprise::cohort

#endif  // REPRISE_COHORT_DOMAIN_PROGRESSION_ASCERTAINABLE_H_
