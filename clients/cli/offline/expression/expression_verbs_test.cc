// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

#include "clients/cli/files.h"
#include "clients/cli/offline/expression/report.h"
#include "clients/cli/offline/expression/trees.h"
#include "clients/cli/offline/expression/vectors.h"
#include "services/platform/error/error.h"
#include "services/platform/text/csv.h"

namespace reprise::cli {
namespace {

using ::testing::HasSubstr;

// The oracle's rows, and the rows of evaluate_test.cc and functions_test.cc, worked by hand, for
// evaluators in other languages.
class ExpressionFilesTest : public ::testing::TestWithParam<std::pair<const char*, size_t>> {};
INSTANTIATE_TEST_SUITE_P(Files, ExpressionFilesTest,
                         ::testing::Values(std::pair("expr_vectors", 48), std::pair("rule_vectors", 308)));

std::string Kept(const std::string& name) { return *ReadFile(REPRISE_TEST_DATA "/expressions/" + name); }

TEST_P(ExpressionFilesTest, GiveEveryExpectedRowExactly) {
  const std::string csv = Kept(GetParam().first + std::string(".csv"));
  const absl::StatusOr<std::string> output = EvaluateVectors(csv, "vectors.csv");
  ASSERT_TRUE(output.ok()) << output.status();
  const text::CsvTable expected = *text::ParseCsv(csv, "vectors.csv");
  const text::CsvTable found = *text::ParseCsv(*output, "output");
  EXPECT_EQ(found.header, (std::vector<std::string>{"case_id", "type", "value"}));
  ASSERT_EQ(expected.rows.size(), GetParam().second);
  ASSERT_EQ(found.rows.size(), expected.rows.size());
  for (size_t i = 0; i < found.rows.size(); ++i) {
    const std::vector<std::string>& row = expected.rows[i];
    EXPECT_EQ(found.rows[i], (std::vector<std::string>{row[0], row[3], row[4]})) << row[1];
  }
}

// The browser's evaluator is tested with these files; `reprise expression trees` makes them.
TEST_P(ExpressionFilesTest, AreTheSameInTheBrowser) {
  const auto trees = TreesOfVectors(Kept(GetParam().first + std::string(".csv")), "vectors.csv");
  ASSERT_TRUE(trees.ok()) << trees.status();
  EXPECT_EQ(*trees, Kept(GetParam().first + std::string(".json")));
}

TEST(ExpressionTreesTest, WritesNodesOperandsFirst) {
  const auto trees = TreesOfVectors("case_id,expression,bindings,expected_type,expected\nA,[v1][x] = '',v1.x=,boolean,true\n", "f");
  ASSERT_TRUE(trees.ok()) << trees.status();
  EXPECT_EQ(*trees,
            R"json([
{"id":"A","expression":"[v1][x] = ''","tree":{"languageVersion":1,"nodes":[{"reference":{"event":"v1","item":"x"},"line":1,"column":1},{"blank":{},"line":1,"column":11},{"operator":"EXPRESSION_OPERATOR_EQUAL","line":1,"column":9}],"text":"[v1][x] = ''"},"bindings":[{"event":"","item":"v1.x","code":"","type":"null","value":null},{"event":"v1","item":"x","code":"","type":"null","value":null}],"expected":{"type":"boolean","value":true}}
]
)json");
}

TEST(ExpressionTreesTest, RefusesWhatIsNoVector) {
  EXPECT_EQ(error::ReasonOf(TreesOfVectors("case_id,expression\n", "f").status()), "VECTORS_COLUMN_MISSING");
  const std::string header = "case_id,expression,bindings,expected_type,expected\n";
  for (const char* row : {"A,1,,number,x\n", "A,1,,null,1\n", "A,1,,boolean,1\n", "A,1,,wish,1\n", "A,1,,number,\n"}) {
    EXPECT_EQ(error::ReasonOf(TreesOfVectors(header + row, "f").status()), "EXPECTED_MALFORMED") << row;
  }
  EXPECT_EQ(error::ReasonOf(TreesOfVectors(header + "A,1 +,,number,1\n", "f").status()), "EXPRESSION_SYNTAX");
  EXPECT_EQ(error::ReasonOf(TreeOf("1 +").status()), "EXPRESSION_SYNTAX");
}

// "type value" of one row.
std::string Row(absl::string_view expression, absl::string_view bindings) {
  const absl::StatusOr<expression::Value> value = EvaluateRow(expression, bindings);
  if (!value.ok()) return error::ReasonOf(value.status());
  return absl::StrCat(TypeName(value->type()), " ", value->ToString());
}

TEST(ExpressionVectorsTest, ReadsBindings) {
  struct Case {
    const char* expression;
    const char* bindings;
    const char* expected;
  };
  const std::vector<Case> cases = {
      {"[a]", "a=", "null "},
      {"[a]", "a= ; b=1", "null "},
      {"[a]", "a=''", "null "},
      {"[a]", "a=1.50", "number 1.5"},
      {"[a]", " a = -3 ", "number -3"},
      {"[a]", "a='1'", "text 1"},
      {"[a] + 1", "a='1'", "number 2"},
      {"[a]", "a=true", "boolean true"},
      {"[a]", "a='true'", "text true"},
      {"[a]", "a='2024-02-29'", "date 2024-02-29"},
      {"[a]", "a=2024-02-29", "date 2024-02-29"},
      {"[a]", "a='2024-02-30'", "text 2024-02-30"},
      {"[a]", "a=oui", "text oui"},
      {"[a]", "a='x;y=1';b=2", "text x;y=1"},
      {"[a]", "a=\"it's\"", "text it's"},
      {"[a]", "a='it\\'s';", "text it's"},
      {"[c(3)]", "c(3)=1", "number 1"},
      {"[v][a]", "[v][a]=1", "number 1"},
      {"[v][a]", "v.a=2", "number 2"},
      {"[v][c(1)]", "v.c(1)=2", "number 2"},
      {"1\\n+ # two\\n1", "", "number 2"},
      {"'a\\nb'", "", "text a\nb"},
      {"'a\\\\n'", "", "text a\\n"},
      {"[a]", "b=1", "EXPRESSION_NAME_UNKNOWN"},
      {"[a]", "a", "BINDINGS_MALFORMED"},
      {"[a]", "a;b=1", "BINDINGS_MALFORMED"},
      {"[a]", "a='1'2", "BINDINGS_MALFORMED"},
      {"[a]", "a='1", "EXPRESSION_SYNTAX"},
      {"[a]", "=1", "EXPRESSION_SYNTAX"},
      {"[a]", "a=1;a=2", "BINDING_DUPLICATE"},
      {"", "a=1", "EXPRESSION_SYNTAX"},
  };
  for (const Case& c : cases)
    EXPECT_EQ(Row(c.expression, c.bindings), c.expected) << c.expression << " with " << c.bindings;
}

TEST(ExpressionVectorsTest, OneBadRowIsThatRowsResult) {
  const absl::StatusOr<std::string> output =
      EvaluateVectors("extra,bindings,case_id,expression\nx,,1,1 +\nx,,2,1 + 1\n", "in.csv");
  ASSERT_TRUE(output.ok()) << output.status();
  const text::CsvTable table = *text::ParseCsv(*output, "output");
  EXPECT_EQ(table.rows[0][1], "error");
  EXPECT_THAT(table.rows[0][2], HasSubstr("EXPRESSION_SYNTAX: Line 1, column 4: "));
  EXPECT_EQ(table.rows[1], (std::vector<std::string>{"2", "number", "2"}));
}

TEST(ExpressionVectorsTest, RefusesAFileWithoutItsColumns) {
  EXPECT_EQ(error::ReasonOf(EvaluateVectors("case_id,expression\n1,1\n", "in.csv").status()),
            "VECTORS_COLUMN_MISSING");
  EXPECT_EQ(error::ReasonOf(EvaluateVectors("", "in.csv").status()), "CSV_EMPTY");
}

TEST(ExpressionVectorsTest, AFileWithoutRowsGivesItsHeader) {
  EXPECT_EQ(*EvaluateVectors("case_id,expression,bindings\n", "in.csv"), "case_id,type,value\n");
}

TEST(ExpressionReportTest, TellsTypeNamesAndProblems) {
  const absl::StatusOr<Report> report = CheckText("[agee]+1>[t]", "age:number, t:text");
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->text,
            "canonical: [agee] + 1 > [t]\ntype: boolean\nnames: [agee] [t]\n"
            "1:1: error: There is no item [agee]. Did you mean [age]? [NAME_UNKNOWN]\n"
            "1:9: warning: A text item equals a number only where its text is written like one. "
            "[COMPARISON_DOUBTFUL]\n");
  EXPECT_EQ(error::ReasonOf(report->outcome), "EXPRESSION_REFUSED");
  EXPECT_TRUE(CheckText("[v][a] + [b(1)]", std::nullopt)->outcome.ok());
  EXPECT_TRUE(CheckText("[v][a] + [b(1)]", "[v][a]:number,b:boxes(1|2)")->outcome.ok());
  EXPECT_FALSE(CheckText("[a]", "")->outcome.ok());
  EXPECT_EQ(error::ReasonOf(CheckText("1 +", "").status()), "EXPRESSION_SYNTAX");
}

TEST(ExpressionReportTest, RefusesNamesThatAreMalformed) {
  for (const char* names :
       {"a", "a:", "a:nmber", "a:choice", "a:choice(1", "a:number(1)", "a(1):number"}) {
    EXPECT_EQ(error::ReasonOf(ParseSymbols(names).status()), "NAMES_MALFORMED") << names;
  }
}

}  // namespace
}  // namespace reprise::cli
