// SPDX-License-Identifier: Apache-2.0
// Table tests of values: rows of an expression and what it comes to over the same few answers.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_VALUE_ROWS_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_VALUE_ROWS_H_

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

#include "services/questionnaire/domain/expression/expression.h"

namespace reprise::expression {

// The answers that all rows share; [n] is blank.
inline Bindings Answers() {
  return {{{"", "n", ""}, Value::Null()},
          {{"", "one", ""}, Value::Number(1)},
          {{"", "two", ""}, Value::Number(2)},
          {{"", "zero", ""}, Value::Number(0)},
          {{"", "oui", ""}, Value::Text("oui")},
          {{"", "num", ""}, Value::Text("2.50")},
          {{"", "day", ""}, Value::Text("2024-02-29")},
          {{"", "date", ""}, Value::Date(absl::CivilDay(2024, 3, 1))},
          {{"", "yes", ""}, Value::Boolean(true)},
          {{"", "box", "3"}, Value::Number(1)},
          {{"v1", "one", ""}, Value::Number(11)},
          {{"", "big", ""}, Value::Number(1e308)},
          {{"", "été", ""}, Value::Number(7)}};
}

// "number 3", "null", "text oui", ...
inline std::string Result(const std::string& text) {
  const absl::StatusOr<Expression> tree = Parse(text);
  if (!tree.ok()) return std::string(tree.status().message());
  const Value value = Evaluate(*tree, Answers());
  return value.is_null() ? "null" : absl::StrCat(TypeName(value.type()), " ", value.ToString());
}

struct ValueRow {
  const char* expression;
  const char* expected;
};

inline void ExpectValues(const std::vector<ValueRow>& cases) {
  for (const ValueRow& row : cases)
    EXPECT_EQ(Result(row.expression), row.expected) << row.expression;
}

}  // namespace reprise::expression

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_VALUE_ROWS_H_
