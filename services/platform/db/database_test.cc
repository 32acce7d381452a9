// SPDX-License-Identifier: Apache-2.0
// Transactions on a real database, with a table of the test's own: no word of the trial.
#include "services/platform/db/database.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "google/protobuf/wrappers.pb.h"

#include "services/daemon/migrations.h"
#include "services/platform/audit/append.h"
#include "services/platform/db/database_fixture.h"
#include "services/platform/db/migrate.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"
#include "services/platform/testing/database.h"
#include "services/platform/testing/matchers.h"
#include "services/platform/testing/sources.h"

namespace reprise::db {
namespace {

TEST_F(DatabaseTest, StoresTheWriteWithItsEvent) {
  EXPECT_THAT(Note(NewCall(), 1), IsOk());
  EXPECT_EQ(Notes(), "1");
  EXPECT_EQ(Events(), "1");
}

TEST_F(DatabaseTest, RollsBackAWriteWithoutAnEvent) {
  EXPECT_THAT(Note(NewCall(), 1, "text", false), StatusIs(StatusCode::kInternal, "INTERNAL"));
  EXPECT_EQ(Notes(), "0");
}

TEST_F(DatabaseTest, RollsBackWhatTheBodyRefuses) {
  const auto refused = database_.Transact(NewCall(), [&](Tx& tx) -> absl::StatusOr<Int64Value> {
    tx.Execute(kInsert, kHere, "text", 1);
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "note.make", .subject_type = "note"}));
    return error::Make(StatusCode::kFailedPrecondition, "NOT_NOW", "Not now.");
  });
  EXPECT_THAT(refused, StatusIs(StatusCode::kFailedPrecondition, "NOT_NOW"));
  EXPECT_EQ(Notes(), "0");
  EXPECT_EQ(Events(), "0");
}

TEST_F(DatabaseTest, RerunsTheBodyOnSerializationFailure) {
  // Each adds the sum of what it sees; only a serial order gives the powers of two.
  const auto add = [&] {
    return database_
        .Transact(
            NewCall(),
            [&](Tx& tx) -> absl::StatusOr<Int64Value> {
              REPRISE_ASSIGN_OR_RETURN(const Rows rows, tx.Select(kSum));
              Int64Value answer;
              answer.set_value(rows[0].Get<int64_t>(0) + 1);
              tx.Execute(kInsert, kHere, "text", answer.value());
              REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "note.make", .subject_type = "note"}));
              return answer;
            },
            Isolation::kSerializable)
        .status();
  };
  std::vector<absl::Status> outcomes(4);
  std::vector<std::thread> threads;
  for (absl::Status& outcome : outcomes) {
    threads.emplace_back([&] {
      // As a client would, whom the contention may outlast.
      do outcome = add();
      while (outcome.code() == StatusCode::kUnavailable || outcome.code() == StatusCode::kAlreadyExists);
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const absl::Status& outcome : outcomes) EXPECT_THAT(outcome, IsOk());
  EXPECT_EQ(base_.Value("SELECT string_agg(number::text, ',' ORDER BY number) FROM probe.note"), "1,2,4,8");
}

TEST_F(DatabaseTest, RunsTheBodyAgainAfterAConflict) {
  // A second transaction commits between the first one's read and its write, once.
  int runs = 0;
  const auto outcome = database_.Transact(
      NewCall(),
      [&](Tx& tx) -> absl::StatusOr<Int64Value> {
        REPRISE_ASSIGN_OR_RETURN(const Rows rows, tx.Select(kSum));
        if (++runs == 1) {
          std::thread([&] {
            EXPECT_THAT(database_.Transact(
                            NewCall(),
                            [&](Tx& other) -> absl::StatusOr<Int64Value> {
                              REPRISE_RETURN_IF_ERROR(other.Select(kSum).status());
                              other.Execute(kInsert, kHere, "other", 100);
                              REPRISE_RETURN_IF_ERROR(audit::Append(
                                  other, {.action = "note.make", .subject_type = "note"}));
                              return Int64Value();
                            },
                            Isolation::kSerializable),
                        IsOk());
          }).join();
        }
        tx.Execute(kInsert, kHere, "first", rows[0].Get<int64_t>(0) + 1);
        REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "note.make", .subject_type = "note"}));
        return Int64Value();
      },
      Isolation::kSerializable);
  EXPECT_THAT(outcome, IsOk());
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(base_.Value("SELECT number FROM probe.note WHERE text = 'first'"), "101");
}

