// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>
#include <set>

#include "absl/strings/str_cat.h"

#include "services/extract/domain/preparation/errors.h"
#include "services/extract/domain/preparation/prepare.h"
#include "services/platform/status.h"
#include "services/platform/text/csv.h"

namespace reprise::extract::preparation {
namespace {

using Json = nlohmann::json;

absl::StatusOr<std::string> Text(const Json& json, const std::string& path, const char* key) {
  if (!json.contains(key) || !json[key].is_string() ||
      json[key].get_ref<const std::string&>().empty()) {
    return PlanInvalid(absl::StrCat(path, key), "A non-empty text is required.");
  }
  return json[key].get<std::string>();
}

absl::StatusOr<bool> Flag(const Json& json, const std::string& path, const char* key) {
  if (!json.contains(key)) return false;
  if (!json[key].is_boolean())
    return PlanInvalid(absl::StrCat(path, key), "true or false is required.");
  return json[key].get<bool>();
}

absl::StatusOr<Variable> ReadVariable(const Json& json, const std::string& path) {
  if (!json.is_object()) return PlanInvalid(path, "An object is required.");
  Variable out;
  REPRISE_ASSIGN_OR_RETURN(out.name, Text(json, path, "name"));
  const std::string take = json.contains("take") && json["take"].is_string()
                               ? json["take"].get<std::string>()
                           : json.contains("take") ? "?"
                                                   : "constant";
  if (take == "relative_day")
    out.take = Variable::Take::kRelativeDay;
  else if (take == "by_visit")
    out.take = Variable::Take::kByVisit;
  else if (take != "constant")
    return PlanInvalid(path + "take", "One of constant, relative_day and by_visit.");
  REPRISE_ASSIGN_OR_RETURN(out.tails, Flag(json, path, "tails"));
  REPRISE_ASSIGN_OR_RETURN(out.rare, Flag(json, path, "rare"));
  if (json.contains("digits")) {
    if (!json["digits"].is_number_unsigned() || json["digits"].get<uint64_t>() > 6) {
      return PlanInvalid(path + "digits", "A whole number from 0 to 6 is required.");
    }
    out.digits = json["digits"].get<int>();
  }
  if (out.tails && out.rare)
    return PlanInvalid(path + "rare", "A variable has tails or rare values, not both.");
  if (out.take == Variable::Take::kRelativeDay && (out.tails || out.rare)) {
    return PlanInvalid(path + "take", "Relative days are binned by the profile only.");
  }
  return out;
}

}  // namespace

absl::StatusOr<Plan> ReadPlan(absl::string_view bytes) {
  const Json json = Json::parse(bytes.begin(), bytes.end(), nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return PlanInvalid("plan", "The plan is not a JSON object.");
  Plan out;
  REPRISE_ASSIGN_OR_RETURN(out.study, Text(json, "", "study"));
  REPRISE_ASSIGN_OR_RETURN(out.participant, Text(json, "", "participant"));
  REPRISE_ASSIGN_OR_RETURN(out.visit_date, Text(json, "", "visit_date"));
  REPRISE_ASSIGN_OR_RETURN(out.anchor_date, Text(json, "", "anchor_date"));
  if (json.contains("profile")) {
    REPRISE_ASSIGN_OR_RETURN(const std::string name, Text(json, "", "profile"));
    const auto profile = ProfileOf(name);
    if (!profile) return PlanInvalid("profile", "One of day, week and four_weeks is required.");
    out.profile = *profile;
  }
  if (json.contains("k")) {
    if (!json["k"].is_number_unsigned() || json["k"].get<uint64_t>() < 1 ||
        json["k"].get<uint64_t>() > 1'000'000) {
      return PlanInvalid("k", "A whole number of at least 1 is required.");
    }
    out.k = json["k"].get<size_t>();
  }
  if (json.contains("delimiter")) {
    REPRISE_ASSIGN_OR_RETURN(const std::string delimiter, Text(json, "", "delimiter"));
    if (delimiter.size() != 1 || std::string(";,|\t").find(delimiter) == std::string::npos) {
      return PlanInvalid("delimiter", "One of ; , | and the tabulator is required.");
    }
    out.delimiter = delimiter[0];
  }
  if (!json.contains("variables") || !json["variables"].is_array() || json["variables"].empty()) {
    return PlanInvalid("variables", "A list of variables is required.");
  }
  std::set<std::string> names = {out.participant, out.visit_date, out.anchor_date, "pseudonym",
                                 "visits"};
  for (size_t i = 0; i < json["variables"].size(); ++i) {
    const std::string path = absl::StrCat("variables[", i, "].");
    REPRISE_ASSIGN_OR_RETURN(Variable variable, ReadVariable(json["variables"][i], path));
    if (!names.insert(variable.name).second) {
      return PlanInvalid(path + "name", "The name stands twice, or is kept for the platform.");
    }
    out.variables.push_back(std::move(variable));
  }
  return out;
}

absl::StatusOr<Chains> ReadChains(absl::string_view csv, const std::string& variable,
                                  char delimiter) {
  Chains out;
  size_t width = 0;
  std::vector<std::map<std::string, std::string>> parent;  // label -> label, by level
  REPRISE_RETURN_IF_ERROR(text::ForEachCsvRow(
      csv, delimiter, absl::StrCat("hierarchy_", variable, ".csv"),
      [&](size_t row, absl::Span<const absl::string_view> fields) -> absl::Status {
        const std::string path = absl::StrCat("hierarchy_", variable, ".csv:", row);
        std::vector<std::string> chain;
        for (const absl::string_view field : fields) chain.emplace_back(field);
        if (width == 0) width = chain.size();
        if (chain.size() != width)
          return PlanInvalid(path, "The row has another number of levels.");
        if (chain.back() != "*") return PlanInvalid(path, "The last level must be '*'.");
        parent.resize(width);
        for (size_t level = 0; level + 1 < width; ++level) {
          if (parent[level].try_emplace(chain[level], chain[level + 1]).first->second !=
              chain[level + 1]) {
            return PlanInvalid(path,
                               absl::StrCat("Column ", level + 1, " has two groups above it."));
          }
        }
        if (!out.emplace(chain[0], chain).second)
          return PlanInvalid(path, "The value stands twice.");
        return absl::OkStatus();
      }));
  if (out.empty())
    return PlanInvalid(absl::StrCat("hierarchy_", variable, ".csv"), "The hierarchy is empty.");
  return out;
}

}  // namespace reprise::extract::preparation
