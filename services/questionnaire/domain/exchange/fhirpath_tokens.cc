// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/exchange/fhirpath_tokens.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"

namespace reprise::exchange {
namespace {

bool IsNameByte(unsigned char c) { return absl::ascii_isalnum(c) || c == '_'; }

template <typename Test>
size_t Run(absl::string_view path, size_t from, Test test) {
  while (from < path.size() && test(static_cast<unsigned char>(path[from]))) ++from;
  return from;
}

// The end of the number that begins at `at`; a point without a digit behind it is a step.
size_t NumberEnd(absl::string_view path, size_t at) {
  const auto is_digit = [](unsigned char d) { return absl::ascii_isdigit(d); };
  const size_t end = Run(path, at, is_digit);
  const bool fraction = end + 1 < path.size() && path[end] == '.' &&
                        absl::ascii_isdigit(static_cast<unsigned char>(path[end + 1]));
  return fraction ? Run(path, end + 1, is_digit) : end;
}

}  // namespace

absl::Status NotTranslated(size_t at, absl::string_view why) {
  return error::InvalidField(absl::StrCat("character ", at + 1), "FHIRPATH_NOT_TRANSLATED", why);
}

absl::StatusOr<std::vector<PathToken>> PathTokensOf(absl::string_view path) {
  std::vector<PathToken> tokens;
  size_t at = 0;
  while (at < path.size()) {
    const unsigned char c = static_cast<unsigned char>(path[at]);
    size_t end = at + 1;
    PathToken token;
    token.at = at;
    if (absl::ascii_isspace(c)) {
      at = end;
      continue;
    }
    if (absl::ascii_isdigit(c)) {
      end = NumberEnd(path, at);
      token.what = PathToken::What::kNumber;
      token.text = std::string(path.substr(at, end - at));
    } else if (c == '\'') {
      end = path.find('\'', at + 1);
      if (end == absl::string_view::npos) return NotTranslated(at, "A text does not end.");
      token.what = PathToken::What::kText;
      token.text = std::string(path.substr(at + 1, end - at - 1));
      if (absl::StrContains(token.text, '\\'))
        return NotTranslated(at, "Escapes in texts are not translated.");
      ++end;
    } else if (c == '%' || IsNameByte(c)) {
      end = Run(path, at + 1, IsNameByte);
      token.what = c == '%' ? PathToken::What::kVariable : PathToken::What::kName;
      token.text = std::string(path.substr(c == '%' ? at + 1 : at, end - at - (c == '%' ? 1 : 0)));
    } else {
      const absl::string_view two = path.substr(at, 2);
      if (two == "<=" || two == ">=" || two == "!=" || two == "{}") end = at + 2;
      token.what = PathToken::What::kSymbol;
      token.text = std::string(path.substr(at, end - at));
    }
    tokens.push_back(std::move(token));
    at = end;
  }
  tokens.push_back({PathToken::What::kEnd, "", path.size()});
  return tokens;
}

}  // namespace reprise::exchange
