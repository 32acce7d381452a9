// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/curves/monitor_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

#include "clients/cli/offline/curves/oracle.h"
#include "services/platform/error/error.h"

namespace reprise::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// 24 rows; centre B lies ten above A and C, and every number ends in 0 or 5 but for row 25.
std::string Bytes() {
  std::string bytes = "centre,weight,height\n";
  for (int i = 0; i < 24; ++i) {
    const char centre = "ABC"[i % 3];
    const double weight = 60 + (i % 4) * 0.5 + (centre == 'B' ? 10 : 0);
    absl::StrAppend(&bytes, std::string(1, centre), ",", weight, ",", i == 23 ? 250 : 160 + i % 7,
                    "\n");
  }
  return bytes;
}

TEST(MonitorReportTest, ListsWhatStandsOutForReview) {
  const auto report = MonitorReport(
      TableOf(Bytes()), {.centre = "centre", .values = {"weight", "height"}, .limit = 0.05});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_THAT(*report,
              AllOf(HasSubstr("weight, centre B: higher on average than the rest"),
                    HasSubstr("weight: last digits are not equally often"),
                    HasSubstr("row 25: unusual taken together"), HasSubstr("excludes nobody")));
  EXPECT_THAT(*report, AllOf(Not(HasSubstr("height, centre A: higher")), Not(HasSubstr("nan"))));
}

TEST(MonitorReportTest, LetsSmallAndConstantTablesPass) {
  const auto few = MonitorReport(TableOf("centre,v\nA,1\nB,2\nA,\n"),
                                 {.centre = "centre", .values = {"v"}, .limit = 0.05});
  ASSERT_TRUE(few.ok()) << few.status();
  EXPECT_THAT(*few, AllOf(HasSubstr("v: 2 recorded, 1 missing"), HasSubstr("  nothing\n")));
  std::string constant = "centre,v,w\n";
  for (int i = 0; i < 12; ++i) absl::StrAppend(&constant, i % 2, ",7,7\n");
  const auto same =
      MonitorReport(TableOf(constant), {.centre = "centre", .values = {"v", "w"}, .limit = 0.05});
  ASSERT_TRUE(same.ok()) << same.status();
  EXPECT_THAT(*same, AllOf(HasSubstr("v: last digits"), Not(HasSubstr("nan"))));
  EXPECT_TRUE(
      MonitorReport(TableOf("centre,v\n"), {.centre = "centre", .values = {"v"}, .limit = 0.05})
          .ok());
}

// 36.5, 37, 36.6: 37 was read as 37.0.
TEST(MonitorReportTest, ReadsLastDigitsAtTheSamePrecision) {
  std::string bytes = "centre,v\n";
  for (int digit = 0; digit < 10; ++digit) {
    absl::StrAppend(&bytes, "A,", digit == 0 ? std::string("37") : absl::StrCat("36.", digit),
                    "\n");
  }
  const auto report =
      MonitorReport(TableOf(bytes), {.centre = "centre", .values = {"v"}, .limit = 0.05});
  EXPECT_THAT(*report, HasSubstr("chi-square 0.00, p 1.000"));
}

TEST(MonitorReportTest, NamesWhatIsWrong) {
  struct Case {
    const char* name;
    const char* bytes;
    MonitorQuestion question;
    const char* reason;
    const char* path;
  };
  for (const Case& bad :
       {Case{"word",
             "centre,v\nA,1\nB,tall\n",
             {"centre", {"v"}, 0.05},
             "NUMBER_MALFORMED",
             "row 3, column v"},
        Case{"no centre",
             "centre,v\n,1\n",
             {"centre", {"v"}, 0.05},
             "CENTRE_MISSING",
             "row 2, column centre"},
        Case{"no column",
             "centre,v\nA,1\n",
             {"centre", {"w"}, 0.05},
             "COLUMN_MISSING",
             "row 1, column w"},
        Case{"no centre column",
             "site,v\nA,1\n",
             {"centre", {"v"}, 0.05},
             "COLUMN_MISSING",
             "row 1, column centre"},
        Case{"no values", "centre,v\nA,1\n", {"centre", {}, 0.05}, "VALUES_MISSING", "--value"},
        Case{"limit", "centre,v\nA,1\n", {"centre", {"v"}, 5}, "LIMIT_INVALID", "--limit"}}) {
    const auto report = MonitorReport(TableOf(bad.bytes), bad.question);
    const error::Detail detail = error::DetailOf(report.status());
    EXPECT_EQ(detail.reason, bad.reason) << bad.name;
    ASSERT_EQ(detail.violations.size(), 1u) << bad.name;
    EXPECT_EQ(detail.violations[0].path, bad.path) << bad.name;
  }
}

}  // namespace
}  // namespace reprise::cli
