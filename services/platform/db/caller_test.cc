// SPDX-License-Identifier: Apache-2.0
// A connection keeps its last caller's scope between calls, so whatever became of Ann's call, Ben's next
// one on the same connection must see his study and never hers.
#include <gtest/gtest.h>

#include <functional>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"

#include "services/platform/db/database_fixture.h"

namespace reprise::db {
namespace {

constexpr Query kActorNow{"probe.actor_now", "SELECT current_setting('app.actor', true)"};
constexpr Query kFailOnce{"probe.fail_once", "SELECT probe.fail_once()"};

constexpr char kFailing[] = R"sql(
  CREATE SEQUENCE probe.attempt;
  GRANT USAGE ON SEQUENCE probe.attempt TO reprise_quality;
  CREATE FUNCTION probe.fail_once() RETURNS int LANGUAGE plpgsql AS $$
  BEGIN
    IF nextval('probe.attempt') % 2 = 1 THEN
      RAISE EXCEPTION 'another was faster' USING ERRCODE = '40001';
    END IF;
    RETURN 1;
  END $$;
)sql";

class CallerTest : public DatabaseTest {
 protected:
  CallerTest() {
    base_.Sql("DROP FUNCTION IF EXISTS probe.fail_once(); DROP SEQUENCE IF EXISTS probe.attempt");
    base_.Sql(kFailing);
    base_.Sql(absl::StrCat("INSERT INTO probe.note (study_id, text, number) VALUES ('", kHere,
                           "', 'here', 1), ('", kThere, "', 'there', 2)"));
  }
  Call CallOf(const std::string& user, const char* study) {
    Call call = NewCall(ids_.NewUuid());
    call.actor.user_id = user;
    call.scope = {.places = {absl::StrCat(study, "/*")}};
    return call;
  }
  // Who the call on `database` is taken for, and what it sees.
  std::string Seen(Database& database, const Call& call) {
    std::string seen;
    const absl::Status status = database.Read(call, [&](Tx& tx) -> absl::Status {
      REPRISE_ASSIGN_OR_RETURN(const Rows actor, tx.Select(kActorNow));
      REPRISE_ASSIGN_OR_RETURN(const Rows rows, tx.Select(kTexts));
      seen = actor[0].Get<std::string>(0) + ":";
      for (const Row row : rows) absl::StrAppend(&seen, " ", row.Get<std::string>(0));
      return absl::OkStatus();
    });
    return status.ok() ? seen : std::string(status.message());
  }
};

using Body = std::function<absl::Status(Tx&)>;

TEST_F(CallerTest, NobodyActsInTheScopeOfTheCallerBefore) {
  const auto cut = [](Tx& tx) -> absl::Status {
    REPRISE_ASSIGN_OR_RETURN(const Rows rows, tx.Select(kWhoAmI));
    tx.Execute(kCut, rows[0].Get<int>(0));
    return absl::OkStatus();
  };
  struct Case {
    const char* name;
    Body body;
  };
  const Case kCases[] = {
      {"no statement", [](Tx&) { return absl::OkStatus(); }},
      {"no statement, refused", [](Tx&) { return absl::AbortedError("no"); }},
      {"a read", [](Tx& tx) { return tx.Select(kTexts).status(); }},
      {"a statement that was never sent", [](Tx& tx) { tx.Execute(kTexts); return absl::AbortedError("no"); }},
      {"refused after a statement, as where a stream's reader has gone",
       [](Tx& tx) { return tx.Select(kTexts).ok() ? absl::CancelledError("gone") : absl::OkStatus(); }},
      {"a failed statement", [](Tx& tx) { return tx.Select(kBroken).status(); }},
      {"a failed statement, overlooked", [](Tx& tx) { (void)tx.Select(kBroken); return absl::OkStatus(); }},
      {"a failure at the commit", [](Tx& tx) { tx.Execute(kInsertLate, kHere, "late", 7); return absl::OkStatus(); }},
      {"a row outside her scope", [](Tx& tx) { tx.Execute(kInsert, kThere, "text", 8); return absl::OkStatus(); }},
      {"a text that cannot be stored", [](Tx& tx) { tx.Execute(kInsert, kHere, std::string("a\0b", 3), 9); return absl::OkStatus(); }},
      {"a rerun", [](Tx& tx) { return tx.Select(kFailOnce).status(); }},
      {"a statement beyond the deadline", [](Tx& tx) { return tx.Select(kSleep).status(); }},
      {"an exception", [](Tx&) -> absl::Status { throw std::runtime_error("thrown"); }},
      {"an exception after a statement", [](Tx& tx) -> absl::Status { (void)tx.Select(kTexts); throw std::runtime_error("thrown"); }},
      {"an exception after a failed statement", [](Tx& tx) -> absl::Status { (void)tx.Select(kBroken); throw std::runtime_error("thrown"); }},
      {"a cut connection", [&](Tx& tx) { REPRISE_RETURN_IF_ERROR(cut(tx)); return tx.Select(kTexts).status(); }},
      {"a connection cut by the commit", cut}};
  using Run = std::function<void(Database&, const Call&, const Body&)>;
  const std::pair<const char*, Run> kRuns[] = {
      {"read", [](Database& database, const Call& call, const Body& body) { (void)database.Read(call, body); }},
      {"write", [](Database& database, const Call& call, const Body& body) {
         (void)database.Transact(call, [&](Tx& tx) -> absl::StatusOr<Int64Value> {
           REPRISE_RETURN_IF_ERROR(body(tx));
           REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "note.make", .subject_type = "note"}));
           return Int64Value();
         });
       }},
      {"serializable write", [](Database& database, const Call& call, const Body& body) {
         (void)database.Transact(call, [&](Tx& tx) -> absl::StatusOr<Int64Value> {
           REPRISE_RETURN_IF_ERROR(body(tx));
           return Int64Value();  // never audited
         }, Isolation::kSerializable);
       }},
      {"housekeeping", [](Database& database, const Call& call, const Body& body) { (void)database.Housekeep(call, body); }}};
  Pool pool(base_.UrlOf(kRole), 1, absl::Seconds(2));
  Database database(pool, key_, kConstraints);
  for (const auto& [how, run] : kRuns) {
    // What was rolled back took her settings along, so Ann's own next call has to tell them again.
    for (int next = 0; next < 2 * static_cast<int>(std::size(kCases)); ++next) {
      const Case& c = kCases[next / 2];
      const bool ann_again = next % 2 == 0;
      SCOPED_TRACE(absl::StrCat(how, ", ", c.name, ann_again ? ", then Ann" : ", then Ben"));
      EXPECT_EQ(Seen(database, CallOf(kActor, kThere)), absl::StrCat(kActor, ": there"));
      Call ann = CallOf(kSite, kHere);
      if (absl::string_view(c.name) == "a statement beyond the deadline") ann.deadline = absl::Now() + absl::Milliseconds(100);
      try {
        run(database, ann, c.body);
      } catch (const std::runtime_error&) {
      }
      if (ann_again) {
        EXPECT_EQ(Seen(database, CallOf(kSite, kHere)), absl::StrCat(kSite, ": here"));
      }
      EXPECT_EQ(Seen(database, CallOf(kActor, kThere)), absl::StrCat(kActor, ": there"));
      EXPECT_EQ(pool.open_connections(), 1);
    }
  }
}

// What the test above is worth: the calls do share a connection.
TEST_F(CallerTest, CallsThatEndWellKeepTheConnection) {
  Pool pool(base_.UrlOf(kRole), 1, absl::Seconds(2));
  Database database(pool, key_, kConstraints);
  const auto process = [&](const char* study) {
    int pid = 0;
    EXPECT_THAT(database.Read(CallOf(kActor, study), [&](Tx& tx) -> absl::Status {
      REPRISE_ASSIGN_OR_RETURN(const Rows rows, tx.Select(kWhoAmI));
      pid = rows[0].Get<int>(0);
      return absl::OkStatus();
    }), IsOk());
    return pid;
  };
  const int first = process(kHere);
  EXPECT_EQ(process(kThere), first);
  (void)database.Transact(CallOf(kActor, kHere), [&](Tx& tx) -> absl::StatusOr<Int64Value> {
    return tx.Select(kBroken).status();
  });
  EXPECT_EQ(process(kThere), first);
}

}  // namespace
}  // namespace reprise::db
