// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/convert.h"
#include "services/enrolment/domain/errors.h"
#include "services/enrolment/handler/handlers.h"
#include "services/enrolment/handler/participation.h"
#include "services/enrolment/store/course_store.h"
#include "services/enrolment/store/ground_store.h"
#include "services/enrolment/store/participant_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/status.h"

namespace reprise::enrolment {

absl::StatusOr<v1::Consent> Handlers::RenewConsent(const Call& call, const v1::RenewConsentRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string participant_id,
                           ParseUuid(request.participant_id(), "participant_id"));
  REPRISE_ASSIGN_OR_RETURN(const Consent asked, NewConsent(call, request));
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Consent> {
    Consent consent = asked;
    consent.participant_id = participant_id;
    LockCourse(tx, participant_id);
    REPRISE_ASSIGN_OR_RETURN(const Participant participant, LoadParticipant(tx, participant_id));
    REPRISE_ASSIGN_OR_RETURN(const Course course, LoadCourse(tx, participant));
    REPRISE_RETURN_IF_ERROR(CheckMayRenew(course));
    REPRISE_ASSIGN_OR_RETURN(
        const Ground ground,
        LoadGround(tx, {participant.study_id, participant.site_id, participant.stage}, consent.signed_date,
                   call.now));
    REPRISE_RETURN_IF_ERROR(CheckNotFuture(ground, "signed_date"));
    REPRISE_RETURN_IF_ERROR(CheckNotBeforeConsent(participant, consent.signed_date, "signed_date"));
    REPRISE_ASSIGN_OR_RETURN(const auto form,
                             FindForm(tx, participant.study_id, participant.stage, consent));
    REPRISE_RETURN_IF_ERROR(CheckForm(consent, form));
    InsertConsent(tx, consent);
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "consent.renew",
                                               .subject_type = "consent",
                                               .subject_id = consent.consent_id,
                                               .study_id = participant.study_id,
                                               .site_id = participant.site_id,
                                               .participant_id = participant_id}));
    return ToProto(consent);
  });
}

}  // namespace reprise::enrolment
