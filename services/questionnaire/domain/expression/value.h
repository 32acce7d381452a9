// SPDX-License-Identifier: Apache-2.0
// A value of the expression language: blank (null), number, boolean, text or civil date. Always
// holds: a number is finite and never -0, a text is never empty; what would break that is null.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_VALUE_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_VALUE_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace reprise::expression {

enum class Type : uint8_t { kNull, kNumber, kBoolean, kText, kDate };

class Value {
 public:
  Value() = default;  // null
  static Value Null() { return Value(); }
  static Value Number(double number);  // NaN and infinities become null
  static Value Boolean(bool truth);
  static Value Text(std::string text);  // the empty text becomes null
  static Value Date(absl::CivilDay day);  // years 1 to 9999, otherwise null
  static Value DateOfDays(int32_t days_since_1970);

  Type type() const { return type_; }
  bool is_null() const { return type_ == Type::kNull; }
  // Each requires its type.
  double number() const { return number_; }
  bool boolean() const { return number_ != 0; }
  int32_t days_since_1970() const { return static_cast<int32_t>(number_); }
  absl::CivilDay date() const { return absl::CivilDay(1970, 1, 1) + days_since_1970(); }
  const std::string& text() const { return text_; }

  // True where the value, as a condition, is certain: true, or a number other than 0.
  bool IsTrue() const;
  // Empty for null; 15 significant digits; true, false; the text; YYYY-MM-DD.
  std::string ToString() const;

  friend bool operator==(const Value& a, const Value& b) {
    return a.type_ == b.type_ && a.number_ == b.number_ && a.text_ == b.text_;
  }

 private:
  Type type_ = Type::kNull;
  double number_ = 0;  // the number; 1 or 0; days since 1970-01-01
  std::string text_;
};

// "null", "number", "boolean", "text", "date".
absl::string_view TypeName(Type type);

// The whole text as a decimal number: [+-] digits [. digits] [e [+-] digits], finite. This is what
// "a text that is a number" means everywhere in the language.
bool NumberOfText(absl::string_view text, double* number);
// The whole text as a valid civil date YYYY-MM-DD, years 1 to 9999, in days since 1970-01-01.
bool DateOfText(absl::string_view text, int32_t* days_since_1970);

}  // namespace reprise::expression

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_VALUE_H_
