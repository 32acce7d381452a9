// SPDX-License-Identifier: Apache-2.0
// Against exact values and the design brief's table; the oracle's bands are tested beside the
// command line (clients/cli/offline/randomise/families_test.cc).
#include "services/cohort/domain/randomisation/simulate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numeric>

#include "services/cohort/domain/randomisation/guess.h"
#include "services/platform/error/error.h"

namespace reprise::randomisation {
namespace {

SimulationPlan PlanOf(Method method) {
  SimulationPlan plan;
  plan.design.method = method;
  plan.design.arms = {{.code = "A"}, {.code = "B"}};
  plan.design.factors = {{.name = "centre", .levels = {"1", "2", "3"}, .weight = 2},
                         {.name = "age", .levels = {"<50", "50+"}, .weight = 1}};
  plan.design.block_sizes = {4};
  plan.shares = {{0.5, 0.3, 0.2}, {0.55, 0.45}};
  plan.site_factor = 0;
  plan.participants = 120;
  plan.trials = 4000;
  return plan;
}

// Four standard errors of the mean, and a hair for means without spread.
double Band(const Estimate& estimate, int64_t trials) {
  return 4 * estimate.sd / std::sqrt(static_cast<double>(trials)) + 1e-12;
}

TEST(ConvergenceGuessTest, GivesThePublishedShares) {
  struct Case {
    int block_size;
    double share;
  };
  // tests/data/statistics/rand_blackwell_hodges_exact.csv
  for (const Case& c :
       {Case{2, 0.75}, Case{4, 0.708333333333333}, Case{6, 0.683333333333333},
        Case{8, 0.666071428571429}, Case{10, 0.653174603174603}, Case{12, 0.643037518037518}}) {
    EXPECT_NEAR(ConvergenceGuessShare(c.block_size), c.share, 1e-12) << c.block_size;
  }
}

// With one known block size both guessers are at the Blackwell-Hodges value: for two equal arms
// convergence is the best guess there is.
TEST(SimulateTest, MeetsTheExactGuessShareOfKnownBlocks) {
  for (const int size : {2, 4, 6, 8, 10, 12}) {
    SimulationPlan plan = PlanOf(Method::kBlocks);
    plan.design.block_sizes = {size};
    const auto result = Simulate(plan);
    ASSERT_TRUE(result.ok()) << result.status();
    const double exact = ConvergenceGuessShare(size);
    EXPECT_NEAR(result->guess_overall.mean, exact, Band(result->guess_overall, plan.trials))
        << size;
    EXPECT_NEAR(result->guess_all_seeing.mean, exact, Band(result->guess_all_seeing, plan.trials))
        << size;
    EXPECT_EQ(result->overall_imbalance.mean, 0) << size;
    EXPECT_NEAR(result->path_imbalance.mean, size / 2, 0.3 * size) << size;
  }
}

// Seeing everything is worth p for each decision that is not a tie and a half for each that is.
TEST(SimulateTest, TheAllSeeingGuesserOfMinimisationIsRightAsOftenAsTheCoinIs) {
  for (const double p : {0.7, 0.8, 0.9, 1.0}) {
    SimulationPlan plan = PlanOf(Method::kMinimisation);
    plan.design.p_high = p;
    const auto result = Simulate(plan);
    ASSERT_TRUE(result.ok()) << result.status();
    const double s = result->share_nontied->mean;
    EXPECT_NEAR(result->guess_all_seeing.mean, p * s + (1 - s) / 2,
                Band(result->guess_all_seeing, plan.trials));
    EXPECT_LT(result->guess_site->mean, result->guess_all_seeing.mean);
  }
}

// Not knowing where blocks end must cost something. For two equal arms counting is still the best:
// whatever the block, the arm behind has more slots left. With 2:1 it is not.
TEST(SimulateTest, RandomBlockSizesAreHarderThanKnownOnes) {
  SimulationPlan plan = PlanOf(Method::kBlocks);
  plan.design.block_sizes = {4, 6};
  const auto equal = Simulate(plan);
  ASSERT_TRUE(equal.ok()) << equal.status();
  EXPECT_LT(equal->guess_all_seeing.mean, ConvergenceGuessShare(4));
  EXPECT_NEAR(equal->guess_all_seeing.mean, equal->guess_overall.mean, 1e-12);
  plan.design.arms[0].ratio = 2;
  plan.design.block_sizes = {3, 6};
  const auto unequal = Simulate(plan);
  ASSERT_TRUE(unequal.ok()) << unequal.status();
  EXPECT_GT(unequal->guess_all_seeing.mean, unequal->guess_overall.mean + 0.01);
}

// By hand, sizes 2 and 4, equal arms. After A: the block of 2 has only B left, that of 4 has one A
// and two B: chance of A (1/2)(0) + (1/2)(1/3) = 1/6. After A, A only the block of 4 is possible:
// A cannot come. After A, A, B, B both sizes begin anew: 1/2.
TEST(BlockOracleTest, FollowsTheBlocksThatFit) {
  BlockOracle oracle({.ratio = {1, 1}, .sizes = {2, 4}});
  EXPECT_NEAR(oracle.Chances()[0], 0.5, 1e-12);
  oracle.See(0);
  EXPECT_NEAR(oracle.Chances()[0], 1.0 / 6, 1e-12);
  oracle.See(0);
  EXPECT_NEAR(oracle.Chances()[0], 0, 1e-12);
  oracle.See(1);
  EXPECT_NEAR(oracle.Chances()[1], 1, 1e-12);
  oracle.See(1);
  EXPECT_NEAR(oracle.Chances()[0], 0.5, 1e-12);
}

TEST(SimulateTest, NobodyGuessesAFairCoin) {
  const auto result = Simulate(PlanOf(Method::kSimple));
  for (const Estimate& guess :
       {result->guess_overall, *result->guess_site, result->guess_all_seeing}) {
    EXPECT_NEAR(guess.mean, 0.5, Band(guess, result->trials));
  }
  EXPECT_FALSE(result->share_nontied.has_value());
  // E|N_A - N_B| of 120 fair coins: 120 C(119, 59) / 2^119 = 8.7222 (mean absolute deviation).
  EXPECT_NEAR(result->overall_imbalance.mean, 8.7222,
              Band(result->overall_imbalance, result->trials));
}

TEST(SimulateTest, KeepsUnequalRatios) {
  for (const Method method : {Method::kSimple, Method::kBlocks, Method::kMinimisation}) {
    SimulationPlan plan = PlanOf(method);
    plan.design.arms = {
        {.code = "A", .ratio = 3}, {.code = "B", .ratio = 1}, {.code = "C", .ratio = 2}};
    plan.design.block_sizes = {6, 12};
    const auto result = Simulate(plan);
    ASSERT_TRUE(result.ok()) << result.status();
    EXPECT_NEAR(result->arm_share[0].mean, 3 / 6.0, 0.01);
    EXPECT_NEAR(result->arm_share[1].mean, 1 / 6.0, 0.01);
    EXPECT_NEAR(result->arm_share[2].mean, 2 / 6.0, 0.01);
  }
}

bool Same(const SimulationResult& a, const SimulationResult& b) {
  return a.overall_imbalance.mean == b.overall_imbalance.mean &&
         a.overall_imbalance.sd == b.overall_imbalance.sd &&
         a.guess_all_seeing.mean == b.guess_all_seeing.mean &&
         a.guess_site->sd == b.guess_site->sd &&
         a.max_marginal_imbalance.sd == b.max_marginal_imbalance.sd &&
         a.overall_histogram == b.overall_histogram && a.marginal_histogram == b.marginal_histogram;
}

TEST(SimulateTest, IsTheSameWhateverTheNumberOfThreads) {
  for (const Method method : {Method::kSimple, Method::kBlocks, Method::kMinimisation}) {
    SimulationPlan plan = PlanOf(method);
    plan.design.block_sizes = {4, 6};
    plan.design.strata = {"centre", "age"};
    plan.trials = 1001;  // not a whole number of chunks
    plan.threads = 1;
    const auto one = Simulate(plan);
    for (const int threads : {2, 3, 7, 64}) {
      plan.threads = threads;
      EXPECT_TRUE(Same(*one, *Simulate(plan))) << threads;
    }
    plan.seed = 2;
    EXPECT_FALSE(Same(*one, *Simulate(plan)));
  }
}

TEST(SimulateTest, HistogramsHoldEveryTrial) {
  const auto result = Simulate(PlanOf(Method::kMinimisation));
  for (const auto& histogram : {result->overall_histogram, result->marginal_histogram}) {
    EXPECT_EQ(std::accumulate(histogram.begin(), histogram.end(), int64_t{0}), 4000);
  }
  EXPECT_EQ(result->OverallAbove(1'000'000), 0);
  EXPECT_EQ(result->OverallAbove(-1), 1);
}

TEST(SimulateTest, OneTrialOfOneParticipantIsFinite) {
  SimulationPlan plan = PlanOf(Method::kMinimisation);
  plan.participants = 1;
  plan.trials = 1;
  const auto result = Simulate(plan);
  EXPECT_EQ(result->overall_imbalance.mean, 1);
  EXPECT_EQ(result->overall_imbalance.sd, 0);
}

struct Bad {
  const char* name;
  std::function<void(SimulationPlan&)> spoil;
  const char* path;
};

TEST(SimulateTest, NamesTheFaultyField) {
  for (const Bad& bad : {
           Bad{"percent",
               [](SimulationPlan& p) {
                 p.shares[1] = {55, 45};
               },
               "shares[age]"},
           Bad{"below 1",
               [](SimulationPlan& p) {
                 p.shares[1] = {0.5, 0.4};
               },
               "shares[age]"},
           Bad{"negative",
               [](SimulationPlan& p) {
                 p.shares[1] = {1.5, -0.5};
               },
               "shares[age]"},
           Bad{"one share", [](SimulationPlan& p) { p.shares[1] = {1}; }, "shares[age]"},
           Bad{"no shares", [](SimulationPlan& p) { p.shares.pop_back(); }, "shares"},
           Bad{"centre unknown", [](SimulationPlan& p) { p.site_factor = 2; }, "site_factor"},
           Bad{"nobody", [](SimulationPlan& p) { p.participants = 0; }, "participants"},
           Bad{"no trial", [](SimulationPlan& p) { p.trials = 0; }, "trials"},
           Bad{"endless",
               [](SimulationPlan& p) {
                 p.trials = 10'000'000;
                 p.participants = 100'000;
               },
               "trials"},
           Bad{"threads", [](SimulationPlan& p) { p.threads = -1; }, "threads"},
           Bad{"design", [](SimulationPlan& p) { p.design.p_high = 80; }, "p_high"},
       }) {
    SimulationPlan plan = PlanOf(Method::kMinimisation);
    bad.spoil(plan);
    const absl::Status status = Simulate(plan).status();
    ASSERT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << bad.name;
    EXPECT_EQ(error::DetailOf(status).violations[0].path, bad.path) << bad.name;
  }
}

}  // namespace
}  // namespace reprise::randomisation
