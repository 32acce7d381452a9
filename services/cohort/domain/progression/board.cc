// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/progression/board.h"

#include <algorithm>

#include "services/cohort/domain/statistics/interval.h"
#include "services/platform/status.h"

namespace reprise::cohort {
namespace {

constexpr double kLevel = 0.95;
constexpr double kPerThousand = 1000;
// Shares such as 28/40 must meet a limit of 0.7 however they are rounded.
constexpr double kTolerance = 1e-9;

absl::StatusOr<statistics::Estimate> EstimateOf(absl::string_view metric, const Count& count) {
  if (count.denominator == 0) return statistics::Estimate{};
  if (metric == "RECRUITMENT_RATE") {
    return statistics::EstimateRate(count.numerator, static_cast<double>(count.denominator) / kPerThousand, kLevel);
  }
  return statistics::EstimateProportion(count.numerator, count.denominator, kLevel,
                                        statistics::ProportionMethod::kWilson);
}

}  // namespace

Colour ColourOf(const ProgressionRule& rule, double value) {
  const double better = rule.lower_is_better ? -1 : 1;
  if (better * (value - rule.green) >= -kTolerance) return Colour::kGreen;
  return better * (value - rule.red) < -kTolerance ? Colour::kRed : Colour::kAmber;
}

absl::StatusOr<Judgement> Judge(const ProgressionRule& rule, const Evidence& evidence) {
  Judgement judgement{.rule = rule};
  const std::optional<Count> count = CountOf(rule.metric, rule.of, evidence);
  if (!count.has_value()) return judgement;
  judgement.count = *count;
  REPRISE_ASSIGN_OR_RETURN(const statistics::Estimate estimate, EstimateOf(rule.metric, *count));
  judgement.estimate = estimate.value;
  if (estimate.interval.has_value()) {
    judgement.lower = estimate.interval->lower;
    judgement.upper = estimate.interval->upper;
  }
  const std::optional<double> judged =
      !rule.on_interval ? judgement.estimate : rule.lower_is_better ? judgement.upper : judgement.lower;
  if (judged.has_value()) judgement.colour = ColourOf(rule, *judged);
  return judgement;
}

bool IsByArm(absl::string_view metric) { return metric == "FIDELITY" || metric == "CONTAMINATION"; }

Colour Worst(absl::Span<const Judgement> judgements) {
  Colour worst = Colour::kNone;
  for (const Judgement& judgement : judgements) worst = std::max(worst, judgement.colour);
  return worst;
}

}  // namespace reprise::cohort
