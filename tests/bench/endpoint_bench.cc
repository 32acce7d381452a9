// SPDX-License-Identifier: Apache-2.0
// Participants a second through the endpoint engine and the legal engine. The bar: 100,000
// participants' endpoints in under 2 seconds on one core, that is 50,000 a second.
#include <benchmark/benchmark.h>

#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

#include "clients/cli/offline/endpoint/cohort_tables.h"
#include "clients/cli/offline/endpoint/derived_table.h"
#include "services/phase/domain/endpoint/derive.h"
#include "services/phase/domain/endpoint/landmark.h"
#include "services/phase/domain/legal/milestone.h"

namespace reprise {
namespace {

constexpr int kParticipants = 100000;

struct Files {
  std::string subjects =
      "dataset,subject_id,arm,centre,index_day,obs_end_day,end_reason,competing_day,"
      "competing_type\n";
  std::string episodes = "dataset,subject_id,start_day,end_day,status,work_fraction\n";
};

// Timelines of about ten episodes over 400 days, as long as those of the oracles.
const Files& Cohort() {
  static const Files& files = *new Files([] {
    constexpr const char* kStates[] = {"SICK,0", "PARTIAL,0.5", "WORK,1", "LEAVE,0", "WORK,0.8"};
    Files made;
    std::mt19937 bits(1);
    for (int i = 0; i < kParticipants; ++i) {
      absl::StrAppend(&made.subjects, "d,p", i, ",A,C1,0,400,administrative,,\n");
      for (int day = 0; day < 400;) {
        const int length = 10 + static_cast<int>(bits() % 60);
        absl::StrAppend(&made.episodes, "d,p", i, ",", day, ",", day + length, ",",
                        kStates[bits() % 5], "\n");
        day += length + static_cast<int>(bits() % 8 == 0);
      }
    }
    return made;
  }());
  return files;
}

const std::vector<endpoint::Definition>& Definitions() {
  static const auto& all = *new std::vector<endpoint::Definition>(
      endpoint::ParseDefinitions(endpoint::ShippedDefinitions(), "definitions.yaml").value());
  return all;
}

// The engine alone: every default definition with its landmarks.
void BM_DeriveEndpoints(benchmark::State& state) {
  const auto cohort =
      cli::ReadCohort(Cohort().subjects, "s", Cohort().episodes, "e", false).value();
  const auto chosen = cli::SelectDefinitions(Definitions(), {}).value();
  for (auto _ : state) {
    for (const cli::CohortMember& member : cohort.members) {
      for (const endpoint::Definition& d : chosen) {
        if (d.kind == endpoint::Kind::kAbsence) {
          benchmark::DoNotOptimize(
              endpoint::DeriveAbsence(member.participant, member.episodes, d));
          continue;
        }
        const endpoint::Definition& of =
            d.kind == endpoint::Kind::kRecurrence ? cli::AfterOf(d, Definitions()) : d;
        const auto result = endpoint::DeriveReturn(member.participant, member.episodes, of);
        if (d.kind == endpoint::Kind::kRecurrence) {
          benchmark::DoNotOptimize(endpoint::DeriveRecurrence(
              member.participant, member.episodes, of, result, d.run_days));
        }
        for (const int day : d.landmark_days) {
          benchmark::DoNotOptimize(endpoint::ReadLandmark(result, d, day));
          benchmark::DoNotOptimize(
              endpoint::FractionOn(member.participant, member.episodes, d, day));
        }
      }
    }
  }
  state.SetItemsProcessed(state.iterations() * kParticipants);
}
BENCHMARK(BM_DeriveEndpoints)->Unit(benchmark::kMillisecond);

// What `reprise endpoint derive` does, files read, checked and written included.
void BM_DeriveFromFiles(benchmark::State& state) {
  const auto chosen = cli::SelectDefinitions(Definitions(), {}).value();
  for (auto _ : state) {
    const auto cohort =
        cli::ReadCohort(Cohort().subjects, "s", Cohort().episodes, "e", false).value();
    const text::CsvTable table = cli::DeriveTable(cohort.members, chosen, Definitions());
    std::string bytes;
    for (const auto& row : table.rows) bytes += text::FormatCsvRow(row);
    benchmark::DoNotOptimize(bytes);
  }
  state.SetItemsProcessed(state.iterations() * kParticipants);
}
BENCHMARK(BM_DeriveFromFiles)->Unit(benchmark::kMillisecond);

void BM_InputsHash(benchmark::State& state) {
  const auto cohort =
      cli::ReadCohort(Cohort().subjects, "s", Cohort().episodes, "e", false).value();
  for (auto _ : state) {
    for (const cli::CohortMember& member : cohort.members) {
      benchmark::DoNotOptimize(endpoint::InputsHash(member.participant, member.episodes));
    }
  }
  state.SetItemsProcessed(state.iterations() * kParticipants);
}
BENCHMARK(BM_InputsHash)->Unit(benchmark::kMillisecond);

// One leave of six prescriptions, all milestones with both explanations.
void BM_DeriveMilestones(benchmark::State& state) {
  const legal::RuleBook book = legal::ParseRules(legal::ShippedRules()).value();
  legal::History history;
  absl::CivilDay day(2026, 7, 1);
  for (int i = 0; i < 6; ++i) {
    legal::Prescription prescription;
    prescription.start = day;
    prescription.end = day + 49;
    prescription.issued = day;
    history.prescriptions.push_back(prescription);
    day = prescription.end + 1;
  }
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        legal::DeriveMilestones(book, history, absl::CivilDay(2026, 11, 21)));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_DeriveMilestones);

}  // namespace
}  // namespace reprise

BENCHMARK_MAIN();
