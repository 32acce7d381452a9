// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/endpoint/definition.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "services/phase/domain/endpoint/errors.h"
#include "services/phase/domain/endpoint/fields.h"
#include "services/platform/status.h"

namespace reprise::endpoint {
namespace {

bool IsColumnName(absl::string_view name) {
  return name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
         });
}

void ReadColumns(FieldReader& reader, Definition& definition) {
  const YAML::Node columns = reader.Map("columns");
  if (!columns) return;
  FieldReader names(columns, absl::StrCat(reader.place(), ", columns"));
  names.Text("stem", definition.stem);
  names.Text("landmark_stem", definition.landmark_stem);
  names.Flag("naive", definition.naive_column);
  if (!IsColumnName(definition.stem) || !IsColumnName(definition.landmark_stem)) {
    names.Fail("stem", "At most 64 of a-z, 0-9 and _ are required.");
  }
  reader.Adopt(names.Finish());
}

void ReadStatuses(FieldReader& reader, const char* field, std::vector<WorkStatus>& statuses) {
  reader.List(field, [&](const std::string& text) {
    const std::optional<WorkStatus> status = WorkStatusOf(text);
    if (!status.has_value()) return reader.Fail(field, "This is not a work status.");
    statuses.push_back(*status);
  });
}

void ReadLandmarks(FieldReader& reader, const char* field, int highest, std::vector<int>& values) {
  reader.List(field, [&](const std::string& text) {
    int read = 0;
    if (!absl::SimpleAtoi(text, &read) || read < 1 || read > highest || values.size() >= 100) {
      return reader.Fail(field, absl::StrCat("At most 100 whole numbers from 1 to ", highest,
                                             " are required."));
    }
    values.push_back(read);
  });
}

void ReadReturn(FieldReader& reader, Definition& definition) {
  const bool at_least = reader.Fraction("at_least", definition.fraction);
  definition.above = reader.Fraction("above", definition.fraction);
  if (at_least == definition.above) {
    reader.Fail("at_least", "Either at_least or above is required, not both.");
  }
  if (at_least && definition.fraction == 0) {
    reader.Fail("at_least", "With 0 every day would count; use above.");
  }
  reader.Integer("duration_days", 0, 3660, definition.duration_days);
  ReadStatuses(reader, "neutral", definition.neutral);
  ReadStatuses(reader, "censoring", definition.censoring);
  ReadLandmarks(reader, "landmark_days", kDayLimit, definition.landmark_days);
  ReadLandmarks(reader, "landmark_months", 1200, definition.landmark_months);
}

void ReadClock(FieldReader& reader, Definition& definition) {
  reader.Choice<ClockStart>("clock",
                            {{"end_of_active_treatment", ClockStart::kEndOfActiveTreatment},
                             {"randomisation", ClockStart::kRandomisation}},
                            definition.clock);
  reader.Choice<Denominator>("denominator",
                             {{"pre_diagnosis", Denominator::kPreDiagnosis},
                              {"current_contract", Denominator::kCurrentContract},
                              {"full_time", Denominator::kFullTime}},
                             definition.denominator);
}

absl::StatusOr<Definition> ReadDefinition(const YAML::Node& node, const std::string& place) {
  Definition definition;
  FieldReader reader(node, place);
  reader.Require("id");
  reader.Text("id", definition.id);
  if (definition.id.size() > 64) reader.Fail("id", "An id of 1 to 64 characters is required.");
  reader.Integer("version", 1, 1000000, definition.version);
  reader.Require("kind");
  reader.Choice<Kind>("kind",
                      {{"return", Kind::kReturn}, {"absence", Kind::kAbsence},
                       {"recurrence", Kind::kRecurrence}},
                      definition.kind);
  reader.Flag("default", definition.by_default);
  if (definition.kind != Kind::kRecurrence) ReadClock(reader, definition);
  if (definition.kind == Kind::kReturn) ReadReturn(reader, definition);
  if (definition.kind == Kind::kAbsence) {
    reader.Integer("window_days", 1, kDayLimit, definition.window_days);
  }
  if (definition.kind == Kind::kRecurrence) {
    reader.Text("after", definition.after);
    reader.Integer("run_days", 1, 3660, definition.run_days);
  }
  ReadColumns(reader, definition);
  if (definition.stem.empty() && definition.kind != Kind::kAbsence) {
    reader.Fail("columns.stem", "The name of the columns is required.");
  }
  REPRISE_RETURN_IF_ERROR(reader.Finish());
  return definition;
}

