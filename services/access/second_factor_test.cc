// SPDX-License-Identifier: Apache-2.0
// Second factors from the first code to the day the telephone is lost, and forgotten passwords.
#include <gtest/gtest.h>

#include <liboath/oath.h>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <thread>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "reprise/access/v1/access_service.pb.h"

#include "services/access/domain/totp.h"
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

// An account with what its authenticator knows.
struct Guarded {
  Person person;
  std::string secret;  // bytes
  std::vector<std::string> recovery_codes;
  std::string Code(int64_t drift = 0) const {
    return TotpCode(secret, TotpStep(absl::Now()) + drift);
  }
};

class SecondFactorTest : public house::HouseTest {
 protected:
  // All tests come from one address.
  void SetUp() override { database().Sql("DELETE FROM access.failed_login"); }
  template <typename Response>
  static absl::StatusOr<Response> Ask(const Person& who, const char* method,
                                      const google::protobuf::Message& request) {
    return Call<Response>(who, absl::StrCat("reprise.access.v1.AccessService/", method), request);
  }
  static absl::StatusOr<v1::LoginResponse> Login(const std::string& name, const std::string& password,
                                                 const std::string& code = "") {
    v1::LoginRequest request;
    request.set_login_name(name);
    request.set_password(password);
    request.set_second_factor_code(code);
    return Ask<v1::LoginResponse>(Person{}, "Login", request);
  }
  static Person NewPerson(const std::string& name) {
    v1::CreateUserRequest request;
    request.set_request_id(NewId());
    request.set_login_name(name);
    request.set_display_name("Somebody");
    request.set_password(kPassword);
    const auto user = Ask<v1::User>(people().alice, "CreateUser", request);
    EXPECT_THAT(user, IsOk());
    const auto session = Login(name, kPassword);
    EXPECT_THAT(session, IsOk());
    return {.login_name = name, .user_id = user->user_id(), .token = session->session_token()};
  }
  static absl::StatusOr<v1::StartSecondFactorResponse> Start(const Person& who, const std::string& password,
                                                             const std::string& request_id = NewId()) {
    v1::StartSecondFactorRequest request;
    request.set_request_id(request_id);
    request.set_password(password);
    return Ask<v1::StartSecondFactorResponse>(who, "StartSecondFactor", request);
  }
  static absl::StatusOr<v1::ConfirmSecondFactorResponse> Confirm(const Person& who, const std::string& code,
                                                                 const std::string& request_id = NewId()) {
    v1::ConfirmSecondFactorRequest request;
    request.set_request_id(request_id);
    request.set_code(code);
    return Ask<v1::ConfirmSecondFactorResponse>(who, "ConfirmSecondFactor", request);
  }
  static absl::StatusOr<v1::RenewRecoveryCodesResponse> Renew(const Person& who, const std::string& code) {
    v1::RenewRecoveryCodesRequest request;
    request.set_request_id(NewId());
    request.set_code(code);
    return Ask<v1::RenewRecoveryCodesResponse>(who, "RenewRecoveryCodes", request);
  }
  static absl::StatusOr<v1::RemoveSecondFactorResponse> Remove(const Person& who, const std::string& password,
                                                               const std::string& code) {
    v1::RemoveSecondFactorRequest request;
    request.set_request_id(NewId());
    request.set_password(password);
    request.set_code(code);
    return Ask<v1::RemoveSecondFactorResponse>(who, "RemoveSecondFactor", request);
  }
  static absl::StatusOr<v1::User> Reset(const Person& who, const std::string& user_id,
                                        const std::string& reason) {
    v1::ResetSecondFactorRequest request;
    request.set_request_id(NewId());
    request.set_user_id(user_id);
    request.set_reason(reason);
    return Ask<v1::User>(who, "ResetSecondFactor", request);
  }
  static v1::GetSelfResponse Self(const Person& who) {
    const auto self = Ask<v1::GetSelfResponse>(who, "GetSelf", v1::GetSelfRequest());
    EXPECT_THAT(self, IsOk());
    return self.value_or(v1::GetSelfResponse());
  }
  static std::string BytesOf(const std::string& base32) {
    char* bytes = nullptr;
    size_t size = 0;
    EXPECT_EQ(oath_base32_decode(base32.data(), base32.size(), &bytes, &size), OATH_OK);
    const std::string secret(bytes, size);
    std::free(bytes);
    return secret;
  }
  // Somebody whose factor is on; no code was taken yet as far as the next test step is concerned.
  static Guarded NewGuarded(const std::string& name) {
    Guarded guarded{.person = NewPerson(name), .secret = {}, .recovery_codes = {}};
    const auto started = Start(guarded.person, kPassword);
    EXPECT_THAT(started, IsOk());
    guarded.secret = BytesOf(started->secret());
    const auto confirmed = Confirm(guarded.person, guarded.Code());
    EXPECT_THAT(confirmed, IsOk());
    guarded.recovery_codes = {confirmed->recovery_codes().begin(), confirmed->recovery_codes().end()};
    ForgetSteps();
    return guarded;
  }
  // As if half a minute had passed, so that the test need not wait for it.
  static void ForgetSteps() { database().Sql("UPDATE access.second_factor SET last_step = 0"); }
  static void ForgetFailures() { database().Sql("DELETE FROM access.failed_login"); }
};

