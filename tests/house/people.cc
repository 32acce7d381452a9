// SPDX-License-Identifier: Apache-2.0
#include "tests/house/people.h"

#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "reprise/access/v1/access_service.pb.h"
#include "reprise/enrolment/v1/enrolment_service.pb.h"
#include "reprise/study/v1/study_service.pb.h"

#include "services/platform/id/id.h"
#include "services/platform/status.h"
#include "services/platform/testing/matchers.h"

namespace reprise::house {
namespace {

using testing::Client;

template <typename T>
T Must(absl::StatusOr<T> value) {
  if (!value.ok()) std::cerr << testing::Describe(value.status()) << "\n";
  REPRISE_CHECK(value.ok());
  return *std::move(value);
}

void Login(const Client& client, Person& person) {
  access::v1::LoginRequest request;
  request.set_login_name(person.login_name);
  request.set_password(kPassword);
  const auto session = Must(
      client.Call<access::v1::LoginResponse>("", "reprise.access.v1.AccessService/Login", request));
  person.user_id = session.user().user_id();
  person.token = session.session_token();
}

Person MakePerson(const Client& client, const Person& alice, const std::string& login_name,
                  const std::string& participant_id = "") {
  access::v1::CreateUserRequest request;
  request.set_request_id(NewId());
  request.set_login_name(login_name);
  request.set_display_name(login_name);
  request.set_password(kPassword);
  request.set_participant_id(participant_id);
  Must(client.Call<access::v1::User>(alice.token, "reprise.access.v1.AccessService/CreateUser", request));
  Person person{.login_name = login_name};
  Login(client, person);
  return person;
}

void Delegate(const Client& client, const Person& alice, const Person& to, access::v1::Role role,
              const std::string& study_id, const std::string& site_id = "") {
  access::v1::CreateDelegationRequest request;
  request.set_request_id(NewId());
  request.set_user_id(to.user_id);
  request.set_role(role);
  request.set_study_id(study_id);
  if (!site_id.empty()) request.set_site_id(site_id);
  Must(client.Call<access::v1::Delegation>(
      alice.token, "reprise.access.v1.AccessService/CreateDelegation", request));
}

std::string MakeStudy(const Client& client, const Person& alice, const std::string& code) {
  study::v1::CreateStudyRequest request;
  request.set_request_id(NewId());
  request.set_code(code);
  (*request.mutable_title())["en"] = absl::StrCat("The study ", code);
  return Must(client.Call<study::v1::Study>(alice.token, "reprise.study.v1.StudyService/CreateStudy",
                                            request))
      .study_id();
}

std::string MakeSite(const Client& client, const Person& alice, const std::string& study_id,
                     const std::string& code) {
  study::v1::CreateSiteRequest request;
  request.set_request_id(NewId());
  request.set_study_id(study_id);
  request.set_code(code);
  request.set_name(code);
  return Must(client.Call<study::v1::Site>(alice.token, "reprise.study.v1.StudyService/CreateSite",
                                           request))
      .site_id();
}

constexpr char kProtocol[] = R"yaml(
study: FASTRACS
label: "house"
in_force_on: 2025-01-01
title: {fr: "Protocole", en: "Protocol"}
regulation: {sponsor: "A hospital", category: RIPH2, ethics_opinion_on: 2024-12-01}
sites:
  - {code: LYO, name: "LYO", opens_on: 2025-01-01}
  - {code: STE, name: "STE", opens_on: 2025-01-01}
stages:
  - code: MAIN
    kind: MAIN
    title: {fr: "Principale", en: "Main"}
    opens_on: 2025-01-01
    targets: [{from: 2025-01-01, participants: 10, reason: "Planned."}]
consent_forms:
  - {code: SHEET, version: "1", valid_from: 2025-01-01, valid_until: 2025-06-30, title: {fr: "Note", en: "Sheet"}}
  - {code: SHEET, version: "2", valid_from: 2025-07-01, title: {fr: "Note", en: "Sheet"}}
decline_reasons:
  - {code: BUSY, title: {fr: "Occupée", en: "Busy"}}
)yaml";

void ApplyProtocol(const Client& client, const Person& alice, const std::string& study_id) {
  study::v1::ApplyProtocolRequest request;
  request.set_request_id(NewId());
  request.set_study_id(study_id);
  request.set_document(kProtocol);
  Must(client.Call<study::v1::ProtocolVersion>(alice.token, "reprise.study.v1.StudyService/ApplyProtocol", request));
}

google::type::Date DateOf(int year, int month, int day) {
  google::type::Date date;
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
  return date;
}

}  // namespace

std::string NewId() { return RandomIdSource().NewUuid(); }

