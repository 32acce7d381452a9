// SPDX-License-Identifier: Apache-2.0
// A server process that takes what it is sent and never answers: stopped by a signal, as a hung disk, a
// frozen virtual machine or a lost network does it.
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <string>
#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

#include "services/platform/db/database_fixture.h"

namespace reprise::db {
namespace {

// Beyond the deadline: PostgreSQL's own timeout goes first, and the machine may be busy.
constexpr absl::Duration kMost = absl::Seconds(6);

class StallTest : public DatabaseTest {
 protected:
  ~StallTest() override { GoOn(); }
  // Stops the server process of the transaction.
  void Stop(Tx& tx) {
    const auto rows = tx.Select(kWhoAmI);
    ASSERT_TRUE(rows.ok());
    stopped_ = (*rows)[0].Get<int>(0);
    ASSERT_EQ(::kill(stopped_, SIGSTOP), 0);
  }
  // Lets it go on, and waits until it has found out that nobody listens any more.
  void GoOn() {
    if (stopped_ == 0) return;
    ::kill(stopped_, SIGCONT);
    const std::string there =
        absl::StrCat("SELECT count(*) FROM pg_stat_activity WHERE pid = ", stopped_.load());
    while (base_.Value(there) != "0") absl::SleepFor(absl::Milliseconds(5));
    stopped_ = 0;
  }
  Call Short(const std::string& request_id = "") {
    Call call = NewCall(request_id);
    call.deadline = absl::Now() + absl::Seconds(1);
    return call;
  }
  std::atomic<int> stopped_{0};
};

TEST_F(StallTest, EndsAReadAfterItsDeadlineAndGivesTheConnectionUp) {
  const absl::Time begin = absl::Now();
  int runs = 0;
  const absl::Status status = database_.Read(Short(), [&](Tx& tx) -> absl::Status {
    ++runs;
    Stop(tx);
    return tx.Select(kSum).status();
  });
  EXPECT_THAT(status, StatusIs(StatusCode::kDeadlineExceeded, "DEADLINE_EXCEEDED"));
  EXPECT_LT(absl::Now() - begin, kMost);
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(pool_.open_connections(), 0);
  EXPECT_THAT(Note(NewCall(), 1), IsOk());  // on another connection, while that process still stands
}

TEST_F(StallTest, EndsAWriteThatHasNotCommittedAsNeverMade) {
  const absl::Time begin = absl::Now();
  // The text is more than the socket takes in, so that it is the sending that waits.
  for (const std::string& text : {std::string("text"), std::string(8 << 20, 'x')}) {
    const auto outcome = database_.Transact(Short(ids_.NewUuid()), [&](Tx& tx) -> absl::StatusOr<Int64Value> {
      Stop(tx);
      tx.Execute(kInsert, kHere, text, 1);
      REPRISE_RETURN_IF_ERROR(tx.Select(kSum).status());
      ADD_FAILURE() << "it answered";
      return Int64Value();
    });
    EXPECT_THAT(outcome, StatusIs(StatusCode::kDeadlineExceeded, "DEADLINE_EXCEEDED"));
    GoOn();
    EXPECT_EQ(Notes(), "0");
  }
  EXPECT_LT(absl::Now() - begin, 2 * kMost);
}

TEST_F(StallTest, SaysOfACommitThatItsOutcomeIsUnknownAndARepetitionFindsIt) {
  const std::string request_id = ids_.NewUuid();
  for (const Isolation isolation : {Isolation::kReadCommitted, Isolation::kSerializable}) {
    base_.Sql("TRUNCATE probe.note, audit.event, platform.request");
    const absl::Time begin = absl::Now();
    const auto write = [&](const Call& call, bool stall) {
      return database_.Transact(call, [&](Tx& tx) -> absl::StatusOr<Int64Value> {
        if (stall) Stop(tx);
        tx.Execute(kInsert, kHere, "text", 1);
        REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "note.make", .subject_type = "note"}));
        Int64Value answer;
        answer.set_value(1);
        return answer;
      }, isolation);
    };
    EXPECT_THAT(write(Short(request_id), true), StatusIs(StatusCode::kUnavailable, "COMMIT_OUTCOME_UNKNOWN"));
    EXPECT_LT(absl::Now() - begin, kMost);
    EXPECT_EQ(pool_.open_connections(), 0);
    GoOn();
    EXPECT_THAT(write(NewCall(request_id), false), IsOk());
    EXPECT_EQ(Notes(), "1");
    EXPECT_EQ(Events(), "1");
  }
}

TEST_F(StallTest, ACutOffPoolWaitsForNothingAndGivesNothingOut) {
  std::atomic<bool> stopping{false};
  absl::Status status;
  absl::Time end;
  std::thread caller([&] {
    status = database_.Read(NewCall(), [&](Tx& tx) -> absl::Status {
      Stop(tx);
      stopping = true;
      return tx.Select(kSum).status();
    });
    end = absl::Now();
  });
  while (!stopping) absl::SleepFor(absl::Milliseconds(1));
  const absl::Time begin = absl::Now();
  pool_.CutOff();
  caller.join();
  EXPECT_THAT(status, StatusIs(StatusCode::kUnavailable, "DATABASE_UNREACHABLE"));
  EXPECT_LT(end - begin, absl::Seconds(3));
  EXPECT_THAT(Note(NewCall(), 1), StatusIs(StatusCode::kUnavailable, "DATABASE_UNREACHABLE"));
}

// Something listens and says nothing.
TEST_F(StallTest, DoesNotWaitForEverForAConnection) {
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ASSERT_EQ(::bind(listener, reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(::listen(listener, 4), 0);
  ASSERT_EQ(::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size), 0);
  const std::string here = absl::StrCat("host=127.0.0.1 port=", ntohs(address.sin_port), " dbname=x");
  const auto usual = UrlForRole(here, kRole);
  ASSERT_THAT(usual, IsOk());
  EXPECT_TRUE(absl::StrContains(*usual, "connect_timeout='5'")) << *usual;
  const auto url = UrlForRole(here + " connect_timeout=2", kRole);
  ASSERT_THAT(url, IsOk());
  EXPECT_FALSE(absl::StrContains(*url, "connect_timeout='5'")) << *url;
  Pool pool(*url, 1, absl::Seconds(2));
  const absl::Time begin = absl::Now();
  EXPECT_THAT(pool.Acquire().status(), StatusIs(StatusCode::kUnavailable, "DATABASE_UNREACHABLE"));
  EXPECT_LT(absl::Now() - begin, kMost);
  ::close(listener);
}

}  // namespace
}  // namespace reprise::db
