// SPDX-License-Identifier: Apache-2.0
// `reprise stats batch`: a family's input columns in, the same columns with the outputs beside them
// out. Pure: bytes to bytes; the verb reads and writes the files.
#ifndef REPRISE_CLI_OFFLINE_STATS_BATCH_H_
#define REPRISE_CLI_OFFLINE_STATS_BATCH_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "clients/cli/offline/stats/family.h"

namespace reprise::cli {

// Every family served, by name.
std::vector<Family> AllFamilies();

// OK where `name` is served; NOT_FOUND FAMILY_UNKNOWN otherwise, listing the known ones.
absl::Status CheckFamily(const std::vector<Family>& families, absl::string_view name);

// The family's input columns (in its own order) and output columns, one row an input row.
//   NOT_FOUND FAMILY_UNKNOWN
//   INVALID_ARGUMENT COLUMN_MISSING, those of ParseCsv, and the family's own with row and column
absl::StatusOr<std::string> RunBatch(const std::vector<Family>& families, absl::string_view name,
                                     absl::string_view csv, absl::string_view file_name,
                                     const BatchOptions& options);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_STATS_BATCH_H_
