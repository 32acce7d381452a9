// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/stats/batch.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "clients/cli/offline/endpoint/endpoint_families.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"
#include "services/platform/text/csv.h"

namespace reprise::cli {
namespace {

absl::Status FamilyUnknown(const std::vector<Family>& families, absl::string_view name) {
  const std::string known = absl::StrJoin(
      families, ", ", [](std::string* out, const Family& family) { out->append(family.name); });
  return error::Make(absl::StatusCode::kNotFound, "FAMILY_UNKNOWN",
                     absl::StrCat("FAMILY '", name, "' is unknown; known are ", known, "."));
}

absl::Status CheckColumns(const Family& family, const text::CsvTable& input,
                          absl::string_view file) {
  std::vector<error::Violation> missing;
  for (const std::string& column : family.inputs) {
    if (input.Column(column) >= 0) continue;
    missing.push_back({.path = absl::StrCat(std::string(file), ":1"),
                       .reason = "COLUMN_MISSING",
                       .message = absl::StrCat("Column '", column, "', which family ", family.name,
                                               " reads, is missing.")});
  }
  if (missing.empty()) return absl::OkStatus();
  return error::Invalid("COLUMN_MISSING", missing[0].message, missing);
}

}  // namespace

std::vector<Family> AllFamilies() {
  std::vector<Family> all;
  for (auto& group : {RandomisationFamilies(), PlanningFamilies(), CurveFamilies(), EndpointFamilies()}) {
    all.insert(all.end(), group.begin(), group.end());
  }
  std::sort(all.begin(), all.end(),
            [](const Family& a, const Family& b) { return a.name < b.name; });
  return all;
}

absl::Status CheckFamily(const std::vector<Family>& families, absl::string_view name) {
  const bool known = std::any_of(families.begin(), families.end(),
                                 [&](const Family& family) { return family.name == name; });
  return known ? absl::OkStatus() : FamilyUnknown(families, name);
}

absl::StatusOr<std::string> RunBatch(const std::vector<Family>& families, absl::string_view name,
                                     absl::string_view csv, absl::string_view file_name,
                                     const BatchOptions& options) {
  REPRISE_RETURN_IF_ERROR(CheckFamily(families, name));
  const auto family = std::find_if(families.begin(), families.end(),
                                   [&](const Family& known) { return known.name == name; });
  REPRISE_ASSIGN_OR_RETURN(const text::CsvTable input, text::ParseCsv(csv, file_name));
  REPRISE_RETURN_IF_ERROR(CheckColumns(*family, input, file_name));
  REPRISE_ASSIGN_OR_RETURN(const auto answers, family->run(input, options));
  REPRISE_CHECK(answers.size() == input.rows.size());
  std::vector<std::string> line = family->inputs;
  line.insert(line.end(), family->outputs.begin(), family->outputs.end());
  std::string bytes = text::FormatCsvRow(line);
  for (size_t i = 0; i < answers.size(); ++i) {
    REPRISE_CHECK(answers[i].size() == family->outputs.size());
    line.clear();
    for (const std::string& column : family->inputs) {
      line.push_back(input.rows[i][static_cast<size_t>(input.Column(column))]);
    }
    line.insert(line.end(), answers[i].begin(), answers[i].end());
    bytes += text::FormatCsvRow(line);
  }
  return bytes;
}

}  // namespace reprise::cli
