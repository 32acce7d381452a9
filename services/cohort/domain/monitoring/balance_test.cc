// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/monitoring/balance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "services/platform/error/error.h"

namespace reprise::monitoring {
namespace {

using ::testing::DoubleNear;
using ::testing::Optional;
using Values = std::vector<Recorded>;
using Texts = std::vector<std::string>;

// Means 2 and 5, variances 1 and 4: d = 3 / sqrt(2.5).
TEST(BalanceTest, DividesTheDifferenceOfMeansByTheMeanSpread) {
  const auto balance = NumericBalance(Values{1, std::nullopt, 2, 3}, Values{3, 5, 7});
  ASSERT_TRUE(balance.ok()) << balance.status();
  EXPECT_EQ(balance->recorded[0], 3);
  EXPECT_EQ(balance->missing[0], 1);
  EXPECT_EQ(balance->missing[1], 0);
  const double d = 3 / std::sqrt(2.5);
  const double se = std::sqrt(6.0 / 9 + d * d / 12);
  EXPECT_THAT(balance->difference, Optional(DoubleNear(d, 1e-15)));
  EXPECT_THAT(balance->standard_error, Optional(DoubleNear(se, 1e-15)));
  EXPECT_THAT(balance->lower, Optional(DoubleNear(d - 1.959963984540054 * se, 1e-15)));
}

// p = 1/4, q = 1/2: d = (1/4) / sqrt((3/16 + 1/4) / 2).
TEST(BalanceTest, UsesProportionsForBinaryValues) {
  const auto balance = BinaryBalance(Values{1, 0, 0, 0}, Values{1, 0});
  EXPECT_THAT(balance->difference, Optional(DoubleNear(0.25 / std::sqrt(7.0 / 32), 1e-15)));
}

// With two levels Yang and Dalton's distance is the binary difference without its sign.
TEST(BalanceTest, CategoricalWithTwoLevelsIsTheBinaryDifference) {
  const Balance categorical =
      CategoricalBalance(Texts{"yes", "no", "no", "no", ""}, Texts{"no", "no", "yes", "no", "no"});
  const auto binary = BinaryBalance(Values{1, 0, 0, 0}, Values{0, 0, 1, 0, 0});
  EXPECT_EQ(categorical.missing[0], 1);
  EXPECT_LT(*binary->difference, 0);
  EXPECT_THAT(categorical.difference, Optional(DoubleNear(-*binary->difference, 1e-14)));
}

// By hand, levels a, b, c: p = (1/2, 1/4, 1/4), q = (1/4, 1/2, 1/4). Over b and c the mean
// covariance is [[7/32, -3/32], [-3/32, 6/32]], its inverse 32/33 [[6, 3], [3, 7]], and T = (1/4,
// 0).
TEST(BalanceTest, CategoricalFollowsTheHandWorkedExample) {
  const Balance balance = CategoricalBalance(Texts{"a", "a", "b", "c"}, Texts{"a", "b", "b", "c"});
  EXPECT_THAT(balance.difference, Optional(DoubleNear(std::sqrt(32.0 / 33 * 6 / 16), 1e-14)));
}

TEST(BalanceTest, IsEmptyWithoutSpreadOrWithoutAnArm) {
  const double huge = std::numeric_limits<double>::max();
  EXPECT_EQ(NumericBalance(Values{2, 2}, Values{2, 2})->difference, std::nullopt);
  EXPECT_EQ(NumericBalance(Values{0.1, 0.1, 0.1}, Values{5.7, 5.7})->difference, std::nullopt);
  EXPECT_EQ(NumericBalance(Values{}, Values{1, 2})->difference, std::nullopt);
  EXPECT_EQ(NumericBalance(Values{1}, Values{1, 2})->difference, std::nullopt);
  EXPECT_EQ(NumericBalance(Values{huge, -huge}, Values{1, 2})->difference, std::nullopt);
  EXPECT_EQ(BinaryBalance(Values{1, 1}, Values{0, 0})->difference, std::nullopt);
  EXPECT_EQ(BinaryBalance(Values{std::nullopt}, Values{0, 1})->difference, std::nullopt);
  EXPECT_EQ(CategoricalBalance(Texts{"a", "a"}, Texts{"b"}).difference, std::nullopt);
  EXPECT_EQ(CategoricalBalance(Texts{"a", "a"}, Texts{"a"}).difference, std::nullopt);
  EXPECT_EQ(CategoricalBalance(Texts{}, Texts{"a", "b"}).difference, std::nullopt);
  EXPECT_EQ(CategoricalBalance(Texts{}, Texts{"a", "b", ""}).recorded[1], 2);
}

TEST(BalanceTest, RefusesWhatIsNotBinaryOrNotFinite) {
  const auto binary = BinaryBalance(Values{1, 0}, Values{0, std::nullopt, 2});
  EXPECT_EQ(error::ReasonOf(binary.status()), "VALUE_NOT_BINARY");
  EXPECT_EQ(error::DetailOf(binary.status()).violations.at(0).path, "arm_B[2]");
  const auto numeric = NumericBalance(Values{std::nan("")}, Values{1});
  EXPECT_EQ(error::ReasonOf(numeric.status()), "VALUE_NOT_FINITE");
  EXPECT_EQ(error::DetailOf(numeric.status()).violations.at(0).path, "arm_A[0]");
}

TEST(BalanceTest, ExchangingTheArmsTurnsTheSign) {
  const Values a = {1.5, 2.25, 9, 4};
  const Values b = {3, 8.5, 1};
  EXPECT_EQ(*NumericBalance(a, b)->difference, -*NumericBalance(b, a)->difference);
  EXPECT_EQ(*NumericBalance(a, b)->lower, -*NumericBalance(b, a)->upper);
}

}  // namespace
}  // namespace reprise::monitoring
