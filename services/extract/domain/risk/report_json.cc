// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/risk/report_json.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "services/extract/domain/risk/page_text.h"

namespace reprise::extract::risk {
namespace {

using Json = nlohmann::ordered_json;

// JSON has no infinity: null stands for "no number would do".
Json Number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json Optional(const std::optional<double>& value) { return value ? Number(*value) : Json(nullptr); }

Json SizesJson(const RiskReport& report) {
  Json histogram = Json::object();
  for (const auto& [size, classes] : report.figures.class_size_histogram) {
    histogram[std::to_string(size)] = classes;
  }
  return histogram;
}

Json RiskJson(const RiskReport& report) {
  Json below = Json::object();
  for (const auto& [size, persons] : report.persons_in_groups_below)
    below[std::to_string(size)] = persons;
  return {
      {"prosecutor",
       {{"highest", report.prosecutor.highest}, {"average", report.prosecutor.average}}},
      {"journalist",
       {{"highest", report.journalist.highest},
        {"average", report.journalist.average},
        {"basis", report.journalist_basis == JournalistBasis::kExpected ? "expected_from_population"
                                                                        : "prosecutor_bound"}}},
      {"marketer", report.journalist.average},
      {"threshold_group", report.threshold},
      {"records_above_threshold", report.persons_below_threshold},
      {"records_in_groups_below", below}};
}

Json UniquenessJson(const RiskReport& report) {
  const double published =
      static_cast<double>(report.figures.persons - report.figures.suppressed_records);
  const double uniques = static_cast<double>(report.persons_in_groups_below.at(2));
  Json out = {{"sample_uniques", report.persons_in_groups_below.at(2)},
              {"sample_unique_fraction", published > 0 ? uniques / published : 0},
              {"population_size", Optional(report.population)}};
  if (report.uniqueness) {
    out["population_unique_fraction"] = {{"dankar", report.uniqueness->dankar},
                                         {"pitman", Optional(report.uniqueness->pitman)},
                                         {"zayatz", report.uniqueness->zayatz},
                                         {"snb", Optional(report.uniqueness->snb)}};
    out["dankar_choice"] = report.uniqueness->dankar_choice;
  }
  const SampleUniques& found = report.minimal_uniques;
  Json by_size = Json::object(), share = Json::object();
  for (const auto& [size, count] : found.by_size) by_size[std::to_string(size)] = count;
  for (const auto& [name, part] : found.share) share[name] = part;
  out["minimal_sample_uniques"] = {{"searched_up_to", found.largest},
                                   {"by_size", by_size},
                                   {"records", found.persons},
                                   {"highest_score", found.highest_score},
                                   {"share_by_variable", share}};
  return out;
}

Json SensitiveJson(const RiskReport& report) {
  Json out = Json::object();
  for (const ColumnDisclosure& column : report.sensitive) {
    out[column.name] = {{"values", column.values},
                        {"distinct_l", column.distinct_l},
                        {"entropy_l", column.entropy_l},
                        {"recursive_c_for_l2", Number(column.recursive_c)},
                        {"t_equal", column.equal_t},
                        {"t_ordered", column.ordered_t},
                        {"t_hierarchical", Optional(column.hierarchical_t)},
                        {"beta", column.beta},
                        {"delta", column.delta},
                        {"homogeneous_classes", column.homogeneous_classes},
                        {"homogeneous_records", column.homogeneous_persons}};
  }
  return out;
}

Json PromisesJson(const RiskReport& report) {
  Json out = Json::array();
  for (const PromiseOutcome& outcome : report.promises) {
    Json entry = {
        {"model", outcome.text}, {"holds", outcome.holds}, {"reached", Number(outcome.reached)}};
    if (outcome.worst_record > 0) {
      entry["worst_row"] = outcome.worst_record;
      entry["worst_class_size"] = outcome.worst_class_size;
    }
    out.push_back(std::move(entry));
  }
  return out;
}

// Open counts with their totals; a closed one is null, and nothing tells why it was closed.
Json TableJson(const TableReport& table) {
  const size_t rows = table.counts.cells.size(), columns = table.column_labels.size();
  std::vector<std::vector<Json>> grid(rows + 1, std::vector<Json>(columns + 1, 0));
  for (size_t r = 0; r <= rows; ++r) {
    for (size_t c = 0; c <= columns; ++c) {
      uint64_t sum = 0;
      for (size_t i = r == rows ? 0 : r; i < (r == rows ? rows : r + 1); ++i) {
        for (size_t j = c == columns ? 0 : c; j < (c == columns ? columns : c + 1); ++j) {
          sum += table.counts.cells[i][j];
        }
      }
      grid[r][c] = sum;
    }
  }
  Json closed = Json::array();
  for (const ClosedCell& cell : table.protection.closed) {
    grid[cell.row][cell.column] = nullptr;
    const Json high = cell.high.has_value() ? Json(*cell.high) : Json(nullptr);
    closed.push_back({{"row", cell.row}, {"column", cell.column}, {"interval", {cell.low, high}}});
  }
  Json out = {{"column_variable", table.column_variable}, {"column_labels", table.column_labels}};
  if (!table.row_variable.empty()) {
    out["row_variable"] = table.row_variable;
    out["row_labels"] = table.row_labels;
  } else {
    grid.pop_back();  // one row is its own totals
  }
  out["counts"] = grid;
  out["closed"] = std::move(closed);
  out["safe"] = table.protection.safe;
  return out;
}

}  // namespace

const std::vector<std::string>& KnownLimits() { return TextsFor(Language::kEnglish).limits; }

std::string ReportJson(const RiskReport& report, std::optional<bool> verified) {
  Json out = {{"format", "reprise-risk-1"},
              {"records", report.figures.persons},
              {"suppressed_records", report.figures.suppressed_records},
              {"classes", report.figures.classes},
              {"min_class", report.figures.min_class},
              {"prosecutor_highest_risk", report.figures.prosecutor_highest_risk},
              {"average_risk", report.figures.average_risk},
              {"class_size_histogram", SizesJson(report)}};
  if (verified) out["verified"] = *verified;
  out["models"] = PromisesJson(report);
  out["risk"] = RiskJson(report);
  out["uniqueness"] = UniquenessJson(report);
  out["sensitive"] = SensitiveJson(report);
  if (report.loss) {
    Json loss = Json::object();
    for (const auto& [name, value] : report.loss->per_qi_loss) loss[name] = value;
    out["per_qi_loss"] = std::move(loss);
    out["loss_arithmetic_mean"] = report.loss->loss_arithmetic_mean;
    out["loss_geometric_mean"] = report.loss->loss_geometric_mean;
    out["granularity_loss"] = report.loss->granularity_loss;
  }
  out["discernibility"] = report.figures.discernibility;
  out["average_class_size"] = report.figures.average_class_size;
  Json stars = Json::object();
  for (const StarCount& star : report.stars) stars[star.name] = star.cells;
  out["suppressed_cells"] = std::move(stars);
  Json tables = Json::array();
  for (const TableReport& table : report.tables) tables.push_back(TableJson(table));
  out["tables"] = std::move(tables);
  out["tables_left_out"] = report.tables_left_out;
  out["known_limits"] = KnownLimits();
  return out.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace reprise::extract::risk
