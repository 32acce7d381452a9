// SPDX-License-Identifier: Apache-2.0
// A session that ends while somebody is just reading it.
#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "reprise/access/v1/access_service.pb.h"

#include "services/platform/rpc/identity.h"
#include "services/platform/status.h"
#include "tests/house/house.h"

namespace reprise::access {
namespace {

using absl::StatusCode;
using reprise::testing::IsOk;
using reprise::testing::StatusIs;
using IdentityTest = house::HouseTest;

constexpr db::Query kAge{"probe.age_session",
                         "UPDATE access.session SET last_use_time = last_use_time - interval '5 minutes' "
                         "WHERE token_hash = $1 RETURNING session_id"};
constexpr db::Query kHold{"probe.hold_session", "SELECT 1 FROM access.session WHERE token_hash = $1 FOR UPDATE"};
constexpr db::Query kEnd{"probe.end_session", "UPDATE access.session SET revoked_time = now() WHERE token_hash = $1"};

TEST_F(IdentityTest, ASessionThatEndedWhileItWasReadIsNotKept) {
  v1::LoginRequest login;
  login.set_login_name("chelsea");
  login.set_password(house::kPassword);
  const auto session =
      Call<v1::LoginResponse>({}, "reprise.access.v1.AccessService/Login", login);
  ASSERT_THAT(session, IsOk());
  const std::string token = session->session_token();
  const db::Bytes hash{rpc::TokenHash(token)};
  const std::string key(32, 'k');
  db::Pool gate_pool(database().UrlOf("reprise_gate"), 2, absl::Seconds(5));
  db::Database gate(gate_pool, key, {});
  SystemClock clock;
  rpc::IdentityResolver resolver(
      gate, clock,
      {.idle = absl::Hours(1), .participant_idle = absl::Hours(1), .cache = absl::Hours(1)});
  db::Pool pool(database().UrlOf("postgres"), 1, absl::Seconds(5));
  db::Database superuser(pool, key, {});
  RandomIdSource ids;
  const reprise::Call call{.method = "probe",
                           .scope = {.everywhere = true},
                           .deadline = absl::Now() + absl::Seconds(30),
                           .ids = &ids};
  std::string session_id;
  ASSERT_THAT(superuser.Housekeep(call, [&](db::Tx& tx) -> absl::Status {
    REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kAge, hash));
    session_id = rows[0].Get<std::string>(0);
    return absl::OkStatus();
  }), IsOk());
  std::thread reader;
  ASSERT_THAT(superuser.Housekeep(call, [&](db::Tx& tx) -> absl::Status {
    REPRISE_RETURN_IF_ERROR(tx.Select(kHold, hash).status());
    // Reads the session, then waits for its row, to note that it was used.
    reader = std::thread([&] { (void)resolver.Resolve(token, absl::Now() + absl::Seconds(30)); });
    const absl::Time end = absl::Now() + absl::Seconds(20);
    while (absl::Now() < end && database().Value("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                                                 "AND usename = 'reprise_gate' AND wait_event_type = 'Lock'") == "0") {
      absl::SleepFor(absl::Milliseconds(5));
    }
    EXPECT_LT(absl::Now(), end) << "nobody waits";
    tx.Execute(kEnd, hash);
    resolver.Forget(session_id);
    return absl::OkStatus();
  }), IsOk());
  reader.join();
  EXPECT_THAT(resolver.Resolve(token, absl::Now() + absl::Seconds(30)),
              StatusIs(StatusCode::kUnauthenticated, "SESSION_INVALID"));
}

}  // namespace
}  // namespace reprise::access
