// SPDX-License-Identifier: Apache-2.0
// Every row of every oracle of curves and monitoring, at its tolerance. Expected values come from R
// and other established software (see the files); none from this code.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "absl/strings/str_split.h"

#include "clients/cli/offline/curves/batch_row.h"
#include "clients/cli/offline/curves/oracle.h"
#include "services/platform/text/number.h"

namespace reprise::cli {
namespace {

struct Case {
  const char* family;
  size_t rows;  // so that a file that lost rows is noticed
};

// Relative, and absolute near 0, element by element.
void ExpectSameField(const std::string& found, const std::string& want, double relative,
                     double absolute, const std::string& where) {
  const std::vector<std::string> left = absl::StrSplit(found, ';');
  const std::vector<std::string> right = absl::StrSplit(want, ';');
  ASSERT_EQ(left.size(), right.size()) << where;
  for (size_t i = 0; i < left.size(); ++i) {
    const auto a = text::ParseDouble(left[i], "");
    const auto b = text::ParseDouble(right[i], "");
    ASSERT_EQ(a.ok(), b.ok()) << where << ": '" << left[i] << "' for '" << right[i] << "'";
    if (!a.ok()) continue;
    EXPECT_LE(std::abs(*a - *b), std::max(absolute, relative * std::abs(*b)))
        << where << "[" << i << "]: " << left[i] << " for " << right[i];
  }
}

double ToleranceOf(const text::CsvTable& table, size_t row, const char* column, double otherwise) {
  const int at = table.Column(column);
  if (at < 0 || table.rows[row][at].empty()) return otherwise;
  return *text::ParseDouble(table.rows[row][at], column);
}

TEST(CurveFamiliesTest, EveryOracleRowIsReproduced) {
  BatchOptions options;
  options.derived = TestTable("rtw_derived");
  for (const Case& oracle :
       {Case{"rtw_km", 162}, Case{"rtw_tests", 26}, Case{"rtw_cuminc", 42}, Case{"rtw_rmst", 24},
        Case{"mon_smd", 12}, Case{"mon_icc", 8}, Case{"mon_digit_preference", 6},
        Case{"mon_multiplicity", 5}, Case{"mon_centre_outliers", 6}, Case{"mon_response_style", 7},
        Case{"mon_mahalanobis", 3}}) {
    const text::CsvTable table = TestTable(oracle.family);
    ASSERT_EQ(table.rows.size(), oracle.rows) << oracle.family;
    const Family family = FamilyNamed(oracle.family);
    // Only the inputs are handed over, in another order, so that no expected value can leak.
    text::CsvTable input;
    input.header.assign(family.inputs.rbegin(), family.inputs.rend());
    for (const auto& row : table.rows) {
      auto& cells = input.rows.emplace_back();
      for (const std::string& name : input.header) cells.push_back(row[table.Column(name)]);
    }
    const auto output = family.run(input, options);
    ASSERT_TRUE(output.ok()) << oracle.family << ": " << output.status();
    ASSERT_EQ(output->size(), oracle.rows) << oracle.family;
    for (size_t i = 0; i < oracle.rows; ++i) {
      ASSERT_EQ(output->at(i).size(), family.outputs.size()) << oracle.family;
      for (size_t j = 0; j < family.outputs.size(); ++j) {
        ExpectSameField(
            output->at(i)[j], table.rows[i][table.Column(family.outputs[j])],
            ToleranceOf(table, i, "tol_rel", 1e-9), ToleranceOf(table, i, "tol_abs", 1e-12),
            std::string(oracle.family) + " row " + std::to_string(i + 2) + " " + family.outputs[j]);
      }
    }
  }
}

// Runs one row of a family on a derived table given as text.
Cells Ask(const std::string& family, const std::string& header, const std::string& row,
          const std::string& derived) {
  BatchOptions options;
  options.derived = TableOf(derived);
  const auto output = FamilyNamed(family).run(TableOf(header + "\n" + row + "\n"), options);
  EXPECT_TRUE(output.ok()) << row << ": " << output.status();
  return output.ok() ? output->at(0) : Cells();
}

constexpr char kHeader[] = "dataset,arm,centre,srtw50_28_time,srtw50_28_status\n";
constexpr char kKm[] = "dataset,group,conf_type,quantity,time";

TEST(CurveFamiliesTest, EdgesAreComputedOrEmptyAndNeverNaN) {
  using ::testing::ElementsAre;
  const std::string one = std::string(kHeader) + "d,A,C1,10,1\n";
  EXPECT_THAT(Ask("rtw_km", kKm, "d,A,log-log,surv,10", one),
              ElementsAre("1", "1", "0", "", "", ""));
  EXPECT_THAT(Ask("rtw_km", kKm, "d,all,plain,quantile_50,", one),
              ElementsAre("", "", "10", "", "", ""));
  EXPECT_THAT(Ask("rtw_cuminc", "dataset,group,time", "d,A,10", one),
              ElementsAre("1", "0", "0", "0", "1", "", ""));
  EXPECT_THAT(Ask("rtw_rmst", "dataset,group,tau", "d,A,10", one),
              ElementsAre("10", "0", "10", "10", "0"));
  EXPECT_THAT(Ask("rtw_rmst", "dataset,group,tau", "d,A,11", one), ElementsAre("", "", "", "", ""));
  for (const char* quantity : {"logrank_chisq", "logrank_p", "logrank_strat_centre_p",
                               "cox_efron_loghr", "cox_breslow_se", "gray_srtw_p"}) {
    EXPECT_THAT(Ask("rtw_tests", "dataset,quantity", std::string("d,") + quantity, one),
                ElementsAre(""))
        << quantity;
  }
  // Nobody in arm B has started the clock yet.
  const std::string empty_arm = std::string(kHeader) + "d,A,C1,10,1\nd,A,C1,12,0\nd,B,C1,,\n";
  EXPECT_THAT(Ask("rtw_km", kKm, "d,B,log,surv,5", empty_arm),
              ElementsAre("0", "0", "", "", "", ""));
  EXPECT_THAT(Ask("rtw_cuminc", "dataset,group,time", "d,B,5", empty_arm),
              ElementsAre("", "", "", "", "", "", ""));
  EXPECT_THAT(Ask("rtw_rmst", "dataset,group,tau", "d,B-A,5", empty_arm),
              ElementsAre("", "", "", "", ""));
  EXPECT_THAT(Ask("rtw_tests", "dataset,quantity", "d,logrank_obs_B", empty_arm), ElementsAre("0"));
}

TEST(CurveFamiliesTest, TheHorizonOfArmsIsTheirSharedOne) {
  const std::string derived =
      std::string(kHeader) + "d,A,C1,10,1\nd,A,C1,50,0\nd,B,C1,20,1\nd,B,C1,30,0\n";
  const auto first = [&](const char* row) {
    return Ask("rtw_rmst", "dataset,group,tau", row, derived).at(0);
  };
  EXPECT_EQ(first("d,A,30"), "20");   // 10 + 20 / 2
  EXPECT_EQ(first("d,B-A,30"), "5");  // (20 + 10 / 2) - 20
  EXPECT_EQ(first("d,A,31"), "");     // arm B was observed to day 30 only
  EXPECT_EQ(first("d,B-A,31"), "");
  EXPECT_EQ(first("d,all,50"), "32.5");  // 10 + 10 * 3/4 + 30 * 1/2
}

TEST(CurveFamiliesTest, MonitoringEdgesAreComputedOrEmptyAndNeverNaN) {
  using ::testing::Each;
  using ::testing::ElementsAre;
  EXPECT_THAT(Ask("mon_smd", "case_id,type,arm_A,arm_B", "x,numeric,,1;2", kHeader),
              ElementsAre("0", "2", "0", "0", "", "", "", ""));
  EXPECT_THAT(Ask("mon_smd", "case_id,type,arm_A,arm_B", "x,binary,1;1;,1", kHeader),
              ElementsAre("2", "1", "1", "0", "", "", "", ""));
  EXPECT_THAT(Ask("mon_icc", "case_id,outcome,cluster,value", "x,binary,1;1;1,0;1;1", kHeader),
              ElementsAre("1", "3", "", "0.333333333333333", "", "", "", "", "", "", "3", "", ""));
  EXPECT_THAT(
      Ask("mon_digit_preference", "case_id,digit_counts_0_9", "x,0;0;0;0;0;0;0;0;0;0", kHeader),
      ElementsAre("", "9", ""));
  EXPECT_THAT(Ask("mon_multiplicity", "case_id,p", "x,", kHeader), Each(""));
  EXPECT_THAT(Ask("mon_multiplicity", "case_id,p", "x,0.5;;1", kHeader),
              ElementsAre("1;;1", "1;;1"));
  EXPECT_THAT(Ask("mon_centre_outliers", "case_id,centre,value", "x,A;A;A;A;A,1;2;3;4;5", kHeader),
              Each(""));
  EXPECT_THAT(Ask("mon_response_style", "case_id,responses", "x,;", kHeader),
              ElementsAre("0", "", "1", "0"));
  EXPECT_THAT(Ask("mon_mahalanobis", "case_id,n,p,rows", "x,3,2,1:1;2:2;3:3", kHeader), Each(""));
}

}  // namespace
}  // namespace reprise::cli
