// SPDX-License-Identifier: Apache-2.0
// REDCap data dictionaries (CSV, 18 columns) read and written. docs/instruments.md lists what the
// format can and cannot carry.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_REDCAP_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_REDCAP_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "services/questionnaire/domain/exchange/report.h"

namespace reprise::exchange {

// Every cell that is not empty has a finding. Forms become sections; rows of one matrix group
// become a matrix. The result passes CheckInstrument, except where the file has no usable field.
//   INVALID_ARGUMENT as ReadRedcapTable, or DICTIONARY_EMPTY (every row was refused)
absl::StatusOr<Imported> ImportRedcap(absl::string_view bytes, absl::string_view name,
                                      const ImportOptions& options);

struct RedcapExport {
  std::string csv;
  Report report;  // what the dictionary cannot carry
};

// In one language, since a dictionary has one; empty: the instrument's first.
//   INVALID_ARGUMENT EXPORT_LANGUAGE_UNKNOWN
absl::StatusOr<RedcapExport> ExportRedcap(const instrument::Instrument& instrument,
                                          const std::string& language);

// The instrument as a dictionary can carry it: what ImportRedcap makes of an export again, given
// the same id, version and language.
instrument::Instrument CarriedByRedcap(const instrument::Instrument& instrument,
                                       const std::string& language);

}  // namespace reprise::exchange

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_REDCAP_H_
