// SPDX-License-Identifier: Apache-2.0
// The two speed bars of randomisation: a decision with 10 factors after 10,000 participants (1 ms),
// and 10,000 simulated trials of 200 participants by minimisation (3 s on two cores).
#include <benchmark/benchmark.h>

#include "absl/strings/str_cat.h"

#include "services/cohort/domain/randomisation/allocate.h"
#include "services/cohort/domain/randomisation/simulate.h"
#include "services/cohort/domain/randomisation/simulation_source.h"
#include "services/cohort/domain/randomisation/stream.h"

namespace reprise::randomisation {
namespace {

constexpr int kFactors = 10;
constexpr int kParticipants = 10'000;

Design TenFactors(int arms) {
  Design design;
  for (int k = 0; k < arms; ++k) design.arms.push_back({.code = absl::StrCat(k), .ratio = 1});
  for (int i = 0; i < kFactors; ++i) {
    Factor factor{.name = absl::StrCat("F", i), .levels = {}, .weight = 1.0 + i};
    for (int level = 0; level < 6; ++level) factor.levels.push_back(absl::StrCat(level));
    design.factors.push_back(factor);
  }
  return design;
}

// With the check of design and counts, and the uniform from the seed: all that a service waits for.
void DecideAfterTenThousand(benchmark::State& state) {
  const auto arms = static_cast<int>(state.range(0));
  const Design design = TenFactors(arms);
  SimulationSource source(1, 0);
  HistoryCounts counts(design);
  std::vector<int> levels(kFactors);
  for (int n = 0; n < kParticipants; ++n) {
    for (int& level : levels) level = static_cast<int>(source.Below(6));
    counts.Add(levels, static_cast<int>(source.Below(static_cast<uint32_t>(arms))));
  }
  const Seed seed(std::array<uint8_t, Seed::kBytes>{});
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        DecideAllocation(design, counts, levels, LiveUniform(seed, kParticipants + 1)));
  }
}
BENCHMARK(DecideAfterTenThousand)->Arg(2)->Arg(4)->Unit(benchmark::kMicrosecond);

void SimulateTenThousandTrials(benchmark::State& state) {
  SimulationPlan plan;
  plan.design.arms = {{.code = "A"}, {.code = "B"}};
  plan.design.factors = {
      {.name = "centre", .levels = {"1", "2", "3", "4", "5", "6"}, .weight = 2},
      {.name = "age", .levels = {"<50", "50+"}, .weight = 1},
      {.name = "chemo", .levels = {"yes", "no"}, .weight = 1}};
  plan.shares = {{0.3, 0.22, 0.18, 0.14, 0.1, 0.06}, {0.55, 0.45}, {0.35, 0.65}};
  plan.site_factor = 0;
  plan.threads = static_cast<int>(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(Simulate(plan));
}
BENCHMARK(SimulateTenThousandTrials)
    ->Arg(1)
    ->Arg(2)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime();

}  // namespace
}  // namespace reprise::randomisation

BENCHMARK_MAIN();
