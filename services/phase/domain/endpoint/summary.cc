// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/endpoint/summary.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace reprise::endpoint {
namespace {

// `sorted` holds at least one value.
double Quantile(const std::vector<double>& sorted, double share) {
  const double position = share * static_cast<double>(sorted.size() - 1);
  const size_t below = static_cast<size_t>(position);
  const size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (position - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

}  // namespace

Summary Summarise(std::vector<double> values) {
  Summary summary{.n = static_cast<int>(values.size()), .mean = {}, .sd = {}, .min = {}, .q25 = {},
                  .median = {}, .q75 = {}, .max = {}};
  if (values.empty()) return summary;
  std::sort(values.begin(), values.end());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / summary.n;
  summary.mean = mean;
  if (summary.n > 1) {
    double squares = 0;
    for (const double value : values) squares += (value - mean) * (value - mean);
    summary.sd = std::sqrt(squares / (summary.n - 1));
  }
  summary.min = values.front();
  summary.q25 = Quantile(values, 0.25);
  summary.median = Quantile(values, 0.5);
  summary.q75 = Quantile(values, 0.75);
  summary.max = values.back();
  return summary;
}

std::optional<double> Statistic(const Summary& summary, absl::string_view name, bool& known) {
  known = true;
  if (name == "n") return summary.n;
  if (name == "mean") return summary.mean;
  if (name == "sd") return summary.sd;
  if (name == "min") return summary.min;
  if (name == "q25") return summary.q25;
  if (name == "median") return summary.median;
  if (name == "q75") return summary.q75;
  if (name == "max") return summary.max;
  known = false;
  return std::nullopt;
}

}  // namespace reprise::endpoint
