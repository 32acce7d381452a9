// SPDX-License-Identifier: Apache-2.0
// One row of a batch table, read cell by cell. Every error names `row N, column C`, N as a text
// editor counts (the header is row 1). Inside a field `;` separates elements; an element without
// text is a missing value, and a field without text has no elements.
#ifndef REPRISE_CLI_OFFLINE_CURVES_BATCH_ROW_H_
#define REPRISE_CLI_OFFLINE_CURVES_BATCH_ROW_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

#include "clients/cli/offline/stats/family.h"
#include "services/platform/text/csv.h"

namespace reprise::cli {

using Cells = std::vector<std::string>;

class CurveRow {
 public:
  // `table` must outlive the row; `file` is said before the row where a table is not the input.
  CurveRow(const text::CsvTable& table, size_t index, absl::string_view file = "");

  // The columns named here must exist (see CheckColumns).
  const std::string& Text(absl::string_view column) const;
  absl::StatusOr<double> Number(absl::string_view column) const;  // NUMBER_MALFORMED
  absl::StatusOr<int64_t> Whole(absl::string_view column) const;  // NUMBER_MALFORMED
  std::vector<std::string> Texts(absl::string_view column) const;
  // NUMBER_MALFORMED at `row N, column C[i]`
  absl::StatusOr<std::vector<std::optional<double>>> Numbers(absl::string_view column) const;
  // Same, and no element may be missing: ELEMENT_MISSING
  absl::StatusOr<std::vector<std::string>> Names(absl::string_view column) const;

  std::string Place(absl::string_view column) const;  // `row 3, column time`
  absl::Status Refuse(absl::string_view column, absl::string_view reason,
                      absl::string_view sentence) const;
  // An engine's error about its argument, told of `column`; what follows a `[` is kept.
  absl::Status In(absl::string_view column, const absl::Status& status) const;

 private:
  const text::CsvTable& table_;
  size_t index_;
  std::string file_;
};

// INVALID_ARGUMENT COLUMN_MISSING for the first of `columns` that the table does not have.
absl::Status CheckColumns(const text::CsvTable& table, absl::Span<const std::string> columns,
                          absl::string_view file = "");

// A family whose rows do not depend on each other or on other files.
Family FamilyOfRows(std::string name, Cells inputs, Cells outputs,
                    std::function<absl::StatusOr<Cells>(const CurveRow&)> answer);

// A cell as it is written: 15 significant digits, empty where there is no value.
std::string Cell(const std::optional<double>& value);
std::string CountCell(int64_t value);
std::string Joined(absl::Span<const std::optional<double>> values);  // with `;`

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_CURVES_BATCH_ROW_H_
