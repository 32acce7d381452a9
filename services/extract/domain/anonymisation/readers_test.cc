// SPDX-License-Identifier: Apache-2.0
// What the readers accept and how they refuse the rest: reason, and file, row and column.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

#include "services/extract/domain/anonymisation/builders.h"
#include "services/extract/domain/anonymisation/case.h"
#include "services/extract/domain/anonymisation/hierarchy.h"
#include "services/extract/domain/anonymisation/release_testing.h"
#include "services/extract/domain/anonymisation/table.h"
#include "services/platform/error/error.h"

namespace reprise::extract::anonymisation {
namespace {

std::string At(const error::Detail& detail) {
  const auto part = [&](const char* key) {
    const auto found = detail.metadata.find(key);
    return found == detail.metadata.end() ? std::string("-") : found->second;
  };
  return absl::StrCat(part("row"), ":", part("column"));
}

struct BadText {
  const char* name;
  const char* text;
  const char* reason;
  const char* at;  // row:column
};

class BadHierarchyTest : public ::testing::TestWithParam<BadText> {};

TEST_P(BadHierarchyTest, IsRefusedWithItsPlace) {
  const auto hierarchy = ReadHierarchy(GetParam().text, "h.csv", "age");
  ASSERT_FALSE(hierarchy.ok());
  EXPECT_EQ(hierarchy.status().code(), absl::StatusCode::kInvalidArgument);
  const error::Detail detail = error::DetailOf(hierarchy.status());
  EXPECT_EQ(detail.reason, GetParam().reason);
  EXPECT_EQ(detail.metadata.at("file"), "h.csv");
  EXPECT_EQ(At(detail), GetParam().at);
}

INSTANTIATE_TEST_SUITE_P(
    All, BadHierarchyTest,
    ::testing::Values(BadText{"Empty", "", "CSV_EMPTY", "-:-"},
                      BadText{"Blank", "\n\n", "CSV_EMPTY", "-:-"},
                      BadText{"NotMonotone", "1;a;x;*\n2;a;y;*\n", "HIERARCHY_NOT_MONOTONE", "2:3"},
                      BadText{"NotTotal", "1;a;*\n2;a;all\n", "HIERARCHY_NOT_TOTAL", "2:3"},
                      BadText{"OneColumn", "1\n2\n", "HIERARCHY_NOT_TOTAL", "1:1"},
                      BadText{"StarAsValue", "1;*\n*;*\n", "HIERARCHY_NOT_TOTAL", "2:1"},
                      BadText{"ValueTwice", "1;a;*\n1;a;*\n", "HIERARCHY_VALUE_TWICE", "2:1"},
                      BadText{"NarrowRow", "1;a;*\n2;*\n", "CSV_ROW_WIDTH", "2:-"},
                      BadText{"Quotes", "1;\"a\";*\n", "CSV_QUOTED", "1:2"}),
    [](const auto& info) { return std::string(info.param.name); });

TEST(HierarchyTest, BrokenUtf8IsRefusedWithItsLine) {
  const auto hierarchy = ReadHierarchy("1;a;*\n2;\xC3\x28;*\n", "h.csv", "age");
  EXPECT_EQ(error::ReasonOf(hierarchy.status()), "TEXT_NOT_UTF8");
  EXPECT_THAT(std::string(hierarchy.status().message()), ::testing::HasSubstr("2"));
}

TEST(HierarchyTest, ALabelForAnotherSetIsRenamedSoThatCellsReadBack) {
  // "other" is the value of one and the group of two: as a cell it would have two shares.
  const Hierarchy h = *ReadHierarchy("other;other;*\nodd;other;*\nplain;plain;*\n", "h.csv", "job");
  EXPECT_EQ(h.renamed.at("other"), "other (level 1)");
  EXPECT_EQ(h.labels[h.label_of[1][1]], "other (level 1)");
  EXPECT_EQ(h.leaves[h.label_of[1][1]], 2u);
  // The same set under the same text stays one label.
  EXPECT_EQ(h.label_of[0][2], h.label_of[1][2]);
  EXPECT_EQ(h.labels[h.label_of[1][2]], "plain");
  EXPECT_NEAR(h.Loss(h.label_of[1][0]), 0.5, 1e-12);  // (2/3 - 1/3) / (1 - 1/3)
  EXPECT_EQ(h.Loss(h.label_of[2][0]), 1.0);
}

TEST(HierarchyTest, WhatIsFormattedReadsBack) {
  const std::string text = "13053;1305*;130**;*\n13068;1306*;130**;*\n";
  EXPECT_EQ(FormatHierarchy(*ReadHierarchy(text, "h", "zip")), text);
  EXPECT_EQ(FormatHierarchy(*ReadHierarchy("\xEF\xBB\xBF"
                                           "1;*\r\n2;*\r\n",
                                           "h", "x")),
            "1;*\n2;*\n");
}

class BadTableTest : public ::testing::TestWithParam<BadText> {};

TEST_P(BadTableTest, IsRefusedWithItsPlace) {
  const Hierarchy ages = *ReadHierarchy("30;*\n40;*\n", "h", "age");
  const auto table = ReadTable(GetParam().text, "d.csv", {{"age", &ages}, {"job", nullptr}});
  ASSERT_FALSE(table.ok());
  const error::Detail detail = error::DetailOf(table.status());
  EXPECT_EQ(detail.reason, GetParam().reason);
  EXPECT_EQ(At(detail), GetParam().at);
}

INSTANTIATE_TEST_SUITE_P(
    All, BadTableTest,
    ::testing::Values(
        BadText{"Empty", "", "CSV_EMPTY", "-:-"},
        BadText{"HeaderOnly", "age;job\n", "DATA_WITHOUT_ROWS", "-:-"},
        BadText{"ValueNotInHierarchy", "job;age\nx;30\ny;31\n", "VALUE_NOT_IN_HIERARCHY", "3:2"},
        BadText{"EmptyValueNotInHierarchy", "age;job\n;x\n", "VALUE_NOT_IN_HIERARCHY", "2:1"},
        BadText{"MissingColumn", "age\n30\n", "COLUMN_MISSING", "1:job"},
        BadText{"ColumnTwice", "age;job;age\n30;x;30\n", "CSV_COLUMN_DUPLICATE", "1:3"},
        BadText{"ColumnUnnamed", "age;;job\n30;x;y\n", "CSV_COLUMN_UNNAMED", "1:2"},
        BadText{"WideRow", "age;job\n30;x\n30;x;y\n", "CSV_ROW_WIDTH", "3:-"},
        BadText{"Quotes", "age;job\n30;\"x\"\n", "CSV_QUOTED", "2:2"}),
    [](const auto& info) { return std::string(info.param.name); });

TEST(TableTest, CodesFollowTheHierarchyOrFirstAppearance) {
  const Hierarchy ages = *ReadHierarchy("30;*\n40;*\n", "h", "age");
  const Table table = *ReadTable("job;age\r\nbaker;40\r\n\r\nclerk;30\r\nbaker;30", "d",
                                 {{"age", &ages}, {"job", nullptr}});
  EXPECT_EQ(table.rows, 3u);
  EXPECT_THAT(table.columns[0].codes, ::testing::ElementsAre(1, 0, 0));
  EXPECT_THAT(table.columns[1].values, ::testing::ElementsAre("baker", "clerk"));
  EXPECT_THAT(table.columns[1].codes, ::testing::ElementsAre(0, 1, 0));
}

TEST(TableTest, ManyDistinctAndEqualLookingValuesStayApart) {
  std::string text = "v\n";
  for (int i = 0; i < 100000; ++i) absl::StrAppend(&text, "value-", i, "\n", i, "\n");
  const Table table = *ReadTable(text, "d", {{"v", nullptr}});
  ASSERT_EQ(table.columns[0].values.size(), 200000u);
  for (size_t i = 0; i < 200000; ++i) ASSERT_EQ(table.columns[0].codes[i], i);
}

struct BadCase {
  const char* name;
  const char* json;
  const char* path;
};

class BadCaseTest : public ::testing::TestWithParam<BadCase> {};

TEST_P(BadCaseTest, NamesTheField) {
  const auto request = ParseCase(GetParam().json);
  ASSERT_FALSE(request.ok());
  const error::Detail detail = error::DetailOf(request.status());
  ASSERT_EQ(detail.violations.size(), 1u);
  EXPECT_EQ(detail.violations[0].path, GetParam().path);
}

INSTANTIATE_TEST_SUITE_P(
    All, BadCaseTest,
    ::testing::Values(
        BadCase{"NotJson", "{", "case"}, BadCase{"NotAnObject", "[]", "case"},
        BadCase{"NoQi", R"({"qis": [], "models": ["k:2"]})", "qis"},
        BadCase{"QiTwice", R"({"qis": ["a", "a"], "models": ["k:2"]})", "qis[1]"},
        BadCase{"QiIsNumber", R"({"qis": [1], "models": ["k:2"]})", "qis[0]"},
        BadCase{"NoModel", R"({"qis": ["a"]})", "models"},
        BadCase{"UnknownModel", R"({"qis": ["a"], "models": ["z:2"]})", "models[0]"},
        BadCase{"FractionOfAPerson", R"({"qis": ["a"], "models": ["k:2.5"]})", "models[0]"},
        BadCase{"KBelowOne", R"({"qis": ["a"], "models": ["k:0"]})", "models[0]"},
        BadCase{"ClosenessAboveOne", R"({"qis": ["a"], "models": ["te:s:1.5"]})", "models[0]"},
        BadCase{"ModelWithoutColumn", R"({"qis": ["a"], "models": ["dl::3"]})", "models[0]"},
        BadCase{"PresenceUpsideDown", R"({"qis": ["a"], "models": ["dp:0.5:0.2"]})", "models[0]"},
        BadCase{"SensitiveIsQi", R"({"qis": ["a"], "models": ["dl:a:3"]})", "models[0]"},
        BadCase{"LimitAboveOne", R"({"qis": ["a"], "models": ["k:2"], "suppression_limit": 1.1})",
                "suppression_limit"},
        BadCase{"UnknownMetric", R"({"qis": ["a"], "models": ["k:2"], "metric": "beauty"})",
                "metric"},
        BadCase{"UnknownRole", R"({"qis": ["a"], "models": ["k:2"], "roles": {"b": "secret"}})",
                "roles[b]"}),
    [](const auto& info) { return std::string(info.param.name); });

TEST(SubsetTest, RowsAreSortedAndChecked) {
  EXPECT_THAT(*ParseSubset("3\n1\n\n0\n", "s", 4), ::testing::ElementsAre(0, 1, 3));
  EXPECT_EQ(error::ReasonOf(ParseSubset("4\n", "s", 4).status()), "SUBSET_INVALID");
  EXPECT_EQ(error::ReasonOf(ParseSubset("1\n1\n", "s", 4).status()), "SUBSET_INVALID");
  EXPECT_EQ(error::ReasonOf(ParseSubset("one\n", "s", 4).status()), "SUBSET_INVALID");
  EXPECT_EQ(error::ReasonOf(ParseSubset("", "s", 4).status()), "SUBSET_INVALID");
}

TEST(BuildersTest, IntervalsNestAndCloseTheirEnds) {
  const Hierarchy h = *BuildIntervals("age", {"24", "25", "34", "35", "75", "80", "25"},
                                      {.origin = 25, .widths = {5, 10}, .bottom = 25, .top = 75});
  EXPECT_EQ(FormatHierarchy(h),
            "24;<25;<25;*\n25;25-29;25-34;*\n34;30-34;25-34;*\n35;35-39;35-44;*\n75;>=75;>=75;*"
            "\n80;>=75;>=75;*\n");
  EXPECT_EQ(FormatHierarchy(*BuildIntervals("d", {"-1", "0"}, {.widths = {2}})),
            "-1;-2--1;*\n0;0-1;*\n");
  EXPECT_FALSE(BuildIntervals("age", {"1"}, {.widths = {5, 12}}).ok());
  EXPECT_FALSE(BuildIntervals("age", {"1"}, {.widths = {5}, .top = 7}).ok());
  EXPECT_FALSE(BuildIntervals("age", {"1.5"}, {.widths = {5}}).ok());
  EXPECT_FALSE(BuildIntervals("age", {}, {.widths = {5}}).ok());
}

TEST(BuildersTest, DatesFallIntoPeriods) {
  EXPECT_EQ(FormatHierarchy(*BuildDates("dx", {"2022-09", "2022-07"},
                                        {Period::kQuarter, Period::kHalf, Period::kYear})),
            "2022-07;2022-Q3;2022-H2;2022;*\n2022-09;2022-Q3;2022-H2;2022;*\n");
  EXPECT_EQ(FormatHierarchy(*BuildDates("dx", {"2024-02-29"}, {Period::kMonth})),
            "2024-02-29;2024-02;*\n");
  EXPECT_FALSE(BuildDates("dx", {"2023-02-29"}, {Period::kMonth}).ok());
  EXPECT_FALSE(BuildDates("dx", {"2023-02"}, {Period::kMonth}).ok());
  EXPECT_FALSE(BuildDates("dx", {"2023-02"}, {Period::kYear, Period::kQuarter}).ok());
}

TEST(BuildersTest, PrefixesAreTheZipCodesOfThePaper) {
  EXPECT_EQ(FormatHierarchy(*BuildPrefixes("zip", {"13068", "13053"}, {4, 3})),
            "13053;1305*;130**;*\n13068;1306*;130**;*\n");
  EXPECT_FALSE(BuildPrefixes("zip", {"130"}, {3}).ok());
  EXPECT_FALSE(BuildPrefixes("zip", {"13053"}, {3, 4}).ok());
}

}  // namespace
}  // namespace reprise::extract::anonymisation
