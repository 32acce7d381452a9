// SPDX-License-Identifier: Apache-2.0
// The spread of centre rates (alpha, beta) from what the centres have recruited, by maximum
// marginal likelihood of the Poisson-gamma model. Counts that vary less than chance alone would
// have no maximum (alpha runs to infinity); one is looked for up to alpha = 50, beyond which the
// centres are taken to share one rate.
#ifndef REPRISE_COHORT_DOMAIN_STATISTICS_RATE_ESTIMATION_H_
#define REPRISE_COHORT_DOMAIN_STATISTICS_RATE_ESTIMATION_H_

#include <cstdint>
#include <optional>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

#include "services/cohort/domain/statistics/forecast.h"

namespace reprise::statistics {

inline constexpr double kLargestAlpha = 50;

struct RateEstimate {
  // The maximum and its negative log likelihood; empty where there is none with alpha <= 50.
  std::optional<RatePrior> prior;
  Computable negative_log_likelihood;
  double homogeneous_rate = 0;  // recruits over exposure, all centres as one
};

// recruited[i] in exposure[i]; centres without exposure and recruits say nothing and are passed
// over.
//   INVALID_ARGUMENT LENGTH_MISMATCH, NO_CENTRE, NEGATIVE, ZERO_EXPOSURE (recruits in no time, or
//   no exposure at all)
absl::StatusOr<RateEstimate> EstimateRates(absl::Span<const int64_t> recruited,
                                           absl::Span<const double> exposure);

// What a forecast then uses: the maximum, or the fall-back alpha = 50 around the common rate. Empty
// where nobody has been recruited yet: then only a protocol's prior helps.
std::optional<RatePrior> PriorFor(const RateEstimate& estimate);

}  // namespace reprise::statistics

#endif  // REPRISE_COHORT_DOMAIN_STATISTICS_RATE_ESTIMATION_H_
