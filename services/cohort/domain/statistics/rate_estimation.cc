// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/statistics/rate_estimation.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "absl/strings/str_cat.h"

#include "services/cohort/domain/statistics/errors.h"
#include "services/platform/status.h"

namespace reprise::statistics {
namespace {

struct Seen {
  double recruited = 0;
  double exposure = 0;
};

absl::Status Check(absl::Span<const int64_t> recruited, absl::Span<const double> exposure) {
  Checks checks;
  if (recruited.empty()) checks.Add(NoCentre("recruited"));
  if (recruited.size() != exposure.size()) {
    checks.Add(LengthMismatch("recruited", recruited.size(), "exposure", exposure.size()));
  }
  REPRISE_RETURN_IF_ERROR(checks.ToStatus());
  double total = 0;
  for (size_t i = 0; i < recruited.size(); ++i) {
    checks.Count(absl::StrCat("recruited[", i + 1, "]"), recruited[i]);
    checks.NotNegative(absl::StrCat("exposure[", i + 1, "]"), exposure[i]);
    if (recruited[i] > 0 && exposure[i] == 0) {
      checks.Add(ZeroExposure(absl::StrCat("exposure[", i + 1, "]")));
    }
    total += exposure[i];
  }
  if (checks.ok() && total == 0) checks.Add(ZeroExposure("exposure"));
  return checks.ToStatus();
}

double NegativeLogLikelihood(const std::vector<Seen>& centres, const RatePrior& prior) {
  double sum = 0;
  for (const auto& [k, tau] : centres) {
    sum -= LogGamma(prior.alpha + k) - LogGamma(prior.alpha) - LogGamma(k + 1) -
           prior.alpha * std::log1p(tau / prior.beta);
    if (k > 0) sum -= k * std::log(tau / (prior.beta + tau));
  }
  return sum;
}

// The best beta for a given alpha: where the score sum (alpha tau - beta k) / (beta + tau) is 0.
double BestBeta(const std::vector<Seen>& centres, double alpha, double rate) {
  const auto score = [&](double log_beta) {
    const double beta = std::exp(log_beta);
    double sum = 0;
    for (const auto& [k, tau] : centres) sum += (alpha * tau - beta * k) / (beta + tau);
    return sum;
  };
  const double middle = std::log(alpha / rate);
  double reach = 1;
  while (reach < 500 && (score(middle - reach) < 0 || score(middle + reach) > 0)) reach *= 2;
  return std::exp(FindRoot(score, middle - reach, middle + reach).value_or(middle));
}

// The maximising alpha between 1e-4 and 1e4, on a grid first so that a flat stretch misleads
// nobody.
double BestAlpha(const std::vector<Seen>& centres, double rate) {
  const auto cost = [&](double log_alpha) {
    const double alpha = std::exp(log_alpha);
    return NegativeLogLikelihood(centres, {.alpha = alpha, .beta = BestBeta(centres, alpha, rate)});
  };
  const double low = std::log(1e-4), step = std::log(1e4) / 16;
  double best = low;
  for (int i = 1; i <= 32; ++i) {
    if (cost(low + i * step) < cost(best)) best = low + i * step;
  }
  return std::exp(FindMinimum(cost, best - step, best + step));
}

}  // namespace

absl::StatusOr<RateEstimate> EstimateRates(absl::Span<const int64_t> recruited,
                                           absl::Span<const double> exposure) {
  REPRISE_RETURN_IF_ERROR(Check(recruited, exposure));
  std::vector<Seen> centres;
  double total = 0, time = 0;
  for (size_t i = 0; i < recruited.size(); ++i) {
    if (exposure[i] == 0) continue;
    centres.push_back({.recruited = static_cast<double>(recruited[i]), .exposure = exposure[i]});
    total += centres.back().recruited;
    time += exposure[i];
  }
  RateEstimate estimate;
  estimate.homogeneous_rate = total / time;
  if (total == 0 || centres.size() < 2) return estimate;
  const double alpha = BestAlpha(centres, estimate.homogeneous_rate);
  if (alpha > kLargestAlpha) return estimate;
  estimate.prior =
      RatePrior{.alpha = alpha, .beta = BestBeta(centres, alpha, estimate.homogeneous_rate)};
  estimate.negative_log_likelihood = Computed(NegativeLogLikelihood(centres, *estimate.prior));
  return estimate;
}

std::optional<RatePrior> PriorFor(const RateEstimate& estimate) {
  if (estimate.prior.has_value()) return estimate.prior;
  if (estimate.homogeneous_rate <= 0) return std::nullopt;
  return RatePrior{.alpha = kLargestAlpha, .beta = kLargestAlpha / estimate.homogeneous_rate};
}

}  // namespace reprise::statistics
