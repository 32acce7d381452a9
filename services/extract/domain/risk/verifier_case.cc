// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/risk/verifier_case.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "services/extract/domain/risk/errors.h"
#include "services/platform/status.h"
#include "services/platform/text/number.h"

namespace reprise::extract::risk {
namespace {

using Json = nlohmann::json;

// How each kind of promise reads: whether it names a column, and its numbers with their bounds.
struct Bounds {
  double low, high;
};
struct Shape {
  const char* kind;
  bool names_column;
  std::vector<Bounds> numbers;
};

const std::vector<Shape>& Shapes() {
  constexpr double kMany = 1e18;
  static const std::vector<Shape>* const shapes =
      new std::vector<Shape>{{"k", false, {{1, kMany}}},
                             {"km", false, {{1, kMany}}},
                             {"avg", false, {{0, 1}}},
                             {"dp", false, {{0, 1}, {0, 1}}},
                             {"su", false, {{0, 1}}},
                             {"pu", false, {{0, 1}, {1, kMany}}},
                             {"dl", true, {{1, kMany}}},
                             {"el", true, {{1, kMany}}},
                             {"rl", true, {{0, kMany}, {1, kMany}}},
                             {"te", true, {{0, 1}}},
                             {"th", true, {{0, 1}}},
                             {"to", true, {{0, 1}}},
                             {"bl", true, {{0, kMany}}},
                             {"dd", true, {{0, kMany}}}};
  return *shapes;
}

absl::StatusOr<std::vector<std::string>> Strings(const Json& json, const char* key, bool required) {
  std::vector<std::string> strings;
  if (!json.contains(key)) {
    if (required) return CaseInvalid(key, "The field is required.");
    return strings;
  }
  if (!json[key].is_array()) return CaseInvalid(key, "A list of texts is required.");
  for (size_t i = 0; i < json[key].size(); ++i) {
    const Json& item = json[key][i];
    if (!item.is_string() || item.get_ref<const std::string&>().empty()) {
      return CaseInvalid(absl::StrCat(key, "[", i, "]"), "A non-empty text is required.");
    }
    if (std::find(strings.begin(), strings.end(), item.get<std::string>()) != strings.end()) {
      return CaseInvalid(absl::StrCat(key, "[", i, "]"), "The text stands twice.");
    }
    strings.push_back(item.get<std::string>());
  }
  return strings;
}

absl::StatusOr<std::string> Text(const Json& json, const char* key, std::string fallback) {
  if (!json.contains(key) || json[key].is_null()) return fallback;
  if (!json[key].is_string()) return CaseInvalid(key, "A text is required.");
  return json[key].get<std::string>();
}

bool Contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

absl::Status ReadRoles(const Json& json, VerifierCase& out) {
  if (!json.contains("roles")) return absl::OkStatus();
  if (!json["roles"].is_object()) return CaseInvalid("roles", "An object of texts is required.");
  for (const auto& [column, role] : json["roles"].items()) {
    const std::string path = absl::StrCat("roles.", column);
    if (!role.is_string()) return CaseInvalid(path, "A text is required.");
    const std::string name = role.get<std::string>();
    if (name == "direct" || name == "free_text") {
      out.withheld.insert(column);
    } else if (name == "quasi") {
      if (!Contains(out.qis, column))
        return CaseInvalid(path, "The column must also stand in qis.");
    } else if (name == "sensitive") {
      if (!Contains(out.sensitive, column)) out.sensitive.push_back(column);
    } else if (name != "neutral") {
      return CaseInvalid(path, "Not a role: direct, quasi, sensitive, neutral or free_text.");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckRoles(const VerifierCase& out) {
  if (out.qis.empty()) return CaseInvalid("qis", "At least one quasi-identifier is required.");
  for (const std::string& name : out.qis) {
    if (out.withheld.contains(name)) {
      return CaseInvalid("qis", absl::StrCat("'", name, "' may never be released."));
    }
    if (Contains(out.sensitive, name)) {
      return CaseInvalid("sensitive", absl::StrCat("'", name, "' is also a quasi-identifier."));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> SubsetName(const Json& json) {
  for (const char* key : {"subset", "subset_rows", "subset_file"}) {
    if (json.contains(key)) return Text(json, key, "");
  }
  return std::string();
}

}  // namespace

const LabelTree* VerifierCase::Tree(const std::string& attribute) const {
  const auto found = trees.find(attribute);
  return found == trees.end() ? nullptr : &found->second;
}

absl::StatusOr<Promise> ReadPromise(absl::string_view text, absl::string_view path) {
  const std::vector<std::string> parts = absl::StrSplit(text, ':');
  const auto shape = std::find_if(Shapes().begin(), Shapes().end(),
                                  [&](const Shape& s) { return parts[0] == s.kind; });
  if (shape == Shapes().end()) return CaseInvalid(path, "Not a privacy model.");
  Promise promise{.text = std::string(text), .kind = parts[0], .attribute = {}, .numbers = {}};
  const size_t tail = shape->numbers.size();
  const size_t head = shape->names_column ? 2 : 1;
  if (parts.size() < head + tail || (!shape->names_column && parts.size() != head + tail)) {
    return CaseInvalid(
        path, absl::StrCat("The model '", parts[0], "' takes ",
                           shape->names_column ? "a column and " : "", tail, " number(s)."));
  }
  if (shape->names_column) {  // a column's name may hold colons
    promise.attribute = parts[1];
    for (size_t i = 2; i + tail < parts.size(); ++i)
      absl::StrAppend(&promise.attribute, ":", parts[i]);
    if (promise.attribute.empty()) return CaseInvalid(path, "The model names no column.");
  }
  for (size_t i = 0; i < tail; ++i) {
    const absl::StatusOr<double> number = text::ParseDouble(parts[parts.size() - tail + i], path);
    if (!number.ok() || *number < shape->numbers[i].low || *number > shape->numbers[i].high) {
      return CaseInvalid(path,
                         absl::StrCat("Number ", i + 1, " of the model must lie between ",
                                      shape->numbers[i].low, " and ", shape->numbers[i].high, "."));
    }
    promise.numbers.push_back(*number);
  }
  return promise;
}

absl::StatusOr<VerifierCase> ReadCase(absl::string_view bytes) {
  const Json json = Json::parse(bytes.begin(), bytes.end(), nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return CaseInvalid("case", "The case is not a JSON object.");
  VerifierCase out;
  REPRISE_ASSIGN_OR_RETURN(out.qis, Strings(json, "qis", true));
  REPRISE_ASSIGN_OR_RETURN(out.sensitive, Strings(json, "sensitive", false));
  REPRISE_ASSIGN_OR_RETURN(out.person, Text(json, "person", ""));
  REPRISE_ASSIGN_OR_RETURN(out.subset_file, SubsetName(json));
  REPRISE_ASSIGN_OR_RETURN(const std::vector<std::string> models, Strings(json, "models", false));
  for (size_t i = 0; i < models.size(); ++i) {
    REPRISE_ASSIGN_OR_RETURN(Promise promise,
                             ReadPromise(models[i], absl::StrCat("models[", i, "]")));
    const std::string& column = promise.attribute;
    if (!column.empty() && !Contains(out.sensitive, column)) out.sensitive.push_back(column);
    out.promises.push_back(std::move(promise));
  }
  if (json.contains("suppression_limit")) {
    if (!json["suppression_limit"].is_number()) {
      return CaseInvalid("suppression_limit", "A number is required.");
    }
    out.suppression_limit = json["suppression_limit"].get<double>();
    if (!(out.suppression_limit >= 0 && out.suppression_limit <= 1)) {
      return CaseInvalid("suppression_limit", "The limit must lie between 0 and 1.");
    }
  }
  REPRISE_ASSIGN_OR_RETURN(const std::string delimiter, Text(json, "delimiter", ";"));
  if (delimiter.size() != 1 || delimiter == "\"" || delimiter == "\n" || delimiter == "\r") {
    return CaseInvalid("delimiter", "One character that is neither a quote nor a line end.");
  }
  out.delimiter = delimiter[0];
  REPRISE_RETURN_IF_ERROR(ReadRoles(json, out));
  REPRISE_RETURN_IF_ERROR(CheckRoles(out));
  return out;
}

absl::StatusOr<std::vector<uint32_t>> ReadSubset(absl::string_view text) {
  std::vector<uint32_t> rows;
  size_t line_number = 0;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    ++line_number;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.empty()) continue;
    uint32_t row = 0;
    if (!absl::SimpleAtoi(line, &row)) {
      return SubsetInvalid(line_number, "A row number (0-based) is required.");
    }
    rows.push_back(row);
  }
  std::sort(rows.begin(), rows.end());
  if (std::adjacent_find(rows.begin(), rows.end()) != rows.end()) {
    return SubsetInvalid(line_number, "A row number stands twice.");
  }
  if (rows.empty()) return SubsetInvalid(1, "The subset names no row.");
  return rows;
}

}  // namespace reprise::extract::risk
