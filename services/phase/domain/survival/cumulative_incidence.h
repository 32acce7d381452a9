// SPDX-License-Identifier: Apache-2.0
// The Aalen-Johansen curve: the share of participants who have had the event by each day, where a
// competing event makes it impossible. The headline curve of the platform.
// Aalen & Johansen, Scand J Stat 1978;5:141. Variance by the delta method: Marubini & Valsecchi,
// Analysing Survival Data from Clinical Trials, 1995 (as Stata's stcompet, R's etm).
#ifndef REPRISE_PHASE_DOMAIN_SURVIVAL_CUMULATIVE_INCIDENCE_H_
#define REPRISE_PHASE_DOMAIN_SURVIVAL_CUMULATIVE_INCIDENCE_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

#include "services/phase/domain/survival/observation.h"

namespace reprise::survival {

// All empty for a curve of nobody. After the last observed time the last values stand (at_risk 0).
struct IncidenceAt {
  int64_t at_risk = 0;
  std::optional<double> event;           // F1: has had the event
  std::optional<double> standard_error;  // of `event`
  std::optional<double> competing;       // F2: a competing event came first
  std::optional<double> neither;         // S = 1 - F1 - F2
  // 95 % on the scale log(-log F1), as stcompet: F1^exp(-+ z se / (F1 log F1)). Empty where F1 is 0
  // or 1.
  std::optional<double> lower;
  std::optional<double> upper;
};

struct IncidenceStep {
  Moment moment;
  double event = 0;  // all just after the moment
  double competing = 0;
  double neither = 1;
  double event_variance = 0;
};

class CumulativeIncidence {
 public:
  // INVALID_ARGUMENT OBSERVATION_TIME_INVALID, OBSERVATION_STATUS_UNKNOWN at `observations[i]`
  static absl::StatusOr<CumulativeIncidence> Fit(absl::Span<const Observation> observations);

  IncidenceAt At(double time) const;  // `time` is finite

  const std::vector<IncidenceStep>& steps() const { return steps_; }  // one a distinct time

 private:
  std::vector<IncidenceStep> steps_;
};

}  // namespace reprise::survival

#endif  // REPRISE_PHASE_DOMAIN_SURVIVAL_CUMULATIVE_INCIDENCE_H_
