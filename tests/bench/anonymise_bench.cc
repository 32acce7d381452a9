// SPDX-License-Identifier: Apache-2.0
// Figures of README.md, section "Anonymisation". Cases come from tests/data; with REPRISE_ANONYMISATION_ORACLES set to a
// folder of further cases (Adult among them, which is not ours to pass on) those run as well.
//   anonymise_bench --write=DIR ROWS   writes the registry-like table and its case, for the command
//   line
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"

#include "services/extract/domain/anonymisation/case.h"
#include "services/extract/domain/anonymisation/costs.h"
#include "services/extract/domain/anonymisation/hierarchy.h"
#include "services/extract/domain/anonymisation/recoding.h"
#include "services/extract/domain/anonymisation/solve.h"
#include "services/extract/domain/anonymisation/table.h"
#include "services/platform/status.h"
#include "tests/bench/registry_table.h"

namespace reprise::bench {
namespace {

namespace engine = extract::anonymisation;

std::string ReadAll(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// Everything a run needs, as bytes.
struct Bytes {
  std::string request, data;
  std::map<std::string, std::string> hierarchies;
};

Bytes FromFolder(const std::string& folder) {
  Bytes bytes{ReadAll(folder + "/case.json"), ReadAll(folder + "/data.csv"), {}};
  const engine::Case request = *engine::ParseCase(bytes.request);
  for (const std::string& qi : request.qis) {
    bytes.hierarchies[qi] = ReadAll(absl::StrCat(folder, "/hierarchy_", qi, ".csv"));
  }
  return bytes;
}

std::string CaseText(const std::string& qis, int k, double limit) {
  return absl::StrCat(R"({"qis": [)", qis, R"(], "models": ["k:)", k,
                      R"("], "suppression_limit": )", limit, "}");
}

struct Loaded {
  engine::Case request;
  std::vector<engine::Hierarchy> hierarchies;
  engine::Records records;
};

void Encode(const Bytes& bytes, Loaded& loaded) {
  loaded.request = *engine::ParseCase(bytes.request);
  loaded.hierarchies.clear();
  for (const std::string& qi : loaded.request.qis) {
    loaded.hierarchies.push_back(*engine::ReadHierarchy(bytes.hierarchies.at(qi), qi, qi));
  }
  std::vector<engine::WantedColumn> wanted;
  for (size_t i = 0; i < loaded.request.qis.size(); ++i) {
    wanted.push_back({loaded.request.qis[i], &loaded.hierarchies[i]});
  }
  for (const std::string& name : engine::DemandOf(loaded.request).sensitives)
    wanted.push_back({name, nullptr});
  const engine::Table table = *engine::ReadTable(bytes.data, "data", wanted);
  loaded.records =
      *engine::MakeRecords(loaded.request, table, "data", loaded.hierarchies, absl::nullopt);
}

// Encoding and solving, with the loss as a counter.
void Run(benchmark::State& state, const Bytes& bytes, engine::Method method) {
  double loss = 0, checks = 0;
  for (auto _ : state) {
    Loaded loaded;
    Encode(bytes, loaded);
    const auto found = engine::Solve(loaded.request, loaded.records, method, {});
    loss = engine::Summarise(loaded.request, loaded.records, found->front()).score;
    checks = static_cast<double>(found->front().checks);
  }
  state.counters["loss"] = loss;
  state.counters["checks"] = checks;
}

void RunCosts(benchmark::State& state, const Bytes& bytes) {
  Loaded loaded;
  Encode(bytes, loaded);
  for (auto _ : state) {
    benchmark::DoNotOptimize(engine::VariableCosts(loaded.request, loaded.records,
                                                   engine::Method::kCells, {.budget = 10000}));
  }
}

void Register(const std::string& name, Bytes bytes, engine::Method method) {
  benchmark::RegisterBenchmark(name.c_str(), [bytes = std::move(bytes),
                                              method](benchmark::State& state) {
    Run(state, bytes, method);
  })->Unit(benchmark::kMillisecond);
}

