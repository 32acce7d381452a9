// SPDX-License-Identifier: Apache-2.0
// Names, argument counts and precedence: the one table that parser, printer and checker share.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_FUNCTIONS_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_FUNCTIONS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

#include "services/questionnaire/domain/expression/ast.h"

namespace reprise::expression {

inline constexpr size_t kAnyCount = static_cast<size_t>(-1);

struct Signature {
  Function function;
  const char* name;  // lower case, as printed
  size_t least;      // arguments
  size_t most;       // kAnyCount where unlimited
  const char* usage;  // "round(x, digits)"
};

absl::Span<const Signature> Signatures();
// Upper and lower case alike; null where there is none.
const Signature* FindSignature(absl::string_view name);
// Requires a function other than kNone.
const Signature& SignatureOf(Function function);

// How tightly a kind binds, loosest 1 (or) to 8 (^); 9 for what needs no parentheses.
int Precedence(Kind kind);
inline constexpr int kPrecedenceNot = 3;
inline constexpr int kPrecedenceCompare = 4;
inline constexpr int kPrecedenceNegate = 7;
inline constexpr int kPrecedencePower = 8;
bool IsComparison(Kind kind);
bool IsLiteral(Kind kind);
bool IsBinary(Kind kind);
// As printed: "+", "<>", "and"; empty for literals, references and calls.
absl::string_view OperatorText(Kind kind);
// Whether `child` must stand in parentheses as the first (or later) operand of `parent`.
bool NeedsParentheses(Kind parent, Kind child, bool first);

// The name nearest to `name` by edit distance (at most a third of its length, at least 1), the
// first among equals; empty where none is near.
std::string Nearest(absl::string_view name, const std::vector<std::string>& names);

}  // namespace reprise::expression

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_EXPRESSION_FUNCTIONS_H_
