// SPDX-License-Identifier: Apache-2.0
// Restricted mean time: the mean number of days before the event within the first tau days, the
// area under the Kaplan-Meier curve. Its complement, tau - mean, is the days gained. Royston &
// Parmar, BMC Med Res Methodol 2013;13:152.
#ifndef REPRISE_PHASE_DOMAIN_SURVIVAL_RESTRICTED_MEAN_H_
#define REPRISE_PHASE_DOMAIN_SURVIVAL_RESTRICTED_MEAN_H_

#include <optional>

#include "absl/status/statusor.h"

#include "services/phase/domain/survival/kaplan_meier.h"

namespace reprise::survival {

struct RestrictedMean {
  double days = 0;
  double standard_error = 0;  // sqrt of the sum of (area from t to tau)^2 d / (n (n - d))
  double lower = 0;           // 95 %, days -+ z se
  double upper = 0;
};

// Empty where tau lies after the last observed time of `curve`, for then the area is not known.
//   INVALID_ARGUMENT HORIZON_INVALID
absl::StatusOr<std::optional<RestrictedMean>> RestrictedMeanOf(const KaplanMeier& curve,
                                                               double tau);

// `first` minus `second`, two independent groups.
RestrictedMean Difference(const RestrictedMean& first, const RestrictedMean& second);

}  // namespace reprise::survival

#endif  // REPRISE_PHASE_DOMAIN_SURVIVAL_RESTRICTED_MEAN_H_
