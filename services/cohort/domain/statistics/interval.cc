// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/statistics/interval.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"

#include "services/cohort/domain/statistics/errors.h"
#include "services/cohort/domain/statistics/special.h"
#include "services/platform/status.h"

namespace reprise::statistics {
namespace {

// Wilson's limits of x of n: the upper one as the larger root, the lower one from the product of
// the two, so that small limits keep their digits.
double WilsonUpper(double x, double n, double z) {
  if (x >= n) return 1;
  const double p = x / n, zz = z * z / n;
  return (p + zz / 2 + std::sqrt(zz * (p * (1 - p) + zz / 4))) / (1 + zz);
}

double WilsonLower(double x, double n, double z) {
  if (x <= 0) return 0;
  const double p = x / n, zz = z * z / n;
  const double upper = (p + zz / 2 + std::sqrt(zz * (p * (1 - p) + zz / 4))) / (1 + zz);
  return p * p / (1 + zz) / upper;
}

// Agresti and Coull's limit, `side` -1 or 1.
double AgrestiCoull(double x, double n, double z, double side) {
  const double wide = n + z * z, p = (x + z * z / 2) / wide;
  return std::clamp(p + side * z * std::sqrt(p * (1 - p) / wide), 0.0, 1.0);
}

double Lower(double x, double n, double tail, ProportionMethod method) {
  const double z = NormalUpperQuantile(tail);
  switch (method) {
    case ProportionMethod::kWilson:
      return WilsonLower(x, n, z);
    case ProportionMethod::kWilsonCc:
      return WilsonLower(x - 0.5, n, z);
    case ProportionMethod::kClopperPearson:
      return x == 0 ? 0 : BetaQuantile(tail, x, n - x + 1);
    case ProportionMethod::kJeffreys:
      return x == 0 ? 0 : BetaQuantile(tail, x + 0.5, n - x + 0.5);
    case ProportionMethod::kAgrestiCoull:
      return AgrestiCoull(x, n, z, -1);
  }
  return 0;
}

double Upper(double x, double n, double tail, ProportionMethod method) {
  const double z = NormalUpperQuantile(tail);
  switch (method) {
    case ProportionMethod::kWilson:
      return WilsonUpper(x, n, z);
    case ProportionMethod::kWilsonCc:
      return WilsonUpper(x + 0.5, n, z);
    case ProportionMethod::kClopperPearson:
      return x == n ? 1 : BetaUpperQuantile(tail, x + 1, n - x);
    case ProportionMethod::kJeffreys:
      return x == n ? 1 : BetaUpperQuantile(tail, x + 0.5, n - x + 0.5);
    case ProportionMethod::kAgrestiCoull:
      return AgrestiCoull(x, n, z, 1);
  }
  return 1;
}

std::optional<Interval> Within(double lower, double upper) {
  if (!std::isfinite(lower) || !std::isfinite(upper)) return std::nullopt;
  return Interval{.lower = lower, .upper = upper};
}

std::optional<Interval> ProportionInterval(int64_t x, int64_t n, double conf,
                                           ProportionMethod method) {
  const double tail = (1 - conf) / 2;
  return Within(Lower(static_cast<double>(x), static_cast<double>(n), tail, method),
                Upper(static_cast<double>(x), static_cast<double>(n), tail, method));
}

double Share(int64_t x, int64_t n) { return static_cast<double>(x) / static_cast<double>(n); }

}  // namespace

const std::vector<ProportionMethod>& ProportionMethods() {
  static const std::vector<ProportionMethod> all = {
      ProportionMethod::kWilson, ProportionMethod::kWilsonCc, ProportionMethod::kClopperPearson,
      ProportionMethod::kJeffreys, ProportionMethod::kAgrestiCoull};
  return all;
}

absl::string_view NameOf(ProportionMethod method) {
  switch (method) {
    case ProportionMethod::kWilson:
      return "wilson";
    case ProportionMethod::kWilsonCc:
      return "wilson_cc";
    case ProportionMethod::kClopperPearson:
      return "clopper_pearson";
    case ProportionMethod::kJeffreys:
      return "jeffreys";
    case ProportionMethod::kAgrestiCoull:
      return "agresti_coull";
  }
  return "";
}

absl::StatusOr<ProportionMethod> ParseProportionMethod(absl::string_view name) {
  for (const ProportionMethod method : ProportionMethods()) {
    if (NameOf(method) == name) return method;
  }
  return Refused({MethodUnknown("method", name,
                                "wilson, wilson_cc, clopper_pearson, jeffreys, agresti_coull")});
}

absl::StatusOr<Estimate> EstimateProportion(int64_t x, int64_t n, double conf,
                                            ProportionMethod method) {
  Checks checks;
  checks.Part("x", x, "n", n);
  checks.OpenProportion("conf", conf);
  REPRISE_RETURN_IF_ERROR(checks.ToStatus());
  if (n == 0) return Estimate{};
  return Estimate{.value = Share(x, n), .interval = ProportionInterval(x, n, conf, method)};
}

absl::StatusOr<Estimate> EstimateDifference(int64_t x1, int64_t n1, int64_t x2, int64_t n2,
                                            double conf) {
  Checks checks;
  checks.Part("x1", x1, "n1", n1);
  checks.Part("x2", x2, "n2", n2);
  checks.OpenProportion("conf", conf);
  REPRISE_RETURN_IF_ERROR(checks.ToStatus());
  if (n1 == 0 || n2 == 0) return Estimate{};
  const double p1 = Share(x1, n1), p2 = Share(x2, n2), difference = p1 - p2;
  const auto first = ProportionInterval(x1, n1, conf, ProportionMethod::kWilson);
  const auto second = ProportionInterval(x2, n2, conf, ProportionMethod::kWilson);
  Estimate estimate{.value = difference, .interval = std::nullopt};
  if (first.has_value() && second.has_value()) {
    estimate.interval = Within(difference - std::hypot(p1 - first->lower, second->upper - p2),
                               difference + std::hypot(first->upper - p1, p2 - second->lower));
  }
  return estimate;
}

absl::StatusOr<Estimate> EstimateRate(int64_t events, double exposure, double conf) {
  Checks checks;
  checks.Count("events", events);
  if (exposure == 0) {
    checks.Add(ZeroExposure("exposure"));
  } else {
    checks.Positive("exposure", exposure);
  }
  checks.OpenProportion("conf", conf);
  REPRISE_RETURN_IF_ERROR(checks.ToStatus());
  const double d = static_cast<double>(events), tail = (1 - conf) / 2;
  const double lower = events == 0 ? 0 : ChiSquareQuantile(tail, 2 * d) / 2 / exposure;
  const double upper = ChiSquareUpperQuantile(tail, 2 * d + 2) / 2 / exposure;
  return Estimate{.value = Computed(d / exposure), .interval = Within(lower, upper)};
}

absl::StatusOr<MeanSdIntervals> EstimateMeanSd(int64_t n, double mean, double sd, double conf) {
  Checks checks;
  checks.Count("n", n, 1);
  checks.Range("mean", mean, true, "");
  checks.NotNegative("sd", sd);
  checks.OpenProportion("conf", conf);
  REPRISE_RETURN_IF_ERROR(checks.ToStatus());
  if (n == 1) return MeanSdIntervals{};
  const double df = static_cast<double>(n - 1), tail = (1 - conf) / 2;
  const double half = StudentUpperQuantile(tail, df) * sd / std::sqrt(df + 1);
  const auto limit = [&](double chi_square) { return sd * std::sqrt(df / chi_square); };
  return MeanSdIntervals{
      .mean = Within(mean - half, mean + half),
      .sd = Within(limit(ChiSquareUpperQuantile(tail, df)), limit(ChiSquareQuantile(tail, df))),
      .sd_upper_one_sided = Computed(limit(ChiSquareQuantile(1 - conf, df)))};
}

}  // namespace reprise::statistics
