// SPDX-License-Identifier: Apache-2.0
// Baseline balance of two arms: the standardised mean difference (second minus first) with its 95 %
// interval, d -+ z se, se^2 = (n1+n2)/(n1 n2) + d^2 / (2 (n1+n2)). No p-values.
// Austin, Commun Stat Simul Comput 2009;38:1228; Yang & Dalton, SAS Global Forum 2012, paper 335.
#ifndef REPRISE_COHORT_DOMAIN_MONITORING_BALANCE_H_
#define REPRISE_COHORT_DOMAIN_MONITORING_BALANCE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

#include "services/cohort/domain/monitoring/moments.h"

namespace reprise::monitoring {

struct Balance {
  int64_t recorded[2] = {0, 0};
  int64_t missing[2] = {0, 0};
  // All four empty where an arm is empty or the pooled spread is 0 (or singular).
  std::optional<double> difference;
  std::optional<double> standard_error;
  std::optional<double> lower;
  std::optional<double> upper;
};

// Difference of means over the root of the mean of both sample variances.
//   INVALID_ARGUMENT VALUE_NOT_FINITE at `arm_A[i]` or `arm_B[i]`
absl::StatusOr<Balance> NumericBalance(absl::Span<const Recorded> first,
                                       absl::Span<const Recorded> second);

// Difference of proportions over the root of the mean of both p (1 - p).
//   INVALID_ARGUMENT VALUE_NOT_BINARY at `arm_A[i]` or `arm_B[i]`
absl::StatusOr<Balance> BinaryBalance(absl::Span<const Recorded> first,
                                      absl::Span<const Recorded> second);

// Yang and Dalton's distance over all levels but one, never negative. An empty text is missing.
Balance CategoricalBalance(absl::Span<const std::string> first,
                           absl::Span<const std::string> second);

}  // namespace reprise::monitoring

#endif  // REPRISE_COHORT_DOMAIN_MONITORING_BALANCE_H_
