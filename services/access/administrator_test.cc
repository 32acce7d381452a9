// SPDX-License-Identifier: Apache-2.0
// Somebody must be left who can let others in: the first administrator, and the last one.
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"

#include "services/access/bootstrap.h"
#include "services/access/handlers_fixture.h"
#include "services/access/meanwhile_fixture.h"

namespace reprise::access {
namespace {

using absl::StatusCode;
using reprise::testing::IsOk;
using reprise::testing::StatusIs;

constexpr db::Query kHoldAdministrators{
    "probe.hold_administrators", "SELECT pg_advisory_xact_lock(hashtextextended('access.administrator', 0)), $1::uuid"};
constexpr db::Query kCloseAdministrator{"probe.close_administrator",
                           "UPDATE access.account SET disabled_time = now() WHERE user_id = $1"};

class AdministratorTest : public HandlersTest {
 protected:
  AdministratorTest() {
    EXPECT_THAT(First("anne"), IsOk());
    anne_ = IdOf("anne");
  }
  absl::Status First(const std::string& login_name) {
    clock_.Advance(absl::Milliseconds(1));
    return MakeFirstAdministrator(db_, clock_, ids_, login_name, kPassword);
  }
  std::string IdOf(const std::string& login_name) const {
    return database_.Value(absl::StrCat("SELECT user_id FROM access.account WHERE login_name = '", login_name, "'"));
  }
  std::string DelegationOf(const std::string& user_id) const {
    return database_.Value(absl::StrCat("SELECT delegation_id FROM access.delegation WHERE user_id = '", user_id, "'"));
  }
  // Made by anne; her id.
  std::string Another(const std::string& login_name) {
    const std::string user_id = MakeUser(CallOf(anne_), login_name);
    v1::CreateDelegationRequest request;
    request.set_user_id(user_id);
    request.set_role(v1::ROLE_ADMINISTRATOR);
    EXPECT_THAT(handlers_.CreateDelegation(CallOf(anne_), request), IsOk());
    return user_id;
  }
  absl::StatusOr<v1::User> Disable(const std::string& user_id) {
    v1::DisableUserRequest request;
    request.set_user_id(user_id);
    request.set_etag("v1");
    return handlers_.DisableUser(CallOf(anne_), request);
  }
  absl::StatusOr<v1::Delegation> EndRoleOf(const std::string& user_id) {
    v1::EndDelegationRequest request;
    request.set_delegation_id(DelegationOf(user_id));
    return handlers_.EndDelegation(CallOf(anne_), request);
  }
  std::string anne_;
};

using FirstAdministratorTest = AdministratorTest;
using LastAdministratorTest = AdministratorTest;

TEST_F(FirstAdministratorTest, IsMadeOnlyWhereNobodyElseCanAct) {
  EXPECT_THAT(First("berthe"), StatusIs(StatusCode::kFailedPrecondition, "ADMINISTRATOR_EXISTS"));
  database_.Sql("UPDATE access.account SET disabled_time = now()");
  EXPECT_THAT(First("anne"), StatusIs(StatusCode::kAlreadyExists, "LOGIN_NAME_TAKEN"));
  EXPECT_THAT(First("berthe"), IsOk());
  EXPECT_THAT(First("claire"), StatusIs(StatusCode::kFailedPrecondition, "ADMINISTRATOR_EXISTS"));
  database_.Sql("UPDATE access.delegation SET until_time = from_time + interval '1 microsecond'");
  EXPECT_THAT(First("claire"), IsOk());
}

TEST_F(LastAdministratorTest, NeitherClosesHerAccountNorEndsHerRole) {
  EXPECT_THAT(Disable(anne_), StatusIs(StatusCode::kFailedPrecondition, "LAST_ADMINISTRATOR"));
  EXPECT_THAT(EndRoleOf(anne_), StatusIs(StatusCode::kFailedPrecondition, "LAST_ADMINISTRATOR"));
  EXPECT_EQ(database_.Value("SELECT count(*) FROM audit.event WHERE action IN ('user.disable', 'delegation.end')"), "0");
}

TEST_F(LastAdministratorTest, IsNotWhoHasAnother) {
  const std::string berthe = Another("berthe");
  EXPECT_THAT(EndRoleOf(berthe), IsOk());
  const std::string claire = Another("claire");
  EXPECT_THAT(Disable(claire), IsOk());
  Another("diane");
  EXPECT_THAT(EndRoleOf(anne_), IsOk());
}

TEST_F(LastAdministratorTest, CountsNobodyWhoCannotAct) {
  struct Case {
    const char* name;
    const char* sql;
  };
  for (const Case& c : {Case{"closed", "UPDATE access.account SET disabled_time = now()"},
                        Case{"ended", "UPDATE access.delegation SET until_time = from_time + interval '1 microsecond'"},
                        Case{"later", "UPDATE access.delegation SET from_time = now() + interval '1 day'"},
                        Case{"no.password", "UPDATE access.credential SET revoked_time = now()"}}) {
    SCOPED_TRACE(c.name);
    database_.Sql(absl::StrCat(c.sql, " WHERE user_id = '", Another(c.name), "'"));
    EXPECT_THAT(Disable(anne_), StatusIs(StatusCode::kFailedPrecondition, "LAST_ADMINISTRATOR"));
    EXPECT_THAT(EndRoleOf(anne_), StatusIs(StatusCode::kFailedPrecondition, "LAST_ADMINISTRATOR"));
  }
}

TEST_F(LastAdministratorTest, IsSeenWhereTheOtherOneLeavesAtTheSameTime) {
  const std::string berthe = Another("berthe");
  EXPECT_THAT(Meanwhile(database_, berthe, {kHoldAdministrators, kCloseAdministrator}, [&] { return EndRoleOf(anne_); }),
              StatusIs(StatusCode::kFailedPrecondition, "LAST_ADMINISTRATOR"));
}

}  // namespace
}  // namespace reprise::access
