// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/monitoring/cluster_correlation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "services/platform/error/error.h"

namespace reprise::monitoring {
namespace {

using ::testing::DoubleNear;
using ::testing::Optional;
using Names = std::vector<std::string>;
using Values = std::vector<Recorded>;

// Clusters {1, 3} and {5, 7, 9}: means 2 and 7, grand mean 5, MSB = 2*9 + 3*4 = 30,
// MSW = (2 + 8) / 3, n0 = 5 - 13/5 = 2.4, F = 9.
TEST(ClusterCorrelationTest, FollowsTheHandWorkedExample) {
  const auto result = ClusterCorrelationOf(Names{"a", "b", "a", "b", "b", "c"},
                                           Values{1, 5, 3, 7, 9, std::nullopt});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->clusters, 2);
  EXPECT_EQ(result->total, 5);
  EXPECT_THAT(result->between, Optional(DoubleNear(30, 1e-13)));
  EXPECT_THAT(result->within, Optional(DoubleNear(10.0 / 3, 1e-14)));
  EXPECT_THAT(result->typical_size, Optional(DoubleNear(2.4, 1e-15)));
  EXPECT_THAT(result->f, Optional(DoubleNear(9, 1e-13)));
  const double icc = (30 - 10.0 / 3) / (30 + 1.4 * 10 / 3);
  EXPECT_THAT(result->estimate, Optional(DoubleNear(icc, 1e-14)));
  const double cv = std::sqrt(0.5) / 2.5;
  EXPECT_THAT(result->size_variation, Optional(DoubleNear(cv, 1e-15)));
  EXPECT_THAT(result->design_effect,
              Optional(DoubleNear(1 + ((cv * cv + 1) * 2.5 - 1) * icc, 1e-14)));
  // F(1, 3) quantiles of the tables: 17.443 at .975; below, 0.00119 at .025.
  EXPECT_THAT(result->lower, Optional(DoubleNear((9 / 17.443 - 1) / (9 / 17.443 + 1.4), 1e-4)));
  EXPECT_GT(*result->upper, 0.99);
  EXPECT_LT(*result->upper, 1);
}

TEST(ClusterCorrelationTest, ShowsANegativeEstimateAndUsesZero) {
  const auto result =
      ClusterCorrelationOf(Names{"a", "a", "b", "b"}, Values{0, 10, 1, 9});  // equal means
  EXPECT_THAT(result->estimate, Optional(DoubleNear(-1, 1e-15)));            // -MSW / ((2 - 1) MSW)
  EXPECT_THAT(result->truncated, Optional(0.0));
  EXPECT_THAT(result->design_effect, Optional(1.0));
}

TEST(ClusterCorrelationTest, LeavesEmptyWhatCannotBeComputed) {
  const auto one = ClusterCorrelationOf(Names{"a", "a", "a"}, Values{1, 2, 4});
  EXPECT_EQ(one->clusters, 1);
  EXPECT_TRUE(one->within.has_value());
  EXPECT_THAT(one->mean_size, Optional(3.0));
  EXPECT_EQ(one->between, std::nullopt);
  EXPECT_EQ(one->size_variation, std::nullopt);
  EXPECT_EQ(one->estimate, std::nullopt);
  EXPECT_EQ(one->lower, std::nullopt);

  const auto singletons = ClusterCorrelationOf(Names{"a", "b", "c"}, Values{1, 2, 4});
  EXPECT_EQ(singletons->within, std::nullopt);
  EXPECT_EQ(singletons->estimate, std::nullopt);

  const auto constant = ClusterCorrelationOf(Names{"a", "a", "b", "b"}, Values{.1, .1, .1, .1});
  EXPECT_THAT(constant->within, Optional(0.0));
  EXPECT_EQ(constant->f, std::nullopt);
  EXPECT_EQ(constant->estimate, std::nullopt);
  EXPECT_EQ(constant->design_effect, std::nullopt);

  const auto alike_inside = ClusterCorrelationOf(Names{"a", "a", "b", "b"}, Values{1, 1, 3, 3});
  EXPECT_THAT(alike_inside->estimate, Optional(1.0));
  EXPECT_EQ(alike_inside->f, std::nullopt);
  EXPECT_EQ(alike_inside->upper, std::nullopt);

  EXPECT_EQ(ClusterCorrelationOf(Names{}, Values{})->mean_size, std::nullopt);
  const auto huge =
      ClusterCorrelationOf(Names{"a", "a", "b", "b"}, Values{1e308, -1e308, 1e308, 0});
  EXPECT_EQ(huge->estimate, std::nullopt);
}

TEST(ClusterCorrelationTest, RefusesListsOfDifferentLength) {
  const auto result = ClusterCorrelationOf(Names{"a", "b"}, Values{1});
  EXPECT_EQ(error::ReasonOf(result.status()), "LENGTHS_DIFFER");
  EXPECT_EQ(error::DetailOf(result.status()).violations.at(0).path, "value");
}

TEST(ClusterCorrelationTest, DoesNotDependOnOrderOrNames) {
  const auto one = ClusterCorrelationOf(Names{"a", "a", "b", "b", "b"}, Values{1, 4, 2, 8, 9});
  const auto other = ClusterCorrelationOf(Names{"x", "k", "x", "k", "x"}, Values{8, 1, 2, 4, 9});
  EXPECT_NEAR(*one->estimate, *other->estimate, 1e-14);
  EXPECT_NEAR(*one->upper, *other->upper, 1e-14);
}

}  // namespace
}  // namespace reprise::monitoring
