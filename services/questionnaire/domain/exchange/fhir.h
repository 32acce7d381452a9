// SPDX-License-Identifier: Apache-2.0
// FHIR R4 Questionnaire resources (JSON) read and written. What R4 has no element for travels in
// extensions of ours (urn:reprise:...), so that reading an export gives the same instrument; other
// systems see the standard part. docs/instruments.md has the table.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_FHIR_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_FHIR_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "services/questionnaire/domain/exchange/report.h"

namespace reprise::exchange {

// Every element of the resource has a finding: each item and what it holds, each extension.
//   INVALID_ARGUMENT TEXT_NOT_UTF8, JSON_TOO_LARGE (4 MiB), JSON_TEXT_TOO_LONG (256 KiB),
//   JSON_TOO_DEEP, JSON_MALFORMED (with line and column), QUESTIONNAIRE_EXPECTED,
//   QUESTIONNAIRE_EMPTY
absl::StatusOr<Imported> ImportFhir(absl::string_view bytes, absl::string_view name,
                                    const ImportOptions& options);

struct FhirExport {
  std::string json;
  Report report;  // what other systems will not see
};

FhirExport ExportFhir(const instrument::Instrument& instrument);

}  // namespace reprise::exchange

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_FHIR_H_
