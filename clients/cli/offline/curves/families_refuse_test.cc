// SPDX-License-Identifier: Apache-2.0
// Bad input to the families: refused with a reason, naming row and column.
#include <gtest/gtest.h>

#include "clients/cli/offline/curves/oracle.h"
#include "services/platform/error/error.h"

namespace reprise::cli {
namespace {

struct Bad {
  const char* family;
  const char* header;
  const char* row;  // the second row of the table; the first is a good one
  const char* reason;
  const char* path;
};

constexpr char kKm[] = "dataset,group,conf_type,quantity,time\nd,A,log,surv,5";
constexpr char kCuminc[] = "dataset,group,time\nd,A,5";
constexpr char kRmst[] = "dataset,group,tau\nd,A,5";
constexpr char kTests[] = "dataset,quantity\nd,logrank_p";
constexpr char kSmd[] = "case_id,type,arm_A,arm_B\nx,numeric,1;2,2;5";
constexpr char kIcc[] = "case_id,outcome,cluster,value\nx,binary,1;2,0;1";
constexpr char kDigit[] = "case_id,digit_counts_0_9\nx,1;1;1;1;1;1;1;1;1;1";
constexpr char kP[] = "case_id,p\nx,0.1";
constexpr char kCentre[] = "case_id,centre,value\nx,1;2,3;4";
constexpr char kResponse[] = "case_id,responses\nx,1;2";
constexpr char kMaha[] = "case_id,n,p,rows\nx,2,1,1;2";

const Bad kBad[] = {
    {"rtw_km", kKm, "e,A,log,surv,5", "DATASET_UNKNOWN", "row 3, column dataset"},
    {"rtw_km", kKm, "d,C,log,surv,5", "GROUP_UNKNOWN", "row 3, column group"},
    {"rtw_km", kKm, "d,A,loglog,surv,5", "INTERVAL_UNKNOWN", "row 3, column conf_type"},
    {"rtw_km", kKm, "d,A,log,median,5", "QUANTITY_UNKNOWN", "row 3, column quantity"},
    {"rtw_km", kKm, "d,A,log,quantile_0,", "QUANTITY_UNKNOWN", "row 3, column quantity"},
    {"rtw_km", kKm, "d,A,log,quantile_100,", "QUANTITY_UNKNOWN", "row 3, column quantity"},
    {"rtw_km", kKm, "d,A,log,surv,-1", "TIME_NEGATIVE", "row 3, column time"},
    {"rtw_km", kKm, "d,A,log,surv,", "NUMBER_MALFORMED", "row 3, column time"},
    {"rtw_km", kKm, "d,A,log,surv,nan", "NUMBER_MALFORMED", "row 3, column time"},
    {"rtw_km", "dataset,group,conf_type,quantity", "d,A,log,surv", "COLUMN_MISSING",
     "row 1, column time"},
    {"rtw_cuminc", kCuminc, "d,A,soon", "NUMBER_MALFORMED", "row 3, column time"},
    {"rtw_cuminc", kCuminc, "d,,5", "GROUP_UNKNOWN", "row 3, column group"},
    {"rtw_rmst", kRmst, "d,A,0", "HORIZON_INVALID", "row 3, column tau"},
    {"rtw_rmst", kRmst, "d,A,-3", "HORIZON_INVALID", "row 3, column tau"},
    {"rtw_rmst", kRmst, "d,A-A,5", "GROUP_UNKNOWN", "row 3, column group"},
    {"rtw_rmst", kRmst, "d,B-C,5", "GROUP_UNKNOWN", "row 3, column group"},
    {"rtw_tests", kTests, "d,logrank", "QUANTITY_UNKNOWN", "row 3, column quantity"},
    {"rtw_tests", kTests, "d,logrank_obs_C", "QUANTITY_UNKNOWN", "row 3, column quantity"},
    {"rtw_tests", kTests, "d,cox_efron_hr", "QUANTITY_UNKNOWN", "row 3, column quantity"},
    {"mon_smd", kSmd, "x,ordinal,1,2", "TYPE_UNKNOWN", "row 3, column type"},
    {"mon_smd", kSmd, "x,numeric,1;a,2", "NUMBER_MALFORMED", "row 3, column arm_A[1]"},
    {"mon_smd", kSmd, "x,binary,1;0,0;;2", "VALUE_NOT_BINARY", "row 3, column arm_B[2]"},
    {"mon_icc", kIcc, "x,count,1;2,0;1", "OUTCOME_UNKNOWN", "row 3, column outcome"},
    {"mon_icc", kIcc, "x,continuous,1;2,0", "LENGTHS_DIFFER", "row 3, column value"},
    {"mon_icc", kIcc, "x,binary,1;2,0;0.5", "VALUE_NOT_BINARY", "row 3, column value[1]"},
    {"mon_icc", kIcc, "x,binary,1;,0;1", "ELEMENT_MISSING", "row 3, column cluster[1]"},
    {"mon_digit_preference", kDigit, "x,1;2;3", "LENGTHS_DIFFER", "row 3, column digit_counts_0_9"},
    {"mon_digit_preference", kDigit, "x,1;-1;1;1;1;1;1;1;1;1", "COUNT_INVALID",
     "row 3, column digit_counts_0_9[1]"},
    {"mon_digit_preference", kDigit, "x,1;1;2.5;1;1;1;1;1;1;1", "NUMBER_MALFORMED",
     "row 3, column digit_counts_0_9[2]"},
    {"mon_multiplicity", kP, "x,0.1;5", "PROBABILITY_INVALID", "row 3, column p[1]"},
    {"mon_centre_outliers", kCentre, "x,1;2;3,3;4", "LENGTHS_DIFFER", "row 3, column value"},
    {"mon_centre_outliers", kCentre, "x,1;2,3;1e999", "NUMBER_MALFORMED", "row 3, column value[1]"},
    {"mon_response_style", kResponse, "x,", "RESPONSES_MISSING", "row 3, column responses"},
    {"mon_response_style", kResponse, "x,1;often", "NUMBER_MALFORMED",
     "row 3, column responses[1]"},
    {"mon_mahalanobis", kMaha, "x,3,1,1;2", "LENGTHS_DIFFER", "row 3, column rows"},
    {"mon_mahalanobis", kMaha, "x,2,2,1:2;3", "LENGTHS_DIFFER", "row 3, column rows[1]"},
    {"mon_mahalanobis", kMaha, "x,2,2,1:2;3:", "NUMBER_MALFORMED", "row 3, column rows[1][1]"},
    {"mon_mahalanobis", kMaha, "x,two,1,1;2", "NUMBER_MALFORMED", "row 3, column n"},
};

constexpr char kDerived[] = "dataset,arm,centre,srtw50_28_time,srtw50_28_status\n";

TEST(CurveFamiliesRefuseTest, NamesRowAndColumnOfBadInput) {
  BatchOptions options;
  options.derived =
      TableOf(std::string(kDerived) + "d,A,C1,10,1\nd,A,C1,12,0\nd,B,C1,5,2\nd,B,C1,9,1\n");
  for (const Bad& bad : kBad) {
    const auto input = TableOf(std::string(bad.header) + "\n" + bad.row + "\n");
    const auto output = FamilyNamed(bad.family).run(input, options);
    EXPECT_EQ(output.status().code(), absl::StatusCode::kInvalidArgument) << bad.family << bad.row;
    const error::Detail detail = error::DetailOf(output.status());
    EXPECT_EQ(detail.reason, bad.reason) << bad.family << ": " << bad.row;
    ASSERT_EQ(detail.violations.size(), 1u) << bad.family << ": " << bad.row;
    EXPECT_EQ(detail.violations[0].path, bad.path) << bad.family << ": " << bad.row;
  }
}

TEST(CurveFamiliesRefuseTest, NamesRowAndColumnOfABadDerivedTable) {
  struct Case {
    const char* name;
    const char* derived;
    const char* reason;
    const char* path;
  };
  const auto input = TableOf(kCuminc);
  for (const Case& bad :
       {Case{"none", "", "DERIVED_MISSING", "--derived"},
        Case{"no status column", "dataset,arm,centre,srtw50_28_time\nd,A,C1,4\n", "COLUMN_MISSING",
             "derived row 1, column srtw50_28_status"},
        Case{"negative time", "d,A,C1,4,1\nd,A,C1,-4,1\n", "OBSERVATION_TIME_INVALID",
             "derived row 3, column srtw50_28_time"},
        Case{"status 3", "d,A,C1,4,3\n", "OBSERVATION_STATUS_UNKNOWN",
             "derived row 2, column srtw50_28_status"},
        Case{"status 0.5", "d,A,C1,4,0.5\n", "NUMBER_MALFORMED",
             "derived row 2, column srtw50_28_status"},
        Case{"time in words", "d,A,C1,four,1\n", "NUMBER_MALFORMED",
             "derived row 2, column srtw50_28_time"},
        Case{"status alone", "d,A,C1,,1\n", "OBSERVATION_INCOMPLETE",
             "derived row 2, column srtw50_28_time"},
        Case{"arm without name", "d,,C1,4,1\n", "ARM_MISSING", "derived row 2, column arm"},
        Case{"arm named all", "d,all,C1,4,1\n", "ARM_MISSING", "derived row 2, column arm"}}) {
    BatchOptions options;
    const std::string bytes = bad.derived;
    if (!bytes.empty()) {
      options.derived = TableOf(bytes.rfind("dataset", 0) == 0 ? bytes : kDerived + bytes);
    }
    const auto output = FamilyNamed("rtw_cuminc").run(input, options);
    const error::Detail detail = error::DetailOf(output.status());
    EXPECT_EQ(detail.reason, bad.reason) << bad.name;
    ASSERT_EQ(detail.violations.size(), 1u) << bad.name;
    EXPECT_EQ(detail.violations[0].path, bad.path) << bad.name;
  }
}

TEST(CurveFamiliesRefuseTest, AnEmptyTableGivesAnEmptyTable) {
  BatchOptions options;
  options.derived = TableOf(kDerived);
  for (const Family& family : CurveFamilies()) {
    const auto output = family.run({.header = family.inputs, .rows = {}}, options);
    ASSERT_TRUE(output.ok()) << family.name << ": " << output.status();
    EXPECT_TRUE(output->empty()) << family.name;
  }
}

}  // namespace
}  // namespace reprise::cli
