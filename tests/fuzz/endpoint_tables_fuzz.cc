// SPDX-License-Identifier: Apache-2.0
// Whatever the bytes of two CSV files: an error with a place, or derived values that are finite and
// never a stand-in for "not computable". A first byte 'L' reads leaves and events, anything else
// subjects and episodes; a zero byte parts the two files.
#include <cstddef>
#include <cstdint>
#include <string>

#include "clients/cli/offline/endpoint/cohort_tables.h"
#include "clients/cli/offline/endpoint/derived_table.h"
#include "clients/cli/offline/endpoint/legal_tables.h"
#include "clients/cli/offline/endpoint/report_table.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::cli {
namespace {

void CheckError(const absl::Status& status) {
  REPRISE_CHECK(status.code() == absl::StatusCode::kInvalidArgument);
  REPRISE_CHECK(!error::DetailOf(status).violations.empty());
}

void CheckCohort(const std::string& subjects, const std::string& episodes, bool settle) {
  static const auto& all = *new std::vector<endpoint::Definition>(
      endpoint::ParseDefinitions(endpoint::ShippedDefinitions(), "definitions.yaml").value());
  const auto cohort = ReadCohort(subjects, "s.csv", episodes, "e.csv", settle);
  if (!cohort.ok()) return CheckError(cohort.status());
  const text::CsvTable table = DeriveTable(cohort->members, all, all);
  for (const auto& row : table.rows) {
    REPRISE_CHECK(row.size() == table.header.size());
    for (size_t i = 4; i < row.size(); ++i) {
      REPRISE_CHECK(row[i].find("nan") == std::string::npos);
      REPRISE_CHECK(row[i].find("inf") == std::string::npos);
      const bool may_be_on_leave = table.header[i].find("work_fraction") == 0;
      REPRISE_CHECK(row[i].empty() || row[i][0] != '-' || may_be_on_leave);
    }
  }
  ReportTable(cohort->members, all, all, settle);
}

void CheckHistories(const std::string& leaves, const std::string& events) {
  static const auto& book = *new legal::RuleBook(legal::ParseRules(legal::ShippedRules()).value());
  const absl::CivilDay on(2026, 11, 21);
  const auto members = ReadHistories(leaves, "l.csv", events, "v.csv", on);
  if (!members.ok()) return CheckError(members.status());
  const text::CsvTable table = MilestoneTable(*members, book, on, ExplanationLanguage::kBoth);
  for (const auto& row : table.rows) {
    REPRISE_CHECK(row[table.Column("explanation_fr")].find('{') == std::string::npos);
    REPRISE_CHECK(!row[table.Column("explanation_en")].empty());
  }
}

}  // namespace
}  // namespace reprise::cli

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  const size_t parting = bytes.find('\0');
  const std::string first = bytes.substr(0, parting);
  const std::string second = parting == std::string::npos ? "" : bytes.substr(parting + 1);
  if (data[0] == 'L') {
    reprise::cli::CheckHistories(first, second);
  } else {
    reprise::cli::CheckCohort(first, second, data[0] % 2 == 0);
  }
  return 0;
}
