// SPDX-License-Identifier: Apache-2.0
// Forms whose branching can be judged by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "services/questionnaire/domain/expression/check.h"

namespace reprise::expression {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Expression E(const std::string& text) {
  absl::StatusOr<Expression> tree = Parse(text);
  EXPECT_TRUE(tree.ok()) << text << ": " << tree.status();
  return tree.ok() ? *std::move(tree) : Expression();
}

FormItem Choice(const char* name, std::vector<std::string> codes) {
  return {.name = name, .symbol = {.type = ItemType::kChoice, .codes = std::move(codes)}};
}
FormItem Integer(const char* name, double low, double high) {
  return {.name = name,
          .symbol = {.type = ItemType::kInteger, .codes = {}, .minimum = low, .maximum = high}};
}
FormItem OfType(const char* name, ItemType type) {
  return {.name = name, .symbol = {.type = type}};
}
FormItem Shown(const char* name, const char* shown_if, bool required = false) {
  FormItem item = OfType(name, ItemType::kText);
  item.shown_if = E(shown_if);
  item.required = required;
  return item;
}
FormItem Computed(const char* name, const char* value) {
  FormItem item = OfType(name, ItemType::kNumber);
  item.value = E(value);
  return item;
}

// "item/field: REASON", in order.
std::vector<std::string> Found(const std::vector<FormItem>& items, FormCheckLimits limits = {}) {
  std::vector<std::string> found;
  for (const Problem& problem : CheckForm(items, {}, limits)) {
    found.push_back(absl::StrCat(problem.item, "/", problem.field, ": ", problem.reason));
  }
  return found;
}

TEST(CheckFormTest, FindsNothingInAFormThatIsInOrder) {
  EXPECT_THAT(Found({Choice("work", {"1", "2"}), Integer("hours", 0, 60),
                     Shown("why", "[work] = '2' and [hours] < 10", true),
                     Computed("double", "2 * [hours]")}),
              IsEmpty());
}

struct Case {
  const char* name;
  const char* shown_if;
  bool required;
  std::vector<std::string> expected;
};

TEST(CheckFormTest, JudgesConditionsOverAllAnswers) {
  const std::vector<Case> cases = {
      {"a code that is no code",
       "[work] = 3",
       false,
       {"q/shown_if: COMPARISON_DOUBTFUL", "q/shown_if: ITEM_UNREACHABLE"}},
      {"contradiction", "[work] = 1 and [work] = 2", false, {"q/shown_if: ITEM_UNREACHABLE"}},
      {"contradiction before a required item",
       "[work] = 1 and [work] = 2",
       true,
       {"q/shown_if: REQUIRED_UNREACHABLE"}},
      {"all codes or blank",
       "[work] = 1 or [work] = 2 or [work] = ''",
       false,
       {"q/shown_if: CONDITION_ALWAYS_TRUE"}},
      {"all codes, but it may be blank", "[work] = 1 or [work] = 2", false, {}},
      {"outside the range", "[hours] > 60", true, {"q/shown_if: REQUIRED_UNREACHABLE"}},
      {"at the end of the range", "[hours] >= 60", true, {}},
      {"empty gap between whole numbers",
       "[hours] > 7 and [hours] < 8",
       false,
       {"q/shown_if: ITEM_UNREACHABLE"}},
      {"the same gap between decimals", "[kg] > 70 and [kg] < 71", false, {}},
      {"number with no constant in common",
       "[kg] > 70 and [kg] < 60",
       false,
       {"q/shown_if: ITEM_UNREACHABLE"}},
      {"no range, any number", "[free] > 1e9 or [free] < -1e9", false, {}},
      {"calculation within reach", "2 * [kg] > 140", false, {}},
      {"one value of a calculation", "2 * [kg] = 140", false, {"q/shown_if: CONDITION_UNDECIDED"}},
      {"calculation out of reach", "[kg] * 2 > 1000", false, {"q/shown_if: ITEM_UNREACHABLE"}},
      {"sum never negative", "sum([kg], [hours]) < 0", true, {"q/shown_if: REQUIRED_UNREACHABLE"}},
      {"date order",
       "[day] < '2020-01-01' and [day] > '2021-01-01'",
       false,
       {"q/shown_if: ITEM_UNREACHABLE"}},
      {"day between two days", "[day] > '2020-01-01' and [day] < '2020-01-03'", false, {}},
      {"no day between neighbours",
       "[day] > '2020-01-01' and [day] < '2020-01-02'",
       false,
       {"q/shown_if: ITEM_UNREACHABLE"}},
      {"text is either", "[name] = 'a' and [name] = 'b'", false, {"q/shown_if: ITEM_UNREACHABLE"}},
      {"text tests", "[name] <> '' or [name] = ''", false, {"q/shown_if: CONDITION_ALWAYS_TRUE"}},
      {"null is not shown", "not ([kg] > 0)", false, {"q/shown_if: ITEM_UNREACHABLE"}},
      {"boxes", "[pain(1)] = 1 and [pain(2)] = 0", false, {}},
      {"one box both ways",
       "[pain(1)] = 1 and [pain(1)] = 0",
       false,
       {"q/shown_if: ITEM_UNREACHABLE"}},
      {"constant", "1 = 1", false, {"q/shown_if: CONDITION_ALWAYS_TRUE"}},
      {"always blank",
       "[kg] > ''",
       false,
       {"q/shown_if: ALWAYS_NULL", "q/shown_if: ITEM_UNREACHABLE"}},
      {"undecidable product", "[free] * [free] = 2", false, {"q/shown_if: CONDITION_UNDECIDED"}},
      {"not a condition", "'yes'", false, {"q/shown_if: CONDITION_TYPE"}},
      {"unknown name", "[wrok] = 1", true, {"q/shown_if: NAME_UNKNOWN"}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    FormItem kg = OfType("kg", ItemType::kNumber);
    kg.symbol.minimum = 30;
    kg.symbol.maximum = 300;
    FormItem pain = Choice("pain", {"1", "2"});
    pain.symbol.type = ItemType::kBoxes;
    EXPECT_EQ(Found({Choice("work", {"1", "2"}), Integer("hours", 0, 60), kg,
                     OfType("free", ItemType::kNumber), OfType("day", ItemType::kDate),
                     OfType("name", ItemType::kText), pain, Shown("q", c.shown_if, c.required)}),
              c.expected);
  }
}

TEST(CheckFormTest, FollowsBranchingThroughHiddenAndComputedItems) {
  FormItem b = Choice("b", {"1", "2"});
  b.shown_if = E("[a] = 1");
  // c needs a = 2, but then b is hidden and blank.
  EXPECT_THAT(Found({Choice("a", {"1", "2"}), b, Shown("c", "[b] = 1 and [a] = 2", true)}),
              ElementsAre("c/shown_if: REQUIRED_UNREACHABLE"));
  EXPECT_THAT(Found({Choice("a", {"1", "2"}), b, Shown("c", "[b] = '' and [a] = 2", true)}),
              IsEmpty());
  EXPECT_THAT(Found({Choice("a", {"1", "2"}), Computed("s", "[a] + 10"), Shown("c", "[s] > 12")}),
              ElementsAre("c/shown_if: ITEM_UNREACHABLE"));
  EXPECT_THAT(Found({Choice("a", {"1", "2"}), Computed("s", "[a] + 10"), Shown("c", "[s] = 12")}),
              IsEmpty());
}

TEST(CheckFormTest, ARequiredAnswerIsNotBlank) {
  FormItem a = Choice("a", {"1", "2"});
  a.may_stay_blank = false;
  EXPECT_THAT(Found({a, Shown("c", "isblank([a])")}), ElementsAre("c/shown_if: ITEM_UNREACHABLE"));
  EXPECT_THAT(Found({a, Shown("c", "[a] = 1 or [a] = 2")}),
              ElementsAre("c/shown_if: CONDITION_ALWAYS_TRUE"));
  FormItem hidden = a;
  hidden.name = "h";
  hidden.shown_if = E("[a] = 1");
  EXPECT_THAT(Found({a, hidden, Shown("c", "isblank([h])")}), IsEmpty());
}

TEST(CheckFormTest, JudgesConditionsInsideComputedItemsAndConstraints) {
  FormItem hours = Integer("hours", 0, 60);
  hours.constraint = E("[hours] > 70");
  EXPECT_THAT(Found({hours, Computed("s", "if([hours] >= 0 or isblank([hours]), 1, 2)"),
                     Computed("t", "if([hours] > 99, 1, if([hours] > 30, 2, 3))")}),
              ElementsAre("hours/constraint: CONDITION_NEVER_TRUE",
                          "s/value: CONDITION_ALWAYS_TRUE", "t/value: CONDITION_NEVER_TRUE"));
}

TEST(CheckFormTest, TellsEveryCircleAndDoesNotJudgeWhatHangsOnIt) {
  EXPECT_THAT(Found({Computed("a", "[b] + 1"), Computed("b", "[a] + 1"), Computed("c", "[c]"),
                     Shown("d", "[a] > 1 and [a] < 1", true)}),
              ElementsAre("a/: DEPENDENCY_CYCLE", "c/: DEPENDENCY_CYCLE"));
}

TEST(CheckFormTest, RefusesTwoItemsOfOneName) {
  EXPECT_THAT(Found({Computed("a", "1"), Computed("a", "2")}), ElementsAre("a/: ITEM_DUPLICATE"));
}

std::vector<FormItem> TwentyChoices(const char* shown_if) {
  std::vector<FormItem> items;
  for (int i = 0; i < 20; ++i)
    items.push_back(Choice(absl::StrCat("i", i).c_str(), {"0", "1", "2", "3"}));
  items.push_back(Shown("q", shown_if));
  return items;
}

TEST(CheckFormTest, SaysUndecidedRatherThanGuess) {
  std::string all = "[i0] = 3";
  std::string total = "sum([i0]";
  for (int i = 1; i < 20; ++i) {
    absl::StrAppend(&all, " and [i", i, "] = 3");
    absl::StrAppend(&total, ", [i", i, "]");
  }
  const FormCheckLimits few{.evaluations = 2000};
  // One combination of 5^20: true, but a sample does not meet it.
  EXPECT_THAT(Found(TwentyChoices(all.c_str()), few),
              ElementsAre("q/shown_if: CONDITION_UNDECIDED"));
  // Too many to try as well, but the enclosure proves it: the sum is at most 60.
  EXPECT_THAT(Found(TwentyChoices((total + ") > 60").c_str()), few),
              ElementsAre("q/shown_if: ITEM_UNREACHABLE"));
  // And a sample finds both sides of the mean.
  EXPECT_THAT(Found(TwentyChoices((total + ") > 30").c_str()), few), IsEmpty());
}

}  // namespace
}  // namespace reprise::expression
