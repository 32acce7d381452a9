// SPDX-License-Identifier: Apache-2.0
// FHIRPath as tokens, each with its place.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_FHIRPATH_TOKENS_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_FHIRPATH_TOKENS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace reprise::exchange {

struct PathToken {
  enum class What { kEnd, kNumber, kText, kName, kVariable, kSymbol };
  What what = What::kEnd;
  std::string text;  // of a text: without quotes
  size_t at = 0;     // byte in the text
};

struct PathOperator {
  int level;           // loosest first
  const char* theirs;  // FHIRPath's
  const char* ours;
};
inline constexpr PathOperator kPathOperators[] = {
    {0, "or", "or"}, {1, "and", "and"}, {2, "=", "="},     {2, "!=", "<>"}, {3, "<", "<"},
    {3, "<=", "<="}, {3, ">", ">"},     {3, ">=", ">="},   {4, "+", "+"},   {4, "-", "-"},
    {5, "*", "*"},   {5, "/", "/"},     {5, "div", "div"}, {5, "mod", "%"}};
inline constexpr int kPathLevels = 6;

// INVALID_ARGUMENT FHIRPATH_NOT_TRANSLATED at a byte of the text.
absl::Status NotTranslated(size_t at, absl::string_view why);

// The tokens, an end last. FHIRPATH_NOT_TRANSLATED for a text that does not end or has escapes.
absl::StatusOr<std::vector<PathToken>> PathTokensOf(absl::string_view path);

}  // namespace reprise::exchange

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_FHIRPATH_TOKENS_H_
