// SPDX-License-Identifier: Apache-2.0
// From visit rows to one row a person, the only shape in which anonymity is counted: no calendar
// date, no name, no order of inclusion is left, and free text never enters.
//   PreparedTable table = Prepare(visits_csv, plan, hierarchies, ExtractKey::Fresh()).value();
#ifndef REPRISE_EXTRACT_DOMAIN_PREPARATION_PREPARE_H_
#define REPRISE_EXTRACT_DOMAIN_PREPARATION_PREPARE_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "services/extract/domain/preparation/coding.h"
#include "services/extract/domain/preparation/pseudonym.h"

namespace reprise::extract::preparation {

struct Variable {
  enum class Take {
    kConstant,  // one value a person, the same in all its rows; rows where it is empty do not count
    kRelativeDay,  // a date (YYYY-MM-DD), one a person, told as days since the anchor, binned
    kByVisit,      // one column a protocol window, from the visit nearest to its target
  };
  std::string name;
  Take take = Take::kConstant;
  bool tails = false;  // numeric: close both tails at k persons
  int digits = 0;      // decimals kept with `tails`, 0 to 6
  bool rare = false;   // merge values of fewer than k persons up the variable's hierarchy
};

// Columns that no variable names are left out: names, free text and device ids simply stay behind.
struct Plan {
  std::string study;
  std::string participant;  // column
  std::string visit_date;   // column, a date a row
  std::string anchor_date;  // column, a date a person (randomisation)
  DayProfile profile = DayProfile::kWeek;
  size_t k = 5;
  std::vector<Variable> variables;
  char delimiter = ';';
};

// INVALID_ARGUMENT PLAN_INVALID naming the field; the format is in docs/anonymisation.md.
absl::StatusOr<Plan> ReadPlan(absl::string_view json);

// Chains by value: values of `hierarchy_<name>.csv`, finest first.
using Chains = std::map<std::string, std::vector<std::string>>;
absl::StatusOr<Chains> ReadChains(absl::string_view csv, const std::string& variable,
                                  char delimiter);

struct PreparedTable {
  std::vector<std::string> header;             // pseudonym, visits, then the variables
  std::vector<std::vector<std::string>> rows;  // one a person, by pseudonym
  std::vector<std::string> participants;       // of rows[i]: for the register, never for a file
};

// `visits` lists the windows in which a person was seen ("M0+M3"); it is a quasi-identifier too.
//   INVALID_ARGUMENT VISIT_*, PERSON_VARIES, VALUE_NOT_NUMERIC, VALUE_NOT_IN_HIERARCHY,
//   PLAN_INVALID (a rare variable without its hierarchy), and CSV_* of the data
absl::StatusOr<PreparedTable> Prepare(absl::string_view visits_csv, const Plan& plan,
                                      const std::map<std::string, Chains>& hierarchies,
                                      const ExtractKey& key);

}  // namespace reprise::extract::preparation

#endif  // REPRISE_EXTRACT_DOMAIN_PREPARATION_PREPARE_H_
