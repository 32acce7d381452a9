// SPDX-License-Identifier: Apache-2.0
#include "services/platform/db/database.h"

#include <algorithm>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"

#include "services/platform/error/error.h"
#include "services/platform/log/log.h"
#include "services/platform/status.h"

namespace reprise::db {
namespace {

constexpr int kMaxAttempts = 6;

constexpr Query kBeginSerializable{"platform.begin_serializable",
                                   "BEGIN ISOLATION LEVEL SERIALIZABLE"};
constexpr Query kBeginRead{"platform.begin_read",
                           "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"};
constexpr Query kCommit{"platform.commit", "COMMIT"};

// What row level security reads (db/migrations/platform). Settings of the session, written where the caller
// is not the one of the connection's transaction before.
constexpr Query kEnter{"platform.enter", R"sql(
  SELECT set_config('app.actor', $1, false),
         set_config('app.scope', $2, false),
         set_config('app.assigned_scope', $3, false),
         set_config('app.own_participant', $4, false),
         set_config('statement_timeout', $5, false)
)sql"};

constexpr Query kDoNotWaitForDisk{"platform.do_not_wait_for_disk",
                                  "SELECT set_config('synchronous_commit', 'off', true)"};

constexpr Query kRecall{"platform.recall_request", R"sql(
  SELECT request_hash = $3 AND method = $4, response
    FROM platform.request
   WHERE actor_id = $1
     AND request_id = $2
)sql"};

constexpr Query kForget{"platform.forget_requests", R"sql(
  WITH forgotten AS (
    DELETE FROM platform.request
     WHERE made_time < $1
    RETURNING 1
  )
  SELECT count(*)
    FROM forgotten
)sql"};

// PostgreSQL's timeout of a statement. To the next ten seconds where that is not much more, so that
// calls with the usual deadline have the same one.
absl::Duration TimeoutFor(absl::Duration left) {
  constexpr absl::Duration kStep = absl::Seconds(10);
  return absl::Ceil(left, left < kStep ? absl::Milliseconds(1) : kStep);
}

absl::Status DeadlinePassed() {
  return error::Make(absl::StatusCode::kDeadlineExceeded, "DEADLINE_EXCEEDED",
                     "The call's deadline has passed.");
}

absl::StatusOr<absl::Duration> TimeLeft(const Call& call) {
  const absl::Duration left = std::min(call.deadline - absl::Now(), absl::Minutes(10));
  if (left <= absl::ZeroDuration()) return DeadlinePassed();
  return left;
}

// How much longer than PostgreSQL's own timeout is waited for an answer: who answers at all says then
// that the time is over, and the connection lives on.
constexpr absl::Duration kAnswerGrace = absl::Seconds(1);

absl::Status RequestIdReused(const Call& call) {
  return error::Make(absl::StatusCode::kAlreadyExists, "REQUEST_ID_REUSED",
                     "The request_id was used before for another request.",
                     {{"request_id", call.request_id}});
}

bool Reruns(const std::string& sqlstate) { return sqlstate == "40001" || sqlstate == "40P01"; }

}  // namespace

absl::StatusOr<Rows> Tx::SelectBound(const Query& query, std::vector<Param> params) {
  if (statement_failed_) return absl::InternalError("an earlier statement failed");
  connection_.Queue(query, std::move(params));
  auto answers = connection_.Flush();
  if (!answers.ok()) {
    statement_failed_ = true;
    return std::move(answers).status();
  }
  return std::move(answers->back());
}

Database::Database(Pool& pool, absl::string_view audit_key,
                   absl::Span<const ConstraintReason> constraints)
    : pool_(pool), audit_key_(audit_key), constraints_(constraints) {}

absl::Status Database::Run(const Call& call, Mode mode,
                           const std::function<absl::Status(Tx&)>& body) {
  absl::Status status;
  for (int attempt = 0; attempt < kMaxAttempts; ++attempt) {
    bool rerun = false;
    status = RunOnce(call, mode, body, rerun);
    if (!rerun) return status;
    if (attempt > 0) std::this_thread::sleep_for(std::chrono::milliseconds(1 << attempt));
  }
  return status;
}

absl::Status Database::RunOnce(const Call& call, Mode mode,
                               const std::function<absl::Status(Tx&)>& body, bool& rerun) {
  REPRISE_RETURN_IF_ERROR(TimeLeft(call).status());
  REPRISE_ASSIGN_OR_RETURN(Pool::Lease connection, pool_.Acquire());
  REPRISE_ASSIGN_OR_RETURN(const absl::Duration left, TimeLeft(call));  // after waiting for the connection
  const absl::Duration timeout = TimeoutFor(left);
  connection->set_wait_until(absl::Now() + timeout + kAnswerGrace);
  Enter(*connection, call, mode, timeout);
  Tx tx(*connection, call, audit_key_);
  absl::Status status = body(tx);
  // A body may not make good what the server has undone.
  const bool committing = status.ok() && !tx.statement_failed_;
  if (committing) status = Commit(tx, mode);
  if (committing && status.ok()) return status;
  if (tx.statement_failed_) {
    const Failure& failure = connection->failure();
    status = Explain(call, failure);
    if (failure.sqlstate.empty()) {
      pool_.DropIdle();
      // A break before the commit was sent changed nothing; after it nobody knows, and the caller
      // asks again with the same request_id.
      rerun = !committing || mode == Mode::kRead;
      if (rerun) return status;
      return error::Retry("COMMIT_OUTCOME_UNKNOWN",
                          "The database broke off while committing; repeat the call with the "
                          "same request_id.",
                          absl::Milliseconds(500));
    }
    rerun = Reruns(failure.sqlstate);
  }
  connection->Rollback(Begins(mode));
  return status;
}

void Database::Enter(Connection& connection, const Call& call, Mode mode, absl::Duration timeout) const {
  if (mode == Mode::kRead) connection.Queue(kBeginRead, {});
  if (mode == Mode::kSerializable) connection.Queue(kBeginSerializable, {});
  const std::string scope = call.scope.everywhere ? std::string("*") : absl::StrJoin(call.scope.places, ",");
  const std::string assigned = absl::StrJoin(call.scope.assigned_places, ",");
  const std::string milliseconds = absl::StrCat(absl::ToInt64Milliseconds(timeout));
  std::string entered = absl::StrCat(call.actor.user_id, "\n", scope, "\n", assigned, "\n",
                                     call.scope.own_participant_id, "\n", milliseconds);
  if (connection.entered() != entered) {
    connection.Queue(kEnter, BindAll(call.actor.user_id, scope, assigned, call.scope.own_participant_id, milliseconds));
    connection.set_entered(std::move(entered));
  }
  if (mode == Mode::kReadAudited) connection.Queue(kDoNotWaitForDisk, {});
}

absl::Status Database::Commit(Tx& tx, Mode mode) const {
  if (mode != Mode::kRead && mode != Mode::kHousekeep && tx.events_.empty()) {
    log::Error("a write appended no audit event", {{"method", tx.call_.method}});
    return error::Make(absl::StatusCode::kInternal, "INTERNAL", "The write was not audited.");
  }
  QueueRecord(tx.connection_, tx.call_, std::move(tx.events_), std::move(tx.answer_));
  if (Begins(mode)) tx.connection_.Queue(kCommit, {});
  const auto answers = tx.connection_.Finish();
  tx.statement_failed_ = !answers.ok();
  return answers.status();
}

absl::StatusOr<std::string> Database::Replay(const Call& call, const absl::Status& failed) {
  // Look only where an earlier run of the same request can be the reason of the failure.
  if (failed.code() == absl::StatusCode::kUnavailable ||
      failed.code() == absl::StatusCode::kDeadlineExceeded) {
    return failed;
  }
  std::optional<std::string> response;
  bool same = false;
  const absl::Status recalled = Run(call, Mode::kRead, [&](Tx& tx) -> absl::Status {
    REPRISE_ASSIGN_OR_RETURN(const Rows rows, tx.Select(kRecall, ActorKey(call), call.request_id,
                                                        Bytes{call.request_hash}, call.method));
    if (rows.empty()) return absl::OkStatus();
    same = rows[0].Get<bool>(0);
    response = rows[0].Get<Bytes>(1).value;
    return absl::OkStatus();
  });
  if (!recalled.ok() || !response.has_value()) return failed;
  if (!same) {
    return RequestIdReused(call);
  }
  return *std::move(response);
}

absl::StatusOr<int64_t> Database::ForgetRequests(const Call& call, absl::Time before) {
  int64_t forgotten = 0;
  REPRISE_RETURN_IF_ERROR(Housekeep(call, [&](Tx& tx) -> absl::Status {
    REPRISE_ASSIGN_OR_RETURN(const Rows rows, tx.Select(kForget, before));
    forgotten = rows[0].Get<int64_t>(0);
    return absl::OkStatus();
  }));
  return forgotten;
}

absl::Status Database::Explain(const Call& call, const Failure& failure) const {
  const std::string& state = failure.sqlstate;
  if (state.empty() || absl::string_view(state).substr(0, 3) == "57P" || state == "53300" ||
      Reruns(state) || state == "55P03") {
    return error::Retry("DATABASE_UNREACHABLE", "The database could not finish the call.",
                        absl::Milliseconds(500));
  }
  if (state == "57014") return DeadlinePassed();
  if (state == "42501") {
    return error::Make(absl::StatusCode::kPermissionDenied, "OUT_OF_SCOPE",
                       "The record is outside the caller's studies and sites.");
  }
  if (state == "22021") {
    return error::Make(absl::StatusCode::kInvalidArgument, "TEXT_MALFORMED",
                       "A text holds a character that cannot be stored.");
  }
  for (const ConstraintReason& known : constraints_) {
    if (failure.constraint == known.constraint) {
      return error::Make(known.code, known.reason, known.message);
    }
  }
  // Where the earlier one is this very request, Replay() finds its answer; another service's is out of sight.
  if (failure.constraint == "request_pkey") return RequestIdReused(call);
  log::Error("a statement failed", {{"query", failure.query},
                                    {"sqlstate", state},
                                    {"constraint", failure.constraint}});
  return error::Make(absl::StatusCode::kInternal, "INTERNAL", "The call failed.");
}

}  // namespace reprise::db
