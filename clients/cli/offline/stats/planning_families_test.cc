// SPDX-License-Identifier: Apache-2.0
// Every oracle row of the planning families through the batch code path, at the row's tolerance.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "absl/strings/str_cat.h"

#include "clients/cli/offline/stats/batch.h"
#include "services/platform/text/csv.h"
#include "services/platform/text/number.h"

namespace reprise::cli {
namespace {

std::string TestData(const std::string& name) {
  std::ifstream file(std::string(REPRISE_TEST_DATA "/statistics/") + name, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

// The table with the family's input columns alone, in reverse order.
std::string InputsOnly(const Family& family, const text::CsvTable& oracle) {
  std::vector<std::string> columns(family.inputs.rbegin(), family.inputs.rend());
  std::string bytes = text::FormatCsvRow(columns);
  for (const auto& row : oracle.rows) {
    std::vector<std::string> cells;
    for (const std::string& column : columns) {
      cells.push_back(row[static_cast<size_t>(oracle.Column(column))]);
    }
    bytes += text::FormatCsvRow(cells);
  }
  return bytes;
}

double Tolerance(const text::CsvTable& oracle, size_t row, const char* column, double otherwise) {
  const int at = oracle.Column(column);
  if (at < 0) return otherwise;
  return text::ParseDouble(oracle.rows[row][static_cast<size_t>(at)], column).value_or(otherwise);
}

void ExpectCell(const std::string& got, const std::string& expected, double relative,
                double absolute, const std::string& where) {
  if (expected.empty()) {
    EXPECT_EQ(got, "") << where;
    return;
  }
  const auto want = text::ParseDouble(expected, "expected"), have = text::ParseDouble(got, "got");
  ASSERT_TRUE(want.ok() && have.ok()) << where << ": '" << got << "' for '" << expected << "'";
  EXPECT_LE(std::abs(*have - *want), std::max(absolute, relative * std::abs(*want)))
      << where << ": " << got << " for " << expected;
}

class PlanningFamilyTest : public ::testing::TestWithParam<std::string> {};

TEST_P(PlanningFamilyTest, MeetsEveryOracleRow) {
  const auto families = PlanningFamilies();
  const auto family = std::find_if(families.begin(), families.end(),
                                   [](const Family& known) { return known.name == GetParam(); });
  ASSERT_NE(family, families.end());
  const auto oracle = text::ParseCsv(TestData(GetParam() + ".csv"), GetParam());
  ASSERT_TRUE(oracle.ok()) << oracle.status();
  ASSERT_FALSE(oracle->rows.empty());
  const auto bytes = RunBatch(families, GetParam(), InputsOnly(*family, *oracle), "in.csv", {});
  ASSERT_TRUE(bytes.ok()) << bytes.status();
  const auto result = text::ParseCsv(*bytes, "out.csv");
  ASSERT_TRUE(result.ok()) << result.status();
  ASSERT_EQ(result->rows.size(), oracle->rows.size());
  for (size_t i = 0; i < oracle->rows.size(); ++i) {
    const double relative = Tolerance(*oracle, i, "tol_rel", 1e-9);
    const double absolute = Tolerance(*oracle, i, "tol_abs", 1e-12);
    for (const std::string& column : family->outputs) {
      ExpectCell(result->rows[i][static_cast<size_t>(result->Column(column))],
                 oracle->rows[i][static_cast<size_t>(oracle->Column(column))], relative, absolute,
                 absl::StrCat(GetParam(), " ", result->rows[i][0], " ", column));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    AllFiles, PlanningFamilyTest,
    ::testing::Values("feas_ci_difference", "feas_ci_mean_sd", "feas_ci_proportion", "feas_ci_rate",
                      "feas_progression_n", "feas_traffic_light_oc", "forecast_counts",
                      "forecast_ml", "forecast_time_to_target", "ss_assurance_beta",
                      "ss_assurance_normal", "ss_event_probability", "ss_inflation", "ss_logrank",
                      "ss_means", "ss_power_two_proportions", "ss_reestimation", "ss_stepped_wedge",
                      "ss_two_proportions"),
    [](const auto& info) { return info.param; });

TEST(PlanningFamiliesTest, ColumnsAreThoseThatTheOraclesName) {
  const auto named = nlohmann::json::parse(TestData("families.json"));
  size_t served = 0;
  for (const Family& family : PlanningFamilies()) {
    ASSERT_TRUE(named.contains(family.name)) << family.name;
    EXPECT_EQ(named[family.name]["inputs"].get<std::vector<std::string>>(), family.inputs);
    EXPECT_EQ(named[family.name]["outputs"].get<std::vector<std::string>>(), family.outputs);
  }
  for (const auto& [name, columns] : named.items()) {
    served +=
        name.rfind("feas_", 0) == 0 || name.rfind("ss_", 0) == 0 || name.rfind("forecast_", 0) == 0;
  }
  EXPECT_EQ(PlanningFamilies().size(), served);
}

TEST(PlanningFamiliesTest, MeetsThePublishedPilot) {
  const auto oracle = text::ParseCsv(TestData("feas_published_example.csv"), "oracle");
  ASSERT_TRUE(oracle.ok());
  for (const auto& row : oracle->rows) {
    const auto cell = [&](const char* name) {
      return row[static_cast<size_t>(oracle->Column(name))];
    };
    const auto bytes = RunBatch(
        PlanningFamilies(), "feas_ci_proportion",
        absl::StrCat("case_id,x,n,conf,method\na,", cell("x"), ",", cell("n"), ",0.95,wilson\nb,",
                     cell("x"), ",", cell("n"), ",0.95,clopper_pearson\n"),
        "in.csv", {});
    ASSERT_TRUE(bytes.ok()) << bytes.status();
    const auto result = text::ParseCsv(*bytes, "out.csv");
    const std::string where = cell("metric");
    ExpectCell(result->rows[0][5], cell("estimate"), 1e-9, 1e-12, where);
    ExpectCell(result->rows[0][6], cell("wilson_lower"), 1e-9, 1e-12, where);
    ExpectCell(result->rows[0][7], cell("wilson_upper"), 1e-9, 1e-12, where);
    ExpectCell(result->rows[1][6], cell("exact_lower"), 1e-9, 1e-12, where);
    ExpectCell(result->rows[1][7], cell("exact_upper"), 1e-9, 1e-12, where);
  }
}

}  // namespace
}  // namespace reprise::cli
