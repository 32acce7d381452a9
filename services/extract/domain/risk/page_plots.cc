// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/risk/page_plots.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"

namespace reprise::extract::risk {
namespace {

// Horizontal bars: a label on the left, the bar, its figure at the end. Widths in viewBox units.
constexpr double kWidth = 640, kLabelWidth = 190, kFigureWidth = 205, kRow = 30, kBar = 18;

struct Bar {
  std::string label, figure, kind;
  double share = 0;  // of the longest possible bar
};

// At most `most` characters (code points), so that long names stay inside the picture.
std::string Shorten(const std::string& text, size_t most) {
  size_t characters = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) == 0x80) continue;
    if (++characters > most) return absl::StrCat(text.substr(0, i), "…");
  }
  return text;
}

std::string Bars(const std::string& caption, const std::vector<Bar>& bars) {
  const double room = kWidth - kLabelWidth - kFigureWidth;
  const double height = kRow * static_cast<double>(bars.size()) + 6;
  std::string svg = absl::StrFormat(
      "<figure><figcaption>%s</figcaption>\n<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" "
      "aria-label=\"%s\">\n",
      Escape(caption), kWidth, height, Escape(caption));
  absl::StrAppendFormat(&svg,
                        "<line class=\"axis\" x1=\"%.0f\" y1=\"0\" x2=\"%.0f\" y2=\"%.0f\"/>\n",
                        kLabelWidth, kLabelWidth, height);
  for (size_t i = 0; i < bars.size(); ++i) {
    const double top = kRow * static_cast<double>(i) + 6;
    const double width =
        std::max(bars[i].share > 0 ? 1.0 : 0.0, room * std::min(1.0, bars[i].share));
    absl::StrAppendFormat(&svg, "<text class=\"label\" x=\"%.0f\" y=\"%.1f\">%s</text>",
                          kLabelWidth - 8, top + kBar - 4, Escape(Shorten(bars[i].label, 16)));
    absl::StrAppendFormat(
        &svg, "<rect class=\"%s\" x=\"%.0f\" y=\"%.1f\" width=\"%.1f\" height=\"%.0f\"/>",
        bars[i].kind, kLabelWidth, top, width, kBar);
    absl::StrAppendFormat(&svg, "<text class=\"figure\" x=\"%.1f\" y=\"%.1f\">%s</text>\n",
                          kLabelWidth + width + 8, top + kBar - 4, Escape(bars[i].figure));
  }
  return svg + "</svg></figure>\n";
}

// Lower ends of the bins; the threshold is always one of them.
std::vector<uint32_t> BinStarts(uint32_t threshold) {
  std::vector<uint32_t> starts = {1, 2, 3, 5, 11, 20, 50, 100, 1000};
  if (std::find(starts.begin(), starts.end(), threshold) == starts.end())
    starts.push_back(threshold);
  std::sort(starts.begin(), starts.end());
  return starts;
}

}  // namespace

std::string Escape(absl::string_view text) {
  return absl::StrReplaceAll(
      text, {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}, {"'", "&#39;"}});
}

std::string Grid(const Row& head, const std::vector<Row>& rows) {
  std::string html = "<div class=\"scroll\"><table><thead><tr>";
  for (const std::string& cell : head) absl::StrAppend(&html, "<th scope=\"col\">", cell, "</th>");
  absl::StrAppend(&html, "</tr></thead><tbody>\n");
  for (const Row& row : rows) {
    absl::StrAppend(&html, "<tr>");
    for (const std::string& cell : row) absl::StrAppend(&html, "<td>", cell, "</td>");
    absl::StrAppend(&html, "</tr>\n");
  }
  return html + "</tbody></table></div>\n";
}

std::string SizePlot(const RiskReport& report, Language language) {
  const Texts& texts = TextsFor(language);
  const std::vector<uint32_t> starts = BinStarts(report.threshold);
  std::vector<uint64_t> persons(starts.size(), 0);
  uint64_t most = 1, all = 0;
  size_t last = 0;
  for (const auto& [size, classes] : report.figures.class_size_histogram) {
    const size_t bin =
        static_cast<size_t>(std::upper_bound(starts.begin(), starts.end(), size) - starts.begin()) -
        1;
    persons[bin] += uint64_t{size} * classes;
    all += uint64_t{size} * classes;
    most = std::max(most, persons[bin]);
    last = std::max(last, bin);
  }
  std::vector<Bar> bars;
  for (size_t i = 0; i <= last; ++i) {
    std::string label = Whole(starts[i], language);
    if (i + 1 == starts.size()) {
      label = Fill(texts.sizes_safe, {label});
    } else if (starts[i + 1] - starts[i] > 1) {
      label = absl::StrCat(label, "–", Whole(starts[i + 1] - 1, language));
    }
    const double share = all > 0 ? static_cast<double>(persons[i]) / static_cast<double>(all) : 0;
    bars.push_back(
        {.label = label,
         .figure = absl::StrCat(Whole(persons[i], language), " (", Percent(share, language), ")"),
         .kind = LargeEnough(starts[i], report.threshold) ? "safe" : "small",
         .share = static_cast<double>(persons[i]) / static_cast<double>(most)});
  }
  const std::string legend = absl::StrCat(
      "<p class=\"legend\">", Escape(texts.sizes_axis), " <span class=\"key small\"></span>",
      Escape(Fill(texts.sizes_small, {Whole(report.threshold, language)})),
      " <span class=\"key safe\"></span>",
      Escape(Fill(texts.sizes_safe, {Whole(report.threshold, language)})), "</p>\n");
  return Bars(texts.sizes_caption, bars) + legend;
}

std::string LossPlot(const RiskReport& report, Language language) {
  std::vector<Bar> bars;
  for (const auto& [name, loss] : report.loss->per_qi_loss) {
    bars.push_back(
        {.label = name, .figure = Decimal(loss, 3, language), .kind = "loss", .share = loss});
  }
  return Bars(TextsFor(language).loss_caption, bars);
}

}  // namespace reprise::extract::risk
