// SPDX-License-Identifier: Apache-2.0
// Transactions as handlers see them. Transact commits only on OK, together with the audit events
// that the body appended (none: it rolls back) and the replay record of the call's request_id; it
// reruns the body on serialization failure or deadlock, so the body has no side effect outside `tx`.
//   return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Response> { ... });
#ifndef REPRISE_PLATFORM_DB_DATABASE_H_
#define REPRISE_PLATFORM_DB_DATABASE_H_

#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"

#include "services/platform/call.h"
#include "services/platform/db/pool.h"
#include "services/platform/db/query.h"
#include "services/platform/db/record.h"

namespace reprise::db {

// What a violated constraint means to the caller. One table a service, in its store.
struct ConstraintReason {
  const char* constraint;
  absl::StatusCode code;
  const char* reason;
  const char* message;
};

enum class Isolation { kReadCommitted, kSerializable };

// One transaction in progress. Lives inside Transact or Read; not thread-safe.
class Tx {
 public:
  // Runs a statement and waits for its rows.
  template <typename... T>
  absl::StatusOr<Rows> Select(const Query& query, const T&... values) {
    return SelectBound(query, BindAll(values...));
  }
  // Queues a statement whose answer nobody needs; it runs before the next Select, at the latest
  // with the commit, and its failure fails the transaction.
  template <typename... T>
  void Execute(const Query& query, const T&... values) {
    connection_.Queue(query, BindAll(values...));
  }
  const Call& call() const { return call_; }
  absl::string_view audit_key() const { return audit_key_; }
  // For audit::Append; the rows are written in front of the commit.
  void AddEvent(EventRow event) { events_.push_back(std::move(event)); }

 private:
  friend class Database;
  Tx(Connection& connection, const Call& call, absl::string_view audit_key)
      : connection_(connection), call_(call), audit_key_(audit_key) {}
  absl::StatusOr<Rows> SelectBound(const Query& query, std::vector<Param> params);

  Connection& connection_;
  const Call& call_;
  absl::string_view audit_key_;
  std::vector<EventRow> events_;
  std::optional<std::string> answer_;  // to be remembered for a repetition of the request
  bool statement_failed_ = false;
};

// Thread-safe.
class Database {
 public:
  // `audit_key`: key of the audit events' codes, 32 bytes, outlives this. `constraints` likewise.
  Database(Pool& pool, absl::string_view audit_key, absl::Span<const ConstraintReason> constraints);

  // The body returns StatusOr of a protobuf message. Besides the body's own failures:
  //   ALREADY_EXISTS REQUEST_ID_REUSED, UNAVAILABLE (retry with the same request_id),
  //   DEADLINE_EXCEEDED, PERMISSION_DENIED OUT_OF_SCOPE, INVALID_ARGUMENT TEXT_MALFORMED, and the reasons of `constraints`.
  template <typename Body>
  auto Transact(const Call& call, Body body, Isolation isolation = Isolation::kReadCommitted)
      -> std::invoke_result_t<Body, Tx&> {
    return Remembered(call, std::move(body),
                      isolation == Isolation::kSerializable ? Mode::kSerializable : Mode::kWrite);
  }

  // For reads of sensitive data: writes nothing but audit events, which a crash within a fraction
  // of a second may lose (they commit without waiting for the disk).
  template <typename Body>
  auto ReadAudited(const Call& call, Body body) -> std::invoke_result_t<Body, Tx&> {
    return Remembered(call, std::move(body), Mode::kReadAudited);
  }

  // For writes that are nobody's act and so have no audit event: idle clocks, purges, seals.
  template <typename Body>
  absl::Status Housekeep(const Call& call, Body body) {
    return Run(call, Mode::kHousekeep, [&](Tx& tx) -> absl::Status { return body(tx); });
  }

  // Deletes the replay records of this service that were made before that time and returns how many they were.
  // A repetition after it is a new request.
  absl::StatusOr<int64_t> ForgetRequests(const Call& call, absl::Time before);

  // One read-only snapshot.
  template <typename Body>
  auto Read(const Call& call, Body body) -> std::invoke_result_t<Body, Tx&> {
    using Result = std::invoke_result_t<Body, Tx&>;
    std::optional<Result> result;
    const absl::Status status = Run(call, Mode::kRead, [&](Tx& tx) {
      result.emplace(body(tx));
      return StatusOf(*result);
    });
    if (!status.ok()) return status;
    return *std::move(result);
  }

 private:
  enum class Mode { kWrite, kSerializable, kReadAudited, kHousekeep, kRead };
  // A plain write is one transaction from its first statement to the connection's Finish, which
  // spares the server BEGIN and COMMIT; any other isolation has to be asked for.
  static bool Begins(Mode mode) { return mode == Mode::kRead || mode == Mode::kSerializable; }
  static absl::Status StatusOf(const absl::Status& status) { return status; }
  template <typename T>
  static absl::Status StatusOf(const absl::StatusOr<T>& value) {
    return value.status();
  }

  template <typename Body>
  auto Remembered(const Call& call, Body body, Mode mode) -> std::invoke_result_t<Body, Tx&> {
    using Result = std::invoke_result_t<Body, Tx&>;
    std::optional<Result> result;
    const absl::Status status = Run(call, mode, [&](Tx& tx) -> absl::Status {
      result.emplace(body(tx));
      if (absl::Status failed = StatusOf(*result); !failed.ok()) return failed;
      if constexpr (requires { (*result)->SerializeAsString(); }) {
        if (mode != Mode::kReadAudited && !call.request_id.empty()) {
          tx.answer_ = (*result)->SerializeAsString();
        }
      }
      return absl::OkStatus();
    });
    if (status.ok()) return *std::move(result);
    if constexpr (requires { (*result)->SerializeAsString(); }) {
      if (mode != Mode::kReadAudited && !call.request_id.empty()) {
        auto replay = Replay(call, status);
        if (!replay.ok()) return std::move(replay).status();
        typename Result::value_type message;
        message.ParseFromString(*replay);
        return message;
      }
    }
    return status;
  }

  absl::Status Run(const Call& call, Mode mode, const std::function<absl::Status(Tx&)>& body);
  absl::Status RunOnce(const Call& call, Mode mode, const std::function<absl::Status(Tx&)>& body,
                       bool& rerun);
  void Enter(Connection& connection, const Call& call, Mode mode, absl::Duration timeout) const;
  absl::Status Commit(Tx& tx, Mode mode) const;
  // The stored answer of the call's request_id, or why the call failed.
  absl::StatusOr<std::string> Replay(const Call& call, const absl::Status& failed);
  absl::Status Explain(const Call& call, const Failure& failure) const;

  Pool& pool_;
  absl::string_view audit_key_;
  absl::Span<const ConstraintReason> constraints_;
};

}  // namespace reprise::db

#endif  // REPRISE_PLATFORM_DB_DATABASE_H_
