// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/exchange/redcap_logic.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_join.h"

namespace reprise::exchange {
namespace {

using ::testing::HasSubstr;

expression::Symbols Items() {
  using expression::ItemType;
  expression::Symbols symbols;
  symbols.items["a"] = {.type = ItemType::kNumber};
  symbols.items["b"] = {.type = ItemType::kNumber};
  symbols.items["d1"] = {.type = ItemType::kDate};
  symbols.items["d2"] = {.type = ItemType::kDate};
  symbols.items["yes"] = {.type = ItemType::kChoice, .codes = {"0", "1"}};
  symbols.items["box"] = {.type = ItemType::kBoxes, .codes = {"1", "2", "-1"}};
  symbols.items["t"] = {.type = ItemType::kText};
  return symbols;
}

enum class Fate { kKept, kChanged, kRefused };

struct Case {
  const char* name;
  const char* logic;
  bool condition;
  Fate fate;
  const char* text;  // of the result; for a refusal, part of the reason
};

constexpr Case kCases[] = {
    {"equality", "[yes] = '1'", true, Fate::kKept, "[yes] = '1'"},
    {"double quotes stay", "[yes]=\"1\" and [box(1)] = \"1\"", true, Fate::kKept,
     "[yes]=\"1\" and [box(1)] = \"1\""},
    {"negative code", "[box(-1)] = '1'", true, Fate::kKept, "[box(-1)] = '1'"},
    {"blank test", "[t] <> ''", true, Fate::kKept, "[t] <> ''"},
    {"capitals of words", "[yes] = 1 AND [box(2)] = 1", true, Fate::kKept,
     "[yes] = 1 AND [box(2)] = 1"},
    {"arithmetic", "([a] + [b]) * 2", false, Fate::kKept, "([a] + [b]) * 2"},
    {"aggregates", "round(mean([a],[b]), 1)", false, Fate::kKept, "round(mean([a],[b]), 1)"},
    {"if", "if([yes] = 1, [a], 0)", false, Fate::kKept, "if([yes] = 1, [a], 0)"},
    {"symbols for words", "[yes] = 1 && [a] = 2", true, Fate::kChanged, "[yes] = 1  and  [a] = 2"},
    {"name in capitals", "[YES] = '1'", true, Fate::kChanged, "[yes] = '1'"},
    {"less than", "[a] < 5", true, Fate::kChanged, "[a] < 5"},
    {"greater than", "[a] > 5", true, Fate::kChanged, "[a] > 5"},
    {"different from", "[yes] <> '1'", true, Fate::kChanged, "[yes] <> '1'"},
    {"equals zero", "[a] = 0", true, Fate::kChanged, "[a] = 0"},
    {"logarithm", "log([a])", false, Fate::kChanged, "ln([a])"},
    {"logarithm with base", "log([a], 10)", false, Fate::kChanged, "(ln([a])/ln( 10))"},
    {"missing code test", "isblankormissingcode([a])", true, Fate::kChanged, "isblank([a])"},
    {"datediff", "datediff([d1],[d2],'d')", false, Fate::kKept, "datediff([d1],[d2],'d')"},
    {"datediff with format", "datediff([d1],[d2],\"y\",\"dmy\")", false, Fate::kChanged,
     "datediff([d1],[d2],\"y\")"},
    {"datediff signed", "datediff([d1],[d2],'M','ymd',true)", false, Fate::kChanged,
     "datediff([d1],[d2],'M',true)"},
    {"datediff in hours", "datediff([d1],[d2],'h')", false, Fate::kRefused, "unit 'h'"},
    {"datediff with today", "datediff([d1],'today','y')", false, Fate::kRefused, "current day"},
    {"round without decimals", "round([a])", false, Fate::kRefused, "decimals"},
    {"nested round without decimals", "if([yes]=1, roundup([a]), 0)", false, Fate::kRefused,
     "roundup"},
    {"standard deviation", "stdev([a],[b])", false, Fate::kRefused, "stdev"},
    {"text function", "concat([t], 'x')", false, Fate::kRefused, "concat"},
    {"smart variable", "[record-name] = '1'", true, Fate::kRefused, "smart variable"},
    {"smart variable with instance", "[a][current-instance] = 1", true, Fate::kRefused, "instance"},
    {"other event", "[baseline_arm_1][a] = 1", true, Fate::kRefused, "event"},
    {"label of a value", "[yes:label] = 'Oui'", true, Fate::kRefused, "label"},
    {"unknown field", "[c] = 1", true, Fate::kRefused, "no field"},
    {"unknown choice", "[box(7)] = '1'", true, Fate::kRefused, "7"},
    {"box without code", "[box] = '1'", true, Fate::kRefused, "box"},
    {"value for a condition", "[a] + 1", true, Fate::kRefused, "condition"},
    {"not closed", "([a] = 1", true, Fate::kRefused, "Not readable"},
    {"double equals", "[a] == 1", true, Fate::kRefused, "Not readable"},
};

TEST(FromRedcapTest, KeepsChangesOrRefusesEachConstruct) {
  for (const Case& test : kCases) {
    const Translated done = FromRedcap(test.logic, Items(), test.condition);
    const Fate fate = done.refused()         ? Fate::kRefused
                      : done.changes.empty() ? Fate::kKept
                                             : Fate::kChanged;
    EXPECT_EQ(fate, test.fate) << test.name << ": " << absl::StrJoin(done.refusals, " ")
                               << absl::StrJoin(done.changes, " ");
    if (test.fate == Fate::kRefused) {
      EXPECT_THAT(absl::StrJoin(done.refusals, " "), HasSubstr(test.text)) << test.name;
      EXPECT_EQ(done.text, "") << test.name;
    } else {
      EXPECT_EQ(done.text, test.text) << test.name;
    }
  }
}

TEST(ToRedcapTest, WritesOutWhatRedcapHasNotAndRefusesTheRest) {
  struct Row {
    const char* name;
    const char* ours;
    const char* theirs;  // empty: refused
  };
  for (const Row& row :
       {Row{"common", "[a] = '1' or [b] = '2'", "[a] = '1' or [b] = '2'"},
        Row{"reverse", "rev([a], 1, 4)", "(1 + 4 - ([a]))"},
        Row{"one of", "in([a], 1, 2)", "([a] = 1 or [a] = 2)"},
        Row{"blank", "isblank([a])", "([a] = '')"}, Row{"logarithm", "ln([a])", "log([a])"},
        Row{"nested", "round(rev(ln([a]), 0, 1), 2)", "round((0 + 1 - (log([a]))), 2)"},
        Row{"not", "not ([a] = 1)", ""}, Row{"band", "band([a], 5)", ""},
        Row{"prorate", "prorate(2, [a], [b])", ""}, Row{"remainder", "[a] % 2", ""}}) {
    EXPECT_EQ(ToRedcap(row.ours).text, row.theirs) << row.name;
    EXPECT_EQ(ToRedcap(row.ours).refused(), *row.theirs == '\0') << row.name;
  }
}

}  // namespace
}  // namespace reprise::exchange
