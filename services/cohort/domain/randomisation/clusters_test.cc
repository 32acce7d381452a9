// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/randomisation/clusters.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "absl/strings/str_cat.h"

#include "services/cohort/domain/randomisation/simulation_source.h"
#include "services/platform/error/error.h"

namespace reprise::randomisation {
namespace {

Seed SeedOf(uint8_t byte) {
  std::array<uint8_t, Seed::kBytes> bytes{};
  bytes.fill(byte);
  return Seed(bytes);
}

ClusterPlan PlanOf(int clusters) {
  ClusterPlan plan;
  plan.arms = {{.code = "A"}, {.code = "B"}};
  plan.covariates = {"size"};
  plan.weights = {1};
  for (int i = 0; i < clusters; ++i) {
    plan.clusters.push_back(
        {.code = absl::StrCat("GP", i), .covariates = {static_cast<double>(i)}});
  }
  plan.keep_share = 0.2;
  return plan;
}

// 12 clusters in two arms: 12! / (6! 6!) = 924 allocations. Values 0..11, SD^2 = 143/11 = 13; the
// score is ((sum of A - sum of B) / 6)^2 / 13, at best 0 as the sums can be 33 each.
TEST(RandomiseClustersTest, EnumeratesKeepsTheBestAndScoresByHand) {
  const ClusterPlan plan = PlanOf(12);
  const auto result = RandomiseClusters(plan, SeedOf(1));
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_TRUE(result->enumerated);
  EXPECT_EQ(result->candidates, 924);
  EXPECT_GE(result->admissible, 185);  // 20 % of 924, and ties at the cut
  EXPECT_EQ(std::count(result->arms.begin(), result->arms.end(), 0), 6);
  double a = 0, b = 0;
  for (size_t i = 0; i < 12; ++i) (result->arms[i] == 0 ? a : b) += static_cast<double>(i);
  EXPECT_NEAR(result->score, (a - b) * (a - b) / 36 / 13, 1e-12);
  EXPECT_LE(result->score, result->cut + 1e-9);
  EXPECT_LT(result->cut, result->median_score);
}

// All allocations are as likely: over many seeds each of the admissible ones comes, and cluster 0
// is in arm A about half the time (binomial, 400 seeds: sd 10).
TEST(RandomiseClustersTest, ChoosesFairlyOverSeeds) {
  ClusterPlan plan = PlanOf(10);
  plan.keep_share = 1;
  int in_a = 0;
  for (int i = 0; i < 400; ++i) {
    std::array<uint8_t, Seed::kBytes> bytes{};
    bytes[0] = static_cast<uint8_t>(i);
    bytes[1] = static_cast<uint8_t>(i >> 8);
    in_a += RandomiseClusters(plan, Seed(bytes))->arms[0] == 0 ? 1 : 0;
  }
  EXPECT_NEAR(in_a, 200, 50);
}

TEST(RandomiseClustersTest, SamplesWhereThereAreTooManyToEnumerate) {
  ClusterPlan plan = PlanOf(40);
  plan.candidates = 5000;
  const auto result = RandomiseClusters(plan, SeedOf(3));
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_FALSE(result->enumerated);
  EXPECT_GT(result->candidates, 4900);
  EXPECT_EQ(RandomiseClusters(plan, SeedOf(3))->arms, result->arms);
  EXPECT_NE(RandomiseClusters(plan, SeedOf(4))->arms, result->arms);
}

TEST(RandomiseClustersTest, FollowsTheRatioAndDrawsWhoGetsTheRest) {
  ClusterPlan plan = PlanOf(13);
  plan.arms[0].ratio = 2;  // 13 = 8 + 4 and one left over
  const auto result = RandomiseClusters(plan, SeedOf(3));
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->arm_sizes[0] + result->arm_sizes[1], 13);
  EXPECT_GE(result->arm_sizes[0], 8);
  EXPECT_GE(result->arm_sizes[1], 4);
}

TEST(RandomiseClustersTest, AConstantCovariateBalancesNothing) {
  ClusterPlan plan = PlanOf(12);
  for (Cluster& cluster : plan.clusters) cluster.covariates[0] = 7;
  const auto result = RandomiseClusters(plan, SeedOf(1));
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->score, 0);
  EXPECT_EQ(result->admissible, 924);
}

TEST(RandomiseClustersTest, HugeValuesStayFinite) {
  ClusterPlan plan = PlanOf(12);
  for (size_t i = 0; i < 12; ++i) plan.clusters[i].covariates[0] = i % 2 == 0 ? 1e99 : -1e99;
  EXPECT_TRUE(std::isfinite(RandomiseClusters(plan, SeedOf(1))->score));
}

