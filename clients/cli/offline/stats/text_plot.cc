// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/stats/text_plot.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace reprise::cli {

std::string Percent(double share) {
  const double percent = 100 * share;
  if (percent != 0 && std::abs(percent) < 0.001) return "< 0.001 %";
  if (percent != 0 && std::abs(percent) < 0.1) return absl::StrFormat("%.2g %%", percent);
  if (percent < 100 && percent > 99.9) return absl::StrFormat("%.3f %%", percent);
  return absl::StrFormat("%.1f %%", percent);
}

std::string Short(double value) {
  const bool plain = value == 0 || (std::abs(value) >= 1e-3 && std::abs(value) < 1e9);
  if (plain && std::abs(value) >= 1000) return absl::StrFormat("%.0f", value);
  return absl::StrFormat("%.4g", value);
}

std::string Table(const std::vector<std::vector<std::string>>& rows, bool left_last) {
  std::vector<size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()), 0);
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string text;
  for (size_t r = 0; r < rows.size(); ++r) {
    std::string line;
    for (size_t i = 0; i < rows[r].size(); ++i) {
      const std::string blanks(widths[i] - rows[r][i].size(), ' ');
      const bool left = i == 0 || (left_last && i + 1 == widths.size());
      absl::StrAppend(&line, i == 0 ? "" : "  ", left ? rows[r][i] : blanks,
                      left ? blanks : rows[r][i]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    absl::StrAppend(&text, line, "\n");
    if (r > 0) continue;
    size_t total = 2 * (widths.size() - 1);
    for (const size_t width : widths) total += width;
    absl::StrAppend(&text, std::string(std::min<size_t>(total, 80), '-'), "\n");
  }
  return text;
}

std::string Bar(double share, int width, char mark) {
  const double marks = std::round(std::clamp(share, 0.0, 1.0) * width);
  return std::string(static_cast<size_t>(marks), mark);
}

std::string IntervalLine(double lower, double estimate, double upper, double from, double to,
                         int width) {
  const auto at = [&](double value) {
    const double share = to > from ? (value - from) / (to - from) : 0.5;
    return static_cast<size_t>(std::round(std::clamp(share, 0.0, 1.0) * (width - 1)));
  };
  std::string line(static_cast<size_t>(width), ' ');
  for (size_t i = at(lower); i <= at(upper); ++i) line[i] = '-';
  line[at(lower)] = '[';
  line[at(upper)] = ']';
  line[at(estimate)] = '*';
  return line;
}

}  // namespace reprise::cli
