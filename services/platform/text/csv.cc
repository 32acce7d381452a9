// SPDX-License-Identifier: Apache-2.0
#include "services/platform/text/csv.h"

#include <csv.h>

#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"
#include "services/platform/status.h"
#include "services/platform/text/utf8.h"

namespace reprise::text {
namespace {

constexpr size_t kMaxFieldBytes = size_t{1} << 20;

absl::Status Malformed(absl::string_view reason, absl::string_view file, size_t row,
                       const std::string& what) {
  return error::InvalidField(absl::StrCat(file, ":", row), reason, what);
}

// Gathers one record at a time; libcsv owns the field's bytes only during its callback.
struct Reading {
  const std::function<absl::Status(size_t, absl::Span<const absl::string_view>)>& row;
  absl::string_view file;
  size_t row_number = 0;
  std::string bytes;
  std::vector<size_t> ends;
  std::vector<absl::string_view> fields;
  absl::Status status;
};

void OnField(void* data, size_t size, void* state) {
  Reading& reading = *static_cast<Reading*>(state);
  if (!reading.status.ok()) return;
  if (size > kMaxFieldBytes) {
    reading.status = Malformed("CSV_MALFORMED", reading.file, reading.row_number + 1,
                               "A field is longer than 1 MiB.");
    return;
  }
  reading.bytes.append(static_cast<const char*>(data), size);
  reading.ends.push_back(reading.bytes.size());
}

void OnRow(int, void* state) {
  Reading& reading = *static_cast<Reading*>(state);
  ++reading.row_number;
  if (!reading.status.ok()) return;
  reading.fields.clear();
  size_t start = 0;
  for (const size_t end : reading.ends) {
    reading.fields.push_back(absl::string_view(reading.bytes).substr(start, end - start));
    start = end;
  }
  reading.status = reading.row(reading.row_number, reading.fields);
  reading.bytes.clear();
  reading.ends.clear();
}

absl::Status CheckHeader(const std::vector<std::string>& header, absl::string_view file) {
  std::set<absl::string_view> seen;
  for (size_t i = 0; i < header.size(); ++i) {
    if (header[i].empty()) {
      return Malformed("CSV_COLUMN_UNNAMED", file, 1, absl::StrCat("Column ", i + 1, " has no name."));
    }
    if (!seen.insert(header[i]).second) {
      return Malformed("CSV_COLUMN_DUPLICATE", file, 1,
                       absl::StrCat("Column ", i + 1, " repeats the name '", header[i], "'."));
    }
  }
  return absl::OkStatus();
}

}  // namespace

int CsvTable::Column(absl::string_view name) const {
  const auto at = std::find(header.begin(), header.end(), name);
  return at == header.end() ? -1 : static_cast<int>(at - header.begin());
}

absl::Status ForEachCsvRow(
    absl::string_view bytes, char delimiter, absl::string_view file_name,
    const std::function<absl::Status(size_t, absl::Span<const absl::string_view>)>& row) {
  REPRISE_RETURN_IF_ERROR(CheckUtf8(bytes, file_name));
  if (bytes.substr(0, 3) == "\xEF\xBB\xBF") bytes.remove_prefix(3);
  Reading reading{.row = row, .file = file_name, .bytes = {}, .ends = {}, .fields = {}, .status = {}};
  csv_parser parser;
  REPRISE_CHECK(csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) == 0);
  const std::unique_ptr<csv_parser, void (*)(csv_parser*)> owner(&parser, &csv_free);
  csv_set_delim(&parser, static_cast<unsigned char>(delimiter));
  // libcsv trims blanks around unquoted fields unless told that nothing is a blank.
  csv_set_space_func(&parser, [](unsigned char) { return 0; });
  // In slices, so that a failed row ends the reading early.
  constexpr size_t kSliceBytes = size_t{1} << 16;
  for (size_t at = 0; at < bytes.size(); at += kSliceBytes) {
    const absl::string_view slice = bytes.substr(at, kSliceBytes);
    const bool parsed = csv_parse(&parser, slice.data(), slice.size(), &OnField, &OnRow,
                                  &reading) == slice.size();
    REPRISE_RETURN_IF_ERROR(reading.status);
    if (!parsed) {
      return Malformed("CSV_MALFORMED", file_name, reading.row_number + 1,
                       absl::StrCat("Column ", reading.ends.size() + 1,
                                    " holds a quote that is neither doubled nor around the field."));
    }
  }
  if (csv_fini(&parser, &OnField, &OnRow, &reading) != 0) {
    return Malformed("CSV_MALFORMED", file_name, reading.row_number + 1,
                     "The file ends inside a quoted field.");
  }
  return reading.status;
}

absl::StatusOr<CsvTable> ParseCsv(absl::string_view bytes, absl::string_view file_name,
                                  char delimiter) {
  CsvTable table;
  REPRISE_RETURN_IF_ERROR(ForEachCsvRow(
      bytes, delimiter, file_name,
      [&](size_t row, absl::Span<const absl::string_view> fields) -> absl::Status {
        std::vector<std::string> cells(fields.begin(), fields.end());
        if (table.header.empty()) {
          table.header = std::move(cells);
          return CheckHeader(table.header, file_name);
        }
        if (cells.size() != table.header.size()) {
          return Malformed("CSV_ROW_WIDTH", file_name, row,
                           absl::StrCat("The row has ", cells.size(), " fields, the header ",
                                        table.header.size(), "."));
        }
        table.rows.push_back(std::move(cells));
        return absl::OkStatus();
      }));
  if (table.header.empty()) {
    return Malformed("CSV_EMPTY", file_name, 1, "The file has no header row.");
  }
  return table;
}

std::string FormatCsvRow(absl::Span<const std::string> fields, char delimiter) {
  std::string line;
  const std::string needs_quotes = std::string("\"\r\n") + delimiter;
  for (size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) line += delimiter;
    const std::string& field = fields[i];
    if (field.find_first_of(needs_quotes) == std::string::npos) {
      line += field;
      continue;
    }
    const size_t start = line.size();
    line.resize(start + 2 * field.size() + 2);  // the most that quoting can need
    line.resize(start + csv_write(line.data() + start, line.size() - start, field.data(),
                                  field.size()));
  }
  line += '\n';
  return line;
}

}  // namespace reprise::text
