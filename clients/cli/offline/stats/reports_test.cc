// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/stats/reports.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clients/cli/offline/stats/sample_size_kinds.h"
#include "clients/cli/offline/stats/text_plot.h"
#include "clients/cli/verbs.h"
#include "services/platform/error/error.h"

namespace reprise::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(TextPlotTest, DrawsWhatItIsGiven) {
  EXPECT_EQ(IntervalLine(0, 0.5, 1, 0, 1, 11), "[----*----]");
  EXPECT_EQ(IntervalLine(0.2, 0.2, 0.2, 0, 1, 11), "  *        ");
  EXPECT_EQ(Bar(0.5, 10), "#####");
  EXPECT_EQ(Bar(7, 3), "###");
  EXPECT_EQ(Table({{"a", "bb"}, {"ccc", "d"}}), "a    bb\n-------\nccc   d\n");
  EXPECT_EQ(Percent(0.7), "70.0 %");
  EXPECT_EQ(Percent(0.000346932), "0.035 %");
  EXPECT_EQ(Percent(1e-9), "< 0.001 %");
  EXPECT_EQ(Percent(1), "100.0 %");
}

TEST(IntervalReportTest, SaysTheIntervalInWordsAndDrawsIt) {
  const auto report = IntervalReport({.values = {"28/40"}});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_THAT(*report,
              AllOf(HasSubstr("28 of 40 is 70.0 %, 95.0 % interval (wilson) 54.6 % to 81.9 %."),
                    HasSubstr("clopper_pearson"), HasSubstr("[-----*----]")));
  EXPECT_THAT(*IntervalReport({.values = {"0/0"}}), HasSubstr("not computable"));
  EXPECT_THAT(*IntervalReport({.values = {"28/40", "33/41"}}), HasSubstr("inside the interval"));
  EXPECT_THAT(*IntervalReport({.values = {"12"}, .conf = "0.9", .exposure = "18"}),
              HasSubstr("0.6667 per unit of exposure, 90.0 % interval (Garwood) 0.3847 to 1.08"));
  EXPECT_THAT(*IntervalReport({.mean = "63.39", .sd = "16.761", .n = "40"}), HasSubstr("58.03"));
  EXPECT_THAT(*IntervalReport({.mean = "63.39", .sd = "0", .n = "1"}), HasSubstr("no interval"));
}

TEST(ProgressionReportTest, GivesTheCharacteristicsTheSizeAndTheDecision) {
  const auto report = ProgressionReport(
      {.n = "40", .red = "0.6", .green = "0.8", .x = "31", .criteria = {"consent:33/40:0.6:0.8"}});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_THAT(*report, AllOf(HasSubstr("green from 32 of 40, red up to 23 of 40"),
                             HasSubstr("59.3 %"), HasSubstr("n = 36, go on from 27"),
                             HasSubstr("Overall decision (the worst light): amber")));
  const auto worse = ProgressionReport({.n = "40",
                                        .red = "0.6",
                                        .green = "0.8",
                                        .x = "40",
                                        .criteria = {"a:1/40:0.6:0.8", "b:30/40:0.6:0.8"}});
  EXPECT_THAT(*worse, HasSubstr("(the worst light): red"));
}

TEST(SampleSizeReportTest, CarriesFormulaReferenceRoundingAndAssumptions) {
  const auto report = SampleSizeReport(
      "two-proportions", {{"p1", "0.60"}, {"p2", "0.75"}, {"power", "0.8"}, {"dropout", "0.1"}});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_THAT(*report, AllOf(HasSubstr("pooled variance"), HasSubstr("Biometrics 1980;36:343"),
                             HasSubstr("Rounding:"), HasSubstr("0.60"), HasSubstr("0.05 (preset)"),
                             HasSubstr("152"), HasSubstr("169")));
}

TEST(SampleSizeReportTest, EveryKindsExampleRuns) {
  for (const SampleSizeKind& kind : SampleSizeKinds()) {
    Cli cli;
    AddStatsVerbs(cli);
    ASSERT_EQ(kind.example.rfind("reprise ", 0), 0) << kind.name;
    ::testing::internal::CaptureStdout();
    cli.app.parse(kind.example.substr(8));
    const std::string printed = ::testing::internal::GetCapturedStdout();
    EXPECT_TRUE(cli.outcome.ok()) << kind.name << cli.outcome;
    EXPECT_THAT(printed, AllOf(HasSubstr("Reference: "), HasSubstr("####"), Not(HasSubstr("nan")),
                               Not(HasSubstr("not computable"))))
        << kind.name;
  }
}

