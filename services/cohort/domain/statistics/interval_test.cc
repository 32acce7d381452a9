// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/statistics/interval.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "services/platform/error/error.h"

namespace reprise::statistics {
namespace {

using Method = ProportionMethod;

struct Published {
  const char* name;
  int64_t x, n;
  double lower, upper;  // Newcombe, Stat Med 1998;17:857, table I, score method
};

TEST(ProportionTest, WilsonMeetsNewcombesTable) {
  for (const Published& row :
       {Published{"81/263", 81, 263, 0.2553, 0.3662}, Published{"15/148", 15, 148, 0.0624, 0.1605},
        Published{"0/20", 0, 20, 0, 0.1611}, Published{"1/29", 1, 29, 0.0061, 0.1718}}) {
    const auto got = EstimateProportion(row.x, row.n, 0.95, Method::kWilson);
    ASSERT_TRUE(got.ok()) << row.name;
    EXPECT_NEAR(got->interval->lower, row.lower, 5e-5) << row.name;
    EXPECT_NEAR(got->interval->upper, row.upper, 5e-5) << row.name;
  }
}

TEST(ProportionTest, ClopperPearsonWithoutEventsIsAPower) {
  // (1 - upper)^n = alpha / 2
  for (const int64_t n : {1, 3, 20, 1000}) {
    const auto got = EstimateProportion(0, n, 0.95, Method::kClopperPearson);
    EXPECT_EQ(got->interval->lower, 0);
    EXPECT_NEAR(got->interval->upper, 1 - std::pow(0.025, 1.0 / static_cast<double>(n)), 1e-13);
  }
}

TEST(ProportionTest, EveryMethodIsOrderedSymmetricAndNested) {
  for (const Method method : ProportionMethods()) {
    for (const int64_t n : {1, 2, 7, 40, 211}) {
      for (int64_t x = 0; x <= n; ++x) {
        const auto at = [&](int64_t count, double conf) {
          return *EstimateProportion(count, n, conf, method)->interval;
        };
        const Interval narrow = at(x, 0.8), wide = at(x, 0.99), mirrored = at(n - x, 0.8);
        const double p = static_cast<double>(x) / static_cast<double>(n);
        EXPECT_LE(0, wide.lower);
        EXPECT_LE(wide.upper, 1);
        EXPECT_LE(wide.lower, narrow.lower);
        EXPECT_LE(narrow.upper, wide.upper);
        // Jeffreys' interval need not hold 0 or 1 but is set to; the others hold the estimate.
        EXPECT_LE(narrow.lower, p + 1e-12) << NameOf(method) << x << "/" << n;
        EXPECT_GE(narrow.upper, p - 1e-12) << NameOf(method) << x << "/" << n;
        EXPECT_NEAR(narrow.lower, 1 - mirrored.upper, 1e-12) << NameOf(method) << x << "/" << n;
      }
    }
  }
}

TEST(ProportionTest, NobodyAtAllGivesNoEstimate) {
  for (const Method method : ProportionMethods()) {
    const auto got = EstimateProportion(0, 0, 0.95, method);
    ASSERT_TRUE(got.ok());
    EXPECT_FALSE(got->value.has_value());
    EXPECT_FALSE(got->interval.has_value());
  }
}

TEST(ProportionTest, MethodsAgreeForVeryLargeNumbers) {
  const auto wilson =
      *EstimateProportion(300'000'000'000, 1'000'000'000'000, 0.95, Method::kWilson);
  for (const Method method : ProportionMethods()) {
    const auto got = EstimateProportion(300'000'000'000, 1'000'000'000'000, 0.95, method);
    ASSERT_TRUE(got.ok());
    EXPECT_NEAR(got->interval->lower, wilson.interval->lower, 1e-11) << NameOf(method);
    EXPECT_NEAR(got->interval->upper, wilson.interval->upper, 1e-11) << NameOf(method);
  }
}

TEST(DifferenceTest, MeetsNewcombesExample) {
  // Newcombe, Stat Med 1998;17:873, table II, contrast (a), method 10: 56/70 - 48/80.
  const auto got = EstimateDifference(56, 70, 48, 80, 0.95);
  EXPECT_NEAR(*got->value, 0.2, 1e-15);
  EXPECT_NEAR(got->interval->lower, 0.0524, 5e-5);
  EXPECT_NEAR(got->interval->upper, 0.3339, 5e-5);
  const auto swapped = EstimateDifference(48, 80, 56, 70, 0.95);
  EXPECT_NEAR(swapped->interval->lower, -got->interval->upper, 1e-15);
  EXPECT_FALSE(EstimateDifference(0, 0, 3, 5, 0.95)->interval.has_value());
}

TEST(RateTest, WithoutEventsTheUpperLimitIsALogarithm) {
  // P(no event) = exp(-upper * exposure) = alpha / 2
  const auto got = EstimateRate(0, 4, 0.95);
  EXPECT_EQ(got->interval->lower, 0);
  EXPECT_NEAR(got->interval->upper, -std::log(0.025) / 4, 1e-14);
}

TEST(MeanSdTest, OneParticipantGivesNoInterval) {
  const auto got = EstimateMeanSd(1, 5, 0, 0.95);
  ASSERT_TRUE(got.ok());
  EXPECT_FALSE(got->mean.has_value() || got->sd.has_value() || got->sd_upper_one_sided.has_value());
}

TEST(MeanSdTest, TwoParticipantsGiveTheCauchyInterval) {
  // t with one degree of freedom: quantile tan(pi (q - 1/2))
  const auto got = EstimateMeanSd(2, 10, 3, 0.9);
  const double half = std::tan(std::acos(-1.0) * 0.45) * 3 / std::sqrt(2.0);
  EXPECT_NEAR(got->mean->lower, 10 - half, 1e-10);
  EXPECT_NEAR(got->mean->upper, 10 + half, 1e-10);
}

TEST(IntervalTest, RefusesWhatCannotBeAndNamesTheField) {
  const auto wilson = [](int64_t x, int64_t n, double conf) {
    return EstimateProportion(x, n, conf, Method::kWilson).status();
  };
  struct Case {
    const char* name;
    absl::Status status;
    const char* field;
    const char* reason;
  };
  for (const Case& bad :
       {Case{"negative x", wilson(-1, 5, 0.9), "x", "NEGATIVE"},
        Case{"negative n", wilson(0, -5, 0.9), "n", "NEGATIVE"},
        Case{"x above n", wilson(6, 5, 0.9), "x", "COUNT_ABOVE_TOTAL"},
        Case{"percent", wilson(1, 5, 95), "conf", "PROPORTION_AS_PERCENT"},
        Case{"certain", wilson(1, 5, 1), "conf", "OUT_OF_RANGE"},
        Case{"no confidence", wilson(1, 5, 0), "conf", "OUT_OF_RANGE"},
        Case{"not a number", wilson(1, 5, NAN), "conf", "NUMBER_NOT_FINITE"},
        Case{"beyond double", wilson(1, INT64_MAX, 0.9), "n", "COUNT_TOO_LARGE"},
        Case{"difference", EstimateDifference(1, 5, 6, 5, 0.9).status(), "x2", "COUNT_ABOVE_TOTAL"},
        Case{"no exposure", EstimateRate(1, 0, 0.9).status(), "exposure", "ZERO_EXPOSURE"},
        Case{"negative exposure", EstimateRate(1, -2, 0.9).status(), "exposure", "NOT_POSITIVE"},
        Case{"negative events", EstimateRate(-1, 2, 0.9).status(), "events", "NEGATIVE"},
        Case{"nobody", EstimateMeanSd(0, 1, 1, 0.9).status(), "n", "OUT_OF_RANGE"},
        Case{"negative sd", EstimateMeanSd(5, 1, -1, 0.9).status(), "sd", "NEGATIVE"},
        Case{"unknown", ParseProportionMethod("wald").status(), "method", "METHOD_UNKNOWN"}}) {
    ASSERT_EQ(bad.status.code(), absl::StatusCode::kInvalidArgument) << bad.name;
    const error::Detail detail = error::DetailOf(bad.status);
    EXPECT_EQ(detail.reason, bad.reason) << bad.name;
    EXPECT_EQ(detail.violations[0].path, bad.field) << bad.name;
    EXPECT_THAT(std::string(bad.status.message()), ::testing::HasSubstr(bad.field)) << bad.name;
  }
}

}  // namespace
}  // namespace reprise::statistics
