// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/endpoint/definition.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <exception>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "services/phase/domain/endpoint/errors.h"
#include "services/platform/status.h"

namespace reprise::endpoint {
namespace {

constexpr size_t kMaxBytes = size_t{1} << 20;
constexpr size_t kMaxDefinitions = 1000;

// Reads the fields of one definition; the first fault stays, and unread fields are a fault.
class FieldReader {
 public:
  FieldReader(const YAML::Node& node, std::string place) : node_(node), place_(std::move(place)) {}

  void Text(const char* field, std::string& value) {
    const YAML::Node child = Child(field);
    if (!child) return;
    if (!child.IsScalar()) return Fail(field, "A single value is required.");
    value = child.Scalar();
  }

  void Integer(const char* field, int lowest, int highest, int& value) {
    std::string text;
    Text(field, text);
    if (text.empty()) return;
    int read = 0;
    if (!absl::SimpleAtoi(text, &read) || read < lowest || read > highest) {
      return Fail(field, absl::StrCat("A whole number from ", lowest, " to ", highest,
                                      " is required."));
    }
    value = read;
  }

  // Returns whether the field is there.
  bool Fraction(const char* field, double& value) {
    std::string text;
    Text(field, text);
    if (text.empty()) return false;
    double read = 0;
    if (!absl::SimpleAtod(text, &read) || !(read >= 0 && read <= 1)) {
      Fail(field, "A number from 0 to 1 is required.");
    }
    value = read;
    return true;
  }

  void Flag(const char* field, bool& value) {
    std::string text;
    Text(field, text);
    if (text.empty()) return;
    if (text != "true" && text != "false") return Fail(field, "true or false is required.");
    value = text == "true";
  }

  template <typename Value>
  void Choice(const char* field, std::initializer_list<std::pair<const char*, Value>> choices,
              Value& value) {
    std::string text;
    Text(field, text);
    if (text.empty()) return;
    std::vector<std::string> names;
    for (const auto& [name, choice] : choices) {
      if (text == name) {
        value = choice;
        return;
      }
      names.push_back(name);
    }
    Fail(field, absl::StrCat("One of ", absl::StrJoin(names, ", "), " is required."));
  }

  void Statuses(const char* field, std::vector<WorkStatus>& values) {
    ForEach(field, [&](const std::string& text) {
      const std::optional<WorkStatus> status = WorkStatusOf(text);
      if (!status.has_value()) return Fail(field, "This is not a work status.");
      values.push_back(*status);
    });
  }

  void Integers(const char* field, int lowest, int highest, std::vector<int>& values) {
    ForEach(field, [&](const std::string& text) {
      int read = 0;
      if (!absl::SimpleAtoi(text, &read) || read < lowest || read > highest) {
        return Fail(field, absl::StrCat("Whole numbers from ", lowest, " to ", highest,
                                        " are required."));
      }
      values.push_back(read);
    });
  }

  YAML::Node Child(const char* field) {
    known_.insert(field);
    return node_[field];
  }

  void Fail(absl::string_view field, absl::string_view what) {
    if (status_.ok()) status_ = DefinitionFieldInvalid(place_, field, what);
  }

  // The first fault, or the first field that nobody asked for.
  absl::Status Finish() {
    for (const auto& entry : node_) {
      const std::string name = entry.first.IsScalar() ? entry.first.Scalar() : "?";
      if (known_.count(name) == 0) Fail(name, "The field is unknown.");
    }
    return status_;
  }

 private:
  template <typename Visit>
  void ForEach(const char* field, Visit visit) {
    const YAML::Node child = Child(field);
    if (!child) return;
    if (!child.IsSequence() || child.size() > 100) {
      return Fail(field, "A list of at most 100 values is required.");
    }
    for (const YAML::Node& item : child) {
      if (!item.IsScalar()) return Fail(field, "A list of single values is required.");
      visit(item.Scalar());
    }
  }

  const YAML::Node node_;
  const std::string place_;
  std::set<std::string> known_;
  absl::Status status_;
};

bool IsColumnName(absl::string_view name) {
  return name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
         });
}