TEST(ForecastReportTest, SaysPlainlyThatTheTargetWillBeMissed) {
  ForecastArguments arguments{.recruited = "12,8,7,5,3,2",
                              .exposure = "6,6,6,6,6,6",
                              .horizon = "18",
                              .target = "200",
                              .alpha = "1.8",
                              .beta = "1.2",
                              .start = "2026-01-01"};
  const auto missed = ForecastReport(arguments);
  ASSERT_TRUE(missed.ok()) << missed.status();
  EXPECT_THAT(*missed, AllOf(HasSubstr("almost certainly be MISSED"), HasSubstr("119.5"),
                             HasSubstr("0.035 %"), HasSubstr("2028-")));
  arguments.target = "60";
  EXPECT_THAT(*ForecastReport(arguments), HasSubstr("will very likely be met"));
  arguments.open_delay = "closed,closed,closed,closed,closed,closed";
  EXPECT_THAT(*ForecastReport(arguments), HasSubstr("never (all centres are closed)"));
}

TEST(ForecastReportTest, EstimatesTheRatesOrTakesTheProtocols) {
  EXPECT_THAT(*ForecastReport({.recruited = "12,8,7,5,3,2",
                               .exposure = "6,6,6,6,6,6",
                               .horizon = "18",
                               .target = "200"}),
              HasSubstr("maximum likelihood (alpha 7.229"));
  EXPECT_THAT(
      *ForecastReport({.recruited = "6,6,6", .exposure = "6,6,6", .horizon = "1", .target = "3"}),
      HasSubstr("one common rate"));
  EXPECT_THAT(*ForecastReport(
                  {.centres = "6", .horizon = "24", .target = "150", .rate = "1.2", .cv = "0.5"}),
              AllOf(HasSubstr("6 centres"), HasSubstr("alpha 4, beta 3.333")));
}

TEST(ReportsTest, RefusalsNameTheArgument) {
  struct Case {
    const char* name;
    absl::Status status;
    const char* path;
    const char* reason;
  };
  const auto forecast = [](ForecastArguments arguments) {
    return ForecastReport(arguments).status();
  };
  for (const Case& bad :
       {Case{"fraction", IntervalReport({.values = {"28"}}).status(), "VALUE",
             "FRACTION_MALFORMED"},
        Case{"nothing", IntervalReport({}).status(), "VALUE", "ARGUMENTS_UNCLEAR"},
        Case{"percent", IntervalReport({.values = {"28/40"}, .conf = "95"}).status(), "conf",
             "PROPORTION_AS_PERCENT"},
        Case{"method", IntervalReport({.values = {"28/40"}, .method = "wald"}).status(), "method",
             "METHOD_UNKNOWN"},
        Case{"exposure", IntervalReport({.values = {"2"}, .exposure = "0"}).status(), "exposure",
             "ZERO_EXPOSURE"},
        Case{"n", ProgressionReport({.n = "x", .red = "0.6", .green = "0.8"}).status(), "--n",
             "NUMBER_MALFORMED"},
        Case{"criterion",
             ProgressionReport({.n = "9", .red = "0.6", .green = "0.8", .criteria = {"a:1:2"}})
                 .status(),
             "--criterion", "CRITERION_MALFORMED"},
        Case{"flag",
             SampleSizeReport(
                 "logrank",
                 {{"hr_arm2_vs_arm1", "1"}, {"event_prob_arm1", "0.5"}, {"event_prob_arm2", "0.5"}})
                 .status(),
             "--hr", "NO_EFFECT"},
        Case{"no prior",
             forecast({.recruited = "0", .exposure = "3", .horizon = "1", .target = "3"}), "--rate",
             "PRIOR_MISSING"},
        Case{"half a prior",
             forecast(
                 {.recruited = "1", .exposure = "3", .horizon = "1", .target = "3", .alpha = "2"}),
             "--beta", "OPTION_MISSING"},
        Case{"lengths",
             forecast({.recruited = "1,2", .exposure = "3", .horizon = "1", .target = "3"}),
             "exposure", "LENGTH_MISMATCH"},
        Case{"date",
             forecast({.recruited = "1,4",
             .exposure = "3,3",
             .horizon = "1",
             .target = "3",
             .start = "01/02/2026"}),
             "--start", "DATE_MALFORMED"}}) {
    const error::Detail detail = error::DetailOf(bad.status);
    EXPECT_EQ(detail.reason, bad.reason) << bad.name;
    ASSERT_FALSE(detail.violations.empty()) << bad.name;
    EXPECT_EQ(detail.violations[0].path, bad.path) << bad.name;
  }
}

}  // namespace
}  // namespace reprise::cli