std::string NewName() {
  // Digits do not belong in a name.
  return absl::StrReplaceAll(NewId(), {{"0", "g"}, {"1", "h"}, {"2", "i"}, {"3", "j"}, {"4", "k"}, {"5", "l"},
                                       {"6", "m"}, {"7", "n"}, {"8", "o"}, {"9", "p"}, {"-", ""}});
}

std::string Consented(const Client& client, const Person& coordinator, const std::string& study_id,
                      const std::string& site_id) {
  enrolment::v1::ScreenCandidateRequest screening;
  screening.set_request_id(NewId());
  screening.set_study_id(study_id);
  screening.set_site_id(site_id);
  screening.set_stage("MAIN");
  *screening.mutable_screened_date() = DateOf(2025, 3, 3);
  screening.mutable_identity()->set_birth_name(NewName());
  screening.mutable_identity()->set_given_name("Jeanne");
  *screening.mutable_identity()->mutable_birth_date() = DateOf(1980, 3, 1);
  enrolment::v1::RecordConsentRequest consent;
  consent.set_request_id(NewId());
  consent.set_screening_id(
      Must(client.Call<enrolment::v1::Screening>(
               coordinator.token, "reprise.enrolment.v1.EnrolmentService/ScreenCandidate", screening))
          .screening_id());
  consent.set_form("SHEET");
  consent.set_form_version("1");
  *consent.mutable_signed_date() = DateOf(2025, 3, 4);
  consent.set_mode(enrolment::v1::CONSENT_MODE_PAPER);
  return Must(client.Call<enrolment::v1::Participant>(
                  coordinator.token, "reprise.enrolment.v1.EnrolmentService/RecordConsent", consent))
      .participant_id();
}

People Settle(const Client& client) {
  People p;
  p.alice.login_name = "alice";
  Login(client, p.alice);
  p.study_id = MakeStudy(client, p.alice, "FASTRACS");
  p.lyon_id = MakeSite(client, p.alice, p.study_id, "LYO");
  p.saint_etienne_id = MakeSite(client, p.alice, p.study_id, "STE");
  ApplyProtocol(client, p.alice, p.study_id);
  p.other_study_id = MakeStudy(client, p.alice, "OTHER");
  p.other_site_id = MakeSite(client, p.alice, p.other_study_id, "OTH");
  for (auto [person, name] : {std::pair{&p.bob, "bob"}, std::pair{&p.dora, "dora"},
                              std::pair{&p.coline, "coline"}, std::pair{&p.simone, "simone"},
                              std::pair{&p.pascale, "pascale"}, std::pair{&p.rachel, "rachel"},
                              std::pair{&p.olga, "olga"}, std::pair{&p.chelsea, "chelsea"}}) {
    *person = MakePerson(client, p.alice, name);
  }
  Delegate(client, p.alice, p.bob, access::v1::ROLE_STUDY_MANAGER, p.study_id);
  Delegate(client, p.alice, p.dora, access::v1::ROLE_DATA_MANAGER, p.study_id);
  Delegate(client, p.alice, p.coline, access::v1::ROLE_COORDINATOR, p.study_id, p.lyon_id);
  Delegate(client, p.alice, p.simone, access::v1::ROLE_COORDINATOR, p.study_id, p.saint_etienne_id);
  Delegate(client, p.alice, p.pascale, access::v1::ROLE_OCCUPATIONAL_PHYSICIAN, p.study_id, p.lyon_id);
  Delegate(client, p.alice, p.rachel, access::v1::ROLE_RESEARCHER, p.study_id);
  Delegate(client, p.alice, p.olga, access::v1::ROLE_STUDY_MANAGER, p.other_study_id);
  Delegate(client, p.alice, p.olga, access::v1::ROLE_COORDINATOR, p.other_study_id);
  // New delegations are felt once the cache of identities forgets, a few milliseconds in tests.
  p.paula_id = Consented(client, p.coline, p.study_id, p.lyon_id);
  p.second_id = Consented(client, p.coline, p.study_id, p.lyon_id);
  p.third_id = Consented(client, p.simone, p.study_id, p.saint_etienne_id);
  p.paula = MakePerson(client, p.alice, "paula", p.paula_id);
  Delegate(client, p.alice, p.paula, access::v1::ROLE_PARTICIPANT, p.study_id, p.lyon_id);
  enrolment::v1::AssignPhysicianRequest assign;
  assign.set_request_id(NewId());
  assign.set_participant_id(p.paula_id);
  assign.set_user_id(p.pascale.user_id);
  Must(client.Call<enrolment::v1::Participant>(
      p.coline.token, "reprise.enrolment.v1.EnrolmentService/AssignPhysician", assign));
  return p;
}

}  // namespace reprise::house
