// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/handler/participation.h"

#include <algorithm>
#include <tuple>

#include "services/enrolment/convert.h"
#include "services/enrolment/store/course_store.h"
#include "services/enrolment/store/ground_store.h"
#include "services/enrolment/store/participant_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/convert/wire_time.h"
#include "services/platform/status.h"

namespace reprise::enrolment {
namespace {

template <typename Request>
absl::StatusOr<Consent> ConsentOf(const Call& call, const Request& request) {
  Consent consent{.consent_id = call.ids->NewUuid(),
                  .participant_id = {},
                  .form = request.form(),
                  .form_version = request.form_version(),
                  .signed_date = {},
                  .mode = FromProto(request.mode()),
                  .scopes = {request.scopes().begin(), request.scopes().end()},
                  .made_time = call.now};
  REPRISE_RETURN_IF_ERROR(CheckConsent(consent));
  REPRISE_ASSIGN_OR_RETURN(consent.signed_date, convert::FromProto(request.signed_date(), "signed_date"));
  return consent;
}

}  // namespace

absl::StatusOr<Consent> NewConsent(const Call& call, const v1::RecordConsentRequest& request) {
  return ConsentOf(call, request);
}
absl::StatusOr<Consent> NewConsent(const Call& call, const v1::RenewConsentRequest& request) {
  return ConsentOf(call, request);
}

absl::StatusOr<std::optional<ConsentForm>> FindForm(db::Tx& tx, const std::string& study_id,
                                                    const std::string& stage, const Consent& consent) {
  REPRISE_ASSIGN_OR_RETURN(const std::vector<ConsentForm> forms, ListForms(tx, study_id, stage));
  const auto at = std::find_if(forms.begin(), forms.end(), [&](const ConsentForm& form) {
    return form.form == consent.form && form.form_version == consent.form_version;
  });
  std::optional<ConsentForm> found;
  if (at != forms.end()) found = *at;
  return found;
}

absl::StatusOr<Ground> LoadEventGround(db::Tx& tx, const Participant& participant, absl::CivilDay day,
                                       absl::string_view path) {
  REPRISE_ASSIGN_OR_RETURN(
      const Ground ground,
      LoadGround(tx, {participant.study_id, participant.site_id, participant.stage}, day, tx.call().now));
  REPRISE_RETURN_IF_ERROR(CheckNotFuture(ground, path));
  REPRISE_RETURN_IF_ERROR(CheckNotBeforeConsent(participant, day, path));
  return ground;
}

absl::Status RecordEvent(db::Tx& tx, const Participant& participant, const Event& event,
                         const std::string& action) {
  REPRISE_ASSIGN_OR_RETURN(const Course course, LoadCourse(tx, participant));
  REPRISE_ASSIGN_OR_RETURN(const FollowUp follow_up, LoadFollowUp(tx, participant.participant_id));
  REPRISE_RETURN_IF_ERROR(CheckNext(course, follow_up, event));
  InsertEvent(tx, participant.participant_id, event);
  return audit::Append(tx, {.action = action,
                            .subject_type = "participant",
                            .subject_id = participant.participant_id,
                            .study_id = participant.study_id,
                            .site_id = participant.site_id,
                            .participant_id = participant.participant_id,
                            .reason = NameOf(event.kind)});
}

absl::StatusOr<Participant> LoadWithStatus(db::Tx& tx, const std::string& participant_id) {
  REPRISE_ASSIGN_OR_RETURN(Participant participant, LoadParticipant(tx, participant_id));
  REPRISE_ASSIGN_OR_RETURN(const Course course, LoadCourse(tx, participant));
  participant.status = StatusOf(course);
  return participant;
}

absl::StatusOr<v1::Participation> LoadParticipation(db::Tx& tx, const Participant& participant) {
  REPRISE_ASSIGN_OR_RETURN(Course course, LoadCourse(tx, participant));
  REPRISE_ASSIGN_OR_RETURN(const std::vector<Consent> consents,
                           LoadConsents(tx, participant.participant_id));
  REPRISE_ASSIGN_OR_RETURN(const std::vector<ConsentForm> forms,
                           ListForms(tx, participant.study_id, participant.stage));
  REPRISE_ASSIGN_OR_RETURN(
      const Ground ground,
      LoadGround(tx, {participant.study_id, participant.site_id, participant.stage},
                 participant.consent_date, tx.call().now));
  v1::Participation wire;
  wire.set_participant_id(participant.participant_id);
  wire.set_status(ToProto(StatusOf(course)));
  wire.set_protocol_version(participant.protocol_version);
  wire.set_age_at_consent(participant.age_at_consent);
  wire.set_code(participant.code);
  wire.set_study_id(participant.study_id);
  wire.set_site_id(participant.site_id);
  wire.set_stage(participant.stage);
  if (participant.consent_date) *wire.mutable_consent_date() = convert::ToProto(*participant.consent_date);
  if (CheckMayRenew(course).ok()) {
    for (const ConsentStanding& standing : StandingsOf(consents, forms, ground.today)) {
      if (standing.renewal) wire.add_consents_to_renew(standing.renewal->form);
    }
  }
  for (const Consent& consent : consents) *wire.add_consents() = ToProto(consent);
  std::stable_sort(course.events.begin(), course.events.end(), [](const Event& a, const Event& b) {
    return std::tie(a.event_date, a.made_time) < std::tie(b.event_date, b.made_time);
  });
  for (const Event& event : course.events) *wire.add_events() = ToProto(event);
  return wire;
}

}  // namespace reprise::enrolment
