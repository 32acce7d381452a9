// SPDX-License-Identifier: Apache-2.0
// CSV as the whole house reads and writes it (RFC 4180, libcsv underneath): UTF-8 is checked, a
// byte order mark is skipped, and each error names file, row and column (1-based, header = row 1).
#ifndef REPRISE_PLATFORM_TEXT_CSV_H_
#define REPRISE_PLATFORM_TEXT_CSV_H_

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace reprise::text {

struct CsvTable {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;  // each as wide as the header

  // Column of `name`, or -1.
  int Column(absl::string_view name) const;
};

// Calls `row` for every record in order, the header included; `fields` is valid during the call.
// Stops at the first failed status and returns it. Blank lines are skipped.
//   INVALID_ARGUMENT TEXT_NOT_UTF8, CSV_MALFORMED (quotes, or a field over 1 MiB)
absl::Status ForEachCsvRow(
    absl::string_view bytes, char delimiter, absl::string_view file_name,
    const std::function<absl::Status(size_t row, absl::Span<const absl::string_view> fields)>& row);

// The whole file, with a header of unique, non-empty names and rows of its width:
//   INVALID_ARGUMENT also CSV_EMPTY, CSV_COLUMN_DUPLICATE, CSV_COLUMN_UNNAMED, CSV_ROW_WIDTH
absl::StatusOr<CsvTable> ParseCsv(absl::string_view bytes, absl::string_view file_name,
                                  char delimiter = ',');

// One record with its LF; a field is quoted only where it must be.
std::string FormatCsvRow(absl::Span<const std::string> fields, char delimiter = ',');

}  // namespace reprise::text

#endif  // REPRISE_PLATFORM_TEXT_CSV_H_
