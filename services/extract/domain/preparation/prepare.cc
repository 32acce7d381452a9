// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/preparation/prepare.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/civil_time.h"

#include "services/extract/domain/preparation/errors.h"
#include "services/platform/status.h"
#include "services/platform/text/csv.h"
#include "services/platform/text/number.h"

namespace reprise::extract::preparation {
namespace {

// A person while its rows are gathered.
struct Person {
  std::string participant;
  absl::CivilDay anchor;
  std::vector<std::string> constants;              // by variable
  std::vector<size_t> first_row;                   // row that gave it, 0 if none yet
  std::vector<bool> seen;                          // by window
  std::vector<int64_t> distance;                   // to the window's target
  std::vector<std::vector<std::string>> by_visit;  // [variable][window]
};

class Preparation {
 public:
  Preparation(const Plan& plan, const std::map<std::string, Chains>& hierarchies,
              const ExtractKey& key)
      : plan_(plan), hierarchies_(hierarchies), key_(key) {}

  absl::StatusOr<PreparedTable> Run(absl::string_view csv);

 private:
  absl::Status Locate();
  absl::Status TakeRow(size_t row);
  absl::Status TakeConstant(Person& person, size_t variable, const std::string& value, size_t row);
  absl::StatusOr<absl::CivilDay> Date(size_t column, size_t row) const;
  absl::StatusOr<Person*> PersonOf(size_t row);
  // One column of all persons, coded; empty values stay empty and count for nothing.
  absl::StatusOr<std::vector<std::string>> Code(const Variable& variable,
                                                std::vector<std::string> values) const;
  absl::StatusOr<std::vector<std::string>> CodeRare(const Variable& variable,
                                                    std::vector<std::string> values) const;
  absl::Status AddColumns(PreparedTable& out) const;
  void Order(PreparedTable& out) const;

