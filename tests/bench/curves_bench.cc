// SPDX-License-Identifier: Apache-2.0
// What a page of curves costs, for a trial of 240 and for 10,000 participants on tied days.
#include <benchmark/benchmark.h>

#include <random>
#include <string>
#include <vector>

#include "services/cohort/domain/monitoring/centre_check.h"
#include "services/cohort/domain/monitoring/mahalanobis.h"
#include "services/phase/domain/survival/cox.h"
#include "services/phase/domain/survival/cumulative_incidence.h"
#include "services/phase/domain/survival/gray.h"
#include "services/phase/domain/survival/kaplan_meier.h"
#include "services/phase/domain/survival/log_rank.h"
#include "services/phase/domain/survival/restricted_mean.h"

namespace reprise {
namespace {

std::vector<survival::Member> Trial(int64_t size) {
  std::mt19937 random(20261121);
  std::vector<survival::Member> members;
  for (int64_t i = 0; i < size; ++i) {
    const uint32_t end = random() % 10;
    members.push_back({.observation = {.time = static_cast<double>(random() % 500),
                                       .outcome = end < 6   ? survival::Outcome::kEvent
                                                  : end < 7 ? survival::Outcome::kCompeting
                                                            : survival::Outcome::kCensored},
                       .group = static_cast<int>(i % 2),
                       .stratum = static_cast<int>(random() % 6)});
  }
  return members;
}

std::vector<survival::Observation> Everybody(int64_t size) {
  std::vector<survival::Observation> observations;
  for (const survival::Member& member : Trial(size)) observations.push_back(member.observation);
  return observations;
}

void KaplanMeierWithQuantiles(benchmark::State& state) {
  const auto observations = Everybody(state.range(0));
  for (auto _ : state) {
    const auto curve = survival::KaplanMeier::Fit(observations);
    for (const double p : {0.25, 0.5, 0.75}) {
      benchmark::DoNotOptimize(curve->Quantile(p, survival::IntervalKind::kLogLog));
    }
    benchmark::DoNotOptimize(survival::RestrictedMeanOf(*curve, 365));
  }
}
BENCHMARK(KaplanMeierWithQuantiles)->Arg(240)->Arg(10000);

void AalenJohansen(benchmark::State& state) {
  const auto observations = Everybody(state.range(0));
  for (auto _ : state) {
    benchmark::DoNotOptimize(survival::CumulativeIncidence::Fit(observations)->At(365));
  }
}
BENCHMARK(AalenJohansen)->Arg(240)->Arg(10000);

void StratifiedLogRank(benchmark::State& state) {
  const auto members = Trial(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(survival::LogRankOf(members, 2));
}
BENCHMARK(StratifiedLogRank)->Arg(240)->Arg(10000);

void Gray(benchmark::State& state) {
  const auto members = Trial(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(survival::GrayTest(members, 2));
}
BENCHMARK(Gray)->Arg(240)->Arg(10000);

void CoxEfron(benchmark::State& state) {
  const auto members = Trial(state.range(0));
  for (auto _ : state) {
    benchmark::DoNotOptimize(survival::CoxTwoGroups(members, survival::Ties::kEfron));
  }
}
BENCHMARK(CoxEfron)->Arg(240)->Arg(10000);

void CentresAgainstTheRest(benchmark::State& state) {
  std::mt19937 random(7);
  std::vector<std::string> centres;
  std::vector<monitoring::Recorded> values;
  for (int64_t i = 0; i < state.range(0); ++i) {
    centres.push_back("C" + std::to_string(random() % 20));
    values.emplace_back(static_cast<double>(random() % 1000) / 10);
  }
  for (auto _ : state) benchmark::DoNotOptimize(monitoring::CheckCentres(centres, values));
}
BENCHMARK(CentresAgainstTheRest)->Arg(240)->Arg(10000);

void MahalanobisOfEightColumns(benchmark::State& state) {
  std::mt19937 random(7);
  std::vector<std::vector<double>> rows(static_cast<size_t>(state.range(0)));
  for (auto& row : rows) {
    for (int j = 0; j < 8; ++j) row.push_back(static_cast<double>(random() % 1000));
  }
  for (auto _ : state) benchmark::DoNotOptimize(monitoring::DistancesOf(rows));
}
BENCHMARK(MahalanobisOfEightColumns)->Arg(240)->Arg(10000);

}  // namespace
}  // namespace reprise

BENCHMARK_MAIN();
