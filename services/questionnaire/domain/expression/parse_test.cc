// SPDX-License-Identifier: Apache-2.0
// What is refused, with its reason and place; canonical text; order of evaluation.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"
#include "services/questionnaire/domain/expression/expression.h"

namespace reprise::expression {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// "REASON line:column", with a suggestion where there is one; "" for what parses.
std::string Refusal(const std::string& text) {
  const absl::Status status = Parse(text).status();
  if (status.ok()) return "";
  error::Detail detail = error::DetailOf(status);
  std::string refusal =
      absl::StrCat(detail.reason, " ", detail.metadata["line"], ":", detail.metadata["column"]);
  if (detail.metadata.count("suggestion") > 0)
    absl::StrAppend(&refusal, " ", detail.metadata["suggestion"]);
  return refusal;
}

struct Case {
  const char* text;
  const char* refusal;
};

TEST(ParseTest, RefusesWithReasonAndPlace) {
  const std::vector<Case> cases = {
      {"", "EXPRESSION_SYNTAX 1:1"},
      {"  # only a comment", "EXPRESSION_SYNTAX 1:19"},
      {"1 +", "EXPRESSION_SYNTAX 1:4"},
      {"+ 1", "EXPRESSION_SYNTAX 1:1"},
      {"1 2", "EXPRESSION_SYNTAX 1:3"},
      {"[a] [b]", "EXPRESSION_SYNTAX 1:5"},
      {"(1", "EXPRESSION_SYNTAX 1:1"},
      {"1)", "EXPRESSION_SYNTAX 1:2"},
      {"1, 2", "EXPRESSION_SYNTAX 1:2"},
      {"sum(1, )", "EXPRESSION_SYNTAX 1:8"},
      {"sum(1 2)", "EXPRESSION_SYNTAX 1:7"},
      {"sum(1", "EXPRESSION_SYNTAX 1:4"},
      {"1 < 2 < 3", "EXPRESSION_SYNTAX 1:7"},
      {"[a] = [b] = [c]", "EXPRESSION_SYNTAX 1:11"},
      {"1 = not 2", "EXPRESSION_SYNTAX 1:5"},
      {"1 + not 2", "EXPRESSION_SYNTAX 1:5"},
      {"and 1", "EXPRESSION_SYNTAX 1:1"},
      {"a + 1", "EXPRESSION_SYNTAX 1:1"},
      {"sum", "EXPRESSION_SYNTAX 1:1"},
      {"1 == 1", "EXPRESSION_SYNTAX 1:3"},
      {"[a] && [b]", "EXPRESSION_SYNTAX 1:5"},
      {"!true", "EXPRESSION_SYNTAX 1:1"},
      {"1 = \xE2\x80\x98oui\xE2\x80\x99", "EXPRESSION_SYNTAX 1:5"},
      {"[a] = 'oui", "EXPRESSION_SYNTAX 1:7"},
      {"'a\\x'", "EXPRESSION_SYNTAX 1:3"},
      {"'a\\", "EXPRESSION_SYNTAX 1:3"},
      {"[", "EXPRESSION_SYNTAX 1:1"},
      {"[]", "EXPRESSION_SYNTAX 1:1"},
      {"[a", "EXPRESSION_SYNTAX 1:1"},
      {"[a b]", "EXPRESSION_SYNTAX 1:4"},
      {"[a(1]", "EXPRESSION_SYNTAX 1:5"},
      {"[a()]", "EXPRESSION_SYNTAX 1:4"},
      {"[(1)]", "EXPRESSION_SYNTAX 1:2"},
      {"[a(1)][b]", "EXPRESSION_SYNTAX 1:7"},
      {"[a][b][c]", "EXPRESSION_SYNTAX 1:7"},
      {"[a'b]", "EXPRESSION_SYNTAX 1:3"},
      {"1.2.3", "EXPRESSION_SYNTAX 1:4"},
      {"2x", "EXPRESSION_SYNTAX 1:2"},
      {"1e", "EXPRESSION_SYNTAX 1:2"},
      {".", "EXPRESSION_SYNTAX 1:1"},
      {"$", "EXPRESSION_SYNTAX 1:1"},
      {"1\n+\n  $", "EXPRESSION_SYNTAX 3:3"},
      {"'é' + $", "EXPRESSION_SYNTAX 1:7"},
      {"1e999", "EXPRESSION_NUMBER 1:1"},
      {"1 + 1e-999", "EXPRESSION_NUMBER 1:5"},
      {"summ(1)", "EXPRESSION_FUNCTION_UNKNOWN 1:1 sum"},
      {"1 + datedif([a], [b], 'd')", "EXPRESSION_FUNCTION_UNKNOWN 1:5 datediff"},
      {"stdev([a])", "EXPRESSION_FUNCTION_UNKNOWN 1:1"},
      {"sum()", "EXPRESSION_ARGUMENTS 1:1"},
      {"round(1)", "EXPRESSION_ARGUMENTS 1:1"},
      {"1 + if(1, 2)", "EXPRESSION_ARGUMENTS 1:5"},
      {"in(1)", "EXPRESSION_ARGUMENTS 1:1"},
      {"fullyears([a], [b], [c])", "EXPRESSION_ARGUMENTS 1:1"},
      {"datediff([a], [b], 'm')", "EXPRESSION_ARGUMENTS 1:20"},
      {"datediff([a], [b], 'days')", "EXPRESSION_ARGUMENTS 1:20"},
      {"datediff([a], [b], '')", "EXPRESSION_ARGUMENTS 1:20"},
      {"datediff([a], [b], [c])", "EXPRESSION_ARGUMENTS 1:20"},
      {"1 +\xFF 2", "EXPRESSION_NOT_UTF8 1:4"},
      {"1\n'\xC3", "EXPRESSION_NOT_UTF8 2:2"},
      {"\xED\xA0\x80", "EXPRESSION_NOT_UTF8 1:1"},
  };
  for (const Case& c : cases) EXPECT_EQ(Refusal(c.text), c.refusal) << c.text;
  EXPECT_EQ(Refusal(std::string("1 + \0 2", 7)), "EXPRESSION_SYNTAX 1:5");
  EXPECT_EQ(Refusal(std::string("'a\0'", 4)), "EXPRESSION_SYNTAX 1:3");
}

std::string Times(size_t count, const std::string& text) {
  std::string all;
  for (size_t i = 0; i < count; ++i) all += text;
  return all;
}

TEST(ParseTest, BoundsDepthSizeAndLength) {
  EXPECT_EQ(Refusal(Times(63, "(") + "1" + Times(63, ")")), "");
  EXPECT_EQ(Refusal(Times(64, "(") + "1" + Times(64, ")")), "EXPRESSION_TOO_DEEP 1:65");
  EXPECT_EQ(Refusal(Times(100000, "(") + "1" + Times(100000, ")")), "EXPRESSION_TOO_DEEP 1:65");
  EXPECT_EQ(Refusal(Times(100000, "(")), "EXPRESSION_TOO_DEEP 1:65");
  EXPECT_EQ(Refusal(Times(100000, "-")), "EXPRESSION_TOO_DEEP 1:65");
  EXPECT_EQ(Refusal(Times(50000, "not ")), "EXPRESSION_TOO_DEEP 1:257");
  EXPECT_EQ(Refusal(Times(60000, "abs(")), "EXPRESSION_TOO_DEEP 1:257");
  EXPECT_EQ(Refusal("1" + Times(100000, "^1")), "EXPRESSION_TOO_DEEP 1:129");
  EXPECT_EQ(Refusal("1" + Times(4999, "+1")), "");
  EXPECT_EQ(Refusal("1" + Times(5000, "+1")), "EXPRESSION_TOO_LARGE 1:10000");
  EXPECT_EQ(Refusal(Times(262144, " ")), "EXPRESSION_SYNTAX 1:262145");
  EXPECT_EQ(Refusal(Times(1 << 20, "1")), "EXPRESSION_TOO_LONG 1:262145");
  EXPECT_EQ(Refusal(Times(1 << 20, "\n")), "EXPRESSION_TOO_LONG 262145:1");
  EXPECT_EQ(Refusal(Times(1 << 20, "\xFF")), "EXPRESSION_TOO_LONG 1:262145");
  EXPECT_EQ(Refusal(Times(200000, "x") + "(1)"), "EXPRESSION_FUNCTION_UNKNOWN 1:1");
}

TEST(ParseTest, MessagesStayShortWhateverTheInput) {
  EXPECT_LT(Parse(Times(100000, "é") + "(1)").status().message().size(), 300u);
  EXPECT_LT(Parse(Times(100000, "x") + "(1)").status().message().size(), 300u);
  EXPECT_THAT(std::string(Parse("summ(1)").status().message()),
              HasSubstr("Line 1, column 1: There is no function summ. Did you mean sum?"));
}

TEST(PrintTest, GivesCanonicalText) {
  struct Canonical {
    const char* text;
    const char* expected;
  };
  const std::vector<Canonical> cases = {
      {"1+2*3", "1 + 2 * 3"},
      {"(1+2)*3", "(1 + 2) * 3"},
      {"((1))", "1"},
      {"1-(2-3)", "1 - (2 - 3)"},
      {"(1-2)-3", "1 - 2 - 3"},
      {"-(2^2)", "-2^2"},
      {"(-2)^2", "(-2)^2"},
      {"(2^3)^2", "(2^3)^2"},
      {"2^(3^2)", "2^3^2"},
      {"2^(-3)", "2^-3"},
      {"not([a]=1)", "not [a] = 1"},
      {"(not [a])=1", "(not [a]) = 1"},
      {"([a]=1)=([b]=2)", "([a] = 1) = ([b] = 2)"},
      {"[a]=1 AND([b]!=2 Or[c]>3)", "[a] = 1 and ([b] <> 2 or [c] > 3)"},
      {"\"it's\"", "'it\\'s'"},
      {"\"a\tb\nc\"", "'a\\tb\\nc'"},
      {"SUM([a],[ v1 ][ box ( 3 ) ])", "sum([a], [v1][box(3)])"},
      {"0.1", "0.1"},
      {"1e300", "1e+300"},
      {"00012.50", "12.5"},
      {"TRUE", "true"},
      {"\"\"", "''"},
      {"'2024-02-29'", "'2024-02-29'"},
      {"1 # gone", "1"},
  };
  for (const Canonical& c : cases) {
    const absl::StatusOr<Expression> tree = Parse(c.text);
    ASSERT_TRUE(tree.ok()) << c.text;
    EXPECT_EQ(Print(*tree), c.expected);
  }
}

TEST(ExplainTest, ShowsTheTree) {
  EXPECT_EQ(Explain(*Parse("-[a]^2 = round('x', 1)")),
            "=\n  - (sign)\n    ^\n      item [a]\n      number 2\n  round()\n    text 'x'\n    "
            "number 1\n");
}

TEST(ReferenceTest, ReadsNamesAsBindingsWriteThem) {
  EXPECT_EQ(*ParseReference("a"), (Reference{"", "a", ""}));
  EXPECT_EQ(*ParseReference("[a]"), (Reference{"", "a", ""}));
  EXPECT_EQ(*ParseReference("c(3)"), (Reference{"", "c", "3"}));
  EXPECT_EQ(*ParseReference("c(-99)"), (Reference{"", "c", "-99"}));
  EXPECT_EQ(*ParseReference("[v1][a]"), (Reference{"v1", "a", ""}));
  EXPECT_EQ(*ParseReference("v1][a"), (Reference{"v1", "a", ""}));
  for (const char* text : {"", "[", "]", "a b", "a]+[b]", "[a][b][c]", "a#", "\xFF"}) {
    EXPECT_FALSE(ParseReference(text).ok()) << text;
  }
}

std::map<std::string, Expression> Named(
    const std::vector<std::pair<std::string, std::string>>& texts) {
  std::map<std::string, Expression> named;
  for (const auto& [name, text] : texts) named.emplace(name, *Parse(text));
  return named;
}

TEST(EvaluationOrderTest, PutsDependenciesFirst) {
  EXPECT_THAT(
      *EvaluationOrder(Named({{"a", "[b] + [c]"}, {"b", "[c] * [raw]"}, {"c", "1"}, {"z", "2"}})),
      ElementsAre("c", "b", "a", "z"));
  EXPECT_THAT(*EvaluationOrder(Named({{"a", "[box(1)]"}, {"box", "1"}})), ElementsAre("box", "a"));
  EXPECT_THAT(*EvaluationOrder(Named({{"a", "[v1][b]"}, {"b", "[v1][a]"}})), ElementsAre("a", "b"));
  EXPECT_TRUE(EvaluationOrder(std::map<std::string, Expression>{})->empty());
}

TEST(EvaluationOrderTest, NamesTheCircle) {
  const absl::Status status =
      EvaluationOrder(Named({{"a", "[b]"}, {"b", "[c]"}, {"c", "[d] + [b]"}, {"d", "1"}})).status();
  EXPECT_EQ(error::ReasonOf(status), "EXPRESSION_CYCLE");
  EXPECT_EQ(error::DetailOf(status).metadata["cycle"], "b -> c -> b");
  EXPECT_EQ(error::DetailOf(EvaluationOrder(Named({{"a", "[a]"}})).status()).metadata["cycle"],
            "a -> a");
}

TEST(EvaluationOrderTest, TakesLongChains) {
  std::map<std::string, Expression> named;
  for (int i = 0; i < 20000; ++i)
    named.emplace(absl::StrCat("x", i), *Parse(absl::StrCat("[x", i + 1, "]")));
  EXPECT_EQ(EvaluationOrder(named)->back(), "x0");
}

TEST(ProgramTest, RefusesNamesWithoutASlotAndSuggests) {
  const absl::Status status =
      Program::Bind(*Parse("1 +\n [agee]"), {{{"", "age", ""}, 0}, {{"", "x", ""}, 1}}).status();
  error::Detail detail = error::DetailOf(status);
  EXPECT_EQ(detail.reason, "EXPRESSION_NAME_UNKNOWN");
  EXPECT_EQ(detail.metadata["suggestion"], "[age]");
  EXPECT_EQ(detail.metadata["line"], "2");
  EXPECT_EQ(detail.metadata["column"], "2");
}

TEST(BothTest, JoinsTwoConditions) {
  EXPECT_EQ(Print(*Both(*Parse("[a] = 1 or [b] = 2"), *Parse("[c] = 3"))),
            "([a] = 1 or [b] = 2) and [c] = 3");
}

}  // namespace
}  // namespace reprise::expression
