// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/convert.h"
#include "services/enrolment/handler/handlers.h"
#include "services/enrolment/store/participant_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/status.h"

namespace reprise::enrolment {

absl::StatusOr<v1::Identity> Handlers::GetIdentity(const Call& call, const v1::GetIdentityRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string participant_id,
                           ParseUuid(request.participant_id(), "participant_id"));
  return db_.ReadAudited(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Identity> {
    REPRISE_ASSIGN_OR_RETURN(const Participant participant, LoadParticipant(tx, participant_id));
    REPRISE_ASSIGN_OR_RETURN(const Identity identity, vault_.Open(tx, participant.screening_id));
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "identity.read",
                                               .subject_type = "participant",
                                               .subject_id = participant_id,
                                               .study_id = participant.study_id,
                                               .site_id = participant.site_id,
                                               .participant_id = participant_id}));
    return ToProto(identity);
  });
}

}  // namespace reprise::enrolment
