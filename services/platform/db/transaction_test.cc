// SPDX-License-Identifier: Apache-2.0
// How transactions begin and end on the connection.
#include <gtest/gtest.h>

#include <string>

#include "absl/time/clock.h"

#include "services/platform/db/database_fixture.h"

namespace reprise::db {
namespace {

TEST_F(DatabaseTest, RollsBackWhatRanBeforeTheBodyRefused) {
  for (const Isolation isolation : {Isolation::kReadCommitted, Isolation::kSerializable}) {
    const auto refused = database_.Transact(NewCall(ids_.NewUuid()), [&](Tx& tx) -> absl::StatusOr<Int64Value> {
      tx.Execute(kInsert, kHere, "text", 1);
      REPRISE_RETURN_IF_ERROR(tx.Select(kSum).status());  // the insert has run
      return error::Make(StatusCode::kFailedPrecondition, "NOT_NOW", "Not now.");
    }, isolation);
    EXPECT_THAT(refused, StatusIs(StatusCode::kFailedPrecondition, "NOT_NOW"));
    EXPECT_EQ(Notes(), "0");
    EXPECT_THAT(Note(NewCall(), 7), IsOk());  // the connection begins anew
    base_.Sql("TRUNCATE probe.note, audit.event");
  }
}

TEST_F(DatabaseTest, StoresNothingWhereABodyOverlooksAFailure) {
  const auto outcome = database_.Transact(NewCall(), [&](Tx& tx) -> absl::StatusOr<Int64Value> {
    tx.Execute(kInsert, kHere, "before", 1);
    EXPECT_FALSE(tx.Select(kBroken).ok());
    EXPECT_FALSE(tx.Select(kSum).ok());
    tx.Execute(kInsert, kHere, "after", 2);
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "note.make", .subject_type = "note"}));
    return Int64Value();
  });
  EXPECT_THAT(outcome, StatusIs(StatusCode::kInternal, "INTERNAL"));
  EXPECT_EQ(Notes(), "0");
  EXPECT_EQ(Events(), "0");
}

TEST_F(DatabaseTest, ReportsWhatFailsOnlyAtTheCommit) {
  for (const Isolation isolation : {Isolation::kReadCommitted, Isolation::kSerializable}) {
    const auto outcome = database_.Transact(NewCall(ids_.NewUuid()), [&](Tx& tx) -> absl::StatusOr<Int64Value> {
      tx.Execute(kInsertLate, kHere, "text", 1);
      REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "note.make", .subject_type = "note"}));
      return Int64Value();
    }, isolation);
    EXPECT_THAT(outcome, StatusIs(StatusCode::kNotFound, "NOTE_NOT_FOUND"));
    EXPECT_EQ(Notes(), "0");
    EXPECT_EQ(Events(), "0");
  }
  EXPECT_THAT(Note(NewCall(), 6), IsOk());  // the connection lives
}

TEST_F(DatabaseTest, WritesEveryEventOfABody) {
  const auto outcome = database_.Transact(NewCall(ids_.NewUuid()), [&](Tx& tx) -> absl::StatusOr<Int64Value> {
    for (int i = 0; i < 3; ++i) {
      REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "note.make", .subject_type = "note"}));
    }
    return Int64Value();
  });
  EXPECT_THAT(outcome, IsOk());
  EXPECT_EQ(Events(), "3");
  EXPECT_EQ(base_.Value("SELECT count(*) FROM platform.request"), "1");
}

TEST_F(DatabaseTest, RunsInTheIsolationAskedFor) {
  const auto isolation_of = [&](auto run) {
    std::string seen;
    const auto look = [&](Tx& tx) -> absl::Status {
      REPRISE_ASSIGN_OR_RETURN(const Rows rows, tx.Select(kIsolation));
      seen = rows[0].Get<std::string>(0);
      return absl::OkStatus();
    };
    EXPECT_THAT(run(look), IsOk());
    return seen;
  };
  // Whatever the server's default is.
  base_.Sql("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_isolation = %L', "
            "current_database(), 'repeatable read'); END $$");
  const auto url = UrlForRole(base_.url(), kRole);
  ASSERT_THAT(url, IsOk());
  Pool pool(*url, 1, absl::Seconds(2));
  Database database(pool, key_, kConstraints);
  const auto transact = [&](Isolation isolation) {
    return [&, isolation](auto look) {
      return database.Transact(NewCall(), [&](Tx& tx) -> absl::StatusOr<Int64Value> {
        REPRISE_RETURN_IF_ERROR(look(tx));
        REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "note.make", .subject_type = "note"}));
        return Int64Value();
      }, isolation).status();
    };
  };
  EXPECT_EQ(isolation_of(transact(Isolation::kReadCommitted)), "read committed");
  EXPECT_EQ(isolation_of(transact(Isolation::kSerializable)), "serializable");
  EXPECT_EQ(isolation_of([&](auto look) { return database.Read(NewCall(), look); }), "repeatable read");
}

