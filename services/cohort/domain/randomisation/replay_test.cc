// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/randomisation/replay.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

#include "services/cohort/domain/randomisation/allocate.h"
#include "services/cohort/domain/randomisation/simulation_source.h"
#include "services/cohort/domain/randomisation/stream.h"
#include "services/platform/error/error.h"

namespace reprise::randomisation {
namespace {

using ::testing::HasSubstr;

Seed TestSeed() { return *Seed::FromHex(std::string(64, 'a'), "seed"); }

Design DesignOf(Method method) {
  Design design;
  design.method = method;
  design.arms = {{.code = "usual", .ratio = 1}, {.code = "intervention", .ratio = 1}};
  design.factors = {{.name = "CENTRE", .levels = {"LYO", "STE"}, .weight = 2},
                    {.name = "AGE", .levels = {"<50", "50+"}, .weight = 1}};
  design.strata = {"CENTRE"};
  design.block_sizes = {4, 6};
  return design;
}

std::vector<Happening> SomeTrial(int count, bool corrections) {
  SimulationSource source(5, 0);
  std::vector<Happening> trial;
  for (int i = 1; i <= count; ++i) {
    trial.push_back(
        {.event = LogEvent::kAllocation,
         .sequence_no = 0,
         .levels = {static_cast<int>(source.Below(2)), static_cast<int>(source.Below(2))}});
    if (corrections && i % 7 == 0) {
      trial.push_back({.event = LogEvent::kCorrection, .sequence_no = i - 2, .levels = {1, 1}});
    }
  }
  return trial;
}

std::string Written(Method method, int count = 60, bool corrections = true) {
  const auto log = WriteLog(DesignOf(method), TestSeed(), SomeTrial(count, corrections));
  EXPECT_TRUE(log.ok()) << log.status();
  return *log;
}

TEST(ReplayTest, EveryMethodReplaysExactly) {
  for (const Method method : {Method::kSimple, Method::kBlocks, Method::kMinimisation}) {
    const std::string log = Written(method);
    const auto report = VerifyLog(TestSeed(), log);
    ASSERT_TRUE(report.ok()) << report.status();
    EXPECT_FALSE(report->difference.has_value()) << report->difference->sentence;
    EXPECT_EQ(report->allocations, 60);
    EXPECT_EQ(report->corrections, 8);
    EXPECT_EQ(report->arm_counts[0].second + report->arm_counts[1].second, 60);
    const std::vector<std::string> lines = absl::StrSplit(log, '\n');
    EXPECT_EQ(report->head_hash, Sha256Hex(lines[lines.size() - 2]));
  }
}

// The log must say what the two public calls say, which a service makes one by one.
TEST(ReplayTest, AgreesWithTheCallsOfALiveTrial) {
  const Design live = DesignOf(Method::kMinimisation), lists = DesignOf(Method::kBlocks);
  auto live_replay = TrialReplay::Start(live, TestSeed());
  auto list_replay = TrialReplay::Start(lists, TestSeed());
  HistoryCounts counts(live);
  std::map<std::string, int64_t> slots;
  int64_t n = 0;
  for (const Happening& happening : SomeTrial(80, false)) {
    const double u = LiveUniform(TestSeed(), ++n);
    const auto decision = DecideAllocation(live, counts, happening.levels, u);
    counts.Add(happening.levels, decision->arm);
    const auto row = live_replay->Allocate(happening.levels);
    EXPECT_EQ(row->arm, live.arms[static_cast<size_t>(decision->arm)].code);
    EXPECT_EQ(row->u, u);
    EXPECT_EQ(row->sequence_no, n);
    const std::string label = StratumLabel(lists, happening.levels);
    const auto slot = ListSlot(lists, TestSeed(), label, ++slots[label]);
    EXPECT_EQ(list_replay->Allocate(happening.levels)->arm,
              lists.arms[static_cast<size_t>(*slot)].code);
  }
}

// By hand: one participant in LYO gets arm X. Corrected to STE, the next in LYO sees an empty
// margin again, so the scores tie and u decides by halves.
TEST(ReplayTest, ACorrectedStratumCountsAsCorrected) {
  Design design = DesignOf(Method::kMinimisation);
  design.factors.pop_back();
  design.p_high = 1;
  auto plain = TrialReplay::Start(design, TestSeed());
  auto corrected = TrialReplay::Start(design, TestSeed());
  const std::string first = plain->Allocate({0})->arm;
  ASSERT_EQ(corrected->Allocate({0})->arm, first);
  ASSERT_TRUE(corrected->Correct(1, {1}).ok());
  EXPECT_NE(plain->Allocate({0})->arm, first);
  const double u = LiveUniform(TestSeed(), 2);
  EXPECT_EQ(corrected->Allocate({0})->arm, u < 0.5 ? "usual" : "intervention");
  EXPECT_EQ(error::ReasonOf(corrected->Correct(3, {0}).status()), "SEQUENCE_UNKNOWN");
  EXPECT_EQ(error::ReasonOf(corrected->Correct(0, {0}).status()), "SEQUENCE_UNKNOWN");
}

// Spoils line `line` (from 1) by replacing text in it.
std::string Spoiled(const std::string& log, size_t line, const std::string& from,
                    const std::string& to) {
  std::vector<std::string> lines = absl::StrSplit(log, '\n');
  const std::string before = lines[line - 1];
  lines[line - 1] = absl::StrReplaceAll(before, {{from, to}});
  EXPECT_NE(lines[line - 1], before) << "nothing to replace in " << before;
  return absl::StrJoin(lines, "\n");
}

std::string ArmOfLine(const std::string& log, size_t line) {
  const std::vector<std::string> lines = absl::StrSplit(log, '\n');
  return ParseLogLine(lines[line - 1])->arm;
}

TEST(VerifyLogTest, NamesTheFirstLineThatDiffers) {
  const std::string log = Written(Method::kMinimisation, 30, false);
  const std::string arm = ArmOfLine(log, 12);
  const std::string other = arm == "usual" ? "intervention" : "usual";
  struct Case {
    const char* name;
    std::string log;
    int64_t line;
    const char* field;
  };
  std::vector<std::string> lines = absl::StrSplit(log, '\n');
  std::vector<std::string> cut = lines, swapped = lines;
  cut.erase(cut.begin() + 9);
  std::swap(swapped[9], swapped[10]);
  for (const Case& c : {
           Case{"arm changed", Spoiled(log, 12, "\"" + arm + "\"", "\"" + other + "\""), 12, "arm"},
           Case{"arm unknown", Spoiled(log, 12, "\"" + arm + "\"", "\"placebo\""), 12, "arm"},
           Case{"u changed", Spoiled(log, 12, "\"u\":0.", "\"u\":0.0"), 12, "u"},
           Case{"number changed", Spoiled(log, 12, "\"sequence_no\":11", "\"sequence_no\":12"), 12,
                "sequence_no"},
           Case{"level unknown", Spoiled(log, 12, "CENTRE=", "CENTRE=X"), 12, "levels"},
           Case{"blank added", Spoiled(log, 12, "\"arm\":", "\"arm\": "), 13, "previous_hash"},
           Case{"row cut out", absl::StrJoin(cut, "\n"), 10, "previous_hash"},
           Case{"rows swapped", absl::StrJoin(swapped, "\n"), 10, "previous_hash"},
           Case{"no JSON", Spoiled(log, 12, "{", "("), 12, "line"},
           Case{"field added", Spoiled(log, 12, "{", "{\"note\":1,"), 12, "line"},
           Case{"design changed", Spoiled(log, 1, "\"p_high\":0.8", "\"p_high\":0.9"), 2,
                "previous_hash"},
           Case{"empty line", log + "\n", 32, "line"},
       }) {
    const auto report = VerifyLog(TestSeed(), c.log);
    ASSERT_TRUE(report.ok()) << c.name << report.status();
    ASSERT_TRUE(report->difference.has_value()) << c.name;
    EXPECT_EQ(report->difference->line, c.line) << c.name << ": " << report->difference->sentence;
    EXPECT_EQ(report->difference->field, c.field) << c.name;
    EXPECT_EQ(report->allocations, c.line < 2 ? 0 : c.line - 2) << c.name;
    EXPECT_THAT(report->difference->sentence, HasSubstr("Line ")) << c.name;
  }
}

TEST(VerifyLogTest, SaysThatTheSeedIsAnother) {
  const Seed other = *Seed::FromHex(std::string(64, 'b'), "seed");
  const auto report = VerifyLog(other, Written(Method::kSimple));
  ASSERT_TRUE(report->difference.has_value());
  EXPECT_EQ(report->difference->line, 1);
  EXPECT_EQ(report->difference->field, "seed_commitment");
}

TEST(VerifyLogTest, RefusesALogThatSaysNothingOfItself) {
  for (const char* log : {"", "\n", "{}", "[]", "not a log", R"({"algorithm":"RTW-RAND-2"})",
                          R"({"algorithm":"RTW-RAND-1","seed_commitment":"x"})"}) {
    EXPECT_EQ(error::ReasonOf(VerifyLog(TestSeed(), log).status()), "LOG_UNREADABLE") << log;
  }
  const std::string spoiled = Spoiled(Written(Method::kMinimisation), 1, "0.8", "80");
  EXPECT_EQ(error::ReasonOf(VerifyLog(TestSeed(), spoiled).status()), "DESIGN_INVALID");
}

TEST(VerifyLogTest, AcceptsATrialThatHasNotBegun) {
  const auto report = VerifyLog(TestSeed(), LogHeader(DesignOf(Method::kBlocks), TestSeed()));
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_FALSE(report->difference.has_value());
  EXPECT_EQ(report->allocations, 0);
}

}  // namespace
}  // namespace reprise::randomisation
