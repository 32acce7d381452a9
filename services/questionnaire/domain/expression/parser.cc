// SPDX-License-Identifier: Apache-2.0
// A Pratt parser: each operator knows how tightly it binds, and operands go to the Builder before
// their operator, which is the postfix order of the tree.
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "services/platform/status.h"
#include "services/platform/text/utf8.h"
#include "services/questionnaire/domain/expression/errors.h"
#include "services/questionnaire/domain/expression/expression.h"
#include "services/questionnaire/domain/expression/functions.h"
#include "services/questionnaire/domain/expression/lexer.h"

namespace reprise::expression {
namespace {

using What = Token::What;

class Parser {
 public:
  explicit Parser(absl::string_view text) : lexer_(text) {}

  absl::StatusOr<Expression> Whole() {
    REPRISE_RETURN_IF_ERROR(Take());
    if (token_.what == What::kEnd) return Syntax(token_.place, "The expression is empty.");
    REPRISE_RETURN_IF_ERROR(Operation(1, 1));
    if (token_.what == What::kClose) return Syntax(token_.place, "This ) closes nothing.");
    if (token_.what == What::kComma) return Syntax(token_.place, "This comma separates nothing.");
    if (token_.what != What::kEnd) {
      return Syntax(token_.place, "An operator (+, =, and, ...) is missing before this.");
    }
    return builder_.Build();
  }

 private:
  absl::Status Take() {
    REPRISE_ASSIGN_OR_RETURN(token_, lexer_.Next());
    return absl::OkStatus();
  }

  // An operand and the operators after it that bind at least as tightly as `least`.
  absl::Status Operation(int least, int depth) {
    if (depth > kMaxDepth) return TooDeep(token_.place);
    REPRISE_RETURN_IF_ERROR(Operand(least, depth));
    while (token_.what == What::kOperator && IsBinary(token_.kind)) {
      const Kind kind = token_.kind;
      const Place place = token_.place;
      const int precedence = Precedence(kind);
      if (precedence < least) break;
      REPRISE_RETURN_IF_ERROR(Take());
      REPRISE_RETURN_IF_ERROR(
          Operation(kind == Kind::kPower ? precedence : precedence + 1, depth + 1));
      REPRISE_RETURN_IF_ERROR(builder_.Operator(kind, place).status());
      if (IsComparison(kind) && token_.what == What::kOperator && IsComparison(token_.kind)) {
        return Syntax(token_.place,
                      "Comparisons do not chain; write [a] < [b] and [b] < [c], or between.");
      }
    }
    return absl::OkStatus();
  }

  absl::Status Operand(int least, int depth) {
    const Token token = std::move(token_);
    REPRISE_RETURN_IF_ERROR(Take());
    switch (token.what) {
      case What::kNumber: return builder_.Number(token.number, token.place).status();
      case What::kText: return builder_.Text(token.text, token.place).status();
      case What::kReference: return builder_.Refer(token.reference, token.place).status();
      case What::kName: return Name(token, depth);
      case What::kOperator: return Prefix(token, least, depth);
      case What::kOpen: return Parentheses(token, depth);
      case What::kEnd: return Syntax(token.place, "The expression ends where a value is expected.");
      default:
        return Syntax(token.place, absl::StrCat("A value is expected before ", token.source, "."));
    }
  }

  absl::Status Parentheses(const Token& open, int depth) {
    REPRISE_RETURN_IF_ERROR(Operation(1, depth + 1));
    if (token_.what == What::kEnd) return Syntax(open.place, "This ( is not closed.");
    if (token_.what != What::kClose) {
      return Syntax(token_.place, "An operator or ) is expected before this.");
    }
    return Take();
  }

  absl::Status Prefix(const Token& token, int least, int depth) {
    if (token.kind == Kind::kSubtract) {
      REPRISE_RETURN_IF_ERROR(Operation(kPrecedenceNegate, depth + 1));
      return builder_.Operator(Kind::kNegate, token.place).status();
    }
    if (token.kind == Kind::kNot && least <= kPrecedenceNot) {
      REPRISE_RETURN_IF_ERROR(Operation(kPrecedenceNot, depth + 1));
      return builder_.Operator(Kind::kNot, token.place).status();
    }
    if (token.kind == Kind::kNot) {
      return Syntax(token.place, "Put this not and what it denies in parentheses: (not ...).");
    }
    return Syntax(token.place, absl::StrCat("A value is expected before ", token.source, "."));
  }

  absl::Status Name(const Token& token, int depth) {
    if (token_.what == What::kOpen) return Call(token, depth);
    const bool truth = absl::EqualsIgnoreCase(token.source, "true");
    if (truth || absl::EqualsIgnoreCase(token.source, "false")) {
      return builder_.Boolean(truth, token.place).status();
    }
    if (const Signature* signature = FindSignature(token.source); signature != nullptr) {
      return Syntax(token.place, absl::StrCat("The function ", signature->name, " is written ",
                                              signature->usage, "."));
    }
    return Syntax(token.place,
                  "A word stands alone; items are written in square brackets, as [age], "
                  "and texts in quotes, as 'yes'.");
  }

  absl::Status Call(const Token& name, int depth) {
    const Signature* const signature = FindSignature(name.source);
    if (signature == nullptr) return FunctionUnknown(name.place, name.source);
    const Place open = token_.place;
    REPRISE_RETURN_IF_ERROR(Take());
    size_t count = 0;
    if (token_.what != What::kClose) {
      for (;;) {
        REPRISE_RETURN_IF_ERROR(Operation(1, depth + 1));
        ++count;
        if (token_.what != What::kComma) break;
        REPRISE_RETURN_IF_ERROR(Take());
      }
    }
    if (token_.what == What::kEnd) return Syntax(open, "This ( is not closed.");
    if (token_.what != What::kClose) {
      return Syntax(token_.place, "A comma or ) is expected before this.");
    }
    REPRISE_RETURN_IF_ERROR(builder_.Call(signature->function, count, name.place).status());
    return Take();
  }

  Lexer lexer_;
  Builder builder_;
  Token token_;
};

}  // namespace

absl::StatusOr<Expression> Parse(absl::string_view text) {
  if (text.size() > kMaxBytes) return TooLong(PlaceOf(text, kMaxBytes));
  const size_t valid = text::Utf8Prefix(text);
  if (valid < text.size()) return NotUtf8(PlaceOf(text, valid));
  return Parser(text).Whole();
}

absl::StatusOr<Reference> ParseReference(absl::string_view text) {
  if (text.size() > kMaxBytes) return TooLong(Place{});
  if (text::Utf8Prefix(text) < text.size()) return NotUtf8(Place{});
  const bool opened = !text.empty() && text.front() == '[';
  const bool closed = !text.empty() && text.back() == ']';
  const std::string bracketed = absl::StrCat(opened ? "" : "[", text, closed ? "" : "]");
  Lexer lexer(bracketed);
  REPRISE_ASSIGN_OR_RETURN(const Token token, lexer.Next());
  REPRISE_ASSIGN_OR_RETURN(const Token end, lexer.Next());
  if (token.what != What::kReference || end.what != What::kEnd) {
    return Syntax(end.place, "A reference is written [item], [event][item] or [box(code)].");
  }
  return token.reference;
}

absl::StatusOr<Expression> Both(const Expression& a, const Expression& b) {
  return Builder().Append(a).Append(b).Operator(Kind::kAnd).Build();
}

}  // namespace reprise::expression
