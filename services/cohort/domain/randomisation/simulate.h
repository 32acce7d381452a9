// SPDX-License-Identifier: Apache-2.0
// "Try your design": balance and predictability of any scheme over many simulated trials, on all
// cores. The result depends on plan and seed only, never on the number of threads.
#ifndef REPRISE_COHORT_DOMAIN_RANDOMISATION_SIMULATE_H_
#define REPRISE_COHORT_DOMAIN_RANDOMISATION_SIMULATE_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"

#include "services/cohort/domain/randomisation/design.h"

namespace reprise::randomisation {

struct SimulationPlan {
  Design design;
  // The share of participants at each level, one list a factor, each adding up to 1; factors are
  // drawn independently.
  std::vector<std::vector<double>> shares;
  int site_factor = -1;     // index of the factor that is the centre; -1: none
  int participants = 200;   // 1 to 100000
  int64_t trials = 10'000;  // 1 to 10000000; trials times participants at most 10^10
  uint64_t seed = 1;        // the simulation's own; never the trial's
  int threads = 0;          // 1 to 256; 0: one a core
};

// Mean over trials and standard deviation between trials (0 for a single trial).
struct Estimate {
  double mean = 0;
  double sd = 0;
};

// The imbalance of a set of counts n_k is the range over arms of n_k / ratio_k, times the mean
// ratio: |n_A - n_B| for two equal arms. Guesses are shares of correct guesses, ties shared out.
struct SimulationResult {
  int64_t trials = 0;
  std::vector<Estimate> arm_share;
  Estimate overall_imbalance;       // of the arm totals at the end
  Estimate max_marginal_imbalance;  // largest over all levels of all factors at the end
  Estimate path_imbalance;          // largest of the arm totals on the way
  // Who counts arms and guesses the one furthest behind its ratio: over the whole trial, and
  // within the own centre only, which is what a site can see.
  Estimate guess_overall;
  std::optional<Estimate> guess_site;
  // Who sees everything but the seed.
  Estimate guess_all_seeing;
  // Decisions in which not all arms tied; minimisation only.
  std::optional<Estimate> share_nontied;
  // Trials by imbalance rounded up to a whole number.
  std::vector<int64_t> overall_histogram;
  std::vector<int64_t> marginal_histogram;

  // Share of trials with an imbalance above `threshold`, 0 or more.
  double OverallAbove(int threshold) const;
  double MarginalAbove(int threshold) const;
};

//   INVALID_ARGUMENT DESIGN_INVALID, SIMULATION_INVALID (`shares[AGE]`, `site_factor`,
//   `participants`, `trials`, `threads`, `strata` where their lists would not fit in memory)
absl::StatusOr<SimulationResult> Simulate(const SimulationPlan& plan);

}  // namespace reprise::randomisation

#endif  // REPRISE_COHORT_DOMAIN_RANDOMISATION_SIMULATE_H_
