// SPDX-License-Identifier: Apache-2.0
// Who may be assigned, as the access service publishes it, and who is.
#ifndef REPRISE_ENROLMENT_STORE_PHYSICIAN_STORE_H_
#define REPRISE_ENROLMENT_STORE_PHYSICIAN_STORE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "services/platform/db/database.h"

namespace reprise::enrolment {

struct Physician {
  std::string user_id;
  std::string display_name;
};

// Enabled occupational physicians with a live delegation at the site; by name.
absl::StatusOr<std::vector<Physician>> ListPhysicians(db::Tx& tx, const std::string& study_id,
                                                      const std::string& site_id);
// Those who are assigned to the participant now; by name.
absl::StatusOr<std::vector<Physician>> ListAssigned(db::Tx& tx, const std::string& participant_id);
// NOT_FOUND PHYSICIAN_UNKNOWN.
absl::Status CheckPhysician(db::Tx& tx, const std::string& study_id, const std::string& site_id,
                            const std::string& user_id);
void InsertAssignment(db::Tx& tx, const std::string& participant_id, const std::string& user_id);
// NOT_FOUND PHYSICIAN_NOT_ASSIGNED.
absl::Status EndAssignment(db::Tx& tx, const std::string& participant_id, const std::string& user_id);

}  // namespace reprise::enrolment

#endif  // REPRISE_ENROLMENT_STORE_PHYSICIAN_STORE_H_
