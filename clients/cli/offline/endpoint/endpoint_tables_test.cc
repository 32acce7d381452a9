// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

#include "clients/cli/offline/endpoint/cohort_tables.h"
#include "clients/cli/offline/endpoint/derived_table.h"
#include "clients/cli/offline/endpoint/endpoint_families.h"
#include "clients/cli/offline/endpoint/report_table.h"
#include "clients/cli/offline/endpoint/row_reader.h"
#include "clients/cli/offline/endpoint/tables_for_test.h"
#include "services/platform/error/error.h"

namespace reprise::cli {
namespace {

using testing::HasSubstr;

std::vector<endpoint::Definition> Shipped() {
  return endpoint::ParseDefinitions(endpoint::ShippedDefinitions(), "definitions.yaml").value();
}

text::CsvTable Derive(const std::string& subjects, const std::string& episodes,
                      const std::vector<std::string>& ids = {}) {
  const auto cohort = ReadCohort(subjects, "s.csv", episodes, "e.csv", false);
  EXPECT_TRUE(cohort.ok()) << cohort.status();
  const auto all = Shipped();
  return DeriveTable(cohort->members, SelectDefinitions(all, ids).value(), all);
}

// Empty must be empty; numbers agree to 1e-9 relative, 1e-12 absolute near 0.
void ExpectCell(const std::string& got, const std::string& expected, const std::string& where) {
  double a = 0, b = 0;
  if (expected.empty() || !absl::SimpleAtod(expected, &b)) {
    EXPECT_EQ(got, expected) << where;
    return;
  }
  ASSERT_TRUE(absl::SimpleAtod(got, &a)) << where << ": '" << got << "' for " << expected;
  EXPECT_LE(std::abs(a - b), std::max(1e-12, 1e-9 * std::abs(b))) << where;
}

TEST(DeriveTableTest, ReproducesEveryRowOfTheOracle) {
  const text::CsvTable expected = Table("statistics/rtw_derived.csv");
  const text::CsvTable got =
      Derive(Bytes("statistics/rtw_subjects.csv"), Bytes("statistics/rtw_episodes.csv"));
  ASSERT_EQ(got.header, expected.header);
  ASSERT_EQ(got.rows.size(), 280u);
  ASSERT_EQ(expected.rows.size(), 280u);
  for (size_t row = 0; row < expected.rows.size(); ++row) {
    for (size_t column = 0; column < expected.header.size(); ++column) {
      ExpectCell(got.rows[row][column], expected.rows[row][column],
                 absl::StrCat(expected.rows[row][1], " ", expected.header[column]));
    }
  }
}

TEST(DeriveTableTest, FollowsTheScenarios) {
  const text::CsvTable expected = Table("endpoints/expected.csv");
  const text::CsvTable got =
      Derive(Bytes("endpoints/subjects.csv"), Bytes("endpoints/episodes.csv"));
  ASSERT_EQ(got.rows.size(), expected.rows.size());
  for (size_t row = 0; row < expected.rows.size(); ++row) {
    for (size_t column = 0; column < expected.header.size(); ++column) {
      const int at = got.Column(expected.header[column]);
      ASSERT_GE(at, 0) << expected.header[column];
      ExpectCell(got.rows[row][at], expected.rows[row][column],
                 absl::StrCat(expected.rows[row][0], " ", expected.header[column]));
    }
  }
}

TEST(DeriveTableTest, PermutingParticipantsPermutesRows) {
  text::CsvTable subjects = Table("statistics/rtw_subjects.csv");
  text::CsvTable episodes = Table("statistics/rtw_episodes.csv");
  const auto bytes = [](const text::CsvTable& table) {
    std::string all = text::FormatCsvRow(table.header);
    for (const auto& row : table.rows) all += text::FormatCsvRow(row);
    return all;
  };
  const text::CsvTable before = Derive(bytes(subjects), bytes(episodes));
  std::reverse(subjects.rows.begin(), subjects.rows.end());
  std::reverse(episodes.rows.begin(), episodes.rows.end());
  text::CsvTable after = Derive(bytes(subjects), bytes(episodes));
  std::reverse(after.rows.begin(), after.rows.end());
  EXPECT_EQ(after.rows, before.rows);
}

TEST(DeriveTableTest, GivesOnlyTheDefinitionsAskedFor) {
  const text::CsvTable got = Derive(Bytes("endpoints/subjects.csv"),
                                    Bytes("endpoints/episodes.csv"), {"REC-14", "SRTW-50-28-RAND"});
  EXPECT_THAT(got.header, testing::ElementsAre(
      "dataset", "subject_id", "arm", "centre", "obs_days", "srtw50_28_rand_time",
      "srtw50_28_rand_status", "srtw_rand_by_120", "srtw_rand_by_240", "srtw_rand_by_365",
      "work_fraction_at_120_srtw_rand", "work_fraction_at_240_srtw_rand",
      "work_fraction_at_365_srtw_rand", "recurrence14_time", "recurrence14_status"));
  EXPECT_EQ(got.rows[0][5], "142") << "scenario 3, counted from randomisation 40 days before T0";
  EXPECT_EQ(error::ReasonOf(SelectDefinitions(Shipped(), {"NONE"}).status()), "DEFINITION_UNKNOWN");
}

TEST(ReadCohortTest, NamesFileRowAndColumn) {
  const std::string s_header =
      "dataset,subject_id,arm,centre,index_day,obs_end_day,end_reason,competing_day,"
      "competing_type\n";
  const std::string e_header = "dataset,subject_id,start_day,end_day,status,work_fraction\n";
  const std::string s = s_header + "d,a,A,C,0,100,administrative,,\n";
  const std::string e = e_header + "d,a,0,50,SICK,0\n";
  struct Case {
    const char* name;
    std::string subjects;
    std::string episodes;
    const char* path;
    const char* reason;
  };
  const Case cases[] = {
      {"overlap", s, e + "d,a,40,60,WORK,1\n", "e.csv:3, start_day", "EPISODES_OVERLAP"},
      {"overlap that a rule would settle", s, e + "d,a,40,60,PARTIAL,0.5\n", "e.csv:3, start_day",
       "EPISODES_OVERLAP"},
      {"end before start", s, e + "d,a,60,55,WORK,1\n", "e.csv:3, end_day",
       "EPISODE_ENDS_BEFORE_START"},
      {"fraction", s, e + "d,a,60,65,WORK,1.2\n", "e.csv:3, work_fraction",
       "FRACTION_OUT_OF_RANGE"},
      {"negative fraction", s, e + "d,a,60,65,WORK,-0.2\n", "e.csv:3, work_fraction",
       "FRACTION_OUT_OF_RANGE"},
      {"fraction is no number", s, e + "d,a,60,65,WORK,half\n", "e.csv:3, work_fraction",
       "NUMBER_MALFORMED"},
      {"fraction NaN", s, e + "d,a,60,65,WORK,nan\n", "e.csv:3, work_fraction", "NUMBER_MALFORMED"},
      {"percent", s, e + "d,a,60,65,WORK,50\n", "e.csv:3, work_fraction", "FRACTION_OUT_OF_RANGE"},
      {"unknown status", s, e + "d,a,60,65,HOLIDAY,0\n", "e.csv:3, status", "STATUS_UNKNOWN"},
      {"unknown subject", s, e + "d,b,60,65,SICK,0\n", "e.csv:3, subject_id", "SUBJECT_UNKNOWN"},
      {"subject of another dataset", s, e + "x,a,60,65,SICK,0\n", "e.csv:3, subject_id",
       "SUBJECT_UNKNOWN"},
      {"duplicate subject", s + "d,a,B,C,0,90,administrative,,\n", e, "s.csv:3, subject_id",
       "SUBJECT_DUPLICATE"},
      {"no subject id", s + "d,,B,C,0,90,administrative,,\n", e, "s.csv:3, subject_id",
       "VALUE_MISSING"},
      {"day with a fraction", s, e + "d,a,60.5,65,SICK,0\n", "e.csv:3, start_day",
       "NUMBER_MALFORMED"},
      {"day missing", s, e + "d,a,60,,SICK,0\n", "e.csv:3, end_day", "VALUE_MISSING"},
      {"day beyond 32 bits", s, e + "d,a,60,99999999999,SICK,0\n", "e.csv:3, end_day",
       "NUMBER_MALFORMED"},
      {"unknown reason", s_header + "d,a,A,C,0,100,moved,,\n", e, "s.csv:2, end_reason",
       "END_REASON_UNKNOWN"},
      {"unknown competing", s_header + "d,a,A,C,0,100,competing,100,lottery\n", e,
       "s.csv:2, competing_type", "COMPETING_TYPE_UNKNOWN"},
      {"observation ends before index", s_header + "d,a,A,C,0,-1,administrative,,\n", e,
       "s.csv:2, obs_end_day", "OBSERVATION_ENDS_BEFORE_INDEX"},
      {"missing column", s, "dataset,subject_id,start_day,end_day,status\nd,a,0,50,SICK\n",
       "e.csv:1, work_fraction", "COLUMN_MISSING"},
      {"missing subject column", "dataset,subject_id\nd,a\n", e, "s.csv:1, arm", "COLUMN_MISSING"},
      {"ragged row", s, e + "d,a,60\n", "e.csv:3", "CSV_ROW_WIDTH"},
      {"nothing at all", "", e, "s.csv:1", "CSV_EMPTY"},
  };
  for (const Case& c : cases) {
    const auto cohort = ReadCohort(c.subjects, "s.csv", c.episodes, "e.csv", false);
    ASSERT_FALSE(cohort.ok()) << c.name;
    EXPECT_EQ(cohort.status().code(), absl::StatusCode::kInvalidArgument) << c.name;
    const error::Detail detail = error::DetailOf(cohort.status());
    ASSERT_FALSE(detail.violations.empty()) << c.name;
    EXPECT_EQ(detail.violations[0].path, c.path) << c.name;
    EXPECT_EQ(detail.violations[0].reason, c.reason) << c.name;
  }
  const auto empty = ReadCohort(s_header, "s.csv", e_header, "e.csv", false);
  ASSERT_TRUE(empty.ok()) << "no participants is a cohort, too";
  EXPECT_TRUE(empty->members.empty());
}

TEST(ReadCohortTest, NamesEveryFaultAtOnce) {
  const auto cohort = ReadCohort(
      Bytes("statistics/rtw_subjects.csv"), "s.csv",
      absl::StrReplaceAll(Bytes("statistics/rtw_episodes.csv"), {{",SICK,0", ",ILL,0"}}), "e.csv",
      false);
  EXPECT_EQ(error::DetailOf(cohort.status()).violations.size(), RowReader::kMaxFaults);
}

TEST(ReadCohortTest, SettlesOverlapsOnlyWhereAskedAndTellsWhich) {
  const std::string s = Bytes("endpoints/subjects.csv");
  const std::string e = "dataset,subject_id,start_day,end_day,status,work_fraction\n"
                        "scenarios,s03,0,100,SICK,0\nscenarios,s03,90,130,PARTIAL,0.5\n";
  const auto cohort = ReadCohort(s, "s.csv", e, "e.csv", true);
  ASSERT_TRUE(cohort.ok());
  ASSERT_EQ(cohort->conflicts.size(), 1u);
  EXPECT_EQ(cohort->conflicts[0].kept_row, 3u);
  EXPECT_EQ(cohort->conflicts[0].dropped_row, 2u);
  EXPECT_EQ(cohort->members[0].episodes[0].end_day, 90);
  const auto refused = ReadCohort(s, "s.csv", e + "scenarios,s03,120,140,WORK,1\n", "e.csv", true);
  EXPECT_EQ(error::DetailOf(refused.status()).violations.back().path, "e.csv:4, start_day");
}

TEST(ReportTableTest, TellsWhatIsMissingAndCarriesHashes) {
  const auto cohort = ReadCohort(
      "dataset,subject_id,arm,centre,index_day,obs_end_day,end_reason,competing_day,competing_type,"
      "index_date\nd,a,A,C,0,130,administrative,,,2026-10-31\n", "s.csv",
      "dataset,subject_id,start_day,end_day,status,work_fraction\nd,a,0,110,SICK,0\n"
      "d,a,110,130,WORK,1\n", "e.csv", false);
  ASSERT_TRUE(cohort.ok()) << cohort.status();
  const auto all = Shipped();
  const text::CsvTable table =
      ReportTable(cohort->members, SelectDefinitions(all, {"SRTW-50-28"}).value(), all, true);
  std::map<std::string, std::vector<std::string>> rows;
  for (const auto& row : table.rows) rows[row[table.Column("measure")]] = row;
  const auto cell = [&](const char* measure, const char* column) {
    return rows.at(measure)[table.Column(column)];
  };
  EXPECT_EQ(cell("time", "state"), "censored");
  EXPECT_EQ(cell("by_month_4", "day"), "120");
  EXPECT_EQ(cell("by_month_4", "date"), "2027-02-28");
  EXPECT_EQ(cell("by_month_4", "state"), "not_yet_ascertainable");
  EXPECT_EQ(cell("by_month_4", "value"), "");
  EXPECT_EQ(cell("by_month_4", "missing"), "work_status_of_current_run");
  EXPECT_EQ(cell("by_month_4", "missing_from_day"), "130");
  EXPECT_EQ(cell("by_month_4", "missing_to_day"), "138");
  EXPECT_THAT(cell("by_month_4", "explanation"), HasSubstr("jour 137 (17/03/2027)"));
  EXPECT_EQ(cell("by_month_8", "date"), "2027-06-30");
  EXPECT_EQ(cell("by_month_12", "date"), "2027-10-31");
  EXPECT_EQ(cell("time", "inputs_sha256").size(), 64u);
  EXPECT_EQ(cell("time", "definition_sha256").size(), 64u);
}

TEST(EndpointFamiliesTest, ReproducesEveryRowOfTheAbsenceSummary) {
  const std::vector<Family> families = EndpointFamilies();
  ASSERT_EQ(families.size(), 1u);
  const text::CsvTable table = Table("statistics/rtw_absence_summary.csv");
  BatchOptions options;
  options.derived = Table("statistics/rtw_derived.csv");
  const auto rows = families[0].run(table, options);
  ASSERT_TRUE(rows.ok()) << rows.status();
  ASSERT_EQ(rows->size(), table.rows.size());
  ASSERT_EQ(rows->size(), 144u);
  for (size_t i = 0; i < rows->size(); ++i) {
    ExpectCell((*rows)[i][0], table.rows[i][table.Column("expected")], absl::StrCat("row ", i + 2));
  }
}

TEST(EndpointFamiliesTest, NamesRowAndColumn) {
  const Family family = EndpointFamilies()[0];
  BatchOptions options;
  options.derived = Table("statistics/rtw_derived.csv");
  const auto reason = [&](std::vector<std::string> key) {
    const text::CsvTable input{.header = family.inputs, .rows = {std::move(key)}};
    const auto rows = family.run(input, options);
    const error::Detail detail = error::DetailOf(rows.status());
    return detail.violations.empty() ? detail.reason
                                     : detail.violations[0].path + " " + detail.reason;
  };
  EXPECT_EQ(reason({"pilot40_public", "all", "x", "all", "n"}), "row 2, variable VARIABLE_UNKNOWN");
  EXPECT_EQ(reason({"pilot40_public", "all", "sick_days_365", "some", "n"}),
            "row 2, population POPULATION_UNKNOWN");
  EXPECT_EQ(reason({"pilot40_public", "all", "sick_days_365", "all", "mode"}),
            "row 2, statistic STATISTIC_UNKNOWN");
  EXPECT_EQ(reason({"nowhere", "all", "sick_days_365", "all", "n"}),
            "row 2, dataset DATASET_UNKNOWN");
  EXPECT_EQ(reason({"pilot40_public", "Z", "sick_days_365", "all", "n"}),
            "row 2, group GROUP_UNKNOWN");
  options.derived = {};
  EXPECT_EQ(reason({"pilot40_public", "all", "sick_days_365", "all", "n"}), "DERIVED_REQUIRED");
}

}  // namespace
}  // namespace reprise::cli
