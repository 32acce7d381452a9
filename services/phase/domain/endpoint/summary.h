// SPDX-License-Identifier: Apache-2.0
// Describes a derived value over a group of participants, as rtw_absence_summary.csv does.
#ifndef REPRISE_PHASE_DOMAIN_ENDPOINT_SUMMARY_H_
#define REPRISE_PHASE_DOMAIN_ENDPOINT_SUMMARY_H_

#include <optional>
#include <vector>

#include "absl/strings/string_view.h"

namespace reprise::endpoint {

// Null where the statistic is not computable: all but n of no values, sd of one.
struct Summary {
  int n = 0;
  std::optional<double> mean, sd, min, q25, median, q75, max;
};

// sd divides by n - 1; quartiles interpolate linearly between order statistics (Hyndman and Fan
// type 7, the default of R).
Summary Summarise(std::vector<double> values);

// By name: "n", "mean", "sd", "min", "q25", "median", "q75", "max". Sets `known` to whether the
// name is one of them.
std::optional<double> Statistic(const Summary& summary, absl::string_view name, bool& known);

}  // namespace reprise::endpoint

#endif  // REPRISE_PHASE_DOMAIN_ENDPOINT_SUMMARY_H_
