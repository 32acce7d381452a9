// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/exchange/redcap.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

#include "services/platform/error/error.h"
#include "services/platform/text/csv.h"
#include "services/questionnaire/domain/exchange/redcap_table.h"
#include "services/questionnaire/domain/instrument/check.h"

namespace reprise::exchange {
namespace {

using instrument::Item;
using instrument::ItemType;
using ::testing::HasSubstr;

std::string Header(bool page) {
  std::vector<std::string> names;
  for (int c = 0; c < kRedcapColumns; ++c) {
    const auto column = static_cast<RedcapColumn>(c);
    names.emplace_back(page ? PageName(column) : ApiName(column));
  }
  return text::FormatCsvRow(names);
}

using Cells = std::map<RedcapColumn, std::string>;

std::string Row(const std::string& name, const std::string& type, Cells cells) {
  std::vector<std::string> row(kRedcapColumns);
  cells[kFieldName] = name;
  cells[kFieldType] = type;
  if (cells[kFormName].empty()) cells[kFormName] = "form";
  if (cells[kFieldLabel].empty()) cells[kFieldLabel] = "Question";
  for (const auto& [column, text] : cells) row[column] = text;
  return text::FormatCsvRow(row);
}

Imported Import(const std::string& csv) {
  auto made = ImportRedcap(csv, "d.csv", {.id = "", .version = "", .language = "en"});
  EXPECT_TRUE(made.ok()) << made.status();
  for (const instrument::Problem& problem : instrument::CheckInstrument(made->instrument)) {
    EXPECT_NE(problem.severity, instrument::Severity::kError)
        << problem.violation.path << problem.violation.message;
  }
  return *std::move(made);
}

const Item& First(const Imported& made) { return made.instrument.sections.at(0).items.at(0); }

bool Tells(const Imported& made, Verdict verdict, const std::string& place,
           const std::string& construct) {
  for (const Finding& finding : made.report.findings()) {
    if (finding.verdict == verdict && finding.construct == construct &&
        absl::StrContains(finding.place, place))
      return true;
  }
  return false;
}

struct TypeCase {
  const char* name;
  const char* type;
  const char* choices;
  const char* validation;
  ItemType expected;  // kUnspecified: refused
  Verdict verdict;    // of the type or validation
};

TEST(ImportRedcapTest, TakesEachFieldTypeAndValidation) {
  for (const TypeCase& test :
       {TypeCase{"text", "text", "", "", ItemType::kText, Verdict::kKept},
        TypeCase{"notes", "notes", "", "", ItemType::kText, Verdict::kKept},
        TypeCase{"radio", "radio", "1, A | 2, B", "", ItemType::kSingleChoice, Verdict::kKept},
        TypeCase{"dropdown", "dropdown", "1, A", "", ItemType::kSingleChoice, Verdict::kChanged},
        TypeCase{"checkbox", "checkbox", "1, A", "", ItemType::kMultipleChoice, Verdict::kKept},
        TypeCase{"yesno", "yesno", "", "", ItemType::kSingleChoice, Verdict::kChanged},
        TypeCase{"truefalse", "truefalse", "", "", ItemType::kSingleChoice, Verdict::kChanged},
        TypeCase{"calc", "calc", "1 + 1", "", ItemType::kComputed, Verdict::kKept},
        TypeCase{"descriptive", "descriptive", "", "", ItemType::kInformation, Verdict::kKept},
        TypeCase{"slider", "slider", "low | middle | high", "number", ItemType::kScale,
                 Verdict::kKept},
        TypeCase{"integer", "text", "", "integer", ItemType::kInteger, Verdict::kKept},
        TypeCase{"number", "text", "", "number", ItemType::kDecimal, Verdict::kKept},
        TypeCase{"two decimals", "text", "", "number_2dp", ItemType::kDecimal, Verdict::kKept},
        TypeCase{"decimal comma", "text", "", "number_1dp_comma_decimal", ItemType::kDecimal,
                 Verdict::kChanged},
        TypeCase{"date", "text", "", "date_ymd", ItemType::kDate, Verdict::kKept},
        TypeCase{"French date", "text", "", "date_dmy", ItemType::kDate, Verdict::kChanged},
        TypeCase{"time", "text", "", "time", ItemType::kTime, Verdict::kKept},
        TypeCase{"date and time", "text", "", "datetime_ymd", ItemType::kText, Verdict::kChanged},
        TypeCase{"email", "text", "", "email", ItemType::kText, Verdict::kChanged}}) {
    const Imported made =
        Import(Header(true) +
               Row("x", test.type, {{kChoices, test.choices}, {kValidation, test.validation}}));
    EXPECT_EQ(First(made).type, test.expected) << test.name;
    EXPECT_TRUE(Tells(made, test.verdict, "row 2 x",
                      *test.validation != '\0' && First(made).type != ItemType::kScale
                          ? "VALIDATION"
                          : "FIELD_TYPE"))
        << test.name;
  }
  for (const char* type : {"file", "sql", "nonsense", ""}) {
    const Imported made = Import(Header(true) + Row("ok", "text", {}) + Row("x", type, {}));
    EXPECT_TRUE(Tells(made, Verdict::kRefused, "row 3 x, field_type", "FIELD_TYPE")) << type;
    EXPECT_EQ(made.instrument.sections[0].items.size(), 1u) << type;
  }
}

TEST(ImportRedcapTest, ReadsChoicesWithCommasHtmlAndWithoutLabels) {
  const Imported made = Import(
      Header(true) +
      Row("x", "radio",
          {{kChoices, "1, Yes, always | 2,<b>No</b> &amp; never\n| -3 | 2, again | a b, c |"}}));
  const auto& choices = First(made).choices;
  ASSERT_EQ(choices.size(), 3u);
  EXPECT_EQ(choices[0].label.at("en"), "Yes, always");
  EXPECT_EQ(choices[1].label.at("en"), "No & never");
  EXPECT_EQ(choices[2].code, "-3");
  EXPECT_EQ(choices[2].label.at("en"), "-3");
  EXPECT_TRUE(Tells(made, Verdict::kChanged, "choice 2", "CHOICE"));
  EXPECT_TRUE(Tells(made, Verdict::kChanged, "choice 3", "CHOICE"));
  EXPECT_TRUE(Tells(made, Verdict::kRefused, "choice 4", "CHOICE"));
  EXPECT_TRUE(Tells(made, Verdict::kRefused, "choice 5", "CHOICE"));
}

TEST(ImportRedcapTest, RowsOfOneMatrixBecomeAMatrixWithItsHeader) {
  const Cells row = {{kChoices, "0, No | 1, Yes"}, {kMatrixGroup, "m"}};
  Cells first = row;
  first[kSectionHeader] = "How often?";
  Cells other = row;
  other[kChoices] = "0, Never | 1, Always";
  const Imported made = Import(Header(false) + Row("a", "radio", first) + Row("b", "radio", row) +
                               Row("c", "radio", other));
  ASSERT_EQ(made.instrument.sections.size(), 1u);
  const auto& items = made.instrument.sections[0].items;
  ASSERT_EQ(items.size(), 2u) << "other choices begin another matrix";
  EXPECT_EQ(items[0].code, "m");
  EXPECT_EQ(items[0].text.at("en"), "How often?");
  EXPECT_EQ(items[0].rows.size(), 2u);
  EXPECT_EQ(items[1].code, "m_2");
}

TEST(ImportRedcapTest, FormsAndHeadersAreSectionsAndComeBackTheSame) {
  const Imported made = Import(Header(true) + Row("a", "text", {{kFormName, "first"}}) +
                               Row("b", "text", {{kFormName, "first"}, {kSectionHeader, "Title"}}) +
                               Row("c", "text", {{kFormName, "second"}}) +
                               Row("d", "text", {{kFormName, "third"}, {kSectionHeader, "Other"}}));
  std::vector<std::string> codes;
  for (const auto& section : made.instrument.sections) codes.push_back(section.code);
  EXPECT_THAT(codes, ::testing::ElementsAre("first", "first_2", "second", "third"));
  const auto exported = ExportRedcap(made.instrument, "");
  ASSERT_TRUE(exported.ok());
  EXPECT_TRUE(Import(exported->csv).instrument == made.instrument);
}

TEST(ImportRedcapTest, RefusedLogicStaysWithTheItemAsAnAnnotation) {
  const Imported made = Import(Header(true) + Row("a", "text", {{kValidation, "integer"}}) +
                               Row("b", "text", {{kBranching, "[record-name] = '1'"}}) +
                               Row("c", "calc", {{kChoices, "stdev([a],[a])"}}));
  const auto& items = made.instrument.sections[0].items;
  EXPECT_EQ(items[1].shown_if, "");
  EXPECT_THAT(items[1].annotation, HasSubstr("[record-name]"));
  EXPECT_TRUE(Tells(made, Verdict::kRefused, "row 3 b, branching_logic", "BRANCHING"));
  EXPECT_EQ(items[2].type, ItemType::kDecimal);
  EXPECT_TRUE(Tells(made, Verdict::kRefused, "row 4 c", "CALCULATION"));
}

TEST(ImportRedcapTest, CalculationsInACircleAreLeftOutWithTheirPlace) {
  const Imported made = Import(Header(true) + Row("a", "calc", {{kChoices, "[b] + 1"}}) +
                               Row("b", "calc", {{kChoices, "[a] + 1"}}));
  EXPECT_GE(made.report.Count(Verdict::kRefused), 1u);
}

TEST(ImportRedcapTest, ActionTagsAreReadOrRefusedOneByOne) {
  const Imported made = Import(
      Header(true) +
      Row("a", "text",
          {{kAnnotation, "note @CHARLIMIT=20 @HIDDEN @CALCTEXT(if([b]='1','x','y'))"}}) +
      Row("b", "checkbox", {{kChoices, "1, A | 0, None"}, {kAnnotation, "@NONEOFTHEABOVE='0'"}}));
  EXPECT_EQ(First(made).max_length, 20);
  EXPECT_THAT(First(made).annotation, HasSubstr("note"));
  EXPECT_TRUE(made.instrument.sections[0].items[1].choices[1].exclusive);
  size_t refused = 0;
  for (const Finding& finding : made.report.findings()) {
    if (finding.construct == "ACTION_TAG" && finding.verdict == Verdict::kRefused) ++refused;
  }
  EXPECT_EQ(refused, 2u);
}

struct HeaderCase {
  const char* name;
  std::string bytes;
  bool changed;
};

TEST(ImportRedcapTest, ReadsTheHeaderHoweverItIsWritten) {
  const std::string row = Row("x", "yesno", {});
  const std::string page = Header(true);
  const std::string quoted =
      absl::StrReplaceAll(page, {{"Variable / Field Name,", "\"Variable / Field Name\","}});
  for (const HeaderCase& test : std::vector<HeaderCase>{
           {"page", page + row, false},
           {"interface", Header(false) + row, false},
           {"byte order mark", "\xEF\xBB\xBF" + page + row, false},
           {"two byte order marks", "\xEF\xBB\xBF\xEF\xBB\xBF" + quoted + row, true},
           {"byte order mark read as Latin-1", "\xC3\xAF\xC2\xBB\xC2\xBF" + quoted + row, true},
           {"stray quotes", "\"\"\"" + quoted.substr(1) + row, true},
           {"bytes that are not UTF-8", "\xFF\xFE" + page + row, true},
           {"another name", absl::StrReplaceAll(page, {{"Variable / Field Name", "???"}}) + row,
            true},
           {"none at all", row, true},
           {"semicolons", absl::StrReplaceAll(Header(false) + row, {{",", ";"}}), false},
           {"two columns only", "field_name,field_type\nx,yesno\n", false},
           {"columns in another order", "field_type,field_name\nyesno,x\n", false}}) {
    const Imported made = Import(test.bytes);
    EXPECT_EQ(First(made).code, "x") << test.name;
    EXPECT_EQ(First(made).type, ItemType::kSingleChoice) << test.name;
    EXPECT_EQ(Tells(made, Verdict::kChanged, "row 1", "HEADER"), test.changed) << test.name;
  }
}

TEST(ImportRedcapTest, BadInputNamesItsPlace) {
  const std::string page = Header(true);
  struct Bad {
    const char* name;
    std::string bytes;
    const char* reason;
    const char* place;
  };
  for (const Bad& bad : std::vector<Bad>{
           {"empty", "", "CSV_EMPTY", "d.csv:1"},
           {"no field", page, "CSV_EMPTY", "d.csv:1"},
           {"not a dictionary", "a,b\n1,2\n", "DICTIONARY_HEADER_UNKNOWN", "d.csv:1"},
           {"not UTF-8", page + "x,form,,text,\xC3\x28,,,,,,,,,,,,,\n", "TEXT_NOT_UTF8", "d.csv:2"},
           {"open quote", page + "x,form,,text,\"abc\n", "CSV_MALFORMED", "d.csv:2"},
           {"a megabyte in one cell",
            page + Row("x", "text", {{kFieldLabel, std::string(1000000, 'a')}}),
            "DICTIONARY_TOO_LARGE", "d.csv:2"},
           {"only refused rows", page + Row("x", "sql", {}), "DICTIONARY_EMPTY", "d.csv:1"}}) {
    const auto made = ImportRedcap(bad.bytes, "d.csv", {});
    EXPECT_EQ(error::ReasonOf(made.status()), bad.reason) << bad.name;
    const auto violations = error::DetailOf(made.status()).violations;
    ASSERT_FALSE(violations.empty()) << bad.name;
    EXPECT_EQ(violations[0].path, bad.place) << bad.name;
  }
}

// Every cell that is not empty is told of.
void ExpectEveryCellTold(const std::string& bytes, const std::string& name) {
  const auto made = ImportRedcap(bytes, name, {.id = "", .version = "", .language = "en"});
  ASSERT_TRUE(made.ok()) << name << made.status();
  Report ignored;
  const auto rows = ReadRedcapTable(bytes, name, ignored);
  ASSERT_TRUE(rows.ok());
  std::map<std::string, int> told;
  for (const Finding& finding : made->report.findings()) {
    const size_t end = finding.place.find(", choice ");
    ++told[finding.place.substr(0, end)];
  }
  for (const RedcapRow& row : *rows) {
    for (int c = 0; c < kRedcapColumns; ++c) {
      const auto column = static_cast<RedcapColumn>(c);
      if (row.cells[column].empty() || row.cells[column] == "n") continue;
      EXPECT_GT(told[row.Place(column)], 0) << name << " " << row.Place(column);
    }
  }
}

TEST(ImportRedcapTest, EveryCellHasAFinding) {
  Cells all;
  for (int c = 0; c < kRedcapColumns; ++c) all[static_cast<RedcapColumn>(c)] = "x";
  std::string csv = Header(true) + Row("ok", "text", {});
  int n = 0;
  for (const char* type : {"text", "notes", "radio", "dropdown", "checkbox", "calc", "descriptive",
                           "slider", "yesno", "file"}) {
    all[kChoices] = "1, x";
    csv += Row(absl::StrCat("f", ++n), type, all);
  }
  ExpectEveryCellTold(csv, "all.csv");
}

// Dictionaries of a real study, where the workplace has them (they are not part of the project).
TEST(ImportRedcapTest, RealDictionariesAreAccountedFor) {
  const char* const folder = std::getenv("REPRISE_REAL_INPUT");
  if (folder == nullptr) GTEST_SKIP() << "REPRISE_REAL_INPUT names no folder";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".csv") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    ExpectEveryCellTold(bytes, entry.path().filename());
    EXPECT_EQ(instrument::FieldsOf(Import(bytes).instrument).size(), 69u);
  }
}

}  // namespace
}  // namespace reprise::exchange
