// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/endpoint/legal_tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "clients/cli/offline/endpoint/tables_for_test.h"
#include "services/platform/error/error.h"
#include "services/platform/time/clock.h"

namespace reprise::cli {
namespace {

using testing::Contains;
using testing::Not;

TEST(MilestoneTableTest, FollowsTheVectors) {
  const absl::CivilDay on(2026, 9, 2);
  const auto members =
      ReadHistories(Bytes("legal/leaves.csv"), "l.csv", Bytes("legal/events.csv"), "v.csv", on);
  ASSERT_TRUE(members.ok()) << members.status();
  const auto book = legal::ParseRules(legal::ShippedRules()).value();
  const text::CsvTable got = MilestoneTable(*members, book, on, ExplanationLanguage::kBoth);
  const text::CsvTable expected = Table("legal/expected.csv");
  std::vector<std::vector<std::string>> rows;
  for (const auto& row : got.rows) {
    std::vector<std::string> cells;
    for (const std::string& column : expected.header) cells.push_back(row[got.Column(column)]);
    rows.push_back(std::move(cells));
  }
  for (const auto& row : expected.rows) EXPECT_THAT(rows, Contains(row));
  EXPECT_EQ(got.header.back(), "explanation_en");
  EXPECT_EQ(MilestoneTable(*members, book, on, ExplanationLanguage::kFrench).header.back(),
            "explanation");
}

TEST(ReadHistoriesTest, NamesFileRowAndColumn) {
  const std::string l_header = "subject_id,issued_on,start,end,kind,extent,cause,justified\n";
  const std::string l = l_header + "a,2026-07-01,2026-07-01,2026-07-31,,,,\n";
  const std::string v_header = "subject_id,event,date,adaptation\n";
  struct Case {
    const char* name;
    std::string leaves;
    std::string events;
    const char* path;
    const char* reason;
  };
  const Case cases[] = {
      {"end before start", l + "a,2026-08-01,2026-08-05,2026-08-04,,,,\n", v_header, "l.csv:3, end",
       "LEAVE_ENDS_BEFORE_START"},
      {"no such day", l + "a,2026-08-01,2026-02-29,2026-08-04,,,,\n", v_header, "l.csv:3, start",
       "DATE_MALFORMED"},
      {"French date", l + "a,2026-08-01,01/08/2026,2026-08-04,,,,\n", v_header, "l.csv:3, start",
       "DATE_MALFORMED"},
      {"no end", l + "a,2026-08-01,2026-08-01,,,,,\n", v_header, "l.csv:3, end", "VALUE_MISSING"},
      {"unknown kind", l + "a,2026-08-01,2026-08-01,2026-08-04,third,,,\n", v_header,
       "l.csv:3, kind", "CHOICE_UNKNOWN"},
      {"unknown extent", l + "a,2026-08-01,2026-08-01,2026-08-04,,half,,\n", v_header,
       "l.csv:3, extent", "CHOICE_UNKNOWN"},
      {"unknown cause", l + "a,2026-08-01,2026-08-01,2026-08-04,,,flu,\n", v_header,
       "l.csv:3, cause", "CHOICE_UNKNOWN"},
      {"unknown subject", l, v_header + "b,return,2026-08-01,\n", "v.csv:2, subject_id",
       "SUBJECT_UNKNOWN"},
      {"unknown event", l, v_header + "a,lunch,2026-08-01,\n", "v.csv:2, event", "CHOICE_UNKNOWN"},
      {"visit in the future", l, v_header + "a,return_visit,2026-10-01,\n", "v.csv:2, date",
       "EVENT_IN_FUTURE"},
      {"neither yes nor no", l, v_header + "a,pre_return_visit,2026-07-31,maybe\n",
       "v.csv:2, adaptation", "YES_NO_MALFORMED"},
      {"missing column", "subject_id,start,end\na,2026-08-01,2026-08-01\n", v_header,
       "l.csv:1, issued_on", "COLUMN_MISSING"},
  };
  for (const Case& c : cases) {
    const auto members =
        ReadHistories(c.leaves, "l.csv", c.events, "v.csv", absl::CivilDay(2026, 9, 1));
    ASSERT_FALSE(members.ok()) << c.name;
    const error::Detail detail = error::DetailOf(members.status());
    ASSERT_FALSE(detail.violations.empty()) << c.name;
    EXPECT_EQ(detail.violations[0].path, c.path) << c.name;
    EXPECT_EQ(detail.violations[0].reason, c.reason) << c.name;
  }
}

TEST(ReadHistoriesTest, NotesEventsThatHaveNoEffect) {
  const auto members = ReadHistories(
      "subject_id,issued_on,start,end\na,2026-08-01,2026-08-01,2026-08-31\n"
      "a,2026-07-01,2026-07-01,2026-07-31\n", "l.csv",
      "subject_id,event,date\na,liaison_meeting,2026-07-01\na,liaison_meeting,2026-06-30\n", "v.csv",
      absl::CivilDay(2026, 9, 1));
  ASSERT_TRUE(members.ok()) << members.status();
  EXPECT_THAT(members->front().idle_event_rows, testing::ElementsAre(3u));
}

TEST(RuleTableTest, ListsEveryRowWithItsSource) {
  const text::CsvTable table = RuleTable(legal::ParseRules(legal::ShippedRules()).value());
  EXPECT_EQ(table.rows.size(), 10u);
  for (const auto& row : table.rows) {
    EXPECT_THAT(row[table.Column("source")], Not(testing::IsEmpty()));
    EXPECT_TRUE(ParseDate(row[table.Column("checked")], "checked").ok());
  }
}

}  // namespace
}  // namespace reprise::cli
