// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "services/cohort/domain/statistics/errors.h"
#include "services/cohort/domain/statistics/exact_power.h"
#include "services/cohort/domain/statistics/sample_size_outcomes.h"
#include "services/platform/status.h"

namespace reprise::statistics {
namespace {

using Method = TwoProportionsMethod;

constexpr std::array<std::pair<absl::string_view, Method>, 6> kMethods = {{
    {"pooled", Method::kPooled},
    {"unpooled", Method::kUnpooled},
    {"pooled_cc", Method::kPooledCc},
    {"arcsine", Method::kArcsine},
    {"exact_chisq", Method::kExactChisq},
    {"exact_fisher", Method::kExactFisher},
}};

constexpr double kMaxExactN = 5000;

double QuantileSum(const TwoProportions& design) {
  return NormalUpperQuantile(design.alpha / static_cast<double>(design.sides)) +
         NormalUpperQuantile(1 - design.power);
}

double UnpooledSize(const TwoProportions& d) {
  const double variance = d.p1 * (1 - d.p1) + d.p2 * (1 - d.p2) / d.ratio;
  return std::pow(QuantileSum(d) / (d.p1 - d.p2), 2) * variance;
}

double PooledSize(const TwoProportions& d) {
  const double mean = (d.p1 + d.ratio * d.p2) / (1 + d.ratio);
  const double alike = NormalUpperQuantile(d.alpha / static_cast<double>(d.sides)) *
                       std::sqrt((1 + 1 / d.ratio) * mean * (1 - mean));
  const double apart =
      NormalUpperQuantile(1 - d.power) * std::sqrt(d.p1 * (1 - d.p1) + d.p2 * (1 - d.p2) / d.ratio);
  return std::pow((alike + apart) / (d.p1 - d.p2), 2);
}

double CorrectedSize(const TwoProportions& d) {
  const double n = PooledSize(d);
  const double root = std::sqrt(1 + 2 * (d.ratio + 1) / (d.ratio * n * std::abs(d.p1 - d.p2)));
  return n / 4 * std::pow(1 + root, 2);
}

double ArcsineSize(const TwoProportions& d) {
  const double distance = 2 * std::asin(std::sqrt(d.p1)) - 2 * std::asin(std::sqrt(d.p2));
  return std::pow(QuantileSum(d) / distance, 2) * (1 + 1 / d.ratio);
}

TwoProportionsArms ArmsOf(const TwoProportions& d, double n1) {
  return {.n1 = static_cast<int64_t>(n1),
          .n2 = static_cast<int64_t>(CeilCount(d.ratio * n1)),
          .p1 = d.p1,
          .p2 = d.p2,
          .alpha = d.alpha,
          .sides = d.sides};
}

// The smallest n1 that reaches the power. Small trials are searched from the bottom; for larger
// ones no formula is as much as a fifth too large.
Computable ExactSize(const TwoProportions& d) {
  const double around = std::min(PooledSize(d), UnpooledSize(d));
  for (double n1 = around < 100 ? 1 : std::floor(0.8 * around); n1 <= 2 * kMaxExactN; ++n1) {
    const Computable power = d.method == Method::kExactChisq ? ExactChisqPower(ArmsOf(d, n1))
                                                             : ExactFisherPower(ArmsOf(d, n1));
    if (!power.has_value()) return std::nullopt;
    if (*power >= d.power) return n1;
  }
  return std::nullopt;
}

Provenance ProvenanceOf(const TwoProportions& d) {
  Provenance provenance;
  provenance.rounding = "each arm rounded up on its own; the total is their sum";
  switch (d.method) {
    case Method::kPooled:
      provenance.formula = "Two proportions, normal approximation, pooled variance under equality";
      provenance.reference = "Fleiss, Tytun, Ury. Biometrics 1980;36:343 (before correction)";
      break;
    case Method::kUnpooled:
      provenance.formula = "Two proportions, normal approximation, unpooled variance";
      provenance.reference =
          "Chow, Shao, Wang. Sample Size Calculations in Clinical Research, ch. 4";
      break;
    case Method::kPooledCc:
      provenance.formula = "Two proportions, pooled variance, continuity correction";
      provenance.reference = "Fleiss, Tytun, Ury. Biometrics 1980;36:343";
      break;
    case Method::kArcsine:
      provenance.formula = "Two proportions, arcsine transformation";
      provenance.reference = "Cohen. Statistical Power Analysis, 2nd ed. 1988, ch. 6";
      break;
    case Method::kExactChisq:
    case Method::kExactFisher:
      provenance.formula = d.method == Method::kExactChisq
                               ? "Two proportions, exact power of the uncorrected chi-square test"
                               : "Two proportions, exact power of Fisher's exact test";
      provenance.reference = "Enumeration of both binomial distributions, no approximation";
      provenance.rounding =
          "smallest n1 whose exact power reaches the target; n2 = ratio * n1, rounded up";
      break;
  }
  provenance.assumptions = {{"p1", d.p1},       {"p2", d.p2},
                            {"alpha", d.alpha}, {"sides", static_cast<double>(d.sides)},
                            {"power", d.power}, {"ratio_n2_n1", d.ratio}};
  return provenance;
}

absl::Status Check(const TwoProportions& d) {
  Checks checks;
  checks.OpenProportion("p1", d.p1);
  checks.OpenProportion("p2", d.p2);
  if (d.p1 == d.p2) checks.Add(ValuesEqual("p1", "p2"));
  checks.Test("alpha", d.alpha, d.sides, d.power);
  checks.Positive("ratio_n2_n1", d.ratio);
  REPRISE_RETURN_IF_ERROR(checks.ToStatus());
  const bool exact = d.method == Method::kExactChisq || d.method == Method::kExactFisher;
  if (exact && !(PooledSize(d) * std::max(1.0, d.ratio) < kMaxExactN)) {
    checks.Add(ExactTooLarge("method"));
  }
  return checks.ToStatus();
}

}  // namespace

absl::StatusOr<TwoProportionsMethod> ParseTwoProportionsMethod(absl::string_view name) {
  for (const auto& [known, method] : kMethods) {
    if (known == name) return method;
  }
  return Refused({MethodUnknown(
      "method", name, "pooled, unpooled, pooled_cc, arcsine, exact_chisq, exact_fisher")});
}

absl::StatusOr<TwoArmSize> Size(const TwoProportions& design) {
  REPRISE_RETURN_IF_ERROR(Check(design));
  Computable n1;
  switch (design.method) {
    case Method::kPooled:
      n1 = PooledSize(design);
      break;
    case Method::kUnpooled:
      n1 = UnpooledSize(design);
      break;
    case Method::kPooledCc:
      n1 = CorrectedSize(design);
      break;
    case Method::kArcsine:
      n1 = ArcsineSize(design);
      break;
    case Method::kExactChisq:
    case Method::kExactFisher:
      n1 = ExactSize(design);
      break;
  }
  TwoArmSize size{.n1 = {},
                  .n2 = {},
                  .n1_ceil = {},
                  .n2_ceil = {},
                  .n_total_ceil = {},
                  .provenance = ProvenanceOf(design)};
  if (!n1.has_value() || !std::isfinite(*n1)) return size;
  size.n1 = n1;
  size.n2 = Computed(design.ratio * *n1);
  size.n1_ceil = Computed(CeilCount(*n1));
  size.n2_ceil = Computed(CeilCount(design.ratio * *n1));
  size.n_total_ceil = Computed(CeilCount(*n1) + CeilCount(design.ratio * *n1));
  return size;
}

absl::StatusOr<TwoProportionsPower> PowerOf(const TwoProportionsArms& arms) {
  Checks checks;
  checks.Count("n1", arms.n1, 1);
  checks.Count("n2", arms.n2, 1);
  checks.OpenProportion("p1", arms.p1);
  checks.OpenProportion("p2", arms.p2);
  if (arms.p1 == arms.p2) checks.Add(ValuesEqual("p1", "p2"));
  checks.OpenProportion("alpha", arms.alpha);
  checks.Range("sides", static_cast<double>(arms.sides), arms.sides == 1 || arms.sides == 2,
               "1 or 2");
  REPRISE_RETURN_IF_ERROR(checks.ToStatus());
  const double n1 = static_cast<double>(arms.n1), n2 = static_cast<double>(arms.n2);
  const double mean = (n1 * arms.p1 + n2 * arms.p2) / (n1 + n2);
  const double critical = NormalUpperQuantile(arms.alpha / static_cast<double>(arms.sides)) *
                          std::sqrt(mean * (1 - mean) * (1 / n1 + 1 / n2));
  const double spread = std::sqrt(arms.p1 * (1 - arms.p1) / n1 + arms.p2 * (1 - arms.p2) / n2);
  return TwoProportionsPower{
      .approx_pooled = Computed(NormalCdf((std::abs(arms.p1 - arms.p2) - critical) / spread)),
      .exact_chisq = ExactChisqPower(arms),
      .exact_fisher = ExactFisherPower(arms),
      .provenance = {.formula =
                         "Power of two proportions: pooled normal formula; exact by enumeration "
                         "for the uncorrected chi-square test and Fisher's exact test",
                     .reference = "Fleiss, Tytun, Ury. Biometrics 1980;36:343; enumeration",
                     .rounding = "none: a power is reported, not a size",
                     .assumptions = {{"n1", n1},
                                     {"n2", n2},
                                     {"p1", arms.p1},
                                     {"p2", arms.p2},
                                     {"alpha", arms.alpha},
                                     {"sides", static_cast<double>(arms.sides)}}}};
}

}  // namespace reprise::statistics
