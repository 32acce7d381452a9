// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/curves/curve_verbs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "clients/cli/files.h"
#include "services/platform/error/error.h"

namespace reprise::cli {
namespace {

constexpr char kDerived[] = REPRISE_TEST_DATA "/statistics/rtw_derived.csv";

// Runs `reprise stats ARGUMENTS` and returns how it ended.
absl::Status Stats(std::vector<std::string> arguments) {
  Cli cli;
  CLI::App* stats = cli.app.add_subcommand("stats", "");
  AddCurveVerbs(cli, *stats);
  arguments.insert(arguments.begin(), "stats");
  std::reverse(arguments.begin(), arguments.end());  // as CLI11 takes a vector
  cli.app.parse(arguments);
  return cli.outcome;
}

TEST(CurveVerbsTest, CurveWritesItsReport) {
  const std::string out = ::testing::TempDir() + "/curve_verbs_test.txt";
  ASSERT_TRUE(Stats({"curve", "--derived", kDerived, "--dataset", "pilot40_public", "--times",
                     "60,180", "--tau", "240", "--out", out})
                  .ok());
  EXPECT_THAT(*ReadFile(out), ::testing::HasSubstr("165.3 days without the event"));
}

TEST(CurveVerbsTest, MonitorWritesItsReport) {
  const std::string out = ::testing::TempDir() + "/monitor_verbs_test.txt";
  ASSERT_TRUE(Stats({"monitor", kDerived, "--value", "obs_days,sick_days_365", "--out", out}).ok());
  EXPECT_THAT(*ReadFile(out), ::testing::HasSubstr("280 rows"));
}

TEST(CurveVerbsTest, ErrorsReachTheShell) {
  EXPECT_EQ(ExitCodeOf(Stats({"curve", "--derived", "/nonexistent"})), 5);
  EXPECT_EQ(error::ReasonOf(Stats({"curve", "--derived", kDerived, "--dataset", "x"})),
            "DATASET_UNKNOWN");
  EXPECT_EQ(error::ReasonOf(Stats(
                {"curve", "--derived", kDerived, "--dataset", "pilot40_public", "--tau", "0"})),
            "HORIZON_INVALID");
  EXPECT_EQ(ExitCodeOf(Stats({"monitor", kDerived, "--value", "arm"})), 2);
}

}  // namespace
}  // namespace reprise::cli
