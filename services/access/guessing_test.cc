// SPDX-License-Identifier: Apache-2.0
// Guessers who change the name with each try, and their neighbours behind the same address.
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"

#include "services/access/handler/password.h"
#include "services/access/handlers_fixture.h"

namespace reprise::access {
namespace {

using absl::StatusCode;
using reprise::testing::IsOk;
using reprise::testing::StatusIs;

constexpr char kHospital[] = "192.0.2.1";

class GuessingTest : public HandlersTest {
 protected:
  absl::StatusOr<v1::LoginResponse> Login(const std::string& name, const std::string& password,
                                          const std::string& client = kHospital) {
    v1::LoginRequest request;
    request.set_login_name(name);
    request.set_password(password);
    return handlers_.Login(CallOf("", client), request);
  }
  // So many failures from the hospital, each under another name.
  void Fail(int failures) {
    EXPECT_THAT(Login("nobody.at.all", "wrong password!"), StatusIs(StatusCode::kUnauthenticated, "LOGIN_REFUSED"));
    // As if the others had been by other names: they share the address alone.
    database_.Sql(absl::StrCat(
        "INSERT INTO access.failed_login SELECT f.origin, f.fail_time FROM access.failed_login AS f, generate_series(2, ",
        failures, "); DELETE FROM access.failed_login WHERE origin = sha256(E'nobody.at.all\\n", kHospital, "')"));
  }
};

TEST_F(GuessingTest, ANewNameEachTimeIsSlowedDownAllTheSame) {
  Fail(51);
  EXPECT_THAT(Login("a.new.name", "wrong password!"), StatusIs(StatusCode::kUnavailable, "LOGIN_SLOWED"));
  EXPECT_THAT(Login("a.new.name", "wrong password!", "192.0.2.2"),
              StatusIs(StatusCode::kUnauthenticated, "LOGIN_REFUSED"));
}

TEST_F(GuessingTest, AWholeHospitalMayMistypeNowAndThen) {
  MakeUser(CallOf(ids_.NewUuid()), "nadia");
  Fail(50);
  EXPECT_THAT(Login("nadia", kPassword), IsOk());
}

TEST_F(GuessingTest, WhoLogsInHerselfIsNotForgivenHerGuesses) {
  MakeUser(CallOf(ids_.NewUuid()), "nadia");
  Fail(50);
  ASSERT_THAT(Login("nadia", kPassword), IsOk());
  EXPECT_THAT(Login("a.new.name", "wrong password!"), StatusIs(StatusCode::kUnauthenticated, "LOGIN_REFUSED"));
  EXPECT_THAT(Login("another.name", "wrong password!"), StatusIs(StatusCode::kUnavailable, "LOGIN_SLOWED"));
}

TEST_F(GuessingTest, ANeighbourWaitsHalfAMinuteAtMost) {
  Fail(5000);
  database_.Sql("UPDATE access.failed_login SET fail_time = fail_time - interval '31 seconds'");
  EXPECT_THAT(Login("a.new.name", "wrong password!"), StatusIs(StatusCode::kUnauthenticated, "LOGIN_REFUSED"));
}

TEST(PasswordHasherTest, SendsAwayWhoWaitedUntilHerDeadline) {
  PasswordHasher open, full(0);
  const absl::Time past = absl::UnixEpoch(), later = absl::InfiniteFuture();
  const auto hash = open.Hash("horse battery staple", later);
  ASSERT_THAT(hash, IsOk());
  EXPECT_TRUE(open.Verify(*hash, "horse battery staple", later).value_or(false));
  EXPECT_FALSE(open.Verify(*hash, "wrong password!", later).value_or(true));
  EXPECT_THAT(full.Hash("horse battery staple", past), StatusIs(StatusCode::kUnavailable, "SERVER_BUSY"));
  EXPECT_THAT(full.Verify(*hash, "horse battery staple", past), StatusIs(StatusCode::kUnavailable, "SERVER_BUSY"));
  EXPECT_THAT(full.Pretend("horse battery staple", past), StatusIs(StatusCode::kUnavailable, "SERVER_BUSY"));
}

}  // namespace
}  // namespace reprise::access
