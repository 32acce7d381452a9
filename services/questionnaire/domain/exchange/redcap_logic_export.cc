// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "services/questionnaire/domain/exchange/redcap_logic.h"
#include "services/questionnaire/domain/exchange/redcap_tokens.h"

namespace reprise::exchange {
namespace {

using What = LogicToken::What;

class ToRedcapTranslator {
 public:
  explicit ToRedcapTranslator(absl::string_view logic) : tokens_(TokensOf(logic)) {}

  Translated Run() {
    std::vector<LogicCall> calls = CallsOf(tokens_);
    // Inner calls first, so that an outer one is written from their results.
    std::reverse(calls.begin(), calls.end());
    for (const LogicCall& call : calls) TranslateCall(call);
    for (const LogicToken& token : tokens_) {
      const std::string lower = absl::AsciiStrToLower(token.text);
      if (token.what == What::kWord && lower == "not") Refuse("REDCap has no 'not'.");
      if (token.text == "%") Refuse("REDCap has no remainder.");
      if (token.text == "<" || token.text == "<=" || token.text == ">" || token.text == ">=") {
        Change("A blank compared with '<' or '>' hides here, but REDCap takes it as a value.");
      }
      if (token.text == "<>" || token.text == "!=") {
        Change("A blank compared with '<>' hides here, but REDCap takes it as different.");
      }
      absl::StrAppend(&done_.text, token.text);
    }
    if (done_.refused()) done_.text.clear();
    return std::move(done_);
  }

 private:
  void Change(std::string sentence) {
    if (std::count(done_.changes.begin(), done_.changes.end(), sentence) == 0) {
      done_.changes.push_back(std::move(sentence));
    }
  }
  void Refuse(std::string sentence) { done_.refusals.push_back(std::move(sentence)); }

  std::string Argument(const LogicCall& call, size_t argument) const {
    std::string text;
    for (size_t i = call.arguments[argument].first; i < call.arguments[argument].second; ++i) {
      text += tokens_[i].text;
    }
    return std::string(absl::StripAsciiWhitespace(text));
  }
  // The whole call becomes one text.
  void Replace(const LogicCall& call, std::string text) {
    for (size_t i = call.name; i <= call.close; ++i) tokens_[i] = {What::kBlank, ""};
    tokens_[call.name] = {What::kText, std::move(text)};
  }

  void TranslateCall(const LogicCall& call) {
    const std::string name = absl::AsciiStrToLower(tokens_[call.name].text);
    const auto part = [&](size_t i) { return Argument(call, i); };
    if (name == "ln") {
      tokens_[call.name].text = "log";
    } else if (name == "isblank") {
      Replace(call, absl::StrCat("(", part(0), " = '')"));
    } else if (name == "rev") {
      Replace(call, absl::StrCat("(", part(1), " + ", part(2), " - (", part(0), "))"));
    } else if (name == "between") {
      Replace(call,
              absl::StrCat("(", part(0), " >= ", part(1), " and ", part(0), " <= ", part(2), ")"));
      Change("between was written as two comparisons; for a blank REDCap takes a value.");
    } else if (name == "in") {
      std::string either;
      for (size_t i = 1; i < call.arguments.size(); ++i) {
        absl::StrAppend(&either, i == 1 ? "" : " or ", part(0), " = ", part(i));
      }
      Replace(call, absl::StrCat("(", either, ")"));
    } else if (name == "sd" || name == "count" || name == "exp" || name == "coalesce" ||
               name == "prorate" || name == "band" || name == "fullyears") {
      Refuse(absl::StrCat("REDCap has no function like ", name, "."));
    }
  }

  std::vector<LogicToken> tokens_;
  Translated done_;
};

}  // namespace

Translated ToRedcap(absl::string_view logic) { return ToRedcapTranslator(logic).Run(); }

}  // namespace reprise::exchange
