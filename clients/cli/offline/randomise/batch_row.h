// SPDX-License-Identifier: Apache-2.0
// One row of a `stats batch` file, read cell by cell; every error names `row N, column`, N as a
// spreadsheet counts (the header is row 1).
#ifndef REPRISE_CLI_OFFLINE_RANDOMISE_BATCH_ROW_H_
#define REPRISE_CLI_OFFLINE_RANDOMISE_BATCH_ROW_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "services/platform/text/csv.h"

namespace reprise::cli {

class RandomiseRow {
 public:
  // `table` must outlive the row; `index` counts its rows from 0.
  RandomiseRow(const text::CsvTable& table, size_t index) : table_(table), index_(index) {}

  // INVALID_ARGUMENT COLUMN_MISSING where the file has no such column.
  absl::StatusOr<absl::string_view> Cell(absl::string_view column) const;
  absl::StatusOr<int64_t> Whole(absl::string_view column, int64_t low, int64_t high) const;
  absl::StatusOr<double> Number(absl::string_view column) const;
  // Separated by semicolons; an empty cell is an empty vector.
  absl::StatusOr<std::vector<int>> WholeVector(absl::string_view column) const;
  absl::StatusOr<std::vector<double>> NumberVector(absl::string_view column) const;
  // An INVALID_ARGUMENT where the cell is not empty.
  absl::Status RequireEmpty(absl::string_view column, absl::string_view why) const;

  absl::Status Fault(absl::string_view column, absl::string_view sentence) const;
  // An engine's refusal, its field renamed to the column that holds it.
  absl::Status Translate(const absl::Status& status) const;

 private:
  std::string Path(absl::string_view column) const;

  const text::CsvTable& table_;
  size_t index_;
};

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_RANDOMISE_BATCH_ROW_H_
