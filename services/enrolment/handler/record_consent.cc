// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/convert.h"
#include "services/enrolment/domain/errors.h"
#include "services/enrolment/handler/handlers.h"
#include "services/enrolment/handler/participation.h"
#include "services/enrolment/store/course_store.h"
#include "services/enrolment/store/ground_store.h"
#include "services/enrolment/store/participant_store.h"
#include "services/enrolment/store/screening_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/convert/wire_time.h"
#include "services/platform/status.h"

namespace reprise::enrolment {
namespace {

// Whether `consent` may be signed for the screening, and the ground on which it is.
absl::StatusOr<Ground> LoadConsentGround(db::Tx& tx, const Screening& screening, const Consent& consent) {
  REPRISE_ASSIGN_OR_RETURN(
      const Ground ground,
      LoadGround(tx, {screening.study_id, screening.site_id, screening.stage}, consent.signed_date,
                 consent.made_time));
  REPRISE_RETURN_IF_ERROR(CheckNotFuture(ground, "signed_date"));
  if (consent.signed_date < screening.screened_date) {
    return DateBeforeScreening("signed_date", screening.screened_date);
  }
  REPRISE_RETURN_IF_ERROR(CheckOpen(ground));
  REPRISE_RETURN_IF_ERROR(CheckEthics(ground));
  REPRISE_ASSIGN_OR_RETURN(const auto form, FindForm(tx, screening.study_id, screening.stage, consent));
  REPRISE_RETURN_IF_ERROR(CheckForm(consent, form));
  return ground;
}

// Stores her under a new code, with the consent and the event.
absl::StatusOr<Participant> Include(db::Tx& tx, const Screening& screening, const Ground& ground,
                                    const Identity& identity, Consent consent) {
  REPRISE_ASSIGN_OR_RETURN(const SiteCounter site, LockSite(tx, screening.study_id, screening.site_id));
  const Participant participant{.participant_id = tx.call().ids->NewUuid(),
                                .study_id = screening.study_id,
                                .site_id = screening.site_id,
                                .code = ParticipantCode(site.code, site.participants + 1),
                                .made_time = consent.made_time,
                                .screening_id = screening.screening_id,
                                .stage = screening.stage,
                                .consent_date = consent.signed_date,
                                .protocol_version = ground.protocol_version,
                                .age_at_consent = AgeOn(identity.birth_date, consent.signed_date),
                                .status = ParticipantStatus::kConsented};
  consent.participant_id = participant.participant_id;
  InsertParticipant(tx, participant);
  InsertConsent(tx, consent);
  InsertEvent(tx, participant.participant_id, {.kind = EventKind::kConsented,
                                               .event_date = consent.signed_date,
                                               .made_time = consent.made_time});
  return participant;
}

}  // namespace

absl::StatusOr<v1::Participant> Handlers::RecordConsent(const Call& call,
                                                        const v1::RecordConsentRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string screening_id,
                           ParseUuid(request.screening_id(), "screening_id"));
  REPRISE_ASSIGN_OR_RETURN(const Consent consent, NewConsent(call, request));
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Participant> {
    REPRISE_ASSIGN_OR_RETURN(const Screening screening, LockScreening(tx, screening_id));
    REPRISE_RETURN_IF_ERROR(CheckLive(screening));
    REPRISE_ASSIGN_OR_RETURN(const Identity identity, vault_.Open(tx, screening_id));
    REPRISE_ASSIGN_OR_RETURN(const Ground ground, LoadConsentGround(tx, screening, consent));
    REPRISE_RETURN_IF_ERROR(vault_.CheckMayConsent(tx, screening, identity, ground.protocol_version));
    REPRISE_ASSIGN_OR_RETURN(const Participant participant,
                             Include(tx, screening, ground, identity, consent));
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "consent.record",
                                               .subject_type = "consent",
                                               .subject_id = consent.consent_id,
                                               .study_id = participant.study_id,
                                               .site_id = participant.site_id,
                                               .participant_id = participant.participant_id}));
    return ToProto(participant);
  });
}

}  // namespace reprise::enrolment
