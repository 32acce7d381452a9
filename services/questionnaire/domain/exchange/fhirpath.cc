// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/exchange/fhirpath.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

#include "services/platform/status.h"
#include "services/questionnaire/domain/exchange/fhirpath_tokens.h"
#include "services/questionnaire/domain/expression/expression.h"

namespace reprise::exchange {
namespace {

constexpr int kMaxDepth = 40;
constexpr size_t kMaxResult = 65536;

using Token = PathToken;

// One parse of one text; variables are parsed by their own.
class Parser {
 public:
  Parser(std::vector<Token> tokens, const PathNames& names, int depth)
      : tokens_(std::move(tokens)), names_(names), depth_(depth) {}

  absl::StatusOr<std::string> Parse() {
    REPRISE_ASSIGN_OR_RETURN(std::string text, Operators(0));
    if (!Is("") || Peek().what != Token::What::kEnd) return Unknown();
    return text;
  }

 private:
  const Token& Peek() const { return tokens_[at_]; }
  bool Is(absl::string_view text) const {
    return Peek().text == text && Peek().what != Token::What::kText;
  }
  bool Take(absl::string_view text) {
    if (Peek().what == Token::What::kEnd || !Is(text)) return false;
    ++at_;
    return true;
  }
  absl::Status Unknown() const {
    return NotTranslated(
        Peek().at, Peek().what == Token::What::kEnd
                       ? std::string("The expression ends too early.")
                       : absl::StrCat("'", Peek().text.substr(0, 40), "' is not translated."));
  }

  absl::StatusOr<std::string> Operators(int level) {
    if (level == kPathLevels) return Signed();
    if (++depth_ > kMaxDepth * kPathLevels) {
      return NotTranslated(Peek().at, "The expression is nested too deep.");
    }
    REPRISE_ASSIGN_OR_RETURN(std::string left, Operators(level + 1));
    while (true) {
      const auto* const found =
          std::find_if(std::begin(kPathOperators), std::end(kPathOperators),
                       [&](const PathOperator& o) { return o.level == level && Is(o.theirs); });
      if (found == std::end(kPathOperators)) break;
      ++at_;
      REPRISE_ASSIGN_OR_RETURN(const std::string right, Operators(level + 1));
      left = absl::string_view(found->theirs) == "div"
                 ? absl::StrCat("rounddown(", left, " / ", right, ", 0)")
                 : absl::StrCat("(", left, " ", found->ours, " ", right, ")");
      if (left.size() > kMaxResult) return NotTranslated(Peek().at, "The expression is too long.");
    }
    --depth_;
    return left;
  }

  absl::StatusOr<std::string> Signed() {
    if (Take("+")) return Operand();
    if (!Take("-")) return Operand();
    REPRISE_ASSIGN_OR_RETURN(const std::string operand, Operand());
    return absl::StrCat("(-", operand, ")");
  }

  absl::StatusOr<std::string> Operand() {
    const Token token = Peek();
    if (token.what == Token::What::kEnd) return Unknown();
    if (Take("{}")) return std::string("''");
    if (Take("{")) return Take("}") ? absl::StatusOr<std::string>("''") : Unknown();
    if (Take("(")) {
      REPRISE_ASSIGN_OR_RETURN(std::string inner, Operators(0));
      if (!Take(")")) return Unknown();
      return Functions(std::move(inner));
    }
    if (token.what == Token::What::kNumber || token.what == Token::What::kText) {
      ++at_;
      return token.what == Token::What::kNumber ? token.text : absl::StrCat("'", token.text, "'");
    }
    if (Take("true")) return std::string("(1 = 1)");
    if (Take("false")) return std::string("(1 = 0)");
    if (Take("iif")) return Iif();
    if (token.what == Token::What::kVariable && token.text != "resource" &&
        token.text != "context" && token.text != "questionnaire") {
      return Variable();
    }
    return Answer();
  }