using StartSecondFactorTest = SecondFactorTest;
using ConfirmSecondFactorTest = SecondFactorTest;
using GuardedLoginTest = SecondFactorTest;
using RenewRecoveryCodesTest = SecondFactorTest;
using RemoveSecondFactorTest = SecondFactorTest;
using ResetSecondFactorTest = SecondFactorTest;
using ResetPasswordTest = SecondFactorTest;

TEST_F(StartSecondFactorTest, ShowsTheSecretOnceAndStoresItSealed) {
  const Person person = NewPerson("starts.factor");
  const std::string request_id = NewId();
  const auto started = Start(person, kPassword, request_id);
  ASSERT_THAT(started, IsOk());
  const std::string secret = BytesOf(started->secret());
  EXPECT_EQ(secret.size(), kTotpSecretBytes);
  EXPECT_EQ(started->otpauth_uri(), OtpauthUri("starts.factor", secret));
  EXPECT_EQ(Audited("second_factor.start", person.user_id), 1);
  EXPECT_FALSE(Self(person).second_factor().on());
  EXPECT_THAT(Login("starts.factor", kPassword), IsOk());  // not needed before it is confirmed
  // The answer was lost: the same secret again, which the database never saw.
  const auto again = Start(person, kPassword, request_id);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->secret(), started->secret());
  EXPECT_EQ(database().Value(absl::StrCat("SELECT count(*) FROM platform.request WHERE encode(response, 'escape') "
                                          "LIKE '%", started->secret(), "%'")),
            "0");
  EXPECT_EQ(database().Value(absl::StrCat("SELECT count(*) FROM access.second_factor WHERE encode(sealed, 'escape') "
                                          "LIKE '%", started->secret(), "%'")),
            "0");
}

TEST_F(StartSecondFactorTest, NeedsThePasswordAgainAndIsSlowedDown) {
  const Person person = NewPerson("guesses.password");
  EXPECT_THAT(Start(person, "wrong password!"), StatusIs(StatusCode::kUnauthenticated, "LOGIN_REFUSED"));
  EXPECT_EQ(Audited("session.refuse", person.user_id), 1);
  absl::Status status;
  for (int i = 0; i < 6; ++i) status = Start(person, "wrong password!").status();
  EXPECT_THAT(status, StatusIs(StatusCode::kUnavailable, "LOGIN_SLOWED"));
  EXPECT_THAT(Start(person, kPassword), StatusIs(StatusCode::kUnavailable, "LOGIN_SLOWED"));
}

TEST_F(StartSecondFactorTest, StartedAnewKnowsTheNewSecretOnly) {
  const Person person = NewPerson("starts.twice");
  const auto first = Start(person, kPassword);
  const auto second = Start(person, kPassword);
  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(second, IsOk());
  const auto code = [](const std::string& base32) {
    return TotpCode(BytesOf(base32), TotpStep(absl::Now()));
  };
  EXPECT_THAT(Confirm(person, code(first->secret())),
              StatusIs(StatusCode::kUnauthenticated, "SECOND_FACTOR_REFUSED"));
  EXPECT_THAT(Confirm(person, code(second->secret())), IsOk());
  EXPECT_THAT(Start(person, kPassword), StatusIs(StatusCode::kFailedPrecondition, "SECOND_FACTOR_ON"));
}

