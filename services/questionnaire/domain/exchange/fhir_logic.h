// SPDX-License-Identifier: Apache-2.0
// The conditions and calculations of a FHIR Questionnaire, once all its items are known.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_FHIR_LOGIC_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_FHIR_LOGIC_H_

#include <map>
#include <string>
#include <vector>

#include "services/questionnaire/domain/exchange/fhir_item.h"
#include "services/questionnaire/domain/exchange/fhir_root.h"

namespace reprise::exchange {

struct Waiting {
  const Json* json;
  std::string place;
  FhirItem read;
};

// By our codes; rows stand among the items.
struct FhirLogic {
  std::map<std::string, Waiting> sections;
  std::map<std::string, Waiting> items;
};

// Gives sections, items and rows their shown_if, and computed items their calculation.
void FinishFhirLogic(const FhirRoot& head, const FhirLogic& logic, Imported& made);

// The languages of all texts, `first` in front. Texts that lack one of them lack a translation.
std::vector<std::string> LanguagesOf(const instrument::Instrument& instrument,
                                     const std::string& first);

}  // namespace reprise::exchange

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_FHIR_LOGIC_H_
