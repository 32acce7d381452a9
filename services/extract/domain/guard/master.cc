// SPDX-License-Identifier: Apache-2.0
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"

#include "services/extract/domain/guard/errors.h"
#include "services/extract/domain/guard/guard.h"

namespace reprise::extract::guard {

const char* NameOf(Rule rule) {
  switch (rule) {
    case Rule::kPersonsLeft:
      return "PERSONS_LEFT";
    case Rule::kPersonsJoined:
      return "PERSONS_JOINED";
    case Rule::kClassIntersection:
      return "CLASS_INTERSECTION";
    case Rule::kClassRemainder:
      return "CLASS_REMAINDER";
    case Rule::kSensitiveValues:
      return "SENSITIVE_VALUES";
    case Rule::kCellDifference:
      return "CELL_DIFFERENCE";
    case Rule::kClassTooSmall:
      return "CLASS_TOO_SMALL";
    case Rule::kNotAProjection:
      return "NOT_A_PROJECTION";
  }
  return "";
}

const char* NameOf(Outcome outcome) {
  switch (outcome) {
    case Outcome::kAccept:
      return "accept";
    case Outcome::kReuse:
      return "reuse";
    case Outcome::kCoarsen:
      return "coarsen";
    case Outcome::kRefuse:
      return "refuse";
  }
  return "";
}

absl::StatusOr<Release> ProjectMaster(const Release& master,
                                      const std::vector<std::string>& variables,
                                      const std::vector<std::string>& persons) {
  Release out{.id = "",
              .study = master.study,
              .recipient = "",
              .lock_id = master.lock_id,
              .master = false,
              .variables = {},
              .persons = {},
              .classes = {},
              .sensitive = {},
              .cells = {}};
  for (const std::string& name : variables) {
    const auto found = master.variables.find(name);
    if (found == master.variables.end()) {
      return EntryInvalid(master.id, absl::StrCat("variables.", name),
                          "The master does not have it.");
    }
    out.variables.insert(*found);
  }
  const absl::flat_hash_set<std::string> wanted(persons.begin(), persons.end());
  for (size_t i = 0; i < master.persons.size(); ++i) {
    if (!wanted.empty() && !wanted.contains(master.persons[i])) continue;
    out.persons.push_back(master.persons[i]);
    out.classes.push_back(master.classes[i]);
    for (const auto& [column, values] : master.sensitive) {
      if (out.variables.contains(column)) out.sensitive[column].push_back(values[i]);
    }
  }
  if (!wanted.empty() && out.persons.size() < wanted.size()) {
    return EntryInvalid(master.id, "persons", "The master does not have them all.");
  }
  return out;
}

}  // namespace reprise::extract::guard
