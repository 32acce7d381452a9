// SPDX-License-Identifier: Apache-2.0
// What each field of a study document must be by itself, as one table: the shape (field names,
// kinds) is told by the proto, and rules over several fields stand in check_*.cc.
#ifndef REPRISE_STUDY_DOMAIN_DOCUMENT_FIELD_RULES_H_
#define REPRISE_STUDY_DOMAIN_DOCUMENT_FIELD_RULES_H_

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace reprise::study {

enum class FieldKind {
  kText,       // 1 to `most` bytes, without telephone and social-security numbers
  kTitle,      // by language, `fr` and `en`, each as kText
  kCode,       // capitals, digits, `_` and `-`, a capital first; unique in its list
  kSiteCode,   // 3 to 8 capitals or digits; unique
  kName,       // small letters, digits and `_`, a letter first
  kToken,      // letters, digits, `.`, `_`, `+` and `-`
  kDate,       // YYYY-MM-DD
  kWord,       // one of `words`
  kWhole,      // from `least` to `most`
  kNumber,     // same, decimal
  kZone,       // IANA time zone
  kReference,  // one code, or a list of codes, of the list `words`
  kPresent,    // a map or a list that is not empty; its elements have rules of their own
};

struct FieldRule {
  const char* place;  // the map in which the field stands, without elements: "stages.allocation"
  const char* field;
  FieldKind kind;
  bool required;
  const char* words;  // of kWord, separated by blanks; of kReference, the list
  double least, most;
};

absl::Span<const FieldRule> FieldRules();

}  // namespace reprise::study

#endif  // REPRISE_STUDY_DOMAIN_DOCUMENT_FIELD_RULES_H_
