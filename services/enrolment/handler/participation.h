// SPDX-License-Identifier: Apache-2.0
// What the handlers of consents and of the lifecycle share.
#ifndef REPRISE_ENROLMENT_HANDLER_PARTICIPATION_H_
#define REPRISE_ENROLMENT_HANDLER_PARTICIPATION_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/enrolment/v1/enrolment_service.pb.h"

#include "services/enrolment/domain/consent.h"
#include "services/enrolment/domain/ground.h"
#include "services/enrolment/domain/participant.h"
#include "services/platform/call.h"
#include "services/platform/db/database.h"

namespace reprise::enrolment {

// A consent as asked for, without its participant. The reasons of CheckConsent, and DATE_INVALID.
absl::StatusOr<Consent> NewConsent(const Call& call, const v1::RecordConsentRequest& request);
absl::StatusOr<Consent> NewConsent(const Call& call, const v1::RenewConsentRequest& request);

absl::StatusOr<std::optional<ConsentForm>> FindForm(db::Tx& tx, const std::string& study_id,
                                                    const std::string& stage, const Consent& consent);

// The site's ground on the day of a participant's event, which lies between her consent and today
// (INVALID_ARGUMENT DATE_IN_FUTURE, DATE_BEFORE_CONSENT naming `path`).
absl::StatusOr<Ground> LoadEventGround(db::Tx& tx, const Participant& participant, absl::CivilDay day,
                                       absl::string_view path);

// Stores `event` of a participant, whose course is locked, as the next one, with its audit event.
// FAILED_PRECONDITION STATUS_TRANSITION_INVALID, FOLLOW_UP_NOT_OVER.
absl::Status RecordEvent(db::Tx& tx, const Participant& participant, const Event& event,
                         const std::string& action);

// NOT_FOUND PARTICIPANT_NOT_FOUND.
absl::StatusOr<Participant> LoadWithStatus(db::Tx& tx, const std::string& participant_id);
absl::StatusOr<v1::Participation> LoadParticipation(db::Tx& tx, const Participant& participant);

}  // namespace reprise::enrolment

#endif  // REPRISE_ENROLMENT_HANDLER_PARTICIPATION_H_