// Ids and column stems are unique; a recurrence follows a return that stands before it.
absl::Status CheckTogether(const std::vector<Definition>& definitions, size_t last,
                           const std::string& place) {
  const Definition& added = definitions[last];
  bool found = added.kind != Kind::kRecurrence;
  for (size_t i = 0; i < last; ++i) {
    const Definition& other = definitions[i];
    if (other.id == added.id) return FieldInvalid(place, "id", "The id is used twice.");
    if (other.stem == added.stem && (other.kind == added.kind || !added.stem.empty()) &&
        (added.kind != Kind::kAbsence || other.window_days == added.window_days)) {
      return FieldInvalid(place, "columns.stem", "The column name is used twice.");
    }
    if (!added.landmark_stem.empty() && other.landmark_stem == added.landmark_stem) {
      return FieldInvalid(place, "columns.landmark_stem",
                                    "The column name is used twice.");
    }
    found = found || (other.id == added.after && other.kind == Kind::kReturn);
  }
  if (!found) return FieldInvalid(place, "after", "No earlier return has this id.");
  return absl::OkStatus();
}

absl::Status ReadAll(const YAML::Node& root, const std::string& file_name,
                     std::vector<Definition>& definitions) {
  FieldReader reader(root, file_name);
  const YAML::Node list = reader.Sequence("definitions");
  REPRISE_RETURN_IF_ERROR(reader.Finish());
  if (!list || list.size() == 0) {
    return FieldInvalid(file_name, "definitions", "A list of at least one is required.");
  }
  for (const YAML::Node& node : list) {
    const std::string place = absl::StrCat(file_name, " definition ", definitions.size() + 1);
    REPRISE_ASSIGN_OR_RETURN(Definition definition, ReadDefinition(node, place));
    definitions.push_back(std::move(definition));
    REPRISE_RETURN_IF_ERROR(CheckTogether(definitions, definitions.size() - 1, place));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<Definition>> ParseDefinitions(absl::string_view yaml,
                                                         absl::string_view file_name) {
  const std::string file(file_name);
  std::vector<Definition> definitions;
  REPRISE_RETURN_IF_ERROR(ReadYaml(
      yaml, file, [&](const YAML::Node& root) { return ReadAll(root, file, definitions); }));
  return definitions;
}

std::string CanonicalText(const Definition& d) {
  const auto names = [](const std::vector<WorkStatus>& statuses) {
    std::set<std::string> sorted;
    for (const WorkStatus status : statuses) sorted.insert(std::string(NameOf(status)));
    return absl::StrJoin(sorted, "+");
  };
  return absl::StrCat(
      "reprise-endpoint-definition-1|", d.id, "|", d.version, "|kind=", static_cast<int>(d.kind),
      "|clock=", static_cast<int>(d.clock), "|denominator=", static_cast<int>(d.denominator),
      "|fraction=", d.above ? ">" : ">=", d.fraction, "|duration=", d.duration_days,
      "|neutral=", names(d.neutral), "|censoring=", names(d.censoring),
      "|landmark_days=", absl::StrJoin(d.landmark_days, "+"),
      "|landmark_months=", absl::StrJoin(d.landmark_months, "+"), "|window=", d.window_days,
      "|run=", d.run_days, "|after=", d.after);
}

}  // namespace reprise::endpoint
