// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/survival/kaplan_meier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "services/phase/domain/survival/fixtures.h"
#include "services/platform/error/error.h"

namespace reprise::survival {
namespace {

using ::testing::DoubleNear;
using ::testing::Eq;
using ::testing::Optional;

// Kalbfleisch & Prentice, Kleinbaum & Klein and every package give these to the digits shown.
TEST(KaplanMeierTest, GivesThePublishedTableOfTheLeukaemiaTrial) {
  struct Case {
    double time;
    int64_t at_risk;
    double survival, standard_error;
  };
  const auto curve = KaplanMeier::Fit(Mercaptopurine());
  ASSERT_TRUE(curve.ok()) << curve.status();
  for (const Case& want :
       {Case{6, 21, 0.857, 0.0764}, Case{7, 17, 0.807, 0.0869}, Case{10, 15, 0.753, 0.0963},
        Case{13, 12, 0.690, 0.1068}, Case{16, 11, 0.627, 0.1141}, Case{22, 7, 0.538, 0.1282},
        Case{23, 6, 0.448, 0.1346}}) {
    const SurvivalAt at = curve->At(want.time, IntervalKind::kPlain);
    EXPECT_EQ(at.at_risk, want.at_risk) << want.time;
    EXPECT_THAT(at.survival, Optional(DoubleNear(want.survival, 0.0005))) << want.time;
    EXPECT_THAT(at.standard_error, Optional(DoubleNear(want.standard_error, 0.00005))) << want.time;
  }
  EXPECT_THAT(curve->Quantile(0.5, IntervalKind::kLog).time, Optional(23.0));
  EXPECT_THAT(KaplanMeier::Fit(Placebo())->Quantile(0.5, IntervalKind::kLog).time, Optional(8.0));
}

// One of two has the event at day 3: S = 1/2, Greenwood 1/2 (1/(2*1)), se = S sqrt(1/2).
TEST(KaplanMeierTest, GivesTheThreeIntervalsAsTheirFormulasSay) {
  const auto curve = KaplanMeier::Fit(Cohort({{3, 1}, {5, 0}}));
  const double z = 1.959963984540054;
  const double relative = z * std::sqrt(0.5);
  const auto log = curve->At(4, IntervalKind::kLog);
  EXPECT_THAT(log.lower, Optional(DoubleNear(0.5 * std::exp(-relative), 1e-15)));
  EXPECT_THAT(log.upper, Optional(Eq(1.0)));
  const auto plain = curve->At(4, IntervalKind::kPlain);
  EXPECT_THAT(plain.lower, Optional(Eq(0.0)));
  EXPECT_THAT(plain.upper, Optional(Eq(1.0)));
  const auto log_log = curve->At(4, IntervalKind::kLogLog);
  const double ln2 = std::log(2.0);
  EXPECT_THAT(log_log.lower,
              Optional(DoubleNear(std::exp(-ln2 * std::exp(relative / ln2)), 1e-15)));
  EXPECT_THAT(log_log.upper,
              Optional(DoubleNear(std::exp(-ln2 * std::exp(-relative / ln2)), 1e-15)));
}

TEST(KaplanMeierTest, CountsEventsBeforeCensoringOfTheSameDay) {
  const auto curve = KaplanMeier::Fit(Cohort({{5, 0}, {5, 1}, {5, 2}, {8, 0}}));
  const SurvivalAt at = curve->At(5, IntervalKind::kLogLog);
  EXPECT_EQ(at.at_risk, 4);
  EXPECT_EQ(at.cumulative_events, 1);
  EXPECT_THAT(at.survival, Optional(0.75));
  EXPECT_EQ(curve->At(6, IntervalKind::kLogLog).at_risk, 1);
}

TEST(KaplanMeierTest, TakesTheMiddleOfAStretchThatLiesExactlyAtTheLevel) {
  const auto four = Cohort({{1, 1}, {2, 1}, {3, 1}, {4, 1}});
  const auto curve = KaplanMeier::Fit(four);
  EXPECT_THAT(curve->Quantile(0.25, IntervalKind::kLog).time, Optional(1.5));
  EXPECT_THAT(curve->Quantile(0.5, IntervalKind::kLog).time, Optional(2.5));
  // The last stretch ends with the last participant.
  const auto flat = KaplanMeier::Fit(Cohort({{1, 1}, {2, 1}, {7, 0}, {9, 0}}));
  EXPECT_THAT(flat->Quantile(0.5, IntervalKind::kLog).time, Optional(5.5));
  EXPECT_THAT(flat->Quantile(0.75, IntervalKind::kLog).time, Eq(std::nullopt));
}

TEST(KaplanMeierTest, LeavesEmptyWhatCannotBeComputed) {
  const auto nobody = KaplanMeier::Fit({});
  EXPECT_EQ(nobody->At(10, IntervalKind::kLog).survival, std::nullopt);
  EXPECT_EQ(nobody->Quantile(0.5, IntervalKind::kLog).time, std::nullopt);
  EXPECT_EQ(nobody->last_time(), std::nullopt);

  const auto no_event = KaplanMeier::Fit(Cohort({{4, 0}, {9, 2}}));
  EXPECT_THAT(no_event->At(3, IntervalKind::kLogLog).lower, Optional(1.0));
  EXPECT_THAT(no_event->At(5, IntervalKind::kLogLog).survival, Optional(1.0));
  EXPECT_THAT(no_event->At(5, IntervalKind::kLogLog).standard_error, Optional(0.0));
  EXPECT_EQ(no_event->At(5, IntervalKind::kLogLog).lower, std::nullopt);
  EXPECT_THAT(no_event->At(5, IntervalKind::kPlain).lower, Optional(1.0));
  EXPECT_EQ(no_event->Quantile(0.25, IntervalKind::kLogLog).time, std::nullopt);

  const auto all_at_once = KaplanMeier::Fit(Cohort({{4, 1}, {4, 1}}));
  const SurvivalAt at = all_at_once->At(4, IntervalKind::kPlain);
  EXPECT_THAT(at.survival, Optional(0.0));
  EXPECT_EQ(at.standard_error, std::nullopt);
  EXPECT_EQ(at.lower, std::nullopt);
  EXPECT_EQ(at.upper, std::nullopt);
  EXPECT_THAT(all_at_once->Quantile(0.5, IntervalKind::kPlain).time, Optional(4.0));
  EXPECT_EQ(all_at_once->Quantile(0.5, IntervalKind::kPlain).lower, std::nullopt);
}

TEST(KaplanMeierTest, RefusesTimesAndStatusesThatCannotBe) {
  struct Case {
    const char* name;
    double time;
    int status;
    const char* reason;
  };
  for (const Case& bad :
       {Case{"negative", -1, 1, "OBSERVATION_TIME_INVALID"},
        Case{"not a number", std::nan(""), 1, "OBSERVATION_TIME_INVALID"},
        Case{"infinite", std::numeric_limits<double>::infinity(), 0, "OBSERVATION_TIME_INVALID"},
        Case{"unknown status", 1, 3, "OBSERVATION_STATUS_UNKNOWN"}}) {
    const auto curve = KaplanMeier::Fit(Cohort({{1, 1}, {bad.time, bad.status}}));
    EXPECT_EQ(error::ReasonOf(curve.status()), bad.reason) << bad.name;
    EXPECT_EQ(error::DetailOf(curve.status()).violations.at(0).path, "observations[1]") << bad.name;
  }
  EXPECT_EQ(error::ReasonOf(MakeObservation(1, -1, "row 2").status()),
            "OBSERVATION_STATUS_UNKNOWN");
  EXPECT_EQ(error::ReasonOf(MakeObservation(-1, 1, "row 2").status()), "OBSERVATION_TIME_INVALID");
}

}  // namespace
}  // namespace reprise::survival
