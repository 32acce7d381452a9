// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/expression/lexer.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "services/platform/status.h"
#include "services/questionnaire/domain/expression/errors.h"
#include "services/questionnaire/domain/expression/value.h"

namespace reprise::expression {
namespace {

using What = Token::What;

constexpr absl::string_view kWideBlanks[] = {"\xC2\xA0", "\xE2\x80\xAF", "\xEF\xBB\xBF"};

bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }
bool IsNameByte(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_'; }
bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// The character at the front of UTF-8 text, whole.
absl::string_view FirstCharacter(absl::string_view text) {
  size_t bytes = 1;
  while (bytes < text.size() && IsContinuation(text[bytes])) ++bytes;
  return text.substr(0, bytes);
}

}  // namespace

Place PlaceOf(absl::string_view text, size_t offset) {
  Place place;
  for (const char c : text.substr(0, offset)) {
    if (c == '\n') {
      ++place.line;
      place.column = 1;
    } else if (!IsContinuation(c)) {
      ++place.column;
    }
  }
  return place;
}

void Lexer::Advance(size_t bytes) {
  for (const size_t end = at_ + bytes; at_ < end; ++at_) {
    if (text_[at_] == '\n') {
      ++place_.line;
      place_.column = 1;
    } else if (!IsContinuation(text_[at_])) {
      ++place_.column;
    }
  }
}

size_t Lexer::BlankBytes() const {
  const char c = Peek();
  if (c == ' ' || c == '\t' || c == '\n' || c == '\r') return 1;
  for (const absl::string_view blank : kWideBlanks) {
    if (absl::StartsWith(text_.substr(at_), blank)) return blank.size();
  }
  return 0;
}

void Lexer::SkipBlanks() {
  while (at_ < text_.size()) {
    if (const size_t blank = BlankBytes(); blank > 0) {
      Advance(blank);
    } else if (Peek() == '#' || (Peek() == '/' && Peek(1) == '/')) {
      Advance(std::min(text_.find_first_of("\r\n", at_), text_.size()) - at_);
    } else {
      return;
    }
  }
}

absl::StatusOr<Token> Lexer::Next() {
  SkipBlanks();
  Token token;
  token.place = place_;
  const size_t begin = at_;
  if (at_ == text_.size()) return token;
  const char c = Peek();
  if (IsDigit(c) || (c == '.' && IsDigit(Peek(1)))) {
    REPRISE_RETURN_IF_ERROR(NumberToken(token));
  } else if (c == '\'' || c == '"') {
    REPRISE_RETURN_IF_ERROR(TextToken(token));
  } else if (c == '[') {
    REPRISE_RETURN_IF_ERROR(ReferenceToken(token));
  } else if (IsNameByte(c)) {
    NameToken(token);
  } else {
    REPRISE_RETURN_IF_ERROR(SymbolToken(token));
  }
  token.source = text_.substr(begin, at_ - begin);
  return token;
}

absl::Status Lexer::NumberToken(Token& token) {
  const size_t begin = at_;
  while (IsDigit(Peek())) Advance();
  if (Peek() == '.') Advance();
  while (IsDigit(Peek())) Advance();
  const bool sign = Peek(1) == '+' || Peek(1) == '-';
  if ((Peek() == 'e' || Peek() == 'E') && IsDigit(Peek(sign ? 2 : 1))) {
    Advance(sign ? 2 : 1);
    while (IsDigit(Peek())) Advance();
  }
  token.what = What::kNumber;
  if (IsNameByte(Peek()) || Peek() == '.') {
    return Syntax(place_, "A number goes on with a character that is not part of one.");
  }
  if (NumberOfText(text_.substr(begin, at_ - begin), &token.number)) return absl::OkStatus();
  return NumberUnusable(token.place);
}

absl::Status Lexer::TextToken(Token& token) {
  token.what = What::kText;
  const char quote = Peek();
  Advance();
  while (at_ < text_.size()) {
    const char c = Peek();
    if (c == '\\') {
      REPRISE_RETURN_IF_ERROR(EscapeInto(token));
      continue;
    }
    if (c == '\0') return Unexpected();
    if (c == quote && Peek(1) == quote) Advance();  // doubled: one quote of the text
    else if (c == quote) {
      Advance();
      return absl::OkStatus();
    }
    token.text += c;
    Advance();
  }
  return Syntax(token.place, "The text that begins here is not closed.");
}

absl::Status Lexer::EscapeInto(Token& token) {
  switch (Peek(1)) {
    case '\\': case '\'': case '"': token.text += Peek(1); break;
    case 'n': token.text += '\n'; break;
    case 'r': token.text += '\r'; break;
    case 't': token.text += '\t'; break;
    default:
      return Syntax(place_, "A backslash in a text stands before \\, ', \", n, r or t; "
                            "write \\\\ for the backslash itself.");
  }
  Advance(2);
  return absl::OkStatus();
}

absl::string_view Lexer::NamePart() {
  while (const size_t blank = BlankBytes()) Advance(blank);
  const size_t begin = at_;
  while (at_ < text_.size()) {
    const char c = Peek();
    const bool wide = static_cast<unsigned char>(c) >= 0x80 && BlankBytes() == 0;
    if (!wide && !IsNameByte(c) && c != '-' && c != '.' && c != '/') break;
    Advance(FirstCharacter(text_.substr(at_)).size());
  }
  const absl::string_view name = text_.substr(begin, at_ - begin);
  while (const size_t blank = BlankBytes()) Advance(blank);
  return name;
}

absl::Status Lexer::BracketPart(std::string& name, std::string& code) {
  const Place open = place_;
  Advance();
  name = std::string(NamePart());
  if (name.empty() && Peek() == ']') return Syntax(open, "The square brackets hold no name.");
  if (!name.empty() && Peek() == '(') {
    Advance();
    code = std::string(NamePart());
    if (code.empty() || Peek() != ')')
      return Syntax(place_, "A choice's code and ) are expected here.");
    Advance();
    while (const size_t blank = BlankBytes()) Advance(blank);
  }
  if (at_ == text_.size()) return Syntax(open, "The square bracket that opens here is not closed.");
  if (Peek() == ']' && !name.empty()) {
    Advance();
    return absl::OkStatus();
  }
  return Syntax(place_, "A name in square brackets has letters, digits, _ - . and / only, "
                        "as in [age], [event][age] or [box(1)].");
}

absl::Status Lexer::ReferenceToken(Token& token) {
  token.what = What::kReference;
  Reference& reference = token.reference;
  REPRISE_RETURN_IF_ERROR(BracketPart(reference.item, reference.code));
  if (Peek() != '[') return absl::OkStatus();
  if (!reference.code.empty()) return Syntax(place_, "An operator is missing before this.");
  reference.event = std::move(reference.item);
  REPRISE_RETURN_IF_ERROR(BracketPart(reference.item, reference.code));
  if (Peek() == '[') return Syntax(place_, "A reference has at most an event and an item.");
  return absl::OkStatus();
}

void Lexer::NameToken(Token& token) {
  const size_t begin = at_;
  while (IsNameByte(Peek())) Advance();
  const absl::string_view name = text_.substr(begin, at_ - begin);
  token.what = What::kOperator;
  if (absl::EqualsIgnoreCase(name, "and")) token.kind = Kind::kAnd;
  else if (absl::EqualsIgnoreCase(name, "or")) token.kind = Kind::kOr;
  else if (absl::EqualsIgnoreCase(name, "not")) token.kind = Kind::kNot;
  else token.what = What::kName;
}

absl::Status Lexer::SymbolToken(Token& token) {
  struct Symbol {
    absl::string_view text;
    What what;
    Kind kind;
  };
  static constexpr Symbol kSymbols[] = {
      {"<=", What::kOperator, Kind::kLessOrEqual}, {">=", What::kOperator, Kind::kGreaterOrEqual},
      {"<>", What::kOperator, Kind::kNotEqual},    {"!=", What::kOperator, Kind::kNotEqual},
      {"<", What::kOperator, Kind::kLess},         {">", What::kOperator, Kind::kGreater},
      {"=", What::kOperator, Kind::kEqual},        {"+", What::kOperator, Kind::kAdd},
      {"-", What::kOperator, Kind::kSubtract},     {"*", What::kOperator, Kind::kMultiply},
      {"/", What::kOperator, Kind::kDivide},       {"%", What::kOperator, Kind::kRemainder},
      {"^", What::kOperator, Kind::kPower},        {"(", What::kOpen, Kind::kBlank},
      {")", What::kClose, Kind::kBlank},           {",", What::kComma, Kind::kBlank}};
  const absl::string_view rest = text_.substr(at_);
  if (absl::StartsWith(rest, "==")) return Syntax(place_, "Equality is written with one =.");
  for (const Symbol& symbol : kSymbols) {
    if (!absl::StartsWith(rest, symbol.text)) continue;
    token.what = symbol.what;
    token.kind = symbol.kind;
    Advance(symbol.text.size());
    return absl::OkStatus();
  }
  return Unexpected();
}

absl::Status Lexer::Unexpected() const {
  const absl::string_view rest = text_.substr(at_);
  for (const absl::string_view curly : {"‘", "’", "“", "”", "«", "»"}) {
    if (absl::StartsWith(rest, curly))
      return Syntax(place_, "Write texts with straight quotes, ' or \".");
  }
  if (absl::StartsWith(rest, "&&")) return Syntax(place_, "Write and for &&.");
  if (absl::StartsWith(rest, "||")) return Syntax(place_, "Write or for ||.");
  if (absl::StartsWith(rest, "!")) return Syntax(place_, "Write not for !.");
  if (absl::ascii_iscntrl(static_cast<unsigned char>(rest[0]))) {
    return Syntax(place_, "A control character stands here.");
  }
  return Syntax(place_,
                absl::StrCat("The character ", FirstCharacter(rest), " has no meaning here."));
}

}  // namespace reprise::expression
