// SPDX-License-Identifier: Apache-2.0
// The Kaplan-Meier curve of one cause (competing events count as censored), with Greenwood's
// variance, 95 % limits and quantiles as R's `survfit` gives them. As a proportion of participants
// it is biased where competing events exist: show CumulativeIncidence beside it. Kaplan & Meier,
// JASA 1958;53:457. Kalbfleisch & Prentice 2002 (limits).
#ifndef REPRISE_PHASE_DOMAIN_SURVIVAL_KAPLAN_MEIER_H_
#define REPRISE_PHASE_DOMAIN_SURVIVAL_KAPLAN_MEIER_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

#include "services/phase/domain/survival/observation.h"

namespace reprise::survival {

enum class IntervalKind {
  kPlain,   // S -+ z se, cut to [0, 1]
  kLog,     // S exp(-+ z se / S), cut to 1
  kLogLog,  // exp(-exp(log(-log S) -+ z se / (S log S)))
};

struct SurvivalAt {
  int64_t at_risk = 0;            // observed to this time or longer
  int64_t cumulative_events = 0;  // up to and including this time
  // Empty for a curve of nobody. After the last observed time the last value stands (at_risk 0).
  std::optional<double> survival;
  std::optional<double> standard_error;  // empty also where survival is 0
  // 95 %; empty where survival is 0, and for log-log where it is 1 although somebody already left.
  std::optional<double> lower;
  std::optional<double> upper;
};

// A time in days, empty where the curve (or its limit) never falls to the level.
struct SurvivalQuantile {
  std::optional<double> time;
  std::optional<double> lower;
  std::optional<double> upper;
};

struct KaplanMeierStep {
  Moment moment;
  int64_t cumulative_events = 0;
  double survival = 1;   // just after the moment
  double greenwood = 0;  // sum of d / (n (n - d)); meaningless once survival is 0
};

class KaplanMeier {
 public:
  // INVALID_ARGUMENT OBSERVATION_TIME_INVALID, OBSERVATION_STATUS_UNKNOWN at `observations[i]`
  static absl::StatusOr<KaplanMeier> Fit(absl::Span<const Observation> observations);

  // `time` is finite. Before the first observed time survival is 1 with limits 1 and 1.
  SurvivalAt At(double time, IntervalKind kind) const;

  // The time by which the share `p` (0 < p < 1) has had the event: the first with S < 1 - p; where
  // S equals 1 - p within 1.5e-8, the middle of that flat stretch (to the last observed time if S
  // falls no more). Limits come from the limits of S by the same rule. As R's quantile.survfit
  // does, a limit that is not monotone is read by height, not by time.
  SurvivalQuantile Quantile(double p, IntervalKind kind) const;

  const std::vector<KaplanMeierStep>& steps() const { return steps_; }  // one a distinct time
  std::optional<double> last_time() const;                              // empty for nobody

 private:
  std::vector<KaplanMeierStep> steps_;
};

}  // namespace reprise::survival

#endif  // REPRISE_PHASE_DOMAIN_SURVIVAL_KAPLAN_MEIER_H_
