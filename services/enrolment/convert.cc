// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/convert.h"

#include "services/enrolment/domain/errors.h"
#include "services/platform/convert/wire_time.h"

namespace reprise::enrolment {

v1::Participant ToProto(const Participant& participant) {
  v1::Participant wire;
  wire.set_participant_id(participant.participant_id);
  wire.set_study_id(participant.study_id);
  wire.set_site_id(participant.site_id);
  wire.set_code(participant.code);
  *wire.mutable_made_time() = convert::ToProto(participant.made_time);
  wire.set_stage(participant.stage);
  wire.set_status(ToProto(participant.status));
  *wire.mutable_consent_date() = convert::ToProto(participant.consent_date);
  return wire;
}

v1::ParticipantNote ToProto(const Note& note) {
  v1::ParticipantNote wire;
  wire.set_note_id(note.note_id);
  wire.set_participant_id(note.participant_id);
  wire.set_text(note.text);
  wire.set_written_by(note.written_by);
  wire.set_written_by_name(note.written_by_name);
  *wire.mutable_made_time() = convert::ToProto(note.made_time);
  return wire;
}

v1::Screening ToProto(const Screening& screening) {
  v1::Screening wire;
  wire.set_screening_id(screening.screening_id);
  wire.set_study_id(screening.study_id);
  wire.set_site_id(screening.site_id);
  wire.set_stage(screening.stage);
  wire.set_number(screening.number);
  *wire.mutable_screened_date() = convert::ToProto(screening.screened_date);
  wire.set_outcome(screening.eligible() ? v1::Screening::OUTCOME_ELIGIBLE
                                        : v1::Screening::OUTCOME_INELIGIBLE);
  wire.mutable_failed_criteria()->Add(screening.failed_criteria.begin(), screening.failed_criteria.end());
  wire.set_decline_reason(screening.decline_reason);
  wire.set_identified(screening.identified);
  wire.set_participant_id(screening.participant_id);
  *wire.mutable_made_time() = convert::ToProto(screening.made_time);
  return wire;
}

v1::Consent ToProto(const Consent& consent) {
  v1::Consent wire;
  wire.set_consent_id(consent.consent_id);
  wire.set_participant_id(consent.participant_id);
  wire.set_form(consent.form);
  wire.set_form_version(consent.form_version);
  *wire.mutable_signed_date() = convert::ToProto(consent.signed_date);
  wire.set_mode(consent.mode == ConsentMode::kPaper ? v1::CONSENT_MODE_PAPER : v1::CONSENT_MODE_ELECTRONIC);
  wire.mutable_scopes()->Add(consent.scopes.begin(), consent.scopes.end());
  *wire.mutable_made_time() = convert::ToProto(consent.made_time);
  return wire;
}

v1::ConsentStanding ToProto(const ConsentStanding& standing, const Participant& participant) {
  v1::ConsentStanding wire;
  *wire.mutable_consent() = ToProto(standing.newest);
  wire.set_participant_code(participant.code);
  wire.set_site_id(participant.site_id);
  wire.set_renewal_due(standing.renewal.has_value());
  if (standing.renewal) {
    *wire.mutable_renewal_due_date() = convert::ToProto(standing.renewal->valid_from);
    wire.set_renewal_form_version(standing.renewal->form_version);
  }
  return wire;
}

v1::LifecycleEvent ToProto(const Event& event) {
  v1::LifecycleEvent wire;
  wire.set_kind(static_cast<v1::LifecycleEvent::Kind>(event.kind));
  *wire.mutable_event_date() = convert::ToProto(event.event_date);
  wire.set_withdrawal(static_cast<v1::WithdrawalKind>(event.withdrawal));
  wire.set_reason(event.reason);
  *wire.mutable_made_time() = convert::ToProto(event.made_time);
  return wire;
}

v1::ParticipantStatus ToProto(ParticipantStatus status) {
  return static_cast<v1::ParticipantStatus>(status);
}

v1::Identity ToProto(const Identity& identity) {
  v1::Identity wire;
  wire.set_birth_name(identity.birth_name);
  wire.set_used_name(identity.used_name);
  wire.set_given_name(identity.given_name);
  *wire.mutable_birth_date() = convert::ToProto(identity.birth_date);
  wire.set_email(identity.email);
  wire.set_phone(identity.phone);
  wire.set_employer(identity.employer);
  return wire;
}

ConsentMode FromProto(v1::ConsentMode mode) {
  if (mode == v1::CONSENT_MODE_PAPER) return ConsentMode::kPaper;
  return mode == v1::CONSENT_MODE_ELECTRONIC ? ConsentMode::kElectronic : ConsentMode::kNone;
}

Withdrawal FromProto(v1::WithdrawalKind kind) {
  return v1::WithdrawalKind_IsValid(kind) ? static_cast<Withdrawal>(kind) : Withdrawal::kNone;
}

EventKind FromProto(v1::LifecycleEvent::Kind kind) {
  return v1::LifecycleEvent::Kind_IsValid(kind) ? static_cast<EventKind>(kind) : EventKind::kNone;
}

Identity FromProto(const v1::Identity& identity) {
  return {.birth_name = identity.birth_name(),
          .used_name = identity.used_name(),
          .given_name = identity.given_name(),
          .birth_date = convert::FromProto(identity.birth_date(), "birth_date").value_or(absl::CivilDay(1)),
          .email = identity.email(),
          .phone = identity.phone(),
          .employer = identity.employer()};
}

std::string ToBytes(const Identity& identity) { return ToProto(identity).SerializeAsString(); }

absl::StatusOr<Identity> IdentityOf(const std::string& bytes) {
  v1::Identity wire;
  if (!wire.ParseFromString(bytes)) return IdentityUnreadable();
  return FromProto(wire);
}

}  // namespace reprise::enrolment