TEST_F(DatabaseTest, WritesAtOnceAfterIdleConnectionsWereCut) {
  EXPECT_THAT(Note(NewCall(), 1), IsOk());
  const std::string mine = "FROM pg_stat_activity WHERE usename = 'reprise_quality' AND datname = current_database()";
  base_.Sql("SELECT pg_terminate_backend(pid) " + mine);
  while (base_.Value("SELECT count(*) " + mine) != "0") absl::SleepFor(absl::Milliseconds(5));
  // Nothing was under way, so there is no doubt about any outcome.
  EXPECT_THAT(Note(NewCall(ids_.NewUuid()), 2), IsOk());
  EXPECT_EQ(Notes(), "2");
}

TEST_F(DatabaseTest, SaysThatTheOutcomeIsUnknownWhereTheCommitBreaks) {
  // The connection is cut by the statements that travel with the commit.
  const auto outcome = database_.Transact(NewCall(ids_.NewUuid()), [&](Tx& tx) -> absl::StatusOr<Int64Value> {
    REPRISE_ASSIGN_OR_RETURN(const Rows rows, tx.Select(kWhoAmI));
    tx.Execute(kCut, rows[0].Get<int>(0));
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "note.make", .subject_type = "note"}));
    return Int64Value();
  });
  EXPECT_THAT(outcome, StatusIs(StatusCode::kUnavailable, "COMMIT_OUTCOME_UNKNOWN"));
  EXPECT_EQ(Events(), "0");
}

}  // namespace
constexpr Query kSettings{"probe.settings", R"sql(
  SELECT concat_ws('|', current_setting('app.actor', true), current_setting('app.scope', true),
                   current_setting('app.assigned_scope', true), current_setting('app.own_participant', true))
)sql"};

// The settings of a session outlive a transaction, so the next caller on the connection must never act by
// those of the one before, whatever became of her call.
TEST_F(DatabaseTest, EachCallerActsByHerOwnSettingsOnASharedConnection) {
  Pool pool(base_.UrlOf(kRole), 1, absl::Seconds(2));
  Database database(pool, key_, kConstraints);
  const auto call_of = [&](const std::string& user, const Scope& scope) {
    Call call = NewCall();
    call.actor.user_id = user;
    call.scope = scope;
    return call;
  };
  const auto settings = [&](const Call& call) {
    std::string seen;
    EXPECT_THAT(database.Read(call, [&](Tx& tx) -> absl::Status {
      REPRISE_ASSIGN_OR_RETURN(const Rows rows, tx.Select(kSettings));
      seen = rows[0].Get<std::string>(0);
      return absl::OkStatus();
    }), IsOk());
    return seen;
  };
  const auto write = [&](const Call& call, const Query& then, absl::Status end) {
    return database.Transact(call, [&](Tx& tx) -> absl::StatusOr<Int64Value> {
      REPRISE_RETURN_IF_ERROR(tx.Select(then).status());
      REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "note.make", .subject_type = "note"}));
      if (!end.ok()) return end;
      return Int64Value();
    }).status();
  };
  const Call everywhere = call_of("ann", {.everywhere = true});
  const Call here = call_of("bob", {.places = {"s/1", "s/2"}});
  const Call narrow = call_of("cem", {.assigned_places = {"s/*"}, .own_participant_id = "p"});
  const Call nowhere = call_of("", {});
  const std::pair<Call, std::string> expected[] = {
      {everywhere, "ann|*||"}, {here, "bob|s/1,s/2||"}, {narrow, "cem||s/*|p"}, {nowhere, "|||"}};
  for (const auto& [before, unused] : expected) {
    for (const auto& [after, seen] : expected) {
      EXPECT_EQ(settings(before).empty(), false);
      EXPECT_EQ(settings(after), seen);
      // A call that failed, that was refused or that wrote leaves nothing behind either.
      EXPECT_FALSE(write(before, kBroken, absl::OkStatus()).ok());
      EXPECT_EQ(settings(after), seen);
      EXPECT_FALSE(write(before, kSettings, absl::AbortedError("no")).ok());
      EXPECT_EQ(settings(after), seen);
      EXPECT_TRUE(write(call_of(kThere, before.scope), kSettings, absl::OkStatus()).ok());
      EXPECT_EQ(settings(after), seen);
      EXPECT_EQ(settings(after), seen);
    }
  }
  EXPECT_EQ(pool.open_connections(), 1);
}

}  // namespace reprise::db
