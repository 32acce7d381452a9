// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "absl/strings/str_cat.h"

#include "clients/cli/offline/stats/asking.h"
#include "clients/cli/offline/stats/reports.h"
#include "clients/cli/offline/stats/sample_size_kinds.h"
#include "clients/cli/offline/stats/text_plot.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"
#include "services/platform/text/number.h"

namespace reprise::cli {
namespace {

// Typed values with the presets where nothing was typed; a required one left out stays empty.
Typed Completed(const std::vector<SampleSizeFlag>& flags, const Typed& typed) {
  Typed cells;
  for (const SampleSizeFlag& flag : flags) {
    const auto at = std::find_if(typed.begin(), typed.end(),
                                 [&](const auto& cell) { return cell.first == flag.column; });
    cells.emplace_back(flag.column,
                       at != typed.end() && !at->second.empty() ? at->second : flag.preset);
  }
  return cells;
}

std::string FlagOf(const std::vector<SampleSizeFlag>& flags, const std::string& column) {
  for (const SampleSizeFlag& flag : flags) {
    if (flag.column == column) return flag.flags.substr(0, flag.flags.find(','));
  }
  return column;
}

// The refusal with each violation at the flag that a person typed.
absl::Status AtFlags(const absl::Status& status, const std::vector<SampleSizeFlag>& flags) {
  std::vector<error::Violation> violations = error::DetailOf(status).violations;
  if (violations.empty()) return status;
  for (error::Violation& violation : violations) violation.path = FlagOf(flags, violation.path);
  return error::Invalid(error::ReasonOf(status), std::string(status.message()), violations);
}

std::string ResultTable(const Asked& asked) {
  std::vector<std::vector<std::string>> rows = {{"result", "value"}};
  for (size_t i = 0; i < asked.names.size(); ++i) {
    const std::string& cell = asked.answer.cells[i];
    rows.push_back({asked.names[i], cell.empty() ? "not computable" : cell});
  }
  return Table(rows);
}

std::string AssumptionsTable(const Typed& cells, const Typed& typed) {
  std::vector<std::vector<std::string>> rows = {{"assumption", "as entered"}};
  for (const auto& [column, value] : cells) {
    const bool entered =
        std::any_of(typed.begin(), typed.end(), [&column = column](const auto& cell) {
          return cell.first == column && !cell.second.empty();
        });
    rows.push_back({column, entered ? value : absl::StrCat(value, " (preset)")});
  }
  return Table(rows);
}

absl::StatusOr<std::string> InflatedText(const SampleSizeKind& kind, const Asked& asked,
                                         const Typed& typed) {
  const std::vector<SampleSizeFlag> flags = InflationFlags();
  const bool wanted = std::any_of(typed.begin(), typed.end(), [&](const auto& cell) {
    return !cell.second.empty() && FlagOf(flags, cell.first) != cell.first;
  });
  if (kind.inflated.empty() || !wanted) return std::string();
  const Typed cells = Completed(flags, typed);
  std::string text =
      absl::StrCat("\nInflated first, then rounded up\n\n", AssumptionsTable(cells, typed), "\n");
  std::vector<std::vector<std::string>> rows = {
      {"from", "unrounded", "design effect", "inflated", "recruit", "clusters"}};
  const PlanningFamily inflation = FamilyNamed("ss_inflation");
  for (const std::string& output : kind.inflated) {
    if (asked.Cell(output).empty()) continue;
    Typed row = cells;
    row.emplace_back("n_per_arm", asked.Cell(output));
    const auto inflated = Ask(inflation, row);
    if (!inflated.ok()) return AtFlags(inflated.status(), flags);
    rows.push_back({output, Short(*asked.Number(output)), inflated->Cell("design_effect"),
                    Short(inflated->Number("n_per_arm_inflated").value_or(0)),
                    inflated->Cell("n_per_arm_ceil"), inflated->Cell("clusters_per_arm_ceil")});
  }
  return absl::StrCat(text, Table(rows));
}

// The drawn output while one assumption varies; points that cannot be computed are left out.
std::string Plot(const SampleSizeKind& kind, const PlanningFamily& family, const Typed& cells) {
  struct Point {
    double at, value;
  };
  std::vector<Point> points;
  double most = 0;
  for (const double step : kind.values) {
    Typed varied = cells;
    double at = step;
    for (auto& [column, value] : varied) {
      if (column != kind.varied) continue;
      if (kind.factors) at = step * text::ParseDouble(value, column).value_or(0);
      value = text::FormatDouble(column == "n_per_cluster_period" || column == "n_per_arm"
                                     ? std::max(1.0, static_cast<double>(static_cast<int64_t>(at)))
                                     : at);
      at = text::ParseDouble(value, column).value_or(at);
    }
    const auto asked = Ask(family, varied);
    if (!asked.ok()) continue;
    const auto value = asked->Number(kind.drawn);
    if (!value.has_value()) continue;
    points.push_back({at, *value});
    most = std::max(most, *value);
  }
  if (points.size() < 2 || most <= 0) return "";
  const bool share = most <= 1;
  std::vector<std::vector<std::string>> rows = {{kind.varied, kind.drawn, ""}};
  for (const Point& point : points) {
    rows.push_back({Short(point.at), share ? Percent(point.value) : Short(point.value),
                    Bar(point.value / (share ? 1 : most))});
  }
  return absl::StrCat("\n", Table(rows, true));
}

}  // namespace

absl::StatusOr<std::string> SampleSizeReport(const std::string& name, const Typed& typed) {
  const std::vector<SampleSizeKind> kinds = SampleSizeKinds();
  const auto kind = std::find_if(kinds.begin(), kinds.end(),
                                 [&](const SampleSizeKind& known) { return known.name == name; });
  REPRISE_CHECK(kind != kinds.end());
  const PlanningFamily family = FamilyNamed(kind->family);
  const Typed cells = Completed(kind->flags, typed);
  const auto asked = Ask(family, cells);
  if (!asked.ok()) return AtFlags(asked.status(), kind->flags);
  REPRISE_ASSIGN_OR_RETURN(const std::string inflated, InflatedText(*kind, *asked, typed));
  const statistics::Provenance& provenance = asked->answer.provenance;
  return absl::StrCat(
      provenance.formula, "\nReference: ", provenance.reference,
      "\nRounding:  ", provenance.rounding, "\n\n", AssumptionsTable(cells, typed), "\n",
      ResultTable(*asked), "\n", kind->meaning, "\n", inflated, Plot(*kind, family, cells),
      "\nPlanning arithmetic from the assumptions above; the statistician signs.\n");
}

}  // namespace reprise::cli
