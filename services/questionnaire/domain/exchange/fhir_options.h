// SPDX-License-Identifier: Apache-2.0
// The answer options of a FHIR item as choices, and back.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_FHIR_OPTIONS_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_FHIR_OPTIONS_H_

#include <map>
#include <string>
#include <vector>

#include "services/questionnaire/domain/exchange/fhir_json.h"
#include "services/questionnaire/domain/exchange/report.h"

namespace reprise::exchange {

struct Options {
  std::vector<instrument::Choice> choices;
  std::map<std::string, std::string> codes;  // their codes to ours
  // Every choice has an ordinal value, and it is its code.
  bool codes_are_ordinals = false;
};

// `list`: answerOption of an item, or the concepts of a contained ValueSet, written alike. Where
// the codes are no numbers but every option has its own ordinal value, the values become the codes
// and the codes stay as concepts; told in the report.
Options ReadOptions(const Json& list, const std::string& language, const std::string& place,
                    Report& report);

// As answerOption (`concepts` false) or as the concepts of a ValueSet.
Json WriteOptions(const std::vector<instrument::Choice>& choices, const std::string& language,
                  bool concepts);

}  // namespace reprise::exchange

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_FHIR_OPTIONS_H_
