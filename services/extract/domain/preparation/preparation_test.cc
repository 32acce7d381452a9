// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "absl/strings/str_cat.h"

#include "services/extract/domain/preparation/prepare.h"
#include "services/platform/error/error.h"

namespace reprise::extract::preparation {
namespace {

using ::testing::ElementsAre;

TEST(PseudonymTest, IsTheStartOfTheHmacInBase32) {
  // RFC 4231, test case 1: b0344c61d8db38535ca8... for key 0x0b x 20 and "Hi There".
  const ExtractKey key = ExtractKey::FromBytes(std::string(20, '\x0b')).value();
  EXPECT_EQ(key.Pseudonym("Hi ", "There"), "WA2EYYOY3M4FGXFI");
}

TEST(PseudonymTest, NoExtractSharesPseudonymsWithAnother) {
  const ExtractKey a = ExtractKey::Fresh(), b = ExtractKey::Fresh();
  EXPECT_EQ(a.Pseudonym("LYO", "1"), a.Pseudonym("LYO", "1"));
  EXPECT_NE(a.Pseudonym("LYO", "1"), b.Pseudonym("LYO", "1"));
  EXPECT_NE(a.Pseudonym("LYO", "1"), a.Pseudonym("LYO", "2"));
  EXPECT_EQ(error::ReasonOf(ExtractKey::FromBytes("short").status()), "KEY_TOO_SHORT");
}

TEST(CodingTest, BinsDaysAroundTheAnchor) {
  EXPECT_EQ(BinDay(13, DayProfile::kDay), "13");
  EXPECT_EQ(BinDay(13, DayProfile::kWeek), "[7,13]");
  EXPECT_EQ(BinDay(0, DayProfile::kWeek), "[0,6]");
  EXPECT_EQ(BinDay(-1, DayProfile::kWeek), "[-7,-1]");
  EXPECT_EQ(BinDay(-7, DayProfile::kWeek), "[-7,-1]");
  EXPECT_EQ(BinDay(-8, DayProfile::kWeek), "[-14,-8]");
  EXPECT_EQ(BinDay(28, DayProfile::kFourWeeks), "[28,55]");
}

TEST(CodingTest, EveryDayLiesInOneWindowAtMostAndTargetsInTheirOwn) {
  const auto& windows = ProtocolWindows();
  ASSERT_EQ(windows.size(), 5u);
  for (size_t i = 0; i < windows.size(); ++i)
    EXPECT_EQ(WindowOf(windows[i].target), i) << windows[i].name;
  for (int64_t day = -400; day < 1400; ++day) {
    const auto holds = std::count_if(windows.begin(), windows.end(), [day](const VisitWindow& w) {
      return day >= w.target - w.before && day <= w.target + w.after;
    });
    EXPECT_LE(holds, 1) << day;
    EXPECT_EQ(holds == 1, day >= -28 && day <= 913) << day;
  }
}

TEST(CodingTest, EachTailHoldsAtLeastKPersons) {
  const auto tails = FindTails({1, 2, 3, 4, 5, 6, 7, 8, 9, 100}, 3);
  ASSERT_TRUE(tails.has_value());
  EXPECT_EQ(CodeTails(1, tails, 0), "<=3");
  EXPECT_EQ(CodeTails(3, tails, 0), "<=3");
  EXPECT_EQ(CodeTails(4, tails, 0), "4");
  EXPECT_EQ(CodeTails(8, tails, 0), ">=8");
  EXPECT_EQ(CodeTails(100, tails, 0), ">=8");
  EXPECT_EQ(CodeTails(4.26, tails, 1), "4.3");
  EXPECT_FALSE(FindTails({1, 2, 3}, 2).has_value());  // the tails would meet
  EXPECT_FALSE(FindTails({}, 2).has_value());
  EXPECT_EQ(CodeTails(1, {}, 0), "*");
}

TEST(CodingTest, RareValuesRiseWithTheirWholeGroup) {
  const std::vector<std::string> a1 = {"a1", "a", "*"}, a2 = {"a2", "a", "*"},
                                 b1 = {"b1", "b", "*"}, c1 = {"c1", "c", "*"};
  // a2 is rare, so a1 is written "a" as well: no label then covers another.
  EXPECT_THAT(MergeRare({a1, a1, a2, b1, b1}, 2), ElementsAre("a", "a", "a", "b1", "b1"));
  // c stays rare as a group: everybody ends at "*".
  EXPECT_THAT(MergeRare({a1, a1, a2, b1, b1, c1}, 2), ElementsAre("*", "*", "*", "*", "*", "*"));
  EXPECT_TRUE(MergeRare({}, 2).empty());
}

constexpr char kPlan[] =
    R"({"study":"LYO","participant":"id","visit_date":"date","anchor_date":"random","profile":"week",
  "k":2,"variables":[{"name":"age","tails":true},{"name":"job","rare":true},{"name":"rtw","take":"relative_day"},
  {"name":"pain","take":"by_visit"}]})";
