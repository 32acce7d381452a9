// SPDX-License-Identifier: Apache-2.0
// What progression rules are judged by: the rules, and the courses of a stage's participants as they
// were recorded until an instant. Corrections recorded later do not count.
#ifndef REPRISE_COHORT_STORE_COURSE_STORE_H_
#define REPRISE_COHORT_STORE_COURSE_STORE_H_

#include <optional>
#include <vector>

#include "absl/status/statusor.h"

#include "services/cohort/domain/progression/board.h"
#include "services/cohort/store/flow_store.h"

namespace reprise::cohort {

// The rules of a stage by the newest protocol that was applied until the instant.
struct RuleBook {
  bool has_arms = false;
  std::optional<absl::CivilDay> signed_date = {};
  std::vector<ProgressionRule> rules = {};  // in the order of the document
};
// FAILED_PRECONDITION PROTOCOL_MISSING: none was applied until then.
absl::StatusOr<RuleBook> LoadRules(db::Tx& tx, const Cut& cut);

// Days on which the sites that the caller sees were open for the stage until the instant, added up.
absl::StatusOr<int64_t> CountOpenDays(db::Tx& tx, const Cut& cut);

// `people` as ListPeople gives them.
absl::StatusOr<std::vector<Course>> ListCourses(db::Tx& tx, const Cut& cut, std::vector<Person> people);

}  // namespace reprise::cohort

#endif  // REPRISE_COHORT_STORE_COURSE_STORE_H_
