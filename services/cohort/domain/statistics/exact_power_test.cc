// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/statistics/exact_power.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace reprise::statistics {
namespace {

using Method = TwoProportionsMethod;

double Mass(int x, int n, double p) {
  return std::exp(std::lgamma(n + 1) - std::lgamma(x + 1) - std::lgamma(n - x + 1) +
                  x * std::log(p) + (n - x) * std::log1p(-p));
}

// Two-sided Fisher p-value of x1/n1 against x2/n2, table by table.
double FisherP(int x1, int n1, int x2, int n2) {
  const int total = x1 + x2;
  const auto weight = [&](int a) {
    return std::exp(std::lgamma(n1 + 1) - std::lgamma(a + 1) - std::lgamma(n1 - a + 1) +
                    std::lgamma(n2 + 1) - std::lgamma(total - a + 1) -
                    std::lgamma(n2 - total + a + 1));
  };
  double all = 0, extreme = 0;
  for (int a = std::max(0, total - n2); a <= std::min(n1, total); ++a) {
    all += weight(a);
    if (weight(a) <= weight(x1) * (1 + 1e-7)) extreme += weight(a);
  }
  return extreme / all;
}

double ChisqP(int x1, int n1, int x2, int n2) {
  const double pooled = static_cast<double>(x1 + x2) / (n1 + n2);
  const double variance = pooled * (1 - pooled) * (1.0 / n1 + 1.0 / n2);
  const double difference = static_cast<double>(x1) / n1 - static_cast<double>(x2) / n2;
  return variance > 0 ? std::erfc(std::abs(difference) / std::sqrt(2 * variance)) : 1;
}

TEST(ExactPowerTest, IsTheSumOverAllTables) {
  for (const auto& [n1, n2] : {std::pair{1, 1}, {7, 5}, {18, 31}, {40, 40}}) {
    for (const double alpha : {0.001, 0.05, 0.3}) {
      double chisq = 0, fisher = 0;
      for (int x1 = 0; x1 <= n1; ++x1) {
        for (int x2 = 0; x2 <= n2; ++x2) {
          const double mass = Mass(x1, n1, 0.35) * Mass(x2, n2, 0.8);
          if (ChisqP(x1, n1, x2, n2) <= alpha) chisq += mass;
          if (FisherP(x1, n1, x2, n2) <= alpha) fisher += mass;
        }
      }
      const TwoProportionsArms arms{.n1 = n1, .n2 = n2, .p1 = 0.35, .p2 = 0.8, .alpha = alpha};
      EXPECT_NEAR(*ExactChisqPower(arms), chisq, 1e-12) << n1 << " " << n2 << " " << alpha;
      EXPECT_NEAR(*ExactFisherPower(arms), fisher, 1e-12) << n1 << " " << n2 << " " << alpha;
    }
  }
}

TEST(ExactPowerTest, ExactSizesAreTheSmallestThatReachThePower) {
  for (const Method method : {Method::kExactChisq, Method::kExactFisher}) {
    for (const int64_t sides : {1, 2}) {
      const auto size = Size(
          TwoProportions{.p1 = 0.6, .p2 = 0.3, .sides = sides, .ratio = 1.5, .method = method});
      ASSERT_TRUE(size.ok());
      const auto power = [&](double n1) {
        const TwoProportionsArms arms{.n1 = static_cast<int64_t>(n1),
                                      .n2 = static_cast<int64_t>(std::ceil(1.5 * n1)),
                                      .p1 = 0.6,
                                      .p2 = 0.3,
                                      .sides = sides};
        return *(method == Method::kExactChisq ? ExactChisqPower(arms) : ExactFisherPower(arms));
      };
      EXPECT_GE(power(*size->n1), 0.8);
      for (double n1 = 1; n1 < *size->n1; ++n1) EXPECT_LT(power(n1), 0.8) << n1;
    }
  }
}

TEST(ExactPowerTest, LargeArmsApproachTheFormulaAndVeryLargeOnesStayOpen) {
  const auto large =
      PowerOf(TwoProportionsArms{.n1 = 20'000, .n2 = 20'000, .p1 = 0.5, .p2 = 0.514});
  EXPECT_NEAR(*large->exact_chisq, 0.800993536, 1e-9);  // enumerated in R
  EXPECT_NEAR(*large->exact_fisher, *large->approx_pooled, 5e-3);
  const auto huge =
      PowerOf(TwoProportionsArms{.n1 = 1'000'000'000'000, .n2 = 10, .p1 = 0.5, .p2 = 0.6});
  ASSERT_TRUE(huge.ok());
  EXPECT_TRUE(huge->approx_pooled.has_value());
  EXPECT_FALSE(huge->exact_chisq.has_value());
}

}  // namespace
}  // namespace reprise::statistics
