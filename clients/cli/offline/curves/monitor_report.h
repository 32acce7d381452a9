// SPDX-License-Identifier: Apache-2.0
// `reprise stats monitor`: measurements of a table by centre. Each centre against the rest, last
// digits, correlation within centres, and rows that are unusual taken together. All p-values of a
// run are adjusted together (Benjamini-Hochberg); the outcome is a list to review, no accusation.
#ifndef REPRISE_CLI_OFFLINE_CURVES_MONITOR_REPORT_H_
#define REPRISE_CLI_OFFLINE_CURVES_MONITOR_REPORT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "services/platform/text/csv.h"

namespace reprise::cli {

struct MonitorQuestion {
  std::string centre = "centre";    // column of the centre
  std::vector<std::string> values;  // columns of the measurements; an empty cell is missing
  double limit = 0.05;              // adjusted p at or below this is listed for review
};

// INVALID_ARGUMENT COLUMN_MISSING, NUMBER_MALFORMED, CENTRE_MISSING at `row N, column C`;
// LIMIT_INVALID, VALUES_MISSING at the option.
absl::StatusOr<std::string> MonitorReport(const text::CsvTable& table,
                                          const MonitorQuestion& question);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_CURVES_MONITOR_REPORT_H_
