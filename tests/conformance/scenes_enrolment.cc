// SPDX-License-Identifier: Apache-2.0
// Scenes of the enrolment service, in the study of the house under its protocol.
#include "reprise/enrolment/v1/enrolment_service.pb.h"

#include "tests/conformance/stage.h"

namespace reprise::conformance {
namespace {

namespace e1 = enrolment::v1;
using house::NewId;

google::type::Date Day(int day, int month = 3) {
  google::type::Date date;
  date.set_year(2025);
  date.set_month(month);
  date.set_day(day);
  return date;
}

// Somebody new.
void Name(e1::Identity& identity) {
  identity.set_birth_name(house::NewName());
  identity.set_given_name("Jeanne");
  *identity.mutable_birth_date() = Day(1);
  identity.mutable_birth_date()->set_year(1980);
}

e1::ScreenCandidateRequest NewScreening(const Stage& stage, bool identified) {
  e1::ScreenCandidateRequest request;
  request.set_request_id(NewId());
  request.set_study_id(stage.people.study_id);
  request.set_site_id(stage.people.lyon_id);
  request.set_stage("MAIN");
  *request.mutable_screened_date() = Day(3);
  if (identified) Name(*request.mutable_identity());
  return request;
}

std::string Screen(const Stage& stage, bool identified = true) {
  return stage
      .Must<e1::Screening>(stage.people.coline, "reprise.enrolment.v1.EnrolmentService/ScreenCandidate",
                           NewScreening(stage, identified))
      .screening_id();
}

template <typename Request>
Request Signed(const std::string& version) {
  Request request;
  request.set_request_id(NewId());
  request.set_form("SHEET");
  request.set_form_version(version);
  *request.mutable_signed_date() = Day(4);
  request.set_mode(e1::CONSENT_MODE_PAPER);
  return request;
}

std::string Consent(const Stage& stage) {
  return house::Consented(stage.client, stage.people.coline, stage.people.study_id, stage.people.lyon_id);
}

Scene ScreenCandidate(const Stage& stage) {
  return Made<e1::ScreenCandidateRequest>(stage.people.coline, NewScreening(stage, true),
                                          [](auto& other) { *other.mutable_screened_date() = Day(2); });
}

Scene IdentifyCandidate(const Stage& stage) {
  e1::IdentifyCandidateRequest request;
  request.set_screening_id(Screen(stage, false));
  Name(*request.mutable_identity());
  return Made<e1::IdentifyCandidateRequest>(stage.people.coline, request,
                                            [](auto& other) { other.mutable_identity()->set_given_name("Odile"); });
}

Scene DeclineCandidate(const Stage& stage) {
  e1::DeclineCandidateRequest request;
  request.set_screening_id(Screen(stage));
  request.set_reason("BUSY");
  return Made<e1::DeclineCandidateRequest>(stage.people.coline, request,
                                           [&](auto& other) { other.set_screening_id(Screen(stage)); });
}

Scene RecordConsent(const Stage& stage) {
  auto request = Signed<e1::RecordConsentRequest>("1");
  request.set_screening_id(Screen(stage));
  return Made<e1::RecordConsentRequest>(stage.people.coline, request,
                                        [](auto& other) { other.set_mode(e1::CONSENT_MODE_ELECTRONIC); });
}

Scene RenewConsent(const Stage& stage) {
  auto request = Signed<e1::RenewConsentRequest>("2");
  request.set_participant_id(Consent(stage));
  *request.mutable_signed_date() = Day(4, 7);
  return Made<e1::RenewConsentRequest>(stage.people.coline, request,
                                       [](auto& other) { *other.mutable_signed_date() = Day(5, 7); });
}

Scene EnrolParticipant(const Stage& stage) {
  e1::EnrolParticipantRequest request;
  request.set_participant_id(Consent(stage));
  *request.mutable_enrolled_date() = Day(6);
  return Made<e1::EnrolParticipantRequest>(stage.people.coline, request,
                                           [](auto& other) { *other.mutable_enrolled_date() = Day(7); });
}

Scene WithdrawParticipant(const Stage& stage) {
  e1::WithdrawParticipantRequest request;
  request.set_participant_id(Consent(stage));
  request.set_kind(e1::WITHDRAWAL_KIND_CONTACT);
  *request.mutable_withdrawal_date() = Day(6);
  return Made<e1::WithdrawParticipantRequest>(stage.people.coline, request,
                                              [](auto& other) { other.set_kind(e1::WITHDRAWAL_KIND_ALL); });
}

Scene RecordLifecycleEvent(const Stage& stage) {
  e1::RecordLifecycleEventRequest request;
  request.set_participant_id(Consent(stage));
  request.set_kind(e1::LifecycleEvent::KIND_SCREEN_FAILED);
  *request.mutable_event_date() = Day(6);
  return Made<e1::RecordLifecycleEventRequest>(stage.people.coline, request,
                                               [](auto& other) { other.set_reason("OTHER"); });
}

Scene AssignPhysician(const Stage& stage) {
  e1::AssignPhysicianRequest request;
  request.set_participant_id(Consent(stage));
  request.set_user_id(stage.people.pascale.user_id);
  return Made<e1::AssignPhysicianRequest>(stage.people.coline, request,
                                          [&](auto& other) { other.set_participant_id(Consent(stage)); });
}

Scene AddParticipantNote(const Stage& stage) {
  e1::AddParticipantNoteRequest request;
  request.set_participant_id(Consent(stage));
  request.set_text("Rappeler après la consultation.");
  return Made<e1::AddParticipantNoteRequest>(stage.people.coline, request,
                                             [](auto& other) { other.set_text("Rappelée."); });
}

Scene UnassignPhysician(const Stage& stage) {
  const auto assigned = [&stage] {
    e1::AssignPhysicianRequest request;
    request.set_request_id(NewId());
    request.set_participant_id(Consent(stage));
    request.set_user_id(stage.people.pascale.user_id);
    return stage
        .Must<e1::Participant>(stage.people.coline, "reprise.enrolment.v1.EnrolmentService/AssignPhysician", request)
        .participant_id();
  };
  e1::UnassignPhysicianRequest request;
  request.set_participant_id(assigned());
  request.set_user_id(stage.people.pascale.user_id);
  return Made<e1::UnassignPhysicianRequest>(stage.people.coline, request,
                                            [&](auto& other) { other.set_participant_id(assigned()); });
}

}  // namespace

std::map<std::string, MakeScene> EnrolmentScenes() {
  return {{"ScreenCandidate", &ScreenCandidate},
          {"IdentifyCandidate", &IdentifyCandidate},
          {"DeclineCandidate", &DeclineCandidate},
          {"RecordConsent", &RecordConsent},
          {"RenewConsent", &RenewConsent},
          {"EnrolParticipant", &EnrolParticipant},
          {"WithdrawParticipant", &WithdrawParticipant},
          {"RecordLifecycleEvent", &RecordLifecycleEvent},
          {"AssignPhysician", &AssignPhysician},
          {"AddParticipantNote", &AddParticipantNote},
          {"UnassignPhysician", &UnassignPhysician}};
}

}  // namespace reprise::conformance