TEST_F(DatabaseTest, ReturnsTheFirstAnswerToARepetitionAndStoresNothing) {
  const std::string id = ids_.NewUuid();
  EXPECT_THAT(Note(NewCall(id), 7), IsOk());
  const auto again = Note(NewCall(id), 7);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->value(), 7);
  // Even where nothing but the record itself stands against a second write.
  const auto third = Note(NewCall(id), 8);
  ASSERT_THAT(third, IsOk());
  EXPECT_EQ(third->value(), 7);
  EXPECT_EQ(Notes(), "1");
  EXPECT_EQ(Events(), "1");
}

TEST_F(DatabaseTest, RefusesARequestIdThatServedForSomethingElse) {
  const std::string id = ids_.NewUuid();
  EXPECT_THAT(Note(NewCall(id), 1), IsOk());
  EXPECT_THAT(Note(NewCall(id, "another"), 2), StatusIs(StatusCode::kAlreadyExists, "REQUEST_ID_REUSED"));
  Call other_method = NewCall(id);
  other_method.method = "probe.Service/Other";
  EXPECT_THAT(Note(other_method, 2), StatusIs(StatusCode::kAlreadyExists, "REQUEST_ID_REUSED"));
  Call other_actor = NewCall(id);
  other_actor.actor.user_id = kThere;
  EXPECT_THAT(Note(other_actor, 3), IsOk());
  EXPECT_EQ(Notes(), "2");
}

