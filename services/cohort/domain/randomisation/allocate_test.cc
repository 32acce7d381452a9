// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/randomisation/allocate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "services/cohort/domain/randomisation/minimise.h"
#include "services/cohort/domain/randomisation/simulation_source.h"
#include "services/platform/error/error.h"

namespace reprise::randomisation {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::Pointwise;

constexpr double kNear = 1e-12;

Design ThreeArms(std::vector<int> ratio, Measure measure) {
  Design design;
  design.measure = measure;
  for (size_t k = 0; k < ratio.size(); ++k) {
    design.arms.push_back({.code = std::string(1, static_cast<char>('A' + k)), .ratio = ratio[k]});
  }
  design.factors = {{.name = "CENTRE", .levels = {"1", "2", "3"}, .weight = 2.5},
                    {.name = "AGE", .levels = {"<50", "50+"}, .weight = 1}};
  return design;
}

struct Person {
  std::vector<int> levels;
  int arm;
};

std::vector<Person> SomePast(int count, int arms, uint64_t seed) {
  SimulationSource source(seed, 0);
  std::vector<Person> past;
  for (int i = 0; i < count; ++i) {
    past.push_back(
        {.levels = {static_cast<int>(source.Below(3)), static_cast<int>(source.Below(2))},
         .arm = static_cast<int>(source.Below(static_cast<uint32_t>(arms)))});
  }
  return past;
}

HistoryCounts CountsOf(const Design& design, const std::vector<Person>& past) {
  HistoryCounts counts(design);
  for (const Person& person : past) counts.Add(person.levels, person.arm);
  return counts;
}

// Ties by hand, three equal arms, p = 0.8: two preferred share 0.8, the third has 0.2.
TEST(ProbabilitiesTest, ShareTheChanceAmongTiedEqualArms) {
  const ArmValues shared = SharedProbabilities({1, 1, 1}, 0b101, 0.8);
  EXPECT_THAT(shared[0], DoubleNear(0.4, kNear));
  EXPECT_THAT(shared[1], DoubleNear(0.2, kNear));
  EXPECT_THAT(shared[2], DoubleNear(0.4, kNear));
}

// By hand for ratio 2:2:1, p = 0.9, S = 4. B alone: 1 - 0.1 * 3/4 = 0.925, A 0.1 * 2/4, C 0.1 *
// 1/4. A and C tied: weights 2/3 and 1/3 of (0.925, 0.05, 0.025) and (0.05, 0.05, 0.9).
TEST(ProbabilitiesTest, FollowTheBiasedCoinForUnequalRatios) {
  const ArmValues alone = BiasedCoinProbabilities({2, 2, 1}, 0b010, 0.9);
  EXPECT_THAT(alone[0], DoubleNear(0.05, kNear));
  EXPECT_THAT(alone[1], DoubleNear(0.925, kNear));
  EXPECT_THAT(alone[2], DoubleNear(0.025, kNear));
  const ArmValues tied = BiasedCoinProbabilities({2, 2, 1}, 0b101, 0.9);
  EXPECT_THAT(tied[0], DoubleNear((2 * 0.925 + 0.05) / 3, kNear));
  EXPECT_THAT(tied[1], DoubleNear(0.05, kNear));
  EXPECT_THAT(tied[2], DoubleNear((2 * 0.025 + 0.9) / 3, kNear));
}

// Averaged over which arm is preferred, each with the share of its ratio, the biased coin must give
// the ratio back: its reason to exist.
TEST(ProbabilitiesTest, KeepTheTargetRatioOnAverage) {
  const std::vector<int> ratio = {3, 1, 2};
  ArmValues mean{};
  for (size_t i = 0; i < 3; ++i) {
    const ArmValues chances = BiasedCoinProbabilities(ratio, ArmSet{1} << i, 0.85);
    for (size_t k = 0; k < 3; ++k) mean[k] += ratio[i] / 6.0 * chances[k];
  }
  for (size_t k = 0; k < 3; ++k) EXPECT_THAT(mean[k], DoubleNear(ratio[k] / 6.0, kNear));
}

TEST(ProbabilitiesTest, AddUpToOneForEverySetRatioAndChance) {
  for (const std::vector<int>& ratio : {std::vector<int>{1, 1}, {2, 1}, {1, 1, 1}, {5, 3, 2, 1}}) {
    for (ArmSet set = 1; set < ArmSet{1} << ratio.size(); ++set) {
      for (const double p : {0.5, 0.8, 1.0}) {
        for (const ArmValues& chances :
             {SharedProbabilities(ratio, set, p), BiasedCoinProbabilities(ratio, set, p)}) {
          EXPECT_NEAR(std::accumulate(chances.begin(), chances.end(), 0.0), 1, kNear);
          EXPECT_GE(*std::min_element(chances.begin(), chances.end()), 0);
        }
      }
    }
  }
}

TEST(PickArmTest, GivesTheStretchThatHoldsU) {
  const ArmValues chances = {0.2, 0, 0.3, 0.5};
  EXPECT_EQ(PickArm(chances, 4, 0), 0);
  EXPECT_EQ(PickArm(chances, 4, 0.2), 2);
  EXPECT_EQ(PickArm(chances, 4, 0.49), 2);
  EXPECT_EQ(PickArm(chances, 4, 0.5), 3);
  // What rounding leaves goes to the last arm that has a chance.
  EXPECT_EQ(PickArm({0.5, 0.5 - 1e-16, 0}, 3, std::nextafter(1.0, 0.0)), 1);
}

TEST(DecideAllocationTest, GivesTheRatioWithoutHistory) {
  const Design design = ThreeArms({2, 2, 1}, Measure::kRange);
  const auto decision = DecideAllocation(design, HistoryCounts(design), {0, 1}, 0.5);
  ASSERT_TRUE(decision.ok()) << decision.status();
  EXPECT_THAT(decision->preferred, ElementsAre(0, 1));  // C's first step of 1/1 is the longest
  Design equal = ThreeArms({1, 1, 1}, Measure::kVariance);
  const auto tied = DecideAllocation(equal, HistoryCounts(equal), {0, 1}, 0.5);
  EXPECT_THAT(tied->preferred, ElementsAre(0, 1, 2));
  EXPECT_THAT(tied->probabilities, Pointwise(DoubleNear(kNear), {1 / 3.0, 1 / 3.0, 1 / 3.0}));
  EXPECT_EQ(tied->arm, 1);
}

TEST(DecideAllocationTest, IsAWeightedCoinForSimpleRandomisation) {
  Design design = ThreeArms({2, 1, 1}, Measure::kRange);
  design.method = Method::kSimple;
  const HistoryCounts counts = CountsOf(design, SomePast(50, 3, 1));
  const auto decision = DecideAllocation(design, counts, {0, 1}, 0.74);
  EXPECT_THAT(decision->probabilities, ElementsAre(0.5, 0.25, 0.25));
  EXPECT_TRUE(decision->scores.empty());
  EXPECT_EQ(decision->arm, 1);
}

// Renaming arms permutes scores, preferred set and chances; ratios move with their arm.
TEST(DecideAllocationTest, PermutesWithTheArms) {
  const std::vector<std::vector<int>> orders = {
      {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
  for (const Measure measure : {Measure::kRange, Measure::kVariance, Measure::kStandardDeviation,
                                Measure::kMarginalBalance}) {
    for (const std::vector<int>& ratio : {std::vector<int>{1, 1, 1}, {3, 2, 1}}) {
      const Design design = ThreeArms(ratio, measure);
      for (uint64_t seed = 0; seed < 40; ++seed) {
        const std::vector<Person> past = SomePast(static_cast<int>(seed), 3, seed);
        const auto plain = DecideAllocation(design, CountsOf(design, past), {1, 1}, 0.3);
        ASSERT_TRUE(plain.ok());
        for (const std::vector<int>& to : orders) {  // arm k becomes arm to[k]
          std::vector<int> moved_ratio(3);
          for (size_t k = 0; k < 3; ++k) moved_ratio[static_cast<size_t>(to[k])] = ratio[k];
          std::vector<Person> moved = past;
          for (Person& person : moved) person.arm = to[static_cast<size_t>(person.arm)];
          const Design other = ThreeArms(moved_ratio, measure);
          const auto renamed = DecideAllocation(other, CountsOf(other, moved), {1, 1}, 0.3);
          ASSERT_TRUE(renamed.ok());
          for (size_t k = 0; k < 3; ++k) {
            const auto t = static_cast<size_t>(to[k]);
            EXPECT_NEAR(plain->scores[k], renamed->scores[t], kNear);
            EXPECT_NEAR(plain->probabilities[k], renamed->probabilities[t], kNear);
          }
          EXPECT_EQ(plain->preferred.size(), renamed->preferred.size());
        }
      }
    }
  }
}

TEST(DecideAllocationTest, DoesNotDependOnTheOrderOfThePast) {
  const Design design = ThreeArms({2, 1, 1}, Measure::kStandardDeviation);
  std::vector<Person> past = SomePast(80, 3, 7);
  const auto forwards = DecideAllocation(design, CountsOf(design, past), {2, 0}, 0.9);
  std::reverse(past.begin(), past.end());
  const auto backwards = DecideAllocation(design, CountsOf(design, past), {2, 0}, 0.9);
  EXPECT_EQ(forwards->scores, backwards->scores);
  EXPECT_EQ(forwards->arm, backwards->arm);
}

// Weights 0.1 + 0.2 against 0.3 are not equal as binary numbers, but are a tie all the same.
TEST(DecideAllocationTest, TiesWithinTheToleranceAreTies) {
  Design design;
  design.arms = {{.code = "A"}, {.code = "B"}};
  design.factors = {{.name = "X", .levels = {"0"}, .weight = 0.1},
                    {.name = "Y", .levels = {"0", "1"}, .weight = 0.2},
                    {.name = "Z", .levels = {"0", "1"}, .weight = 0.3}};
  HistoryCounts counts(design);
  counts.Add({0, 0, 1}, 0);  // A leads X and Y by 1
  counts.Add({0, 1, 0}, 1);  // B leads Z by 1
  counts.Add({0, 1, 1}, 0);
  const auto decision = DecideAllocation(design, counts, {0, 0, 0}, 0.5);
  ASSERT_TRUE(decision.ok()) << decision.status();
  // A: 0.1*2 + 0.2*2 + 0.3*0; B: 0.1*0 + 0.2*0 + 0.3*2.
  EXPECT_THAT(decision->scores, Pointwise(DoubleNear(kNear), {0.6, 0.6}));
  EXPECT_THAT(decision->preferred, ElementsAre(0, 1));
}

TEST(DecideAllocationTest, RefusesWhatItCannotDecide) {
  const Design design = ThreeArms({1, 1, 1}, Measure::kRange);
  const HistoryCounts counts(design);
  const auto reason = [&](const Design& d, const HistoryCounts& h, std::vector<int> levels,
                          double u) {
    return error::ReasonOf(DecideAllocation(d, h, levels, u).status());
  };
  EXPECT_EQ(reason(design, counts, {0}, 0.5), "LEVEL_UNKNOWN");
  EXPECT_EQ(reason(design, counts, {0, 2}, 0.5), "LEVEL_UNKNOWN");
  EXPECT_EQ(reason(design, counts, {-1, 0}, 0.5), "LEVEL_UNKNOWN");
  EXPECT_EQ(reason(design, counts, {0, 0}, 1), "UNIFORM_OUT_OF_RANGE");
  EXPECT_EQ(reason(design, counts, {0, 0}, -0.1), "UNIFORM_OUT_OF_RANGE");
  EXPECT_EQ(reason(design, counts, {0, 0}, std::numeric_limits<double>::quiet_NaN()),
            "UNIFORM_OUT_OF_RANGE");
  HistoryCounts torn(design);
  torn.Set(0, 1, 2, 5);  // a level's count without its total
  EXPECT_EQ(reason(design, torn, {0, 0}, 0.5), "HISTORY_MISMATCH");
  HistoryCounts below(design);
  below.Add({0, 0}, 0, -1);
  EXPECT_EQ(reason(design, below, {0, 0}, 0.5), "HISTORY_MISMATCH");
  Design other = design;
  other.factors[1].levels.push_back("unknown");
  EXPECT_EQ(reason(other, counts, {0, 0}, 0.5), "HISTORY_MISMATCH");
  Design blocks = design;
  blocks.method = Method::kBlocks;
  blocks.block_sizes = {3};
  EXPECT_EQ(reason(blocks, counts, {0, 0}, 0.5), "METHOD_UNSUITABLE");
  Design invalid = design;
  invalid.p_high = 80;
  EXPECT_EQ(reason(invalid, counts, {0, 0}, 0.5), "DESIGN_INVALID");
}

TEST(DecideAllocationTest, StaysFiniteAtTheLimits) {
  Design design = ThreeArms({97, 89, 100}, Measure::kVariance);
  for (const Measure measure : {Measure::kVariance, Measure::kStandardDeviation,
                                Measure::kMarginalBalance, Measure::kRange}) {
    design.measure = measure;
    design.factors[0].weight = kMaxWeight;
    HistoryCounts counts(design);
    counts.Add({0, 0}, 0, kMaxParticipants);
    const auto decision = DecideAllocation(design, counts, {0, 0}, 0.99);
    ASSERT_TRUE(decision.ok()) << decision.status();
    for (const double score : decision->scores) EXPECT_TRUE(std::isfinite(score) && score >= 0);
    EXPECT_NE(decision->arm, 0);
  }
}

}  // namespace
}  // namespace reprise::randomisation
