// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/survival/cumulative_incidence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "services/phase/domain/survival/fixtures.h"
#include "services/phase/domain/survival/kaplan_meier.h"
#include "services/platform/error/error.h"

namespace reprise::survival {
namespace {

using ::testing::DoubleNear;
using ::testing::Optional;

// By hand: five participants; events at 1 and 4, competing at 2, censored at 3 and 5.
// S: 4/5, 3/5, 3/5, 3/10. F1: 1/5 then 1/5 + 3/5 * 1/2 = 1/2. F2: 4/5 * 1/4 = 1/5.
TEST(CumulativeIncidenceTest, FollowsTheHandWorkedExample) {
  const auto curve = CumulativeIncidence::Fit(Cohort({{1, 1}, {2, 2}, {3, 0}, {4, 1}, {5, 0}}));
  ASSERT_TRUE(curve.ok()) << curve.status();
  const IncidenceAt at = curve->At(4);
  EXPECT_THAT(at.event, Optional(DoubleNear(0.5, 1e-15)));
  EXPECT_THAT(at.competing, Optional(DoubleNear(0.2, 1e-15)));
  EXPECT_THAT(at.neither, Optional(DoubleNear(0.3, 1e-15)));
  // The three sums of Marubini and Valsecchi with F1(4) = 1/2:
  //   (F - F_j)^2 d/(n(n-d)):      .09*1/(5*4) + .09*1/(4*3) + 0
  //   S_j-1^2 (n-d1)/n^3 d1:       1*(4/125)   + .36*(1/8)
  // - 2 (F - F_j) S_j-1 d1/n^2:    2*.3*1/25   + 0
  const double variance = 0.09 / 20 + 0.09 / 12 + 4.0 / 125 + 0.36 / 8 - 2 * 0.3 / 25;
  EXPECT_THAT(at.standard_error, Optional(DoubleNear(std::sqrt(variance), 1e-15)));
  const double z = 1.959963984540054 * std::sqrt(variance) / (0.5 * std::log(2.0));
  EXPECT_THAT(at.lower, Optional(DoubleNear(std::pow(0.5, std::exp(z)), 1e-14)));
  EXPECT_THAT(at.upper, Optional(DoubleNear(std::pow(0.5, std::exp(-z)), 1e-14)));
}

TEST(CumulativeIncidenceTest, EqualsOneMinusKaplanMeierWithoutCompetingEvents) {
  const auto incidence = CumulativeIncidence::Fit(Mercaptopurine());
  const auto survival = KaplanMeier::Fit(Mercaptopurine());
  for (const double time : {0.0, 6.0, 8.5, 23.0, 40.0}) {
    const IncidenceAt left = incidence->At(time);
    const SurvivalAt right = survival->At(time, IntervalKind::kPlain);
    EXPECT_THAT(left.event, Optional(DoubleNear(1 - *right.survival, 1e-14))) << time;
    EXPECT_THAT(left.standard_error, Optional(DoubleNear(*right.standard_error, 1e-14))) << time;
  }
}

TEST(CumulativeIncidenceTest, LeavesEmptyWhatCannotBeComputed) {
  EXPECT_EQ(CumulativeIncidence::Fit({})->At(1).event, std::nullopt);
  const auto before = CumulativeIncidence::Fit(Cohort({{5, 1}, {6, 2}}))->At(4);
  EXPECT_THAT(before.event, Optional(0.0));
  EXPECT_EQ(before.lower, std::nullopt);
  const auto only_competing = CumulativeIncidence::Fit(Cohort({{5, 2}, {6, 2}}))->At(9);
  EXPECT_THAT(only_competing.competing, Optional(1.0));
  EXPECT_THAT(only_competing.neither, Optional(0.0));
  EXPECT_THAT(only_competing.standard_error, Optional(0.0));
  EXPECT_EQ(only_competing.upper, std::nullopt);
  // Thirds do not add up to 1 exactly; all the same everybody had the event.
  const auto all = CumulativeIncidence::Fit(Cohort({{1, 1}, {2, 1}, {3, 1}}))->At(3);
  EXPECT_THAT(all.event, Optional(1.0));
  EXPECT_THAT(all.standard_error, Optional(0.0));
  EXPECT_EQ(all.lower, std::nullopt);
}

TEST(CumulativeIncidenceTest, RefusesANegativeTime) {
  EXPECT_EQ(error::ReasonOf(CumulativeIncidence::Fit(Cohort({{-2, 1}})).status()),
            "OBSERVATION_TIME_INVALID");
}

}  // namespace
}  // namespace reprise::survival