TEST_F(ConfirmSecondFactorTest, SwitchesItOnGivesRecoveryCodesAndEndsOtherSessions) {
  const Person person = NewPerson("confirms");
  const auto other = Login("confirms", kPassword);
  ASSERT_THAT(other, IsOk());
  EXPECT_THAT(Confirm(person, "123456"),
              StatusIs(StatusCode::kFailedPrecondition, "SECOND_FACTOR_NOT_STARTED"));
  const auto started = Start(person, kPassword);
  ASSERT_THAT(started, IsOk());
  const std::string request_id = NewId(), code = TotpCode(BytesOf(started->secret()), TotpStep(absl::Now()));
  const auto confirmed = Confirm(person, code, request_id);
  ASSERT_THAT(confirmed, IsOk());
  const std::set<std::string> codes(confirmed->recovery_codes().begin(), confirmed->recovery_codes().end());
  EXPECT_EQ(codes.size(), 10u);
  EXPECT_THAT(codes, ::testing::Each(::testing::MatchesRegex("[0-9B-DF-HJKMNP-TV-Z]{5}-[0-9B-DF-HJKMNP-TV-Z]{5}")));
  EXPECT_EQ(Audited("second_factor.confirm", person.user_id), 1);
  EXPECT_THAT(Ask<v1::GetSelfResponse>(Person{.token = other->session_token()}, "GetSelf", v1::GetSelfRequest()),
              StatusIs(StatusCode::kUnauthenticated, "SESSION_INVALID"));
  const v1::GetSelfResponse self = Self(person);
  EXPECT_TRUE(self.second_factor().on());
  EXPECT_TRUE(self.second_factor().has_on_since_time());
  EXPECT_EQ(self.second_factor().recovery_codes_left(), 10);
  EXPECT_TRUE(self.user().second_factor_on());
  const auto again = Confirm(person, code, request_id);  // the answer was lost
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(absl::StrJoin(again->recovery_codes(), " "), absl::StrJoin(confirmed->recovery_codes(), " "));
  EXPECT_THAT(Confirm(person, code), StatusIs(StatusCode::kFailedPrecondition, "SECOND_FACTOR_ON"));
  EXPECT_EQ(database().Value(absl::StrCat("SELECT count(*) FROM platform.request WHERE encode(response, 'escape') "
                                          "LIKE '%", confirmed->recovery_codes(0), "%'")),
            "0");
}

TEST_F(GuardedLoginTest, AsksForTheCodeOnceThePasswordIsRightAndTakesEachCodeOnce) {
  const Guarded guarded = NewGuarded("has.factor");
  const std::string name = guarded.person.login_name;
  EXPECT_THAT(Login(name, kPassword), StatusIs(StatusCode::kUnauthenticated, "SECOND_FACTOR_REQUIRED"));
  EXPECT_THAT(Login(name, "wrong password!"), StatusIs(StatusCode::kUnauthenticated, "LOGIN_REFUSED"));
  EXPECT_THAT(Login(name, "wrong password!", guarded.Code()),
              StatusIs(StatusCode::kUnauthenticated, "LOGIN_REFUSED"));
  const std::string code = guarded.Code();
  const auto session = Login(name, kPassword, code);
  ASSERT_THAT(session, IsOk());
  EXPECT_EQ(database().Value(absl::StrCat("SELECT factors::text FROM access.session WHERE session_id = '",
                                          session->session_id(), "'")),
            "{PASSWORD,TOTP}");
  EXPECT_THAT(Login(name, kPassword, code), StatusIs(StatusCode::kUnauthenticated, "SECOND_FACTOR_REFUSED"));
  EXPECT_EQ(Audited("second_factor.refuse", guarded.person.user_id), 1);
}

