// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/randomisation/allocate.h"

#include "services/cohort/domain/randomisation/errors.h"
#include "services/cohort/domain/randomisation/minimise.h"
#include "services/platform/status.h"

namespace reprise::randomisation {
absl::StatusOr<Decision> DecideAllocation(const Design& design, const HistoryCounts& history,
                                          absl::Span<const int> levels, double u) {
  REPRISE_RETURN_IF_ERROR(CheckDesign(design));
  REPRISE_RETURN_IF_ERROR(CheckLevels(design, levels));
  if (!(u >= 0 && u < 1)) return UniformOutOfRange();
  if (design.method == Method::kBlocks) {
    return MethodUnsuitable("Permuted blocks allocate from a list, not live.");
  }
  if (!history.Fits(design)) return HistoryMismatch();
  const std::vector<int> ratio = RatioOf(design);
  const auto arms = static_cast<int>(ratio.size());
  ArmSet preferred = (ArmSet{1} << arms) - 1;
  ArmValues chances = SharedProbabilities(ratio, preferred, 1);
  Decision decision;
  if (design.method == Method::kMinimisation) {
    const Minimiser minimiser(design);
    ArmValues scores{};
    minimiser.Score(history, levels.data(), scores);
    preferred = minimiser.Preferred(scores);
    chances = minimiser.Probabilities(preferred);
    decision.scores.assign(scores.begin(), scores.begin() + arms);
  }
  decision.probabilities.assign(chances.begin(), chances.begin() + arms);
  for (int k = 0; k < arms; ++k) {
    if ((preferred >> k & 1U) != 0) decision.preferred.push_back(k);
  }
  decision.arm = PickArm(chances, arms, u);
  return decision;
}

}  // namespace reprise::randomisation