absl::Status ReadColumns(FieldReader& reader, const std::string& place, Definition& definition) {
  const YAML::Node columns = reader.Child("columns");
  if (!columns) return absl::OkStatus();
  if (!columns.IsMap()) {
    return DefinitionFieldInvalid(place, "columns", "Named fields are required.");
  }
  FieldReader names(columns, absl::StrCat(place, ", columns"));
  names.Text("stem", definition.stem);
  names.Text("landmark_stem", definition.landmark_stem);
  names.Flag("naive", definition.naive_column);
  if (!IsColumnName(definition.stem) || !IsColumnName(definition.landmark_stem)) {
    names.Fail("stem", "At most 64 of a-z, 0-9 and _ are required.");
  }
  return names.Finish();
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
  reader.Statuses("neutral", definition.neutral);
  reader.Statuses("censoring", definition.censoring);
  reader.Integers("landmark_days", 1, kDayLimit, definition.landmark_days);
  reader.Integers("landmark_months", 1, 1200, definition.landmark_months);
}

absl::StatusOr<Definition> ReadDefinition(const YAML::Node& node, const std::string& place) {
  if (!node.IsMap()) return DefinitionsMalformed(place, "A definition has named fields.");
  Definition definition;
  FieldReader reader(node, place);
  reader.Text("id", definition.id);
  if (definition.id.empty() || definition.id.size() > 64) {
    reader.Fail("id", "An id of 1 to 64 characters is required.");
  }
  reader.Integer("version", 1, 1000000, definition.version);
  if (!reader.Child("kind")) reader.Fail("kind", "The kind is required.");
  reader.Choice<Kind>("kind",
                      {{"return", Kind::kReturn}, {"absence", Kind::kAbsence},
                       {"recurrence", Kind::kRecurrence}},
                      definition.kind);
  reader.Flag("default", definition.by_default);
  if (definition.kind != Kind::kRecurrence) {
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
  if (definition.kind == Kind::kReturn) ReadReturn(reader, definition);
  if (definition.kind == Kind::kAbsence) {
    reader.Integer("window_days", 1, kDayLimit, definition.window_days);
  }
  if (definition.kind == Kind::kRecurrence) {
    reader.Text("after", definition.after);
    reader.Integer("run_days", 1, 3660, definition.run_days);
  }
  REPRISE_RETURN_IF_ERROR(ReadColumns(reader, place, definition));
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
    if (other.id == added.id) return DefinitionFieldInvalid(place, "id", "The id is used twice.");
    if (other.stem == added.stem && (other.kind == added.kind || !added.stem.empty()) &&
        (added.kind != Kind::kAbsence || other.window_days == added.window_days)) {
      return DefinitionFieldInvalid(place, "columns.stem", "The column name is used twice.");
    }
    if (!added.landmark_stem.empty() && other.landmark_stem == added.landmark_stem) {
      return DefinitionFieldInvalid(place, "columns.landmark_stem",
                                    "The column name is used twice.");
    }
    found = found || (other.id == added.after && other.kind == Kind::kReturn);
  }
  if (!found) return DefinitionFieldInvalid(place, "after", "No earlier return has this id.");
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Definition>> ReadAll(const YAML::Node& root,
                                                const std::string& file_name) {
  const YAML::Node list = root.IsMap() ? root["definitions"] : YAML::Node();
  if (!list || !list.IsSequence() || list.size() == 0 || list.size() > kMaxDefinitions) {
    return DefinitionsMalformed(file_name, "A list named 'definitions' of 1 to 1000 is required.");
  }
  std::vector<Definition> definitions;
  for (const YAML::Node& node : list) {
    const std::string place =
        absl::StrCat(file_name, " definition ", definitions.size() + 1);
    REPRISE_ASSIGN_OR_RETURN(Definition definition, ReadDefinition(node, place));
    definitions.push_back(std::move(definition));
    REPRISE_RETURN_IF_ERROR(CheckTogether(definitions, definitions.size() - 1, place));
  }
  return definitions;
}

}  // namespace

absl::StatusOr<std::vector<Definition>> ParseDefinitions(absl::string_view yaml,
                                                         absl::string_view file_name) {
  const std::string file(file_name);
  if (yaml.size() > kMaxBytes) return DefinitionsMalformed(file, "The file is over 1 MiB.");
  try {
    return ReadAll(YAML::Load(std::string(yaml)), file);
  } catch (const YAML::Exception& fault) {
    return DefinitionsMalformed(fault.mark.is_null() ? file
                                                     : absl::StrCat(file, ":", fault.mark.line + 1),
                                absl::StrCat("This is not valid YAML: ", fault.msg, "."));
  } catch (const std::exception&) {  // whatever else the YAML library throws ends here
    return DefinitionsMalformed(file, "This is not valid YAML.");
  }
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
