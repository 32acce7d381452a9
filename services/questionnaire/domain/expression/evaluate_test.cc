// SPDX-License-Identifier: Apache-2.0
// Operators and null rules of docs/expressions.md, one row each, worked by hand.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/questionnaire/domain/expression/value_rows.h"

namespace reprise::expression {
namespace {

TEST(EvaluateTest, Literals) {
  ExpectValues({{"1", "number 1"},
                {".5", "number 0.5"},
                {"5.", "number 5"},
                {"1.5e3", "number 1500"},
                {"1E-2", "number 0.01"},
                {"'a'", "text a"},
                {"\"a\"", "text a"},
                {"'it''s'", "text it's"},
                {"'it\\'s'", "text it's"},
                {"\"say \"\"x\"\"\"", "text say \"x\""},
                {"'\"'", "text \""},
                {"'a\\\\b'", "text a\\b"},
                {"'a\\nb'", "text a\nb"},
                {"''", "null"},
                {"true", "boolean true"},
                {"FALSE", "boolean false"},
                {"'2024-02-29'", "date 2024-02-29"},
                {"'2023-02-29'", "text 2023-02-29"},
                {"'0000-01-01'", "text 0000-01-01"},
                {"'# no comment // here'", "text # no comment // here"},
                {"' '", "text  "}});
}

TEST(EvaluateTest, References) {
  ExpectValues({{"[one]", "number 1"},
                {"[ one ]", "number 1"},
                {"[n]", "null"},
                {"[v1][one]", "number 11"},
                {"[box(3)]", "number 1"},
                {"[ box ( 3 ) ]", "number 1"},
                {"[oui]", "text oui"},
                {"[date]", "date 2024-03-01"},
                {"[yes]", "boolean true"},
                {"[été]", "number 7"},
                {"[missing]", "null"}});
}

TEST(EvaluateTest, Precedence) {
  ExpectValues({{"1 + 2 * 3", "number 7"},
                {"(1 + 2) * 3", "number 9"},
                {"-2^2", "number -4"},
                {"(-2)^2", "number 4"},
                {"2^3^2", "number 512"},
                {"2^-1", "number 0.5"},
                {"2^-1^2", "number 0.5"},
                {"-2 * -3", "number 6"},
                {"--2", "number 2"},
                {"10 - 3 - 2", "number 5"},
                {"100 / 10 / 5", "number 2"},
                {"2 * 7 % 4", "number 2"},
                {"-7 % 3 + 1", "number 0"},
                {"1 + 1 = 2", "boolean true"},
                {"not 1 = 2", "boolean true"},
                {"not 1 = 1 or true", "boolean true"},
                {"not (1 = 1 or true)", "boolean false"},
                {"true or false and false", "boolean true"},
                {"(true or false) and false", "boolean false"},
                {"not not true", "boolean true"},
                {"NOT true OR false", "boolean false"}});
}

TEST(EvaluateTest, Arithmetic) {
  ExpectValues({{"[one] / [zero]", "null"},
                {"0 / 0", "null"},
                {"[one] % [zero]", "null"},
                {"7 % 3", "number 1"},
                {"-7 % 3", "number -1"},
                {"7 % -3", "number 1"},
                {"-7 % -3", "number -1"},
                {"7.5 % 2", "number 1.5"},
                {"-0", "number 0"},
                {"0 * -1", "number 0"},
                {"-4 % 2", "number 0"},
                {"(-8)^(1/3)", "null"},
                {"(-2)^3", "number -8"},
                {"0^-1", "null"},
                {"0^0", "number 1"},
                {"[n]^0", "null"},
                {"1^[n]", "null"},
                {"[big] * 10", "null"},
                {"[big] * 10 / 10", "null"},
                {"-[big] * 10", "null"},
                {"10^400", "null"},
                {"[n] + 1", "null"},
                {"1 - [n]", "null"},
                {"[n] * 0", "null"},
                {"-[n]", "null"},
                {"[num] * 2", "number 5"},
                {"'3' + 4", "number 7"},
                {"[oui] + 1", "null"},
                {"[date] + 1", "null"},
                {"[yes] + 1", "number 2"},
                {"(1 < 2) + (3 > 2)", "number 2"},
                {"1 / 3", "number 0.333333333333333"}});
}

TEST(EvaluateTest, ComparisonsWithBlank) {
  ExpectValues({{"[n] = 1", "null"},
                {"[n] <> 1", "null"},
                {"[n] < 1", "null"},
                {"[n] = [n]", "null"},
                {"[n] = ''", "boolean true"},
                {"[n] <> ''", "boolean false"},
                {"'' = [n]", "boolean true"},
                {"\"\" <> [one]", "boolean true"},
                {"[zero] = ''", "boolean false"},
                {"'' = ''", "boolean true"},
                {"[n] < ''", "null"},
                {"[one] < ''", "null"},
                {"[one] + 1 = ''", "boolean false"},
                {"[n] + 1 = ''", "boolean true"},
                {"coalesce('') = 1", "null"}});
}

TEST(EvaluateTest, ComparisonsAcrossSorts) {
  ExpectValues({{"'1' = 1", "boolean true"},
                {"'01' = '1.0'", "boolean true"},
                {"'10' < '9'", "boolean false"},
                {"[num] = 2.5", "boolean true"},
                {"[num] = '2.5'", "boolean true"},
                {"'+1e1' = 10", "boolean true"},
                {"'1 ' = 1", "boolean false"},
                {"'1,5' = 1.5", "boolean false"},
                {"'0x1' = 1", "boolean false"},
                {"'inf' > 1", "null"},
                {"'oui' = 'oui'", "boolean true"},
                {"'Oui' = 'oui'", "boolean false"},
                {"'a' < 'b'", "boolean true"},
                {"'Z' < 'a'", "boolean true"},
                {"'z' < 'é'", "boolean true"},
                {"'a' < 'ab'", "boolean true"},
                {"'oui' = 1", "boolean false"},
                {"'oui' <> 1", "boolean true"},
                {"'oui' < 1", "null"},
                {"'10' < 'a'", "null"},
                {"[date] = '2024-03-01'", "boolean true"},
                {"[day] < [date]", "boolean true"},
                {"'2024-02-30' < [date]", "null"},
                {"[date] = 19783", "boolean false"},
                {"[date] > 1", "null"},
                {"[date] <> 'oui'", "boolean true"},
                {"[yes] = 1", "boolean true"},
                {"[yes] = 'true'", "boolean false"},
                {"true > false", "boolean true"},
                {"0.1 + 0.2 = 0.3", "boolean false"},
                {"round(0.1 + 0.2, 10) = 0.3", "boolean true"},
                {"1 != 2", "boolean true"},
                {"2 <= 2", "boolean true"},
                {"2 >= 3", "boolean false"}});
}

TEST(EvaluateTest, KleeneConditions) {
  ExpectValues({{"true and [n]", "null"},
                {"[n] and true", "null"},
                {"false and [n]", "boolean false"},
                {"[n] and false", "boolean false"},
                {"[n] or true", "boolean true"},
                {"true or [n]", "boolean true"},
                {"false or [n]", "null"},
                {"[n] or [n]", "null"},
                {"not [n]", "null"},
                {"[two] and 1", "boolean true"},
                {"[zero] or 0", "boolean false"},
                {"not [two]", "boolean false"},
                {"[oui] and true", "null"},
                {"[num] and true", "boolean true"},
                {"not [date]", "null"},
                {"[oui] and false", "boolean false"}});
}

TEST(EvaluateTest, BlanksAndCommentsDoNotCount) {
  ExpectValues({{" 1\t+\r\n 2 ", "number 3"},
                {"1 # one\n + 2", "number 3"},
                {"1 // one\r\n + 2", "number 3"},
                {"1 + 2 # end", "number 3"},
                {"1 +\xC2\xA0"
                 "2",
                 "number 3"},
                {"\xEF\xBB\xBF"
                 "1 + 2",
                 "number 3"},
                {"4 / 2 // half", "number 2"},
                {"round (2.5,0)", "number 3"},
                {"ROUND(2.5,0)", "number 3"}});
}

TEST(ProgramTest, BindsNamesOnceAndRunsOnRows) {
  const absl::StatusOr<Program> program =
      Program::Bind(*Parse("[b] - [a]"), {{{"", "a", ""}, 1}, {{"", "b", ""}, 0}});
  ASSERT_TRUE(program.ok());
  const std::vector<Value> row{Value::Number(5), Value::Number(3)};
  EXPECT_EQ(program->Evaluate(row), Value::Number(2));
  EXPECT_EQ(program->Evaluate(absl::MakeConstSpan(row).subspan(0, 1)), Value::Null());
  EXPECT_TRUE(program->Holds(row));
}

TEST(ProgramTest, RunsManyArgumentsAtOnce) {
  std::string text = "sum(1";
  for (int i = 0; i < 5000; ++i) text += ", 1";
  EXPECT_EQ(Result(text + ")"), "number 5001");
  std::string chain = "1";
  for (int i = 0; i < 4000; ++i) chain += " + 1";
  EXPECT_EQ(Result(chain), "number 4001");
}

TEST(ValueTest, NeverHoldsWhatTheLanguageHasNot) {
  EXPECT_TRUE(Value::Number(1.0 / 0.0).is_null());
  EXPECT_TRUE(Value::Text("").is_null());
  EXPECT_TRUE(Value::Date(absl::CivilDay(10000, 1, 1)).is_null());
  EXPECT_EQ(Value::Number(-0.0).ToString(), "0");
  EXPECT_EQ(Value::Date(absl::CivilDay(1, 1, 1)).ToString(), "0001-01-01");
}

}  // namespace
}  // namespace reprise::expression
