// SPDX-License-Identifier: Apache-2.0
// Recruitment forecast after Anisimov and Fedorov, Stat Med 2007;26:4958: centre rates are
// Gamma(alpha, beta), what a centre has recruited updates its own rate, and the total still to come
// is the exact sum of negative binomials. Times are in one unit of the caller's (months, say);
// rates are per that unit.
//   6 centres, 37 recruited in 6 months, 18 months left, 200 needed: mean 119.5, P = 0.0003
#ifndef REPRISE_COHORT_DOMAIN_STATISTICS_FORECAST_H_
#define REPRISE_COHORT_DOMAIN_STATISTICS_FORECAST_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

#include "services/cohort/domain/statistics/negative_binomial_sum.h"
#include "services/cohort/domain/statistics/special.h"

namespace reprise::statistics {

// The distribution of rates over centres: mean alpha / beta, coefficient of variation
// 1/sqrt(alpha).
struct RatePrior {
  double alpha = 0;
  double beta = 0;
};

struct Centre {
  double recruited = 0;   // so far; whole, but for a pilot that counts with a weight
  double exposure = 0;    // time open so far
  double open_delay = 0;  // time from now until it (re)opens; 0 where it is open
  bool closed = false;    // for good: recruits no more
};

// Pilot centres as prior knowledge for the main trial, counted with `weight` (0..1; ours: 0.5).
//   INVALID_ARGUMENT OUT_OF_RANGE, PROPORTION_AS_PERCENT (weight)
absl::StatusOr<std::vector<Centre>> Discounted(std::vector<Centre> pilot, double weight);

// The prior of a protocol: expected recruits per centre and unit of time, and the variation between
// centres as coefficient of variation. INVALID_ARGUMENT NOT_POSITIVE.
absl::StatusOr<RatePrior> PriorFromProtocol(double rate, double cv);

struct Recruitment {
  RatePrior prior;
  std::vector<Centre> centres;
  int64_t target_remaining = 0;  // recruits still needed
};

// Quantiles are the smallest count with at least that probability; empty where the distribution is
// so wide that reaching it would take more than some tenths of a second.
struct CountForecast {
  double mean = 0;
  double variance = 0;
  std::optional<int64_t> q025, q05, q10, q50, q90, q95, q975;
  Computable target_reached;  // P(total >= target_remaining)
  // Anisimov's approximation: one negative binomial with the same mean and variance.
  struct MomentMatch {
    Computable target_reached;
    std::optional<int64_t> q05, q95;
  } moment_match;
};

// The recruits between now and now + horizon.
//   INVALID_ARGUMENT NO_CENTRE, NOT_POSITIVE (prior), NEGATIVE, ZERO_EXPOSURE (recruits in no time)
absl::StatusOr<CountForecast> ForecastCount(const Recruitment& recruitment, double horizon);

// Time until the target is reached: with probability 0.1, 0.5 and 0.9 it is no longer than this.
// Empty where every centre is closed (and something is still needed), beyond 1e15, or where the
// target is so large (hundreds of thousands) that the search would take more than some seconds.
struct TimeForecast {
  Computable p10, p50, p90;
};
absl::StatusOr<TimeForecast> ForecastTimeToTarget(const Recruitment& recruitment);

// P(target reached by `horizon`) alone, for a curve over time.
absl::StatusOr<double> TargetReachedBy(const Recruitment& recruitment, double horizon);

}  // namespace reprise::statistics

#endif  // REPRISE_COHORT_DOMAIN_STATISTICS_FORECAST_H_
