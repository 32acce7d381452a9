// SPDX-License-Identifier: Apache-2.0
// Login, logout, who am I, passwords.
#include <gtest/gtest.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "reprise/access/v1/access_service.pb.h"

#include "tests/house/house.h"

namespace reprise::access {
namespace {

using absl::StatusCode;
using house::kPassword;
using house::NewId;
using house::Person;
using reprise::testing::HasViolation;
using reprise::testing::IsOk;
using reprise::testing::StatusIs;

constexpr char kAccess[] = "reprise.access.v1.AccessService/";

class SessionTest : public house::HouseTest {
 protected:
  // All tests come from one address.
  void SetUp() override { database().Sql("DELETE FROM access.failed_login"); }
  static absl::StatusOr<v1::LoginResponse> Login(const std::string& name, const std::string& password) {
    v1::LoginRequest request;
    request.set_login_name(name);
    request.set_password(password);
    return Call<v1::LoginResponse>(Person{}, absl::StrCat(kAccess, "Login"), request);
  }
  // A new account of staff, logged in.
  static Person NewPerson(const std::string& name) {
    v1::CreateUserRequest request;
    request.set_request_id(NewId());
    request.set_login_name(name);
    request.set_display_name("Somebody");
    request.set_password(kPassword);
    const auto user = Call<v1::User>(people().alice, absl::StrCat(kAccess, "CreateUser"), request);
    EXPECT_THAT(user, IsOk());
    const auto session = Login(name, kPassword);
    EXPECT_THAT(session, IsOk());
    return {.login_name = name, .user_id = user->user_id(), .token = session->session_token()};
  }
  static absl::StatusOr<v1::GetSelfResponse> GetSelf(const Person& who) {
    return Call<v1::GetSelfResponse>(who, absl::StrCat(kAccess, "GetSelf"), v1::GetSelfRequest());
  }
  static absl::StatusOr<v1::LogoutResponse> Logout(const Person& who, const std::string& session_id = "") {
    v1::LogoutRequest request;
    request.set_session_id(session_id);
    return Call<v1::LogoutResponse>(who, absl::StrCat(kAccess, "Logout"), request);
  }
  static absl::StatusOr<v1::ChangePasswordResponse> ChangePassword(const Person& who,
                                                                   const std::string& request_id,
                                                                   const std::string& from,
                                                                   const std::string& to) {
    v1::ChangePasswordRequest request;
    request.set_request_id(request_id);
    request.set_old_password(from);
    request.set_new_password(to);
    return Call<v1::ChangePasswordResponse>(who, absl::StrCat(kAccess, "ChangePassword"), request);
  }
};

using LoginTest = SessionTest;
using LogoutTest = SessionTest;
using GetSelfTest = SessionTest;
using ChangePasswordTest = SessionTest;

TEST_F(LoginTest, StartsASessionAndRecordsIt) {
  const int before = Audited("session.start", people().chelsea.user_id);
  const auto session = Login("chelsea", kPassword);
  ASSERT_THAT(session, IsOk());
  EXPECT_EQ(session->user().user_id(), people().chelsea.user_id);
  EXPECT_GE(session->session_token().size(), 43u);  // 256 bits
  EXPECT_EQ(Audited("session.start", people().chelsea.user_id), before + 1);
}

TEST_F(LoginTest, RefusesUnknownNamesAndWrongPasswordsAlike) {
  EXPECT_THAT(Login("nobody", kPassword), StatusIs(StatusCode::kUnauthenticated, "LOGIN_REFUSED"));
  EXPECT_THAT(Login("rachel", "wrong password!"), StatusIs(StatusCode::kUnauthenticated, "LOGIN_REFUSED"));
  EXPECT_THAT(Login("", ""), StatusIs(StatusCode::kUnauthenticated, "LOGIN_REFUSED"));
  EXPECT_EQ(Audited("session.refuse", people().rachel.user_id), 1);
}

TEST_F(LoginTest, IsSlowedAfterSeveralFailuresWhetherOrNotTheNameExists) {
  for (const char* const name : {"simone", "nobody.at.all"}) {
    SCOPED_TRACE(name);
    absl::Status status;
    for (int i = 0; i < 7; ++i) status = Login(name, "wrong password!").status();
    EXPECT_THAT(status, StatusIs(StatusCode::kUnavailable, "LOGIN_SLOWED"));
  }
  EXPECT_THAT(Login("bob", kPassword), IsOk());  // nobody else is
}

TEST_F(LoginTest, KeepsNoTokenInTheDatabase) {
  const auto session = Login("chelsea", kPassword);
  ASSERT_THAT(session, IsOk());
  EXPECT_EQ(database().Value(absl::StrCat("SELECT count(*) FROM access.session AS s WHERE s::text LIKE '%",
                                          session->session_token(), "%'")),
            "0");
}

TEST_F(LogoutTest, EndsTheSessionOfTheCallAndRecordsIt) {
  const Person person = NewPerson("leaving");
  const auto self = GetSelf(person);
  ASSERT_THAT(self, IsOk());
  const std::string session_id = self->sessions(0).session_id();
  EXPECT_THAT(Logout(person), IsOk());
  EXPECT_THAT(GetSelf(person), StatusIs(StatusCode::kUnauthenticated, "SESSION_INVALID"));
  EXPECT_EQ(Audited("session.end", session_id), 1);
}

TEST_F(LogoutTest, DoesNotReachTheSessionsOfOthers) {
  const auto bobs = GetSelf(people().bob);
  ASSERT_THAT(bobs, IsOk());
  EXPECT_THAT(Logout(people().chelsea, bobs->sessions(0).session_id()),
              StatusIs(StatusCode::kNotFound, "SESSION_NOT_FOUND"));
  EXPECT_THAT(Logout(people().chelsea, NewId()), StatusIs(StatusCode::kNotFound, "SESSION_NOT_FOUND"));
  EXPECT_THAT(Logout(people().chelsea, "x"), StatusIs(StatusCode::kInvalidArgument, "ID_MALFORMED"));
  EXPECT_THAT(GetSelf(people().bob), IsOk());
}

TEST_F(LogoutTest, EndsAnotherSessionOfHersAndMayBeRepeated) {
  const Person first = NewPerson("two.sessions");
  const auto second = Login("two.sessions", kPassword);
  ASSERT_THAT(second, IsOk());
  EXPECT_THAT(Logout(first, second->session_id()), IsOk());
  EXPECT_THAT(Logout(first, second->session_id()), IsOk());
  EXPECT_THAT(GetSelf(Person{.token = second->session_token()}),
              StatusIs(StatusCode::kUnauthenticated, "SESSION_INVALID"));
  EXPECT_THAT(GetSelf(first), IsOk());
}

TEST_F(GetSelfTest, TellsRolesPlacesAndPermissions) {
  const auto self = GetSelf(people().coline);
  ASSERT_THAT(self, IsOk());
  EXPECT_EQ(self->user().login_name(), "coline");
  ASSERT_EQ(self->delegations_size(), 1);
  EXPECT_EQ(self->delegations(0).role(), v1::ROLE_COORDINATOR);
  EXPECT_EQ(self->delegations(0).study_id(), people().study_id);
  EXPECT_EQ(self->delegations(0).site_id(), people().lyon_id);
  EXPECT_TRUE(std::is_sorted(self->permissions().begin(), self->permissions().end()));
  EXPECT_THAT(self->permissions(), ::testing::Contains("consent.record"));
  EXPECT_THAT(self->permissions(), ::testing::Not(::testing::Contains("study.create")));
  EXPECT_EQ(std::count_if(self->sessions().begin(), self->sessions().end(),
                          [](const v1::Session& session) { return session.current(); }),
            1);
}

TEST_F(GetSelfTest, GivesChelseaNoPermission) {
  const auto self = GetSelf(people().chelsea);
  ASSERT_THAT(self, IsOk());
  EXPECT_EQ(self->delegations_size(), 0);
  EXPECT_EQ(self->permissions_size(), 0);
}

TEST_F(ChangePasswordTest, ReplacesThePasswordAndEndsOtherSessions) {
  const Person person = NewPerson("changing");
  const auto other = Login("changing", kPassword);
  ASSERT_THAT(other, IsOk());
  const std::string request_id = NewId();
  EXPECT_THAT(ChangePassword(person, request_id, kPassword, "an entirely new one"), IsOk());
  EXPECT_THAT(GetSelf(person), IsOk());
  EXPECT_THAT(GetSelf(Person{.token = other->session_token()}),
              StatusIs(StatusCode::kUnauthenticated, "SESSION_INVALID"));
  EXPECT_THAT(Login("changing", kPassword), StatusIs(StatusCode::kUnauthenticated, "LOGIN_REFUSED"));
  EXPECT_THAT(Login("changing", "an entirely new one"), IsOk());
  EXPECT_EQ(Audited("password.change", person.user_id), 1);
  // The answer was lost, so the client asks again.
  EXPECT_THAT(ChangePassword(person, request_id, kPassword, "an entirely new one"), IsOk());
  EXPECT_EQ(Audited("password.change", person.user_id), 1);
}

TEST_F(ChangePasswordTest, RefusesAWrongOldPassword) {
  EXPECT_THAT(ChangePassword(people().rachel, NewId(), "wrong password!", "an entirely new one"),
              StatusIs(StatusCode::kUnauthenticated, "LOGIN_REFUSED"));
}

TEST_F(ChangePasswordTest, RefusesAWeakOne) {
  for (const std::string& weak : {std::string(""), std::string("elevenbytes"), std::string(12, 'a'),
                                  std::string(1025, 'x')}) {
    SCOPED_TRACE(weak.substr(0, 20));
    EXPECT_THAT(ChangePassword(people().rachel, NewId(), kPassword, weak),
                StatusIs(StatusCode::kInvalidArgument, "PASSWORD_TOO_WEAK"));
  }
}

}  // namespace
}  // namespace reprise::access
