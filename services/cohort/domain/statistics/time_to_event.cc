// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "services/cohort/domain/statistics/errors.h"
#include "services/cohort/domain/statistics/sample_size_outcomes.h"
#include "services/platform/status.h"

namespace reprise::statistics {
namespace {

void CheckEventProbability(Checks& checks, absl::string_view field, double value) {
  checks.ClosedProportion(field, value);
  if (value == 0) checks.Add(NotPositive(field, value));
}

// (1 - e^-x) / x, 1 at 0.
double MeanSurvival(double x) { return x == 0 ? 1 : -std::expm1(-x) / x; }

}  // namespace

absl::StatusOr<LogRankSize> Size(const LogRank& design) {
  Checks checks;
  checks.Positive("hr_arm2_vs_arm1", design.hazard_ratio);
  if (design.hazard_ratio == 1) checks.Add(NoEffect("hr_arm2_vs_arm1", 1));
  checks.Test("alpha", design.alpha, design.sides, design.power);
  checks.Positive("ratio_n2_n1", design.ratio);
  CheckEventProbability(checks, "event_prob_arm1", design.event_prob_arm1);
  CheckEventProbability(checks, "event_prob_arm2", design.event_prob_arm2);
  REPRISE_RETURN_IF_ERROR(checks.ToStatus());
  const double hr = design.hazard_ratio, k = design.ratio;
  const double z = NormalUpperQuantile(design.alpha / static_cast<double>(design.sides)) +
                   NormalUpperQuantile(1 - design.power);
  const double schoenfeld = z * z * (1 + k) * (1 + k) / k / std::pow(std::log(hr), 2);
  const double freedman = z * z * std::pow((1 + k * hr) / (1 - hr), 2) / k;
  const double mean_prob = (design.event_prob_arm1 + k * design.event_prob_arm2) / (1 + k);
  return LogRankSize{
      .events_schoenfeld = Computed(schoenfeld),
      .events_freedman = Computed(freedman),
      .n_total_schoenfeld = Computed(schoenfeld / mean_prob),
      .n_total_ceil = Computed(CeilCount(schoenfeld / mean_prob)),
      .provenance = {
          .formula = "Log-rank test: events after Schoenfeld and after Freedman; "
                     "participants = Schoenfeld's events / mean event probability",
          .reference = "Schoenfeld. Biometrics 1983;39:499; Freedman. Stat Med 1982;1:121",
          .rounding = "the total of both arms rounded up, from unrounded events",
          .assumptions = {{"hr_arm2_vs_arm1", hr},
                          {"alpha", design.alpha},
                          {"sides", static_cast<double>(design.sides)},
                          {"power", design.power},
                          {"ratio_n2_n1", k},
                          {"event_prob_arm1", design.event_prob_arm1},
                          {"event_prob_arm2", design.event_prob_arm2}}}};
}

absl::StatusOr<EventProbabilityResult> ProbabilityOf(const EventProbability& design) {
  const auto& [hazard, accrual, followup] = design;
  Checks checks;
  checks.Positive("hazard", hazard);
  checks.NotNegative("accrual", accrual);
  checks.NotNegative("min_followup", followup);
  REPRISE_RETURN_IF_ERROR(checks.ToStatus());
  // 1 - (e^-hf - e^-h(a+f)) / (h a), without the cancellation of small hazards.
  const double before = -std::expm1(-hazard * followup), reach = hazard * accrual;
  const double missed_in_accrual = reach < 1e-4
                                       ? reach / 2 - reach * reach / 6 + reach * reach * reach / 24
                                       : 1 - MeanSurvival(reach);
  return EventProbabilityResult{
      .event_prob = Computed(before + (1 - before) * missed_in_accrual),
      .provenance = {
          .formula = "1 - (exp(-h f) - exp(-h (a + f))) / (h a), uniform accrual a, "
                     "minimal follow-up f, constant hazard h",
          .reference = "Schoenfeld. Biometrics 1983;39:499",
          .rounding = "none: a probability is reported, not a size",
          .assumptions = {{"hazard", hazard}, {"accrual", accrual}, {"min_followup", followup}}}};
}

}  // namespace reprise::statistics
