// SPDX-License-Identifier: Apache-2.0
// A curve between 0 and 1 as a few lines of text, with the numbers at risk beneath. Where few are
// left the curve is drawn with `:` instead of `#`.
#ifndef REPRISE_CLI_OFFLINE_CURVES_TEXT_PLOT_H_
#define REPRISE_CLI_OFFLINE_CURVES_TEXT_PLOT_H_

#include <cstdint>
#include <functional>
#include <string>

namespace reprise::cli {

// Fewer at risk than this, and a curve says little.
inline constexpr int64_t kFewAtRisk = 10;

struct PlotPoint {
  double height = 0;  // 0 to 1
  int64_t at_risk = 0;
};

// Days 0 to `last` from left to right; `at` gives the curve on any of them.
std::string TextPlot(double last, const std::function<PlotPoint(double day)>& at);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_CURVES_TEXT_PLOT_H_
