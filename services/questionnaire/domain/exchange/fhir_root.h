// SPDX-License-Identifier: Apache-2.0
// The head of a FHIR Questionnaire: names, licence, value sets, variables, our own extension.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_FHIR_ROOT_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_FHIR_ROOT_H_

#include <map>
#include <string>

#include "services/questionnaire/domain/exchange/fhir_item.h"

namespace reprise::exchange {

struct FhirRoot {
  std::string language;   // of texts that do not say
  bool own_definition = false;  // an export of ours: languages and licence are known
  ValueSets sets;
  std::map<std::string, std::string> variables;  // FHIRPath by name
};

// Fills what the head says of the instrument: all but its sections.
FhirRoot ReadFhirRoot(const Json& root, const ImportOptions& options, Imported& made);

}  // namespace reprise::exchange

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_FHIR_ROOT_H_
