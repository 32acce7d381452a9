// SPDX-License-Identifier: Apache-2.0
// Pocock and Simon's minimisation (Biometrics 1975;31:103) with a random element: scores of the
// arms, the preferred set, and the chance of each arm. Counts and distances are integers (each
// count times the ratios' common multiple over the arm's ratio), so that ties are ties everywhere.
#ifndef REPRISE_COHORT_DOMAIN_RANDOMISATION_MINIMISE_H_
#define REPRISE_COHORT_DOMAIN_RANDOMISATION_MINIMISE_H_

#include <array>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"

#include "services/cohort/domain/randomisation/design.h"
#include "services/cohort/domain/randomisation/history.h"

namespace reprise::randomisation {

// Arms as a bit set: bit k is arm k.
using ArmSet = uint32_t;
using ArmValues = std::array<double, kMaxArms>;

// Each arm of `preferred` p / |H|, the others (1 - p) / (K - |H|); all preferred: ratio over sum.
// Right for equal ratios only: with unequal ones it drifts from the target. Requires |H| >= 1.
ArmValues SharedProbabilities(absl::Span<const int> ratio, ArmSet preferred, double p);

// Biased coin minimisation for any ratio (Han, Enas and McEntegart, Stat Med 2009;28:3329), where
// `p` is the chance of the smallest ratio's arm if preferred; with S = R - smallest ratio,
// P(i) = 1 - (1-p)(R - r_i)/S for the preferred i and P(j) = (1-p) r_j/S for the others. Ties:
// the mean over H weighted by ratio, which is r_k/R where all tie. Requires |H| >= 1.
ArmValues BiasedCoinProbabilities(absl::Span<const int> ratio, ArmSet preferred, double p);

// The arm whose stretch of [0, 1), in arm order, holds u; the last arm with a chance takes what
// rounding leaves.
int PickArm(const ArmValues& chances, int arms, double u);

// A checked design made ready for many decisions. Immutable, so any number of threads may use it.
class Minimiser {
 public:
  // Requires CheckDesign(design).ok().
  explicit Minimiser(const Design& design);

  // G(t) of each arm t, for a participant with `levels`: the sum over factors of weight times D of
  // x_k = (n_k + [k = t]) / ratio_k. Requires levels and history of the design.
  void Score(const HistoryCounts& history, const int* levels, ArmValues& scores) const;
  // The arms whose score is the least, with relative tolerance 1e-9.
  ArmSet Preferred(const ArmValues& scores) const;
  // Shared for equal ratios, biased coin for unequal ones.
  ArmValues Probabilities(ArmSet preferred) const;

 private:
  double Distance(const int64_t* scaled, int64_t sum) const;
  double PairDistance(int64_t first, int64_t second) const;
  void ScoreTwo(const HistoryCounts& history, const int* levels, ArmValues& scores) const;
  void ScoreRow(const int32_t* counts, double weight, ArmValues& scores) const;

  int arms_;
  std::vector<int> ratio_;
  double p_high_;
  Measure measure_;
  double weight_overall_;
  std::vector<double> weights_;
  std::array<int64_t, kMaxArms> scale_{};  // common multiple over ratio
  double unit_ = 1;                        // what an integer distance is multiplied with
};

}  // namespace reprise::randomisation

#endif  // REPRISE_COHORT_DOMAIN_RANDOMISATION_MINIMISE_H_
