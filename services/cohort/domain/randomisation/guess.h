// SPDX-License-Identifier: Apache-2.0
// How well the next arm can be foretold. Two guessers are kept apart: one who counts arms and
// expects convergence (Blackwell and Hodges, Ann Math Stat 1957;28:449), as staff at a site can,
// and one who sees everything but the seed: all allocations, all factors, and the algorithm.
#ifndef REPRISE_COHORT_DOMAIN_RANDOMISATION_GUESS_H_
#define REPRISE_COHORT_DOMAIN_RANDOMISATION_GUESS_H_

#include <array>
#include <cstdint>
#include <vector>

#include "services/cohort/domain/randomisation/list.h"
#include "services/cohort/domain/randomisation/minimise.h"

namespace reprise::randomisation {

// What a guess of one arm out of `guess`, drawn evenly, is worth when `arm` comes: 1/|guess| or 0.
inline double Credit(ArmSet guess, int arm) {
  return (guess >> arm & 1U) == 0 ? 0 : 1.0 / __builtin_popcount(guess);
}

// The arms with the greatest value, with relative tolerance 1e-9.
ArmSet Greatest(const ArmValues& values, int arms);

// The exact chance of the next arm of a permuted block list whose sizes are known but whose block
// ends are not seen: the posterior over all block positions that fit what came.
class BlockOracle {
 public:
  explicit BlockOracle(const BlockPlan& plan);
  void Restart();
  // Chances of the next arm.
  ArmValues Chances() const;
  void See(int arm);

 private:
  struct Position {
    size_t size_index;
    int used_slots;
    double weight;
    std::array<int, kMaxArms> used;
  };
  void Begin(double weight);
  int Quota(const Position& position, int arm) const;

  BlockPlan plan_;
  int arms_;
  int ratio_sum_ = 0;
  std::vector<Position> positions_;
};

// Exact expected share of correct convergence guesses over one block of two equal arms:
// 1/2 + (4^m / C(2m, m) - 1) / (4m), m = block size / 2. Requires an even size from 2 to 1000.
double ConvergenceGuessShare(int block_size);

}  // namespace reprise::randomisation

#endif  // REPRISE_COHORT_DOMAIN_RANDOMISATION_GUESS_H_
