// SPDX-License-Identifier: Apache-2.0
// What holds for every expression, on trees drawn with fixed seeds: text and tree are the same
// thing, the machine agrees with the definition, dates shift, blanks never make numbers.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <random>
#include <string>

#include "services/questionnaire/domain/expression/decimal.h"
#include "services/questionnaire/domain/expression/expression.h"
#include "services/questionnaire/domain/expression/functions.h"
#include "services/questionnaire/domain/expression/interval.h"

namespace reprise::expression {
namespace {

class Draw {
 public:
  explicit Draw(unsigned seed) : source_(seed) {}
  int Below(int n) { return static_cast<int>(source_() % static_cast<unsigned>(n)); }

  // Any tree, of any types.
  void Tree(Builder& builder, int depth) {
    if (depth == 0 || Below(4) == 0) return Leaf(builder);
    const int pick = Below(10);
    if (pick < 1) return Operator(builder, Below(2) == 0 ? Kind::kNegate : Kind::kNot, 1, depth);
    if (pick < 7)
      return Operator(builder, static_cast<Kind>(static_cast<int>(Kind::kAdd) + Below(14)), 2,
                      depth);
    const Signature& signature =
        Signatures()[static_cast<size_t>(Below(static_cast<int>(Signatures().size())))];
    const size_t most = signature.most == kAnyCount ? signature.least + 3 : signature.most;
    const size_t count =
        signature.least + static_cast<size_t>(Below(static_cast<int>(most - signature.least) + 1));
    for (size_t i = 0; i < count; ++i) {
      if (signature.function == Function::kDateDiff && i == 2) builder.Text("M");
      else Tree(builder, depth - 1);
    }
    builder.Call(signature.function, count);
  }

  // Calculations and aggregates' arguments only: what is null as soon as an answer is.
  void Calculation(Builder& builder, int depth) {
    if (depth == 0) {
      if (Below(3) == 0) builder.Number(Below(9) + 1);
      else builder.Refer({"", std::string(1, static_cast<char>('a' + Below(4))), ""});
      return;
    }
    Calculation(builder, depth - 1);
    if (Below(5) == 0) {
      builder.Operator(Kind::kNegate);
      return;
    }
    Calculation(builder, depth - 1);
    builder.Operator(static_cast<Kind>(static_cast<int>(Kind::kAdd) + Below(6)));
  }

 private:
  void Operator(Builder& builder, Kind kind, int operands, int depth) {
    for (int i = 0; i < operands; ++i) Tree(builder, depth - 1);
    builder.Operator(kind);
  }

  void Leaf(Builder& builder) {
    static constexpr const char* kTexts[] = {
        "", "a", "it's", "\\", "line\nbreak\t", "1.5", "2024-02-29", "é\"", "2023-02-29"};
    switch (Below(5)) {
      case 0: builder.Number(std::ldexp(Below(1 << 20), Below(40) - 30)); return;
      case 1: builder.Text(kTexts[Below(9)]); return;
      case 2: builder.Boolean(Below(2) == 0); return;
      default:
        builder.Refer({Below(6) == 0 ? "v1" : "", std::string(1, static_cast<char>('a' + Below(4))),
                       Below(6) == 0 ? "-1" : ""});
    }
  }

