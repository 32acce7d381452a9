// SPDX-License-Identifier: Apache-2.0
// Terminal digit preference: do the last digits 0 to 9 of a measurement come equally often?
// Pearson's chi-square with nine degrees of freedom. A small p asks how the value was read, and
// accuses nobody.
#ifndef REPRISE_COHORT_DOMAIN_MONITORING_DIGIT_PREFERENCE_H_
#define REPRISE_COHORT_DOMAIN_MONITORING_DIGIT_PREFERENCE_H_

#include <cstdint>
#include <optional>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

namespace reprise::monitoring {

struct DigitPreference {
  std::optional<double> chi_square;  // empty where nothing was counted
  int df = 9;
  std::optional<double> p;
};

// Ten counts, of digit 0 first.
//   INVALID_ARGUMENT LENGTHS_DIFFER, COUNT_INVALID at `digit_counts[i]`
absl::StatusOr<DigitPreference> DigitPreferenceOf(absl::Span<const int64_t> counts);

}  // namespace reprise::monitoring

#endif  // REPRISE_COHORT_DOMAIN_MONITORING_DIGIT_PREFERENCE_H_
