// SPDX-License-Identifier: Apache-2.0
// Writes a table as a CSV file.
#ifndef REPRISE_CLI_OFFLINE_ENDPOINT_TABLE_FILE_H_
#define REPRISE_CLI_OFFLINE_ENDPOINT_TABLE_FILE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"

#include "clients/cli/files.h"
#include "services/platform/text/csv.h"

namespace reprise::cli {

// The errors of WriteFile; "-" writes standard output.
inline absl::Status WriteTable(const std::string& path, const text::CsvTable& table) {
  std::string bytes = text::FormatCsvRow(table.header);
  for (const std::vector<std::string>& row : table.rows) bytes += text::FormatCsvRow(row);
  return WriteFile(path, bytes);
}

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_ENDPOINT_TABLE_FILE_H_
