// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "services/platform/error/error.h"
#include "services/platform/text/csv.h"
#include "services/platform/text/number.h"
#include "services/platform/text/utf8.h"

namespace reprise::text {
namespace {

using ::testing::ElementsAre;

TEST(CsvTest, ReadsQuotedFieldsBlanksAndAByteOrderMark) {
  const auto table = ParseCsv("\xEF\xBB\xBF" "a,b\r\n\"x, \"\"y\"\"\", z \n,\n", "t.csv");
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_THAT(table->header, ElementsAre("a", "b"));
  EXPECT_THAT(table->rows, ElementsAre(ElementsAre("x, \"y\"", " z "), ElementsAre("", "")));
}

TEST(CsvTest, ReadsTheLastRowWithoutANewline) {
  EXPECT_THAT(ParseCsv("a;b\n1;2", "t.csv", ';')->rows, ElementsAre(ElementsAre("1", "2")));
}

struct Bad {
  const char* name;
  const char* bytes;
  const char* reason;
  const char* path;
};

TEST(CsvTest, NamesFileAndRowOfWhatIsWrong) {
  for (const Bad& bad : {Bad{"empty", "", "CSV_EMPTY", "t.csv:1"},
                         Bad{"duplicate column", "a,a\n", "CSV_COLUMN_DUPLICATE", "t.csv:1"},
                         Bad{"unnamed column", "a,\n", "CSV_COLUMN_UNNAMED", "t.csv:1"},
                         Bad{"narrow row", "a,b\n1,2\n3\n", "CSV_ROW_WIDTH", "t.csv:3"},
                         Bad{"open quote", "a,b\n1,\"2\n", "CSV_MALFORMED", "t.csv:2"},
                         Bad{"stray quote", "a,b\n1,2\"3\n", "CSV_MALFORMED", "t.csv:2"},
                         Bad{"not UTF-8", "a,b\n1,\xC3\n", "TEXT_NOT_UTF8", "t.csv:2"}}) {
    const auto table = ParseCsv(bad.bytes, "t.csv");
    EXPECT_EQ(error::ReasonOf(table.status()), bad.reason) << bad.name;
    ASSERT_FALSE(error::DetailOf(table.status()).violations.empty()) << bad.name;
    EXPECT_EQ(error::DetailOf(table.status()).violations[0].path, bad.path) << bad.name;
  }
}

TEST(CsvTest, WhatIsWrittenIsReadBack) {
  const std::vector<std::string> fields = {"plain", "with, comma", "with \"quote\"", "two\nlines", ""};
  const auto table = ParseCsv("a,b,c,d,e\n" + FormatCsvRow(fields), "t.csv");
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_EQ(table->rows[0], fields);
}

TEST(NumberTest, ReadsOnlyFiniteDecimals) {
  EXPECT_EQ(*ParseDouble("-2.5e3", "x"), -2500);
  EXPECT_EQ(*ParseDouble("+1", "x"), 1);
  for (const char* text : {"", " 1", "1 ", "nan", "inf", "0x10", "1,5", "1e999", "+-1", "--1"}) {
    EXPECT_EQ(error::ReasonOf(ParseDouble(text, "x").status()), "NUMBER_MALFORMED") << text;
  }
  EXPECT_EQ(*ParseInt("-12", "n"), -12);
  EXPECT_EQ(error::ReasonOf(ParseInt("1.0", "n").status()), "NUMBER_MALFORMED");
}

TEST(NumberTest, WritesFifteenDigitsAndNeverNotANumber) {
  EXPECT_EQ(FormatDouble(0.1), "0.1");
  EXPECT_EQ(FormatDouble(1.0 / 3), "0.333333333333333");
  EXPECT_EQ(FormatDouble(-0.0), "0");
  EXPECT_EQ(FormatDouble(std::nan("")), "");
  EXPECT_EQ(FormatDouble(-std::numeric_limits<double>::infinity()), "");
}

TEST(Utf8Test, MeasuresTheValidPrefix) {
  EXPECT_EQ(Utf8Prefix(""), 0u);
  EXPECT_EQ(Utf8Prefix("déjà"), 6u);
  EXPECT_EQ(Utf8Prefix("ab\xFFz"), 2u);
  EXPECT_EQ(Utf8Prefix("a\xC3"), 1u);
}

TEST(Utf8Test, NamesTheFirstBadByte) {
  EXPECT_TRUE(CheckUtf8("déjà", "f").ok());
  const absl::Status status = CheckUtf8("ab\ncd\xFF", "f");
  EXPECT_EQ(error::ReasonOf(status), "TEXT_NOT_UTF8");
  EXPECT_EQ(error::DetailOf(status).violations[0].message, "The byte at line 2, byte 3 is not UTF-8.");
}

}  // namespace
}  // namespace reprise::text
