// SPDX-License-Identifier: Apache-2.0
// Every failure of the anonymisation engine, each with a stable reason. Rows and columns are
// 1-based, the header is row 1. Values of the data are never repeated; labels of hierarchies and
// names are.
#ifndef REPRISE_EXTRACT_DOMAIN_ANONYMISATION_ERRORS_H_
#define REPRISE_EXTRACT_DOMAIN_ANONYMISATION_ERRORS_H_

#include <cstddef>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace reprise::extract::anonymisation {

// Where a fault stands in a file; column 0 means the whole row, row 0 the whole file.
struct Place {
  absl::string_view file;
  size_t row = 0;
  size_t column = 0;
};

// INVALID_ARGUMENT, all with file, row and column as metadata.
absl::Status FileEmptyError(absl::string_view file);
absl::Status QuoteError(const Place& place);                                    // CSV_QUOTED
absl::Status RowWidthError(const Place& place, size_t found, size_t expected);  // CSV_ROW_WIDTH
absl::Status ColumnDuplicateError(const Place& place,
                                  absl::string_view name);  // CSV_COLUMN_DUPLICATE
absl::Status ColumnUnnamedError(const Place& place);        // CSV_COLUMN_UNNAMED
absl::Status NoRowsError(absl::string_view file);           // DATA_WITHOUT_ROWS
absl::Status ValueNotInHierarchyError(const Place& place, absl::string_view attribute);
absl::Status ColumnMissingError(absl::string_view file, absl::string_view name);  // COLUMN_MISSING
absl::Status PersonRowsDifferError(const Place& place, absl::string_view attribute);

// INVALID_ARGUMENT HIERARCHY_*.
absl::Status HierarchyValueTwiceError(const Place& place, absl::string_view value);
absl::Status HierarchySplitError(const Place& place,
                                 absl::string_view label);        // HIERARCHY_NOT_MONOTONE
absl::Status HierarchyNoTopError(const Place& place);             // HIERARCHY_NOT_TOTAL
absl::Status HierarchyTooLargeError(const Place& place);          // HIERARCHY_TOO_LARGE
absl::Status HierarchyMissingError(absl::string_view attribute);  // HIERARCHY_MISSING
absl::Status HierarchyStepsError(absl::string_view attribute, absl::string_view message);

// INVALID_ARGUMENT CASE_*, at a path of case.json.
absl::Status CaseError(absl::string_view path, absl::string_view message);
// INVALID_ARGUMENT SUBSET_INVALID, at a line of the file.
absl::Status SubsetError(const Place& place, absl::string_view message);

// FAILED_PRECONDITION.
absl::Status NothingReleasableError(absl::string_view why);  // NOTHING_RELEASABLE
absl::Status MethodUnsuitedError(absl::string_view method,
                                 absl::string_view why);  // METHOD_UNSUITED

}  // namespace reprise::extract::anonymisation

#endif  // REPRISE_EXTRACT_DOMAIN_ANONYMISATION_ERRORS_H_
