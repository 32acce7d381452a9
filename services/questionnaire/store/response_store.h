// SPDX-License-Identifier: Apache-2.0
// Instances and responses in PostgreSQL.
#ifndef REPRISE_QUESTIONNAIRE_STORE_RESPONSE_STORE_H_
#define REPRISE_QUESTIONNAIRE_STORE_RESPONSE_STORE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "services/platform/db/database.h"
#include "services/questionnaire/domain/response/response.h"
#include "services/questionnaire/domain/schedule/schedule.h"

namespace reprise::questionnaire {

struct Instance {
  std::string instance_id;
  std::string participant_id;
  std::string instrument_version_id;
  std::string timepoint;
  absl::Time open_time;
  std::string study_id;          // of the participant
  std::string site_id;
  std::optional<absl::CivilDay> earliest_date = {};  // as known when it was opened
  Respondent respondent = Respondent::kParticipant;
};

void InsertInstance(db::Tx& tx, const Instance& instance);
// NOT_FOUND INSTANCE_NOT_FOUND, also where the caller may not see it.
absl::StatusOr<Instance> LoadInstance(db::Tx& tx, const std::string& instance_id);

// Until the transaction ends nobody else corrects this instance.
void LockCorrections(db::Tx& tx, const std::string& instance_id);
// Version 1, and deletes the draft. The row carries the place of `instance`, and the write fails where that
// is not the instance's (any more), where the caller may not see the participant, where there is a response
// (INSTANCE_SUBMITTED) or nothing more is asked of the participant (INSTANCE_CANCELLED).
void InsertFirstResponse(db::Tx& tx, const Instance& instance, const Response& response);
// A later version. `instance` as loaded.
void InsertCorrection(db::Tx& tx, const Instance& instance, const Response& response);
// The latest, or of `version`. NOT_FOUND RESPONSE_NOT_FOUND.
absl::StatusOr<Response> LoadResponse(db::Tx& tx, const std::string& instance_id,
                                      std::optional<int64_t> version);
// Latest versions in a study, by instance id.
absl::StatusOr<std::vector<Response>> ListResponses(db::Tx& tx, const std::string& study_id,
                                                    const std::string& instrument_version_id,
                                                    const std::string& after_instance_id, int limit);

}  // namespace reprise::questionnaire

#endif  // REPRISE_QUESTIONNAIRE_STORE_RESPONSE_STORE_H_
