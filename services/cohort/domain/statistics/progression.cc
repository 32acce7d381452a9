// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/statistics/progression.h"

#include <algorithm>
#include <cmath>

#include "services/cohort/domain/statistics/errors.h"
#include "services/platform/status.h"

namespace reprise::statistics {
namespace {

// Beyond it one probability costs more than a search can afford.
constexpr double kMaxSearchedN = 1e9;
// P = alpha exactly counts as alpha, whatever the last bits say.
constexpr double kTieTolerance = 1e-12;

// P(from <= X <= to); from the tail on whose side the range lies, so that small values keep digits.
double BinomialBetween(double from, double to, double n, double p) {
  if (from > to) return 0;
  if (to - from < 5000) {
    double sum = 0;
    for (double x = from; x <= to; ++x) sum += BinomialMass(x, n, p);
    return std::min(sum, 1.0);
  }
  const double between = to < n * p ? BinomialAtMost(to, n, p) - BinomialAtMost(from - 1, n, p)
                         : from > n * p
                             ? BinomialAtLeast(from, n, p) - BinomialAtLeast(to + 1, n, p)
                             : 1 - BinomialAtMost(from - 1, n, p) - BinomialAtLeast(to + 1, n, p);
  return std::clamp(between, 0.0, 1.0);
}

// The smallest cut with P(X >= cut | p) <= alpha.
double CutOf(double n, double p, double alpha) {
  double low = 0, high = n + 1;  // fails at low, holds at high
  while (high - low > 1) {
    const double middle = std::floor((low + high) / 2);
    (BinomialAtLeast(middle, n, p) <= alpha * (1 + kTieTolerance) ? high : low) = middle;
  }
  return high;
}

// Power of the best test of size exactly alpha, which throws a coin at cut - 1. It grows with n and
// no test of whole counts has more: where it falls short, so does every smaller n.
double RandomisedPower(const ProgressionDesign& design, double n) {
  const double cut = CutOf(n, design.red_upper_limit, design.alpha);
  const double spare = design.alpha - BinomialAtLeast(cut, n, design.red_upper_limit);
  const double mass = BinomialMass(cut - 1, n, design.red_upper_limit);
  const double coin = mass > 0 ? spare / mass : 0;
  return BinomialAtLeast(cut, n, design.green_lower_limit) +
         std::clamp(coin, 0.0, 1.0) * BinomialMass(cut - 1, n, design.green_lower_limit);
}

double FirstCandidate(const ProgressionDesign& design, double around) {
  double low = 0, high = std::max(1.0, std::ceil(around));
  while (RandomisedPower(design, high) < design.power && high < 4 * kMaxSearchedN) {
    low = high;
    high *= 2;
  }
  while (high - low > 1) {
    const double middle = std::floor((low + high) / 2);
    // A hair of tolerance, so that noise can only start the search earlier.
    (RandomisedPower(design, middle) >= design.power - 1e-9 ? high : low) = middle;
  }
  return high;
}

double NormalSize(const ProgressionDesign& design) {
  const double r = design.red_upper_limit, g = design.green_lower_limit;
  const double reach = NormalUpperQuantile(design.alpha) * std::sqrt(r * (1 - r)) +
                       NormalUpperQuantile(1 - design.power) * std::sqrt(g * (1 - g));
  return std::pow(reach / (g - r), 2);
}

absl::Status CheckDesign(const ProgressionDesign& design) {
  Checks checks;
  checks.OpenProportion("red_upper_limit", design.red_upper_limit);
  checks.OpenProportion("green_lower_limit", design.green_lower_limit);
  checks.Test("alpha_one_sided", design.alpha, 1, design.power);
  checks.Count("also_next", design.also_next);
  REPRISE_RETURN_IF_ERROR(checks.ToStatus());
  if (design.red_upper_limit == design.green_lower_limit) {
    checks.Add(ValuesEqual("red_upper_limit", "green_lower_limit"));
  } else if (design.red_upper_limit > design.green_lower_limit) {
    checks.Add(NotBelow("red_upper_limit", "green_lower_limit"));
  } else if (!(NormalSize(design) < kMaxSearchedN)) {
    checks.Add(ValuesTooClose("red_upper_limit", "green_lower_limit"));
  }
  return checks.ToStatus();
}

}  // namespace

absl::string_view NameOf(Light light) {
  switch (light) {
    case Light::kRed:
      return "red";
    case Light::kAmber:
      return "amber";
    case Light::kGreen:
      return "green";
  }
  return "";
}

absl::StatusOr<TrafficLightCounts> CountsOf(const TrafficLightRule& rule) {
  Checks checks;
  checks.Count("n", rule.n, 1);
  checks.ClosedProportion("red_below", rule.red_below);
  checks.ClosedProportion("green_from", rule.green_from);
  REPRISE_RETURN_IF_ERROR(checks.ToStatus());
  if (rule.green_from == 0) checks.Add(NotPositive("green_from", 0));
  if (rule.red_below > rule.green_from) checks.Add(NotBelow("red_below", "green_from"));
  REPRISE_RETURN_IF_ERROR(checks.ToStatus());
  const double n = static_cast<double>(rule.n);
  const auto from_red = static_cast<int64_t>(CeilCount(rule.red_below * n));
  return TrafficLightCounts{
      .red_max = from_red > 0 ? std::optional<int64_t>(from_red - 1) : std::nullopt,
      .green_min = static_cast<int64_t>(CeilCount(rule.green_from * n))};
}

absl::StatusOr<OperatingCharacteristics> Characterise(const TrafficLightRule& rule, double true_p) {
  Checks checks;
  checks.ClosedProportion("true_p", true_p);
  const auto counts = CountsOf(rule);
  if (!counts.ok()) {
    for (error::Violation& violation : error::DetailOf(counts.status()).violations) {
      checks.Add(std::move(violation));
    }
  }
  REPRISE_RETURN_IF_ERROR(checks.ToStatus());
  const double n = static_cast<double>(rule.n);
  const double red_max = static_cast<double>(counts->red_max.value_or(-1));
  const double green_min = static_cast<double>(counts->green_min);
  return OperatingCharacteristics{.counts = *counts,
                                  .red = BinomialAtMost(red_max, n, true_p),
                                  .amber = BinomialBetween(red_max + 1, green_min - 1, n, true_p),
                                  .green = BinomialAtLeast(green_min, n, true_p)};
}

absl::StatusOr<Light> LightOf(const TrafficLightRule& rule, int64_t x) {
  REPRISE_ASSIGN_OR_RETURN(const TrafficLightCounts counts, CountsOf(rule));
  Checks checks;
  checks.Part("x", x, "n", rule.n);
  REPRISE_RETURN_IF_ERROR(checks.ToStatus());
  if (x >= counts.green_min) return Light::kGreen;
  return counts.red_max.has_value() && x <= *counts.red_max ? Light::kRed : Light::kAmber;
}

std::optional<Light> WorstLight(absl::Span<const Light> lights) {
  if (lights.empty()) return std::nullopt;
  return *std::min_element(lights.begin(), lights.end());
}

absl::StatusOr<ProgressionSize> SizeProgression(const ProgressionDesign& design) {
  REPRISE_RETURN_IF_ERROR(CheckDesign(design));
  const double n_normal = NormalSize(design);
  ProgressionSize found;
  int64_t holding = 0;
  for (double n = FirstCandidate(design, n_normal); holding <= design.also_next; ++n) {
    const double cut = CutOf(n, design.red_upper_limit, design.alpha);
    const double power = BinomialAtLeast(cut, n, design.green_lower_limit);
    if (power < design.power * (1 - kTieTolerance)) {
      holding = 0;
      continue;
    }
    if (holding++ > 0) continue;
    found = {.n_normal = Computed(n_normal),
             .n = static_cast<int64_t>(n),
             .cut = static_cast<int64_t>(cut),
             .alpha = BinomialAtLeast(cut, n, design.red_upper_limit),
             .power = power};
  }
  return found;
}

}  // namespace reprise::statistics
