// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/monitoring/moments.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"

#include "services/cohort/domain/monitoring/distribution.h"
#include "services/cohort/domain/monitoring/errors.h"

namespace reprise::monitoring {

absl::StatusOr<Present> PresentOf(absl::Span<const Recorded> values, absl::string_view path) {
  Present present;
  for (size_t i = 0; i < values.size(); ++i) {
    if (!values[i].has_value()) {
      ++present.missing;
    } else if (std::isfinite(*values[i])) {
      present.values.push_back(*values[i]);
    } else {
      return ValueNotFinite(absl::StrCat(path, "[", i, "]"));
    }
  }
  return present;
}

std::optional<double> Mean(absl::Span<const double> values) {
  if (values.empty()) return std::nullopt;
  // From the first value on, so that a constant column has that constant as its mean exactly.
  double sum = 0;
  for (const double value : values) sum += value - values[0];
  const double mean = values[0] + sum / static_cast<double>(values.size());
  return IfFinite(mean);
}

std::optional<double> SampleVariance(absl::Span<const double> values) {
  if (values.size() < 2) return std::nullopt;
  const std::optional<double> mean = Mean(values);
  if (!mean.has_value()) return std::nullopt;
  double sum = 0;
  for (const double value : values) sum += (value - *mean) * (value - *mean);
  return IfFinite(sum / static_cast<double>(values.size() - 1));
}

}  // namespace reprise::monitoring
