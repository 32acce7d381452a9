// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/survival/kaplan_meier.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>
#include <utility>

#include "services/phase/domain/survival/distribution.h"
#include "services/platform/status.h"

namespace reprise::survival {
namespace {

// How near a level counts as reaching it exactly: R's sqrt(machine epsilon).
constexpr double kLevelTolerance = 1.4901161193847656e-08;

struct Limits {
  std::optional<double> lower;
  std::optional<double> upper;
};

Limits LimitsOf(double survival, double greenwood, IntervalKind kind) {
  if (survival == 0) return {};
  const double relative = kNormal975 * std::sqrt(greenwood);  // z se / S
  switch (kind) {
    case IntervalKind::kPlain:
      return {std::max(survival - survival * relative, 0.0),
              std::min(survival + survival * relative, 1.0)};
    case IntervalKind::kLog:
      return {survival * std::exp(-relative), std::min(survival * std::exp(relative), 1.0)};
    case IntervalKind::kLogLog:
      break;
  }
  if (survival == 1) return {};
  const double middle = std::log(-std::log(survival));
  const double shift = relative / std::log(survival);  // negative
  return {std::exp(-std::exp(middle - shift)), std::exp(-std::exp(middle + shift))};
}

// A step function's distinct heights in order of time, each with the time it is first taken.
struct Stair {
  double time;
  double height;
};

std::optional<double> TimeOfLowestAtLeast(const std::vector<Stair>& stairs, double level) {
  const Stair* best = nullptr;
  for (const Stair& stair : stairs) {
    if (stair.height >= level && (best == nullptr || stair.height < best->height)) best = &stair;
  }
  if (best == nullptr) return std::nullopt;
  return best->time;
}

// When 1 - `value` of the steps reaches p. `value` may be empty at a step, which is then passed
// over.
std::optional<double> Reach(
    const std::vector<KaplanMeierStep>& steps, double p,
    const std::function<std::optional<double>(const KaplanMeierStep&)>& value) {
  std::vector<Stair> stairs = {{.time = 0, .height = 0}};
  std::set<double> seen = {0};
  bool ends_empty = false;
  bool seen_empty = false;
  for (const KaplanMeierStep& step : steps) {
    const std::optional<double> here = value(step);
    if (here.has_value() ? !seen.insert(1 - *here).second : std::exchange(seen_empty, true))
      continue;
    ends_empty = !here.has_value();
    if (here.has_value()) stairs.push_back({.time = step.moment.time, .height = 1 - *here});
  }
  const auto reached = TimeOfLowestAtLeast(stairs, p - kLevelTolerance);
  if (!reached.has_value()) return std::nullopt;
  if (!ends_empty && std::abs(p - stairs.back().height) < kLevelTolerance) {
    return (*reached + steps.back().moment.time) / 2;
  }
  const auto passed = TimeOfLowestAtLeast(stairs, p + kLevelTolerance);
  if (!passed.has_value()) return std::nullopt;
  return (*reached + *passed) / 2;
}

}  // namespace

absl::StatusOr<KaplanMeier> KaplanMeier::Fit(absl::Span<const Observation> observations) {
  REPRISE_ASSIGN_OR_RETURN(const std::vector<Moment> moments, MomentsOf(observations));
  KaplanMeier curve;
  KaplanMeierStep step;
  for (const Moment& moment : moments) {
    step.moment = moment;
    const auto n = static_cast<double>(moment.at_risk);
    const auto d = static_cast<double>(moment.events);
    step.cumulative_events += moment.events;
    step.survival *= (n - d) / n;
    if (d < n) step.greenwood += d / (n * (n - d));
    curve.steps_.push_back(step);
  }
  return curve;
}

SurvivalAt KaplanMeier::At(double time, IntervalKind kind) const {
  SurvivalAt at;
  if (steps_.empty()) return at;
  const auto after =
      std::upper_bound(steps_.begin(), steps_.end(), time,
                       [](double t, const KaplanMeierStep& step) { return t < step.moment.time; });
  if (after == steps_.begin()) {
    return {.at_risk = steps_.front().moment.at_risk,
            .cumulative_events = 0,
            .survival = 1,
            .standard_error = 0,
            .lower = 1,
            .upper = 1};
  }
  const KaplanMeierStep& step = *(after - 1);
  at.at_risk = step.moment.time == time ? step.moment.at_risk
               : after == steps_.end()  ? 0
                                        : after->moment.at_risk;
  at.cumulative_events = step.cumulative_events;
  at.survival = step.survival;
  if (step.survival > 0) at.standard_error = step.survival * std::sqrt(step.greenwood);
  const Limits limits = LimitsOf(step.survival, step.greenwood, kind);
  at.lower = limits.lower;
  at.upper = limits.upper;
  return at;
}

SurvivalQuantile KaplanMeier::Quantile(double p, IntervalKind kind) const {
  const auto limits = [kind](const KaplanMeierStep& step) {
    return LimitsOf(step.survival, step.greenwood, kind);
  };
  return {.time = Reach(steps_, p,
                        [](const KaplanMeierStep& step) { return std::optional(step.survival); }),
          .lower = Reach(steps_, p, [&](const auto& step) { return limits(step).lower; }),
          .upper = Reach(steps_, p, [&](const auto& step) { return limits(step).upper; })};
}

std::optional<double> KaplanMeier::last_time() const {
  if (steps_.empty()) return std::nullopt;
  return steps_.back().moment.time;
}

}  // namespace reprise::survival
