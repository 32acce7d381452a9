// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/phase/domain/survival/cox.h"
#include "services/phase/domain/survival/fixtures.h"
#include "services/phase/domain/survival/gray.h"
#include "services/phase/domain/survival/log_rank.h"
#include "services/platform/error/error.h"

namespace reprise::survival {
namespace {

using ::testing::DoubleNear;
using ::testing::Optional;

TEST(LogRankTest, GivesThePublishedFiguresOfTheLeukaemiaTrial) {
  const auto result = LogRankOf(Together({Mercaptopurine(), Placebo()}), 2);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->observed[0], 9);
  EXPECT_NEAR(result->expected[0], 19.25, 0.005);
  EXPECT_EQ(result->observed[1], 21);
  EXPECT_NEAR(result->expected[1], 10.75, 0.005);
  EXPECT_NEAR(result->variance[0], 6.257, 0.0005);
  EXPECT_THAT(result->test.chi_square, Optional(DoubleNear(16.79, 0.005)));
  EXPECT_EQ(result->test.df, 1);
}

// By hand: A has an event at 1, B at 2; (O-E) of A is 1 - 1/2, V is 1/4 + 0.
TEST(LogRankTest, FollowsTheHandWorkedExample) {
  const auto result = LogRankOf(Together({Cohort({{1, 1}}), Cohort({{2, 1}})}), 2);
  EXPECT_EQ(result->expected[0], 0.5);
  EXPECT_EQ(result->variance[0], 0.25);
  EXPECT_THAT(result->test.chi_square, Optional(DoubleNear(1, 1e-15)));
  EXPECT_THAT(result->test.p, Optional(DoubleNear(0.317310507862914, 1e-13)));  // 2 (1 - Phi(1))
}

TEST(LogRankTest, AStratumWithOneGroupOnlyAddsNothing) {
  auto members = Together({Mercaptopurine(), Placebo()});
  const auto plain = LogRankOf(members, 2);
  for (const auto& [time, status] : {std::pair{3.0, 1}, std::pair{9.0, 1}, std::pair{12.0, 0}}) {
    members.push_back({.observation = Cohort({{time, status}})[0], .group = 1, .stratum = 7});
  }
  const auto stratified = LogRankOf(members, 2);
  EXPECT_EQ(*stratified->test.chi_square, *plain->test.chi_square);
  EXPECT_EQ(stratified->observed[1], plain->observed[1] + 2);
}

TEST(LogRankTest, ThreeGroupsHaveTwoDegreesOfFreedom) {
  // R 4.2, survival 3.5: survdiff(Surv(c(1,3,5,7,2,4,6,9,1,1,2,8), c(1,1,0,1,1,0,1,1,1,1,1,0)) ~
  // g).
  const auto result = LogRankOf(
      Together({Cohort({{1, 1}, {3, 1}, {5, 0}, {7, 1}}), Cohort({{2, 1}, {4, 0}, {6, 1}, {9, 1}}),
                Cohort({{1, 1}, {1, 1}, {2, 1}, {8, 0}})}),
      3);
  EXPECT_EQ(result->test.df, 2);
  EXPECT_THAT(result->test.chi_square, Optional(DoubleNear(0.8815666241577134, 1e-12)));
}

TEST(LogRankTest, IsEmptyWhereNothingCanBeCompared) {
  struct Case {
    const char* name;
    std::vector<std::vector<Observation>> groups;
  };
  for (const Case& empty :
       {Case{"nobody", {{}, {}}}, Case{"one group", {Placebo(), {}}},
        Case{"no events", {Cohort({{1, 0}, {2, 2}}), Cohort({{3, 0}})}},
        Case{"all events after one group left", {Cohort({{1, 0}}), Cohort({{3, 1}, {4, 1}})}}}) {
    const auto result = LogRankOf(Together(empty.groups), 2);
    ASSERT_TRUE(result.ok()) << empty.name;
    EXPECT_EQ(result->test.chi_square, std::nullopt) << empty.name;
    EXPECT_EQ(result->test.p, std::nullopt) << empty.name;
  }
}

TEST(LogRankTest, RefusesAGroupThatDoesNotExist) {
  const auto members = Together({Placebo(), Placebo(), Placebo()});
  const auto result = LogRankOf(members, 2);
  EXPECT_EQ(error::ReasonOf(result.status()), "GROUP_OUT_OF_RANGE");
}

TEST(CoxTest, GivesThePublishedFiguresOfTheLeukaemiaTrial) {
  const auto members = Together({Mercaptopurine(), Placebo()});
  const auto efron = CoxTwoGroups(members, Ties::kEfron);
  EXPECT_NEAR((*efron)->log_ratio, 1.572, 0.0005);
  EXPECT_NEAR((*efron)->standard_error, 0.412, 0.0005);
  const auto breslow = CoxTwoGroups(members, Ties::kBreslow);
  EXPECT_NEAR((*breslow)->log_ratio, 1.509, 0.0005);
  EXPECT_NEAR((*breslow)->standard_error, 0.410, 0.0005);
}

TEST(CoxTest, IsEmptyWhereTheMaximumIsNotFinite) {
  struct Case {
    const char* name;
    std::vector<std::vector<Observation>> groups;
  };
  for (const Case& empty :
       {Case{"nobody", {{}, {}}}, Case{"no events", {Cohort({{1, 0}}), Cohort({{3, 0}})}},
        Case{"no event in one group", {Cohort({{1, 0}, {9, 0}}), Cohort({{3, 1}, {4, 1}})}},
        Case{"one group wholly first", {Cohort({{1, 1}, {2, 1}}), Cohort({{3, 1}, {4, 1}})}}}) {
    for (const Ties ties : {Ties::kEfron, Ties::kBreslow}) {
      const auto result = CoxTwoGroups(Together(empty.groups), ties);
      ASSERT_TRUE(result.ok()) << empty.name;
      EXPECT_FALSE(result->has_value()) << empty.name;
    }
  }
}

TEST(GrayTest, AgreesWithCmprskOnTiesAndThreeGroups) {
  // R 4.2, cmprsk 2.2-11: cuminc(time, status, group)$Tests[1, ].
  const auto result = GrayTest(Together({Cohort({{1, 2}, {3, 1}, {5, 0}, {7, 2}, {7, 1}, {3, 2}}),
                                         Cohort({{2, 1}, {4, 0}, {6, 1}, {9, 1}, {3, 2}, {3, 1}}),
                                         Cohort({{1, 1}, {1, 1}, {2, 1}, {8, 0}, {2, 2}, {1, 1}})}),
                               3);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->df, 2);
  EXPECT_THAT(result->chi_square, Optional(DoubleNear(1.711142639759363, 1e-12)));
}

TEST(GrayTest, IsEmptyWhereNothingCanBeCompared) {
  EXPECT_EQ(GrayTest(Together({Placebo(), {}}), 2)->chi_square, std::nullopt);
  EXPECT_EQ(GrayTest(Together({{}, {}}), 2)->chi_square, std::nullopt);
  EXPECT_EQ(GrayTest(Together({Cohort({{1, 2}}), Cohort({{2, 0}})}), 2)->chi_square, std::nullopt);
}

}  // namespace
}  // namespace reprise::survival