TEST_F(GuardedLoginTest, TakesACodeOnceAlsoFromTwoAtATime) {
  const Guarded guarded = NewGuarded("two.at.once");
  const std::string code = guarded.Code();
  std::vector<absl::StatusOr<v1::LoginResponse>> answers(4, absl::UnknownError("not asked"));
  std::vector<std::thread> threads;
  for (auto& answer : answers) {
    threads.emplace_back([&answer, &guarded, &code] {
      answer = Login(guarded.person.login_name, kPassword, code);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(std::count_if(answers.begin(), answers.end(), [](const auto& answer) { return answer.ok(); }), 1);
}

TEST_F(GuardedLoginTest, SlowsDownWhoGuessesCodes) {
  const Guarded guarded = NewGuarded("guessed.codes");
  const std::string wrong = "000 000";  // right once in a lifetime
  absl::Status status;
  for (int i = 0; i < 7; ++i) status = Login(guarded.person.login_name, kPassword, wrong).status();
  EXPECT_THAT(status, StatusIs(StatusCode::kUnavailable, "LOGIN_SLOWED"));
  // From another address as well, where the password was never wrong.
  EXPECT_EQ(database().Value(absl::StrCat(
                "WITH gone AS (DELETE FROM access.failed_login WHERE origin = sha256(convert_to(E'",
                guarded.person.login_name, "\\n127.0.0.1', 'UTF8')) RETURNING 1) SELECT count(*) FROM gone")),
            "6");
  EXPECT_THAT(Login(guarded.person.login_name, kPassword, guarded.Code()),
              StatusIs(StatusCode::kUnavailable, "LOGIN_SLOWED"));
  ForgetFailures();
  EXPECT_THAT(Login(guarded.person.login_name, kPassword, guarded.Code()), IsOk());
}

TEST_F(GuardedLoginTest, TakesARecoveryCodeOnce) {
  const Guarded guarded = NewGuarded("lost.phone");
  const std::string name = guarded.person.login_name;
  const auto session = Login(name, kPassword, absl::AsciiStrToLower(guarded.recovery_codes[3]));
  ASSERT_THAT(session, IsOk());
  EXPECT_EQ(Audited("recovery_code.use", guarded.person.user_id), 1);
  EXPECT_EQ(Self(Person{.token = session->session_token()}).second_factor().recovery_codes_left(), 9);
  EXPECT_THAT(Login(name, kPassword, guarded.recovery_codes[3]),
              StatusIs(StatusCode::kUnauthenticated, "SECOND_FACTOR_REFUSED"));
  // Somebody else's codes are not hers.
  EXPECT_THAT(Login(name, kPassword, NewGuarded("other.phone").recovery_codes[0]),
              StatusIs(StatusCode::kUnauthenticated, "SECOND_FACTOR_REFUSED"));
}

TEST_F(RenewRecoveryCodesTest, VoidsTheCodesBefore) {
  const Guarded guarded = NewGuarded("renews");
  EXPECT_THAT(Renew(people().rachel, "123456"), StatusIs(StatusCode::kFailedPrecondition, "SECOND_FACTOR_OFF"));
  EXPECT_THAT(Renew(guarded.person, "no code"),
              StatusIs(StatusCode::kUnauthenticated, "SECOND_FACTOR_REFUSED"));
  const auto renewed = Renew(guarded.person, guarded.Code());
  ASSERT_THAT(renewed, IsOk());
  EXPECT_EQ(renewed->recovery_codes_size(), 10);
  EXPECT_EQ(Audited("recovery_code.renew", guarded.person.user_id), 1);
  EXPECT_THAT(Login("renews", kPassword, guarded.recovery_codes[0]),
              StatusIs(StatusCode::kUnauthenticated, "SECOND_FACTOR_REFUSED"));
  EXPECT_THAT(Login("renews", kPassword, renewed->recovery_codes(0)), IsOk());
}

TEST_F(RemoveSecondFactorTest, NeedsPasswordAndCode) {
  const Guarded guarded = NewGuarded("removes");
  EXPECT_THAT(Remove(guarded.person, "wrong password!", guarded.Code()),
              StatusIs(StatusCode::kUnauthenticated, "LOGIN_REFUSED"));
  EXPECT_THAT(Remove(guarded.person, kPassword, ""),
              StatusIs(StatusCode::kUnauthenticated, "SECOND_FACTOR_REFUSED"));
  EXPECT_THAT(Remove(guarded.person, kPassword, guarded.Code()), IsOk());
  EXPECT_EQ(Audited("second_factor.remove", guarded.person.user_id), 1);
  EXPECT_THAT(Login("removes", kPassword), IsOk());
  EXPECT_FALSE(Self(guarded.person).second_factor().on());
  EXPECT_THAT(Remove(guarded.person, kPassword, guarded.Code()),
              StatusIs(StatusCode::kFailedPrecondition, "SECOND_FACTOR_OFF"));
  EXPECT_THAT(Start(guarded.person, kPassword), IsOk());
}

TEST_F(ResetSecondFactorTest, IsAnAdministratorsAndNeedsAReason) {
  const Guarded guarded = NewGuarded("lost.all");
  const std::string& user_id = guarded.person.user_id;
  EXPECT_THAT(Reset(people().bob, user_id, "Seen."), StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(Reset(people().alice, user_id, ""), HasViolation("reason", "FIELD_REQUIRED"));
  EXPECT_THAT(Reset(people().alice, user_id, std::string(501, 'a')), HasViolation("reason", "FIELD_TOO_LONG"));
  EXPECT_THAT(Reset(people().alice, user_id, "Called back on 06 12 34 56 78"),
              HasViolation("reason", "TEXT_HOLDS_IDENTITY"));
  EXPECT_THAT(Reset(people().alice, people().alice.user_id, "Mine."),
              StatusIs(StatusCode::kFailedPrecondition, "SELF_RESET"));
  EXPECT_THAT(Reset(people().alice, NewId(), "Who?"), StatusIs(StatusCode::kNotFound, "USER_NOT_FOUND"));
  EXPECT_THAT(Reset(people().alice, people().rachel.user_id, "Has none."),
              StatusIs(StatusCode::kFailedPrecondition, "SECOND_FACTOR_OFF"));
  const auto reset = Reset(people().alice, user_id, "Came in person with her badge.");
  ASSERT_THAT(reset, IsOk());
  EXPECT_FALSE(reset->second_factor_on());
  EXPECT_EQ(Audited("second_factor.reset", user_id), 1);
  EXPECT_EQ(database().Value("SELECT reason FROM audit.event WHERE action = 'second_factor.reset'"),
            "Came in person with her badge.");
  EXPECT_THAT(Ask<v1::GetSelfResponse>(guarded.person, "GetSelf", v1::GetSelfRequest()),
              StatusIs(StatusCode::kUnauthenticated, "SESSION_INVALID"));
  EXPECT_THAT(Login("lost.all", kPassword), IsOk());
}

TEST_F(ResetPasswordTest, GivesAPasswordThatMustBeChangedFirst) {
  const Person person = NewPerson("forgetful");
  v1::CreateDelegationRequest role;
  role.set_request_id(NewId());
  role.set_user_id(person.user_id);
  role.set_role(v1::ROLE_STUDY_MANAGER);
  role.set_study_id(people().study_id);
  ASSERT_THAT(Ask<v1::Delegation>(people().alice, "CreateDelegation", role), IsOk());
  v1::ResetPasswordRequest request;
  request.set_request_id(NewId());
  request.set_user_id(person.user_id);
  request.set_password("for the first day");
  EXPECT_THAT(Ask<v1::User>(people().bob, "ResetPassword", request),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  ASSERT_THAT(Ask<v1::User>(people().alice, "ResetPassword", request), IsOk());
  EXPECT_EQ(Audited("password.reset", person.user_id), 1);
  EXPECT_THAT(Ask<v1::GetSelfResponse>(person, "GetSelf", v1::GetSelfRequest()),
              StatusIs(StatusCode::kUnauthenticated, "SESSION_INVALID"));
  EXPECT_THAT(Login("forgetful", kPassword), StatusIs(StatusCode::kUnauthenticated, "LOGIN_REFUSED"));
  const auto session = Login("forgetful", "for the first day");
  ASSERT_THAT(session, IsOk());
  const Person again{.token = session->session_token()};
  EXPECT_TRUE(Self(again).password_change_required());
  EXPECT_THAT(Ask<v1::ListUsersResponse>(again, "ListUsers", v1::ListUsersRequest()),
              StatusIs(StatusCode::kFailedPrecondition, "PASSWORD_CHANGE_REQUIRED"));
  v1::ChangePasswordRequest change;
  change.set_request_id(NewId());
  change.set_old_password("for the first day");
  change.set_new_password("for the first day");
  EXPECT_THAT(Ask<v1::ChangePasswordResponse>(again, "ChangePassword", change),
              StatusIs(StatusCode::kInvalidArgument, "PASSWORD_UNCHANGED"));
  change.set_new_password("what only she knows");
  EXPECT_THAT(Ask<v1::ChangePasswordResponse>(again, "ChangePassword", change), IsOk());
  EXPECT_FALSE(Self(again).password_change_required());
  EXPECT_THAT(Ask<v1::ListUsersResponse>(again, "ListUsers", v1::ListUsersRequest()), IsOk());
}

TEST_F(ResetPasswordTest, RefusesWhatCannotBe) {
  const auto reset = [](const std::string& user_id, const std::string& password) {
    v1::ResetPasswordRequest request;
    request.set_request_id(NewId());
    request.set_user_id(user_id);
    request.set_password(password);
    return Ask<v1::User>(people().alice, "ResetPassword", request);
  };
  EXPECT_THAT(reset(people().alice.user_id, "for the first day"),
              StatusIs(StatusCode::kFailedPrecondition, "SELF_RESET"));
  EXPECT_THAT(reset(NewId(), "for the first day"), StatusIs(StatusCode::kNotFound, "USER_NOT_FOUND"));
  EXPECT_THAT(reset(people().rachel.user_id, "short"), HasViolation("password", "PASSWORD_TOO_WEAK"));
  const Person closed = NewPerson("closed.one");
  database().Sql(absl::StrCat("UPDATE access.account SET disabled_time = now() WHERE user_id = '",
                              closed.user_id, "'"));
  EXPECT_THAT(reset(closed.user_id, "for the first day"),
              StatusIs(StatusCode::kFailedPrecondition, "USER_DISABLED"));
}

}  // namespace
}  // namespace reprise::access
