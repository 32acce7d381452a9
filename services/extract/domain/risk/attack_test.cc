// SPDX-License-Identifier: Apache-2.0
// Attacks on an extract. Each is first carried out against a naive export and must succeed there,
// so that its failure afterwards means something.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

#include "services/extract/domain/guard/guard.h"
#include "services/extract/domain/preparation/prepare.h"
#include "services/extract/domain/risk/small_cells.h"
#include "services/extract/domain/risk/verifier.h"
#include "services/platform/error/error.h"

namespace reprise::extract::risk {
namespace {

using preparation::ExtractKey;
using preparation::PreparedTable;

// Twelve participants in order of inclusion; number 4 is the only man and was seen ten times.
std::string Visits() {
  std::string csv = "id;name;date;random;sex;rtw;note\n";
  for (int id = 1; id <= 12; ++id) {
    for (int visit = 0; visit < (id == 4 ? 10 : 1); ++visit) {
      absl::StrAppend(&csv, id, ";Name", id, ";2026-01-", visit + 10, ";2026-01-10;",
                      id == 4 ? "M" : "F", ";",
                      id == 4       ? "jobloss"
                      : id % 2 == 0 ? "full"
                                    : "partial",
                      ";seen with Name", id, "\n");
    }
  }
  return csv;
}

preparation::Plan VisitPlan() {
  return preparation::ReadPlan(
             R"({"study":"LYO","participant":"id","visit_date":"date","anchor_date":"random",
    "variables":[{"name":"sex"},{"name":"rtw"}]})")
      .value();
}

PreparedTable Prepared(const ExtractKey& key) {
  return preparation::Prepare(Visits(), VisitPlan(), {}, key).value();
}

std::string Format(const PreparedTable& table) {
  std::string csv = absl::StrJoin(table.header, ";") + "\n";
  for (const auto& row : table.rows) absl::StrAppend(&csv, absl::StrJoin(row, ";"), "\n");
  return csv;
}

VerifierCase SexCase() {
  VerifierCase request = ReadCase(R"({"qis":["sex"],"models":["k:5"]})").value();
  request.trees.emplace("sex", LabelTree::Read("F;*\nM;*\n", "sex").value());
  return request;
}

TEST(AttackTest, VisitRowsOfOnePersonDoNotMakeAGroup) {
  // Naive: rows are counted, ten rows of the only man pass for a group of ten.
  VerifierCase by_row = SexCase();
  const auto naive = VerifyRelease(Visits(), Visits(), by_row);
  ASSERT_TRUE(naive.ok()) << naive.status();
  EXPECT_EQ(naive->figures.min_class, 10u);
  // Counted by person he is alone, whether the file keeps its shape or becomes one row a person.
  VerifierCase by_person = SexCase();
  by_person.person = "id";
  by_person.promises.push_back(ReadPromise("k:1", "models[1]").value());
  EXPECT_EQ(error::ReasonOf(VerifyRelease(Visits(), Visits(), by_person).status()),
            "RELEASE_MODEL_VIOLATED");
  const std::string prepared = Format(Prepared(ExtractKey::Fresh()));
  EXPECT_EQ(error::ReasonOf(VerifyRelease(prepared, prepared, SexCase()).status()),
            "RELEASE_MODEL_VIOLATED");
}

// Who is in which class, and what each class is seen to hold.
struct Extract {
  std::vector<std::string> class_of;
  std::vector<std::string> value_of;
};

// The intersection attack: values possible for a person who is in both files.
std::set<std::string> Possible(const Extract& a, const Extract& b, size_t person) {
  std::set<std::string> in_a, both;
  for (size_t i = 0; i < a.class_of.size(); ++i) {
    if (a.class_of[i] == a.class_of[person]) in_a.insert(a.value_of[i]);
  }
  for (size_t i = 0; i < b.class_of.size(); ++i) {
    if (b.class_of[i] == b.class_of[person] && in_a.contains(b.value_of[i]))
      both.insert(b.value_of[i]);
  }
  return both;
}

TEST(AttackTest, TwoExtractsLaidOverEachOtherShowNothingMore) {
  // Both are 5-anonymous and 2-diverse; person 4 is in the first class of one and the last of the
  // other.
  const std::vector<std::string> values = {"full",    "full",    "full",    "full",    "jobloss",
                                           "partial", "partial", "partial", "partial", "partial"};
  const Extract first{{"a", "a", "a", "a", "a", "b", "b", "b", "b", "b"}, values};
  const Extract second{{"x", "x", "x", "x", "y", "y", "y", "y", "y", "x"}, values};
  EXPECT_EQ(Possible(first, first, 4).size(), 2u);
  EXPECT_EQ(Possible(second, second, 4).size(), 2u);
  EXPECT_EQ(Possible(first, second, 4),
            (std::set<std::string>{"jobloss"}));  // naive: told for certain

  const auto release = [&](const char* id, const Extract& extract) {
    guard::Release out{.id = id,
                       .study = "LYO",
                       .recipient = "r",
                       .lock_id = "L",
                       .master = false,
                       .variables = {{"age", 1}, {"rtw", 0}},
                       .persons = {},
                       .classes = extract.class_of,
                       .sensitive = {{"rtw", extract.value_of}},
                       .cells = {}};
    for (size_t i = 0; i < extract.class_of.size(); ++i) out.persons.push_back(absl::StrCat(i));
    return out;
  };
  const auto decision =
      guard::Judge({.release = release("E2", second), .rules = {}}, {release("E1", first)}).value();
  EXPECT_EQ(decision.outcome, guard::Outcome::kReuse);
  // What the guard offers instead holds against the same attack.
  EXPECT_EQ(Possible(first, Extract{first.class_of, values}, 4).size(), 2u);
}

TEST(AttackTest, TheOrderOfRowsDoesNotTellTheOrderOfInclusion) {
  // Naive: the fourth person included is the fourth in the file.
  std::vector<std::string> inclusion;
  for (absl::string_view line : absl::StrSplit(Visits(), '\n', absl::SkipEmpty())) {
    const std::string id(line.substr(0, line.find(';')));
    if (id != "id" && (inclusion.empty() || inclusion.back() != id)) inclusion.push_back(id);
  }
  EXPECT_EQ(inclusion[3], "4");
  // Prepared: over fresh keys participant 4 stands in every place about equally often.
  std::map<size_t, int> places;
  for (int i = 0; i < 1200; ++i) {
    const PreparedTable table = Prepared(ExtractKey::Fresh());
    ++places[static_cast<size_t>(
        std::find(table.participants.begin(), table.participants.end(), "4") -
        table.participants.begin())];
  }
  // Chi-square with 11 degrees of freedom; 50 is exceeded with chance 1e-6.
  double chi_square = 0;
  for (size_t place = 0; place < 12; ++place)
    chi_square += (places[place] - 100.0) * (places[place] - 100.0) / 100;
  EXPECT_LT(chi_square, 50);
}

size_t Joined(const PreparedTable& a, const PreparedTable& b) {
  std::set<std::string> names;
  for (const auto& row : a.rows) names.insert(row[0]);
  return static_cast<size_t>(std::count_if(
      b.rows.begin(), b.rows.end(), [&](const auto& row) { return names.contains(row[0]); }));
}

TEST(AttackTest, PseudonymsDoNotJoinTwoExtracts) {
  const std::string kept = "one key for every extract, kept";
  // Naive: the same key again, and all records join.
  EXPECT_EQ(Joined(Prepared(ExtractKey::FromBytes(kept).value()),
                   Prepared(ExtractKey::FromBytes(kept).value())),
            12u);
  EXPECT_EQ(Joined(Prepared(ExtractKey::Fresh()), Prepared(ExtractKey::Fresh())), 0u);
}

TEST(AttackTest, SmallCellsCannotBeDerivedFromTotals) {
  const FrequencyTable table{.cells = {{20, 5, 30}, {12, 18, 25}, {40, 22, 60}}};
  // Naive: only the small cell is closed; the row's total minus its open cells gives it back.
  const uint32_t row_total = 20 + 5 + 30;
  EXPECT_EQ(row_total - table.cells[0][0] - table.cells[0][2], 5u);
  // Protected: no row and no column has a single closed cell, and the exact bounds stay wide.
  const TableProtection protection = ProtectTable(table);
  std::map<size_t, int> in_row, in_column;
  for (const ClosedCell& cell : protection.closed) {
    ++in_row[cell.row];
    ++in_column[cell.column];
    EXPECT_LT(cell.low, cell.high.value());
  }
  for (const auto& [row, count] : in_row) EXPECT_GE(count, 2) << row;
  for (const auto& [column, count] : in_column) EXPECT_GE(count, 2) << column;
  ASSERT_FALSE(protection.closed.empty());
  EXPECT_EQ(protection.closed[1].low, 0u);
  EXPECT_GE(protection.closed[1].high.value(), kSmallestGroup);
}

TEST(AttackTest, FreeTextAndNamesStayBehind) {
  EXPECT_THAT(Visits(), ::testing::HasSubstr("seen with Name4"));  // naive: the columns as they are
  EXPECT_THAT(Format(Prepared(ExtractKey::Fresh())), ::testing::Not(::testing::HasSubstr("Name4")));
  // And a file that has them all the same is rejected.
  VerifierCase request = SexCase();
  request.withheld = {"name", "note"};
  EXPECT_EQ(error::ReasonOf(VerifyRelease(Visits(), Visits(), request).status()),
            "RELEASE_COLUMN_WITHHELD");
}

}  // namespace
}  // namespace reprise::extract::risk
