// SPDX-License-Identifier: Apache-2.0
// Accounts and delegations.
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
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

constexpr char kService[] = "reprise.access.v1.AccessService/";

class AccountTest : public house::HouseTest {
 protected:
  template <typename Response>
  static absl::StatusOr<Response> Ask(const Person& who, const char* method,
                                      const google::protobuf::Message& request) {
    return Call<Response>(who, absl::StrCat(kService, method), request);
  }
  static v1::CreateUserRequest NewUser(const std::string& name) {
    v1::CreateUserRequest request;
    request.set_request_id(NewId());
    request.set_login_name(name);
    request.set_display_name("Somebody");
    request.set_password(kPassword);
    return request;
  }
  static v1::User Make(const std::string& name) {
    const auto user = Ask<v1::User>(people().alice, "CreateUser", NewUser(name));
    EXPECT_THAT(user, IsOk());
    return user.ok() ? *user : v1::User();
  }
  static absl::StatusOr<v1::User> Disable(const Person& who, const v1::User& user, const std::string& etag) {
    v1::DisableUserRequest request;
    request.set_request_id(NewId());
    request.set_user_id(user.user_id());
    request.set_etag(etag);
    return Ask<v1::User>(who, "DisableUser", request);
  }
  static v1::CreateDelegationRequest NewDelegation(const std::string& user_id, v1::Role role) {
    v1::CreateDelegationRequest request;
    request.set_request_id(NewId());
    request.set_user_id(user_id);
    request.set_role(role);
    request.set_study_id(people().study_id);
    return request;
  }
  static absl::StatusOr<v1::Delegation> End(const Person& who, const std::string& delegation_id) {
    v1::EndDelegationRequest request;
    request.set_request_id(NewId());
    request.set_delegation_id(delegation_id);
    return Ask<v1::Delegation>(who, "EndDelegation", request);
  }
  static Person LoggedIn(const std::string& name) {
    v1::LoginRequest request;
    request.set_login_name(name);
    request.set_password(kPassword);
    const auto session = Ask<v1::LoginResponse>(Person{}, "Login", request);
    EXPECT_THAT(session, IsOk());
    return {.login_name = name, .user_id = session->user().user_id(), .token = session->session_token()};
  }
};

using CreateUserTest = AccountTest;
using ListUsersTest = AccountTest;
using DisableUserTest = AccountTest;
using EnableUserTest = AccountTest;
using ListDelegationsTest = AccountTest;
using CreateDelegationTest = AccountTest;
using EndDelegationTest = AccountTest;

