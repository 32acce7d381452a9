// SPDX-License-Identifier: Apache-2.0
// What every sample-size result carries beside its numbers, so that a protocol can quote it: the
// formula's name, where it is published, how it was rounded, and the assumptions as entered.
// This is planning arithmetic; the statistician signs.
#ifndef REPRISE_COHORT_DOMAIN_STATISTICS_SAMPLE_SIZE_H_
#define REPRISE_COHORT_DOMAIN_STATISTICS_SAMPLE_SIZE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "services/cohort/domain/statistics/special.h"

namespace reprise::statistics {

struct Assumption {
  std::string name;
  double value = 0;
};

struct Provenance {
  std::string formula;
  std::string reference;
  std::string rounding;
  std::vector<Assumption> assumptions;
};

// n per arm for dropout and clustering: n * design effect / (1 - dropout), rounded up only then.
// Design effect 1 + ((cv^2 + 1) m - 1) icc (Eldridge, Int J Epidemiol 2006;35:1292).
struct Inflation {
  double n_per_arm = 0;          // above 0, need not be whole
  double dropout = 0;            // 0 <= dropout < 1
  double icc = 0;                // -1 < icc < 1; a negative one is used as 0
  double mean_cluster_size = 1;  // at least 1
  double cv_cluster_size = 0;    // at least 0
};
struct InflatedSize {
  Computable design_effect, n_per_arm, n_per_arm_ceil, clusters_per_arm_ceil;
  Provenance provenance;
};
//   INVALID_ARGUMENT NOT_POSITIVE, NEGATIVE, OUT_OF_RANGE, PROPORTION_AS_PERCENT
absl::StatusOr<InflatedSize> Inflate(const Inflation& inflation);

// Hussey and Hughes, Contemp Clin Trials 2007;28:182: variance of the effect and two-sided power of
// a stepped wedge in which clusters_per_step clusters cross over at each period after the first.
struct SteppedWedge {
  int64_t clusters = 0;
  int64_t periods = 0;  // at least 2
  int64_t clusters_per_step = 0;
  double n_per_cluster_period = 0;
  double icc = 0;  // 0 <= icc < 1
  double total_variance = 0;
  double effect = 0;
  double alpha = 0.05;  // two-sided
};
struct SteppedWedgePower {
  Computable var_theta;  // empty where the design cannot tell effect from time
  Computable power;
  Provenance provenance;
};
//   INVALID_ARGUMENT also NO_EFFECT, STEPS_MISMATCH
absl::StatusOr<SteppedWedgePower> PowerOf(const SteppedWedge& design);

// Assurance: power averaged over what is believed about the effect (O'Hagan, Pharm Stat
// 2005;4:187). A normal prior for a difference of means.
struct NormalAssurance {
  double prior_mean = 0;
  double prior_sd = 0;  // at least 0
  double sigma = 0;     // standard deviation of one participant's outcome
  double n_per_arm = 0;
  double alpha_one_sided = 0.025;
};
struct NormalAssuranceResult {
  Computable power_at_prior_mean, assurance;
  Provenance provenance;
};
absl::StatusOr<NormalAssuranceResult> AssuranceOf(const NormalAssurance& design);

// Beta priors for the two proportions; pooled normal power in favour of treatment, by double
// quadrature on the logit scale (absolute error below 1e-8).
struct BetaAssurance {
  double ctl_beta_a = 0, ctl_beta_b = 0;  // above 0, at most 1e9
  double trt_beta_a = 0, trt_beta_b = 0;
  double n_per_arm = 0;
  double alpha_two_sided = 0.05;
};
struct BetaAssuranceResult {
  Computable assurance;
  Provenance provenance;
};
absl::StatusOr<BetaAssuranceResult> AssuranceOf(const BetaAssurance& design);

}  // namespace reprise::statistics

#endif  // REPRISE_COHORT_DOMAIN_STATISTICS_SAMPLE_SIZE_H_
