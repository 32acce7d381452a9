// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/survival/cumulative_incidence.h"

#include <algorithm>
#include <cmath>

#include "services/phase/domain/survival/distribution.h"
#include "services/platform/status.h"

namespace reprise::survival {

// The variance is carried from moment to moment together with that of S and their covariance: one
// step is S' = S (1 - h), F1' = F1 + S h1 with the multinomial variances of h and h1. This equals
// the three sums of the delta method and needs no division by n - d, which may be 0.
absl::StatusOr<CumulativeIncidence> CumulativeIncidence::Fit(
    absl::Span<const Observation> observations) {
  REPRISE_ASSIGN_OR_RETURN(const std::vector<Moment> moments, MomentsOf(observations));
  CumulativeIncidence curve;
  IncidenceStep step;
  double neither_variance = 0;
  double covariance = 0;  // of S and F1
  for (const Moment& moment : moments) {
    step.moment = moment;
    const auto n = static_cast<double>(moment.at_risk);
    const double h1 = static_cast<double>(moment.events) / n;
    const double h2 = static_cast<double>(moment.competing) / n;
    const double stay = static_cast<double>(moment.at_risk - moment.events - moment.competing) / n;
    const double s2 = step.neither * step.neither;
    step.event_variance +=
        2 * h1 * covariance + h1 * h1 * neither_variance + s2 * h1 * (1 - h1) / n;
    covariance = stay * (covariance + h1 * neither_variance) - s2 * h1 * stay / n;
    neither_variance = stay * stay * neither_variance + s2 * (1 - stay) * stay / n;
    step.event += step.neither * h1;
    step.competing += step.neither * h2;
    step.neither *= stay;
    if (step.neither == 0 &&
        step.competing == 0) {  // everybody had the event, whatever was rounded
      step.event = 1;
      step.event_variance = 0;
    }
    curve.steps_.push_back(step);
  }
  return curve;
}

IncidenceAt CumulativeIncidence::At(double time) const {
  if (steps_.empty()) return {};
  const auto after =
      std::upper_bound(steps_.begin(), steps_.end(), time,
                       [](double t, const IncidenceStep& step) { return t < step.moment.time; });
  IncidenceAt at;
  if (after == steps_.begin()) {
    at.at_risk = steps_.front().moment.at_risk;
    at.event = at.standard_error = at.competing = 0;
    at.neither = 1;
    return at;
  }
  const IncidenceStep& step = *(after - 1);
  at.at_risk = step.moment.time == time ? step.moment.at_risk
               : after == steps_.end()  ? 0
                                        : after->moment.at_risk;
  at.event = step.event;
  at.standard_error = std::sqrt(std::max(step.event_variance, 0.0));
  at.competing = step.competing;
  at.neither = step.neither;
  if (step.event <= 0 || step.event >= 1) return at;
  const double log_event = std::log(step.event);  // negative
  const double spread = std::exp(kNormal975 * *at.standard_error / (step.event * -log_event));
  at.lower = std::exp(log_event * spread);
  at.upper = std::exp(log_event / spread);
  return at;
}

}  // namespace reprise::survival
