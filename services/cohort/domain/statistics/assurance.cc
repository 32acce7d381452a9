// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include "services/cohort/domain/statistics/errors.h"
#include "services/cohort/domain/statistics/sample_size.h"
#include "services/platform/status.h"

namespace reprise::statistics {
namespace {

// A proportion on the logit scale, on which neither end loses digits and every beta density is
// smooth with a single peak.
struct Logit {
  double u = 0;

  double x() const { return 1 / (1 + std::exp(-u)); }
};

double LogitOf(double x) { return std::log(x) - std::log1p(-x); }

struct Beta {
  double a = 0;
  double b = 0;
  double log_norm = 0;

  double DensityOfLogit(Logit at) const {
    return std::exp(-a * std::log1p(std::exp(-at.u)) - b * std::log1p(std::exp(at.u)) - log_norm);
  }
};

Beta BetaOf(double a, double b) {
  return {.a = a, .b = b, .log_norm = LogGamma(a) + LogGamma(b) - LogGamma(a + b)};
}

// The range that matters (all but 2e-10), cut so that no piece hides a peak; on the logit scale.
std::vector<double> CutsOf(const Beta& prior) {
  std::vector<double> cuts;
  for (const double tail : {1e-10, 1e-3, 0.5}) {
    const double low = BetaQuantile(tail, prior.a, prior.b);
    cuts.push_back(low < 0.5 ? LogitOf(low) : -LogitOf(BetaUpperQuantile(tail, prior.b, prior.a)));
    const double low_from_one = BetaQuantile(tail, prior.b, prior.a);
    cuts.push_back(low_from_one < 0.5 ? -LogitOf(low_from_one)
                                      : LogitOf(BetaUpperQuantile(tail, prior.a, prior.b)));
  }
  std::sort(cuts.begin(), cuts.end());
  return cuts;
}

double InPieces(const std::vector<double>& cuts, const std::function<double(Logit)>& f) {
  double sum = 0;
  for (size_t i = 1; i < cuts.size(); ++i) {
    sum += IntegrateSmooth([&](double u) { return f({u}); }, cuts[i - 1], cuts[i]);
  }
  return sum;
}

// Pooled normal power of finding the treatment's proportion higher.
struct PooledPower {
  double n = 0;
  double z = 0;

  double At(double control, double treated) const {
    const double mean = (control + treated) / 2;
    const double alone = (control * (1 - control) + treated * (1 - treated)) / n;
    if (alone <= 0) return treated > control ? 1 : 0;
    return NormalCdf((treated - control - z * std::sqrt(2 * mean * (1 - mean) / n)) /
                     std::sqrt(alone));
  }
  // The treated proportions between which power rises from 0 to 1, as far as they are proportions.
  std::vector<double> RiseAbove(double control) const {
    const double spread = std::sqrt(2 * control * (1 - control) / n);
    std::vector<double> rise;
    for (const double step : {-8.0, -3.0, 0.0, 3.0, 8.0}) {
      const double treated = control + (z + step) * spread;
      if (treated > 0 && treated < 1) rise.push_back(LogitOf(treated));
    }
    return rise;
  }
};

double BetaAssuranceBy(const BetaAssurance& design) {
  const PooledPower power{.n = design.n_per_arm,
                          .z = NormalUpperQuantile(design.alpha_two_sided / 2)};
  const Beta control = BetaOf(design.ctl_beta_a, design.ctl_beta_b);
  const Beta treated = BetaOf(design.trt_beta_a, design.trt_beta_b);
  const std::vector<double> treated_cuts = CutsOf(treated);
  return InPieces(CutsOf(control), [&](Logit c) {
    std::vector<double> cuts = treated_cuts;
    for (const double cut : power.RiseAbove(c.x())) {
      if (cut > treated_cuts.front() && cut < treated_cuts.back()) cuts.push_back(cut);
    }
    std::sort(cuts.begin(), cuts.end());
    return control.DensityOfLogit(c) * InPieces(cuts, [&](Logit t) {
             return power.At(c.x(), t.x()) * treated.DensityOfLogit(t);
           });
  });
}

// A prior of more participants than there are people is a slip, and beyond the quantiles' reach.
void CheckPrior(Checks& checks, absl::string_view field, double value) {
  if (value <= 0) return checks.Positive(field, value);
  checks.Range(field, value, value <= 1e9, "at most 1000000000");
}

}  // namespace

absl::StatusOr<NormalAssuranceResult> AssuranceOf(const NormalAssurance& design) {
  Checks checks;
  checks.Range("prior_mean", design.prior_mean, true, "");
  checks.NotNegative("prior_sd", design.prior_sd);
  checks.Positive("sigma", design.sigma);
  checks.Positive("n_per_arm", design.n_per_arm);
  checks.OpenProportion("alpha_one_sided", design.alpha_one_sided);
  REPRISE_RETURN_IF_ERROR(checks.ToStatus());
  const double se = design.sigma * std::sqrt(2 / design.n_per_arm);
  const double z = NormalUpperQuantile(design.alpha_one_sided);
  return NormalAssuranceResult{
      .power_at_prior_mean = Computed(NormalCdf(design.prior_mean / se - z)),
      .assurance =
          Computed(NormalCdf((design.prior_mean - z * se) / std::hypot(se, design.prior_sd))),
      .provenance = {
          .formula = "Assurance of a z-test, normal prior: Phi((m - z se) / sqrt(se^2 + tau^2))",
          .reference = "O'Hagan, Stevens, Campbell. Pharm Stat 2005;4:187",
          .rounding = "none: a probability is reported, not a size",
          .assumptions = {{"prior_mean", design.prior_mean},
                          {"prior_sd", design.prior_sd},
                          {"sigma", design.sigma},
                          {"n_per_arm", design.n_per_arm},
                          {"alpha_one_sided", design.alpha_one_sided}}}};
}

absl::StatusOr<BetaAssuranceResult> AssuranceOf(const BetaAssurance& design) {
  Checks checks;
  CheckPrior(checks, "ctl_beta_a", design.ctl_beta_a);
  CheckPrior(checks, "ctl_beta_b", design.ctl_beta_b);
  CheckPrior(checks, "trt_beta_a", design.trt_beta_a);
  CheckPrior(checks, "trt_beta_b", design.trt_beta_b);
  checks.Positive("n_per_arm", design.n_per_arm);
  checks.OpenProportion("alpha_two_sided", design.alpha_two_sided);
  REPRISE_RETURN_IF_ERROR(checks.ToStatus());
  const Computable assurance = Computed(BetaAssuranceBy(design));
  return BetaAssuranceResult{
      .assurance =
          assurance.has_value() ? Computable(std::clamp(*assurance, 0.0, 1.0)) : std::nullopt,
      .provenance = {
          .formula = "Assurance of the pooled z-test, two beta priors, in favour of treatment",
          .reference = "O'Hagan, Stevens, Campbell. Pharm Stat 2005;4:187",
          .rounding = "none: a probability is reported, not a size",
          .assumptions = {{"ctl_beta_a", design.ctl_beta_a},
                          {"ctl_beta_b", design.ctl_beta_b},
                          {"trt_beta_a", design.trt_beta_a},
                          {"trt_beta_b", design.trt_beta_b},
                          {"n_per_arm", design.n_per_arm},
                          {"alpha_two_sided", design.alpha_two_sided}}}};
}

}  // namespace reprise::statistics
