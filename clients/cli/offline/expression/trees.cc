// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/expression/trees.h"

#include <google/protobuf/util/json_util.h>

#include <map>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"

#include "clients/cli/offline/expression/vectors.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"
#include "services/platform/text/csv.h"
#include "services/questionnaire/convert/expression.h"

namespace reprise::cli {
namespace {

using Json = nlohmann::ordered_json;
using expression::Value;

constexpr const char* kColumns[] = {"case_id", "expression", "bindings", "expected_type", "expected"};

Json Tree(const expression::Expression& tree) {
  std::string text;
  REPRISE_CHECK(google::protobuf::util::MessageToJsonString(questionnaire::ToProto(tree), &text).ok());
  return Json::parse(text);
}

Json Typed(const Value& value) {
  Json json{{"type", std::string(TypeName(value.type()))}};
  switch (value.type()) {
    case expression::Type::kNumber: json["value"] = value.number(); break;
    case expression::Type::kBoolean: json["value"] = value.boolean(); break;
    case expression::Type::kNull: json["value"] = nullptr; break;
    default: json["value"] = value.ToString();
  }
  return json;
}

absl::StatusOr<Json> Expected(const std::string& type, const std::string& text) {
  Json json{{"type", type}};
  double number = 0;
  if (type == "null" && text.empty()) {
    json["value"] = nullptr;
  } else if (type == "number" && expression::NumberOfText(text, &number)) {
    json["value"] = number;
  } else if (type == "boolean" && (text == "true" || text == "false")) {
    json["value"] = text == "true";
  } else if (type == "text" || type == "date") {
    json["value"] = text;
  } else {
    return error::InvalidField("expected", "EXPECTED_MALFORMED",
                               "A type (null, number, boolean, text, date) and a value of it are required.");
  }
  return json;
}

absl::StatusOr<Json> CaseOf(const std::map<std::string, std::string>& row) {
  const std::string text = DecodeLineBreaks(row.at("expression"));
  REPRISE_ASSIGN_OR_RETURN(const expression::Expression tree, expression::Parse(text));
  REPRISE_ASSIGN_OR_RETURN(expression::Bindings bindings, ParseBindings(row.at("bindings")));
  AdoptEventNames(tree, bindings);
  Json json{{"id", row.at("case_id")}, {"expression", text}, {"tree", Tree(tree)}, {"bindings", Json::array()}};
  for (const auto& [reference, value] : bindings) {
    Json binding{{"event", reference.event}, {"item", reference.item}, {"code", reference.code}};
    binding.update(Typed(value));
    json["bindings"].push_back(std::move(binding));
  }
  REPRISE_ASSIGN_OR_RETURN(json["expected"], Expected(row.at("expected_type"), row.at("expected")));
  return json;
}

}  // namespace

absl::StatusOr<std::string> TreeOf(absl::string_view text) {
  REPRISE_ASSIGN_OR_RETURN(const expression::Expression tree, expression::Parse(text));
  return Tree(tree).dump(2) + "\n";
}

absl::StatusOr<std::string> TreesOfVectors(absl::string_view csv, absl::string_view file_name) {
  REPRISE_ASSIGN_OR_RETURN(const text::CsvTable table, text::ParseCsv(csv, file_name));
  for (const char* const name : kColumns) {
    if (table.Column(name) >= 0) continue;
    return error::InvalidField(absl::StrCat(file_name, ":1"), "VECTORS_COLUMN_MISSING",
                               absl::StrCat("The file has no column ", name, "."));
  }
  // A case a line, so that a change of one shows as one.
  std::string lines;
  for (const std::vector<std::string>& row : table.rows) {
    std::map<std::string, std::string> cells;
    for (const char* const name : kColumns) cells[name] = row[static_cast<size_t>(table.Column(name))];
    REPRISE_ASSIGN_OR_RETURN(const Json made, CaseOf(cells));
    absl::StrAppend(&lines, lines.empty() ? "" : ",\n", made.dump());
  }
  return absl::StrCat("[\n", lines, "\n]\n");
}

}  // namespace reprise::cli
