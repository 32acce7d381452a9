// SPDX-License-Identifier: Apache-2.0
// What the protocol says, read through the study service's published views.
#ifndef REPRISE_ENROLMENT_STORE_GROUND_STORE_H_
#define REPRISE_ENROLMENT_STORE_GROUND_STORE_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "services/enrolment/domain/consent.h"
#include "services/enrolment/domain/ground.h"
#include "services/enrolment/domain/screening.h"
#include "services/platform/db/database.h"

namespace reprise::enrolment {

struct Place {
  std::string study_id;
  std::string site_id;
  std::string stage;
};

// "Today" is `now` in the site's time zone. NOT_FOUND SITE_NOT_FOUND.
absl::StatusOr<Ground> LoadGround(db::Tx& tx, const Place& place, absl::CivilDay day, absl::Time now);

// The same day at each site of the study, by site.
absl::StatusOr<std::map<std::string, absl::CivilDay>> LoadToday(db::Tx& tx, const std::string& study_id,
                                                                absl::Time now);

absl::StatusOr<std::vector<StageRule>> LoadStageRules(db::Tx& tx, const std::string& study_id,
                                                      int protocol_version);
// Codes of the stage's criteria, in the protocol's order.
absl::StatusOr<std::vector<std::string>> LoadCriteria(db::Tx& tx, const std::string& study_id,
                                                      int protocol_version, const std::string& stage);
absl::StatusOr<std::vector<AgeCriterion>> LoadAgeCriteria(db::Tx& tx, const std::string& study_id,
                                                          int protocol_version, const std::string& stage);
absl::StatusOr<bool> IsDeclineReason(db::Tx& tx, const std::string& study_id, int protocol_version,
                                     const std::string& reason);
// Each version as the newest protocol that has it for the stage says; one that a later protocol left out
// ended the day before that. By form and version.
absl::StatusOr<std::vector<ConsentForm>> ListForms(db::Tx& tx, const std::string& study_id,
                                                   const std::string& stage);

}  // namespace reprise::enrolment

#endif  // REPRISE_ENROLMENT_STORE_GROUND_STORE_H_