TEST_F(DatabaseTest, StoresConcurrentRepetitionsOnce) {
  const std::string id = ids_.NewUuid();
  std::vector<absl::StatusOr<Int64Value>> outcomes(8, absl::UnknownError(""));
  std::vector<std::thread> threads;
  for (size_t i = 0; i < outcomes.size(); ++i) {
    // Different numbers, so that only the replay record can stop the others.
    threads.emplace_back([&, i] { outcomes[i] = Note(NewCall(id), static_cast<int>(i)); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& outcome : outcomes) {
    ASSERT_THAT(outcome, IsOk());
    EXPECT_EQ(outcome->value(), outcomes[0]->value());
  }
  EXPECT_EQ(Notes(), "1");
  EXPECT_EQ(Events(), "1");
}

TEST_F(DatabaseTest, TurnsAConstraintIntoItsReason) {
  EXPECT_THAT(Note(NewCall(), 5), IsOk());
  EXPECT_THAT(Note(NewCall(), 5), StatusIs(StatusCode::kAlreadyExists, "NUMBER_TAKEN"));
  EXPECT_THAT(Note(NewCall(), -1), StatusIs(StatusCode::kInternal, "INTERNAL"));  // no reason is named
  EXPECT_THAT(Note(NewCall(), 6), IsOk());                                         // the connection lives
}

TEST_F(DatabaseTest, RefusesATextWithAZeroByteAndGoesOn) {
  EXPECT_THAT(Note(NewCall(), 1, std::string("a\0b", 3)),
              StatusIs(StatusCode::kInvalidArgument, "TEXT_MALFORMED"));
  EXPECT_THAT(Note(NewCall(), 1, "caf\xff"), StatusIs(StatusCode::kInvalidArgument, "TEXT_MALFORMED"));
  EXPECT_THAT(Note(NewCall(), 1, "café"), IsOk());
  EXPECT_EQ(Notes(), "1");
}

TEST_F(DatabaseTest, PreparesAgainWhatCouldNotBePrepared) {
  for (int i = 0; i < 2; ++i) {
    EXPECT_THAT(database_.Read(NewCall(), [&](Tx& tx) -> absl::Status { return tx.Select(kBroken).status(); }),
                StatusIs(StatusCode::kInternal, "INTERNAL"));
  }
  base_.Sql("ALTER TABLE probe.note ADD COLUMN nothing int");
  EXPECT_THAT(database_.Read(NewCall(), [&](Tx& tx) -> absl::Status { return tx.Select(kBroken).status(); }),
              IsOk());
  base_.Sql("ALTER TABLE probe.note DROP COLUMN nothing");
}

TEST_F(DatabaseTest, HidesWhatIsOutOfScope) {
  EXPECT_THAT(Note(NewCall(), 1, "here"), IsOk());
  EXPECT_THAT(Note(NewCall(), 2, "there", true, kThere), IsOk());
  const auto texts = [&](const Scope& scope) {
    Call call = NewCall();
    call.scope = scope;
    std::string seen;
    EXPECT_THAT(database_.Read(call, [&](Tx& tx) -> absl::Status {
      REPRISE_ASSIGN_OR_RETURN(const Rows rows, tx.Select(kTexts));
      for (const Row row : rows) seen += row.Get<std::string>(0) + " ";
      return absl::OkStatus();
    }), IsOk());
    return seen;
  };
  EXPECT_EQ(texts({.everywhere = true}), "here there ");
  EXPECT_EQ(texts({.places = {absl::StrCat(kHere, "/*")}}), "here ");
  EXPECT_EQ(texts({.places = {absl::StrCat(kHere, "/", kSite)}}), "");
  EXPECT_EQ(texts({}), "");
  Call elsewhere = NewCall();
  elsewhere.scope = {.places = {absl::StrCat(kHere, "/*")}};
  EXPECT_THAT(Note(elsewhere, 3, "there", true, kThere), StatusIs(StatusCode::kPermissionDenied, "OUT_OF_SCOPE"));
}

TEST_F(DatabaseTest, ReadsOnlyInARead) {
  const absl::Status status = database_.Read(NewCall(), [&](Tx& tx) -> absl::Status {
    return tx.Select(kInsert, kHere, "text", 1).status();
  });
  EXPECT_FALSE(status.ok());
  EXPECT_EQ(Notes(), "0");
}

TEST_F(DatabaseTest, EndsAtTheDeadline) {
  Call call = NewCall();
  call.deadline = absl::Now() + absl::Milliseconds(100);
  const absl::Time before = absl::Now();
  EXPECT_THAT(database_.Read(call, [&](Tx& tx) -> absl::Status { return tx.Select(kSleep).status(); }),
              StatusIs(StatusCode::kDeadlineExceeded, "DEADLINE_EXCEEDED"));
  EXPECT_LT(absl::Now() - before, absl::Seconds(15));
  call.deadline = absl::Now() - absl::Seconds(1);
  EXPECT_THAT(Note(call, 1), StatusIs(StatusCode::kDeadlineExceeded, "DEADLINE_EXCEEDED"));
  EXPECT_EQ(Notes(), "0");
}

TEST_F(DatabaseTest, SaysWhenAllConnectionsAreTaken) {
  Pool small(base_.UrlOf(kRole), 1, absl::Milliseconds(50));
  const auto first = small.Acquire();
  ASSERT_THAT(first, IsOk());
  EXPECT_THAT(small.Acquire(), StatusIs(StatusCode::kUnavailable, "DATABASE_BUSY"));
  EXPECT_EQ(small.open_connections(), 1);
}

TEST_F(DatabaseTest, RerunsABodyWhoseConnectionBreaksBeforeTheCommit) {
  int runs = 0;
  const auto outcome = database_.Transact(NewCall(ids_.NewUuid()), [&](Tx& tx) -> absl::StatusOr<Int64Value> {
    REPRISE_ASSIGN_OR_RETURN(const Rows rows, tx.Select(kWhoAmI));
    if (++runs == 1) base_.Sql(absl::StrCat("SELECT pg_terminate_backend(", rows[0].Get<int>(0), ")"));
    REPRISE_RETURN_IF_ERROR(tx.Select(kSum).status());
    tx.Execute(kInsert, kHere, "text", 1);
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "note.make", .subject_type = "note"}));
    return Int64Value();
  });
  EXPECT_TRUE(outcome.ok() || outcome.status().code() == StatusCode::kUnavailable)
      << testing::Describe(outcome.status());
  EXPECT_EQ(Notes(), outcome.ok() ? "1" : "0");
}

