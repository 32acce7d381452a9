// SPDX-License-Identifier: Apache-2.0
// How far each participant's values lie, taken together, from the middle of all: squared
// Mahalanobis distance with sample mean and covariance (n - 1), and its upper tail in a chi-square
// with as many degrees of freedom as there are columns. Mahalanobis, Proc Natl Inst Sci India
// 1936;2:49.
#ifndef REPRISE_COHORT_DOMAIN_MONITORING_MAHALANOBIS_H_
#define REPRISE_COHORT_DOMAIN_MONITORING_MAHALANOBIS_H_

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

namespace reprise::monitoring {

struct Distances {
  std::vector<double> squared;  // one a row; empty where the covariance is singular
  std::vector<std::optional<double>> p;
};

// Singular: a constant column, columns that determine each other, or no more rows than columns.
//   INVALID_ARGUMENT LENGTHS_DIFFER or VALUE_NOT_FINITE at `rows[i]`, `rows[i][j]`
absl::StatusOr<Distances> DistancesOf(absl::Span<const std::vector<double>> rows);

}  // namespace reprise::monitoring

#endif  // REPRISE_COHORT_DOMAIN_MONITORING_MAHALANOBIS_H_
