// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/survival/restricted_mean.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "services/phase/domain/survival/fixtures.h"
#include "services/platform/error/error.h"

namespace reprise::survival {
namespace {

RestrictedMean MeanOf(const std::vector<Observation>& cohort, double tau) {
  const auto mean = RestrictedMeanOf(*KaplanMeier::Fit(cohort), tau);
  EXPECT_TRUE(mean.ok() && mean->has_value());
  return **mean;
}

// Without censoring before tau the restricted mean is the mean of min(T, tau), and its variance
// the maximum-likelihood variance of those over n.
TEST(RestrictedMeanTest, IsThePlainMeanWhereNobodyIsCensored) {
  const auto cohort = Cohort({{2, 1}, {4, 1}, {9, 1}, {15, 1}});
  const RestrictedMean mean = MeanOf(cohort, 10);  // of 2, 4, 9, 10
  EXPECT_NEAR(mean.days, 6.25, 1e-14);
  const double variance =
      (std::pow(4.25, 2) + std::pow(2.25, 2) + std::pow(2.75, 2) + std::pow(3.75, 2)) / 4 / 4;
  EXPECT_NEAR(mean.standard_error, std::sqrt(variance), 1e-14);
  EXPECT_NEAR(mean.lower, 6.25 - 1.959963984540054 * std::sqrt(variance), 1e-13);
  EXPECT_NEAR(mean.upper, 6.25 + 1.959963984540054 * std::sqrt(variance), 1e-13);
}

// By hand: S is 1 to 1, 2/3 to 3, 1/3 to 5 (censored at 2? no: two at risk at 3).
TEST(RestrictedMeanTest, AddsUpTheAreaUnderTheCurve) {
  const auto cohort = Cohort({{1, 1}, {3, 1}, {5, 0}});
  EXPECT_NEAR(MeanOf(cohort, 5).days, 1 + 2 * 2.0 / 3 + 2 * 1.0 / 3, 1e-14);
  EXPECT_NEAR(MeanOf(cohort, 0.5).days, 0.5, 1e-15);
  EXPECT_EQ(MeanOf(cohort, 0.5).standard_error, 0);
}

TEST(RestrictedMeanTest, GoesNoFurtherThanTheLastObservedTime) {
  const auto curve = KaplanMeier::Fit(Cohort({{1, 1}, {5, 1}}));
  EXPECT_TRUE(RestrictedMeanOf(*curve, 5)->has_value());
  EXPECT_FALSE(RestrictedMeanOf(*curve, 5.001)->has_value());
  EXPECT_FALSE(RestrictedMeanOf(*KaplanMeier::Fit({}), 1)->has_value());
}

TEST(RestrictedMeanTest, RefusesAHorizonThatIsNotAboveZero) {
  const auto curve = KaplanMeier::Fit(Mercaptopurine());
  for (const double tau : {0.0, -5.0, std::nan(""), std::numeric_limits<double>::infinity()}) {
    EXPECT_EQ(error::ReasonOf(RestrictedMeanOf(*curve, tau).status()), "HORIZON_INVALID") << tau;
  }
}

TEST(RestrictedMeanTest, ADifferenceAddsTheVariances) {
  const RestrictedMean difference =
      Difference({.days = 10, .standard_error = 3}, {.days = 7, .standard_error = 4});
  EXPECT_EQ(difference.days, 3);
  EXPECT_EQ(difference.standard_error, 5);
  EXPECT_NEAR(difference.upper, 3 + 5 * 1.959963984540054, 1e-13);
}

}  // namespace
}  // namespace reprise::survival