  std::mt19937 source_;
};

Bindings Numbers(Draw& draw) {
  Bindings bindings;
  for (const char* name : {"a", "b", "c", "d"})
    bindings[{"", name, ""}] = Value::Number(draw.Below(7) - 2);
  return bindings;
}

TEST(ExpressionPropertyTest, CanonicalTextParsesToTheSameTree) {
  int built = 0;
  for (unsigned seed = 0; seed < 20000; ++seed) {
    Builder builder;
    Draw(seed).Tree(builder, 5);
    const absl::StatusOr<Expression> tree = builder.Build();
    ASSERT_TRUE(tree.ok()) << tree.status();
    const std::string text = Print(*tree);
    const absl::StatusOr<Expression> again = Parse(text);
    ASSERT_TRUE(again.ok()) << text << ": " << again.status();
    ASSERT_EQ(*again, *tree) << text;
    ASSERT_EQ(Print(*again), text);
    ++built;
  }
  EXPECT_EQ(built, 20000);
}

TEST(ExpressionPropertyTest, EveryValueIsFiniteAndIfChoosesOneBranch) {
  for (unsigned seed = 0; seed < 20000; ++seed) {
    Draw draw(seed);
    Builder condition_builder, then_builder, else_builder;
    draw.Tree(condition_builder, 3);
    draw.Tree(then_builder, 3);
    draw.Tree(else_builder, 3);
    const Expression condition = *condition_builder.Build();
    const Expression then_tree = *then_builder.Build();
    const Expression else_tree = *else_builder.Build();
    const Expression whole = *Builder().Append(condition).Append(then_tree).Append(else_tree)
                                  .Call(Function::kIf, 3).Build();
    const Bindings bindings = Numbers(draw);
    const Value value = Evaluate(whole, bindings);
    ASSERT_TRUE(std::isfinite(value.number()));
    ASSERT_EQ(value,
              Evaluate(Evaluate(condition, bindings).IsTrue() ? then_tree : else_tree, bindings))
        << Print(whole);
  }
}

bool Holds(const Enclosure& enclosure, const Value& value) {
  double number = value.number();
  if (value.is_null()) return enclosure.null;
  if (value.type() == Type::kDate ||
      (value.type() == Type::kText && !NumberOfText(value.text(), &number))) {
    return enclosure.other;
  }
  return enclosure.low <= number && number <= enclosure.high;
}

// What CheckForm calls impossible must be: the enclosure holds every value that answers can give.
TEST(ExpressionPropertyTest, EnclosuresHoldEveryValue) {
  const Symbol integer{.type = ItemType::kInteger, .codes = {}, .minimum = -2, .maximum = 4};
  const auto of_reference = [&](const Reference& reference) {
    if (!reference.event.empty() || !reference.code.empty()) return EnclosureOf(Symbol{}, true);
    if (reference.item == "d") return EnclosureOf({.type = ItemType::kDate}, false);
    return EnclosureOf(integer, reference.item == "a");
  };
  int narrow = 0;
  for (unsigned seed = 0; seed < 30000; ++seed) {
    Draw draw(seed);
    Builder builder;
    draw.Tree(builder, 4);
    const Expression tree = *builder.Build();
    const Enclosure enclosure = Enclose(tree, of_reference);
    narrow += enclosure.null && enclosure.other ? 0 : 1;
    for (int i = 0; i < 5; ++i) {
      Bindings bindings = Numbers(draw);
      bindings[{"", "d", ""}] = Value::DateOfDays(draw.Below(40000) - 5000);
      if (draw.Below(3) == 0) bindings[{"", "a", ""}] = Value::Null();
      const Value value = Evaluate(tree, bindings);
      ASSERT_TRUE(Holds(enclosure, value))
          << Print(tree) << " is " << TypeName(value.type()) << " " << value.ToString();
    }
  }
  EXPECT_GT(narrow, 10000);
}

// The rules of Kleene, by their tables, against the machine with its jumps.
TEST(ExpressionPropertyTest, AndOrNotFollowTheirTables) {
  const Value values[] = {Value::Boolean(false), Value::Null(), Value::Boolean(true)};  // ordered
  for (int a = 0; a < 3; ++a) {
    EXPECT_EQ(Evaluate(*Parse("not [a]"), {{{"", "a", ""}, values[a]}}), values[2 - a]);
    for (int b = 0; b < 3; ++b) {
      const Bindings bindings{{{"", "a", ""}, values[a]}, {{"", "b", ""}, values[b]}};
      EXPECT_EQ(Evaluate(*Parse("[a] and [b]"), bindings), values[std::min(a, b)]);
      EXPECT_EQ(Evaluate(*Parse("[a] or [b]"), bindings), values[std::max(a, b)]);
    }
  }
}

TEST(ExpressionPropertyTest, ABlankNeverTurnsNullIntoANumber) {
  int numbers = 0;
  for (unsigned seed = 0; seed < 20000; ++seed) {
    Draw draw(seed);
    Builder builder;
    draw.Calculation(builder, 4);
    const Expression tree = *builder.Build();
    Bindings bindings = Numbers(draw);
    const Value before = Evaluate(tree, bindings);
    numbers += before.is_null() ? 0 : 1;
    for (const Reference& reference : tree.references()) {
      Bindings fewer = bindings;
      fewer[reference] = Value::Null();
      ASSERT_TRUE(Evaluate(tree, fewer).is_null()) << Print(tree);
    }
  }
  EXPECT_GT(numbers, 5000);  // the rule was not met by nulls alone
}

TEST(ExpressionPropertyTest, AMissingItemNeverTurnsAMissingScoreIntoANumber) {
  for (unsigned seed = 0; seed < 5000; ++seed) {
    Draw draw(seed);
    Bindings bindings;
    for (const char* name : {"a", "b", "c", "d"}) {
      bindings[{"", name, ""}] = draw.Below(2) == 0 ? Value::Null() : Value::Number(draw.Below(4));
    }
    for (const char* text :
         {"prorate(3, [a], [b], [c], [d])", "sum([a], [b], [c], [d])", "sd([a], [b], [c], [d])",
          "rev([a], [b], [c])", "band([a], [b], [c])"}) {
      const Expression tree = *Parse(text);
      if (!Evaluate(tree, bindings).is_null()) continue;
      for (const Reference& reference : tree.references()) {
        Bindings fewer = bindings;
        fewer[reference] = Value::Null();
        ASSERT_TRUE(Evaluate(tree, fewer).is_null()) << text;
      }
    }
  }
}

TEST(ExpressionPropertyTest, ShiftingBothDatesLeavesTheDifference) {
  const Expression tree = *Parse("datediff([a], [b], 'M', true)");
  for (unsigned seed = 0; seed < 5000; ++seed) {
    Draw draw(seed);
    const int32_t from = draw.Below(40000) - 10000, to = draw.Below(40000) - 10000,
                  shift = draw.Below(20000) - 10000;
    const auto difference = [&](int32_t by) {
      return Evaluate(tree, {{{"", "a", ""}, Value::DateOfDays(from + by)},
                             {{"", "b", ""}, Value::DateOfDays(to + by)}});
    };
    ASSERT_EQ(difference(0), difference(shift));
    ASSERT_EQ(difference(0), Value::Number((to - from) / 30.44));
  }
}

// A number written with at most 15 digits, rounded on its text by hand, away from its binary form.
TEST(ExpressionPropertyTest, RoundingIsThatOfTheWrittenNumber) {
  for (unsigned seed = 0; seed < 50000; ++seed) {
    Draw draw(seed);
    const int64_t thousandths = draw.Below(2000000000);
    const double x = std::stod(std::to_string(thousandths) + "e-3");
    const int64_t up = thousandths % 10 == 0 ? 0 : 1;
    const int64_t half = thousandths % 10 >= 5 ? 1 : 0;
    const auto hundredths = [](int64_t n) { return std::stod(std::to_string(n) + "e-2"); };
    ASSERT_EQ(RoundDecimal(x, 2, Rounding::kHalfAwayFromZero), hundredths(thousandths / 10 + half))
        << thousandths;
    ASSERT_EQ(RoundDecimal(-x, 2, Rounding::kHalfAwayFromZero),
              -hundredths(thousandths / 10 + half));
    ASSERT_EQ(RoundDecimal(x, 2, Rounding::kAwayFromZero), hundredths(thousandths / 10 + up));
    ASSERT_EQ(RoundDecimal(x, 2, Rounding::kTowardZero), hundredths(thousandths / 10));
  }
}

}  // namespace
}  // namespace reprise::expression
