// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/statistics/progression.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "services/platform/error/error.h"

namespace reprise::statistics {
namespace {

// P(X >= x) by adding up, with nothing of the engine in it.
double AtLeast(int x, int n, double p) {
  double sum = 0;
  for (int i = std::max(x, 0); i <= n; ++i) {
    sum += std::exp(std::lgamma(n + 1) - std::lgamma(i + 1) - std::lgamma(n - i + 1) +
                    i * std::log(p) + (n - i) * std::log1p(-p));
  }
  return sum;
}

struct Holding {
  bool holds;
  int cut;
};

Holding Holds(int n, const ProgressionDesign& design) {
  int cut = 0;
  while (AtLeast(cut, n, design.red_upper_limit) > design.alpha) ++cut;
  return {AtLeast(cut, n, design.green_lower_limit) >= design.power, cut};
}

TEST(ProgressionTest, MeetsAHernsPublishedDesign) {
  const auto size = SizeProgression(
      {.red_upper_limit = 0.5, .green_lower_limit = 0.7, .alpha = 0.05, .power = 0.8});
  ASSERT_TRUE(size.ok());
  EXPECT_EQ(size->n, 37);
  EXPECT_EQ(size->cut, 24);
}

TEST(ProgressionTest, IsTheSmallestSizeAndWithRobustnessTheFirstThatLasts) {
  for (const double red : {0.1, 0.35, 0.6, 0.8}) {
    for (const double gap : {0.12, 0.19}) {
      for (const double power : {0.8, 0.9}) {
        ProgressionDesign design{
            .red_upper_limit = red, .green_lower_limit = red + gap, .alpha = 0.05, .power = power};
        int smallest = 1;
        while (!Holds(smallest, design).holds) ++smallest;
        const auto plain = SizeProgression(design);
        ASSERT_TRUE(plain.ok());
        EXPECT_EQ(plain->n, smallest) << red << " " << gap << " " << power;
        EXPECT_EQ(plain->cut, Holds(smallest, design).cut);
        int lasting = smallest;
        for (int next = 0; next <= 20; ++next) {
          if (!Holds(lasting + next, design).holds) {
            lasting += next + 1;
            next = -1;
          }
        }
        design.also_next = 20;
        EXPECT_EQ(SizeProgression(design)->n, lasting) << red << " " << gap << " " << power;
      }
    }
  }
}

TEST(ProgressionTest, CloseLimitsAndTinyLevelsStillEnd) {
  const auto close = SizeProgression(
      {.red_upper_limit = 0.5, .green_lower_limit = 0.501, .alpha = 0.05, .power = 0.8});
  ASSERT_TRUE(close.ok());
  EXPECT_NEAR(static_cast<double>(close->n), *close->n_normal, 0.01 * *close->n_normal);
  const auto strict = SizeProgression(
      {.red_upper_limit = 0.5, .green_lower_limit = 0.9, .alpha = 1e-12, .power = 0.999});
  ASSERT_TRUE(strict.ok());
  EXPECT_LE(strict->alpha, 1e-12);
  EXPECT_GE(strict->power, 0.999);
  const auto one = SizeProgression(
      {.red_upper_limit = 0.01, .green_lower_limit = 0.99, .alpha = 0.05, .power = 0.8});
  EXPECT_EQ(one->n, 1);
  EXPECT_EQ(one->cut, 1);
}

TEST(TrafficLightTest, ProbabilitiesAddUpAndFollowTheTruth) {
  for (const int64_t n : {1, 20, 92, 100'000}) {
    double green = -1, red = 2;
    for (double p = 0; p <= 1; p += 0.05) {
      const auto oc = Characterise({.n = n, .red_below = 0.6, .green_from = 0.8}, p);
      ASSERT_TRUE(oc.ok());
      EXPECT_NEAR(oc->red + oc->amber + oc->green, 1, 1e-12);
      EXPECT_GE(oc->green, green);
      EXPECT_LE(oc->red, red);
      green = oc->green;
      red = oc->red;
    }
  }
}

TEST(TrafficLightTest, CutsAreNotMovedByBinaryFractions) {
  // 0.7 * 30 is 21 in decimal and 20.999999999999996 in binary.
  const auto counts = CountsOf({.n = 30, .red_below = 0.7, .green_from = 0.7});
  EXPECT_EQ(counts->green_min, 21);
  EXPECT_EQ(counts->red_max, 20);
  EXPECT_NEAR(Characterise({.n = 30, .red_below = 0.7, .green_from = 0.7}, 0.7)->amber, 0, 0);
}

TEST(TrafficLightTest, ARuleWithoutRedHasNoLargestRedCount) {
  const auto oc = Characterise({.n = 10, .red_below = 0, .green_from = 1}, 0.5);
  EXPECT_FALSE(oc->counts.red_max.has_value());
  EXPECT_EQ(oc->red, 0);
  EXPECT_NEAR(oc->green, std::pow(0.5, 10), 1e-18);
}

TEST(TrafficLightTest, LightsOfResultsAndTheOverallDecision) {
  const TrafficLightRule rule{.n = 40, .red_below = 0.6, .green_from = 0.8};
  EXPECT_EQ(*LightOf(rule, 23), Light::kRed);
  EXPECT_EQ(*LightOf(rule, 24), Light::kAmber);
  EXPECT_EQ(*LightOf(rule, 31), Light::kAmber);
  EXPECT_EQ(*LightOf(rule, 32), Light::kGreen);
  EXPECT_EQ(WorstLight({Light::kGreen, Light::kAmber}), Light::kAmber);
  EXPECT_EQ(WorstLight({Light::kGreen, Light::kRed, Light::kAmber}), Light::kRed);
  EXPECT_EQ(WorstLight({}), std::nullopt);
}

TEST(ProgressionTest, RefusesWhatCannotBeAndNamesTheField) {
  const auto size = [](double red, double green, double alpha, double power) {
    return SizeProgression(
               {.red_upper_limit = red, .green_lower_limit = green, .alpha = alpha, .power = power})
        .status();
  };
  const auto oc = [](int64_t n, double red, double green, double p) {
    return Characterise({.n = n, .red_below = red, .green_from = green}, p).status();
  };
  struct Case {
    const char* name;
    absl::Status status;
    const char* field;
    const char* reason;
  };
  for (const Case& bad :
       {Case{"percent", size(50, 0.7, 0.05, 0.8), "red_upper_limit", "PROPORTION_AS_PERCENT"},
        Case{"equal", size(0.5, 0.5, 0.05, 0.8), "red_upper_limit", "VALUES_EQUAL"},
        Case{"swapped", size(0.7, 0.5, 0.05, 0.8), "red_upper_limit", "NOT_BELOW"},
        Case{"alpha 5", size(0.5, 0.7, 5, 0.8), "alpha_one_sided", "PROPORTION_AS_PERCENT"},
        Case{"power 1", size(0.5, 0.7, 0.05, 1), "power", "OUT_OF_RANGE"},
        Case{"no power", size(0.5, 0.7, 0.5, 0.4), "power", "POWER_NOT_ABOVE_ALPHA"},
        Case{"too close", size(0.5, 0.5 + 1e-9, 0.05, 0.8), "red_upper_limit", "VALUES_TOO_CLOSE"},
        Case{"rule swapped", oc(20, 0.8, 0.6, 0.5), "red_below", "NOT_BELOW"},
        Case{"true percent", oc(20, 0.6, 0.8, 70), "true_p", "PROPORTION_AS_PERCENT"},
        Case{"nobody", oc(0, 0.6, 0.8, 0.7), "n", "OUT_OF_RANGE"},
        Case{"negative", oc(-3, 0.6, 0.8, 0.7), "n", "NEGATIVE"},
        Case{"too many", LightOf({.n = 5, .red_below = 0.5, .green_from = 0.7}, 6).status(), "x",
             "COUNT_ABOVE_TOTAL"}}) {
    const error::Detail detail = error::DetailOf(bad.status);
    ASSERT_FALSE(detail.violations.empty()) << bad.name;
    EXPECT_EQ(detail.violations[0].reason, bad.reason) << bad.name;
    EXPECT_EQ(detail.violations[0].path, bad.field) << bad.name;
  }
}

}  // namespace
}  // namespace reprise::statistics