constexpr char kVisits[] =
    "id;name;date;random;age;job;rtw;pain;note\n"
    "7;Ana;2026-01-05;2026-01-05;30;nurse;2026-02-01;4;calls in tears\n"
    "7;Ana;2026-04-20;2026-01-05;30;nurse;;3;\n"
    "7;Ana;2026-04-07;2026-01-05;30;nurse;;2;\n"  // one day from the target: the nearer one
    "3;Eve;2026-03-01;2026-03-01;41;cook;;5;\n"
    "5;Zoe;2026-03-02;2026-03-02;52;cook;2026-03-09;6;\n"
    "5;Zoe;2030-01-01;2026-03-02;;;;9;\n"  // unscheduled
    "6;Lea;2026-03-03;2026-03-03;63;nurse;2026-03-02;1;\n";

std::map<std::string, Chains> Jobs() {
  return {{"job", ReadChains("nurse;care;*\ncook;hotel;*\n", "job", ';').value()}};
}

TEST(PrepareTest, MakesOneRowAPersonWithoutDatesOrNames) {
  const ExtractKey key = ExtractKey::Fresh();
  const auto table = Prepare(kVisits, ReadPlan(kPlan).value(), Jobs(), key);
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_THAT(table->header, ElementsAre("pseudonym", "visits", "age", "job", "rtw", "pain_M0",
                                         "pain_M3", "pain_M6", "pain_M12", "pain_M24"));
  ASSERT_EQ(table->rows.size(), 4u);
  const auto ana = std::find(table->participants.begin(), table->participants.end(), "7") -
                   table->participants.begin();
  EXPECT_THAT(table->rows[static_cast<size_t>(ana)],
              ElementsAre(key.Pseudonym("LYO", "7"), "M0+M3", "<=41", "nurse", "[21,27]", "4", "2",
                          "", "", ""));
  EXPECT_TRUE(std::is_sorted(table->rows.begin(), table->rows.end()));
  for (const auto& row : table->rows) {
    for (const std::string& cell : row) {
      for (const char* leak : {"2026", "2030", "Ana", "tears"})
        EXPECT_EQ(cell.find(leak), std::string::npos) << cell;
    }
  }
}

struct BadVisits {
  const char* name;
  const char* row;
  const char* reason;
};

TEST(PrepareTest, NamesTheRowThatCannotBeReduced) {
  for (const BadVisits& bad :
       {BadVisits{"age changes", "7;Ana;2026-04-20;2026-01-05;31;nurse;;3;\n", "PERSON_VARIES"},
        BadVisits{"anchor changes", "7;Ana;2026-04-20;2026-01-06;30;nurse;;3;\n", "PERSON_VARIES"},
        BadVisits{"no such day", "9;Ida;2026-02-30;2026-01-05;31;nurse;;3;\n",
                  "VISIT_DATE_INVALID"},
        BadVisits{"date with time", "9;Ida;2026-02-20T10:00;2026-01-05;31;nurse;;3;\n",
                  "VISIT_DATE_INVALID"},
        BadVisits{"nobody", ";Ida;2026-02-20;2026-01-05;31;nurse;;3;\n", "VISIT_PERSON_MISSING"},
        BadVisits{"text among numbers", "9;Ida;2026-02-20;2026-01-05;old;nurse;;3;\n",
                  "VALUE_NOT_NUMERIC"},
        BadVisits{"job unknown", "9;Ida;2026-02-20;2026-01-05;31;pilot;;3;\n",
                  "VALUE_NOT_IN_HIERARCHY"}}) {
    const auto table = Prepare(absl::StrCat(kVisits, bad.row), ReadPlan(kPlan).value(), Jobs(),
                               ExtractKey::Fresh());
    EXPECT_EQ(error::ReasonOf(table.status()), bad.reason) << bad.name;
  }
  EXPECT_EQ(
      error::ReasonOf(
          Prepare("id;date\n", ReadPlan(kPlan).value(), Jobs(), ExtractKey::Fresh()).status()),
      "VISIT_COLUMN_MISSING");
  EXPECT_EQ(
      error::ReasonOf(Prepare(kVisits, ReadPlan(kPlan).value(), {}, ExtractKey::Fresh()).status()),
      "PLAN_INVALID");
}

TEST(PlanTest, NamesTheFieldThatIsWrong) {
  for (
      const std::string text :
      {"", "[]", R"({"study":""})",
       R"({"study":"a","participant":"b","visit_date":"c","anchor_date":"d","variables":[]})",
       R"({"study":"a","participant":"b","visit_date":"c","anchor_date":"d","variables":[{"name":"b"}]})",
       R"({"study":"a","participant":"b","visit_date":"c","anchor_date":"d","k":0,"variables":[{"name":"x"}]})"}) {
    EXPECT_EQ(error::ReasonOf(ReadPlan(text).status()), "PLAN_INVALID") << text;
  }
}

}  // namespace
}  // namespace reprise::extract::preparation
