// SPDX-License-Identifier: Apache-2.0
// Traffic-light progression rules of a pilot: what a rule does at each true proportion, exactly;
// the light of a result; the overall decision; and the sample size a rule needs.
//   red where x/n < red_below, green where x/n >= green_from, amber between.
// Sources: A'Hern, Stat Med 2001;20:859 (exact single-stage search); Lewis et al., Pilot
// Feasibility Stud 2021;7:40 (the rule and its normal approximation).
#ifndef REPRISE_COHORT_DOMAIN_STATISTICS_PROGRESSION_H_
#define REPRISE_COHORT_DOMAIN_STATISTICS_PROGRESSION_H_

#include <cstdint>
#include <optional>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

#include "services/cohort/domain/statistics/special.h"

namespace reprise::statistics {

enum class Light { kRed, kAmber, kGreen };
absl::string_view NameOf(Light light);  // "red", "amber", "green"

struct TrafficLightRule {
  int64_t n = 0;  // at least 1
  double red_below = 0;
  double green_from = 0;  // 0 <= red_below <= green_from, 0 < green_from <= 1
};

// The rule in whole participants.
struct TrafficLightCounts {
  std::optional<int64_t> red_max;  // empty where no count is red
  int64_t green_min = 0;
};
//   INVALID_ARGUMENT OUT_OF_RANGE, PROPORTION_AS_PERCENT, NOT_BELOW (red_below above green_from)
absl::StatusOr<TrafficLightCounts> CountsOf(const TrafficLightRule& rule);

struct OperatingCharacteristics {
  TrafficLightCounts counts;
  double red = 0;  // probabilities at the true proportion; they add up to 1
  double amber = 0;
  double green = 0;
};
// Exact binomial probabilities. 0 <= true_p <= 1; errors as CountsOf.
absl::StatusOr<OperatingCharacteristics> Characterise(const TrafficLightRule& rule, double true_p);

// The light of x participants of rule.n. Also NEGATIVE, COUNT_ABOVE_TOTAL.
absl::StatusOr<Light> LightOf(const TrafficLightRule& rule, int64_t x);

// The decision over several criteria: the worst light. Empty where there is none.
std::optional<Light> WorstLight(absl::Span<const Light> lights);

// The smallest n with a count `cut` such that, x >= cut being green,
// P(green | red_upper_limit) <= alpha and P(green | green_lower_limit) >= power, exactly.
struct ProgressionSize {
  Computable n_normal;  // normal approximation, not rounded
  int64_t n = 0;
  int64_t cut = 0;
  double alpha = 0;  // attained
  double power = 0;
};
struct ProgressionDesign {
  double red_upper_limit = 0;    // the proportion at which stopping is right
  double green_lower_limit = 0;  // the proportion at which going on is right
  double alpha = 0;              // one-sided
  double power = 0;
  // Power oscillates with n: with 20, the smallest n such that n, n + 1, ..., n + 20 all hold.
  int64_t also_next = 0;
};
//   INVALID_ARGUMENT OUT_OF_RANGE, PROPORTION_AS_PERCENT, VALUES_EQUAL, NOT_BELOW,
//   POWER_NOT_ABOVE_ALPHA; limits too near each other for the largest n: VALUES_TOO_CLOSE
absl::StatusOr<ProgressionSize> SizeProgression(const ProgressionDesign& design);

}  // namespace reprise::statistics

#endif  // REPRISE_COHORT_DOMAIN_STATISTICS_PROGRESSION_H_
