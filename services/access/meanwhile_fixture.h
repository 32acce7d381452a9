// SPDX-License-Identifier: Apache-2.0
// A call that finds what it is about changed by somebody who has not committed yet.
#ifndef REPRISE_ACCESS_MEANWHILE_FIXTURE_H_
#define REPRISE_ACCESS_MEANWHILE_FIXTURE_H_

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

#include "absl/time/clock.h"

#include "services/platform/db/database.h"
#include "services/platform/status.h"
#include "services/platform/testing/database.h"
#include "services/platform/testing/matchers.h"

namespace reprise::access {

inline constexpr db::Query kHoldAccount{"probe.hold_account",
                                        "SELECT 1 FROM access.account WHERE user_id = $1 FOR UPDATE"};

// What `ask` answers where all `changes`, each with the user's id, were made before it began and are committed once
// it waits for them.
template <typename Asked>
std::invoke_result_t<Asked> Meanwhile(const reprise::testing::TestDatabase& database, const std::string& user_id,
                                      const std::vector<db::Query>& changes, Asked ask) {
  const auto waiting = [&] {
    return database.Value("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND "
                          "usename = 'reprise_access' AND wait_event_type = 'Lock'") != "0";
  };
  db::Pool pool(database.UrlOf("postgres"), 1, absl::Seconds(5));
  const std::string key(32, 'k');
  db::Database superuser(pool, key, {});
  const Call call{.method = "probe", .scope = {.everywhere = true}, .deadline = absl::Now() + absl::Seconds(50)};
  std::invoke_result_t<Asked> answer = absl::UnknownError("not asked");
  std::atomic<bool> answered = false;
  std::thread asking;
  EXPECT_THAT(superuser.Housekeep(call, [&](db::Tx& tx) -> absl::Status {
    for (const db::Query& change : changes) tx.Execute(change, user_id);
    REPRISE_RETURN_IF_ERROR(tx.Select(kHoldAccount, user_id).status());
    asking = std::thread([&] {
      answer = ask();
      answered = true;
    });
    const absl::Time end = absl::Now() + absl::Seconds(20);
    while (absl::Now() < end && !answered && !waiting()) absl::SleepFor(absl::Milliseconds(5));
    EXPECT_FALSE(answered) << "it did not wait";
    return absl::OkStatus();
  }), reprise::testing::IsOk());
  asking.join();
  return answer;
}

}  // namespace reprise::access

#endif  // REPRISE_ACCESS_MEANWHILE_FIXTURE_H_
