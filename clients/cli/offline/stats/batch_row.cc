// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/stats/batch_row.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "services/platform/status.h"
#include "services/platform/text/number.h"

namespace reprise::cli {
namespace {

constexpr size_t kMostViolations = 20;

// The parser's sentence with the field's name in it, for who reads only the first line.
error::Violation Malformed(const absl::Status& status, absl::string_view column) {
  return {.path = std::string(column),
          .reason = error::ReasonOf(status),
          .message = absl::StrCat("In ", column, ": ", std::string(status.message()))};
}

template <typename Value>
Value Take(absl::StatusOr<Value> parsed, absl::string_view column,
           std::vector<error::Violation>& violations) {
  if (parsed.ok()) return *parsed;
  violations.push_back(Malformed(parsed.status(), column));
  return Value{};
}

}  // namespace

const std::string& BatchRow::Text(absl::string_view column) {
  static const std::string empty;
  const int at = table_.Column(column);
  const std::string& cell = at < 0 ? empty : table_.rows[row_][static_cast<size_t>(at)];
  if (cell.empty()) {
    violations_.push_back({.path = std::string(column),
                           .reason = "CELL_EMPTY",
                           .message = absl::StrCat(column, " is required, but empty.")});
  }
  return cell;
}

double BatchRow::Number(absl::string_view column) {
  const std::string& cell = Text(column);
  return cell.empty() ? 0 : Take(text::ParseDouble(cell, column), column, violations_);
}

int64_t BatchRow::Whole(absl::string_view column) {
  const std::string& cell = Text(column);
  return cell.empty() ? 0 : Take(text::ParseInt(cell, column), column, violations_);
}

std::vector<std::string> BatchRow::Texts(absl::string_view column) {
  const std::string& cell = Text(column);
  if (cell.empty()) return {};
  return absl::StrSplit(cell, ';');
}

std::vector<double> BatchRow::Numbers(absl::string_view column) {
  std::vector<double> values;
  for (const std::string& element : Texts(column)) {
    const std::string path = absl::StrCat(column, "[", values.size() + 1, "]");
    values.push_back(Take(text::ParseDouble(element, path), path, violations_));
  }
  return values;
}

std::vector<int64_t> BatchRow::Wholes(absl::string_view column) {
  std::vector<int64_t> values;
  for (const std::string& element : Texts(column)) {
    const std::string path = absl::StrCat(column, "[", values.size() + 1, "]");
    values.push_back(Take(text::ParseInt(element, path), path, violations_));
  }
  return values;
}

absl::Status BatchRow::ToStatus() const {
  if (violations_.empty()) return absl::OkStatus();
  return error::Invalid(violations_[0].reason, violations_[0].message, violations_);
}

std::string CellOf(std::optional<double> value) {
  return value.has_value() ? text::FormatDouble(*value) : "";
}

std::string CountCell(std::optional<int64_t> value) {
  return value.has_value() ? absl::StrCat(*value) : "";
}

std::function<absl::StatusOr<std::vector<Cells>>(const text::CsvTable&, const BatchOptions&)>
ForEachRow(std::function<absl::StatusOr<Cells>(BatchRow& row)> answer) {
  return [answer = std::move(answer)](const text::CsvTable& input,
                                      const BatchOptions&) -> absl::StatusOr<std::vector<Cells>> {
    std::vector<Cells> rows;
    std::vector<error::Violation> violations;
    std::string reason, sentence;
    for (size_t i = 0; i < input.rows.size() && violations.size() < kMostViolations; ++i) {
      BatchRow row(input, i);
      absl::StatusOr<Cells> cells = answer(row);
      if (cells.ok()) {
        rows.push_back(*std::move(cells));
        continue;
      }
      std::vector<error::Violation> found = error::DetailOf(cells.status()).violations;
      if (found.empty()) return cells.status();
      if (violations.empty()) {
        reason = error::ReasonOf(cells.status());
        sentence = std::string(cells.status().message());
      }
      for (error::Violation& violation : found) {
        violation.path = absl::StrCat("row ", i + 2, ", column ", violation.path);
        violations.push_back(std::move(violation));
      }
    }
    if (violations.empty()) return rows;
    return error::Invalid(reason, sentence, violations);
  };
}

}  // namespace reprise::cli
