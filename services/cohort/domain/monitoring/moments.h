// SPDX-License-Identifier: Apache-2.0
// Mean and sample variance by two passes; a constant column has variance 0 exactly.
#ifndef REPRISE_COHORT_DOMAIN_MONITORING_MOMENTS_H_
#define REPRISE_COHORT_DOMAIN_MONITORING_MOMENTS_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace reprise::monitoring {

// A value that was recorded, or nothing where it is missing.
using Recorded = std::optional<double>;

// The recorded values in order; `missing` how many were not.
struct Present {
  std::vector<double> values;
  int64_t missing = 0;
};
// INVALID_ARGUMENT VALUE_NOT_FINITE at `path[i]`
absl::StatusOr<Present> PresentOf(absl::Span<const Recorded> values, absl::string_view path);

// Nothing of nothing, and nothing where numbers are too large to be added up.
std::optional<double> Mean(absl::Span<const double> values);
// With n - 1; nothing below two values, else as Mean.
std::optional<double> SampleVariance(absl::Span<const double> values);

}  // namespace reprise::monitoring

#endif  // REPRISE_COHORT_DOMAIN_MONITORING_MOMENTS_H_
