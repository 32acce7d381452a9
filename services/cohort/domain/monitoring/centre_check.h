// SPDX-License-Identifier: Apache-2.0
// Each centre against all others together: is its mean (Welch's t) or its spread (variance ratio)
// unlike the rest? The p-values of the means are adjusted over the centres by Benjamini-Hochberg.
// The outcome is a question to a centre. Venet et al., Clin Trials 2012;9:705; Welch, Biometrika
// 1947.
#ifndef REPRISE_COHORT_DOMAIN_MONITORING_CENTRE_CHECK_H_
#define REPRISE_COHORT_DOMAIN_MONITORING_CENTRE_CHECK_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

#include "services/cohort/domain/monitoring/moments.h"

namespace reprise::monitoring {

// A centre with fewer recorded values is listed but not tested.
inline constexpr int64_t kLeastPerCentre = 5;

struct CentreCheck {
  std::string centre;
  int64_t recorded = 0;
  std::optional<double> mean;
  std::optional<double> standard_deviation;
  // Empty for small centres, for one centre only, and where neither side has any spread.
  std::optional<double> welch_t;  // above 0: the centre lies above the rest
  std::optional<double> welch_p;  // two-sided
  std::optional<double> adjusted_p;
  std::optional<double> variance_ratio_p;  // two-sided F; 0 where one side alone has no spread
};

// One row a centre: by number where all names are whole numbers, else by bytes.
//   INVALID_ARGUMENT LENGTHS_DIFFER at `value`, VALUE_NOT_FINITE at `value[i]`
absl::StatusOr<std::vector<CentreCheck>> CheckCentres(absl::Span<const std::string> centres,
                                                      absl::Span<const Recorded> values);

}  // namespace reprise::monitoring

#endif  // REPRISE_COHORT_DOMAIN_MONITORING_CENTRE_CHECK_H_
