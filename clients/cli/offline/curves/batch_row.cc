// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/curves/batch_row.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

#include "services/platform/error/error.h"
#include "services/platform/status.h"
#include "services/platform/text/number.h"

namespace reprise::cli {

CurveRow::CurveRow(const text::CsvTable& table, size_t index, absl::string_view file)
    : table_(table), index_(index), file_(file.empty() ? "" : absl::StrCat(file, " ")) {}

const std::string& CurveRow::Text(absl::string_view column) const {
  const int at = table_.Column(column);
  REPRISE_CHECK(at >= 0);
  return table_.rows[index_][static_cast<size_t>(at)];
}

absl::StatusOr<double> CurveRow::Number(absl::string_view column) const {
  return text::ParseDouble(Text(column), Place(column));
}

absl::StatusOr<int64_t> CurveRow::Whole(absl::string_view column) const {
  return text::ParseInt(Text(column), Place(column));
}

std::vector<std::string> CurveRow::Texts(absl::string_view column) const {
  const std::string& field = Text(column);
  if (field.empty()) return {};
  return absl::StrSplit(field, ';');
}

absl::StatusOr<std::vector<std::optional<double>>> CurveRow::Numbers(
    absl::string_view column) const {
  std::vector<std::optional<double>> numbers;
  for (const std::string& element : Texts(column)) {
    if (element.empty()) {
      numbers.emplace_back();
      continue;
    }
    const std::string place = absl::StrCat(Place(column), "[", numbers.size(), "]");
    REPRISE_ASSIGN_OR_RETURN(const double number, text::ParseDouble(element, place));
    numbers.emplace_back(number);
  }
  return numbers;
}

absl::StatusOr<std::vector<std::string>> CurveRow::Names(absl::string_view column) const {
  std::vector<std::string> names = Texts(column);
  for (size_t i = 0; i < names.size(); ++i) {
    if (names[i].empty()) {
      return Refuse(absl::StrCat(column, "[", i, "]"), "ELEMENT_MISSING",
                    "An element without text is not allowed here.");
    }
  }
  return names;
}

std::string CurveRow::Place(absl::string_view column) const {
  return absl::StrCat(file_, "row ", index_ + 2, ", column ", column);
}

absl::Status CurveRow::Refuse(absl::string_view column, absl::string_view reason,
                              absl::string_view sentence) const {
  return error::InvalidField(Place(column), reason, sentence);
}

absl::Status CurveRow::In(absl::string_view column, const absl::Status& status) const {
  const error::Detail detail = error::DetailOf(status);
  if (detail.violations.empty()) return status;
  const std::string& path = detail.violations[0].path;
  const size_t bracket = path.find('[');
  return Refuse(absl::StrCat(column, bracket == std::string::npos ? "" : path.substr(bracket)),
                detail.reason, status.message());
}

absl::Status CheckColumns(const text::CsvTable& table, absl::Span<const std::string> columns,
                          absl::string_view file) {
  for (const std::string& column : columns) {
    if (table.Column(column) < 0) {
      return error::InvalidField(
          absl::StrCat(file, file.empty() ? "" : " ", "row 1, column ", column), "COLUMN_MISSING",
          absl::StrCat("The column '", column, "' is missing."));
    }
  }
  return absl::OkStatus();
}

Family FamilyOfRows(std::string name, Cells inputs, Cells outputs,
                    std::function<absl::StatusOr<Cells>(const CurveRow&)> answer) {
  auto run = [inputs, answer = std::move(answer)](
                 const text::CsvTable& input,
                 const BatchOptions&) -> absl::StatusOr<std::vector<Cells>> {
    REPRISE_RETURN_IF_ERROR(CheckColumns(input, inputs));
    std::vector<Cells> rows;
    for (size_t i = 0; i < input.rows.size(); ++i) {
      REPRISE_ASSIGN_OR_RETURN(rows.emplace_back(), answer(CurveRow(input, i)));
    }
    return rows;
  };
  return {.name = std::move(name),
          .inputs = std::move(inputs),
          .outputs = std::move(outputs),
          .run = std::move(run)};
}

std::string Cell(const std::optional<double>& value) {
  return value.has_value() ? text::FormatDouble(*value) : "";
}

std::string CountCell(int64_t value) { return absl::StrCat(value); }

std::string Joined(absl::Span<const std::optional<double>> values) {
  return absl::StrJoin(values, ";", [](std::string* out, const std::optional<double>& value) {
    absl::StrAppend(out, Cell(value));
  });
}

}  // namespace reprise::cli
