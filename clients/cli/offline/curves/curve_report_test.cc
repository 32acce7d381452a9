// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/curves/curve_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clients/cli/offline/curves/oracle.h"
#include "services/platform/error/error.h"

namespace reprise::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// The figures are those of rtw_cuminc, rtw_km and rtw_rmst for the pilot.
TEST(CurveReportTest, ShowsTheOracleFiguresOfThePilot) {
  const auto report = CurveReport(TestTable("rtw_derived"), {.dataset = "pilot40_public",
                                                             .endpoint = "srtw50_28",
                                                             .by_arm = false,
                                                             .times = {60, 180, 365},
                                                             .interval = "log-log",
                                                             .tau = 365});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_THAT(*report, AllOf(HasSubstr("0.151     0.061 to 0.278     0.000     0.849"),
                             HasSubstr("0.493     0.328 to 0.639     0.026     0.481"),
                             HasSubstr("0.498     0.331 to 0.645"),
                             HasSubstr("25 % by day 74.0 (41.0 to 156.0)\n"
                                       "  50 % by day 173.0 (150.0 to 235.0)\n"
                                       "  75 % by day 321.0 (210.0 to 443.0)\n"),
                             HasSubstr("196.1 days without the event on average (160.1 to 232.1), "
                                       "168.9 days gained")));
  EXPECT_THAT(*report, HasSubstr("365       3*"));
  EXPECT_THAT(*report, AllOf(HasSubstr("Aalen-Johansen"), HasSubstr("Biased upwards")));
  EXPECT_THAT(*report, Not(HasSubstr("Arm A")));  // blind unless asked
}

TEST(CurveReportTest, ShowsArmsOnlyWhenAsked) {
  CurveQuestion question{.dataset = "main240_public",
                         .endpoint = "any_rtw",
                         .by_arm = true,
                         .times = {},
                         .interval = "plain",
                         .tau = std::nullopt};
  const auto report = CurveReport(TestTable("rtw_derived"), question);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_THAT(*report, AllOf(HasSubstr("Arm A: 120"), HasSubstr("Arm B: 120")));
  question.endpoint = "srtw50_28";
  question.tau = 365;
  // rtw_rmst: B - A in mean days without the event is -40.85 (-70.81 to -10.89).
  EXPECT_THAT(*CurveReport(TestTable("rtw_derived"), question),
              HasSubstr("arm B against arm A within 365 days: 40.8 (10.9 to 70.8)"));
}

TEST(CurveReportTest, CountsWhoseClockHasNotStarted) {
  const auto report = CurveReport(TestTable("rtw_derived"), {.dataset = "pilot40_public",
                                                             .endpoint = "recurrence14",
                                                             .by_arm = false,
                                                             .times = {},
                                                             .interval = "log",
                                                             .tau = {}});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_THAT(*report, HasSubstr(" more whose clock has not started are left out."));
}

TEST(CurveReportTest, SmallestCohortsAreReported) {
  const std::string header = "dataset,arm,centre,e_time,e_status\n";
  for (const char* rows : {"d,A,C,0,1\n", "d,A,C,0,0\n", "d,A,C,5,2\n", "d,A,C,,\n",
                           "d,A,C,3,1\nd,A,C,3,1\nd,B,C,,\n", "d,A,C,100000,1\nd,B,C,0.5,0\n"}) {
    for (const bool by_arm : {false, true}) {
      const auto report = CurveReport(TableOf(header + rows), {.dataset = "",
                                                               .endpoint = "e",
                                                               .by_arm = by_arm,
                                                               .times = {},
                                                               .interval = "log",
                                                               .tau = {}});
      ASSERT_TRUE(report.ok()) << rows << report.status();
      EXPECT_THAT(*report, AllOf(Not(HasSubstr("nan")), Not(HasSubstr("inf ")))) << rows;
    }
  }
}

TEST(CurveReportTest, NamesTheOptionThatIsWrong) {
  struct Case {
    const char* name;
    CurveQuestion question;
    const char* reason;
    const char* path;
  };
  const CurveQuestion good{.dataset = "pilot40_public",
                           .endpoint = "srtw50_28",
                           .by_arm = false,
                           .times = {},
                           .interval = "log",
                           .tau = {}};
  const auto with = [&](auto change) {
    CurveQuestion question = good;
    change(question);
    return question;
  };
  for (const Case& bad :
       {Case{"dataset", with([](auto& q) { q.dataset = "x"; }), "DATASET_UNKNOWN", "--dataset"},
        Case{"no dataset", with([](auto& q) { q.dataset = ""; }), "DATASET_UNKNOWN", "--dataset"},
        Case{"endpoint", with([](auto& q) { q.endpoint = "x"; }), "ENDPOINT_UNKNOWN", "--endpoint"},
        Case{"interval", with([](auto& q) { q.interval = "x"; }), "INTERVAL_UNKNOWN", "--interval"},
        Case{"times", with([](auto& q) {
               q.times = {3, -1};
             }),
             "TIME_NEGATIVE", "--times"},
        Case{"tau 0", with([](auto& q) { q.tau = 0; }), "HORIZON_INVALID", "--tau"},
        Case{"tau far", with([](auto& q) { q.tau = 489; }), "HORIZON_TOO_FAR", "--tau"},
        // Arm B is observed to day 443, arm A to 488.
        Case{"tau far in an arm", with([](auto& q) {
               q.tau = 444;
               q.by_arm = true;
             }),
             "HORIZON_TOO_FAR", "--tau"}}) {
    const auto report = CurveReport(TestTable("rtw_derived"), bad.question);
    const error::Detail detail = error::DetailOf(report.status());
    EXPECT_EQ(detail.reason, bad.reason) << bad.name;
    ASSERT_EQ(detail.violations.size(), 1u) << bad.name;
    EXPECT_EQ(detail.violations[0].path, bad.path) << bad.name;
  }
}

}  // namespace
}  // namespace reprise::cli
