// SPDX-License-Identifier: Apache-2.0
// `reprise stats curve`: what a person reads about one endpoint of one dataset. Aalen-Johansen is
// the headline; Kaplan-Meier stands below it, labelled for what it is. Estimates with intervals, no
// test. Arms are shown only when asked for, so that who must stay blind stays blind.
#ifndef REPRISE_CLI_OFFLINE_CURVES_CURVE_REPORT_H_
#define REPRISE_CLI_OFFLINE_CURVES_CURVE_REPORT_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "services/platform/text/csv.h"

namespace reprise::cli {

struct CurveQuestion {
  std::string dataset;  // may be left empty where the table has only one
  std::string endpoint = "srtw50_28";
  bool by_arm = false;               // one curve an arm instead of one of everybody
  std::vector<double> times;         // days of the tables; empty: six even steps
  std::string interval = "log-log";  // of Kaplan-Meier: plain, log, log-log
  std::optional<double> tau;         // adds the restricted mean to this day
};

// INVALID_ARGUMENT of ReadCohorts, and DATASET_UNKNOWN, ENDPOINT_UNKNOWN, INTERVAL_UNKNOWN,
// TIME_NEGATIVE, HORIZON_INVALID, HORIZON_TOO_FAR; each names its option.
absl::StatusOr<std::string> CurveReport(const text::CsvTable& derived,
                                        const CurveQuestion& question);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_CURVES_CURVE_REPORT_H_
