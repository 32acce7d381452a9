// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/survival/cox.h"

#include <cmath>

#include "services/platform/status.h"

namespace reprise::survival {
namespace {

struct Slope {
  double score = 0;        // first derivative of the log partial likelihood
  double information = 0;  // minus the second
};

Slope SlopeAt(const std::vector<JointMoment>& moments, double log_ratio, Ties ties) {
  Slope slope;
  const double ratio = std::exp(log_ratio);
  for (const JointMoment& moment : moments) {
    const auto n0 = static_cast<double>(moment.groups[0].at_risk);
    const auto n1 = static_cast<double>(moment.groups[1].at_risk);
    const auto d0 = static_cast<double>(moment.groups[0].events);
    const auto d1 = static_cast<double>(moment.groups[1].events);
    const double d = d0 + d1;
    slope.score += d1;
    for (double k = 0; k < d; ++k) {
      // Efron lets those who have the event leave the risk set one share after another.
      const double gone = ties == Ties::kEfron ? k / d : 0;
      const double risk1 = ratio * (n1 - gone * d1);
      const double share = risk1 / (n0 - gone * d0 + risk1);
      slope.score -= share;
      slope.information += share * (1 - share);
    }
  }
  return slope;
}

// The score falls with the ratio; the maximum is finite if it ends below 0 and starts above.
bool MaximumIsFinite(const std::vector<JointMoment>& moments) {
  int64_t start = 0;
  int64_t end = 0;
  for (const JointMoment& moment : moments) {
    const int64_t d1 = moment.groups[1].events;
    const int64_t d = moment.groups[0].events + d1;
    start += d1 - (moment.groups[0].at_risk == 0 ? d : 0);
    end += d1 - (moment.groups[1].at_risk > 0 ? d : 0);
  }
  return start > 0 && end < 0;
}

}  // namespace

absl::StatusOr<std::optional<HazardRatio>> CoxTwoGroups(absl::Span<const Member> members,
                                                        Ties ties) {
  REPRISE_ASSIGN_OR_RETURN(const auto moments, JointMomentsOf(members, 2));
  if (!MaximumIsFinite(moments)) return std::optional<HazardRatio>();
  // Newton's step, kept inside a bracket that only shrinks.
  double low = -50;
  double high = 50;
  double log_ratio = 0;
  for (int round = 0; round < 200; ++round) {
    const Slope slope = SlopeAt(moments, log_ratio, ties);
    double step = slope.score / slope.information;
    (slope.score > 0 ? low : high) = log_ratio;
    const double next = log_ratio + step;
    if (std::abs(step) > 1e-14 && !(next > low && next < high)) step = (low + high) / 2 - log_ratio;
    log_ratio += step;
    if (std::abs(step) <= 1e-14 * (1 + std::abs(log_ratio))) break;
  }
  const double information = SlopeAt(moments, log_ratio, ties).information;
  return std::optional(
      HazardRatio{.log_ratio = log_ratio, .standard_error = 1 / std::sqrt(information)});
}

}  // namespace reprise::survival
