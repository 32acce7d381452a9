// SPDX-License-Identifier: Apache-2.0
// enableWhen in both directions. The two differ where there is no answer: FHIR's `!=` holds then,
// ours hides; what is written here keeps FHIR's meaning when reading and ours when writing.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_FHIR_CONDITION_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_FHIR_CONDITION_H_

#include <functional>
#include <map>
#include <string>

#include "absl/status/statusor.h"

#include "services/questionnaire/domain/exchange/fhir_json.h"

namespace reprise::exchange {

// What a condition needs to know of the item it asks about.
struct Asked {
  std::string code;     // ours
  std::string link_id;  // theirs
  instrument::ItemType type = instrument::ItemType::kUnspecified;  // of a row: choice
  // Option codes: theirs to ours when reading, ours to theirs when writing.
  std::map<std::string, std::string> codes;
};
using AskedByName = std::map<std::string, Asked>;

// Our expression for an item's enableWhen and enableBehavior; `by_link` by linkId.
//   INVALID_ARGUMENT ENABLE_WHEN_NOT_TRANSLATED with the reason
absl::StatusOr<std::string> FromEnableWhen(const Json& item, const AskedByName& by_link);

// Writes enableWhen into `item` where simple comparisons say the same; `by_code` by our code.
// False where they cannot; then nothing is written.
bool ToEnableWhen(const std::string& shown_if, const AskedByName& by_code, Json& item);

}  // namespace reprise::exchange

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_FHIR_CONDITION_H_
