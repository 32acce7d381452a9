// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/statistics/sample_size.h"

#include <algorithm>
#include <cmath>

#include "services/cohort/domain/statistics/errors.h"
#include "services/platform/status.h"

namespace reprise::statistics {

absl::StatusOr<InflatedSize> Inflate(const Inflation& inflation) {
  const auto& [n, dropout, icc, mean_size, cv] = inflation;
  Checks checks;
  checks.Positive("n_per_arm", n);
  if (dropout > 1 && dropout <= 100) {
    checks.Add(ProportionAsPercent("dropout", dropout));
  } else {
    checks.Range("dropout", dropout, dropout >= 0 && dropout < 1, "at least 0 and below 1");
  }
  checks.Range("icc", icc, icc > -1 && icc < 1, "between -1 and 1, both excluded");
  checks.Range("mean_cluster_size", mean_size, mean_size >= 1, "at least 1");
  checks.NotNegative("cv_cluster_size", cv);
  REPRISE_RETURN_IF_ERROR(checks.ToStatus());
  const double effect = 1 + ((cv * cv + 1) * mean_size - 1) * std::max(0.0, icc);
  const double inflated = n * effect / (1 - dropout);
  return InflatedSize{
      .design_effect = Computed(effect),
      .n_per_arm = Computed(inflated),
      .n_per_arm_ceil = Computed(CeilCount(inflated)),
      .clusters_per_arm_ceil = Computed(CeilCount(inflated / mean_size)),
      .provenance = {
          .formula = "n * DE / (1 - dropout), DE = 1 + ((cv^2 + 1) m - 1) ICC",
          .reference = "Eldridge, Ashby, Kerry. Int J Epidemiol 2006;35:1292",
          .rounding = "inflated first, then rounded up per arm (participants and clusters)",
          .assumptions = {{"n_per_arm", n},
                          {"dropout", dropout},
                          {"icc", icc},
                          {"mean_cluster_size", mean_size},
                          {"cv_cluster_size", cv}}}};
}

namespace {

// The sums over the matrix of treated cluster-periods in Hussey and Hughes' variance.
struct WedgeSums {
  double u = 0;  // treated cluster-periods
  double w = 0;  // squared column sums
  double v = 0;  // squared row sums
};

WedgeSums SumsOf(const SteppedWedge& design) {
  const double steps = static_cast<double>(design.periods - 1);
  const double per_step = static_cast<double>(design.clusters_per_step);
  // Column t has t * per_step treated, and per_step rows have r treated periods each: 1 .. steps.
  const double first = steps * (steps + 1) / 2, second = first * (2 * steps + 1) / 3;
  return {.u = per_step * first, .w = per_step * per_step * second, .v = per_step * second};
}

absl::Status Check(const SteppedWedge& design) {
  Checks checks;
  checks.Count("clusters", design.clusters, 1);
  checks.Count("periods", design.periods, 2);
  checks.Count("clusters_per_step", design.clusters_per_step, 1);
  checks.Positive("n_per_cluster_period", design.n_per_cluster_period);
  if (design.icc > 1 && design.icc <= 100) {
    checks.Add(ProportionAsPercent("icc", design.icc));
  } else {
    checks.Range("icc", design.icc, design.icc >= 0 && design.icc < 1, "at least 0 and below 1");
  }
  checks.Positive("total_variance", design.total_variance);
  checks.Effect("effect", design.effect);
  checks.OpenProportion("alpha", design.alpha);
  REPRISE_RETURN_IF_ERROR(checks.ToStatus());
  if (static_cast<double>(design.clusters) !=
      static_cast<double>(design.clusters_per_step) * static_cast<double>(design.periods - 1)) {
    checks.Add(StepsMismatch("clusters"));
  }
  return checks.ToStatus();
}

}  // namespace

absl::StatusOr<SteppedWedgePower> PowerOf(const SteppedWedge& design) {
  REPRISE_RETURN_IF_ERROR(Check(design));
  const double i = static_cast<double>(design.clusters), t = static_cast<double>(design.periods);
  const auto [u, w, v] = SumsOf(design);
  const double between = design.icc * design.total_variance;
  const double cell = (1 - design.icc) * design.total_variance / design.n_per_cluster_period;
  const double variance = i * cell * (cell + t * between) /
                          ((i * u - w) * cell + (u * u + i * t * u - t * w - i * v) * between);
  const double power = NormalCdf(std::abs(design.effect) / std::sqrt(variance) -
                                 NormalUpperQuantile(design.alpha / 2));
  const bool told_apart = std::isfinite(variance) && variance > 0;
  return SteppedWedgePower{
      .var_theta = told_apart ? Computed(variance) : std::nullopt,
      .power = told_apart ? Computed(power) : std::nullopt,
      .provenance = {
          .formula = "Stepped wedge, cross-sectional, random cluster effect, Wald test",
          .reference = "Hussey, Hughes. Contemp Clin Trials 2007;28:182",
          .rounding = "none: a power is reported, not a size",
          .assumptions = {{"clusters", i},
                          {"periods", t},
                          {"clusters_per_step", static_cast<double>(design.clusters_per_step)},
                          {"n_per_cluster_period", design.n_per_cluster_period},
                          {"icc", design.icc},
                          {"total_variance", design.total_variance},
                          {"effect", design.effect},
                          {"alpha", design.alpha}}}};
}

}  // namespace reprise::statistics
