// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/convert.h"
#include "services/enrolment/handler/handlers.h"
#include "services/enrolment/store/participant_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/id/id.h"
#include "services/platform/status.h"

namespace reprise::enrolment {

absl::StatusOr<v1::Participant> Handlers::RegisterParticipant(
    const Call& call, const v1::RegisterParticipantRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string study_id, ParseUuid(request.study_id(), "study_id"));
  REPRISE_ASSIGN_OR_RETURN(const std::string site_id, ParseUuid(request.site_id(), "site_id"));
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Participant> {
    REPRISE_ASSIGN_OR_RETURN(const SiteCounter site,
                             LockSite(tx, study_id, site_id));
    const Participant participant{.participant_id = call.ids->NewUuid(),
                                  .study_id = study_id,
                                  .site_id = site_id,
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
