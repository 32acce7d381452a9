// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/exchange/redcap_tokens.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace reprise::exchange {
namespace {

using What = LogicToken::What;

bool IsWordByte(unsigned char c) { return absl::ascii_isalnum(c) || c == '_' || c == '@'; }

template <typename Test>
size_t While(absl::string_view text, Test test) {
  size_t at = 0;
  while (at < text.size() && test(static_cast<unsigned char>(text[at]))) ++at;
  return at;
}

size_t BlankLength(absl::string_view text) {
  if (absl::StartsWith(text, "//") || text[0] == '#') return std::min(text.find('\n'), text.size());
  if (absl::StartsWith(text, "\u00a0")) return 2;
  return While(text, [](unsigned char c) { return absl::ascii_isspace(c); });
}

// Up to the closing character, which backslashes do not escape in REDCap.
size_t Through(absl::string_view text, char close) {
  const size_t end = text.find(close, 1);
  return end == absl::string_view::npos ? text.size() : end + 1;
}

LogicToken First(absl::string_view text) {
  const auto token = [&](What what, size_t length) {
    return LogicToken{what, std::string(text.substr(0, std::max<size_t>(length, 1)))};
  };
  const unsigned char c = static_cast<unsigned char>(text[0]);
  if (const size_t blank = BlankLength(text); blank > 0) return token(What::kBlank, blank);
  if (c == '[') return token(What::kReference, Through(text, ']'));
  if (c == '\'' || c == '"') return token(What::kText, Through(text, text[0]));
  if (absl::ascii_isdigit(c) || c == '.') {
    return token(What::kNumber,
                 While(text, [](unsigned char d) { return absl::ascii_isdigit(d) || d == '.'; }));
  }
  if (IsWordByte(c)) return token(What::kWord, While(text, IsWordByte));
  for (const absl::string_view two : {"<>", "!=", "<=", ">=", "&&", "||", "=="}) {
    if (absl::StartsWith(text, two)) return token(What::kSymbol, two.size());
  }
  return token(What::kSymbol, 1);
}

}  // namespace

std::vector<LogicToken> TokensOf(absl::string_view logic) {
  std::vector<LogicToken> tokens;
  while (!logic.empty()) {
    tokens.push_back(First(logic));
    logic.remove_prefix(tokens.back().text.size());
  }
  return tokens;
}

size_t NextToken(const std::vector<LogicToken>& tokens, size_t at) {
  ++at;
  while (at < tokens.size() && tokens[at].what == What::kBlank) ++at;
  return at;
}

std::vector<LogicCall> CallsOf(const std::vector<LogicToken>& tokens) {
  struct Open {
    LogicCall call;
    bool is_call;
    size_t argument;  // where the present argument began
  };
  std::vector<Open> open;
  std::vector<LogicCall> calls;
  size_t before = tokens.size();  // last token that was not blank
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].what == What::kBlank) continue;
    const std::string& text = tokens[i].text;
    if (text == "(") {
      const std::string word =
          before < tokens.size() && tokens[before].what == What::kWord
              ? absl::AsciiStrToLower(tokens[before].text) : "";
      const bool is_call = !word.empty() && word != "and" && word != "or" && word != "not";
      open.push_back({.call = {.name = before, .close = 0, .arguments = {}}, .is_call = is_call,
                      .argument = i + 1});
    } else if (!open.empty() && (text == "," || text == ")")) {
      open.back().call.arguments.emplace_back(open.back().argument, i);
      open.back().argument = i + 1;
      if (text == ")") {
        open.back().call.close = i;
        if (open.back().is_call) calls.push_back(std::move(open.back().call));
        open.pop_back();
      }
    }
    before = i;
  }
  std::sort(calls.begin(), calls.end(),
            [](const LogicCall& a, const LogicCall& b) { return a.name < b.name; });
  return calls;
}

}  // namespace reprise::exchange
