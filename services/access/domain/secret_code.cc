// SPDX-License-Identifier: Apache-2.0
#include "services/access/domain/secret_code.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace reprise::access {

std::string Grouped(absl::string_view code) {
  return absl::StrCat(code.substr(0, kCodeSymbols / 2), "-", code.substr(kCodeSymbols / 2));
}

std::optional<std::string> ReadCode(absl::string_view typed) {
  std::string code;
  for (const char c : typed) {
    if (c == ' ' || c == '-') continue;
    char symbol = absl::ascii_toupper(static_cast<unsigned char>(c));
    if (symbol == 'O') symbol = '0';
    if (symbol == 'I' || symbol == 'L') symbol = '1';
    if (kCodeAlphabet.find(symbol) == absl::string_view::npos || code.size() == kCodeSymbols) {
      return std::nullopt;
    }
    code += symbol;
  }
  if (code.size() != kCodeSymbols) return std::nullopt;
  return code;
}

}  // namespace reprise::access