// A cluster of its own, because the others' must not stop.
TEST(RestartTest, RecoversAfterPostgresWasKilledAndStarted) {
  testing::TestCluster cluster;
  const auto admin = UrlForRole(cluster.url(), "postgres");
  ASSERT_THAT(admin, IsOk());
  EXPECT_THAT(CheckSchema(cluster.url(), daemon::Migrations()).code(), ::testing::Ne(StatusCode::kOk));
  ASSERT_THAT(Migrate(*admin, daemon::RolesSql(), daemon::Migrations()), IsOk());
  ASSERT_THAT(CheckSchema(cluster.url(), daemon::Migrations()), IsOk());
  const auto again = Migrate(*admin, daemon::RolesSql(), daemon::Migrations());
  ASSERT_THAT(again, IsOk());
  EXPECT_TRUE(again->empty());

  const auto url = UrlForRole(cluster.url(), kRole);
  ASSERT_THAT(url, IsOk());
  Pool pool(*url, 4, absl::Seconds(2));
  const std::string key(32, 'k');
  Database database(pool, key, {});
  testing::SeededIdSource ids(3);
  const auto read = [&] {
    const Call call{.method = "probe.Service/Read", .now = absl::Now(), .deadline = absl::Now() + absl::Seconds(20),
                    .ids = &ids};
    return database.Read(call, [](Tx& tx) -> absl::Status { return tx.Select(kWhoAmI).status(); });
  };
  EXPECT_THAT(read(), IsOk());
  cluster.Kill();
  EXPECT_THAT(read(), StatusIs(StatusCode::kUnavailable, "DATABASE_UNREACHABLE"));
  cluster.Start();
  EXPECT_THAT(read(), IsOk());
}

TEST(MigrateTest, RefusesADatabaseThatIsAheadOrOtherwise) {
  const testing::TestDatabase database;
  EXPECT_THAT(CheckSchema(database.url(), daemon::Migrations()), IsOk());
  std::vector<Migration> fewer = daemon::Migrations();
  fewer.pop_back();
  EXPECT_THAT(CheckSchema(database.url(), fewer), StatusIs(StatusCode::kFailedPrecondition, "MIGRATION_UNKNOWN"));
  std::vector<Migration> changed = daemon::Migrations();
  changed[0].sql += "\n";
  EXPECT_THAT(CheckSchema(database.url(), changed), StatusIs(StatusCode::kFailedPrecondition, "MIGRATION_CHANGED"));
  std::vector<Migration> more = daemon::Migrations();
  more.push_back({"probe/20990101_01_more.sql", "CREATE SCHEMA more"});
  EXPECT_THAT(CheckSchema(database.url(), more), StatusIs(StatusCode::kFailedPrecondition, "SCHEMA_MISMATCH"));
  more.push_back({"probe/20990101_02_bad.sql", "CREATE TABLE more.bad (n no_such_type)"});
  EXPECT_THAT(Migrate(database.UrlOf("postgres"), daemon::RolesSql(), more),
              StatusIs(StatusCode::kFailedPrecondition, "MIGRATION_FAILED"));
  EXPECT_EQ(database.Value("SELECT count(*) FROM migration.applied WHERE name LIKE 'probe/%'"), "1");
}

}  // namespace
}  // namespace reprise::db
