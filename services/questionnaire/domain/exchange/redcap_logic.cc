// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/exchange/redcap_logic.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "services/questionnaire/domain/exchange/redcap_tokens.h"

namespace reprise::exchange {
namespace {

using What = LogicToken::What;

// Functions that mean the same in both languages; `round` and its kin with two arguments only.
constexpr absl::string_view kCommonFunctions[] = {"if",    "sum",     "mean",      "median",
                                                  "min",   "max",     "abs",       "sqrt",
                                                  "round", "roundup", "rounddown", "datediff"};

bool IsCommon(absl::string_view name) {
  return std::find(std::begin(kCommonFunctions), std::end(kCommonFunctions), name) !=
         std::end(kCommonFunctions);
}

void AddOnce(std::vector<std::string>& sentences, std::string sentence) {
  if (std::count(sentences.begin(), sentences.end(), sentence) == 0) {
    sentences.push_back(std::move(sentence));
  }
}

class FromRedcapTranslator {
 public:
  FromRedcapTranslator(absl::string_view logic, const expression::Symbols& symbols)
      : tokens_(TokensOf(logic)), symbols_(symbols) {}

  Translated Run(bool condition) {
    TranslateWords();
    TranslateReferences();
    for (const LogicCall& call : CallsOf(tokens_)) TranslateCall(call);
    TellComparisons();
    if (!done_.refused()) Finish(condition);
    if (done_.refused()) done_.text.clear();
    return std::move(done_);
  }

 private:
  void Change(std::string sentence) { AddOnce(done_.changes, std::move(sentence)); }
  void Refuse(std::string sentence) { AddOnce(done_.refusals, std::move(sentence)); }

  void TranslateWords() {
    for (LogicToken& token : tokens_) {
      if (token.text == "&&" || token.text == "||") {
        Change(absl::StrCat("'", token.text, "' became a word."));
        token.text = token.text == "&&" ? " and " : " or ";
      } else if (token.what == What::kWord) {
        const std::string lower = absl::AsciiStrToLower(token.text);
        if (lower == "today" || lower == "now") {
          Refuse(
              "The current day or time has no place in our language: a value would change by "
              "itself.");
        }
      } else if (token.what == What::kText) {
        const std::string inner =
            token.text.substr(1, token.text.size() - std::min<size_t>(2, token.text.size()));
        if (inner == "today" || inner == "now") {
          Refuse(
              "The current day or time has no place in our language: a value would change by "
              "itself.");
        } else if (absl::StrContains(inner, '\\')) {
          Refuse("A text with a backslash is read differently here.");
        }
      }
    }
  }

  void TranslateReferences() {
    for (size_t i = 0; i < tokens_.size(); ++i) {
      if (tokens_[i].what != What::kReference) continue;
      const std::string name = tokens_[i].text.substr(1, tokens_[i].text.size() - 2);
      const size_t next = i + 1;
      if (next < tokens_.size() && tokens_[next].what == What::kReference) {
        Refuse(
            absl::StrCat("[", name, "]", tokens_[next].text,
                         " reads another event or instance; a dictionary does not define those."));
        i = next;
        continue;
      }
      if (absl::StrContains(name, '-') && !absl::StrContains(name, '(')) {
        Refuse(absl::StrCat("[", name, "] is a smart variable; there is none here."));
        continue;
      }
      if (absl::StrContains(name, ':')) {
        Refuse(absl::StrCat(
            "[", name, "] asks for a form of the value (label, checked); there is none here."));
        continue;
      }
      const size_t paren = name.find('(');
      const std::string field = std::string(absl::StripAsciiWhitespace(name.substr(0, paren)));
      if (symbols_.items.count(field) == 0) LowerReference(tokens_[i], field, name);
    }
  }

  // REDCap's names are lower case; authors sometimes write others.
  void LowerReference(LogicToken& token, const std::string& field, const std::string& name) {
    const std::string lower = absl::AsciiStrToLower(field);
    if (symbols_.items.count(lower) == 0) {
      Refuse(absl::StrCat("[", field, "] is no field of this file."));
      return;
    }
    Change(absl::StrCat("[", field, "] is written [", lower, "]."));
    token.text = absl::StrCat("[", lower, name.substr(field.size()), "]");
  }

  void TranslateCall(const LogicCall& call) {
    std::string& name = tokens_[call.name].text;
    const std::string lower = absl::AsciiStrToLower(name);
    if (lower == "log") return TranslateLog(call);
    if (lower == "isblankormissingcode") {
      Change("isblankormissingcode became isblank: here a missing code is blank already.");
      name = "isblank";
      return;
    }
    if (!IsCommon(lower)) {
      Refuse(lower == "stdev"
                 ? "stdev is defined differently from version to version; write sd where "
                   "the sample's standard deviation is meant."
                 : absl::StrCat("The function ", lower, " has no counterpart here."));
      return;
    }
    name = lower;
    if (lower == "datediff") return TranslateDateDiff(call);
    const bool rounds = absl::StartsWith(lower, "round");
    if (rounds && call.arguments.size() < 2) {
      Refuse(absl::StrCat(lower,
                          " without a number of decimals: its default is documented differently "
                          "from site to site; state the decimals."));
    }
  }

