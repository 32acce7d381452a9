// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/curves/cohorts.h"

#include <algorithm>
#include <limits>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "clients/cli/offline/curves/batch_row.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::cli {
namespace {

constexpr char kFile[] = "derived";

// Adds one row of the table to its cohort; `time` and `status` are column names.
absl::Status AddRow(const CurveRow& row, const std::string& time, const std::string& status,
                    Cohorts& cohorts) {
  Cohort& cohort = cohorts[row.Text("dataset")];
  const auto place = [](const std::vector<std::string>& names, const std::string& name) {
    return static_cast<int>(std::lower_bound(names.begin(), names.end(), name) - names.begin());
  };
  if (row.Text(time).empty() && row.Text(status).empty()) {
    ++cohort.not_at_risk;
    return absl::OkStatus();
  }
  if (row.Text(time).empty() || row.Text(status).empty()) {
    return row.Refuse(row.Text(time).empty() ? time : status, "OBSERVATION_INCOMPLETE",
                      "Time and status are given together or not at all.");
  }
  REPRISE_ASSIGN_OR_RETURN(const double days, row.Number(time));
  REPRISE_ASSIGN_OR_RETURN(const int64_t code, row.Whole(status));
  // Each error must name its own column, so the time is tried first with a status that is fine.
  if (const auto fine = survival::MakeObservation(days, 0, time); !fine.ok()) {
    return row.In(time, fine.status());
  }
  const auto observation = survival::MakeObservation(days, code, status);
  if (!observation.ok()) return row.In(status, observation.status());
  cohort.members.push_back({.observation = *observation,
                            .group = place(cohort.arms, row.Text("arm")),
                            .stratum = place(cohort.centres, row.Text("centre"))});
  return absl::OkStatus();
}

}  // namespace

std::vector<survival::Observation> Cohort::Group(absl::string_view group) const {
  std::vector<survival::Observation> observations;
  for (const survival::Member& member : members) {
    if (group == kEverybody || arms[static_cast<size_t>(member.group)] == group) {
      observations.push_back(member.observation);
    }
  }
  return observations;
}

bool Cohort::HasGroup(absl::string_view group) const {
  return group == kEverybody || std::find(arms.begin(), arms.end(), group) != arms.end();
}

double Cohort::SharedHorizon() const {
  std::vector<double> last(arms.size(), 0);
  for (const survival::Member& member : members) {
    double& of_arm = last[static_cast<size_t>(member.group)];
    of_arm = std::max(of_arm, member.observation.time);
  }
  return last.empty() ? 0 : *std::min_element(last.begin(), last.end());
}

absl::StatusOr<Cohorts> ReadCohorts(const text::CsvTable& derived, absl::string_view endpoint) {
  if (derived.header.empty()) {
    return error::InvalidField("--derived", "DERIVED_MISSING",
                               "A table of derived endpoints is required: --derived FILE.");
  }
  const std::string time = absl::StrCat(endpoint, "_time");
  const std::string status = absl::StrCat(endpoint, "_status");
  REPRISE_RETURN_IF_ERROR(CheckColumns(derived, {"dataset", "arm", "centre", time, status}, kFile));
  std::map<std::string, std::set<std::string>> arms;
  std::map<std::string, std::set<std::string>> centres;
  for (size_t i = 0; i < derived.rows.size(); ++i) {
    const CurveRow row(derived, i, kFile);
    if (row.Text("arm").empty() || row.Text("arm") == kEverybody) {
      return row.Refuse("arm", "ARM_MISSING", "An arm needs a name, and not the name 'all'.");
    }
    arms[row.Text("dataset")].insert(row.Text("arm"));
    centres[row.Text("dataset")].insert(row.Text("centre"));
  }
  Cohorts cohorts;
  for (const auto& [dataset, names] : arms) {
    cohorts[dataset].arms.assign(names.begin(), names.end());
    cohorts[dataset].centres.assign(centres[dataset].begin(), centres[dataset].end());
  }
  for (size_t i = 0; i < derived.rows.size(); ++i) {
    REPRISE_RETURN_IF_ERROR(AddRow(CurveRow(derived, i, kFile), time, status, cohorts));
  }
  return cohorts;
}

std::vector<std::string> EndpointsOf(const text::CsvTable& derived) {
  std::vector<std::string> endpoints;
  for (const std::string& column : derived.header) {
    if (!absl::EndsWith(column, "_time")) continue;
    const std::string name = column.substr(0, column.size() - 5);
    if (derived.Column(absl::StrCat(name, "_status")) >= 0) endpoints.push_back(name);
  }
  return endpoints;
}

}  // namespace reprise::cli
