// SPDX-License-Identifier: Apache-2.0
// Promise: 1,000,000 PHQ-9 responses, from raw codes to all eight scores, in under 2 s on one core,
// so at least 500,000 responses a second (docs/instruments.md). `items_per_second` is that rate.
//   build/release/tests/bench/scoring_bench
#include <benchmark/benchmark.h>

#include <cstring>
#include <random>

#include "services/platform/status.h"
#include "services/questionnaire/domain/instrument/bundled.h"
#include "services/questionnaire/domain/instrument/read.h"
#include "services/questionnaire/domain/scoring/scoring.h"

namespace reprise::scoring {
namespace {

Scorer Compiled(const char* file_name) {
  for (const instrument::BundledFile& file : instrument::BundledInstruments()) {
    if (std::strcmp(file.name, file_name) != 0) continue;
    auto definition = instrument::LoadInstrument(file.bytes, file.name);
    REPRISE_CHECK(definition.ok());
    auto scorer = Scorer::Compile(*definition);
    REPRISE_CHECK(scorer.ok());
    return *std::move(scorer);
  }
  std::abort();
}

// Raw codes from `low` to `high`, one in twenty left empty.
std::vector<std::vector<std::string>> Responses(size_t items, int low, int high) {
  std::mt19937 random(1);
  std::vector<std::vector<std::string>> responses(10000);
  for (auto& response : responses) {
    for (size_t i = 0; i < items; ++i) {
      const bool empty = random() % 20 == 0;
      response.push_back(
          empty ? ""
                : std::to_string(
                      low + static_cast<int>(random() % static_cast<unsigned>(high - low + 1))));
    }
  }
  return responses;
}

void Score(benchmark::State& state, const char* file, int low, int high) {
  const Scorer scorer = Compiled(file);
  const auto responses = Responses(scorer.items().size(), low, high);
  std::vector<Answer> answers(scorer.items().size());
  std::vector<Result> results;
  size_t next = 0;
  for (auto _ : state) {
    const std::vector<std::string>& response = responses[next];
    next = (next + 1) % responses.size();
    for (size_t i = 0; i < answers.size(); ++i) {
      REPRISE_CHECK(!scorer.Read(i, response[i], answers[i]).has_value());
    }
    scorer.Score(answers, results);
    benchmark::DoNotOptimize(results.data());
  }
  state.SetItemsProcessed(state.iterations());
}

BENCHMARK_CAPTURE(Score, phq9, "phq-9.yaml", 0, 3);
BENCHMARK_CAPTURE(Score, hads, "hads.yaml", 0, 3);
BENCHMARK_CAPTURE(Score, wrfq, "wrfq2.yaml", 0, 5);

}  // namespace
}  // namespace reprise::scoring

BENCHMARK_MAIN();
