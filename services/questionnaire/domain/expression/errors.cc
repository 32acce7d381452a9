// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/expression/errors.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "services/platform/error/error.h"
#include "services/questionnaire/domain/expression/functions.h"

namespace reprise::expression {
namespace {

constexpr size_t kLongestQuoted = 60;

absl::Status At(Place place, absl::string_view reason, absl::string_view sentence,
                error::Metadata metadata = {}) {
  metadata["line"] = absl::StrCat(place.line);
  metadata["column"] = absl::StrCat(place.column);
  return error::Make(
      absl::StatusCode::kInvalidArgument, reason,
      absl::StrCat("Line ", place.line, ", column ", place.column, ": ", sentence),
      std::move(metadata));
}

// Shortened at a character's edge, so that a message stays a sentence and UTF-8.
std::string Quoted(absl::string_view name) {
  if (name.size() <= kLongestQuoted) return std::string(name);
  size_t end = kLongestQuoted;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) --end;
  return absl::StrCat(name.substr(0, end), "...");
}

absl::Status WithSuggestion(Place place, absl::string_view reason, std::string sentence,
                            absl::string_view suggestion) {
  if (suggestion.empty()) return At(place, reason, sentence);
  absl::StrAppend(&sentence, " Did you mean ", suggestion, "?");
  return At(place, reason, sentence, {{"suggestion", std::string(suggestion)}});
}

}  // namespace

absl::Status NotUtf8(Place place) {
  return At(place, "EXPRESSION_NOT_UTF8", "The expression is not UTF-8 from here on.");
}

absl::Status TooLong(Place place) {
  return At(place, "EXPRESSION_TOO_LONG",
            absl::StrCat("The expression is longer than ", kMaxBytes, " bytes, which end here."));
}

absl::Status TooLarge(Place place) {
  return At(
      place, "EXPRESSION_TOO_LARGE",
      absl::StrCat("The expression has more than ", kMaxNodes, " parts; the next begins here."));
}

absl::Status TooDeep(Place place) {
  return At(place, "EXPRESSION_TOO_DEEP",
            absl::StrCat("The expression is nested more than ", kMaxDepth, " levels deep here."));
}

absl::Status Syntax(Place place, absl::string_view sentence) {
  return At(place, "EXPRESSION_SYNTAX", sentence);
}

absl::Status NumberUnusable(Place place) {
  return At(place, "EXPRESSION_NUMBER",
            "The number is too large or too small to be represented.");
}

absl::Status FunctionUnknown(Place place, absl::string_view name) {
  std::vector<std::string> names;
  for (const Signature& signature : Signatures()) names.push_back(signature.name);
  return WithSuggestion(place, "EXPRESSION_FUNCTION_UNKNOWN",
                        absl::StrCat("There is no function ", Quoted(name), "."),
                        Nearest(name, names));
}

absl::Status ArgumentsWrong(Place place, Function function, size_t count) {
  const Signature& signature = SignatureOf(function);
  return At(place, "EXPRESSION_ARGUMENTS",
            absl::StrCat(signature.name, " does not take ", count,
                         count == 1 ? " argument" : " arguments", "; it is written ",
                         signature.usage, "."));
}

absl::Status UnitWrong(Place place) {
  return At(place, "EXPRESSION_ARGUMENTS",
            "The unit of datediff must be written 'd' (days), 'M' (months) or 'y' (years).");
}

absl::Status TreeMalformed(absl::string_view sentence) {
  return error::Make(absl::StatusCode::kInvalidArgument, "EXPRESSION_TREE_MALFORMED", sentence);
}

absl::Status VersionUnknown(int version) {
  return error::Make(absl::StatusCode::kInvalidArgument, "EXPRESSION_VERSION_UNKNOWN",
                     absl::StrCat("Edition ", version, " of the expression language is not known."),
                     {{"language_version", absl::StrCat(version)}});
}

absl::Status NameUnknown(Place place, const Reference& reference, absl::string_view suggestion) {
  return WithSuggestion(place, "EXPRESSION_NAME_UNKNOWN",
                        absl::StrCat("There is no item ", Quoted(ToString(reference)), "."),
                        suggestion);
}

absl::Status Cycle(const std::vector<std::string>& names) {
  const std::string cycle = absl::StrCat(absl::StrJoin(names, " -> "), " -> ", names.front());
  return error::Make(
      absl::StatusCode::kInvalidArgument, "EXPRESSION_CYCLE",
      absl::StrCat("The items depend on each other in a circle: ", Quoted(cycle), "."),
      {{"cycle", cycle}});
}

}  // namespace reprise::expression
