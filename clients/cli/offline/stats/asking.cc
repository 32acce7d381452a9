// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/stats/asking.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"
#include "services/platform/status.h"
#include "services/platform/text/number.h"

namespace reprise::cli {

const std::string& Asked::Cell(absl::string_view output) const {
  const auto at = std::find(names.begin(), names.end(), output);
  REPRISE_CHECK(at != names.end());
  return answer.cells[static_cast<size_t>(at - names.begin())];
}

std::optional<double> Asked::Number(absl::string_view output) const {
  const auto value = text::ParseDouble(Cell(output), output);
  return value.ok() ? std::optional(*value) : std::nullopt;
}

absl::StatusOr<Asked> Ask(const PlanningFamily& family,
                          const std::vector<std::pair<std::string, std::string>>& cells) {
  text::CsvTable table;
  table.rows.emplace_back();
  for (const auto& [column, value] : cells) {
    table.header.push_back(column);
    table.rows[0].push_back(value);
  }
  BatchRow row(table, 0);
  REPRISE_ASSIGN_OR_RETURN(Answer answer, family.answer(row));
  return Asked{.names = family.outputs, .answer = std::move(answer)};
}

absl::StatusOr<double> TypedNumber(absl::string_view typed, absl::string_view option) {
  auto number = text::ParseDouble(typed, option);
  if (number.ok()) return number;
  return error::InvalidField(option, "NUMBER_MALFORMED",
                             absl::StrCat(option, " must be a finite decimal number."));
}

absl::StatusOr<int64_t> TypedWhole(absl::string_view typed, absl::string_view option) {
  auto number = text::ParseInt(typed, option);
  if (number.ok()) return number;
  return error::InvalidField(option, "NUMBER_MALFORMED",
                             absl::StrCat(option, " must be a whole number."));
}

PlanningFamily FamilyNamed(absl::string_view name) {
  for (auto& group : {FeasibilityFamilies(), SampleSizeFamilies(), ForecastFamilies()}) {
    for (const PlanningFamily& family : group) {
      if (family.name == name) return family;
    }
  }
  REPRISE_CHECK(false && "unknown planning family");
}

}  // namespace reprise::cli
