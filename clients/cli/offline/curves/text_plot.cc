// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/curves/text_plot.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace reprise::cli {
namespace {

constexpr int kWidth = 61;
constexpr int kHeight = 11;
constexpr int kTickEvery = 12;
constexpr char kMargin[] = "         ";

// A line of numbers, each centred under its tick.
std::string TickLine(const char* label, const std::function<std::string(int column)>& text) {
  std::string line(sizeof kMargin - 1 + kWidth + 8, ' ');
  line.replace(0, std::string(label).size(), label);
  for (int column = 0; column < kWidth; column += kTickEvery) {
    const std::string number = text(column);
    const size_t at = sizeof kMargin - 1 + static_cast<size_t>(column) - (number.size() - 1) / 2;
    line.replace(at, number.size(), number);
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

}  // namespace

std::string TextPlot(double last, const std::function<PlotPoint(double day)>& at) {
  std::vector<std::string> lines(kHeight, std::string(kWidth, ' '));
  const auto day = [last](int column) { return last * column / (kWidth - 1); };
  int before = 0;
  for (int column = 0; column < kWidth; ++column) {
    const PlotPoint point = at(day(column));
    const int level =
        std::clamp(static_cast<int>(std::lround(point.height * (kHeight - 1))), 0, kHeight - 1);
    // A jump is drawn as a wall, so that the curve stays in one piece.
    const auto [low, high] = std::minmax(column == 0 ? level : before, level);
    for (int row = low; row <= high; ++row) {
      lines[static_cast<size_t>(row)][static_cast<size_t>(column)] =
          point.at_risk < kFewAtRisk ? ':' : '#';
    }
    before = level;
  }
  std::string text;
  for (int row = kHeight - 1; row >= 0; --row) {
    std::string line = absl::StrFormat("%6.1f | ", row / 10.0) + lines[static_cast<size_t>(row)];
    line.erase(line.find_last_not_of(' ') + 1);
    absl::StrAppend(&text, line, "\n");
  }
  absl::StrAppend(&text, "       +", std::string(kWidth + 1, '-'), "\n");
  text += TickLine("day", [&](int column) { return absl::StrFormat("%.0f", day(column)); });
  text += TickLine("at risk", [&](int column) { return absl::StrCat(at(day(column)).at_risk); });
  return text;
}

}  // namespace reprise::cli
