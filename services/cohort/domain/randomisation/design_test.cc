// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/randomisation/design.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <limits>

#include "services/platform/error/error.h"

namespace reprise::randomisation {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Design Minimisation() {
  Design design;
  design.arms = {{.code = "A", .ratio = 2}, {.code = "B", .ratio = 1}};
  design.factors = {{.name = "CENTRE", .levels = {"1", "2"}, .weight = 2},
                    {.name = "AGE", .levels = {"<50", "50+"}, .weight = 1}};
  design.p_high = 0.7;
  return design;
}

Design Blocks() {
  Design design = Minimisation();
  design.method = Method::kBlocks;
  design.strata = {"AGE"};
  design.block_sizes = {3, 6};
  return design;
}

struct Bad {
  const char* name;
  std::function<void(Design&)> spoil;
  const char* path;
};

TEST(DesignTest, NamesTheFaultyFieldOfAMinimisation) {
  ASSERT_TRUE(CheckDesign(Minimisation()).ok());
  for (const Bad& bad : {
           Bad{"one arm", [](Design& d) { d.arms.pop_back(); }, "arms"},
           Bad{"no arm", [](Design& d) { d.arms.clear(); }, "arms"},
           Bad{"eleven arms", [](Design& d) { d.arms.resize(11, {.code = "X"}); }, "arms"},
           Bad{"same code", [](Design& d) { d.arms[1].code = "A"; }, "arms[A]"},
           Bad{"empty code", [](Design& d) { d.arms[0].code = ""; }, "arms[0].code"},
           Bad{"ratio 0", [](Design& d) { d.arms[1].ratio = 0; }, "arms[B].ratio"},
           Bad{"ratio 101", [](Design& d) { d.arms[1].ratio = 101; }, "arms[B].ratio"},
           Bad{"name with =", [](Design& d) { d.factors[0].name = "A=B"; }, "factors[0].name"},
           Bad{"same name", [](Design& d) { d.factors[1].name = "CENTRE"; }, "factors[CENTRE]"},
           Bad{"no level", [](Design& d) { d.factors[1].levels.clear(); }, "factors[AGE].levels"},
           Bad{"same level", [](Design& d) { d.factors[1].levels[1] = "<50"; },
               "factors[AGE].levels"},
           Bad{"level with |", [](Design& d) { d.factors[1].levels[1] = "a|b"; },
               "factors[AGE].levels"},
           Bad{"weight below 0", [](Design& d) { d.factors[1].weight = -1; },
               "factors[AGE].weight"},
           Bad{"weight not a number",
               [](Design& d) { d.factors[1].weight = std::numeric_limits<double>::quiet_NaN(); },
               "factors[AGE].weight"},
           Bad{"overall infinite",
               [](Design& d) { d.weight_overall = std::numeric_limits<double>::infinity(); },
               "weight_overall"},
           Bad{"nothing weighs", [](Design& d) { d.factors[0].weight = d.factors[1].weight = 0; },
               "factors.weight"},
           Bad{"no factor", [](Design& d) { d.factors.clear(); }, "factors.weight"},
           Bad{"p in percent", [](Design& d) { d.p_high = 70; }, "p_high"},
           Bad{"p below the share", [](Design& d) { d.p_high = 0.33; }, "p_high"},
           Bad{"p not a number",
               [](Design& d) { d.p_high = std::numeric_limits<double>::quiet_NaN(); }, "p_high"},
       }) {
    Design design = Minimisation();
    bad.spoil(design);
    const absl::Status status = CheckDesign(design);
    EXPECT_EQ(error::ReasonOf(status), "DESIGN_INVALID") << bad.name;
    ASSERT_FALSE(error::DetailOf(status).violations.empty()) << bad.name;
    EXPECT_EQ(error::DetailOf(status).violations[0].path, bad.path) << bad.name;
  }
}

TEST(DesignTest, NamesTheFaultyFieldOfBlocks) {
  ASSERT_TRUE(CheckDesign(Blocks()).ok());
  for (const Bad& bad : {
           Bad{"unknown stratum", [](Design& d) { d.strata = {"SEX"}; }, "strata"},
           Bad{"stratum twice",
               [](Design& d) {
                 d.strata = {"AGE", "AGE"};
               },
               "strata"},
           Bad{"no size", [](Design& d) { d.block_sizes.clear(); }, "block_sizes"},
           Bad{"not a multiple",
               [](Design& d) {
                 d.block_sizes = {3, 4};
               },
               "block_sizes"},
           Bad{"size 0", [](Design& d) { d.block_sizes = {0}; }, "block_sizes"},
           Bad{"size negative", [](Design& d) { d.block_sizes = {-3}; }, "block_sizes"},
           Bad{"too large", [](Design& d) { d.block_sizes = {3000}; }, "block_sizes"},
       }) {
    Design design = Blocks();
    bad.spoil(design);
    const absl::Status status = CheckDesign(design);
    EXPECT_EQ(error::ReasonOf(status), "DESIGN_INVALID") << bad.name;
    ASSERT_FALSE(error::DetailOf(status).violations.empty()) << bad.name;
    EXPECT_EQ(error::DetailOf(status).violations[0].path, bad.path) << bad.name;
  }
}

TEST(DesignTest, TellsAllFaultsAtOnce) {
  Design design = Minimisation();
  design.arms[1].code = "A";
  design.factors[0].weight = -1;
  design.p_high = 2;
  EXPECT_EQ(error::DetailOf(CheckDesign(design)).violations.size(), 3U);
}

TEST(DesignTest, IsReadBackFromItsText) {
  for (const Design& design : {Minimisation(), Blocks()}) {
    const auto read = ParseDesign(DesignText(design));
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(DesignText(*read), DesignText(design));
  }
}

struct BadText {
  const char* name;
  const char* json;
  const char* path;
};

TEST(DesignTest, RefusesTextThatIsNotADesign) {
  for (const BadText& bad : {
           BadText{"empty", "", "design"},
           BadText{"not JSON", "{", "design"},
           BadText{"a list", "[]", "design"},
           BadText{"no method", "{}", "method"},
           BadText{"method unknown", R"({"method":"urn"})", "method"},
           BadText{"a field twice", R"({"method":"simple","method":"simple"})", "design"},
           BadText{"field of another method", R"({"method":"simple","p_high":0.8})", "p_high"},
           BadText{"arms no list", R"({"method":"simple","arms":2})", "arms"},
           BadText{"arm no object", R"({"method":"simple","arms":["A"]})", "arms[0]"},
           BadText{"arm's field", R"({"method":"simple","arms":[{"code":"A","share":1}]})",
                   "arms[0].share"},
           BadText{"half ratio", R"({"method":"simple","arms":[{"code":"A","ratio":1.5}]})",
                   "arms[0].ratio"},
           BadText{"huge ratio", R"({"method":"simple","arms":[{"code":"A","ratio":4294967297}]})",
                   "arms[0].ratio"},
           BadText{"weight in blocks",
                   R"({"method":"blocks","factors":[{"name":"F","levels":["1"],"weight":1}]})",
                   "factors[0].weight"},
           BadText{"size as text", R"({"method":"blocks","block_sizes":["4"]})", "block_sizes[0]"},
           BadText{"measure", R"({"method":"minimisation","measure":"entropy"})", "measure"},
           BadText{"level a number", R"({"method":"simple","factors":[{"name":"F","levels":[1]}]})",
                   "factors[0].levels[0]"},
       }) {
    const absl::Status status = ParseDesign(bad.json).status();
    EXPECT_EQ(error::ReasonOf(status), "DESIGN_UNREADABLE") << bad.name;
    ASSERT_FALSE(error::DetailOf(status).violations.empty()) << bad.name;
    EXPECT_EQ(error::DetailOf(status).violations[0].path, bad.path) << bad.name;
  }
}

TEST(SnapshotTest, NamesFactorsInProtocolOrderAndIsReadBack) {
  const Design design = Blocks();
  EXPECT_EQ(Snapshot(design, {1, 0}), "CENTRE=2|AGE=<50");
  EXPECT_EQ(StratumLabel(design, {1, 0}), "AGE=<50");
  EXPECT_THAT(*ParseSnapshot(design, "CENTRE=2|AGE=<50", "levels"), ElementsAre(1, 0));
  Design unstratified = design;
  unstratified.strata.clear();
  EXPECT_EQ(StratumLabel(unstratified, {1, 0}), "all");
}

TEST(SnapshotTest, RefusesWhatTheDesignDoesNotHave) {
  for (const char* bad : {"", "all", "CENTRE=2", "AGE=<50|CENTRE=2", "CENTRE=3|AGE=<50",
                          "CENTRE=2|AGE=<50|SEX=f", "CENTRE=2|AGE"}) {
    EXPECT_EQ(error::ReasonOf(ParseSnapshot(Minimisation(), bad, "levels").status()),
              "LEVEL_UNKNOWN")
        << bad;
  }
}

}  // namespace
}  // namespace reprise::randomisation
