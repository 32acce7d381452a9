// SPDX-License-Identifier: Apache-2.0
// Text to tokens, one at a time, each with its place. Blanks (also the no-break ones that word
// processors leave) and comments (# or // to the end of the line) fall away here.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_LEXER_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_LEXER_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "services/questionnaire/domain/expression/ast.h"

namespace reprise::expression {

struct Token {
  enum class What : uint8_t {
    kEnd,
    kNumber,
    kText,
    kReference,
    kName,
    kOperator,
    kOpen,
    kClose,
    kComma
  };
  What what = What::kEnd;
  Place place;
  absl::string_view source;      // as written; valid as long as the input
  Kind kind = Kind::kBlank;      // kOperator: `-` is kSubtract; and, or, not are operators too
  double number = 0;             // kNumber
  std::string text;              // kText, escapes resolved
  Reference reference;           // kReference
};

class Lexer {
 public:
  // `text` is UTF-8 and outlives the lexer.
  explicit Lexer(absl::string_view text) : text_(text) {}
  absl::StatusOr<Token> Next();

 private:
  void SkipBlanks();
  void Advance(size_t bytes = 1);
  char Peek(size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  size_t BlankBytes() const;  // of a blank that starts here, or 0
  absl::Status NumberToken(Token& token);
  absl::Status TextToken(Token& token);
  absl::Status EscapeInto(Token& token);
  absl::Status ReferenceToken(Token& token);
  absl::Status BracketPart(std::string& name, std::string& code);
  absl::string_view NamePart();
  void NameToken(Token& token);
  absl::Status SymbolToken(Token& token);
  absl::Status Unexpected() const;

  absl::string_view text_;
  size_t at_ = 0;
  Place place_;
};

// The place of byte `offset`; `text` need not be UTF-8.
Place PlaceOf(absl::string_view text, size_t offset);

}  // namespace reprise::expression

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_LEXER_H_
