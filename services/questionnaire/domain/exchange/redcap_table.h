// SPDX-License-Identifier: Apache-2.0
// A REDCap data dictionary as rows of its 18 columns, whichever way its header is written: as the
// web page downloads it, as the API names it, damaged in its first cell, or not there at all.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_REDCAP_TABLE_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_REDCAP_TABLE_H_

#include <array>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "services/questionnaire/domain/exchange/report.h"

namespace reprise::exchange {

enum RedcapColumn {
  kFieldName, kFormName, kSectionHeader, kFieldType, kFieldLabel, kChoices, kFieldNote, kValidation,
  kMinimum, kMaximum, kIdentifier, kBranching, kRequired, kAlignment, kQuestionNumber, kMatrixGroup,
  kMatrixRanking, kAnnotation, kRedcapColumns
};

// As the API names it, and as the web page does.
const char* ApiName(RedcapColumn column);
const char* PageName(RedcapColumn column);

struct RedcapRow {
  size_t row = 0;  // in the file, the header being 1
  std::array<std::string, kRedcapColumns> cells;
  // `row 12 phq9_1, field_label`
  std::string Place(RedcapColumn column) const;
};

// Fields separated by ',', or ';' or a tab where the header says so.
//   INVALID_ARGUMENT TEXT_NOT_UTF8, CSV_MALFORMED, CSV_EMPTY, DICTIONARY_HEADER_UNKNOWN,
//   DICTIONARY_TOO_LARGE (more than 20,000 rows, or a field above kMaxTextBytes)
absl::StatusOr<std::vector<RedcapRow>> ReadRedcapTable(absl::string_view bytes,
                                                       absl::string_view name, Report& report);

}  // namespace reprise::exchange

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_EXCHANGE_REDCAP_TABLE_H_
