// SPDX-License-Identifier: Apache-2.0
// Names and types as publishing checks them.
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

#include "services/questionnaire/domain/expression/check.h"

namespace reprise::expression {
namespace {

Symbols FormSymbols() {
  Symbols symbols;
  symbols.items = {{"age", {.type = ItemType::kInteger}},
                   {"kg", {.type = ItemType::kNumber}},
                   {"free", {.type = ItemType::kText}},
                   {"day", {.type = ItemType::kDate}},
                   {"yes", {.type = ItemType::kBoolean}},
                   {"job", {.type = ItemType::kChoice, .codes = {"1", "2", "10"}}},
                   {"icd", {.type = ItemType::kChoice, .codes = {"A", "B"}}},
                   {"pain", {.type = ItemType::kBoxes, .codes = {"1", "2"}}},
                   {"any", {}}};
  symbols.events["v1"] = {{"kg", {.type = ItemType::kNumber}}};
  return symbols;
}

// "type" and then "REASON column[ suggestion]" of each problem.
std::string Outcome(const std::string& text, const Symbols& symbols = FormSymbols()) {
  static constexpr const char* kTypes[] = {"any", "null", "number", "boolean", "text", "date"};
  const absl::StatusOr<Expression> tree = Parse(text);
  if (!tree.ok()) return std::string(tree.status().message());
  const Checked checked = Check(*tree, symbols);
  std::string outcome = kTypes[static_cast<int>(checked.type)];
  for (const Problem& problem : checked.problems) {
    absl::StrAppend(&outcome, "; ", problem.reason, " ", problem.place.column);
    if (!problem.suggestion.empty()) absl::StrAppend(&outcome, " ", problem.suggestion);
  }
  return outcome;
}

struct Case {
  const char* text;
  const char* outcome;
};

void Expect(const std::vector<Case>& cases) {
  for (const Case& c : cases) EXPECT_EQ(Outcome(c.text), c.outcome) << c.text;
}

TEST(CheckTest, FindsTypes) {
  Expect({{"[kg] / 2", "number"},
          {"[kg] > 2", "boolean"},
          {"[free]", "text"},
          {"[day]", "date"},
          {"''", "null"},
          {"[any]", "any"},
          {"[job]", "number"},
          {"[icd]", "text"},
          {"[pain(1)]", "number"},
          {"[v1][kg]", "number"},
          {"if([yes], 1, 2)", "number"},
          {"if([yes], 1, '')", "number"},
          {"if([yes], 1, 'a')", "any"},
          {"coalesce([day], '2024-01-01')", "date"},
          {"coalesce('', '')", "null"},
          {"isblank([free])", "boolean"},
          {"count([free], [day])", "number"},
          {"sum([kg], [yes], '3', '')", "number"},
          {"between([day], '2024-01-01', [day])", "boolean"},
          {"fullyears([day], '2024-01-01')", "number"},
          {"[free] = 'x' and [icd] <> 'A'", "boolean"},
          {"[job] = '1'", "boolean"},
          {"[yes] = 1", "boolean"},
          {"not [age]", "boolean"},
          {"[day] > '2024-01-01'", "boolean"},
          {"[free] = ''", "boolean"}});
}

TEST(CheckTest, ReportsNamesWithSuggestions) {
  Expect({{"[agee] + 1", "number; NAME_UNKNOWN 1 [age]"},
          {"[AGE]", "any; NAME_UNKNOWN 1 [age]"},
          {"[something_else]", "any; NAME_UNKNOWN 1"},
          {"[v1][age]", "any; NAME_UNKNOWN 1"},
          {"[v2][kg]", "any; EVENT_UNKNOWN 1 [v1][kg]"},
          {"[v1][kgg]", "any; NAME_UNKNOWN 1 [v1][kg]"},
          {"[pain]", "number; CODE_MISSING 1"},
          {"[pain(3)]", "number; CODE_UNKNOWN 1"},
          {"[pain(12)]", "number; CODE_UNKNOWN 1 [pain(1)]"},
          {"[job(1)]", "number; CODE_UNEXPECTED 1 [job]"},
          {"[x] + [y]", "number; NAME_UNKNOWN 1; NAME_UNKNOWN 7"}});
  Symbols symbols = FormSymbols();
  symbols.events_known = false;
  EXPECT_EQ(Outcome("[v2][what]", symbols), "any");
}

TEST(CheckTest, ReportsWhatCannotBeCalculated) {
  Expect({{"[free] + 1", "number; TYPE_MISMATCH 1"},
          {"1 + 'a'", "number; TYPE_MISMATCH 5"},
          {"-[day]", "number; TYPE_MISMATCH 2"},
          {"[day] - '2024-01-01'", "number; TYPE_MISMATCH 1; TYPE_MISMATCH 9"},
          {"sum([kg], [icd])", "number; TYPE_MISMATCH 11"},
          {"sqrt([day])", "number; TYPE_MISMATCH 6"},
          {"[free] and [yes]", "boolean; TYPE_MISMATCH 1"},
          {"not [day]", "boolean; TYPE_MISMATCH 5"},
          {"if([free], 1, 2)", "number; TYPE_MISMATCH 4"},
          {"datediff([kg], [day], 'd')", "number; TYPE_MISMATCH 10"},
          {"datediff([day], 'soon', 'd')", "number; TYPE_MISMATCH 17"},
          {"datediff([day], [free], 'd')", "number; TYPE_MISMATCH 17"},
          {"round([kg], 1.5)", "number; ARGUMENT_INVALID 13"},
          {"prorate(3, [kg], [age])", "number; ARGUMENT_INVALID 9"},
          {"prorate(2, [kg], [age])", "number"}});
}

TEST(CheckTest, ReportsWhatNeverCompares) {
  Expect({{"[kg] = 'a'", "boolean; TYPE_MISMATCH 6"},
          {"[day] > 3", "boolean; TYPE_MISMATCH 7"},
          {"[icd] < 3", "boolean; TYPE_MISMATCH 7"},
          {"[day] = 'soon'", "boolean; TYPE_MISMATCH 7"},
          {"in([kg], 1, 'a')", "boolean; TYPE_MISMATCH 13"},
          {"between([kg], 1, '2024-01-01')", "boolean; TYPE_MISMATCH 18"},
          {"band([kg], 'a')", "number; TYPE_MISMATCH 12"},
          {"[free] = 5", "boolean; COMPARISON_DOUBTFUL 8"},
          {"[free] > [day]", "boolean; COMPARISON_DOUBTFUL 8"},
          {"[job] = 11", "boolean; COMPARISON_DOUBTFUL 9 1"},
          {"[job] = 01", "boolean"},
          {"[job] > 11", "boolean"},
          {"[icd] = 'C'", "boolean; COMPARISON_DOUBTFUL 9"},
          {"in([icd], 'A', 'C')", "boolean; COMPARISON_DOUBTFUL 16"}});
}

TEST(CheckTest, WarnsOfWhatIsAlwaysBlank) {
  Expect({{"[kg] < ''", "boolean; ALWAYS_NULL 6"},
          {"[kg] + ''", "number; ALWAYS_NULL 8"},
          {"[kg] / 0", "number; ALWAYS_NULL 6"},
          {"datediff('', [day], 'd')", "number; ALWAYS_NULL 10"},
          {"[day] > '2023-02-29'", "boolean; TYPE_MISMATCH 7; DATE_INVALID 9"}});
}

}  // namespace
}  // namespace reprise::expression
