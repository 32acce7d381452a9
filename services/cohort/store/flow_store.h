// SPDX-License-Identifier: Apache-2.0
// What was recorded about a stage until an instant, as far as the caller may see it.
#ifndef REPRISE_COHORT_STORE_FLOW_STORE_H_
#define REPRISE_COHORT_STORE_FLOW_STORE_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "services/cohort/domain/flow/flow.h"
#include "services/platform/db/database.h"

namespace reprise::cohort {

// A stage as it was recorded until an instant.
struct Cut {
  std::string study_id;
  std::string stage;
  absl::Time as_of;
};

// Sites of the study by code: those whose participants the caller sees, and whether these are all.
struct Sight {
  std::vector<std::string> sites = {};
  bool complete = true;
};
absl::StatusOr<Sight> LoadSight(db::Tx& tx, const std::string& study_id);

// INVALID_ARGUMENT STAGE_UNKNOWN: not in the newest protocol.
absl::Status CheckStage(db::Tx& tx, const std::string& study_id, const std::string& stage);

// The stage's last target that counts on the day (UTC) of the instant, by the newest protocol that was
// applied until then; 0 where there is none.
absl::StatusOr<int> LoadTarget(db::Tx& tx, const Cut& cut);

using Reasons = std::vector<std::pair<std::string, int64_t>>;  // most frequent first, then by code
struct ScreeningCounts {
  std::vector<ScreeningCell> cells = {};  // several a site and month
  Reasons ineligible = {};                // by criterion; an attempt may have failed several
  Reasons declined = {};
};
absl::StatusOr<ScreeningCounts> CountScreenings(db::Tx& tx, const Cut& cut);

// By participant_id.
absl::StatusOr<std::vector<Person>> ListPeople(db::Tx& tx, const Cut& cut);

}  // namespace reprise::cohort

#endif  // REPRISE_COHORT_STORE_FLOW_STORE_H_
