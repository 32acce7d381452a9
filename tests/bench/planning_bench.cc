// SPDX-License-Identifier: Apache-2.0
// Speed of the planning statistics. Required: a forecast for 50 centres in under 20 ms.
//   build/release/tests/bench/planning_bench
#include <benchmark/benchmark.h>

#include "services/cohort/domain/statistics/exact_power.h"
#include "services/cohort/domain/statistics/forecast.h"
#include "services/cohort/domain/statistics/interval.h"
#include "services/cohort/domain/statistics/progression.h"
#include "services/cohort/domain/statistics/rate_estimation.h"
#include "services/cohort/domain/statistics/sample_size_outcomes.h"

namespace reprise::statistics {
namespace {

// Every centre with an exposure and a delay of its own, so that no two terms are alike.
Recruitment Centres(int count) {
  Recruitment recruitment{
      .prior = {.alpha = 1.8, .beta = 1.2}, .centres = {}, .target_remaining = 30 * count};
  for (int i = 0; i < count; ++i) {
    recruitment.centres.push_back({.recruited = static_cast<double>((7 * i) % 13),
                                   .exposure = 3 + 0.1 * i,
                                   .open_delay = 0.05 * ((3 * i) % 50)});
  }
  return recruitment;
}

// Counts, their quantiles, P(target) and the three times to the target.
void BM_Forecast(benchmark::State& state) {
  const Recruitment recruitment = Centres(static_cast<int>(state.range(0)));
  for (auto _ : state) {
    benchmark::DoNotOptimize(ForecastCount(recruitment, 18));
    benchmark::DoNotOptimize(ForecastTimeToTarget(recruitment));
  }
}
BENCHMARK(BM_Forecast)->Arg(6)->Arg(50)->Arg(200)->Unit(benchmark::kMillisecond);

void BM_EstimateRatesOf50Centres(benchmark::State& state) {
  std::vector<int64_t> recruited;
  std::vector<double> exposure;
  for (const Centre& centre : Centres(50).centres) {
    recruited.push_back(static_cast<int64_t>(centre.recruited));
    exposure.push_back(centre.exposure);
  }
  for (auto _ : state) benchmark::DoNotOptimize(EstimateRates(recruited, exposure));
}
BENCHMARK(BM_EstimateRatesOf50Centres)->Unit(benchmark::kMillisecond);

void BM_ClopperPearson(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(EstimateProportion(28, 40, 0.95, ProportionMethod::kClopperPearson));
  }
}
BENCHMARK(BM_ClopperPearson)->Unit(benchmark::kMicrosecond);

void BM_ProgressionSize(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(SizeProgression(
        {.red_upper_limit = 0.6, .green_lower_limit = 0.65, .alpha = 0.05, .power = 0.9}));
  }
}
BENCHMARK(BM_ProgressionSize)->Unit(benchmark::kMillisecond);

void BM_ExactFisherPower(benchmark::State& state) {
  const TwoProportionsArms arms{.n1 = state.range(0), .n2 = state.range(0), .p1 = 0.6, .p2 = 0.75};
  for (auto _ : state) benchmark::DoNotOptimize(ExactFisherPower(arms));
}
BENCHMARK(BM_ExactFisherPower)->Arg(152)->Arg(1000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace reprise::statistics

BENCHMARK_MAIN();
