// SPDX-License-Identifier: Apache-2.0
// Plain FHIRPath arithmetic put into our language: numbers, + - * / div mod, comparisons, and, or,
// iif, {}, variables, and the answers and ordinal values of items by their linkId. Everything else
// is refused with what was not understood.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_FHIRPATH_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_FHIRPATH_H_

#include <functional>
#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace reprise::exchange {

struct PathNames {
  // Item code of a linkId; empty where there is none.
  std::function<std::string(const std::string& link_id)> item;
  // Whether the item's codes are its ordinal values, so that both mean the same.
  std::function<bool(const std::string& link_id)> codes_are_ordinals;
  // Whether the item's codes are those of the file, so that comparing with one means the same.
  std::function<bool(const std::string& link_id)> codes_are_theirs;
  // Of `%name`: its FHIRPath. Missing names are refused.
  std::map<std::string, std::string> variables;
};

// INVALID_ARGUMENT FHIRPATH_NOT_TRANSLATED, with the reason and the place in the text.
absl::StatusOr<std::string> FromFhirPath(absl::string_view path, const PathNames& names);

}  // namespace reprise::exchange

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_FHIRPATH_H_
