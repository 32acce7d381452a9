// SPDX-License-Identifier: Apache-2.0
// What publishing checks: names and types of one expression (Check), and branching of a whole form
// (CheckForm). Problems are all reported at once, with place and, for names, a suggestion.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_CHECK_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_CHECK_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "services/questionnaire/domain/expression/expression.h"

namespace reprise::expression {

enum class ItemType : uint8_t {
  kAny,       // not known; nothing is checked
  kNumber, kInteger, kBoolean, kText, kDate,
  kChoice,    // one of `codes`; a number where all codes are numbers
  kBoxes,     // several of `codes`, each referred to as [item(code)]: 1 ticked, 0 not
};

struct Symbol {
  ItemType type = ItemType::kAny;
  std::vector<std::string> codes = {};  // kChoice, kBoxes
  // Hard range of kNumber, kInteger (hard: an answer outside is not accepted).
  std::optional<double> minimum = std::nullopt;
  std::optional<double> maximum = std::nullopt;
};

struct Symbols {
  std::map<std::string, Symbol> items;                          // [item]
  std::map<std::string, std::map<std::string, Symbol>> events;  // [event][item]
  bool events_known = true;  // false: references with an event are not checked
};

enum class Severity : uint8_t { kError, kWarning, kNote };

struct Problem {
  Severity severity = Severity::kError;
  std::string reason;      // UPPER_SNAKE; the list is in docs/expressions.md
  std::string message;     // a sentence, in English
  Place place;
  std::string suggestion = {};  // a name that exists, or empty
  std::string item = {};        // CheckForm: the item's name
  std::string field = {};       // CheckForm: "shown_if", "value", "constraint", or empty
};

enum class ResultType : uint8_t { kAny, kNull, kNumber, kBoolean, kText, kDate };

struct Checked {
  ResultType type = ResultType::kAny;  // of the whole expression
  std::vector<Problem> problems;       // in the order of their places
};

// Errors: NAME_UNKNOWN, EVENT_UNKNOWN, CODE_UNKNOWN, CODE_MISSING, CODE_UNEXPECTED, TYPE_MISMATCH,
// ARGUMENT_INVALID. Warnings: COMPARISON_DOUBTFUL, DATE_INVALID, ALWAYS_NULL.
Checked Check(const Expression& expression, const Symbols& symbols);

struct FormItem {
  std::string name;
  Symbol symbol = {};
  bool required = false;
  // Whether a shown item may end without a value (not required, or a missing code such as
  // "refused" is allowed). Widens what CheckForm considers possible.
  bool may_stay_blank = true;
  std::optional<Expression> shown_if = std::nullopt;    // absent: always shown
  std::optional<Expression> value = std::nullopt;       // a computed item
  std::optional<Expression> constraint = std::nullopt;  // must not be false for an answer to stand
};

struct FormCheckLimits {
  int evaluations = 200000;  // answer combinations tried for one condition
};

// All problems of the form, items in their order: those of Check for each expression, and
//   errors:   ITEM_DUPLICATE, CONDITION_TYPE (not a condition), DEPENDENCY_CYCLE,
//             REQUIRED_UNREACHABLE
//   warnings: ITEM_UNREACHABLE, CONDITION_ALWAYS_TRUE, CONDITION_NEVER_TRUE
//   notes:    CONDITION_UNDECIDED (the bound was reached before either was shown)
// `elsewhere`: items of other forms and events. Where an expression has errors, its branching is
// not judged.
std::vector<Problem> CheckForm(const std::vector<FormItem>& items, const Symbols& elsewhere = {},
                               const FormCheckLimits& limits = {});

}  // namespace reprise::expression

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_CHECK_H_
