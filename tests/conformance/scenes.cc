// SPDX-License-Identifier: Apache-2.0
#include "tests/conformance/scenes.h"

#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "reprise/access/v1/access_service.pb.h"
#include "reprise/questionnaire/v1/questionnaire_service.pb.h"
#include "reprise/study/v1/study_service.pb.h"

#include "tests/conformance/stage.h"

namespace reprise::conformance {
namespace {

namespace a1 = access::v1;
namespace q1 = questionnaire::v1;
namespace s1 = study::v1;
using house::NewId;
using house::Person;

std::string NewLoginName() { return "u" + NewId(); }

a1::User MakeUser(const Stage& stage) {
  a1::CreateUserRequest request;
  request.set_request_id(NewId());
  request.set_login_name(NewLoginName());
  request.set_display_name("Somebody");
  request.set_password(house::kPassword);
  return stage.Must<a1::User>(stage.people.alice, "reprise.access.v1.AccessService/CreateUser", request);
}

Scene CreateUser(const Stage& stage) {
  a1::CreateUserRequest request;
  request.set_login_name(NewLoginName());
  request.set_display_name("Somebody");
  request.set_password(house::kPassword);
  return Made<a1::CreateUserRequest>(stage.people.alice, request,
                                     [](auto& other) { other.set_display_name("Else"); });
}

Scene ChangePassword(const Stage& stage) {
  a1::LoginRequest login;
  login.set_login_name(MakeUser(stage).login_name());
  login.set_password(house::kPassword);
  const auto session =
      stage.Must<a1::LoginResponse>(Person{}, "reprise.access.v1.AccessService/Login", login);
  a1::ChangePasswordRequest request;
  request.set_old_password(house::kPassword);
  request.set_new_password("an entirely new one");
  return Made<a1::ChangePasswordRequest>(Person{.token = session.session_token()}, request,
                                         [](auto& other) { other.set_new_password("a third one then"); });
}

Scene DisableUser(const Stage& stage) {
  const a1::User user = MakeUser(stage);
  a1::DisableUserRequest request;
  request.set_user_id(user.user_id());
  request.set_etag(user.etag());
  return Made<a1::DisableUserRequest>(stage.people.alice, request,
                                      [&](auto& other) { other.set_user_id(MakeUser(stage).user_id()); });
}

a1::CreateDelegationRequest NewDelegation(const Stage& stage) {
  a1::CreateDelegationRequest request;
  request.set_request_id(NewId());
  request.set_user_id(MakeUser(stage).user_id());
  request.set_role(a1::ROLE_RESEARCHER);
  request.set_study_id(stage.people.study_id);
  return request;
}

Scene CreateDelegation(const Stage& stage) {
  return Made<a1::CreateDelegationRequest>(stage.people.bob, NewDelegation(stage),
                                           [](auto& other) { other.set_role(a1::ROLE_DATA_MANAGER); });
}

Scene EndDelegation(const Stage& stage) {
  const auto made = [&] {
    return stage
        .Must<a1::Delegation>(stage.people.bob, "reprise.access.v1.AccessService/CreateDelegation",
                              NewDelegation(stage))
        .delegation_id();
  };
  a1::EndDelegationRequest request;
  request.set_delegation_id(made());
  return Made<a1::EndDelegationRequest>(stage.people.bob, request,
                                        [&](auto& other) { other.set_delegation_id(made()); });
}

Scene CreateStudy(const Stage& stage) {
  s1::CreateStudyRequest request;
  request.set_code("SCENE");
  (*request.mutable_title())["fr"] = "Scène";
  (*request.mutable_title())["en"] = "Scene";
  return Made<s1::CreateStudyRequest>(stage.people.alice, request,
                                      [](auto& other) { other.set_code("SCENE-2"); });
}

Scene CreateSite(const Stage& stage) {
  s1::CreateSiteRequest request;
  request.set_study_id(stage.people.study_id);
  request.set_code("SCE");
  request.set_name("Scene");
  return Made<s1::CreateSiteRequest>(stage.people.bob, request, [](auto& other) { other.set_code("SCF"); });
}

s1::ApplyProtocolRequest NewProtocol(const Stage& stage) {
  s1::CreateStudyRequest study;
  study.set_request_id(NewId());
  study.set_code(absl::StrCat("P-", absl::AsciiStrToUpper(NewId().substr(0, 8))));
  (*study.mutable_title())["en"] = "Protocol";
  s1::ApplyProtocolRequest request;
  request.set_request_id(NewId());
  request.set_study_id(stage.Must<s1::Study>(stage.people.alice, "reprise.study.v1.StudyService/CreateStudy", study)
                           .study_id());
  request.set_document(absl::StrCat("study: ", study.code(), R"yaml(
label: "1.0"
in_force_on: 2025-01-01
title: {fr: "Protocole", en: "Protocol"}
sites: [{code: LYO, name: "Lyon", opens_on: 2025-01-01}]
stages:
  - code: MAIN
    kind: MAIN
    title: {fr: "Principale", en: "Main"}
    opens_on: 2025-01-01
    targets: [{from: 2025-01-01, participants: 10, reason: "Planned."}]
)yaml"));
  return request;
}

Scene ApplyProtocol(const Stage& stage) {
  return Made<s1::ApplyProtocolRequest>(stage.people.alice, NewProtocol(stage),
                                        [](auto& other) { other.set_document(other.document() + "# A note.\n"); });
}

std::string Document(const std::string& version) {
  return absl::StrCat("id: scene\nversion: \"", version, "\"\nlanguages: [en, fr]\n", R"yaml(
title: {en: "Form", fr: "Formulaire"}
licence: {tier: own, owner: "Reprise", terms: "Apache-2.0"}
sections:
  - code: all
    items:
      - {code: days, type: integer, hard: {min: 0, max: 365}, text: {en: "Days?", fr: "Jours ?"}}
)yaml");
}

q1::PublishInstrumentVersionRequest NewVersion(const std::string& version) {
  q1::PublishInstrumentVersionRequest request;
  request.set_request_id(NewId());
  request.set_document(Document(version));
  return request;
}

Scene PublishInstrumentVersion(const Stage& stage) {
  return Made<q1::PublishInstrumentVersionRequest>(
      stage.people.bob, NewVersion("1.0"), [](auto& other) { other.set_document(Document("1.1")); });
}

q1::OpenInstanceRequest NewInstance(const Stage& stage) {
  const auto version = stage.Must<q1::InstrumentVersion>(
      stage.people.bob, "reprise.questionnaire.v1.QuestionnaireService/PublishInstrumentVersion",
      NewVersion(NewId()));
  q1::OpenInstanceRequest request;
  request.set_request_id(NewId());
  request.set_participant_id(stage.people.paula_id);
  request.set_instrument_version_id(version.instrument_version_id());
  request.set_timepoint("baseline");
  return request;
}

Scene OpenInstance(const Stage& stage) {
  return Made<q1::OpenInstanceRequest>(stage.people.coline, NewInstance(stage),
                                       [](auto& other) { other.set_timepoint("T0+4m"); });
}

q1::SubmitResponseRequest NewResponse(const Stage& stage) {
  q1::SubmitResponseRequest request;
  request.set_request_id(NewId());
  request.set_instance_id(
      stage.Must<q1::Instance>(stage.people.coline, "reprise.questionnaire.v1.QuestionnaireService/OpenInstance",
                               NewInstance(stage))
          .instance_id());
  (*request.mutable_answers())["days"].set_value("30");
  return request;
}

Scene SubmitResponse(const Stage& stage) {
  return Made<q1::SubmitResponseRequest>(stage.people.paula, NewResponse(stage), [](auto& other) {
    (*other.mutable_answers())["days"].set_value("31");
  });
}

Scene SaveAnswers(const Stage& stage) {
  q1::SaveAnswersRequest request;
  request.set_instance_id(NewResponse(stage).instance_id());
  (*request.mutable_answers())["days"].set_value("3");
  return Made<q1::SaveAnswersRequest>(stage.people.paula, request, [](auto& other) {
    (*other.mutable_answers())["days"].set_value("4");
  });
}

Scene CorrectResponse(const Stage& stage) {
  const auto response = stage.Must<q1::Response>(
      stage.people.paula, "reprise.questionnaire.v1.QuestionnaireService/SubmitResponse", NewResponse(stage));
  q1::CorrectResponseRequest request;
  request.set_instance_id(response.instance_id());
  request.set_etag(response.etag());
  request.set_change_reason("Misread.");
  (*request.mutable_answers())["days"].set_value("12");
  return Made<q1::CorrectResponseRequest>(stage.people.coline, request,
                                          [](auto& other) { other.set_change_reason("Misheard."); });
}

}  // namespace

Scene SceneFor(const Method& method, const testing::Client& client, const house::People& people) {
  if (method.service == "extract") return ExtractScene(method, client, people);
  std::map<std::string, MakeScene> scenes = {
      {"CreateUser", &CreateUser},
      {"ChangePassword", &ChangePassword},
      {"DisableUser", &DisableUser},
      {"CreateDelegation", &CreateDelegation},
      {"EndDelegation", &EndDelegation},
      {"CreateStudy", &CreateStudy},
      {"CreateSite", &CreateSite},
      {"ApplyProtocol", &ApplyProtocol},
      {"PublishInstrumentVersion", &PublishInstrumentVersion},
      {"OpenInstance", &OpenInstance},
      {"SaveAnswers", &SaveAnswers},
      {"SubmitResponse", &SubmitResponse},
      {"CorrectResponse", &CorrectResponse},
  };
  scenes.merge(AccessScenes());
  scenes.merge(EnrolmentScenes());
  const auto at = scenes.find(method.descriptor->name());
  if (at == scenes.end()) return {};
  return at->second(Stage{client, people});
}

}  // namespace reprise::conformance