  absl::StatusOr<std::string> Iif() {
    if (!Take("(")) return Unknown();
    REPRISE_ASSIGN_OR_RETURN(const std::string condition, Operators(0));
    if (!Take(",")) return Unknown();
    REPRISE_ASSIGN_OR_RETURN(const std::string then, Operators(0));
    std::string otherwise = "''";
    if (Take(",")) {
      REPRISE_ASSIGN_OR_RETURN(otherwise, Operators(0));
    }
    if (!Take(")")) return Unknown();
    return Functions(absl::StrCat("if(", condition, ", ", then, ", ", otherwise, ")"));
  }

  absl::StatusOr<std::string> Variable() {
    const Token token = Peek();
    ++at_;
    const auto at = names_.variables.find(token.text);
    if (at == names_.variables.end()) {
      return NotTranslated(token.at,
                           absl::StrCat("The variable %", token.text, " is not defined here."));
    }
    REPRISE_ASSIGN_OR_RETURN(std::vector<Token> tokens, PathTokensOf(at->second));
    // Depth grows with each variable, so that a circle ends.
    REPRISE_ASSIGN_OR_RETURN(std::string inner,
                             Parser(std::move(tokens), names_, depth_ + kPathLevels).Parse());
    return Functions(std::move(inner));
  }

  // `.exists()`, `.empty()`, `.not()`, `.abs()`, `.sqrt()` behind a value.
  absl::StatusOr<std::string> Functions(std::string value) {
    while (Is(".")) {
      ++at_;
      const Token name = Peek();
      if (name.what == Token::What::kEnd) return Unknown();
      ++at_;
      if (!Take("(") || !Take(")"))
        return NotTranslated(name.at, absl::StrCat("'.", name.text, "' is not translated."));
      if (name.text == "exists")
        value = absl::StrCat("(not isblank(", value, "))");
      else if (name.text == "empty")
        value = absl::StrCat("isblank(", value, ")");
      else if (name.text == "not")
        value = absl::StrCat("(not ", value, ")");
      else if (name.text == "abs" || name.text == "sqrt")
        value = absl::StrCat(name.text, "(", value, ")");
      else if (name.text != "first" && name.text != "single" && name.text != "toDecimal" &&
               name.text != "toInteger") {
        return NotTranslated(name.at, absl::StrCat("'.", name.text, "()' is not translated."));
      }
      if (value.size() > kMaxResult) return NotTranslated(name.at, "The expression is too long.");
    }
    return value;
  }

  // A path to one item's answer, or to the ordinal value of its chosen option. Only the shapes that
  // name exactly one item by its linkId are known.
  absl::StatusOr<std::string> Answer();
  // `where(...)`: the linkId it asks for; empty where it chooses the option of item `link_id` that
  // was answered, or the extension of ordinal values.
  absl::StatusOr<std::string> Filter(const std::string& link_id);
  // Moves behind the closing parenthesis of one that was opened; what stood between.
  absl::StatusOr<std::vector<Token>> TakeParentheses();
  bool NamesOrdinals(const Token& url) const;
  bool FunctionFollows() const;