TEST_F(CreateUserTest, IsRefusedToAStudyManager) {
  EXPECT_THAT(Ask<v1::User>(people().bob, "CreateUser", NewUser("bobs.friend")),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
}

TEST_F(CreateUserTest, MakesAnAccountAndRecordsIt) {
  const v1::User user = Make("nadia");
  EXPECT_EQ(user.login_name(), "nadia");
  EXPECT_EQ(user.language(), "fr");
  EXPECT_FALSE(user.etag().empty());
  EXPECT_EQ(Audited("user.create", user.user_id()), 1);
  EXPECT_EQ(database().Value("SELECT count(*) FROM access.credential WHERE secret LIKE '$argon2id$%' AND "
                             "user_id = '" + user.user_id() + "'"),
            "1");
}

TEST_F(CreateUserTest, RefusesANameThatIsTaken) {
  EXPECT_THAT(Ask<v1::User>(people().alice, "CreateUser", NewUser("bob")),
              StatusIs(StatusCode::kAlreadyExists, "LOGIN_NAME_TAKEN"));
}

TEST_F(CreateUserTest, LeavesParticipantsTheirNames) {
  EXPECT_THAT(Ask<v1::User>(people().alice, "CreateUser", NewUser(absl::StrCat("participant-", NewId()))),
              HasViolation("login_name", "LOGIN_NAME_RESERVED"));
}

TEST_F(CreateUserTest, NamesEveryFaultyField) {
  v1::CreateUserRequest request;
  request.set_request_id(NewId());
  request.set_login_name("Capital Letters");
  request.set_language("de");
  request.set_password("short");
  request.set_participant_id("x");
  const auto refused = Ask<v1::User>(people().alice, "CreateUser", request);
  EXPECT_THAT(refused, StatusIs(StatusCode::kInvalidArgument, "ACCOUNT_INVALID"));
  EXPECT_THAT(refused, HasViolation("login_name", "LOGIN_NAME_MALFORMED"));
  EXPECT_THAT(refused, HasViolation("display_name", "FIELD_REQUIRED"));
  EXPECT_THAT(refused, HasViolation("language", "LANGUAGE_UNKNOWN"));
  EXPECT_THAT(refused, HasViolation("password", "PASSWORD_TOO_WEAK"));
  EXPECT_THAT(refused, HasViolation("participant_id", "ID_MALFORMED"));
}

TEST_F(CreateUserTest, RefusesATextWithAZeroByte) {
  auto request = NewUser("zero.byte");
  request.set_display_name(std::string("Som\0body", 8));
  EXPECT_THAT(Ask<v1::User>(people().alice, "CreateUser", request),
              StatusIs(StatusCode::kInvalidArgument, "TEXT_MALFORMED"));
  EXPECT_THAT(Ask<v1::User>(people().alice, "CreateUser", NewUser("zero.byte")), IsOk());
}

TEST_F(ListUsersTest, IsRefusedToACoordinator) {
  EXPECT_THAT(Ask<v1::ListUsersResponse>(people().coline, "ListUsers", v1::ListUsersRequest()),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
}

TEST_F(ListUsersTest, ShowsAStudyManagerHerStudysPeopleOnly) {
  const auto users = Ask<v1::ListUsersResponse>(people().bob, "ListUsers", v1::ListUsersRequest());
  ASSERT_THAT(users, IsOk());
  std::vector<std::string> names;
  for (const v1::User& user : users->users()) names.push_back(user.login_name());
  EXPECT_THAT(names, ::testing::IsSupersetOf({"bob", "coline", "pascale"}));
  EXPECT_THAT(names, ::testing::Not(::testing::Contains(::testing::AnyOf("olga", "chelsea", "alice"))));
}

TEST_F(ListUsersTest, TurnsPagesWithoutLossOrRepetition) {
  std::vector<std::string> paged, whole;
  v1::ListUsersRequest request;
  request.set_page_size(200);
  const auto all = Ask<v1::ListUsersResponse>(people().alice, "ListUsers", request);
  ASSERT_THAT(all, IsOk());
  for (const v1::User& user : all->users()) whole.push_back(user.login_name());
  request.set_page_size(3);
  do {
    const auto page = Ask<v1::ListUsersResponse>(people().alice, "ListUsers", request);
    ASSERT_THAT(page, IsOk());
    EXPECT_LE(page->users_size(), 3);
    for (const v1::User& user : page->users()) paged.push_back(user.login_name());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(paged, whole);
}

TEST_F(ListUsersTest, RefusesPagesThatCannotBe) {
  v1::ListUsersRequest request;
  for (const int size : {-1, 201}) {
    request.set_page_size(size);
    EXPECT_THAT(Ask<v1::ListUsersResponse>(people().alice, "ListUsers", request),
                StatusIs(StatusCode::kInvalidArgument, "PAGE_SIZE_INVALID"));
  }
  request.set_page_size(0);
  for (const char* const token : {"?", "bm90IG91cnM", "cDE6_w"}) {  // the last: a byte that is no text
    request.set_page_token(token);
    EXPECT_THAT(Ask<v1::ListUsersResponse>(people().alice, "ListUsers", request),
                StatusIs(StatusCode::kInvalidArgument, "PAGE_TOKEN_INVALID"))
        << token;
  }
}

TEST_F(DisableUserTest, IsRefusedToAStudyManager) {
  EXPECT_THAT(Disable(people().bob, Make("stays"), "v1"),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
}

TEST_F(DisableUserTest, ClosesTheAccountEndsItsSessionsAndRecordsIt) {
  const v1::User user = Make("goes");
  const Person goes = LoggedIn("goes");
  EXPECT_THAT(Disable(people().alice, user, "v0"), StatusIs(StatusCode::kAborted, "ETAG_MISMATCH"));
  const auto closed = Disable(people().alice, user, user.etag());
  ASSERT_THAT(closed, IsOk());
  EXPECT_TRUE(closed->has_disabled_time());
  EXPECT_NE(closed->etag(), user.etag());
  EXPECT_EQ(Audited("user.disable", user.user_id()), 1);
  EXPECT_THAT(Ask<v1::GetSelfResponse>(goes, "GetSelf", v1::GetSelfRequest()),
              StatusIs(StatusCode::kUnauthenticated, "SESSION_INVALID"));
  v1::LoginRequest login;
  login.set_login_name("goes");
  login.set_password(kPassword);
  EXPECT_THAT(Ask<v1::LoginResponse>(Person{}, "Login", login),
              StatusIs(StatusCode::kUnauthenticated, "LOGIN_REFUSED"));
  EXPECT_THAT(Disable(people().alice, user, closed->etag()),
              StatusIs(StatusCode::kFailedPrecondition, "USER_DISABLED"));
}

TEST_F(DisableUserTest, FindsNobody) {
  v1::User nobody;
  nobody.set_user_id(NewId());
  EXPECT_THAT(Disable(people().alice, nobody, "v1"), StatusIs(StatusCode::kNotFound, "USER_NOT_FOUND"));
}

TEST_F(EnableUserTest, OpensAClosedAccountAgain) {
  const v1::User user = Make("comes.back");
  const auto enable = [&](const Person& who, const std::string& etag) {
    v1::EnableUserRequest request;
    request.set_request_id(NewId());
    request.set_user_id(user.user_id());
    request.set_etag(etag);
    return Ask<v1::User>(who, "EnableUser", request);
  };
  EXPECT_THAT(enable(people().alice, user.etag()), StatusIs(StatusCode::kFailedPrecondition, "USER_ENABLED"));
  const auto closed = Disable(people().alice, user, user.etag());
  ASSERT_THAT(closed, IsOk());
  EXPECT_THAT(enable(people().bob, closed->etag()), StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(enable(people().alice, user.etag()), StatusIs(StatusCode::kAborted, "ETAG_MISMATCH"));
  const auto opened = enable(people().alice, closed->etag());
  ASSERT_THAT(opened, IsOk());
  EXPECT_FALSE(opened->has_disabled_time());
  EXPECT_NE(opened->etag(), closed->etag());
  EXPECT_EQ(Audited("user.enable", user.user_id()), 1);
  EXPECT_FALSE(LoggedIn("comes.back").token.empty());
}

TEST_F(ListDelegationsTest, ShowsTheManagerHerStudyWithNamesAndNoParticipants) {
  v1::ListDelegationsRequest request;
  request.set_study_id(people().study_id);
  const auto list = Ask<v1::ListDelegationsResponse>(people().bob, "ListDelegations", request);
  ASSERT_THAT(list, IsOk());
  std::vector<std::string> names;
  for (const v1::DelegatedUser& user : list->delegations()) {
    EXPECT_EQ(user.delegation().study_id(), people().study_id);
    EXPECT_FALSE(user.display_name().empty());
    names.push_back(user.login_name());
  }
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  EXPECT_THAT(names, ::testing::IsSupersetOf({"bob", "coline", "dora", "pascale", "rachel", "simone"}));
  EXPECT_THAT(names, ::testing::Not(::testing::Contains(::testing::AnyOf("paula", "olga", "chelsea"))));
  EXPECT_THAT(Ask<v1::ListDelegationsResponse>(people().alice, "ListDelegations", request), IsOk());
  for (const Person& who : {people().coline, people().dora, people().rachel, people().paula}) {
    EXPECT_THAT(Ask<v1::ListDelegationsResponse>(who, "ListDelegations", request),
                StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  }
  EXPECT_THAT(Ask<v1::ListDelegationsResponse>(people().olga, "ListDelegations", request),
              StatusIs(StatusCode::kPermissionDenied, "OUT_OF_SCOPE"));
}

TEST_F(ListDelegationsTest, TurnsPagesAndLeavesOutThePastWhereAsked) {
  const auto made = Ask<v1::Delegation>(people().bob, "CreateDelegation",
                                        NewDelegation(Make("was.here").user_id(), v1::ROLE_RESEARCHER));
  ASSERT_THAT(made, IsOk());
  ASSERT_THAT(End(people().bob, made->delegation_id()), IsOk());
  const auto ids = [](bool live_only, int page_size) {
    std::vector<std::string> seen;
    v1::ListDelegationsRequest request;
    request.set_study_id(people().study_id);
    request.set_live_only(live_only);
    request.set_page_size(page_size);
    do {
      const auto page = Ask<v1::ListDelegationsResponse>(people().bob, "ListDelegations", request);
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) break;
      for (const auto& user : page->delegations()) seen.push_back(user.delegation().delegation_id());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return seen;
  };
  EXPECT_EQ(ids(false, 2), ids(false, 200));
  EXPECT_THAT(ids(false, 200), ::testing::Contains(made->delegation_id()));
  EXPECT_THAT(ids(true, 200), ::testing::Not(::testing::Contains(made->delegation_id())));
  v1::ListDelegationsRequest request;
  request.set_study_id(people().study_id);
  request.set_page_token("cDE6eA");  // p1:x
  EXPECT_THAT(Ask<v1::ListDelegationsResponse>(people().bob, "ListDelegations", request),
              StatusIs(StatusCode::kInvalidArgument, "PAGE_TOKEN_INVALID"));
}

TEST_F(CreateDelegationTest, IsRefusedToACoordinatorAndOutsideTheManagersStudy) {
  const auto request = NewDelegation(people().chelsea.user_id, v1::ROLE_RESEARCHER);
  EXPECT_THAT(Ask<v1::Delegation>(people().coline, "CreateDelegation", request),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(Ask<v1::Delegation>(people().olga, "CreateDelegation", request),
              StatusIs(StatusCode::kPermissionDenied, "OUT_OF_SCOPE"));
}

TEST_F(CreateDelegationTest, GivesARoleAtOnceAndRecordsIt) {
  Make("newcomer");
  const Person newcomer = LoggedIn("newcomer");
  auto request = NewDelegation(newcomer.user_id, v1::ROLE_COORDINATOR);
  request.set_site_id(people().lyon_id);
  const auto delegation = Ask<v1::Delegation>(people().bob, "CreateDelegation", request);
  ASSERT_THAT(delegation, IsOk());
  EXPECT_EQ(Audited("delegation.create", delegation->delegation_id()), 1);
  const auto self = Ask<v1::GetSelfResponse>(newcomer, "GetSelf", v1::GetSelfRequest());
  ASSERT_THAT(self, IsOk());
  EXPECT_EQ(self->delegations_size(), 1);
}

TEST_F(CreateDelegationTest, IsNotLiveBeforeItsPeriod) {
  Make("tomorrow");
  const Person tomorrow = LoggedIn("tomorrow");
  auto request = NewDelegation(tomorrow.user_id, v1::ROLE_STUDY_MANAGER);
  request.mutable_from_time()->set_seconds(absl::ToUnixSeconds(absl::Now() + absl::Hours(24)));
  ASSERT_THAT(Ask<v1::Delegation>(people().alice, "CreateDelegation", request), IsOk());
  EXPECT_THAT(Ask<v1::ListUsersResponse>(tomorrow, "ListUsers", v1::ListUsersRequest()),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
}

TEST_F(CreateDelegationTest, RefusesWhatCannotBeDelegated) {
  auto self = NewDelegation(people().bob.user_id, v1::ROLE_COORDINATOR);
  EXPECT_THAT(Ask<v1::Delegation>(people().bob, "CreateDelegation", self),
              StatusIs(StatusCode::kFailedPrecondition, "SELF_DELEGATION"));
  EXPECT_THAT(Ask<v1::Delegation>(people().bob, "CreateDelegation",
                                  NewDelegation(people().chelsea.user_id, v1::ROLE_STUDY_MANAGER)),
              StatusIs(StatusCode::kPermissionDenied, "ROLE_NOT_DELEGABLE"));
  EXPECT_THAT(Ask<v1::Delegation>(people().bob, "CreateDelegation",
                                  NewDelegation(NewId(), v1::ROLE_RESEARCHER)),
              StatusIs(StatusCode::kNotFound, "USER_NOT_FOUND"));
  auto nothing = NewDelegation(people().chelsea.user_id, v1::ROLE_UNSPECIFIED);
  nothing.clear_study_id();
  nothing.mutable_from_time()->set_seconds(2000);
  nothing.mutable_until_time()->set_seconds(2000);
  const auto refused = Ask<v1::Delegation>(people().alice, "CreateDelegation", nothing);
  EXPECT_THAT(refused, StatusIs(StatusCode::kInvalidArgument, "DELEGATION_INVALID"));
  EXPECT_THAT(refused, HasViolation("role", "FIELD_REQUIRED"));
  EXPECT_THAT(refused, HasViolation("study_id", "FIELD_REQUIRED"));
  EXPECT_THAT(refused, HasViolation("until_time", "PERIOD_EMPTY"));
  EXPECT_THAT(Ask<v1::Delegation>(people().alice, "CreateDelegation",
                                  NewDelegation(people().chelsea.user_id, v1::ROLE_ADMINISTRATOR)),
              HasViolation("study_id", "FIELD_FORBIDDEN"));
}

TEST_F(CreateDelegationTest, GivesNothingBeyondTheManagersSite) {
  Make("lyons.manager");
  const Person manager = LoggedIn("lyons.manager");
  auto at_lyon = NewDelegation(manager.user_id, v1::ROLE_STUDY_MANAGER);
  at_lyon.set_site_id(people().lyon_id);
  ASSERT_THAT(Ask<v1::Delegation>(people().alice, "CreateDelegation", at_lyon), IsOk());
  auto request = NewDelegation(people().chelsea.user_id, v1::ROLE_RESEARCHER);
  EXPECT_THAT(Ask<v1::Delegation>(manager, "CreateDelegation", request),
              StatusIs(StatusCode::kPermissionDenied, "OUT_OF_SCOPE"));
  request.set_site_id(people().saint_etienne_id);
  EXPECT_THAT(Ask<v1::Delegation>(manager, "CreateDelegation", request),
              StatusIs(StatusCode::kPermissionDenied, "OUT_OF_SCOPE"));
  request.set_site_id(people().lyon_id);
  request.set_user_id(Make("lyons.researcher").user_id());
  EXPECT_THAT(Ask<v1::Delegation>(manager, "CreateDelegation", request), IsOk());
}

TEST_F(EndDelegationTest, TakesTheRoleAwayAndRecordsIt) {
  Make("short.stay");
  const Person person = LoggedIn("short.stay");
  const auto made = Ask<v1::Delegation>(people().bob, "CreateDelegation",
                                        NewDelegation(person.user_id, v1::ROLE_DATA_MANAGER));
  ASSERT_THAT(made, IsOk());
  EXPECT_THAT(End(people().coline, made->delegation_id()),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(End(people().olga, made->delegation_id()),
              StatusIs(StatusCode::kNotFound, "DELEGATION_NOT_FOUND"));
  const auto ended = End(people().bob, made->delegation_id());
  ASSERT_THAT(ended, IsOk());
  EXPECT_TRUE(ended->has_until_time());
  EXPECT_EQ(Audited("delegation.end", made->delegation_id()), 1);
  const auto self = Ask<v1::GetSelfResponse>(person, "GetSelf", v1::GetSelfRequest());
  ASSERT_THAT(self, IsOk());
  EXPECT_EQ(self->permissions_size(), 0);
  EXPECT_THAT(End(people().bob, made->delegation_id()),
              StatusIs(StatusCode::kFailedPrecondition, "DELEGATION_ENDED"));
  EXPECT_THAT(End(people().alice, NewId()), StatusIs(StatusCode::kNotFound, "DELEGATION_NOT_FOUND"));
}

}  // namespace
}  // namespace reprise::access
