// SPDX-License-Identifier: Apache-2.0
// Scenes of the access service: second factors, links and resets.
#include <liboath/oath.h>

#include <array>
#include <cstdlib>

#include "absl/time/clock.h"
#include "reprise/access/v1/access_service.pb.h"
#include "reprise/enrolment/v1/enrolment_service.pb.h"

#include "tests/conformance/stage.h"

namespace reprise::conformance {
namespace {

namespace a1 = access::v1;
namespace e1 = enrolment::v1;
using house::NewId;
using house::Person;

std::string Named(const char* method) { return std::string("reprise.access.v1.AccessService/") + method; }

// Somebody new, logged in; her authenticator where she has one.
struct Newcomer {
  a1::User user;
  Person person;
  std::string secret;  // bytes
};

Newcomer MakeNewcomer(const Stage& stage) {
  a1::CreateUserRequest request;
  request.set_request_id(NewId());
  request.set_login_name("u" + NewId());
  request.set_display_name("Somebody");
  request.set_password(house::kPassword);
  Newcomer made;
  made.user = stage.Must<a1::User>(stage.people.alice, Named("CreateUser").c_str(), request);
  a1::LoginRequest login;
  login.set_login_name(made.user.login_name());
  login.set_password(house::kPassword);
  made.person.token =
      stage.Must<a1::LoginResponse>(Person{}, Named("Login").c_str(), login).session_token();
  return made;
}

// What an authenticator shows `drift` periods from now: each code is taken once, in their order.
std::string Code(const Newcomer& who, int drift) {
  std::array<char, 7> code{};
  REPRISE_CHECK(oath_init() == OATH_OK);
  REPRISE_CHECK(oath_totp_generate(who.secret.data(), who.secret.size(),
                                   absl::ToTimeT(absl::Now()) + drift * 30, 30, 0, 6, code.data()) == OATH_OK);
  return code.data();
}

Newcomer WithStartedFactor(const Stage& stage) {
  Newcomer who = MakeNewcomer(stage);
  a1::StartSecondFactorRequest request;
  request.set_request_id(NewId());
  request.set_password(house::kPassword);
  const auto started =
      stage.Must<a1::StartSecondFactorResponse>(who.person, Named("StartSecondFactor").c_str(), request);
  char* bytes = nullptr;
  size_t size = 0;
  REPRISE_CHECK(oath_base32_decode(started.secret().data(), started.secret().size(), &bytes, &size) == OATH_OK);
  who.secret.assign(bytes, size);
  std::free(bytes);
  return who;
}

Newcomer WithFactor(const Stage& stage) {
  Newcomer who = WithStartedFactor(stage);
  a1::ConfirmSecondFactorRequest request;
  request.set_request_id(NewId());
  request.set_code(Code(who, 0));
  stage.Must<a1::ConfirmSecondFactorResponse>(who.person, Named("ConfirmSecondFactor").c_str(), request);
  return who;
}

Scene StartSecondFactor(const Stage& stage) {
  a1::StartSecondFactorRequest request;
  request.set_password(house::kPassword);
  return Made<a1::StartSecondFactorRequest>(MakeNewcomer(stage).person, request,
                                            [](auto& other) { other.set_password("another password"); });
}

Scene ConfirmSecondFactor(const Stage& stage) {
  const Newcomer who = WithStartedFactor(stage);
  a1::ConfirmSecondFactorRequest request;
  request.set_code(Code(who, 0));
  return Made<a1::ConfirmSecondFactorRequest>(who.person, request,
                                              [&](auto& other) { other.set_code(Code(who, 1)); });
}

Scene RenewRecoveryCodes(const Stage& stage) {
  const Newcomer who = WithFactor(stage);
  a1::RenewRecoveryCodesRequest request;
  request.set_code(Code(who, 1));
  return Made<a1::RenewRecoveryCodesRequest>(who.person, request,
                                             [](auto& other) { other.set_code("7KQ4D-9XMT2"); });
}

Scene RemoveSecondFactor(const Stage& stage) {
  const Newcomer who = WithFactor(stage);
  a1::RemoveSecondFactorRequest request;
  request.set_password(house::kPassword);
  request.set_code(Code(who, 1));
  return Made<a1::RemoveSecondFactorRequest>(who.person, request,
                                             [](auto& other) { other.set_code("7KQ4D-9XMT2"); });
}

Scene ResetSecondFactor(const Stage& stage) {
  a1::ResetSecondFactorRequest request;
  request.set_user_id(WithFactor(stage).user.user_id());
  request.set_reason("Came in person.");
  return Made<a1::ResetSecondFactorRequest>(stage.people.alice, request,
                                            [](auto& other) { other.set_reason("Telephoned."); });
}

Scene EnableUser(const Stage& stage) {
  const auto closed = [&] {
    const a1::User user = MakeNewcomer(stage).user;
    a1::DisableUserRequest request;
    request.set_request_id(NewId());
    request.set_user_id(user.user_id());
    request.set_etag(user.etag());
    return stage.Must<a1::User>(stage.people.alice, Named("DisableUser").c_str(), request);
  };
  const a1::User user = closed();
  a1::EnableUserRequest request;
  request.set_user_id(user.user_id());
  request.set_etag(user.etag());
  return Made<a1::EnableUserRequest>(stage.people.alice, request,
                                     [&](auto& other) { other.set_user_id(closed().user_id()); });
}

Scene ResetPassword(const Stage& stage) {
  a1::ResetPasswordRequest request;
  request.set_user_id(MakeNewcomer(stage).user.user_id());
  request.set_password("for the first day");
  return Made<a1::ResetPasswordRequest>(stage.people.alice, request,
                                        [](auto& other) { other.set_password("for the second day"); });
}

a1::CreateParticipantLinkRequest NewLink(const Stage& stage) {
  a1::CreateParticipantLinkRequest request;
  request.set_request_id(NewId());
  request.set_participant_id(house::Consented(stage.client, stage.people.coline, stage.people.study_id,
                                              stage.people.lyon_id));
  return request;
}

Scene CreateParticipantLink(const Stage& stage) {
  return Made<a1::CreateParticipantLinkRequest>(stage.people.coline, NewLink(stage),
                                                [](auto& other) { other.set_language("en"); });
}

Scene RevokeParticipantLink(const Stage& stage) {
  const auto made = [&] {
    return stage
        .Must<a1::CreateParticipantLinkResponse>(stage.people.coline, Named("CreateParticipantLink").c_str(),
                                                 NewLink(stage))
        .link()
        .link_id();
  };
  a1::RevokeParticipantLinkRequest request;
  request.set_link_id(made());
  return Made<a1::RevokeParticipantLinkRequest>(stage.people.coline, request,
                                                [&](auto& other) { other.set_link_id(made()); });
}

}  // namespace

std::map<std::string, MakeScene> AccessScenes() {
  return {{"StartSecondFactor", &StartSecondFactor},
          {"ConfirmSecondFactor", &ConfirmSecondFactor},
          {"RenewRecoveryCodes", &RenewRecoveryCodes},
          {"RemoveSecondFactor", &RemoveSecondFactor},
          {"ResetSecondFactor", &ResetSecondFactor},
          {"EnableUser", &EnableUser},
          {"ResetPassword", &ResetPassword},
          {"CreateParticipantLink", &CreateParticipantLink},
          {"RevokeParticipantLink", &RevokeParticipantLink}};
}

}  // namespace reprise::conformance
