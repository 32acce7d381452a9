// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/survival/restricted_mean.h"

#include <cmath>

#include "services/phase/domain/survival/distribution.h"
#include "services/phase/domain/survival/errors.h"

namespace reprise::survival {
namespace {

RestrictedMean WithLimits(double days, double standard_error) {
  return {.days = days,
          .standard_error = standard_error,
          .lower = days - kNormal975 * standard_error,
          .upper = days + kNormal975 * standard_error};
}

}  // namespace

absl::StatusOr<std::optional<RestrictedMean>> RestrictedMeanOf(const KaplanMeier& curve,
                                                               double tau) {
  if (!std::isfinite(tau) || tau <= 0) return HorizonInvalid();
  const auto last = curve.last_time();
  if (!last.has_value() || tau > *last) return std::optional<RestrictedMean>();
  // Backwards, so that the area to the right of each moment is at hand.
  const auto& steps = curve.steps();
  double right = tau;
  double area = 0;
  double variance = 0;
  for (size_t i = steps.size(); i-- > 0;) {
    const KaplanMeierStep& step = steps[i];
    if (step.moment.time >= tau) continue;
    area += step.survival * (right - step.moment.time);
    right = step.moment.time;
    const auto n = static_cast<double>(step.moment.at_risk);
    const auto d = static_cast<double>(step.moment.events);
    if (d > 0 && d < n) variance += area * area * d / (n * (n - d));
  }
  return std::optional(WithLimits(area + right, std::sqrt(variance)));
}

RestrictedMean Difference(const RestrictedMean& first, const RestrictedMean& second) {
  return WithLimits(first.days - second.days,
                    std::hypot(first.standard_error, second.standard_error));
}

}  // namespace reprise::survival
