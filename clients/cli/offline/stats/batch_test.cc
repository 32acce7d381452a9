// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/stats/batch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "clients/cli/files.h"
#include "clients/cli/offline/stats/stats_verbs.h"
#include "clients/cli/verbs.h"
#include "services/platform/error/error.h"

namespace reprise::cli {
namespace {

using ::testing::HasSubstr;

absl::StatusOr<std::string> Batch(const char* family, const char* csv) {
  return RunBatch(PlanningFamilies(), family, csv, "in.csv", {});
}

TEST(BatchTest, TakesColumnsInAnyOrderAndDropsThoseItDoesNotKnow) {
  const auto bytes =
      Batch("feas_ci_rate", "note,conf,exposure,case_id,events\nx,0.9,18,\"a,b\",12\n");
  ASSERT_TRUE(bytes.ok()) << bytes.status();
  EXPECT_EQ(*bytes,
            "case_id,events,exposure,conf,rate,lower,upper\n"
            "\"a,b\",12,18,0.9,0.666666666666667,0.38467847297695,1.08014274055083\n");
}

TEST(BatchTest, NoRowsGiveAHeaderOnly) {
  EXPECT_EQ(*Batch("feas_ci_rate", "case_id,events,exposure,conf\n"),
            "case_id,events,exposure,conf,rate,lower,upper\n");
}

TEST(BatchTest, WhatIsNotComputableIsEmpty) {
  EXPECT_EQ(*Batch("feas_ci_proportion", "case_id,x,n,conf,method\na,0,0,0.95,wilson\n"),
            "case_id,x,n,conf,method,estimate,lower,upper\na,0,0,0.95,wilson,,,\n");
  EXPECT_EQ(*Batch("forecast_ml", "case_id,recruited,exposure\na,6;6;6,6;6;6\n"),
            "case_id,recruited,exposure,alpha_ml,beta_ml,neg_loglik,homogeneous_rate\na,6;6;6,6;6;"
            "6,,,,1\n");
  EXPECT_EQ(*Batch("forecast_time_to_target",
                   "case_id,tag,alpha,beta,recruited,exposure,open_delay,target_remaining\n"
                   "a,,2,1,3;4,6;6,closed;closed,10\n"),
            "case_id,tag,alpha,beta,recruited,exposure,open_delay,target_remaining,T10,T50,T90\n"
            "a,,2,1,3;4,6;6,closed;closed,10,,,\n");
}

struct Bad {
  const char* name;
  const char* family;
  const char* csv;
  const char* reason;
  const char* path;
};

TEST(BatchTest, RefusalsNameRowAndColumn) {
  for (const Bad& bad :
       {Bad{"percent", "ss_two_proportions",
            "case_id,p1,p2,alpha,sides,power,ratio_n2_n1,method\na,0.6,0.7,0.05,2,0.8,1,pooled\n"
            "b,60,0.7,0.05,2,0.8,1,pooled\n",
            "PROPORTION_AS_PERCENT", "row 3, column p1"},
        Bad{"method", "ss_two_proportions",
            "case_id,p1,p2,alpha,sides,power,ratio_n2_n1,method\na,0.6,0.7,0.05,2,0.8,1,wald\n",
            "METHOD_UNKNOWN", "row 2, column method"},
        Bad{"not a number", "feas_ci_rate", "case_id,events,exposure,conf\na,4,nan,0.9\n",
            "NUMBER_MALFORMED", "row 2, column exposure"},
        Bad{"half a person", "feas_ci_rate", "case_id,events,exposure,conf\na,4.5,3,0.9\n",
            "NUMBER_MALFORMED", "row 2, column events"},
        Bad{"empty cell", "feas_ci_rate", "case_id,events,exposure,conf\na,,3,0.9\n", "CELL_EMPTY",
            "row 2, column events"},
        Bad{"lengths", "forecast_ml", "case_id,recruited,exposure\na,1;2,3\n", "LENGTH_MISMATCH",
            "row 2, column recruited"},
        Bad{"element", "forecast_ml", "case_id,recruited,exposure\na,1;x,3;3\n", "NUMBER_MALFORMED",
            "row 2, column recruited[2]"},
        Bad{"delay", "forecast_time_to_target",
            "case_id,tag,alpha,beta,recruited,exposure,open_delay,target_remaining\n"
            "a,,2,1,3;4,6;6,0;soon,10\n",
            "NUMBER_MALFORMED", "row 2, column open_delay[2]"},
        Bad{"column", "feas_ci_rate", "case_id,events,conf\na,4,0.9\n", "COLUMN_MISSING",
            "in.csv:1"}}) {
    const absl::Status status = Batch(bad.family, bad.csv).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << bad.name;
    const error::Detail detail = error::DetailOf(status);
    EXPECT_EQ(detail.reason, bad.reason) << bad.name;
    ASSERT_FALSE(detail.violations.empty()) << bad.name;
    EXPECT_EQ(detail.violations[0].path, bad.path) << bad.name;
  }
}

TEST(BatchTest, FaultsOfSeveralRowsComeTogether) {
  const auto status =
      Batch("feas_ci_rate", "case_id,events,exposure,conf\na,-1,3,0.9\nb,1,0,90\n").status();
  const auto violations = error::DetailOf(status).violations;
  ASSERT_EQ(violations.size(), 3);
  EXPECT_EQ(violations[0].path, "row 2, column events");
  EXPECT_EQ(violations[1].path, "row 3, column exposure");
  EXPECT_EQ(violations[2].path, "row 3, column conf");
}

TEST(BatchTest, AnUnknownFamilyListsTheKnown) {
  const absl::Status status = Batch("feas_ci", "a\n1\n").status();
  EXPECT_EQ(error::ReasonOf(status), "FAMILY_UNKNOWN");
  EXPECT_THAT(std::string(status.message()), HasSubstr("feas_ci_proportion"));
  EXPECT_THAT(std::string(status.message()), HasSubstr("ss_two_proportions"));
}

TEST(BatchTest, NothingIsWrittenOnFailure) {
  const std::string in = ::testing::TempDir() + "/batch_in.csv",
                    out = ::testing::TempDir() + "/batch_out.csv";
  std::filesystem::remove(out);
  const auto run = [&](const char* csv) {
    EXPECT_TRUE(WriteFile(in, csv).ok());
    Cli cli;
    AddStatsVerbs(cli);
    cli.app.parse("stats batch feas_ci_rate " + in + " " + out);
    return cli.outcome;
  };
  EXPECT_FALSE(run("case_id,events,exposure,conf\na,4,3,0.9\nb,-4,3,0.9\n").ok());
  EXPECT_FALSE(std::filesystem::exists(out));
  EXPECT_TRUE(run("case_id,events,exposure,conf\na,4,3,0.9\n").ok());
  EXPECT_THAT(*ReadFile(out), HasSubstr("\na,4,3,0.9,1.33333333333333,"));
}

}  // namespace
}  // namespace reprise::cli
