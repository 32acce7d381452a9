// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/convert.h"
#include "services/enrolment/handler/handlers.h"
#include "services/enrolment/store/participant_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/status.h"

namespace reprise::enrolment {

absl::StatusOr<v1::Participant> Handlers::RegisterParticipant(
    const Call& call, const v1::RegisterParticipantRequest& request) {
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Participant> {
    REPRISE_ASSIGN_OR_RETURN(const SiteCounter site,
                             LockSite(tx, request.study_id(), request.site_id()));
    const Participant participant{.participant_id = call.ids->NewUuid(),
                                  .study_id = request.study_id(),
                                  .site_id = request.site_id(),
                                  .code = ParticipantCode(site.code, site.participants + 1),
                                  .made_time = call.now};
    InsertParticipant(tx, participant);
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "participant.register",
                                               .subject_type = "participant",
                                               .subject_id = participant.participant_id,
                                               .study_id = participant.study_id,
                                               .site_id = participant.site_id,
                                               .participant_id = participant.participant_id}));
    return ToProto(participant);
  });
}

}  // namespace reprise::enrolment
