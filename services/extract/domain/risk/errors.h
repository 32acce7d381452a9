// SPDX-License-Identifier: Apache-2.0
// Every failure of the verifier and the risk report. Messages name file, row and column and never
// repeat a cell of the data.
#ifndef REPRISE_EXTRACT_DOMAIN_RISK_ERRORS_H_
#define REPRISE_EXTRACT_DOMAIN_RISK_ERRORS_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace reprise::extract::risk {

// INVALID_ARGUMENT: a file that cannot be read. `reason` is one of DATA_MALFORMED, DATA_EMPTY,
// DATA_ROW_WIDTH, DATA_COLUMN_UNNAMED, DATA_COLUMN_DUPLICATE, DATA_COLUMN_MISSING,
// DATA_VALUE_UNKNOWN, PERSON_VARIES.
absl::Status DataInvalid(absl::string_view reason, absl::string_view file, size_t row,
                         const std::string& sentence);

// INVALID_ARGUMENT HIERARCHY_<what>: EMPTY, WIDTH, VALUE_DUPLICATE, NOT_MONOTONE, LABEL_AMBIGUOUS,
// LABEL_MISSING, MISSING.
absl::Status HierarchyInvalid(absl::string_view what, absl::string_view attribute, size_t row,
                              const std::string& sentence);

// INVALID_ARGUMENT CASE_INVALID at `path` of case.json.
absl::Status CaseInvalid(absl::string_view path, const std::string& sentence);

// INVALID_ARGUMENT SUBSET_INVALID at a row of the subset file.
absl::Status SubsetInvalid(size_t row, const std::string& sentence);

// FAILED_PRECONDITION RELEASE_<rule>: the written file may not be handed out. `rule` is one of
// ROWS_MISSING, ROWS_EXTRA, COLUMN_MISSING, COLUMN_UNKNOWN, COLUMN_WITHHELD, CELL_NOT_GENERAL,
// CELL_CHANGED, PERSON_SPLIT, MODEL_VIOLATED, SUPPRESSION_EXCEEDED; `where` is file:row or a class.
absl::Status ReleaseRejected(absl::string_view rule, const std::string& where,
                             const std::string& sentence);

// INVALID_ARGUMENT OPTION_INVALID.
absl::Status OptionInvalid(absl::string_view option, const std::string& sentence);

}  // namespace reprise::extract::risk

#endif  // REPRISE_EXTRACT_DOMAIN_RISK_ERRORS_H_
