// SPDX-License-Identifier: Apache-2.0
// Formulas against known_answers.json: values printed in papers or derived by hand.
#include "services/extract/domain/anonymisation/judge.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

#include "absl/strings/str_cat.h"

#include "services/extract/domain/anonymisation/case.h"
#include "services/extract/domain/anonymisation/hierarchy.h"
#include "services/extract/domain/anonymisation/overall.h"
#include "services/extract/domain/anonymisation/pitman.h"
#include "services/extract/domain/anonymisation/release_testing.h"

namespace reprise::extract::anonymisation {
namespace {

using nlohmann::json;

const json& Known() {
  static const json known = json::parse(
      ReadTestFile(absl::StrCat(REPRISE_TEST_DATA, "/anonymisation/known_answers.json")));
  return known;
}

// A distribution as whole counts out of 90.
std::vector<uint32_t> Counts(const json& p) {
  std::vector<uint32_t> counts;
  for (const json& share : p)
    counts.push_back(static_cast<uint32_t>(std::lround(share.get<double>() * 90)));
  return counts;
}

TEST(JudgeTest, OrderedDistanceIsThatOfThePaper) {
  for (const json& row : Known()["emd_ordered"]) {
    EXPECT_NEAR(OrderedDistance(Counts(row["p"]), 90, row["q"].get<std::vector<double>>()),
                row["answer"].get<double>(), 1e-12);
  }
}

TEST(JudgeTest, EqualDistanceIsHalfTheDifferences) {
  for (const json& row : Known()["emd_equal"]) {
    const std::vector<uint32_t> counts = Counts(row["p"]);
    std::vector<uint32_t> present;
    for (uint32_t i = 0; i < counts.size(); ++i) {
      if (counts[i] > 0) present.push_back(i);
    }
    EXPECT_NEAR(EqualDistance(present, counts, 90, row["q"].get<std::vector<double>>()),
                row["answer"].get<double>(), 1e-12);
  }
}

TEST(JudgeTest, HierarchicalDistanceChargesTheLevelOfTheCommonGroup) {
  // Two groups of two values below one top, height 2. All of the class in the first value, a
  // quarter of the table in each: 1/4 moves within the group at 1/2, 1/2 moves across at 1: 0.125 +
  // 0.5.
  const Hierarchy hierarchy = *ReadHierarchy("a;x;*\nb;x;*\nc;y;*\nd;y;*\n", "h", "s");
  SensitiveColumn column{
      .name = "s", .values = 4, .hierarchy = &hierarchy, .value_of = {0, 1, 2, 3}};
  EXPECT_NEAR(HierarchicalDistance(column, {7, 0, 0, 0}, 7, {0.25, 0.25, 0.25, 0.25}), 0.625,
              1e-12);
  EXPECT_NEAR(HierarchicalDistance(column, {1, 1, 1, 1}, 4, {0.25, 0.25, 0.25, 0.25}), 0.0, 1e-12);
}

struct ModelCase {
  const char* name;
  const char* model;
  std::vector<uint32_t> counts;  // persons per sensitive value in the class
  std::vector<uint32_t> others;  // and in the rest of the table
  bool holds;
};

class ModelTest : public ::testing::TestWithParam<ModelCase> {};

TEST_P(ModelTest, HoldsAsDerivedByHand) {
  const ModelCase& test = GetParam();
  Case request;
  request.models = {*ParseModel(test.model, "models[0]")};
  Records records;
  records.sensitives.push_back(
      {.name = "s", .values = static_cast<uint32_t>(test.counts.size()), .value_of = {}});
  records.sensitive.emplace_back();
  uint32_t size = 0;
  for (uint32_t v = 0; v < test.counts.size(); ++v) {
    records.sensitive[0].push_back(v);
    records.count.push_back(test.counts[v] + test.others[v]);
    size += test.counts[v];
  }
  records.persons = std::accumulate(records.count.begin(), records.count.end(), size_t{0});
  Judge judge(request, records);
  judge.Clear();
  for (uint32_t v = 0; v < test.counts.size(); ++v) judge.Add(v, test.counts[v]);
  EXPECT_EQ(judge.Holds(size, 0), test.holds);
}

INSTANTIATE_TEST_SUITE_P(
    All, ModelTest,
    ::testing::Values(
        ModelCase{"EntropyAtItsLimit", "el:s:2.8284271247461", {2, 1, 1}, {0, 0, 0}, true},
        ModelCase{"EntropyAboveItsLimit", "el:s:2.83", {2, 1, 1}, {0, 0, 0}, false},
        ModelCase{"RecursiveTwoHoldsAboveOne", "rl:s:1.01:2", {5, 3, 2}, {0, 0, 0}, true},
        ModelCase{"RecursiveTwoFailsAtOne", "rl:s:1:2", {5, 3, 2}, {0, 0, 0}, false},
        ModelCase{"RecursiveThreeHoldsAboveTwoAndAHalf", "rl:s:2.51:3", {5, 3, 2}, {0, 0, 0}, true},
        ModelCase{"RecursiveThreeFailsAtTwoAndAHalf", "rl:s:2.5:3", {5, 3, 2}, {0, 0, 0}, false},
        ModelCase{"RecursiveNeedsEnoughValues", "rl:s:100:3", {5, 3, 0}, {0, 0, 9}, false},
        ModelCase{"DistinctCountsValuesPresent", "dl:s:2", {5, 3, 0}, {0, 0, 9}, true},
        ModelCase{"DistinctIgnoresValuesElsewhere", "dl:s:3", {5, 3, 0}, {0, 0, 9}, false},
        // p = .9, q = .7: delta must exceed log2(9/7) = .3626; p = .1, q = .3: log2(3) = 1.58496.
        ModelCase{"DisclosureAboveTheLogRatio", "dd:s:1.585", {1, 9}, {29, 61}, true},
        ModelCase{"DisclosureBelowTheLogRatio", "dd:s:1.584", {1, 9}, {29, 61}, false},
        // p = .3, q = .1: beta needed 2, and -ln .1 = 2.30 does not bind.
        ModelCase{"LikenessAtItsBeta", "bl:s:2", {3, 7}, {7, 83}, true},
        ModelCase{"LikenessBelowItsBeta", "bl:s:1.99", {3, 7}, {7, 83}, false},
        // p = 1, q = .5: (p - q)/q = 1 > -ln .5 = .693 whatever beta.
        ModelCase{"EnhancedLikenessIsBoundByTheLogarithm", "bl:s:5", {4, 0}, {0, 4}, false}),
    [](const auto& info) { return std::string(info.param.name); });

TEST(OverallTest, TheSmallestClassesGoFirstAndNoMoreThanNeeded) {
  Case request;
  request.models = {*ParseModel("avg:0.3", "m")};
  // Sizes 2, 3, 5: average risk .3 holds. Sizes 1, 2, 3, 5: 4/11 > .3; without the 1 it holds.
  EXPECT_TRUE(OverallHolds(request, {{2, 1}, {3, 1}, {5, 1}}));
  EXPECT_FALSE(OverallHolds(request, {{1, 1}, {2, 1}, {3, 1}, {5, 1}}));
  const auto gone = OverallSuppression(request, {{5, 0, 0}, {3, 0, 1}, {1, 0, 2}, {2, 0, 3}});
  ASSERT_EQ(gone.size(), 1u);
  EXPECT_EQ(gone[0].index, 2u);
}

TEST(OverallTest, WithoutSampleUniquesNobodyIsEstimatedUnique) {
  EXPECT_EQ(PopulationUniqueShare({{2, 10}, {5, 3}}, 1e6), 0.0);
  // Half the population drawn and everyone alone: nearly all are alone in it.
  const auto share = PopulationUniqueShare({{1, 100}}, 200);
  ASSERT_TRUE(share.has_value());
  EXPECT_GT(*share, 0.9);
  EXPECT_LE(*share, 1.0);
}

}  // namespace
}  // namespace reprise::extract::anonymisation
