// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/randomise/batch_row.h"

#include <limits>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "services/platform/error/error.h"
#include "services/platform/status.h"
#include "services/platform/text/number.h"

namespace reprise::cli {
namespace {

// Where the engine's fields stand in the files; the longest match first.
struct Renaming {
  const char* field;
  const char* column;
};
constexpr Renaming kColumns[] = {{"arms", "ratio"},          {"factors.weight", "weights"},
                                 {"shares", "centre_probs"}, {"participants", "n"},
                                 {"seed", "seed_hex"},       {"measure", "method"}};

std::string ColumnOf(absl::string_view field) {
  if (absl::StartsWith(field, "factors[")) {
    return absl::EndsWith(field, ".weight") ? "weights" : "levels";
  }
  for (const Renaming& renaming : kColumns) {
    if (absl::StartsWith(field, renaming.field)) return renaming.column;
  }
  return std::string(field);
}

}  // namespace

std::string RandomiseRow::Path(absl::string_view column) const {
  return absl::StrCat("row ", index_ + 2, ", ", column);
}

absl::StatusOr<absl::string_view> RandomiseRow::Cell(absl::string_view column) const {
  const int at = table_.Column(column);
  if (at < 0) {
    return error::InvalidField(column, "COLUMN_MISSING",
                               absl::StrCat("The file has no column ", column, "."));
  }
  return absl::string_view(table_.rows[index_][static_cast<size_t>(at)]);
}

absl::StatusOr<int64_t> RandomiseRow::Whole(absl::string_view column, int64_t low, int64_t high) const {
  REPRISE_ASSIGN_OR_RETURN(const absl::string_view cell, Cell(column));
  const absl::StatusOr<int64_t> value = text::ParseInt(cell, Path(column));
  if (value.ok() && *value >= low && *value <= high) return *value;
  return Fault(column, absl::StrCat("a whole number from ", low, " to ", high, " is required."));
}

absl::StatusOr<double> RandomiseRow::Number(absl::string_view column) const {
  REPRISE_ASSIGN_OR_RETURN(const absl::string_view cell, Cell(column));
  const absl::StatusOr<double> value = text::ParseDouble(cell, Path(column));
  if (value.ok()) return *value;
  return Fault(column, "a finite decimal number is required.");
}

absl::StatusOr<std::vector<int>> RandomiseRow::WholeVector(absl::string_view column) const {
  REPRISE_ASSIGN_OR_RETURN(const absl::string_view cell, Cell(column));
  std::vector<int> values;
  if (cell.empty()) return values;
  for (const absl::string_view part : absl::StrSplit(cell, ';')) {
    const absl::StatusOr<int64_t> value = text::ParseInt(part, Path(column));
    if (!value.ok() || *value < 0 || *value > std::numeric_limits<int>::max()) {
      return Fault(column, "whole numbers of at least 0 separated by ; are required.");
    }
    values.push_back(static_cast<int>(*value));
  }
  return values;
}

absl::StatusOr<std::vector<double>> RandomiseRow::NumberVector(absl::string_view column) const {
  REPRISE_ASSIGN_OR_RETURN(const absl::string_view cell, Cell(column));
  std::vector<double> values;
  if (cell.empty()) return values;
  for (const absl::string_view part : absl::StrSplit(cell, ';')) {
    const absl::StatusOr<double> value = text::ParseDouble(part, Path(column));
    if (!value.ok()) return Fault(column, "finite numbers separated by ; are required.");
    values.push_back(*value);
  }
  return values;
}

absl::Status RandomiseRow::RequireEmpty(absl::string_view column, absl::string_view why) const {
  REPRISE_ASSIGN_OR_RETURN(const absl::string_view cell, Cell(column));
  return cell.empty() ? absl::OkStatus() : Fault(column, why);
}

absl::Status RandomiseRow::Fault(absl::string_view column, absl::string_view sentence) const {
  const std::string path = Path(column);
  return error::InvalidField(path, "CELL_INVALID", absl::StrCat(path, ": ", sentence));
}

absl::Status RandomiseRow::Translate(const absl::Status& status) const {
  error::Detail detail = error::DetailOf(status);
  if (detail.violations.empty()) return status;
  for (error::Violation& violation : detail.violations) {
    violation.path = Path(ColumnOf(violation.path));
  }
  return error::Invalid(detail.reason,
                        absl::StrCat(detail.violations[0].path, ": ", detail.violations[0].message),
                        detail.violations);
}

}  // namespace reprise::cli
