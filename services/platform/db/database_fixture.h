// SPDX-License-Identifier: Apache-2.0
// A database with a table of the tests' own, no word of the trial, and the calls that write to it.
#ifndef REPRISE_PLATFORM_DB_DATABASE_FIXTURE_H_
#define REPRISE_PLATFORM_DB_DATABASE_FIXTURE_H_

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "google/protobuf/wrappers.pb.h"

#include "services/platform/audit/append.h"
#include "services/platform/db/database.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"
#include "services/platform/testing/database.h"
#include "services/platform/testing/matchers.h"
#include "services/platform/testing/sources.h"

namespace reprise::db {

using absl::StatusCode;
using google::protobuf::Int64Value;
using reprise::testing::IsOk;
using reprise::testing::StatusIs;

constexpr char kRole[] = "reprise_quality";  // any service's role
constexpr char kActor[] = "00000000-0000-4000-8000-000000000001";
constexpr char kHere[] = "00000000-0000-4000-8000-0000000000aa";
constexpr char kThere[] = "00000000-0000-4000-8000-0000000000bb";
constexpr char kSite[] = "00000000-0000-4000-8000-0000000000cc";

constexpr char kTable[] = R"sql(
  CREATE SCHEMA probe;
  CREATE TABLE probe.note (
    note_id  bigint GENERATED ALWAYS AS IDENTITY,
    study_id uuid,
    text     text NOT NULL,
    number   int NOT NULL,
    CONSTRAINT note_pkey PRIMARY KEY (note_id),
    CONSTRAINT note_number_key UNIQUE (number),
    CONSTRAINT note_number_check CHECK (number >= 0),
    late     bigint REFERENCES probe.note DEFERRABLE INITIALLY DEFERRED
  );
  ALTER TABLE probe.note ENABLE ROW LEVEL SECURITY;
  CREATE POLICY note_scope ON probe.note USING (platform.in_scope(study_id, NULL));
  GRANT USAGE ON SCHEMA probe TO reprise_quality;
  GRANT SELECT, INSERT, UPDATE ON probe.note TO reprise_quality;
)sql";

constexpr ConstraintReason kConstraints[] = {
    {"note_number_key", StatusCode::kAlreadyExists, "NUMBER_TAKEN", "Another note has this number."},
    {"note_late_fkey", StatusCode::kNotFound, "NOTE_NOT_FOUND", "There is no such note."}};

constexpr Query kInsert{"probe.insert",
                        "INSERT INTO probe.note (study_id, text, number) VALUES ($1, $2, $3)"};
constexpr Query kInsertLate{"probe.insert_late",
                            "INSERT INTO probe.note (study_id, text, number, late) VALUES ($1, $2, $3, -1)"};
constexpr Query kIsolation{"probe.isolation", "SELECT current_setting('transaction_isolation')"};
constexpr Query kSum{"probe.sum", "SELECT coalesce(sum(number), 0)::bigint, count(*) FROM probe.note"};
constexpr Query kSleep{"probe.sleep", "SELECT 1 FROM pg_sleep(20)"};
constexpr Query kTexts{"probe.texts", "SELECT text FROM probe.note ORDER BY note_id"};
constexpr Query kBroken{"probe.broken", "SELECT nothing FROM probe.note"};
constexpr Query kCut{"probe.cut", "SELECT pg_terminate_backend($1::int)"};
constexpr Query kWhoAmI{"probe.pid", "SELECT pg_backend_pid()"};

class DatabaseTest : public ::testing::Test {
 protected:
  // One database for all, because making one takes long; each test begins with empty tables.
  static void SetUpTestSuite() {
    base() = std::make_unique<testing::TestDatabase>();
    base()->Sql(kTable);
  }
  static void TearDownTestSuite() { base().reset(); }
  DatabaseTest() { base_.Sql("TRUNCATE probe.note, audit.event, platform.request"); }

  Call NewCall(const std::string& request_id = "", const std::string& content = "content") {
    return Call{.method = "probe.Service/Note",
                .actor = {.user_id = kActor},
                .scope = {.everywhere = true},
                .now = absl::Now(),
                .deadline = absl::Now() + absl::Seconds(30),
                .request_id = request_id,
                .request_hash = request_id.empty() ? "" : (content + std::string(32, '.')).substr(0, 32),
                .ids = &ids_};
  }
  absl::StatusOr<Int64Value> Note(const Call& call, int number, const std::string& text = "text",
                                  bool audited = true, const char* study = kHere) {
    return database_.Transact(call, [&](Tx& tx) -> absl::StatusOr<Int64Value> {
      tx.Execute(kInsert, study, text, number);
      if (audited) {
        REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "note.make", .subject_type = "note"}));
      }
      Int64Value answer;
      answer.set_value(number);
      return answer;
    });
  }
  std::string Notes() { return base_.Value("SELECT count(*) FROM probe.note"); }
  std::string Events() { return base_.Value("SELECT count(*) FROM audit.event"); }

  static std::unique_ptr<testing::TestDatabase>& base() {
    static std::unique_ptr<testing::TestDatabase> made;
    return made;
  }
  testing::TestDatabase& base_ = *base();
  testing::SeededIdSource ids_{1};
  const std::string key_ = std::string(32, 'k');
  Pool pool_{base_.UrlOf(kRole), 4, absl::Seconds(2)};
  Database database_{pool_, key_, kConstraints};
};

}  // namespace reprise::db

#endif  // REPRISE_PLATFORM_DB_DATABASE_FIXTURE_H_
