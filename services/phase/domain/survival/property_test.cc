// SPDX-License-Identifier: Apache-2.0
// What must hold for every cohort, tried on random ones with many ties and all outcomes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "services/phase/domain/survival/cox.h"
#include "services/phase/domain/survival/cumulative_incidence.h"
#include "services/phase/domain/survival/fixtures.h"
#include "services/phase/domain/survival/gray.h"
#include "services/phase/domain/survival/kaplan_meier.h"
#include "services/phase/domain/survival/log_rank.h"
#include "services/phase/domain/survival/restricted_mean.h"

namespace reprise::survival {
namespace {

constexpr uint32_t kSeeds = 200;
constexpr double kTimes[] = {0, 1, 5, 9.5, 17, 30, 60};
constexpr IntervalKind kKinds[] = {IntervalKind::kPlain, IntervalKind::kLog, IntervalKind::kLogLog};

int SizeOf(uint32_t seed) { return 1 + static_cast<int>(seed % 41); }

void ExpectNear(const std::optional<double>& left, const std::optional<double>& right,
                uint32_t seed) {
  ASSERT_EQ(left.has_value(), right.has_value()) << seed;
  if (left.has_value()) {
    ASSERT_TRUE(std::isfinite(*left)) << seed;
    EXPECT_NEAR(*left, *right, 1e-10 * (1 + std::abs(*right))) << seed;
  }
}

TEST(CurvePropertyTest, DuplicatingACohortKeepsTheCurveAndHalvesItsVariance) {
  for (uint32_t seed = 0; seed < kSeeds; ++seed) {
    const auto once = RandomCohort(seed, SizeOf(seed), 40);
    auto twice = once;
    twice.insert(twice.end(), once.begin(), once.end());
    const auto survival = KaplanMeier::Fit(once);
    const auto survival2 = KaplanMeier::Fit(twice);
    const auto incidence = CumulativeIncidence::Fit(once);
    const auto incidence2 = CumulativeIncidence::Fit(twice);
    const auto halved = [](std::optional<double> se) {
      return se.has_value() ? std::optional(*se / std::sqrt(2.0)) : se;
    };
    for (const double time : kTimes) {
      const auto left = survival2->At(time, IntervalKind::kPlain);
      const auto right = survival->At(time, IntervalKind::kPlain);
      ExpectNear(left.survival, right.survival, seed);
      ExpectNear(left.standard_error, halved(right.standard_error), seed);
      ExpectNear(incidence2->At(time).event, incidence->At(time).event, seed);
      ExpectNear(incidence2->At(time).standard_error, halved(incidence->At(time).standard_error),
                 seed);
    }
    const auto mean = RestrictedMeanOf(*survival, 15);
    const auto mean2 = RestrictedMeanOf(*survival2, 15);
    ASSERT_EQ(mean->has_value(), mean2->has_value());
    if (!mean->has_value()) continue;
    ExpectNear((*mean2)->days, (*mean)->days, seed);
    ExpectNear((*mean2)->standard_error, halved((*mean)->standard_error), seed);
  }
}

TEST(CurvePropertyTest, PermutingParticipantsChangesNothing) {
  for (uint32_t seed = 0; seed < kSeeds; ++seed) {
    auto cohort = RandomCohort(seed, SizeOf(seed), 40);
    const auto survival = KaplanMeier::Fit(cohort);
    const auto incidence = CumulativeIncidence::Fit(cohort);
    std::shuffle(cohort.begin(), cohort.end(), std::mt19937(seed));
    const auto shuffled = KaplanMeier::Fit(cohort);
    const auto shuffled_incidence = CumulativeIncidence::Fit(cohort);
    for (const double time : kTimes) {
      for (const IntervalKind kind : kKinds) {
        EXPECT_EQ(shuffled->At(time, kind).lower, survival->At(time, kind).lower) << seed;
        EXPECT_EQ(shuffled->Quantile(0.5, kind).upper, survival->Quantile(0.5, kind).upper) << seed;
      }
      EXPECT_EQ(shuffled_incidence->At(time).upper, incidence->At(time).upper) << seed;
    }
  }
}

TEST(CurvePropertyTest, ShiftingAllDaysShiftsTimesAndNothingElse) {
  for (uint32_t seed = 0; seed < kSeeds; ++seed) {
    const auto cohort = RandomCohort(seed, SizeOf(seed), 40);
    auto later = cohort;
    for (Observation& observation : later) observation.time += 100;
    const auto survival = KaplanMeier::Fit(cohort);
    const auto shifted = KaplanMeier::Fit(later);
    for (const double time : kTimes) {
      EXPECT_EQ(shifted->At(time + 100, IntervalKind::kLog).lower,
                survival->At(time, IntervalKind::kLog).lower)
          << seed;
    }
    const auto median = survival->Quantile(0.5, IntervalKind::kLogLog).time;
    const auto shifted_median = shifted->Quantile(0.5, IntervalKind::kLogLog).time;
    ASSERT_EQ(median.has_value(), shifted_median.has_value()) << seed;
    if (median.has_value()) {
      EXPECT_EQ(*shifted_median, *median + 100) << seed;
    }
  }
}

TEST(CurvePropertyTest, SharesAddUpAndLimitsHoldTheEstimate) {
  for (uint32_t seed = 0; seed < kSeeds; ++seed) {
    const auto cohort = RandomCohort(seed, SizeOf(seed), 40);
    const auto incidence = CumulativeIncidence::Fit(cohort);
    const auto survival = KaplanMeier::Fit(cohort);
    for (const double time : kTimes) {
      const IncidenceAt at = incidence->At(time);
      EXPECT_NEAR(*at.event + *at.competing + *at.neither, 1, 1e-12) << seed;
      // The naive proportion is never below the true one.
      EXPECT_GE(1 - *survival->At(time, IntervalKind::kLog).survival, *at.event - 1e-12) << seed;
      if (at.lower.has_value()) {
        EXPECT_LE(*at.lower, *at.event + 1e-12) << seed;
        EXPECT_GE(*at.upper, *at.event - 1e-12) << seed;
        EXPECT_LE(*at.upper, 1) << seed;
      }
      for (const IntervalKind kind : kKinds) {
        const SurvivalAt s = survival->At(time, kind);
        if (!s.lower.has_value()) continue;
        EXPECT_TRUE(0 <= *s.lower && *s.lower <= *s.survival + 1e-12 &&
                    *s.survival <= *s.upper + 1e-12 && *s.upper <= 1)
            << seed << " at " << time;
      }
    }
  }
}

TEST(ComparisonPropertyTest, ExchangingTwoGroupsTurnsTheSignAndKeepsTheTests) {
  for (uint32_t seed = 0; seed < kSeeds; ++seed) {
    const auto a = RandomCohort(seed, SizeOf(seed), 25);
    const auto b = RandomCohort(seed + 1000, SizeOf(seed + 7), 30);
    const auto forth = Together({a, b});
    const auto back = Together({b, a});
    ExpectNear(LogRankOf(forth, 2)->test.chi_square, LogRankOf(back, 2)->test.chi_square, seed);
    ExpectNear(GrayTest(forth, 2)->chi_square, GrayTest(back, 2)->chi_square, seed);
    const auto ratio = CoxTwoGroups(forth, Ties::kEfron);
    const auto inverse = CoxTwoGroups(back, Ties::kEfron);
    ASSERT_EQ(ratio->has_value(), inverse->has_value()) << seed;
    if (!ratio->has_value()) continue;
    ExpectNear((*ratio)->log_ratio, -(*inverse)->log_ratio, seed);
    ExpectNear((*ratio)->standard_error, (*inverse)->standard_error, seed);
  }
}

// Without ties and competing events Breslow, Efron agree and the score test is the log-rank test.
TEST(ComparisonPropertyTest, EfronAndBreslowAgreeWithoutTies) {
  std::vector<Observation> a;
  std::vector<Observation> b;
  for (int i = 0; i < 30; ++i) {
    (i % 3 == 0 ? a : b)
        .push_back({.time = i + 1.0, .outcome = i % 4 == 0 ? Outcome::kCensored : Outcome::kEvent});
  }
  const auto efron = CoxTwoGroups(Together({a, b}), Ties::kEfron);
  const auto breslow = CoxTwoGroups(Together({a, b}), Ties::kBreslow);
  EXPECT_NEAR((*efron)->log_ratio, (*breslow)->log_ratio, 1e-13);
  EXPECT_NEAR((*efron)->standard_error, (*breslow)->standard_error, 1e-13);
}

}  // namespace
}  // namespace reprise::survival
