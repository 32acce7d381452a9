// SPDX-License-Identifier: Apache-2.0
// Reads typed cells of a CSV table and gathers what is wrong, each fault with file, row and column
// (`episodes.csv:12, end_day`; the header is row 1). At most kMaxFaults are kept.
#ifndef REPRISE_CLI_OFFLINE_ENDPOINT_ROW_READER_H_
#define REPRISE_CLI_OFFLINE_ENDPOINT_ROW_READER_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/span.h"

#include "services/platform/error/error.h"
#include "services/platform/text/csv.h"

namespace reprise::cli {

class RowReader {
 public:
  static constexpr size_t kMaxFaults = 50;

  // `table` must outlive the reader.
  RowReader(const text::CsvTable& table, std::string file)
      : table_(table), file_(std::move(file)) {}

  // INVALID_ARGUMENT COLUMN_MISSING naming every column that is not there.
  absl::Status Require(absl::Span<const char* const> columns) const;

  // Cells by row position (0 is the first data row) and column; "" where the column is not there.
  const std::string& Text(size_t row, int column) const;
  // Null where the cell is empty or faulty; an empty cell is a fault only where `required`.
  std::optional<int> Integer(size_t row, int column, bool required);
  std::optional<double> Number(size_t row, int column, bool required);
  std::optional<absl::CivilDay> Date(size_t row, int column, bool required);
  std::optional<bool> YesNo(size_t row, int column);

  void Fault(size_t row, absl::string_view column, absl::string_view reason,
             absl::string_view message);
  // Where a fault stands: `file:row, column`.
  std::string Place(size_t row, absl::string_view column) const;

  size_t FaultCount() const { return faults_.size(); }
  bool Full() const { return faults_.size() >= kMaxFaults; }
  // OK, or INVALID_ARGUMENT TABLE_INVALID with every fault kept.
  absl::Status Finish() const;

 private:
  const std::string& Name(int column) const { return table_.header[column]; }
  bool Empty(size_t row, int column, bool required);

  const text::CsvTable& table_;
  const std::string file_;
  std::vector<error::Violation> faults_;
};

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_ENDPOINT_ROW_READER_H_
