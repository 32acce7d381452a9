// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "services/cohort/domain/statistics/errors.h"
#include "services/cohort/domain/statistics/sample_size_outcomes.h"
#include "services/platform/status.h"

namespace reprise::statistics {
namespace {

// Power of the two-sided t-test with n1 and ratio * n1 participants, both tails counted.
double TPower(const Means& d, double n1) {
  const double df = n1 * (1 + d.ratio) - 2;
  const double ncp = std::abs(d.delta) / d.sd * std::sqrt(n1 * d.ratio / (1 + d.ratio));
  const double critical = StudentUpperQuantile(d.alpha / 2, df);
  return NoncentralTUpperTail(critical, df, ncp) + NoncentralTCdf(-critical, df, ncp);
}

// The real n1 at which the t-test has the power, not below 2 in either arm.
Computable TSize(const Means& d, double around) {
  const double least = 2 / std::min(1.0, d.ratio);
  const auto excess = [&](double n1) { return TPower(d, n1) - d.power; };
  if (excess(least) >= 0) return least;
  double high = std::max(2 * least, around + 1);
  for (int i = 0; i < 60 && excess(high) < 0; ++i) high *= 2;
  return FindRoot(excess, least, high);
}

double ZSize(double delta, double sd, double alpha, double power, double ratio) {
  const double z = NormalUpperQuantile(alpha / 2) + NormalUpperQuantile(1 - power);
  return (1 + 1 / ratio) * std::pow(z * sd / delta, 2);
}

// The smallest n per arm that is not below 2 (s/d)^2 t^2, t the quantile of the non-central t whose
// non-centrality is the test's critical value with 2n - 2 degrees of freedom. What is asked for
// falls as n grows, so the first n that holds is found by halving.
Computable JuliousSize(const Reestimation& d, double around) {
  const double scale = 2 * std::pow(d.pilot_sd_pooled / d.delta, 2);
  const double df = static_cast<double>(d.pilot_df);
  const auto holds = [&](double n) {
    const double critical = StudentUpperQuantile(d.alpha / 2, 2 * n - 2);
    return n >= scale * std::pow(NoncentralTQuantile(d.power, df, critical), 2);
  };
  double low = 1, high = std::max(2.0, std::ceil(around));
  for (; !holds(high); high *= 2) {
    if (!(high < 1e15)) return std::nullopt;
    low = high;
  }
  while (high - low > 1) {
    const double middle = std::floor((low + high) / 2);
    (holds(middle) ? high : low) = middle;
  }
  return high;
}

}  // namespace

absl::StatusOr<MeansSize> Size(const Means& design) {
  Checks checks;
  checks.Effect("delta", design.delta);
  checks.Positive("sd", design.sd);
  checks.Test("alpha", design.alpha, 2, design.power);
  checks.Positive("ratio_n2_n1", design.ratio);
  checks.Range("baseline_corr", design.baseline_corr, std::abs(design.baseline_corr) < 1,
               "between -1 and 1, both excluded");
  REPRISE_RETURN_IF_ERROR(checks.ToStatus());
  const double z = NormalUpperQuantile(design.alpha / 2);
  const double n1 = ZSize(design.delta, design.sd, design.alpha, design.power, design.ratio);
  const Computable n1_t = std::isfinite(n1) ? TSize(design, n1) : std::nullopt;
  return MeansSize{
      .n1_z = Computed(n1),
      .n1_t_exact = n1_t,
      .n1_t_ceil = n1_t.has_value() ? Computed(CeilCount(*n1_t)) : std::nullopt,
      .n1_ancova_z = Computed(n1 * (1 - design.baseline_corr * design.baseline_corr)),
      .n1_z_plus_guenther = design.ratio == 1 ? Computed(n1 + z * z / 4) : std::nullopt,
      .provenance = {.formula =
                         "Difference of means, two-sided: z, exact non-central t (both tails), "
                         "ANCOVA z * (1 - r^2), Guenther's z + z^2/4",
                     .reference = "Guenther. Am Stat 1981;35:243; Borm, Fransen, Lemmens. J Clin "
                                  "Epidemiol 2007;60:1234",
                     .rounding = "n1_t rounded up; at least 2 in each arm",
                     .assumptions = {{"delta", design.delta},
                                     {"sd", design.sd},
                                     {"alpha", design.alpha},
                                     {"power", design.power},
                                     {"ratio_n2_n1", design.ratio},
                                     {"baseline_corr", design.baseline_corr}}}};
}

absl::StatusOr<ReestimatedSize> Size(const Reestimation& d) {
  Checks checks;
  checks.Positive("pilot_sd_pooled", d.pilot_sd_pooled);
  checks.Count("pilot_n_total", d.pilot_n_total, 2);
  checks.Count("pilot_df", d.pilot_df, 1);
  checks.Effect("delta", d.delta);
  checks.Test("alpha", d.alpha, 2, d.power);
  checks.OpenProportion("ucl_level", d.ucl_level);
  if (d.pilot_n_total >= 2 && d.pilot_df >= d.pilot_n_total) {
    checks.Add(NotBelow("pilot_df", "pilot_n_total"));
  }
  REPRISE_RETURN_IF_ERROR(checks.ToStatus());
  const double df = static_cast<double>(d.pilot_df), z = NormalUpperQuantile(d.alpha / 2);
  const double limit = d.pilot_sd_pooled * std::sqrt(df / ChiSquareQuantile(1 - d.ucl_level, df));
  const double naive = ZSize(d.delta, d.pilot_sd_pooled, d.alpha, d.power, 1);
  const double t = NoncentralTQuantile(d.power, df, z);
  return ReestimatedSize{
      .sd_ucl_browne = Computed(limit),
      .n_arm_naive_z = Computed(naive),
      .n_arm_browne_z = Computed(ZSize(d.delta, limit, d.alpha, d.power, 1)),
      .n_arm_julious_nct = std::isfinite(naive) ? JuliousSize(d, naive) : std::nullopt,
      .inflation_nct_normal = Computed(std::pow(t / (z + NormalUpperQuantile(1 - d.power)), 2)),
      .provenance = {
          .formula = "Re-estimation from a pilot's SD: 2 (z s/d)^2; Browne's upper limit "
                     "s sqrt(df / chi2); Julious and Owen's non-central t",
          .reference = "Browne. Stat Med 1995;14:1933; Julious, Owen. Pharm Stat 2006;5:29",
          .rounding = "n_arm_julious_nct is the smallest whole n per arm that suffices; the "
                      "others are not rounded",
          .assumptions = {{"pilot_sd_pooled", d.pilot_sd_pooled},
                          {"pilot_n_total", static_cast<double>(d.pilot_n_total)},
                          {"pilot_df", df},
                          {"delta", d.delta},
                          {"alpha", d.alpha},
                          {"power", d.power},
                          {"ucl_level", d.ucl_level}}}};
}

}  // namespace reprise::statistics
