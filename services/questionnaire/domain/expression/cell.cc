// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/expression/cell.h"

namespace reprise::expression {
namespace {

Order OrderOf(double a, double b) {
  if (a == b) return Order::kEqual;
  return a < b ? Order::kLess : Order::kGreater;
}

// A text becomes the number or the date that it is.
Cell Sorted(const Cell& cell) {
  if (cell.type == CellType::kBoolean) return {CellType::kNumber, cell.number, nullptr};
  if (cell.type != CellType::kText) return cell;
  double number = 0;
  if (NumberOfText(*cell.text, &number)) return {CellType::kNumber, number, nullptr};
  int32_t days = 0;
  if (DateOfText(*cell.text, &days)) return {CellType::kDate, static_cast<double>(days), nullptr};
  return cell;
}

}  // namespace

Value ValueOf(const Cell& cell) {
  switch (cell.type) {
    case CellType::kNumber: return Value::Number(cell.number);
    case CellType::kBoolean: return Value::Boolean(cell.number != 0);
    case CellType::kText: return Value::Text(*cell.text);
    case CellType::kDate: return Value::DateOfDays(static_cast<int32_t>(cell.number));
    case CellType::kNull: case CellType::kBlankMark: break;
  }
  return Value::Null();
}

double TextAsNumber(const std::string& text) {
  double number = 0;
  return NumberOfText(text, &number) ? number : std::numeric_limits<double>::quiet_NaN();
}

Order CompareOther(const Cell& a, const Cell& b) {
  const auto null = [](const Cell& cell) {
    return cell.type == CellType::kNull || cell.type == CellType::kBlankMark;
  };
  if (null(a) || null(b)) return Order::kNull;
  const Cell x = Sorted(a);
  const Cell y = Sorted(b);
  if (x.type != y.type) return Order::kDifferent;
  if (x.type != CellType::kText) return OrderOf(x.number, y.number);
  const int order = x.text->compare(*y.text);  // bytes of UTF-8 stand in the order of code points
  return OrderOf(order, 0);
}

Truth Equal(const Cell& a, const Cell& b) {
  const auto blank = [](const Cell& cell) {
    return cell.type == CellType::kNull || cell.type == CellType::kBlankMark ? Truth::kTrue
                                                                             : Truth::kFalse;
  };
  if (a.type == CellType::kBlankMark) return blank(b);
  if (b.type == CellType::kBlankMark) return blank(a);
  const Order order = Compare(a, b);
  if (order == Order::kNull) return Truth::kUnknown;
  return order == Order::kEqual ? Truth::kTrue : Truth::kFalse;
}

}  // namespace reprise::expression
