// SPDX-License-Identifier: Apache-2.0
// REDCap logic as tokens that remember their text, so that what is not touched stays as written.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_REDCAP_TOKENS_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_REDCAP_TOKENS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace reprise::exchange {

struct LogicToken {
  enum class What { kBlank, kReference, kNumber, kText, kWord, kSymbol };
  What what = What::kSymbol;
  std::string text;  // as written; a reference with its brackets, a text with its quotes
};

// Any text gives tokens; what is malformed shows when the result is parsed.
std::vector<LogicToken> TokensOf(absl::string_view logic);

// The place after `at` of the next token that is not blank, or the number of tokens.
size_t NextToken(const std::vector<LogicToken>& tokens, size_t at);

// One call `name(a, b)`: where its parts stand.
struct LogicCall {
  size_t name = 0;
  size_t close = 0;
  std::vector<std::pair<size_t, size_t>> arguments;  // [first, last) tokens
};

// All calls in the order of their names; a word before a parenthesis that never closes is none.
std::vector<LogicCall> CallsOf(const std::vector<LogicToken>& tokens);

}  // namespace reprise::exchange

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_REDCAP_TOKENS_H_
