// SPDX-License-Identifier: Apache-2.0
// Accounts that change while a call about them is under way: what has changed decides.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "reprise/access/v1/access_service.pb.h"

#include "services/access/meanwhile_fixture.h"
#include "tests/house/house.h"

namespace reprise::access {
namespace {

using absl::StatusCode;
using house::kPassword;
using house::NewId;
using house::Person;
using reprise::testing::IsOk;
using reprise::testing::StatusIs;

constexpr char kNewPassword[] = "an entirely new one";

constexpr db::Query kTakePassword{"probe.take_password",
                                  "UPDATE access.credential SET revoked_time = now() WHERE user_id = $1"};
constexpr db::Query kGivePassword{"probe.give_password",
                                  "INSERT INTO access.credential (credential_id, user_id, kind, secret, made_time) "
                                  "VALUES (gen_random_uuid(), $1, 'PASSWORD', 'another', now())"};
constexpr db::Query kClose{"probe.close_account",
                           "UPDATE access.account SET disabled_time = now(), version = version + 1 WHERE user_id = $1"};
constexpr db::Query kOpen{"probe.open_account",
                          "UPDATE access.account SET disabled_time = NULL, version = version + 1 WHERE user_id = $1"};
constexpr db::Query kTouch{"probe.touch_account",
                           "UPDATE access.account SET version = version + 1 WHERE user_id = $1"};

class MeanwhileTest : public house::HouseTest {
 protected:
  template <typename Response>
  static absl::StatusOr<Response> Ask(const Person& who, const char* method,
                                      const google::protobuf::Message& request) {
    return Call<Response>(who, absl::StrCat("reprise.access.v1.AccessService/", method), request);
  }
  static absl::StatusOr<v1::LoginResponse> Login(const std::string& name) {
    v1::LoginRequest request;
    request.set_login_name(name);
    request.set_password(kPassword);
    return Ask<v1::LoginResponse>(Person{}, "Login", request);
  }
  static Person NewPerson(const std::string& name) {
    v1::CreateUserRequest request;
    request.set_request_id(NewId());
    request.set_login_name(name);
    request.set_display_name("Somebody");
    request.set_password(kPassword);
    EXPECT_THAT(Ask<v1::User>(people().alice, "CreateUser", request), IsOk());
    const auto session = Login(name);
    EXPECT_THAT(session, IsOk());
    return {.login_name = name, .user_id = session->user().user_id(), .token = session->session_token()};
  }
  template <typename Request>
  static Request About(const std::string& user_id) {
    Request request;
    request.set_request_id(NewId());
    request.set_user_id(user_id);
    return request;
  }
  static absl::StatusOr<v1::User> ResetPassword(const std::string& user_id) {
    auto request = About<v1::ResetPasswordRequest>(user_id);
    request.set_password(kNewPassword);
    return Ask<v1::User>(people().alice, "ResetPassword", request);
  }
  static std::string Live(const char* table, const std::string& user_id) {
    return database().Value(absl::StrCat("SELECT count(*) FROM access.", table, " WHERE revoked_time IS NULL AND "
                                         "user_id = '", user_id, "'"));
  }
  template <typename Asked>
  static auto Meanwhile(const std::string& user_id, const std::vector<db::Query>& changes, Asked ask) {
    return access::Meanwhile(database(), user_id, changes, ask);
  }
};

TEST_F(MeanwhileTest, NobodyLogsInByAPasswordThatWasReplaced) {
  const Person person = NewPerson("late.login");
  const auto session = Meanwhile(person.user_id, {kTakePassword, kGivePassword}, [] { return Login("late.login"); });
  EXPECT_THAT(session, StatusIs(StatusCode::kUnauthenticated, "LOGIN_REFUSED"));
  EXPECT_EQ(Live("session", person.user_id), "1");
  EXPECT_EQ(Audited("session.refuse", person.user_id), 1);
}

TEST_F(MeanwhileTest, NobodyLogsInToAnAccountThatWasClosed) {
  const Person person = NewPerson("closed.login");
  const auto session = Meanwhile(person.user_id, {kClose}, [] { return Login("closed.login"); });
  EXPECT_THAT(session, StatusIs(StatusCode::kUnauthenticated, "LOGIN_REFUSED"));
  EXPECT_EQ(Live("session", person.user_id), "1");
}

TEST_F(MeanwhileTest, APasswordThatWasResetIsNotChangedByWhoKnewTheOneBefore) {
  const Person person = NewPerson("late.change");
  const auto changed = Meanwhile(person.user_id, {kTakePassword, kGivePassword}, [&] {
    v1::ChangePasswordRequest request;
    request.set_request_id(NewId());
    request.set_old_password(kPassword);
    request.set_new_password(kNewPassword);
    return Ask<v1::ChangePasswordResponse>(person, "ChangePassword", request);
  });
  EXPECT_THAT(changed, StatusIs(StatusCode::kUnauthenticated, "LOGIN_REFUSED"));
  EXPECT_EQ(database().Value(absl::StrCat("SELECT secret FROM access.credential WHERE revoked_time IS NULL AND "
                                          "user_id = '", person.user_id, "'")),
            "another");
}

TEST_F(MeanwhileTest, ASecondFactorIsLeftAloneByWhoKnewThePasswordBefore) {
  const Person starts = NewPerson("late.start"), removes = NewPerson("late.remove");
  EXPECT_THAT(Meanwhile(starts.user_id, {kTakePassword, kGivePassword}, [&] {
    v1::StartSecondFactorRequest request;
    request.set_request_id(NewId());
    request.set_password(kPassword);
    return Ask<v1::StartSecondFactorResponse>(starts, "StartSecondFactor", request);
  }), StatusIs(StatusCode::kUnauthenticated, "LOGIN_REFUSED"));
  EXPECT_THAT(Meanwhile(removes.user_id, {kTakePassword, kGivePassword}, [&] {
    v1::RemoveSecondFactorRequest request;
    request.set_request_id(NewId());
    request.set_password(kPassword);
    return Ask<v1::RemoveSecondFactorResponse>(removes, "RemoveSecondFactor", request);
  }), StatusIs(StatusCode::kUnauthenticated, "LOGIN_REFUSED"));
}

TEST_F(MeanwhileTest, OfTwoWhoResetAPasswordTheLastOneGivesIt) {
  const Person person = NewPerson("reset.twice");
  EXPECT_THAT(Meanwhile(person.user_id, {kTakePassword, kGivePassword}, [&] { return ResetPassword(person.user_id); }),
              IsOk());
  EXPECT_EQ(Live("credential", person.user_id), "1");
}

TEST_F(MeanwhileTest, AClosedAccountGetsNoPassword) {
  const Person person = NewPerson("reset.closed");
  EXPECT_THAT(Meanwhile(person.user_id, {kClose}, [&] { return ResetPassword(person.user_id); }),
              StatusIs(StatusCode::kFailedPrecondition, "USER_DISABLED"));
}

TEST_F(MeanwhileTest, OneEtagServesOnce) {
  const std::string user_id = NewPerson("one.etag").user_id;
  const auto disable = [&] {
    auto request = About<v1::DisableUserRequest>(user_id);
    request.set_etag("v1");
    return Ask<v1::User>(people().alice, "DisableUser", request);
  };
  const auto enable = [&] {
    auto request = About<v1::EnableUserRequest>(user_id);
    request.set_etag("v3");
    return Ask<v1::User>(people().alice, "EnableUser", request);
  };
  EXPECT_THAT(Meanwhile(user_id, {kTouch}, disable), StatusIs(StatusCode::kAborted, "ETAG_MISMATCH"));
  EXPECT_THAT(Meanwhile(user_id, {kClose}, disable), StatusIs(StatusCode::kFailedPrecondition, "USER_DISABLED"));
  EXPECT_THAT(Meanwhile(user_id, {kTouch}, enable), StatusIs(StatusCode::kAborted, "ETAG_MISMATCH"));
  EXPECT_THAT(Meanwhile(user_id, {kOpen}, enable), StatusIs(StatusCode::kFailedPrecondition, "USER_ENABLED"));
}

}  // namespace
}  // namespace reprise::access
