// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/convert.h"
#include "services/enrolment/handler/handlers.h"
#include "services/enrolment/handler/participation.h"
#include "services/enrolment/store/physician_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/status.h"

namespace reprise::enrolment {

absl::StatusOr<v1::Participant> Handlers::AssignPhysician(const Call& call,
                                                          const v1::AssignPhysicianRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string participant_id,
                           ParseUuid(request.participant_id(), "participant_id"));
  REPRISE_ASSIGN_OR_RETURN(const std::string user_id, ParseUuid(request.user_id(), "user_id"));
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Participant> {
    REPRISE_ASSIGN_OR_RETURN(const Participant participant, LoadWithStatus(tx, participant_id));
    REPRISE_RETURN_IF_ERROR(CheckPhysician(tx, participant.study_id, participant.site_id, user_id));
    InsertAssignment(tx, participant_id, user_id);
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "participant.assign",
                                               .subject_type = "user",
                                               .subject_id = user_id,
                                               .study_id = participant.study_id,
                                               .site_id = participant.site_id,
                                               .participant_id = participant_id}));
    return ToProto(participant);
  });
}

}  // namespace reprise::enrolment
