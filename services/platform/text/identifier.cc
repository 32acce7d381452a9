// SPDX-License-Identifier: Apache-2.0
#include "services/platform/text/identifier.h"

#include <cstdint>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_replace.h"

namespace reprise::text {
namespace {

bool IsSeparator(char c) { return c == ' ' || c == '.' || c == '-' || c == '/' || c == '\t'; }

// Corsican departments 2A and 2B count as 19 and 18 in the key.
bool KeyIsRight(const std::string& nir) {
  std::string digits = nir.substr(0, 13);
  if (digits[6] == 'A') digits.replace(5, 2, "19");
  if (digits[6] == 'B') digits.replace(5, 2, "18");
  int64_t number = 0, key = 0;
  return absl::SimpleAtoi(digits, &number) && absl::SimpleAtoi(nir.substr(13), &key) &&
         97 - number % 97 == key;
}

bool IsNir(const std::string& run) {
  if (run.size() != 13 && run.size() != 15) return false;
  if (std::string("123478").find(run[0]) == std::string::npos) return false;
  int month = 0;
  if (!absl::SimpleAtoi(run.substr(3, 2), &month)) return false;
  const bool month_fits = (month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50;
  return month_fits && (run.size() == 13 || KeyIsRight(run));
}

bool IsPhone(const std::string& run, bool plus) {
  if (plus) return run.size() >= 10 && run.size() <= 14;
  return run.size() == 10 && run[0] == '0' && run[1] != '0';
}

}  // namespace

Identifier FindIdentifier(absl::string_view text) {
  // No-break spaces, wide and narrow, group digits in French texts.
  const std::string plain = absl::StrReplaceAll(text, {{"\u00a0", " "}, {"\u202f", " "}});
  Identifier found = Identifier::kNone;
  for (size_t at = 0; at < plain.size();) {
    if (!absl::ascii_isdigit(plain[at])) {
      ++at;
      continue;
    }
    const bool plus = at > 0 && plain[at - 1] == '+';
    std::string run;
    size_t end = at;
    // A run of digits with single separators between them; 2A and 2B inside a NIR belong to it.
    while (end < plain.size()) {
      const bool digit = absl::ascii_isdigit(plain[end]);
      const char upper = absl::ascii_toupper(plain[end]);
      const bool corsican = run.size() == 6 && run[5] == '2' && (upper == 'A' || upper == 'B');
      if (digit || corsican) {
        run += upper;
        ++end;
      } else if (IsSeparator(plain[end]) && end + 1 < plain.size() &&
                 absl::ascii_isdigit(plain[end + 1])) {
        ++end;
      } else {
        break;
      }
    }
    if (IsNir(run)) return Identifier::kNir;
    if (IsPhone(run, plus)) found = Identifier::kPhone;
    at = end > at ? end : at + 1;
  }
  return found;
}

}  // namespace reprise::text
