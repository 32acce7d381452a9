// SPDX-License-Identifier: Apache-2.0
// Sample sizes of a two-arm trial by kind of outcome: two proportions, time to an event, a mean;
// and the re-estimation of a mean's size from a pilot. n1 is the first arm, n2 = ratio * n1; sizes
// are given as computed and rounded up per arm. Levels and powers are proportions (0.05, not 5).
//   Size(TwoProportions{.p1 = 0.60, .p2 = 0.75})  ->  n1 = 151.87, 152 per arm
#ifndef REPRISE_COHORT_DOMAIN_STATISTICS_SAMPLE_SIZE_OUTCOMES_H_
#define REPRISE_COHORT_DOMAIN_STATISTICS_SAMPLE_SIZE_OUTCOMES_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "services/cohort/domain/statistics/sample_size.h"

namespace reprise::statistics {

// kExactChisq and kExactFisher take the smallest n1 whose power by enumeration reaches the target.
enum class TwoProportionsMethod {
  kPooled,
  kUnpooled,
  kPooledCc,
  kArcsine,
  kExactChisq,
  kExactFisher
};
// `pooled`, `unpooled`, `pooled_cc`, `arcsine`, `exact_chisq`, `exact_fisher`.
//   INVALID_ARGUMENT METHOD_UNKNOWN on field `method`
absl::StatusOr<TwoProportionsMethod> ParseTwoProportionsMethod(absl::string_view name);

struct TwoProportions {
  double p1 = 0, p2 = 0;
  double alpha = 0.05;
  int64_t sides = 2;
  double power = 0.8;
  double ratio = 1;  // n2 / n1
  TwoProportionsMethod method = TwoProportionsMethod::kPooled;
};
struct TwoArmSize {
  Computable n1, n2, n1_ceil, n2_ceil, n_total_ceil;
  Provenance provenance;
};
//   INVALID_ARGUMENT OUT_OF_RANGE, PROPORTION_AS_PERCENT, VALUES_EQUAL (p1 and p2), NOT_POSITIVE,
//   POWER_NOT_ABOVE_ALPHA; exact methods: EXACT_TOO_LARGE
absl::StatusOr<TwoArmSize> Size(const TwoProportions& design);

// Power of given arms: the pooled normal formula, and exactly by enumeration for the chi-square
// test (without correction) and Fisher's exact test. Exact values are empty beyond about 1e5 per
// arm.
struct TwoProportionsArms {
  int64_t n1 = 0, n2 = 0;
  double p1 = 0, p2 = 0;
  double alpha = 0.05;  // of `sides` sides
  int64_t sides = 2;
};
struct TwoProportionsPower {
  Computable approx_pooled, exact_chisq, exact_fisher;
  Provenance provenance;
};
//   INVALID_ARGUMENT as above
absl::StatusOr<TwoProportionsPower> PowerOf(const TwoProportionsArms& arms);

// Log-rank test: events after Schoenfeld (and Freedman), participants by the mean event
// probability.
struct LogRank {
  double hazard_ratio = 0;  // arm 2 against arm 1, above 0 and not 1
  double alpha = 0.05;
  int64_t sides = 2;
  double power = 0.8;
  double ratio = 1;
  double event_prob_arm1 = 1, event_prob_arm2 = 1;  // within the trial; 0 < p <= 1
};
struct LogRankSize {
  Computable events_schoenfeld, events_freedman, n_total_schoenfeld, n_total_ceil;
  Provenance provenance;
};
//   INVALID_ARGUMENT also NO_EFFECT
absl::StatusOr<LogRankSize> Size(const LogRank& design);

// Probability that a participant has the event, hazard constant, recruitment uniform over
// `accrual`, follow-up of the last one `min_followup`; times in the unit of 1 / hazard.
struct EventProbability {
  double hazard = 0;
  double accrual = 0;
  double min_followup = 0;
};
struct EventProbabilityResult {
  Computable event_prob;
  Provenance provenance;
};
absl::StatusOr<EventProbabilityResult> ProbabilityOf(const EventProbability& design);

// Two-sided test of a difference of means.
struct Means {
  double delta = 0;  // not 0
  double sd = 0;
  double alpha = 0.05;
  double power = 0.8;
  double ratio = 1;
  double baseline_corr = 0;  // -1 < r < 1, for the ANCOVA size
};
struct MeansSize {
  Computable n1_z, n1_t_exact, n1_t_ceil, n1_ancova_z;
  Computable n1_z_plus_guenther;  // empty where the ratio is not 1
  Provenance provenance;
};
absl::StatusOr<MeansSize> Size(const Means& design);

// Re-estimation from a pilot's standard deviation: as it is, at Browne's upper limit, and with
// Julious and Owen's non-central t that carries its uncertainty. Never from the pilot's effect.
struct Reestimation {
  double pilot_sd_pooled = 0;
  int64_t pilot_n_total = 0;
  int64_t pilot_df = 0;  // at least 1, below pilot_n_total
  double delta = 0;
  double alpha = 0.05;
  double power = 0.8;
  double ucl_level = 0.8;  // confidence of Browne's limit
};
struct ReestimatedSize {
  Computable sd_ucl_browne, n_arm_naive_z, n_arm_browne_z, n_arm_julious_nct, inflation_nct_normal;
  Provenance provenance;
};
absl::StatusOr<ReestimatedSize> Size(const Reestimation& design);

}  // namespace reprise::statistics

#endif  // REPRISE_COHORT_DOMAIN_STATISTICS_SAMPLE_SIZE_OUTCOMES_H_
