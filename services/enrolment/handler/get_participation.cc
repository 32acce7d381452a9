// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/handler/handlers.h"
#include "services/enrolment/handler/participation.h"
#include "services/enrolment/store/participant_store.h"
#include "services/platform/status.h"

namespace reprise::enrolment {

absl::StatusOr<v1::Participation> Handlers::GetParticipation(const Call& call,
                                                             const v1::GetParticipationRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string participant_id,
                           ParseUuid(request.participant_id(), "participant_id"));
  return db_.Read(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Participation> {
    REPRISE_ASSIGN_OR_RETURN(const Participant participant, LoadParticipant(tx, participant_id));
    return LoadParticipation(tx, participant);
  });
}

}  // namespace reprise::enrolment
