// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/convert/expression.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <limits>

#include "services/platform/error/error.h"

namespace reprise::questionnaire {
namespace {

v1::Expression Message(const char* text) { return ToProto(*expression::Parse(text)); }

TEST(ExpressionConvertTest, EveryKindOfNodeSurvivesTheWire) {
  for (const char* text : {
           "1.5", "'oui'", "'2024-02-29'", "true", "''", "[a]", "[v1][box(3)]",
           "-[a]^2 + [b] * 3 / 4 % 5 - 1", "not ([a] = 1 or [b] <> 2) and [c] < 3",
           "[a] <= 1 or [b] >= 2 or [c] > 3", "datediff([a], [b], 'M', true)",
           "if(isblank([a]), coalesce([b], 1), round(sum([a], [b], 0.1), 2))",
           "prorate(1, [a]) + band([a], 1, 2) + rev([a], 0, 3) + fullyears([d], [e])",
           "mean([a]) + min([a]) + max([a]) + median([a]) + sd([a]) + count([a]) + abs([a])",
           "sqrt([a]) + ln([a]) + exp([a]) + roundup([a], 1) + rounddown([a], 1)",
           "in([a], 1) and between([a], 1, 2)"}) {
    SCOPED_TRACE(text);
    const absl::StatusOr<expression::Expression> tree = expression::Parse(text);
    ASSERT_TRUE(tree.ok()) << tree.status();
    v1::Expression read;
    ASSERT_TRUE(read.ParseFromString(ToProto(*tree).SerializeAsString()));
    const absl::StatusOr<expression::Expression> again = FromProto(read);
    ASSERT_TRUE(again.ok()) << again.status();
    EXPECT_EQ(*again, *tree);
    EXPECT_EQ(again->root().place(), tree->root().place());
    EXPECT_EQ(read.text(), expression::Print(*tree));
  }
}

TEST(ExpressionConvertTest, NamesOperatorsAndFunctionsAsTheyAre) {
  EXPECT_EQ(Message("[a] <> 1").nodes(2).operator_(), v1::EXPRESSION_OPERATOR_NOT_EQUAL);
  EXPECT_EQ(Message("[a] % 1").nodes(2).operator_(), v1::EXPRESSION_OPERATOR_REMAINDER);
  EXPECT_EQ(Message("not [a]").nodes(1).operator_(), v1::EXPRESSION_OPERATOR_NOT);
  EXPECT_EQ(Message("rounddown(1, 2)").nodes(2).call().function(),
            v1::EXPRESSION_FUNCTION_ROUNDDOWN);
  EXPECT_EQ(Message("prorate(1, 2, 3)").nodes(3).call().argument_count(), 3);
  EXPECT_EQ(Message("'2024-02-29'").nodes(0).date().day(), 29);
}

TEST(ExpressionConvertTest, LongChainsNeedNoDeepMessage) {
  std::string text = "[a]";
  for (int i = 0; i < 4000; ++i) text += " + [a]";
  const auto tree = expression::Parse(text);
  ASSERT_TRUE(tree.ok()) << tree.status();
  v1::Expression read;
  ASSERT_TRUE(read.ParseFromString(ToProto(*tree).SerializeAsString()));
  EXPECT_EQ(*FromProto(read), *tree);
}

struct Broken {
  const char* name;
  const char* reason;
  std::function<void(v1::Expression&)> breaks;
};

TEST(ExpressionConvertTest, RefusesTreesThatParseCouldNotMake) {
  const std::vector<Broken> cases = {
      {"other edition", "EXPRESSION_VERSION_UNKNOWN", [](auto& m) { m.set_language_version(2); }},
      {"no edition", "EXPRESSION_VERSION_UNKNOWN", [](auto& m) { m.set_language_version(0); }},
      {"no node", "EXPRESSION_TREE_MALFORMED", [](auto& m) { m.clear_nodes(); }},
      {"empty node", "EXPRESSION_TREE_MALFORMED",
       [](auto& m) { m.mutable_nodes(0)->clear_node(); }},
      {"two roots", "EXPRESSION_TREE_MALFORMED", [](auto& m) { m.add_nodes()->set_number(1); }},
      {"operand missing", "EXPRESSION_TREE_MALFORMED",
       [](auto& m) { m.mutable_nodes(0)->set_operator_(v1::EXPRESSION_OPERATOR_ADD); }},
      {"operator unspecified", "EXPRESSION_TREE_MALFORMED",
       [](auto& m) { m.mutable_nodes(2)->set_operator_(v1::EXPRESSION_OPERATOR_UNSPECIFIED); }},
      {"operator of the future", "EXPRESSION_TREE_MALFORMED",
       [](auto& m) { m.mutable_nodes(2)->set_operator_(static_cast<v1::ExpressionOperator>(17)); }},
      {"function of the future", "EXPRESSION_TREE_MALFORMED",
       [](auto& m) {
         auto* call = m.mutable_nodes(2)->mutable_call();
         call->set_function(static_cast<v1::ExpressionFunction>(25));
         call->set_argument_count(2);
       }},
      {"negative count", "EXPRESSION_TREE_MALFORMED",
       [](auto& m) {
         m.mutable_nodes(2)->mutable_call()->set_function(v1::EXPRESSION_FUNCTION_SUM);
         m.mutable_nodes(2)->mutable_call()->set_argument_count(-1);
       }},
      {"too few arguments", "EXPRESSION_ARGUMENTS",
       [](auto& m) {
         m.mutable_nodes(2)->mutable_call()->set_function(v1::EXPRESSION_FUNCTION_SUM);
       }},
      {"NaN", "EXPRESSION_NUMBER",
       [](auto& m) { m.mutable_nodes(0)->set_number(std::numeric_limits<double>::quiet_NaN()); }},
      {"negative number", "EXPRESSION_NUMBER", [](auto& m) { m.mutable_nodes(0)->set_number(-1); }},
      {"empty text", "EXPRESSION_TREE_MALFORMED",
       [](auto& m) { m.mutable_nodes(0)->set_text(""); }},
      {"date as text", "EXPRESSION_TREE_MALFORMED",
       [](auto& m) { m.mutable_nodes(0)->set_text("2024-02-29"); }},
      {"zero byte", "EXPRESSION_TREE_MALFORMED",
       [](auto& m) { m.mutable_nodes(0)->set_text(std::string("a\0b", 3)); }},
      {"no such day", "EXPRESSION_TREE_MALFORMED",
       [](auto& m) {
         m.mutable_nodes(0)->mutable_date()->set_year(2023);
         m.mutable_nodes(0)->mutable_date()->set_month(2);
         m.mutable_nodes(0)->mutable_date()->set_day(29);
       }},
      {"item with a blank", "EXPRESSION_TREE_MALFORMED",
       [](auto& m) { m.mutable_nodes(0)->mutable_reference()->set_item("a b"); }},
      {"item missing", "EXPRESSION_TREE_MALFORMED",
       [](auto& m) { m.mutable_nodes(0)->mutable_reference()->clear_item(); }},
      {"item that closes its bracket", "EXPRESSION_TREE_MALFORMED",
       [](auto& m) { m.mutable_nodes(0)->mutable_reference()->set_item("a][b"); }},
  };
  for (const Broken& broken : cases) {
    SCOPED_TRACE(broken.name);
    v1::Expression message = Message("[a] + 1");
    ASSERT_TRUE(FromProto(message).ok());
    broken.breaks(message);
    EXPECT_EQ(error::ReasonOf(FromProto(message).status()), broken.reason);
  }
}

TEST(ExpressionConvertTest, RefusesTreesBeyondTheLimits) {
  v1::Expression deep = Message("1");
  for (int i = 0; i < 100; ++i) deep.add_nodes()->set_operator_(v1::EXPRESSION_OPERATOR_NEGATE);
  EXPECT_EQ(error::ReasonOf(FromProto(deep).status()), "EXPRESSION_TOO_DEEP");
  v1::Expression large = Message("1");
  for (int i = 0; i < 6000; ++i) {
    large.add_nodes()->set_number(1);
    large.add_nodes()->set_operator_(v1::EXPRESSION_OPERATOR_ADD);
  }
  EXPECT_EQ(error::ReasonOf(FromProto(large).status()), "EXPRESSION_TOO_LARGE");
}

}  // namespace
}  // namespace reprise::questionnaire
