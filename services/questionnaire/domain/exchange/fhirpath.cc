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

struct Operator {
  int level;           // loosest first
  const char* theirs;  // FHIRPath's
  const char* ours;
};
constexpr Operator kOperators[] = {
    {0, "or", "or"}, {1, "and", "and"}, {2, "=", "="},     {2, "!=", "<>"}, {3, "<", "<"},
    {3, "<=", "<="}, {3, ">", ">"},     {3, ">=", ">="},   {4, "+", "+"},   {4, "-", "-"},
    {5, "*", "*"},   {5, "/", "/"},     {5, "div", "div"}, {5, "mod", "%"}};
constexpr int kLevels = 6;

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
    if (level == kLevels) return Signed();
    if (++depth_ > kMaxDepth * kLevels) {
      return NotTranslated(Peek().at, "The expression is nested too deep.");
    }
    REPRISE_ASSIGN_OR_RETURN(std::string left, Operators(level + 1));
    while (true) {
      const auto* const found =
          std::find_if(std::begin(kOperators), std::end(kOperators),
                       [&](const Operator& o) { return o.level == level && Is(o.theirs); });
      if (found == std::end(kOperators)) break;
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
                             Parser(std::move(tokens), names_, depth_ + kLevels).Parse());
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

absl::StatusOr<std::string> Parser::Answer() {
  const size_t start = Peek().at;
  std::string link_id;
  bool answer = false, option = false, ordinal = false, value = false;
  do {
    const Token step = Peek();
    ++at_;
    const std::string& name = step.text;
    if (step.what == Token::What::kVariable || name == "item" || name == "descendants" ||
        name == "repeat" || name == "valueCoding" || name == "code" || name == "first" ||
        name == "extension") {
      if (Take("(")) {
        REPRISE_ASSIGN_OR_RETURN(const std::vector<Token> inside, TakeParentheses());
        if (name == "extension" && !(inside.size() == 1 && NamesOrdinals(inside[0])))
          return Unknown();
      }
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
    // What follows a whole answer are functions on it.
    const bool next_is_function =
        Is(".") && at_ + 2 < tokens_.size() && tokens_[at_ + 2].text == "(" &&
        tokens_[at_ + 1].text != "where" && tokens_[at_ + 1].text != "ordinal" &&
        tokens_[at_ + 1].text != "weight" && tokens_[at_ + 1].text != "descendants" &&
        tokens_[at_ + 1].text != "repeat" && tokens_[at_ + 1].text != "first";
    if (next_is_function) break;
  } while (Take("."));
  if (link_id.empty() || !(answer || (option && value))) {
    return NotTranslated(start, "The path does not lead to the answer of one item by its linkId.");
  }
  const std::string code = names_.item(link_id);
  if (code.empty())
    return NotTranslated(start, absl::StrCat("No item has the linkId '", link_id, "'."));
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
