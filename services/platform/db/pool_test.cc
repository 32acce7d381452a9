// SPDX-License-Identifier: Apache-2.0
// The pool under many threads. Also built with the thread sanitizer (tests/tsan).
#include "services/platform/db/pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "services/platform/testing/database.h"
#include "services/platform/testing/matchers.h"

namespace reprise::db {
namespace {

using absl::StatusCode;
using reprise::testing::IsOk;
using reprise::testing::StatusIs;

constexpr Query kOne{"pool.one", "SELECT 1"};

TEST(PoolTest, NeverOpensMoreThanItsLimitAndServesEverybody) {
  const testing::TestDatabase database;
  Pool pool(database.UrlOf("reprise_study"), 3, absl::Seconds(60));
  std::atomic<int> leased{0}, most{0}, served{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 25; ++round) {
        auto lease = pool.Acquire();
        ASSERT_THAT(lease, IsOk());
        const int now = ++leased;
        for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) {
        }
        (*lease)->Queue(kOne, {});
        const auto rows = (*lease)->Flush();
        ASSERT_TRUE(rows.ok());
        served += (*rows)[0][0].Get<int>(0);
        if (round % 10 == 9) pool.DropIdle();
        --leased;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(served, 8 * 25);
  EXPECT_LE(most, 3);
  EXPECT_LE(pool.open_connections(), 3);
}

TEST(PoolTest, GivesUpThePlaceOfAConnectionThatDoesNotOpen) {
  Pool pool("host=/nonexistent user=nobody", 1, absl::Seconds(5));
  for (int i = 0; i < 3; ++i) {
    EXPECT_THAT(pool.Acquire(), StatusIs(StatusCode::kUnavailable, "DATABASE_UNREACHABLE"));
  }
  EXPECT_EQ(pool.open_connections(), 0);
}

TEST(UrlForRoleTest, ReplacesTheUserInBothForms) {
  for (const char* const url : {"host=/run/x dbname=reprise user=somebody", "postgresql://somebody@/reprise?host=/run/x"}) {
    const auto made = UrlForRole(url, "reprise_gate");
    ASSERT_THAT(made, IsOk());
    EXPECT_NE(made->find("user='reprise_gate'"), std::string::npos) << *made;
    EXPECT_EQ(made->find("somebody"), std::string::npos) << *made;
    EXPECT_NE(made->find("timezone=UTC"), std::string::npos);
  }
  EXPECT_THAT(UrlForRole("host='", "reprise_gate"),
              StatusIs(StatusCode::kInvalidArgument, "DATABASE_URL_MALFORMED"));
}

}  // namespace
}  // namespace reprise::db
