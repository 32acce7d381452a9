// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/monitoring/cluster_correlation.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "services/cohort/domain/monitoring/distribution.h"
#include "services/cohort/domain/monitoring/errors.h"
#include "services/platform/status.h"

namespace reprise::monitoring {
namespace {

using Groups = std::map<std::string, std::vector<double>>;

void SetSizes(const Groups& groups, ClusterCorrelation& result) {
  std::vector<double> sizes;
  for (const auto& [name, values] : groups) sizes.push_back(static_cast<double>(values.size()));
  result.clusters = static_cast<int64_t>(sizes.size());
  result.mean_size = Mean(sizes);
  if (sizes.size() < 2) return;
  result.size_variation = IfFinite(std::sqrt(*SampleVariance(sizes)) / *result.mean_size);
  double squares = 0;
  for (const double size : sizes) squares += size * size;
  const auto total = static_cast<double>(result.total);
  result.typical_size = IfFinite((total - squares / total) / static_cast<double>(sizes.size() - 1));
}

void SetMeanSquares(const Groups& groups, double grand_mean, ClusterCorrelation& result) {
  double between = 0;
  double within = 0;
  for (const auto& [name, values] : groups) {
    const double mean = Mean(values).value_or(std::nan(""));
    between += static_cast<double>(values.size()) * (mean - grand_mean) * (mean - grand_mean);
    for (const double value : values) within += (value - mean) * (value - mean);
  }
  const int64_t k = result.clusters;
  if (k > 1) result.between = IfFinite(between / static_cast<double>(k - 1));
  if (result.total > k) result.within = IfFinite(within / static_cast<double>(result.total - k));
}

void SetEstimate(ClusterCorrelation& result) {
  if (!result.between.has_value() || !result.within.has_value()) return;
  const double n0 = *result.typical_size;
  result.estimate =
      IfFinite((*result.between - *result.within) / (*result.between + (n0 - 1) * *result.within));
  result.f = IfFinite(*result.between / *result.within);
  if (result.estimate.has_value()) {
    result.truncated = std::max(*result.estimate, 0.0);
    const double cv = *result.size_variation;
    result.design_effect =
        IfFinite(1 + ((cv * cv + 1) * *result.mean_size - 1) * *result.truncated);
  }
  if (!result.f.has_value()) return;
  const auto df1 = static_cast<double>(result.clusters - 1);
  const auto df2 = static_cast<double>(result.total - result.clusters);
  const auto limit = [&](double p) -> std::optional<double> {
    const auto quantile = FisherQuantile(p, df1, df2);
    if (!quantile.has_value()) return std::nullopt;
    const double ratio = *result.f / *quantile;
    return IfFinite((ratio - 1) / (ratio + n0 - 1));
  };
  result.lower = limit(0.975);
  result.upper = limit(0.025);
}

}  // namespace

absl::StatusOr<ClusterCorrelation> ClusterCorrelationOf(absl::Span<const std::string> clusters,
                                                        absl::Span<const Recorded> values) {
  if (clusters.size() != values.size()) {
    return LengthsDiffer("value", clusters.size(), values.size());
  }
  REPRISE_ASSIGN_OR_RETURN(const Present present, PresentOf(values, "value"));
  Groups groups;
  for (size_t i = 0; i < values.size(); ++i) {
    if (values[i].has_value()) groups[clusters[i]].push_back(*values[i]);
  }
  ClusterCorrelation result;
  result.total = static_cast<int64_t>(present.values.size());
  if (result.total == 0) return result;
  SetSizes(groups, result);
  SetMeanSquares(groups, Mean(present.values).value_or(std::nan("")), result);
  SetEstimate(result);
  return result;
}

}  // namespace reprise::monitoring