// Two clusters far from the rest: every well-balanced allocation keeps them apart.
TEST(RandomiseClustersTest, TellsWhenPairsAreNeverTogether) {
  ClusterPlan plan = PlanOf(12);
  for (Cluster& cluster : plan.clusters) cluster.covariates[0] = 0;
  plan.clusters[0].covariates[0] = plan.clusters[1].covariates[0] = 1000;
  const auto result = RandomiseClusters(plan, SeedOf(1));
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->pairs_never_together, 1);
  EXPECT_EQ(result->pairs_always_together, 0);
}

TEST(RandomiseClustersTest, RefusesAChoiceAmongTooFew) {
  const absl::Status status = RandomiseClusters(PlanOf(8), SeedOf(1)).status();  // 70 in all
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(error::ReasonOf(status), "TOO_FEW_ALLOCATIONS");
}

struct Bad {
  const char* name;
  std::function<void(ClusterPlan&)> spoil;
  const char* path;
};

TEST(RandomiseClustersTest, NamesTheFaultyField) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const Bad& bad : {
           Bad{"one cluster", [](ClusterPlan& p) { p.clusters.resize(1); }, "clusters"},
           Bad{"same code", [](ClusterPlan& p) { p.clusters[1].code = "GP0"; }, "clusters[GP0]"},
           Bad{"no code", [](ClusterPlan& p) { p.clusters[1].code = ""; }, "clusters[1].code"},
           Bad{"value missing", [](ClusterPlan& p) { p.clusters[1].covariates.clear(); },
               "clusters[GP1]"},
           Bad{"not a number", [=](ClusterPlan& p) { p.clusters[1].covariates[0] = nan; },
               "clusters[GP1].size"},
           Bad{"weights too many", [](ClusterPlan& p) { p.weights.push_back(1); }, "weights"},
           Bad{"weight below 0", [](ClusterPlan& p) { p.weights[0] = -1; }, "weights[size]"},
           Bad{"all weights 0", [](ClusterPlan& p) { p.weights[0] = 0; }, "weights"},
           Bad{"share in percent", [](ClusterPlan& p) { p.keep_share = 10; }, "keep_share"},
           Bad{"share 0", [](ClusterPlan& p) { p.keep_share = 0; }, "keep_share"},
           Bad{"candidates few", [](ClusterPlan& p) { p.candidates = 10; }, "candidates"},
           Bad{"no minimum", [](ClusterPlan& p) { p.min_admissible = 0; }, "min_admissible"},
           Bad{"one arm", [](ClusterPlan& p) { p.arms.pop_back(); }, "arms"},
           Bad{"arm without cluster", [](ClusterPlan& p) { p.arms[0].ratio = 100; }, "clusters"},
       }) {
    ClusterPlan plan = PlanOf(12);
    bad.spoil(plan);
    const absl::Status status = RandomiseClusters(plan, SeedOf(1)).status();
    ASSERT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << bad.name;
    EXPECT_EQ(error::DetailOf(status).violations[0].path, bad.path) << bad.name;
  }
}

TEST(RandomiseWedgeTest, DealsClustersEvenlyInSeededOrder) {
  std::vector<std::string> clusters;
  for (int i = 0; i < 11; ++i) clusters.push_back(absl::StrCat("H", i));
  const auto steps = RandomiseWedge(clusters, 4, SeedOf(9));
  ASSERT_TRUE(steps.ok()) << steps.status();
  for (int step = 1; step <= 4; ++step) {
    EXPECT_EQ(std::count(steps->begin(), steps->end(), step), step <= 3 ? 3 : 2);
  }
  EXPECT_EQ(*RandomiseWedge(clusters, 4, SeedOf(9)), *steps);
  EXPECT_NE(*RandomiseWedge(clusters, 4, SeedOf(10)), *steps);
}

TEST(RandomiseWedgeTest, RefusesStepsWithoutClusters) {
  const std::vector<std::string> clusters = {"H1", "H2"};
  for (const int steps : {0, -1, 3}) {
    EXPECT_EQ(error::ReasonOf(RandomiseWedge(clusters, steps, SeedOf(1)).status()),
              "CLUSTERS_INVALID");
  }
  const std::vector<std::string> twins = {"H1", "H1"};
  EXPECT_EQ(error::ReasonOf(RandomiseWedge(twins, 1, SeedOf(1)).status()), "CLUSTERS_INVALID");
}

}  // namespace
}  // namespace reprise::randomisation
