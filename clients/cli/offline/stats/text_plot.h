// SPDX-License-Identifier: Apache-2.0
// Plain-text tables, bars and interval lines for a terminal of 80 columns; ASCII only.
#ifndef REPRISE_CLI_OFFLINE_STATS_TEXT_PLOT_H_
#define REPRISE_CLI_OFFLINE_STATS_TEXT_PLOT_H_

#include <string>
#include <vector>

namespace reprise::cli {

// "70.0 %"; small shares keep a meaningful digit: "0.035 %", "< 0.001 %".
std::string Percent(double share);
// Four significant digits, without exponent where it can be.
std::string Short(double value);

// Columns two blanks apart, the first to the left, the others to the right (`left_last`: the last
// one to the left too, for bars). The first row is underlined.
std::string Table(const std::vector<std::vector<std::string>>& rows, bool left_last = false);

// `share` (0..1) of `width` as `mark`s.
std::string Bar(double share, int width = 40, char mark = '#');

// "      [-----*----]       ": lower, estimate and upper on the scale `from`..`to`.
std::string IntervalLine(double lower, double estimate, double upper, double from, double to,
                         int width = 50);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_STATS_TEXT_PLOT_H_