void RegisterAdult(const std::string& folder) {
  const std::vector<std::string> qis = {
      "sex",       "age",        "race",        "marital-status", "education", "native-country",
      "workclass", "occupation", "salary-class"};
  Bytes adult{"", ReadAll(folder + "/adult.csv"), {}};
  std::string list;
  for (const std::string& qi : qis) {
    adult.hierarchies[qi] = ReadAll(absl::StrCat(folder, "/adult_hierarchy_", qi, ".csv"));
    absl::StrAppend(&list, list.empty() ? "" : ",", "\"", qi, "\"");
  }
  for (const double limit : {0.0, 0.02, 0.05, 1.0}) {
    adult.request = CaseText(list, 5, limit);
    Register(absl::StrCat("Adult/optimal/k5/limit", limit), adult, engine::Method::kOptimal);
  }
  for (const int k : {2, 5, 11, 25}) {
    adult.request = CaseText(list, k, 1.0);
    Register(absl::StrCat("Adult/local/k", k), adult, engine::Method::kLocal);
  }
  adult.request = CaseText(list, 5, 1.0);
  Register("Adult/cells/k5", adult, engine::Method::kCells);
  Register("Adult/mondrian/k5", adult, engine::Method::kMondrian);
}

constexpr char kRegistryQis[] = R"("sex","age","district","month","stage","surgery")";

void RegisterAll() {
  for (const char* id : {"P04", "P05"}) {
    const Bytes bytes = FromFolder(absl::StrCat(REPRISE_TEST_DATA, "/anonymisation/", id));
    Register(absl::StrCat(id, "/optimal"), bytes, engine::Method::kOptimal);
    Register(absl::StrCat(id, "/local"), bytes, engine::Method::kLocal);
    Register(absl::StrCat(id, "/cells"), bytes, engine::Method::kCells);
    benchmark::RegisterBenchmark(absl::StrCat(id, "/costs").c_str(), [bytes](
                                                                         benchmark::State& state) {
      RunCosts(state, bytes);
    })->Unit(benchmark::kMillisecond);
  }
  if (const char* oracles = std::getenv("REPRISE_ANONYMISATION_ORACLES"); oracles != nullptr) {
    RegisterAdult(absl::StrCat(oracles, "/adult"));
    Register("P10/local", FromFolder(absl::StrCat(oracles, "/P10")), engine::Method::kLocal);
  }
  RegistryTable registry = MakeRegistryTable(1190000, 15);
  Bytes bytes{"", std::move(registry.data), std::move(registry.hierarchies)};
  for (const double limit : {0.0, 0.05, 1.0}) {
    bytes.request = CaseText(kRegistryQis, 5, limit);
    Register(absl::StrCat("Registry1.19M/optimal/limit", limit), bytes, engine::Method::kOptimal);
  }
  Register("Registry1.19M/mondrian", bytes, engine::Method::kMondrian);
}

int WriteRegistry(const std::string& folder, uint32_t rows) {
  std::filesystem::create_directories(folder);
  const RegistryTable table = MakeRegistryTable(rows, 15);
  std::ofstream(folder + "/data.csv", std::ios::binary) << table.data;
  std::ofstream(folder + "/case.json") << CaseText(kRegistryQis, 5, 0.05);
  for (const auto& [attribute, text] : table.hierarchies) {
    std::ofstream(absl::StrCat(folder, "/hierarchy_", attribute, ".csv")) << text;
  }
  return 0;
}

}  // namespace
}  // namespace reprise::bench

int main(int argc, char** argv) {
  if (argc == 3 && std::strncmp(argv[1], "--write=", 8) == 0) {
    return reprise::bench::WriteRegistry(argv[1] + 8, static_cast<uint32_t>(std::atol(argv[2])));
  }
  reprise::bench::RegisterAll();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
