// SPDX-License-Identifier: Apache-2.0
// The intra-cluster correlation of one outcome by one-way analysis of variance, with its interval
// from the F distribution, and what it does to a sample size. With few clusters the interval is
// wide; print it, then plan with a range from the literature. A negative estimate is shown and used
// as 0. Donner, Int Stat Rev 1986;54:67 (ANOVA estimator, interval); Eldridge, Int J Epidemiol
// 2006;35:1292.
#ifndef REPRISE_COHORT_DOMAIN_MONITORING_CLUSTER_CORRELATION_H_
#define REPRISE_COHORT_DOMAIN_MONITORING_CLUSTER_CORRELATION_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

#include "services/cohort/domain/monitoring/moments.h"

namespace reprise::monitoring {

// Members without a recorded value are left out of every figure. Each figure is empty where it
// cannot be computed: one cluster, one member a cluster, no spread at all.
struct ClusterCorrelation {
  int64_t clusters = 0;
  int64_t total = 0;
  std::optional<double> between;  // mean squares
  std::optional<double> within;
  std::optional<double> typical_size;  // n0 = (N - sum n_i^2 / N) / (k - 1)
  std::optional<double> f;
  std::optional<double> estimate;   // (MSB - MSW) / (MSB + (n0 - 1) MSW)
  std::optional<double> truncated;  // the estimate, or 0 where it is negative
  std::optional<double> lower;      // 95 %, not truncated
  std::optional<double> upper;
  std::optional<double> mean_size;
  std::optional<double> size_variation;  // SD (k - 1) of the cluster sizes over their mean
  std::optional<double> design_effect;   // 1 + ((cv^2 + 1) m - 1) truncated
};

//   INVALID_ARGUMENT LENGTHS_DIFFER at `value`, VALUE_NOT_FINITE at `value[i]`
absl::StatusOr<ClusterCorrelation> ClusterCorrelationOf(absl::Span<const std::string> clusters,
                                                        absl::Span<const Recorded> values);

}  // namespace reprise::monitoring

#endif  // REPRISE_COHORT_DOMAIN_MONITORING_CLUSTER_CORRELATION_H_
