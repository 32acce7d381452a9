// SPDX-License-Identifier: Apache-2.0
// Between enrolment.v1 and the service's own types.
#ifndef REPRISE_ENROLMENT_CONVERT_H_
#define REPRISE_ENROLMENT_CONVERT_H_

#include <string>

#include "absl/status/statusor.h"
#include "reprise/enrolment/v1/participant.pb.h"
#include "reprise/enrolment/v1/screening.pb.h"

#include "services/enrolment/domain/consent.h"
#include "services/enrolment/domain/identity.h"
#include "services/enrolment/domain/lifecycle.h"
#include "services/enrolment/domain/note.h"
#include "services/enrolment/domain/participant.h"
#include "services/enrolment/domain/screening.h"

namespace reprise::enrolment {

v1::Participant ToProto(const Participant& participant);
v1::ParticipantNote ToProto(const Note& note);
v1::Screening ToProto(const Screening& screening);
v1::Consent ToProto(const Consent& consent);
v1::ConsentStanding ToProto(const ConsentStanding& standing, const Participant& participant);
v1::LifecycleEvent ToProto(const Event& event);
v1::ParticipantStatus ToProto(ParticipantStatus status);
v1::Identity ToProto(const Identity& identity);

ConsentMode FromProto(v1::ConsentMode mode);
// Numbers that are no kind become kNone.
Withdrawal FromProto(v1::WithdrawalKind kind);
EventKind FromProto(v1::LifecycleEvent::Kind kind);
// A date that is none becomes the year 1, which CheckIdentity refuses.
Identity FromProto(const v1::Identity& identity);

// As the vault seals it, and back. INTERNAL SEAL_BROKEN.
std::string ToBytes(const Identity& identity);
absl::StatusOr<Identity> IdentityOf(const std::string& bytes);

}  // namespace reprise::enrolment

#endif  // REPRISE_ENROLMENT_CONVERT_H_
