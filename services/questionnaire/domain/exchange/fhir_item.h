// SPDX-License-Identifier: Apache-2.0
// One FHIR item read without what needs its neighbours: conditions, calculations, children.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_FHIR_ITEM_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_FHIR_ITEM_H_

#include <map>
#include <optional>
#include <string>

#include "services/questionnaire/domain/exchange/fhir_json.h"
#include "services/questionnaire/domain/exchange/fhir_options.h"
#include "services/questionnaire/domain/exchange/report.h"

namespace reprise::exchange {

// Contained value sets, by `#id`.
struct ValueSet {
  std::string list;  // of the choice list it became; empty where it is none of ours
  Options options;
};
using ValueSets = std::map<std::string, ValueSet>;

struct FhirItem {
  instrument::Item item;
  Options options;
  std::string control;                           // itemControl: slider, gtable, table, help, ...
  std::string form;          // of a section
  std::string shown_if;                          // given in our own language
  std::string calculation;                       // given in our own language
  std::string calculated;                        // FHIRPath
  std::map<std::string, std::string> variables;  // FHIRPath by name
};

// None where the type cannot be taken; the reason is in the report. Groups are given without a
// type.
std::optional<FhirItem> ReadFhirItem(const Json& json, const std::string& place,
                                     const std::string& language, const ValueSets& sets,
                                     Report& report);

// Its extensions, into what was read so far (fhir_extensions.cc).
void ReadFhirExtensions(const Json& json, const std::string& place, const std::string& language,
                        FhirItem& read, Report& report);

// Reads `variable` extensions of any element.
void ReadVariables(const Json& element, std::map<std::string, std::string>& variables);

}  // namespace reprise::exchange

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_FHIR_ITEM_H_
