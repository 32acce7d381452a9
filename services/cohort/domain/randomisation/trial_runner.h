// SPDX-License-Identifier: Apache-2.0
// One simulated trial after another in the same memory; the inner part of simulate.h.
#ifndef REPRISE_COHORT_DOMAIN_RANDOMISATION_TRIAL_RUNNER_H_
#define REPRISE_COHORT_DOMAIN_RANDOMISATION_TRIAL_RUNNER_H_

#include <array>
#include <cstdint>
#include <vector>

#include "services/cohort/domain/randomisation/guess.h"
#include "services/cohort/domain/randomisation/history.h"
#include "services/cohort/domain/randomisation/list.h"
#include "services/cohort/domain/randomisation/minimise.h"
#include "services/cohort/domain/randomisation/simulate.h"
#include "services/cohort/domain/randomisation/simulation_source.h"

namespace reprise::randomisation {

// What one trial came to; imbalances in the unit of SimulationResult.
struct TrialOutcome {
  std::array<double, kMaxArms> arm_share{};
  double overall_imbalance = 0;
  double max_marginal_imbalance = 0;
  double path_imbalance = 0;
  double guess_overall = 0;
  double guess_site = 0;
  double guess_all_seeing = 0;
  double share_nontied = 0;
};

// Not thread-safe: one for each thread. Requires a checked plan that outlives it.
class TrialRunner {
 public:
  explicit TrialRunner(const SimulationPlan& plan);
  // Trial `index` of the plan's seed; the same whatever ran before.
  TrialOutcome Run(int64_t index);

 private:
  struct Stratum {
    BlockOracle oracle;
    std::vector<uint8_t> block;
    size_t at = 0;
    size_t size = 0;
    int64_t trial = -1;  // the trial that used it last
  };
  struct Choice {
    int arm;
    ArmSet all_seeing;
    bool nontied;
  };
  void DrawLevels(SimulationSource& source);
  Choice Choose(SimulationSource& source, int64_t trial);
  Choice ChooseFromList(SimulationSource& source, int64_t trial);
  int64_t Range(const int32_t* counts) const;
  ArmSet FurthestBehind(const int32_t* counts) const;
  void Finish(int64_t path, TrialOutcome& outcome) const;

  const SimulationPlan& plan_;
  int arms_;
  std::vector<int> ratio_;
  std::array<int64_t, kMaxArms> scale_{};
  double unit_ = 1;
  std::vector<std::vector<double>> cumulative_;
  Minimiser minimiser_;
  std::vector<ArmValues> chances_;  // by preferred set
  std::vector<ArmSet> likeliest_;   // by preferred set
  HistoryCounts counts_;
  std::vector<int> levels_;
  BlockPlan blocks_;
  std::vector<size_t> stride_;  // of each factor in the stratum's number; 0: not a stratum's
  std::vector<Stratum> strata_;
};

}  // namespace reprise::randomisation

#endif  // REPRISE_COHORT_DOMAIN_RANDOMISATION_TRIAL_RUNNER_H_
