// SPDX-License-Identifier: Apache-2.0
// One input row of a batch family, read by column name with every faulty cell remembered, and the
// step from a function of one row to a Family. Elements of a vector are separated by `;`.
//   absl::StatusOr<Answer> Rate(BatchRow& row) {
//     const int64_t events = row.Whole("events");
//     REPRISE_RETURN_IF_ERROR(row.ToStatus()); …
#ifndef REPRISE_CLI_OFFLINE_STATS_BATCH_ROW_H_
#define REPRISE_CLI_OFFLINE_STATS_BATCH_ROW_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "clients/cli/offline/stats/family.h"
#include "services/platform/error/error.h"
#include "services/platform/text/csv.h"

namespace reprise::cli {

// Not thread-safe; `table` must outlive it.
class BatchRow {
 public:
  BatchRow(const text::CsvTable& table, size_t row) : table_(table), row_(row) {}

  // The cell; a missing column or an empty cell is a violation CELL_EMPTY and reads as "".
  const std::string& Text(absl::string_view column);
  // The cell as a number; 0 and a violation (NUMBER_MALFORMED) where it is none.
  double Number(absl::string_view column);
  int64_t Whole(absl::string_view column);
  std::vector<std::string> Texts(absl::string_view column);
  std::vector<double> Numbers(absl::string_view column);
  std::vector<int64_t> Wholes(absl::string_view column);

  // OK, or INVALID_ARGUMENT with the violations so far; paths are column names.
  absl::Status ToStatus() const;

 private:
  const text::CsvTable& table_;
  size_t row_;
  std::vector<error::Violation> violations_;
};

// What a family function answers: one cell an output column, empty where not computable.
using Cells = std::vector<std::string>;
std::string CellOf(std::optional<double> value);
std::string CountCell(std::optional<int64_t> value);

// Runs `answer` for each row; faults of up to twenty cells come back together, each path turned
// from `column` into `row N, column` (header = row 1).
std::function<absl::StatusOr<std::vector<Cells>>(const text::CsvTable&, const BatchOptions&)>
ForEachRow(std::function<absl::StatusOr<Cells>(BatchRow& row)> answer);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_STATS_BATCH_ROW_H_