  const Plan& plan_;
  const std::map<std::string, Chains>& hierarchies_;
  const ExtractKey& key_;
  text::CsvTable table_;
  size_t participant_ = 0, visit_ = 0, anchor_ = 0;
  std::vector<size_t> columns_;  // by variable
  std::vector<Person> persons_;
  std::map<std::string, size_t> person_of_;
};

absl::Status Preparation::Locate() {
  const auto find = [this](const std::string& name, size_t& at) -> absl::Status {
    const int column = table_.Column(name);
    if (column < 0) {
      return VisitInvalid("VISIT_COLUMN_MISSING", 1,
                          absl::StrCat("The column '", name, "' is missing."));
    }
    at = static_cast<size_t>(column);
    return absl::OkStatus();
  };
  REPRISE_RETURN_IF_ERROR(find(plan_.participant, participant_));
  REPRISE_RETURN_IF_ERROR(find(plan_.visit_date, visit_));
  REPRISE_RETURN_IF_ERROR(find(plan_.anchor_date, anchor_));
  columns_.resize(plan_.variables.size());
  for (size_t v = 0; v < columns_.size(); ++v)
    REPRISE_RETURN_IF_ERROR(find(plan_.variables[v].name, columns_[v]));
  return absl::OkStatus();
}

absl::StatusOr<absl::CivilDay> Preparation::Date(size_t column, size_t row) const {
  const std::string& text = table_.rows[row][column];
  absl::CivilDay day;
  // Exactly YYYY-MM-DD and a day that exists: CivilDay would carry 31 April over to May.
  if (text.size() == 10 && absl::ParseCivilTime(text, &day) && absl::FormatCivilTime(day) == text)
    return day;
  return VisitInvalid(
      "VISIT_DATE_INVALID", row + 2,
      absl::StrCat("Column '", table_.header[column], "' needs a date as YYYY-MM-DD."));
}

absl::StatusOr<Person*> Preparation::PersonOf(size_t row) {
  const std::string& name = table_.rows[row][participant_];
  if (name.empty())
    return VisitInvalid("VISIT_PERSON_MISSING", row + 2, "The participant is missing.");
  REPRISE_ASSIGN_OR_RETURN(const absl::CivilDay anchor, Date(anchor_, row));
  const auto [found, fresh] = person_of_.try_emplace(name, persons_.size());
  if (fresh) {
    const size_t variables = plan_.variables.size(), windows = ProtocolWindows().size();
    persons_.push_back({.participant = name,
                        .anchor = anchor,
                        .constants = std::vector<std::string>(variables),
                        .first_row = std::vector<size_t>(variables, 0),
                        .seen = std::vector<bool>(windows, false),
                        .distance = std::vector<int64_t>(windows, 0),
                        .by_visit = std::vector<std::vector<std::string>>(
                            variables, std::vector<std::string>(windows))});
  }
  Person& person = persons_[found->second];
  if (person.anchor == anchor) return &person;
  return VisitInvalid(
      "PERSON_VARIES", row + 2,
      absl::StrCat("Column '", plan_.anchor_date, "' differs from the person's earlier row."));
}

absl::Status Preparation::TakeConstant(Person& person, size_t variable, const std::string& value,
                                       size_t row) {
  if (value.empty()) return absl::OkStatus();
  if (person.first_row[variable] == 0) {
    person.first_row[variable] = row + 2;
    person.constants[variable] = value;
  } else if (person.constants[variable] != value) {
    return VisitInvalid(
        "PERSON_VARIES", row + 2,
        absl::StrCat("Column '", plan_.variables[variable].name, "' differs from row ",
                     person.first_row[variable], " of the same person."));
  }
  return absl::OkStatus();
}

absl::Status Preparation::TakeRow(size_t row) {
  REPRISE_ASSIGN_OR_RETURN(Person* const person, PersonOf(row));
  for (size_t v = 0; v < columns_.size(); ++v) {
    const std::string& cell = table_.rows[row][columns_[v]];
    if (plan_.variables[v].take == Variable::Take::kByVisit) continue;
    if (plan_.variables[v].take == Variable::Take::kRelativeDay && !cell.empty()) {
      REPRISE_ASSIGN_OR_RETURN(const absl::CivilDay day, Date(columns_[v], row));
      REPRISE_RETURN_IF_ERROR(
          TakeConstant(*person, v, BinDay(day - person->anchor, plan_.profile), row));
    } else {
      REPRISE_RETURN_IF_ERROR(TakeConstant(*person, v, cell, row));
    }
  }
  REPRISE_ASSIGN_OR_RETURN(const absl::CivilDay visit, Date(visit_, row));
  const int64_t day = visit - person->anchor;
  const auto window = WindowOf(day);
  if (!window) return absl::OkStatus();  // unscheduled visits are dropped
  const int64_t distance = std::llabs(day - ProtocolWindows()[*window].target);
  if (person->seen[*window] && person->distance[*window] <= distance) return absl::OkStatus();
  person->seen[*window] = true;
  person->distance[*window] = distance;
  for (size_t v = 0; v < columns_.size(); ++v)
    person->by_visit[v][*window] = table_.rows[row][columns_[v]];
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> Preparation::CodeRare(
    const Variable& variable, std::vector<std::string> values) const {
  const auto hierarchy = hierarchies_.find(variable.name);
  if (hierarchy == hierarchies_.end()) {
    return PlanInvalid(variable.name, "Merging rare values needs the variable's hierarchy.");
  }
  std::vector<std::vector<std::string>> chains;
  std::vector<size_t> places;
  for (size_t i = 0; i < values.size(); ++i) {
    if (values[i].empty()) continue;
    const auto chain = hierarchy->second.find(values[i]);
    if (chain == hierarchy->second.end()) {
      return VisitInvalid(
          "VALUE_NOT_IN_HIERARCHY", 1,
          absl::StrCat("Column '", variable.name, "' holds a value that is not in its hierarchy."));
    }
    chains.push_back(chain->second);
    places.push_back(i);
  }
  const std::vector<std::string> merged = MergeRare(chains, plan_.k);
  for (size_t i = 0; i < places.size(); ++i) values[places[i]] = merged[i];
  return values;
}

absl::StatusOr<std::vector<std::string>> Preparation::Code(const Variable& variable,
                                                           std::vector<std::string> values) const {
  if (variable.rare) return CodeRare(variable, std::move(values));
  if (!variable.tails) return values;
  std::vector<double> numbers;
  std::vector<size_t> places;
  for (size_t i = 0; i < values.size(); ++i) {
    if (values[i].empty()) continue;
    const absl::StatusOr<double> number = text::ParseDouble(values[i], variable.name);
    if (!number.ok()) {
      return VisitInvalid(
          "VALUE_NOT_NUMERIC", 1,
          absl::StrCat("Column '", variable.name, "' holds a text where its tails need numbers."));
    }
    numbers.push_back(*number);
    places.push_back(i);
  }
  const auto tails = FindTails(numbers, plan_.k);
  for (size_t i = 0; i < places.size(); ++i)
    values[places[i]] = CodeTails(numbers[i], tails, variable.digits);
  return values;
}

absl::Status Preparation::AddColumns(PreparedTable& out) const {
  const std::vector<VisitWindow>& windows = ProtocolWindows();
  const auto add = [&](const std::string& name, const std::vector<std::string>& values) {
    out.header.push_back(name);
    for (size_t i = 0; i < values.size(); ++i) out.rows[i].push_back(values[i]);
  };
  for (size_t v = 0; v < plan_.variables.size(); ++v) {
    const Variable& variable = plan_.variables[v];
    std::vector<std::string> values;
    if (variable.take != Variable::Take::kByVisit) {
      for (const Person& person : persons_) values.push_back(person.constants[v]);
      REPRISE_ASSIGN_OR_RETURN(values, Code(variable, std::move(values)));
      add(variable.name, values);
      continue;
    }
    for (size_t w = 0; w < windows.size(); ++w) {
      values.clear();
      for (const Person& person : persons_) values.push_back(person.by_visit[v][w]);
      REPRISE_ASSIGN_OR_RETURN(values, Code(variable, std::move(values)));
      add(absl::StrCat(variable.name, "_", windows[w].name), values);
    }
  }
  return absl::OkStatus();
}

void Preparation::Order(PreparedTable& out) const {
  std::vector<size_t> order(out.rows.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(),
            [&](size_t a, size_t b) { return out.rows[a][0] < out.rows[b][0]; });
  std::vector<std::vector<std::string>> rows;
  for (const size_t i : order) {
    rows.push_back(std::move(out.rows[i]));
    out.participants.push_back(persons_[i].participant);
  }
  out.rows = std::move(rows);
}

absl::StatusOr<PreparedTable> Preparation::Run(absl::string_view csv) {
  REPRISE_ASSIGN_OR_RETURN(table_, text::ParseCsv(csv, "data", plan_.delimiter));
  REPRISE_RETURN_IF_ERROR(Locate());
  for (size_t row = 0; row < table_.rows.size(); ++row) REPRISE_RETURN_IF_ERROR(TakeRow(row));
  PreparedTable out{.header = {"pseudonym", "visits"}, .rows = {}, .participants = {}};
  for (const Person& person : persons_) {
    std::vector<std::string> seen;
    for (size_t w = 0; w < person.seen.size(); ++w) {
      if (person.seen[w]) seen.push_back(ProtocolWindows()[w].name);
    }
    out.rows.push_back({key_.Pseudonym(plan_.study, person.participant), absl::StrJoin(seen, "+")});
  }
  REPRISE_RETURN_IF_ERROR(AddColumns(out));
  Order(out);
  return out;
}

}  // namespace

absl::StatusOr<PreparedTable> Prepare(absl::string_view visits_csv, const Plan& plan,
                                      const std::map<std::string, Chains>& hierarchies,
                                      const ExtractKey& key) {
  return Preparation(plan, hierarchies, key).Run(visits_csv);
}

}  // namespace reprise::extract::preparation
