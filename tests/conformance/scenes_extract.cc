// SPDX-License-Identifier: Apache-2.0
// Scenes of the extract service: a study of its own with a protocol, a researcher who asks and a study
// manager who decides.
#include <map>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "reprise/access/v1/access_service.pb.h"
#include "reprise/extract/v1/extract_service.pb.h"
#include "reprise/study/v1/study_service.pb.h"

#include "tests/conformance/scenes.h"

namespace reprise::conformance {
namespace {

namespace a1 = access::v1;
namespace s1 = study::v1;
namespace x1 = extract::v1;
using house::NewId;
using house::Person;

// The id of a new study whose protocol has the stage MAIN; empty where it cannot be made.
std::string NewStudy(const testing::Client& client, const Person& alice) {
  s1::CreateStudyRequest study;
  study.set_request_id(NewId());
  study.set_code(absl::StrCat("X-", absl::AsciiStrToUpper(NewId().substr(0, 8))));
  (*study.mutable_title())["en"] = "Extracts";
  const auto made = client.Call<s1::Study>(alice.token, "reprise.study.v1.StudyService/CreateStudy", study);
  if (!made.ok()) return "";
  s1::ApplyProtocolRequest protocol;
  protocol.set_request_id(NewId());
  protocol.set_study_id(made->study_id());
  protocol.set_document(absl::StrCat("study: ", study.code(), R"yaml(
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
  const auto applied =
      client.CallBytes(alice.token, "reprise.study.v1.StudyService/ApplyProtocol", protocol.SerializeAsString());
  return applied.ok() ? made->study_id() : "";
}

// Somebody new with one role in the study, logged in after the delegation.
Person NewPerson(const testing::Client& client, const Person& alice, a1::Role role, const std::string& study_id) {
  a1::CreateUserRequest user;
  user.set_request_id(NewId());
  user.set_login_name("x" + NewId());
  user.set_display_name("Somebody");
  user.set_password(house::kPassword);
  const auto made = client.Call<a1::User>(alice.token, "reprise.access.v1.AccessService/CreateUser", user);
  if (!made.ok()) return {};
  a1::CreateDelegationRequest delegation;
  delegation.set_request_id(NewId());
  delegation.set_user_id(made->user_id());
  delegation.set_role(role);
  delegation.set_study_id(study_id);
  (void)client.CallBytes(alice.token, "reprise.access.v1.AccessService/CreateDelegation",
                         delegation.SerializeAsString());
  a1::LoginRequest login;
  login.set_login_name(user.login_name());
  login.set_password(house::kPassword);
  const auto session = client.Call<a1::LoginResponse>("", "reprise.access.v1.AccessService/Login", login);
  if (!session.ok()) return {};
  return {.login_name = user.login_name(), .user_id = made->user_id(), .token = session->session_token()};
}

}  // namespace

Scene ExtractScene(const Method& method, const testing::Client& client, const house::People& people) {
  const std::string study_id = NewStudy(client, people.alice);
  if (study_id.empty()) return {};
  const Person researcher = NewPerson(client, people.alice, a1::ROLE_RESEARCHER, study_id);
  x1::RequestExtractRequest request;
  request.set_request_id(NewId());
  request.set_study_id(study_id);
  request.set_stage("MAIN");
  request.set_purpose("Scene.");
  if (method.descriptor->name() == "RequestExtract") {
    x1::RequestExtractRequest other = request;
    other.set_purpose("Another scene.");
    return {researcher, std::make_unique<x1::RequestExtractRequest>(request),
            std::make_unique<x1::RequestExtractRequest>(other)};
  }
  const auto made =
      client.Call<x1::Extract>(researcher.token, "reprise.extract.v1.ExtractService/RequestExtract", request);
  if (method.descriptor->name() != "DecideExtract" || !made.ok()) return {};
  x1::DecideExtractRequest decide;
  decide.set_request_id(NewId());
  decide.set_extract_id(made->extract_id());
  decide.set_approve(true);
  x1::DecideExtractRequest other = decide;
  other.set_reason("As agreed.");
  return {NewPerson(client, people.alice, a1::ROLE_STUDY_MANAGER, study_id),
          std::make_unique<x1::DecideExtractRequest>(decide), std::make_unique<x1::DecideExtractRequest>(other)};
}

}  // namespace reprise::conformance
