// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/endpoint/endpoint_families.h"

#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

#include "clients/cli/offline/endpoint/row_reader.h"
#include "services/phase/domain/endpoint/summary.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"
#include "services/platform/text/number.h"

namespace reprise::cli {
namespace {

using Rows = std::vector<std::vector<std::string>>;

absl::Status At(size_t row, const char* column, const char* reason, const char* message) {
  return error::InvalidField(absl::StrCat("row ", row + 2, ", ", column), reason, message);
}

// The days of "observed_365_days"; 0 for "all", null for anything else.
std::optional<int> WindowOf(absl::string_view population) {
  if (population == "all") return 0;
  int days = 0;
  if (absl::ConsumePrefix(&population, "observed_") && absl::ConsumeSuffix(&population, "_days") &&
      absl::SimpleAtoi(population, &days) && days > 0) {
    return days;
  }
  return std::nullopt;
}

class AbsenceSummary {
 public:
  explicit AbsenceSummary(const text::CsvTable& derived)
      : derived_(derived), dataset_(derived.Column("dataset")), arm_(derived.Column("arm")) {}

  absl::StatusOr<std::string> Cell(size_t row, const std::vector<std::string>& key) {
    REPRISE_ASSIGN_OR_RETURN(const endpoint::Summary* summary, SummaryOf(row, key));
    bool known = false;
    const std::optional<double> value = endpoint::Statistic(*summary, key[4], known);
    if (!known) {
      return At(row, "statistic", "STATISTIC_UNKNOWN",
                "One of n, mean, sd, min, q25, median, q75, max is required.");
    }
    return value.has_value() ? text::FormatDouble(*value) : std::string();
  }

 private:
  // Eight statistics share one description, so it is kept.
  absl::StatusOr<const endpoint::Summary*> SummaryOf(size_t row,
                                                     const std::vector<std::string>& key) {
    const auto group = std::make_tuple(key[0], key[1], key[2], key[3]);
    if (const auto found = kept_.find(group); found != kept_.end()) return &found->second;
    REPRISE_ASSIGN_OR_RETURN(std::vector<double> values, Values(row, key));
    return &kept_.emplace(group, endpoint::Summarise(std::move(values))).first->second;
  }

  absl::StatusOr<std::vector<double>> Values(size_t row, const std::vector<std::string>& key) {
    const int variable = derived_.Column(key[2]);
    if (variable < 0) {
      return At(row, "variable", "VARIABLE_UNKNOWN", "The derived table has no such column.");
    }
    const std::optional<int> window = WindowOf(key[3]);
    const int observed =
        window.value_or(0) > 0 ? derived_.Column(absl::StrCat("observed_days_", *window)) : -1;
    if (!window.has_value() || (*window > 0 && observed < 0)) {
      return At(row, "population", "POPULATION_UNKNOWN",
                "all, or observed_<W>_days of a window in the derived table, is required.");
    }
    std::vector<double> values;
    bool dataset_seen = false;
    bool group_seen = key[1] == "all";
    for (size_t i = 0; i < derived_.rows.size(); ++i) {
      const std::vector<std::string>& cells = derived_.rows[i];
      if (cells[dataset_] != key[0]) continue;
      dataset_seen = true;
      if (key[1] != "all" && cells[arm_] != key[1]) continue;
      group_seen = true;
      if (cells[variable].empty()) continue;
      if (*window > 0 && cells[observed] != absl::StrCat(*window)) continue;
      REPRISE_ASSIGN_OR_RETURN(
          const double value,
          text::ParseDouble(cells[variable], absl::StrCat("derived row ", i + 2, ", ", key[2])));
      values.push_back(value);
    }
    if (!dataset_seen) {
      return At(row, "dataset", "DATASET_UNKNOWN", "The derived table has no such dataset.");
    }
    if (!group_seen) return At(row, "group", "GROUP_UNKNOWN", "The dataset has no such arm.");
    return values;
  }

  const text::CsvTable& derived_;
  const int dataset_;
  const int arm_;
  std::map<std::tuple<std::string, std::string, std::string, std::string>, endpoint::Summary> kept_;
};

absl::StatusOr<Rows> RunAbsenceSummary(const text::CsvTable& input, const BatchOptions& options) {
  if (options.derived.header.empty()) {
    return error::Make(absl::StatusCode::kFailedPrecondition, "DERIVED_REQUIRED",
                       "This family reads derived endpoints: give --derived.");
  }
  REPRISE_RETURN_IF_ERROR(RowReader(options.derived, "derived").Require({"dataset", "arm"}));
  AbsenceSummary summary(options.derived);
  std::vector<int> columns;
  for (const char* name : {"dataset", "group", "variable", "population", "statistic"}) {
    columns.push_back(input.Column(name));
  }
  Rows rows;
  for (size_t row = 0; row < input.rows.size(); ++row) {
    std::vector<std::string> key;
    for (const int column : columns) key.push_back(input.rows[row][column]);
    REPRISE_ASSIGN_OR_RETURN(std::string cell, summary.Cell(row, key));
    rows.push_back({std::move(cell)});
  }
  return rows;
}

}  // namespace

std::vector<Family> EndpointFamilies() {
  return {{.name = "rtw_absence_summary",
           .inputs = {"dataset", "group", "variable", "population", "statistic"},
           .outputs = {"expected"},
           .run = RunAbsenceSummary}};
}

}  // namespace reprise::cli
