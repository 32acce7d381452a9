// SPDX-License-Identifier: Apache-2.0
// What the import, export and wording verbs share.
#ifndef REPRISE_CLI_OFFLINE_INSTRUMENT_EXCHANGE_H_
#define REPRISE_CLI_OFFLINE_INSTRUMENT_EXCHANGE_H_

#include <string>

#include "absl/status/statusor.h"

#include "services/questionnaire/domain/exchange/report.h"

namespace reprise::cli {

// A file in the format `redcap` or `fhir`.
absl::StatusOr<exchange::Imported> ImportAny(const std::string& format, const std::string& file,
                                             exchange::ImportOptions options);

// What was changed or refused, and how much was kept, on the error stream.
void TellReport(const exchange::Report& report);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_INSTRUMENT_EXCHANGE_H_
