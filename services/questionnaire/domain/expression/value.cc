// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/expression/value.h"

#include <charconv>
#include <cmath>
#include <utility>

#include "absl/strings/ascii.h"

#include "services/platform/text/number.h"
#include "services/platform/time/clock.h"

namespace reprise::expression {
namespace {

const char* SkipDigits(const char* at, const char* end) {
  while (at != end && absl::ascii_isdigit(static_cast<unsigned char>(*at))) ++at;
  return at;
}

// Two or four digits, or -1.
int Digits(const char* at, int count) {
  int number = 0;
  for (int i = 0; i < count; ++i) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(at[i]))) return -1;
    number = number * 10 + (at[i] - '0');
  }
  return number;
}

}  // namespace

Value Value::Number(double number) {
  Value value;
  if (!std::isfinite(number)) return value;
  value.type_ = Type::kNumber;
  value.number_ = number + 0.0;  // -0 + 0 is 0
  return value;
}

Value Value::Boolean(bool truth) {
  Value value;
  value.type_ = Type::kBoolean;
  value.number_ = truth ? 1 : 0;
  return value;
}

Value Value::Text(std::string text) {
  Value value;
  if (text.empty()) return value;
  value.type_ = Type::kText;
  value.text_ = std::move(text);
  return value;
}

Value Value::Date(absl::CivilDay day) {
  if (day.year() < 1 || day.year() > 9999) return Value();
  return DateOfDays(static_cast<int32_t>(day - absl::CivilDay(1970, 1, 1)));
}

Value Value::DateOfDays(int32_t days_since_1970) {
  Value value;
  value.type_ = Type::kDate;
  value.number_ = days_since_1970;
  return value;
}

bool Value::IsTrue() const {
  if (type_ == Type::kNumber || type_ == Type::kBoolean) return number_ != 0;
  double number = 0;
  return type_ == Type::kText && NumberOfText(text_, &number) && number != 0;
}

std::string Value::ToString() const {
  switch (type_) {
    case Type::kNull: return "";
    case Type::kNumber: return text::FormatDouble(number_);
    case Type::kBoolean: return number_ != 0 ? "true" : "false";
    case Type::kText: return text_;
    case Type::kDate: return FormatDate(date());
  }
  return "";
}

absl::string_view TypeName(Type type) {
  switch (type) {
    case Type::kNull: return "null";
    case Type::kNumber: return "number";
    case Type::kBoolean: return "boolean";
    case Type::kText: return "text";
    case Type::kDate: return "date";
  }
  return "null";
}

bool NumberOfText(absl::string_view text, double* number) {
  const char* const end = text.data() + text.size();
  const char* at = text.data();
  if (at != end && (*at == '+' || *at == '-')) ++at;
  const char* const digits = at;
  at = SkipDigits(at, end);
  const bool whole = at != digits;
  if (at != end && *at == '.') {
    const char* const fraction = ++at;
    at = SkipDigits(at, end);
    if (!whole && at == fraction) return false;
  } else if (!whole) {
    return false;
  }
  if (at != end && (*at == 'e' || *at == 'E')) {
    ++at;
    if (at != end && (*at == '+' || *at == '-')) ++at;
    const char* const exponent = at;
    at = SkipDigits(at, end);
    if (at == exponent) return false;
  }
  if (at != end) return false;
  const bool plus = text[0] == '+';  // from_chars takes no leading plus
  const auto [stop, failure] = std::from_chars(text.data() + (plus ? 1 : 0), end, *number);
  return failure == std::errc() && stop == end && std::isfinite(*number);
}

bool DateOfText(absl::string_view text, int32_t* days_since_1970) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const int year = Digits(text.data(), 4);
  const int month = Digits(text.data() + 5, 2);
  const int day = Digits(text.data() + 8, 2);
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const absl::CivilDay civil(year, month, day);
  if (civil.month() != month || civil.day() != day) return false;
  *days_since_1970 = static_cast<int32_t>(civil - absl::CivilDay(1970, 1, 1));
  return true;
}

}  // namespace reprise::expression