  void TranslateLog(const LogicCall& call) {
    tokens_[call.name].text = "ln";
    Change("log became ln, the natural logarithm.");
    if (call.arguments.size() == 1) return;
    if (call.arguments.size() != 2) return Refuse("log takes a number and perhaps a base.");
    tokens_[call.name].text = "(ln";
    tokens_[call.arguments[0].second].text = ")/ln(";
    tokens_[call.close].text = "))";
  }

  // datediff(a, b, unit [, format] [, signed])
  void TranslateDateDiff(const LogicCall& call) {
    const auto text_of = [&](size_t argument) {
      std::string text;
      const auto [first, last] = call.arguments[argument];
      for (size_t i = first; i < last; ++i) {
        if (tokens_[i].what != What::kBlank) text += tokens_[i].text;
      }
      return text;
    };
    if (call.arguments.size() < 3 || call.arguments.size() > 5) {
      return Refuse("datediff takes two dates, a unit and perhaps a format and a sign.");
    }
    const std::string unit = text_of(2);
    const std::string bare = unit.size() > 2 ? unit.substr(1, unit.size() - 2) : "";
    if (bare != "d" && bare != "M" && bare != "y") {
      return Refuse(
          absl::StrCat("datediff in the unit ", unit,
                       ": here dates are civil days, so days, months (M) and years only."));
    }
    for (size_t a = 3; a < call.arguments.size(); ++a) {
      const std::string lower = absl::AsciiStrToLower(text_of(a));
      const std::string word = absl::StrContains("'\"", lower.substr(0, 1)) && lower.size() > 1
                                   ? lower.substr(1, lower.size() - 2)
                                   : lower;
      if (word == "ymd" || word == "mdy" || word == "dmy") {
        Change("The date format of datediff was left out: stored dates have one form.");
        for (size_t i = call.arguments[a].first - 1; i < call.arguments[a].second; ++i)
          tokens_[i].text.clear();
      } else if (word != "true" && word != "false") {
        Refuse("The last argument of datediff is true or false.");
      }
    }
  }

  // Where REDCap takes a blank as a value and our language does not.
  void TellComparisons() {
    size_t before = tokens_.size();
    for (size_t i = 0; i < tokens_.size(); ++i) {
      if (tokens_[i].what == What::kBlank || tokens_[i].text.empty()) continue;
      const std::string& text = tokens_[i].text;
      const size_t after = NextToken(tokens_, i);
      const std::string right = after < tokens_.size() ? tokens_[after].text : "";
      const std::string left = before < tokens_.size() ? tokens_[before].text : "";
      const auto either = [&](std::initializer_list<const char*> these) {
        return std::any_of(these.begin(), these.end(),
                           [&](const char* t) { return left == t || right == t; });
      };
      if (text == "<" || text == "<=" || text == ">" || text == ">=") {
        Change(absl::StrCat("A blank compared with '", text,
                            "': REDCap takes it as a value, here the "
                            "comparison is blank and hides."));
      } else if ((text == "<>" || text == "!=") && !either({"''", "\"\""})) {
        Change(
            "A blank compared with '<>': REDCap takes it as different, here the comparison is "
            "blank "
            "and hides.");
      } else if (text == "=" && either({"0"})) {
        Change(
            "A blank compared with = 0: REDCap may take it as equal, here the comparison is blank "
            "and hides.");
      }
      before = i;
    }
  }

  void Finish(bool condition) {
    std::string text;
    for (const LogicToken& token : tokens_) text += token.text;
    done_.text = std::string(absl::StripAsciiWhitespace(text));
    const auto parsed = expression::Parse(done_.text);
    if (!parsed.ok())
      return Refuse(absl::StrCat("Not readable: ", std::string(parsed.status().message())));
    const expression::Checked checked = expression::Check(*parsed, symbols_);
    for (const expression::Problem& problem : checked.problems) {
      if (problem.severity == expression::Severity::kError)
        Refuse(problem.message);
      else
        Change(problem.message);
    }
    const bool is_condition = checked.type == expression::ResultType::kBoolean ||
                              checked.type == expression::ResultType::kAny ||
                              checked.type == expression::ResultType::kNull;
    if (condition && !is_condition) {
      Refuse("The result is a value, not a condition; compare it with something.");
    }
  }

  std::vector<LogicToken> tokens_;
  const expression::Symbols& symbols_;
  Translated done_;
};

}  // namespace

Translated FromRedcap(absl::string_view logic, const expression::Symbols& symbols, bool condition) {
  return FromRedcapTranslator(logic, symbols).Run(condition);
}

}  // namespace reprise::exchange