  std::vector<Token> tokens_;
  size_t at_ = 0;
  const PathNames& names_;
  int depth_;
};

absl::StatusOr<std::vector<Token>> Parser::TakeParentheses() {
  std::vector<Token> inside;
  int open = 1;
  while (true) {
    if (Peek().what == Token::What::kEnd) return Unknown();
    if (Is("(")) ++open;
    if (Is(")") && --open == 0) break;
    inside.push_back(Peek());
    ++at_;
  }
  ++at_;
  return inside;
}

bool Parser::NamesOrdinals(const Token& url) const {
  std::string text = url.text;
  if (url.what == Token::What::kVariable) {
    const auto at = names_.variables.find(url.text);
    if (at == names_.variables.end()) return false;
    text = std::string(absl::StripSuffix(at->second, "'"));
  }
  return absl::EndsWith(text, "/ordinalValue") || absl::EndsWith(text, "/itemWeight");
}

absl::StatusOr<std::string> Parser::Filter(const std::string& link_id) {
  const size_t start = Peek().at;
  if (!Take("(")) return Unknown();
  REPRISE_ASSIGN_OR_RETURN(const std::vector<Token> inside, TakeParentheses());
  const auto is = [&](size_t i, absl::string_view text) {
    return i < inside.size() && inside[i].text == text;
  };
  if (is(0, "linkId") && is(1, "=") && inside.size() == 3 && inside[2].what == Token::What::kText) {
    return inside[2].text;
  }
  if (is(0, "url") && is(1, "=") && inside.size() == 3 && NamesOrdinals(inside[2]))
    return std::string();
  // valueCoding.code = ...where(linkId = 'the same').answer.valueCoding.code
  if (is(0, "valueCoding") && is(1, ".") && is(2, "code") && is(3, "=")) {
    for (size_t i = 4; i + 2 < inside.size(); ++i) {
      if (is(i, "linkId") && is(i + 1, "=") && inside[i + 2].text == link_id && !link_id.empty())
        return std::string();
    }
  }
  return NotTranslated(start, "The filter is not translated.");
}

// Whether what follows is a function on the whole answer, not a further step towards it.
bool Parser::FunctionFollows() const {
  constexpr const char* kSteps[] = {"where", "ordinal", "weight", "descendants", "repeat", "first"};
  return Is(".") && at_ + 2 < tokens_.size() && tokens_[at_ + 2].text == "(" &&
         std::count(std::begin(kSteps), std::end(kSteps), tokens_[at_ + 1].text) == 0;
}

// Whether a step says nothing by itself: where the answers are, or how a coding is made.
bool IsPlainStep(const Token& step) {
  constexpr const char* kSteps[] = {"item", "descendants", "repeat",   "valueCoding",
                                    "code", "first",       "extension"};
  return step.what == Token::What::kVariable ||
         std::count(std::begin(kSteps), std::end(kSteps), step.text) > 0;
}

absl::StatusOr<std::string> Parser::Answer() {
  const size_t start = Peek().at;
  std::string link_id;
  bool answer = false, option = false, ordinal = false, value = false, coded = false;
  do {
    const Token step = Peek();
    ++at_;
    const std::string& name = step.text;
    if (IsPlainStep(step)) {
      if (Take("(")) {
        REPRISE_ASSIGN_OR_RETURN(const std::vector<Token> inside, TakeParentheses());
        if (name == "extension" && !(inside.size() == 1 && NamesOrdinals(inside[0])))
          return Unknown();
      }
      coded = coded || name == "code";
      value = value || name == "valueCoding";
    } else if (name == "where") {
      REPRISE_ASSIGN_OR_RETURN(const std::string found, Filter(link_id));
      if (!found.empty()) link_id = found;
    } else if (name == "answer") {
      answer = true;
    } else if (name == "answerOption") {
      option = true;
    } else if (name == "value" || name == "valueDecimal" || name == "valueInteger" ||
               name == "valueBoolean") {
      value = true;
    } else if ((name == "ordinal" || name == "weight") && Take("(")) {
      if (!Take(")")) return Unknown();
      ordinal = true;
    } else {
      --at_;
      return Unknown();
    }
  } while (!FunctionFollows() && Take("."));
  if (link_id.empty() || !(answer || (option && value))) {
    return NotTranslated(start, "The path does not lead to the answer of one item by its linkId.");
  }
  const std::string code = names_.item(link_id);
  if (code.empty())
    return NotTranslated(start, absl::StrCat("No item has the linkId '", link_id, "'."));
  if (coded && !option && !names_.codes_are_theirs(link_id)) {
    return NotTranslated(start, absl::StrCat("The codes of '", link_id, "' were replaced here."));
  }
  if ((ordinal || option) && !names_.codes_are_ordinals(link_id)) {
    return NotTranslated(start,
                         absl::StrCat("The ordinal values of '", link_id, "' are not its codes."));
  }
  return Functions(absl::StrCat("[", code, "]"));
}

}  // namespace

absl::StatusOr<std::string> FromFhirPath(absl::string_view path, const PathNames& names) {
  REPRISE_ASSIGN_OR_RETURN(std::vector<Token> tokens, PathTokensOf(path));
  REPRISE_ASSIGN_OR_RETURN(const std::string text, Parser(std::move(tokens), names, 0).Parse());
  const auto parsed = expression::Parse(text);
  if (!parsed.ok()) return NotTranslated(0, std::string(parsed.status().message()));
  return expression::Print(*parsed);
}

}  // namespace reprise::exchange
