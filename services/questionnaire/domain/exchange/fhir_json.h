// SPDX-License-Identifier: Apache-2.0
// FHIR's JSON as both directions share it: extension urls, texts with translations, decimals that
// the world writes as strings. Included by the fhir_*.cc files only: the JSON library is heavy.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_FHIR_JSON_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_FHIR_JSON_H_

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "services/questionnaire/domain/instrument/instrument.h"

namespace reprise::exchange {

using Json = nlohmann::ordered_json;

namespace url {
inline constexpr char kTranslation[] = "http://hl7.org/fhir/StructureDefinition/translation";
inline constexpr char kOrdinal[] = "http://hl7.org/fhir/StructureDefinition/ordinalValue";
inline constexpr char kItemWeight[] = "http://hl7.org/fhir/StructureDefinition/itemWeight";
inline constexpr char kExclusive[] =
    "http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive";
inline constexpr char kOptionPrefix[] =
    "http://hl7.org/fhir/StructureDefinition/questionnaire-optionPrefix";
inline constexpr char kControl[] =
    "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl";
inline constexpr char kControlSystem[] = "http://hl7.org/fhir/questionnaire-item-control";
inline constexpr char kUnit[] = "http://hl7.org/fhir/StructureDefinition/questionnaire-unit";
inline constexpr char kMin[] = "http://hl7.org/fhir/StructureDefinition/minValue";
inline constexpr char kMax[] = "http://hl7.org/fhir/StructureDefinition/maxValue";
inline constexpr char kDecimals[] = "http://hl7.org/fhir/StructureDefinition/maxDecimalPlaces";
inline constexpr char kSliderStep[] =
    "http://hl7.org/fhir/StructureDefinition/questionnaire-sliderStepValue";
inline constexpr char kDesignNote[] = "http://hl7.org/fhir/StructureDefinition/designNote";
inline constexpr char kVariable[] = "http://hl7.org/fhir/StructureDefinition/variable";
inline constexpr char kCalculated[] =
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression";
inline constexpr char kEnableWhen[] =
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression";
// Ours.
inline constexpr char kCode[] = "urn:reprise:fhir:code";
inline constexpr char kForm[] = "urn:reprise:fhir:form";
inline constexpr char kType[] = "urn:reprise:fhir:type";
inline constexpr char kMissing[] = "urn:reprise:fhir:missing";
inline constexpr char kSoftMin[] = "urn:reprise:fhir:soft-min";
inline constexpr char kSoftMax[] = "urn:reprise:fhir:soft-max";
inline constexpr char kIdentifying[] = "urn:reprise:fhir:identifying";
inline constexpr char kScaleDetail[] = "urn:reprise:fhir:scale";
inline constexpr char kDefinition[] = "urn:reprise:fhir:definition";
inline constexpr char kInstrumentSystem[] = "urn:reprise:instrument";
inline constexpr char kLanguage[] = "text/x-reprise";  // of expressions
}  // namespace url

// The member as a string; empty where it is absent or something else.
std::string StringAt(const Json& object, const char* key);
// A number, also where it is written as a string.
std::optional<double> NumberOf(const Json& value);
// The value of an extension: its first member that begins with `value`; null where there is none.
const Json* ValueOf(const Json& extension);
// The first extension with this url, or null.
const Json* ExtensionAt(const Json& element, absl::string_view url);

// `key` in `language`, and `_key` with its translations.
instrument::Text ReadText(const Json& element, const char* key, const std::string& language);
void WriteText(const instrument::Text& text, const char* key, const std::string& language,
               Json& element);

// The whole text as JSON, with limits on size and nesting.
//   INVALID_ARGUMENT TEXT_NOT_UTF8, JSON_TOO_LARGE, JSON_TEXT_TOO_LONG, JSON_TOO_DEEP, JSON_MALFORMED
absl::StatusOr<Json> ParseJson(absl::string_view bytes, absl::string_view name);

}  // namespace reprise::exchange

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_FHIR_JSON_H_
