// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/curves/monitor_report.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

#include "clients/cli/offline/curves/batch_row.h"
#include "services/cohort/domain/monitoring/centre_check.h"
#include "services/cohort/domain/monitoring/cluster_correlation.h"
#include "services/cohort/domain/monitoring/digit_preference.h"
#include "services/cohort/domain/monitoring/mahalanobis.h"
#include "services/cohort/domain/monitoring/multiplicity.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::cli {
namespace {

using monitoring::Recorded;

// One measurement of the whole table, and what was found about it.
struct Column {
  std::string name;
  std::vector<Recorded> values;
  std::vector<monitoring::CentreCheck> checks;
  monitoring::DigitPreference digits;
  monitoring::ClusterCorrelation correlation;
};

// A p-value of the run with the sentence that stands for it.
struct Finding {
  std::string sentence;
  Recorded p;
};

// How often each last digit stands, all numbers written with as many decimals as the longest has.
std::vector<int64_t> LastDigits(const std::vector<std::string>& texts) {
  const auto decimals = [](const std::string& text) {
    const size_t point = text.find('.');
    return point == std::string::npos ? size_t{0} : text.size() - point - 1;
  };
  size_t most = 0;
  for (const std::string& text : texts) most = std::max(most, decimals(text));
  std::vector<int64_t> counts(10, 0);
  for (const std::string& text : texts) {
    if (text.find_first_of("eE") != std::string::npos) continue;  // not as it was read off
    const char last = decimals(text) < most || text.back() == '.' ? '0' : text.back();
    ++counts[static_cast<size_t>(last - '0')];
  }
  return counts;
}

absl::StatusOr<Column> ReadColumn(const text::CsvTable& table, const std::string& name,
                                  const std::vector<std::string>& centres) {
  Column column{.name = name, .values = {}, .checks = {}, .digits = {}, .correlation = {}};
  std::vector<std::string> texts;
  for (size_t i = 0; i < table.rows.size(); ++i) {
    const CurveRow row(table, i);
    column.values.emplace_back();
    if (row.Text(name).empty()) continue;
    REPRISE_ASSIGN_OR_RETURN(column.values.back(), row.Number(name));
    texts.push_back(row.Text(name));
  }
  REPRISE_ASSIGN_OR_RETURN(column.checks, monitoring::CheckCentres(centres, column.values));
  REPRISE_ASSIGN_OR_RETURN(column.digits, monitoring::DigitPreferenceOf(LastDigits(texts)));
  REPRISE_ASSIGN_OR_RETURN(column.correlation,
                           monitoring::ClusterCorrelationOf(centres, column.values));
  return column;
}

std::string Shown(const Recorded& value, int decimals) {
  return value.has_value() ? absl::StrFormat("%.*f", decimals, *value) : "-";
}

std::string ShownP(const Recorded& p) {
  if (p.has_value() && *p < 0.001) return absl::StrFormat("%.1e", *p);
  return Shown(p, 3);
}

std::string Describe(const Column& column) {
  const auto missing = static_cast<int64_t>(column.values.size()) - column.correlation.total;
  std::string text = absl::StrCat("\n", column.name, ": ", column.correlation.total, " recorded, ",
                                  missing, " missing\n");
  absl::StrAppend(&text, "  last digits equally often: chi-square ",
                  Shown(column.digits.chi_square, 2), ", p ", ShownP(column.digits.p), "\n");
  absl::StrAppend(&text, "  correlation within centres: ", Shown(column.correlation.estimate, 3),
                  " (95 % ", Shown(column.correlation.lower, 3), " to ",
                  Shown(column.correlation.upper, 3), ")\n");
  absl::StrAppend(&text,
                  "  centre        recorded       mean         SD   Welch t         p  "
                  "spread p\n");
  for (const monitoring::CentreCheck& check : column.checks) {
    absl::StrAppend(
        &text, absl::StrFormat("  %-12s %9d %10s %10s %9s %9s %9s\n", check.centre, check.recorded,
                               Shown(check.mean, 2), Shown(check.standard_deviation, 2),
                               Shown(check.welch_t, 2), ShownP(check.welch_p),
                               ShownP(check.variance_ratio_p)));
  }
  return text;
}

void Collect(const Column& column, std::vector<Finding>& findings) {
  findings.push_back(
      {absl::StrCat(column.name, ": last digits are not equally often"), column.digits.p});
  for (const monitoring::CentreCheck& check : column.checks) {
    const std::string where = absl::StrCat(column.name, ", centre ", check.centre, ": ");
    findings.push_back(
        {where + (check.welch_t.value_or(0) < 0 ? "lower" : "higher") + " on average than the rest",
         check.welch_p});
    findings.push_back({where + "another spread than the rest", check.variance_ratio_p});
  }
}

// Rows complete in all columns, taken together.
absl::Status CollectRows(const std::vector<Column>& columns, std::vector<Finding>& findings) {
  if (columns.size() < 2) return absl::OkStatus();
  std::vector<std::vector<double>> rows;
  std::vector<size_t> numbers;
  for (size_t i = 0; i < columns[0].values.size(); ++i) {
    std::vector<double> row;
    for (const Column& column : columns) {
      if (column.values[i].has_value()) row.push_back(*column.values[i]);
    }
    if (row.size() < columns.size()) continue;
    rows.push_back(std::move(row));
    numbers.push_back(i + 2);
  }
  REPRISE_ASSIGN_OR_RETURN(const monitoring::Distances distances, monitoring::DistancesOf(rows));
  for (size_t i = 0; i < distances.squared.size(); ++i) {
    findings.push_back({absl::StrFormat("row %d: unusual taken together, squared distance %.1f",
                                        numbers[i], distances.squared[i]),
                        distances.p[i]});
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> Review(const std::vector<Finding>& findings, double limit) {
  std::vector<Recorded> p;
  for (const Finding& finding : findings) p.push_back(finding.p);
  REPRISE_ASSIGN_OR_RETURN(const monitoring::AdjustedP adjusted, monitoring::Adjust(p));
  const auto tests =
      std::count_if(p.begin(), p.end(), [](const Recorded& x) { return x.has_value(); });
  std::string text = absl::StrFormat(
      "\nTo review (adjusted p at most %g, Benjamini-Hochberg over the %d tests of this run)\n",
      limit, tests);
  bool none = true;
  for (size_t i = 0; i < findings.size(); ++i) {
    const Recorded& q = adjusted.benjamini_hochberg[i];
    if (!q.has_value() || *q > limit) continue;
    none = false;
    absl::StrAppend(&text, "  ", findings[i].sentence, " (p ", ShownP(findings[i].p), ", adjusted ",
                    ShownP(q), ")\n");
  }
  if (none) text += "  nothing\n";
  return text + "A line here is a question to a centre. It proves nothing and excludes nobody.\n";
}

}  // namespace

absl::StatusOr<std::string> MonitorReport(const text::CsvTable& table,
                                          const MonitorQuestion& question) {
  if (question.values.empty()) {
    return error::InvalidField("--value", "VALUES_MISSING",
                               "At least one measurement is required.");
  }
  if (!(question.limit > 0 && question.limit < 1)) {
    return error::InvalidField("--limit", "LIMIT_INVALID", "A limit lies between 0 and 1.");
  }
  REPRISE_RETURN_IF_ERROR(CheckColumns(table, {question.centre}));
  REPRISE_RETURN_IF_ERROR(CheckColumns(table, question.values));
  std::vector<std::string> centres;
  for (size_t i = 0; i < table.rows.size(); ++i) {
    const CurveRow row(table, i);
    centres.push_back(row.Text(question.centre));
    if (centres.back().empty()) {
      return row.Refuse(question.centre, "CENTRE_MISSING", "Every row needs a centre.");
    }
  }
  std::vector<Column> columns;
  std::vector<Finding> findings;
  std::string text =
      absl::StrCat(table.rows.size(), " rows. Centres with fewer than ",
                   monitoring::kLeastPerCentre, " recorded values are not tested.\n");
  for (const std::string& name : question.values) {
    REPRISE_ASSIGN_OR_RETURN(columns.emplace_back(), ReadColumn(table, name, centres));
    text += Describe(columns.back());
    Collect(columns.back(), findings);
  }
  REPRISE_RETURN_IF_ERROR(CollectRows(columns, findings));
  REPRISE_ASSIGN_OR_RETURN(const std::string review, Review(findings, question.limit));
  return text + review;
}

}  // namespace reprise::cli
