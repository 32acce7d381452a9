// SPDX-License-Identifier: Apache-2.0
#include <uniwidth.h>

#include <algorithm>

#include "absl/strings/str_cat.h"

#include "clients/cli/online/print.h"
#include "services/platform/text/csv.h"

namespace reprise::cli {
namespace {

// Columns of a terminal, not bytes. Control characters were replaced before.
size_t Width(const std::string& text) {
  const int width = ::u8_width(reinterpret_cast<const uint8_t*>(text.data()), text.size(), "UTF-8");
  return width < 0 ? text.size() : static_cast<size_t>(width);
}

// A value may come from anybody; it must neither break a line nor steer the terminal.
std::string Printable(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return text;
}

}  // namespace

std::string PrintTable(const Rows& rows) {
  if (rows.cells.empty()) return "(nothing)\n";
  std::vector<size_t> widths;
  std::vector<bool> used;
  for (size_t c = 0; c < rows.header.size(); ++c) {
    size_t width = Width(rows.header[c]);
    bool any = false;
    for (const auto& row : rows.cells) {
      width = std::max(width, Width(Printable(row[c])));
      any = any || !row[c].empty();
    }
    widths.push_back(width);
    used.push_back(any);
  }
  std::string out;
  const auto line = [&](const std::vector<std::string>& cells) {
    std::string text;
    bool first = true;
    for (size_t c = 0; c < cells.size(); ++c) {
      if (!used[c]) continue;
      if (!first) text += "  ";
      first = false;
      const std::string cell = Printable(cells[c]);
      absl::StrAppend(&text, cell, std::string(widths[c] - std::min(widths[c], Width(cell)), ' '));
    }
    while (!text.empty() && text.back() == ' ') text.pop_back();
    absl::StrAppend(&out, text, "\n");
  };
  line(rows.header);
  for (const auto& row : rows.cells) line(row);
  return out;
}

std::string PrintCsv(const Rows& rows) {
  std::string csv = text::FormatCsvRow(rows.header);
  for (const auto& row : rows.cells) csv += text::FormatCsvRow(row);
  return csv;
}

}  // namespace reprise::cli
