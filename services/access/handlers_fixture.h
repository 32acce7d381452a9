// SPDX-License-Identifier: Apache-2.0
// The handlers themselves on a database of their own, with the caller, her address and the clock in the test's hands.
#ifndef REPRISE_ACCESS_HANDLERS_FIXTURE_H_
#define REPRISE_ACCESS_HANDLERS_FIXTURE_H_

#include <gtest/gtest.h>

#include <string>

#include "absl/time/clock.h"
#include "absl/time/time.h"

#include "services/access/handler/handlers.h"
#include "services/access/store/account_store.h"
#include "services/platform/testing/database.h"
#include "services/platform/testing/matchers.h"
#include "services/platform/testing/sources.h"

namespace reprise::access {

class HandlersTest : public ::testing::Test {
 protected:
  static constexpr char kPassword[] = "horse battery staple";

  // A call by a user who may act everywhere, by nobody where the id is empty; a millisecond after the one before.
  reprise::Call CallOf(const std::string& user_id, const std::string& client = "") {
    return {.method = "test",
            .actor = {.user_id = user_id},
            .scope = {.everywhere = true},
            .client = client,
            .now = Later(),
            .deadline = absl::Now() + absl::Seconds(60),
            .ids = &ids_};
  }
  absl::Time Later() {
    clock_.Advance(absl::Milliseconds(1));
    return clock_.Now();
  }
  // Her id.
  std::string MakeUser(const reprise::Call& call, const std::string& login_name) {
    v1::CreateUserRequest request;
    request.set_login_name(login_name);
    request.set_display_name("Somebody");
    request.set_password(kPassword);
    const auto user = handlers_.CreateUser(call, request);
    EXPECT_THAT(user, reprise::testing::IsOk());
    return user.ok() ? user->user_id() : "";
  }

  const std::string key_ = std::string(32, 'k');
  reprise::testing::FakeClock clock_{absl::FromUnixSeconds(absl::ToUnixSeconds(absl::Now()))};
  RandomIdSource ids_;
  reprise::testing::TestDatabase database_;
  db::Pool pool_{database_.UrlOf("reprise_access"), 4, absl::Seconds(5)};
  db::Database db_{pool_, key_, Constraints()};
  Handlers handlers_{db_, absl::Hours(1), Keys(key_), [](const std::string&) {}};
};

}  // namespace reprise::access

#endif  // REPRISE_ACCESS_HANDLERS_FIXTURE_H_
