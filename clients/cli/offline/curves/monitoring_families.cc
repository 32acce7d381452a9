// SPDX-License-Identifier: Apache-2.0
#include <functional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "clients/cli/offline/curves/batch_row.h"
#include "clients/cli/offline/curves/families.h"
#include "services/cohort/domain/monitoring/balance.h"
#include "services/cohort/domain/monitoring/centre_check.h"
#include "services/cohort/domain/monitoring/cluster_correlation.h"
#include "services/cohort/domain/monitoring/digit_preference.h"
#include "services/cohort/domain/monitoring/mahalanobis.h"
#include "services/cohort/domain/monitoring/multiplicity.h"
#include "services/cohort/domain/monitoring/response_style.h"
#include "services/platform/status.h"
#include "services/platform/text/number.h"

namespace reprise::cli {
namespace {

absl::StatusOr<monitoring::Balance> BalanceOfRow(const CurveRow& row) {
  const std::string& type = row.Text("type");
  if (type == "categorical") {
    return monitoring::CategoricalBalance(row.Texts("arm_A"), row.Texts("arm_B"));
  }
  if (type != "numeric" && type != "binary") {
    return row.Refuse("type", "TYPE_UNKNOWN", "A type is numeric, binary or categorical.");
  }
  REPRISE_ASSIGN_OR_RETURN(const auto first, row.Numbers("arm_A"));
  REPRISE_ASSIGN_OR_RETURN(const auto second, row.Numbers("arm_B"));
  const auto compare = type == "numeric" ? &monitoring::NumericBalance : &monitoring::BinaryBalance;
  // The engine cannot tell columns apart by name, so each arm is tried alone first.
  if (const auto fine = compare(first, {}); !fine.ok()) return row.In("arm_A", fine.status());
  if (const auto fine = compare({}, second); !fine.ok()) return row.In("arm_B", fine.status());
  return compare(first, second);
}

absl::StatusOr<Cells> Smd(const CurveRow& row) {
  REPRISE_ASSIGN_OR_RETURN(const monitoring::Balance balance, BalanceOfRow(row));
  return Cells{CountCell(balance.recorded[0]),
               CountCell(balance.recorded[1]),
               CountCell(balance.missing[0]),
               CountCell(balance.missing[1]),
               Cell(balance.difference),
               Cell(balance.standard_error),
               Cell(balance.lower),
               Cell(balance.upper)};
}

absl::StatusOr<Cells> Icc(const CurveRow& row) {
  const std::string& outcome = row.Text("outcome");
  if (outcome != "binary" && outcome != "continuous") {
    return row.Refuse("outcome", "OUTCOME_UNKNOWN", "An outcome is binary or continuous.");
  }
  REPRISE_ASSIGN_OR_RETURN(const auto clusters, row.Names("cluster"));
  REPRISE_ASSIGN_OR_RETURN(const auto values, row.Numbers("value"));
  for (size_t i = 0; outcome == "binary" && i < values.size(); ++i) {
    if (values[i].has_value() && *values[i] != 0 && *values[i] != 1) {
      return row.Refuse(absl::StrCat("value[", i, "]"), "VALUE_NOT_BINARY",
                        "A binary value is 0 or 1.");
    }
  }
  const auto result = monitoring::ClusterCorrelationOf(clusters, values);
  if (!result.ok()) return row.In("value", result.status());
  return Cells{
      CountCell(result->clusters), CountCell(result->total),   Cell(result->between),
      Cell(result->within),        Cell(result->typical_size), Cell(result->f),
      Cell(result->estimate),      Cell(result->truncated),    Cell(result->lower),
      Cell(result->upper),         Cell(result->mean_size),    Cell(result->size_variation),
      Cell(result->design_effect)};
}

absl::StatusOr<Cells> Digits(const CurveRow& row) {
  constexpr char kColumn[] = "digit_counts_0_9";
  std::vector<int64_t> counts;
  for (const std::string& element : row.Texts(kColumn)) {
    const std::string place = absl::StrCat(row.Place(kColumn), "[", counts.size(), "]");
    REPRISE_ASSIGN_OR_RETURN(counts.emplace_back(), text::ParseInt(element, place));
  }
  const auto result = monitoring::DigitPreferenceOf(counts);
  if (!result.ok()) return row.In(kColumn, result.status());
  return Cells{Cell(result->chi_square), CountCell(result->df), Cell(result->p)};
}

absl::StatusOr<Cells> Multiplicity(const CurveRow& row) {
  REPRISE_ASSIGN_OR_RETURN(const auto p, row.Numbers("p"));
  const auto adjusted = monitoring::Adjust(p);
  if (!adjusted.ok()) return row.In("p", adjusted.status());
  return Cells{Joined(adjusted->benjamini_hochberg), Joined(adjusted->holm)};
}

absl::StatusOr<Cells> Centres(const CurveRow& row) {
  REPRISE_ASSIGN_OR_RETURN(const auto centres, row.Names("centre"));
  REPRISE_ASSIGN_OR_RETURN(const auto values, row.Numbers("value"));
  const auto checks = monitoring::CheckCentres(centres, values);
  if (!checks.ok()) return row.In("value", checks.status());
  std::vector<std::optional<double>> t, p, adjusted, variance;
  for (const monitoring::CentreCheck& check : *checks) {
    t.push_back(check.welch_t);
    p.push_back(check.welch_p);
    adjusted.push_back(check.adjusted_p);
    variance.push_back(check.variance_ratio_p);
  }
  return Cells{Joined(t), Joined(p), Joined(adjusted), Joined(variance)};
}

absl::StatusOr<Cells> Responses(const CurveRow& row) {
  REPRISE_ASSIGN_OR_RETURN(const auto responses, row.Numbers("responses"));
  if (responses.empty()) {
    return row.Refuse("responses", "RESPONSES_MISSING", "At least one item is required.");
  }
  const auto style = monitoring::ResponseStyleOf(responses);
  if (!style.ok()) return row.In("responses", style.status());
  return Cells{CountCell(style->longest_run), Cell(style->variability), Cell(style->missing_share),
               CountCell(style->distinct)};
}

absl::StatusOr<std::vector<std::vector<double>>> RowsOf(const CurveRow& row) {
  REPRISE_ASSIGN_OR_RETURN(const int64_t n, row.Whole("n"));
  REPRISE_ASSIGN_OR_RETURN(const int64_t p, row.Whole("p"));
  std::vector<std::vector<double>> rows;
  for (const std::string& record : row.Texts("rows")) {
    const std::string place = absl::StrCat("rows[", rows.size(), "]");
    std::vector<double>& numbers = rows.emplace_back();
    for (const absl::string_view element : absl::StrSplit(record, ':')) {
      const std::string at = absl::StrCat(row.Place(place), "[", numbers.size(), "]");
      REPRISE_ASSIGN_OR_RETURN(const double number, text::ParseDouble(element, at));
      numbers.push_back(number);
    }
    if (static_cast<int64_t>(numbers.size()) != p) {
      return row.Refuse(place, "LENGTHS_DIFFER",
                        absl::StrCat("Column p says ", p, " values a record; this one has ",
                                     numbers.size(), "."));
    }
  }
  if (static_cast<int64_t>(rows.size()) != n) {
    return row.Refuse("rows", "LENGTHS_DIFFER",
                      absl::StrCat("Column n says ", n, " records; there are ", rows.size(), "."));
  }
  return rows;
}

absl::StatusOr<Cells> Mahalanobis(const CurveRow& row) {
  REPRISE_ASSIGN_OR_RETURN(const auto rows, RowsOf(row));
  const auto distances = monitoring::DistancesOf(rows);
  if (!distances.ok()) return row.In("rows", distances.status());
  const std::vector<std::optional<double>> squared(distances->squared.begin(),
                                                   distances->squared.end());
  return Cells{Joined(squared), Joined(distances->p)};
}

}  // namespace

std::vector<Family> MonitoringFamilies() {
  return {FamilyOfRows(
              "mon_smd", {"case_id", "type", "arm_A", "arm_B"},
              {"n_A", "n_B", "missing_A", "missing_B", "smd_B_minus_A", "se", "lower95", "upper95"},
              &Smd),
          FamilyOfRows("mon_icc", {"case_id", "outcome", "cluster", "value"},
                       {"n_clusters", "n_total", "ms_between", "ms_within", "n0", "F", "icc_anova",
                        "icc_truncated", "lower95", "upper95", "mean_cluster_size",
                        "cv_cluster_size", "design_effect_at_truncated_icc"},
                       &Icc),
          FamilyOfRows("mon_digit_preference", {"case_id", "digit_counts_0_9"},
                       {"chisq", "df", "p"}, &Digits),
          FamilyOfRows("mon_multiplicity", {"case_id", "p"}, {"bh_adjusted", "holm_adjusted"},
                       &Multiplicity),
          FamilyOfRows(
              "mon_centre_outliers", {"case_id", "centre", "value"},
              {"welch_t_by_centre", "welch_p_by_centre", "bh_p_by_centre", "var_ratio_p_by_centre"},
              &Centres),
          FamilyOfRows("mon_response_style", {"case_id", "responses"},
                       {"longstring", "irv_sd", "missing_share", "distinct"}, &Responses),
          FamilyOfRows("mon_mahalanobis", {"case_id", "n", "p", "rows"}, {"d2", "p_chisq"},
                       &Mahalanobis)};
}

}  // namespace reprise::cli
