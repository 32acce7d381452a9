// SPDX-License-Identifier: Apache-2.0
// What the evaluator's stack holds: a value without ownership, and the language's one definition of
// "as a number", "as a condition" and "compared".
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_CELL_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_CELL_H_

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

#include "services/questionnaire/domain/expression/value.h"

namespace reprise::expression {

// As Type, and the literal '' where it is an operand of =, <> or in: there it tests for blank.
enum class CellType : uint8_t { kNull, kNumber, kBoolean, kText, kDate, kBlankMark };

// Trivial, so that a stack of them costs nothing to make. `text` is owned by the program or by the
// values it runs on.
struct Cell {
  CellType type;
  double number;
  const std::string* text;
};

inline Cell NullCell() { return {CellType::kNull, 0, nullptr}; }
inline Cell NumberCell(double number) {
  if (!std::isfinite(number)) return NullCell();
  return {CellType::kNumber, number + 0.0, nullptr};
}
inline Cell BooleanCell(bool truth) { return {CellType::kBoolean, truth ? 1.0 : 0.0, nullptr}; }
inline Cell CellOf(const Value& value);
Value ValueOf(const Cell& cell);

// NaN where the cell is no number: null, a date, a text that is none.
double TextAsNumber(const std::string& text);
inline double AsNumber(const Cell& cell) {
  if (cell.type == CellType::kNumber || cell.type == CellType::kBoolean) return cell.number;
  if (cell.type == CellType::kText) return TextAsNumber(*cell.text);
  return std::numeric_limits<double>::quiet_NaN();
}

enum class Truth : uint8_t { kFalse, kTrue, kUnknown };
inline Truth AsTruth(const Cell& cell) {
  const double number = AsNumber(cell);
  if (std::isnan(number)) return Truth::kUnknown;
  return number != 0 ? Truth::kTrue : Truth::kFalse;
}
inline Cell TruthCell(Truth truth) {
  return truth == Truth::kUnknown ? NullCell() : BooleanCell(truth == Truth::kTrue);
}
// Kleene's.
inline Truth Not(Truth a) {
  return a == Truth::kUnknown ? a : a == Truth::kTrue ? Truth::kFalse : Truth::kTrue;
}
inline Truth And(Truth a, Truth b) {
  if (a == Truth::kFalse || b == Truth::kFalse) return Truth::kFalse;
  return a == Truth::kTrue && b == Truth::kTrue ? Truth::kTrue : Truth::kUnknown;
}
inline Truth Or(Truth a, Truth b) { return Not(And(Not(a), Not(b))); }

enum class Order : uint8_t { kLess, kEqual, kGreater, kDifferent, kNull };
Order CompareOther(const Cell& a, const Cell& b);
// Numbers (booleans are 1 and 0, texts that are numbers are those), dates by day, other texts by
// code point. Values of different sorts are kDifferent; kNull where one is null.
inline Order Compare(const Cell& a, const Cell& b) {
  const auto numeric = [](const Cell& cell) {
    return cell.type == CellType::kNumber || cell.type == CellType::kBoolean;
  };
  if (!numeric(a) || !numeric(b)) return CompareOther(a, b);
  if (a.number == b.number) return Order::kEqual;
  return a.number < b.number ? Order::kLess : Order::kGreater;
}
// a = b, with the meaning of a blank mark.
Truth Equal(const Cell& a, const Cell& b);
// Whether the order of a and b is one of two; unknown for different sorts.
inline Truth Ordered(const Cell& a, const Cell& b, Order one, Order other) {
  const Order order = Compare(a, b);
  if (order >= Order::kDifferent) return Truth::kUnknown;
  return order == one || order == other ? Truth::kTrue : Truth::kFalse;
}

inline Cell CellOf(const Value& value) {
  switch (value.type()) {
    case Type::kNumber: return {CellType::kNumber, value.number(), nullptr};
    case Type::kBoolean: return BooleanCell(value.boolean());
    case Type::kText: return {CellType::kText, 0, &value.text()};
    case Type::kDate:
      return {CellType::kDate, static_cast<double>(value.days_since_1970()), nullptr};
    case Type::kNull: break;
  }
  return NullCell();
}

}  // namespace reprise::expression

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_CELL_H_
