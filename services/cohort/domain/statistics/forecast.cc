// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/statistics/forecast.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"

#include "services/cohort/domain/statistics/errors.h"
#include "services/platform/status.h"

namespace reprise::statistics {
namespace {

constexpr double kLongestTime = 1e15;

std::vector<NegativeBinomialTerm> TermsAt(const Recruitment& recruitment, double horizon) {
  std::vector<NegativeBinomialTerm> terms;
  for (const Centre& centre : recruitment.centres) {
    const double ahead = centre.closed ? 0 : horizon - centre.open_delay;
    if (ahead <= 0) continue;
    terms.push_back({.size = recruitment.prior.alpha + centre.recruited,
                     .odds = ahead / (recruitment.prior.beta + centre.exposure)});
  }
  return terms;
}

absl::Status Check(const Recruitment& recruitment, double horizon) {
  Checks checks;
  checks.Positive("alpha", recruitment.prior.alpha);
  checks.Positive("beta", recruitment.prior.beta);
  checks.NotNegative("horizon", horizon);
  checks.Count("target_remaining", recruitment.target_remaining);
  if (recruitment.centres.empty()) checks.Add(NoCentre("recruited"));
  for (size_t i = 0; i < recruitment.centres.size(); ++i) {
    const Centre& centre = recruitment.centres[i];
    const auto at = [&](const char* field) {
      return recruitment.centres.size() == 1 ? std::string(field)
                                             : absl::StrCat(field, "[", i + 1, "]");
    };
    checks.NotNegative(at("recruited"), centre.recruited);
    checks.NotNegative(at("exposure"), centre.exposure);
    if (!centre.closed) checks.NotNegative(at("open_delay"), centre.open_delay);
    if (centre.recruited > 0 && centre.exposure == 0) checks.Add(ZeroExposure(at("exposure")));
  }
  return checks.ToStatus();
}

// P(S < target); empty where the pass would take too long.
Computable Below(NegativeBinomialSum& sum, int64_t target, double mean) {
  CompensatedSum below;
  for (; sum.k() < target; sum.Next()) {
    const double mass = sum.mass();
    below.Add(mass);
    const bool past = static_cast<double>(sum.k()) > mean;
    if (past && mass * sum.tail_factor() < 1e-300) return 1.0;  // nothing is left beyond
    if (sum.k() > sum.affordable_steps()) return std::nullopt;
  }
  return std::min(1.0, below.value());
}

// P(S >= target). Where that is little it is summed from its own terms, which keeps its digits.
Computable Reached(NegativeBinomialSum sum, int64_t target, double mean) {
  if (target <= 0) return 1.0;
  const Computable below = Below(sum, target, mean);
  if (!below.has_value() || *below < 0.999 || sum.k() < target) {
    return below.has_value() ? Computable(1 - *below) : std::nullopt;
  }
  CompensatedSum tail;
  for (int64_t left = sum.affordable_steps(); left > 0; --left, sum.Next()) {
    const double mass = sum.mass();
    tail.Add(mass);
    const bool past = static_cast<double>(sum.k()) > mean;
    if (past && mass * sum.tail_factor() <= tail.value() * 1e-17) return tail.value();
  }
  return 1 - *below;
}

// The quantiles at `levels` (rising); those the pass cannot afford stay empty.
std::vector<std::optional<int64_t>> Quantiles(NegativeBinomialSum sum,
                                              const std::vector<double>& levels) {
  std::vector<std::optional<int64_t>> found(levels.size());
  CompensatedSum cumulated;
  size_t next = 0;
  for (const int64_t last = sum.affordable_steps(); sum.k() < last; sum.Next()) {
    cumulated.Add(sum.mass());
    while (next < levels.size() && cumulated.value() >= levels[next]) found[next++] = sum.k();
    if (next == levels.size()) break;
  }
  return found;
}

std::optional<int64_t> MomentQuantile(double level, double size, double p) {
  double low = -1, high = 1;  // below the level at low
  while (NegativeBinomialAtMost(high, size, p) < level && high < kLongestTime) high *= 2;
  if (!(NegativeBinomialAtMost(high, size, p) >= level)) return std::nullopt;
  while (high - low > 1) {
    const double middle = std::floor((low + high) / 2);
    (NegativeBinomialAtMost(middle, size, p) >= level ? high : low) = middle;
  }
  return static_cast<int64_t>(high);
}

// `extra` is the variance beyond the mean.
CountForecast::MomentMatch MatchMoments(double mean, double extra, int64_t target) {
  if (mean == 0) return {.target_reached = target <= 0 ? 1.0 : 0.0, .q05 = 0, .q95 = 0};
  const double size = mean * mean / extra, p = mean / (mean + extra);
  return {.target_reached = Computed(NegativeBinomialAtLeast(static_cast<double>(target), size, p)),
          .q05 = MomentQuantile(0.05, size, p),
          .q95 = MomentQuantile(0.95, size, p)};
}

double MeanOf(const std::vector<NegativeBinomialTerm>& terms) {
  double mean = 0;
  for (const NegativeBinomialTerm& term : terms) mean += term.size * term.odds;
  return mean;
}

// The time at which P(target reached) is `level`.
Computable TimeAt(const Recruitment& recruitment, double level) {
  if (recruitment.target_remaining == 0) return 0.0;
  // Some dozens of passes up to the target must stay affordable.
  const NegativeBinomialSum sample(TermsAt(recruitment, kLongestTime));
  if (recruitment.target_remaining > sample.affordable_steps() / 8) return std::nullopt;
  const auto excess = [&](double time) {
    const auto terms = TermsAt(recruitment, time);
    NegativeBinomialSum sum(terms);
    return 1 - level - Below(sum, recruitment.target_remaining, MeanOf(terms)).value_or(NAN);
  };
  std::optional<double> first;
  for (const Centre& centre : recruitment.centres) {
    if (!centre.closed) first = std::min(first.value_or(centre.open_delay), centre.open_delay);
  }
  if (!first.has_value()) return std::nullopt;
  // From about the time at which the mean is the target.
  const double target = static_cast<double>(recruitment.target_remaining);
  double low = *first, step = recruitment.prior.beta / recruitment.prior.alpha;
  while (MeanOf(TermsAt(recruitment, *first + step)) < target && step < kLongestTime) step *= 1.5;
  double high = low + step;
  while (excess(high) < 0 && high < kLongestTime) {
    low = high;
    high += step;
    step *= 2;
  }
  return FindRoot(excess, low, high);
}

}  // namespace

absl::StatusOr<std::vector<Centre>> Discounted(std::vector<Centre> pilot, double weight) {
  Checks checks;
  checks.ClosedProportion("weight", weight);
  REPRISE_RETURN_IF_ERROR(checks.ToStatus());
  for (Centre& centre : pilot) {
    centre.recruited *= weight;
    centre.exposure *= weight;
  }
  return pilot;
}

absl::StatusOr<RatePrior> PriorFromProtocol(double rate, double cv) {
  Checks checks;
  checks.Positive("rate", rate);
  checks.Positive("cv", cv);
  REPRISE_RETURN_IF_ERROR(checks.ToStatus());
  return RatePrior{.alpha = 1 / (cv * cv), .beta = 1 / (cv * cv) / rate};
}

absl::StatusOr<CountForecast> ForecastCount(const Recruitment& recruitment, double horizon) {
  REPRISE_RETURN_IF_ERROR(Check(recruitment, horizon));
  const auto terms = TermsAt(recruitment, horizon);
  CountForecast forecast;
  forecast.mean = MeanOf(terms);
  double extra = 0;
  for (const NegativeBinomialTerm& term : terms) extra += term.size * term.odds * term.odds;
  forecast.variance = forecast.mean + extra;
  if (!std::isfinite(forecast.variance)) {
    return Refused({OutOfRange("horizon", horizon, "short enough that the forecast stays finite")});
  }
  const NegativeBinomialSum sum(terms);
  const auto q = Quantiles(sum, {0.025, 0.05, 0.1, 0.5, 0.9, 0.95, 0.975});
  std::tie(forecast.q025, forecast.q05, forecast.q10, forecast.q50, forecast.q90, forecast.q95,
           forecast.q975) = std::tie(q[0], q[1], q[2], q[3], q[4], q[5], q[6]);
  forecast.target_reached = Reached(sum, recruitment.target_remaining, forecast.mean);
  forecast.moment_match = MatchMoments(forecast.mean, extra, recruitment.target_remaining);
  return forecast;
}

absl::StatusOr<TimeForecast> ForecastTimeToTarget(const Recruitment& recruitment) {
  REPRISE_RETURN_IF_ERROR(Check(recruitment, 0));
  return TimeForecast{.p10 = TimeAt(recruitment, 0.1),
                      .p50 = TimeAt(recruitment, 0.5),
                      .p90 = TimeAt(recruitment, 0.9)};
}

absl::StatusOr<double> TargetReachedBy(const Recruitment& recruitment, double horizon) {
  REPRISE_RETURN_IF_ERROR(Check(recruitment, horizon));
  const auto terms = TermsAt(recruitment, horizon);
  const auto reached =
      Reached(NegativeBinomialSum(terms), recruitment.target_remaining, MeanOf(terms));
  if (!reached.has_value()) {
    return Refused(
        {OutOfRange("target_remaining", static_cast<double>(recruitment.target_remaining),
                    "small enough for the exact distribution")});
  }
  return *reached;
}

}  // namespace reprise::statistics
