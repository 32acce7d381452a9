// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/endpoint/row_reader.h"

#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"

#include "services/platform/text/number.h"
#include "services/platform/time/clock.h"

namespace reprise::cli {

absl::Status RowReader::Require(absl::Span<const char* const> columns) const {
  std::vector<error::Violation> missing;
  for (const char* column : columns) {
    if (table_.Column(column) >= 0) continue;
    missing.push_back({.path = absl::StrCat(file_, ":1, ", column), .reason = "COLUMN_MISSING",
                       .message = absl::StrCat("The column '", column, "' is missing.")});
  }
  if (missing.empty()) return absl::OkStatus();
  return error::Invalid("COLUMN_MISSING", absl::StrCat("The file ", file_, " lacks a column."),
                        missing);
}

const std::string& RowReader::Text(size_t row, int column) const {
  static const std::string& empty = *new std::string;
  return column < 0 ? empty : table_.rows[row][column];
}

bool RowReader::Empty(size_t row, int column, bool required) {
  if (!Text(row, column).empty()) return false;
  if (required) Fault(row, Name(column), "VALUE_MISSING", "A value is required.");
  return true;
}

std::optional<int> RowReader::Integer(size_t row, int column, bool required) {
  if (Empty(row, column, required)) return std::nullopt;
  const auto value = text::ParseInt(Text(row, column), Name(column));
  if (value.ok() && *value >= std::numeric_limits<int>::min() &&
      *value <= std::numeric_limits<int>::max()) {
    return static_cast<int>(*value);
  }
  Fault(row, Name(column), "NUMBER_MALFORMED", "A whole number is required.");
  return std::nullopt;
}

std::optional<double> RowReader::Number(size_t row, int column, bool required) {
  if (Empty(row, column, required)) return std::nullopt;
  const auto value = text::ParseDouble(Text(row, column), Name(column));
  if (value.ok()) return *value;
  Fault(row, Name(column), "NUMBER_MALFORMED", "A finite decimal number is required.");
  return std::nullopt;
}

std::optional<absl::CivilDay> RowReader::Date(size_t row, int column, bool required) {
  if (Empty(row, column, required)) return std::nullopt;
  const auto value = ParseDate(Text(row, column), Name(column));
  if (value.ok()) return *value;
  Fault(row, Name(column), "DATE_MALFORMED", "A calendar day as YYYY-MM-DD is required.");
  return std::nullopt;
}

std::optional<bool> RowReader::YesNo(size_t row, int column) {
  const std::string& text = Text(row, column);
  if (text == "yes" || text == "oui") return true;
  if (text == "no" || text == "non") return false;
  if (!text.empty())
    Fault(row, Name(column), "YES_NO_MALFORMED", "yes, no or nothing is required.");
  return std::nullopt;
}

void RowReader::Fault(size_t row, absl::string_view column, absl::string_view reason,
                      absl::string_view message) {
  if (Full()) return;
  faults_.push_back({.path = Place(row, column), .reason = std::string(reason),
                     .message = std::string(message)});
}

std::string RowReader::Place(size_t row, absl::string_view column) const {
  return absl::StrCat(file_, ":", row + 2, ", ", std::string(column));
}

absl::Status RowReader::Finish() const {
  if (faults_.empty()) return absl::OkStatus();
  return error::Invalid("TABLE_INVALID",
                        absl::StrCat("The file ", file_, " has faulty rows",
                                     Full() ? "; the first 50 faults are listed." : "."),
                        faults_);
}

}  // namespace reprise::cli
