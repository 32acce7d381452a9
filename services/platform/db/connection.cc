// SPDX-License-Identifier: Apache-2.0
#include "services/platform/db/connection.h"

#include <libpq-fe.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <pqxx/pqxx>
#include <utility>

#include "absl/time/clock.h"

#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::db {
namespace {

// A rollback may take this long even where the call's time is over, because it saves the connection.
constexpr absl::Duration kRollbackTime = absl::Seconds(1);

// How often somebody who waits looks whether she still may.
constexpr absl::Duration kLookUp = absl::Milliseconds(250);

constexpr Query kBegin{"platform.begin", "BEGIN"};
constexpr Query kRollback{"platform.rollback", "ROLLBACK"};

// libpqxx 6 hides the libpq handle, except from the policy that connects.
class KeepHandle : public pqxx::connect_direct {
 public:
  explicit KeepHandle(const std::string& options) : connect_direct(options) {}
  handle do_startconnect(handle before) override {
    raw = connect_direct::do_startconnect(before);
    return raw;
  }
  handle raw = nullptr;
};

absl::Status Unreachable() {
  return error::Retry("DATABASE_UNREACHABLE", "The database cannot be reached.",
                      absl::Milliseconds(500));
}

}  // namespace

struct Connection::PqxxOwner {
  explicit PqxxOwner(const std::string& url) : policy(url), connection(policy) {}
  // The two bases in the order that libpqxx's own template has them, with our policy kept in reach.
  struct Opened : public pqxx::connection_base {
    explicit Opened(KeepHandle& policy) : connection_base(policy) { init(); }
    ~Opened() { close(); }
  };
  KeepHandle policy;
  Opened connection;
};

Connection::Connection(std::unique_ptr<PqxxOwner> owner, const std::atomic<bool>& cut_off)
    : owner_(std::move(owner)), raw_(owner_->policy.raw), cut_off_(cut_off) {}

Connection::~Connection() {
  // libpqxx says farewell in its own mode.
  if (usable_) PQexitPipelineMode(raw_);
}

absl::StatusOr<std::unique_ptr<Connection>> Connection::Open(const std::string& url,
                                                             const std::atomic<bool>& cut_off) {
  try {
    auto owner = std::make_unique<PqxxOwner>(url);
    std::unique_ptr<Connection> connection(new Connection(std::move(owner), cut_off));
    // Nothing but AwaitInput may wait, because libpq itself would wait for ever.
    if (PQsetnonblocking(connection->raw_, 1) != 0 || PQenterPipelineMode(connection->raw_) != 1) {
      return Unreachable();
    }
    return connection;
  } catch (const std::exception&) {
    return Unreachable();
  }
}

void Connection::Queue(const Query& query, std::vector<Param> params) {
  for (const Param& param : params) {
    // PostgreSQL's text ends at a zero byte, so the rest would silently be lost.
    unstorable_ = unstorable_ || (!param.binary && param.value.has_value() &&
                                  param.value->find('\0') != std::string::npos);
  }
  const bool first = prepared_.insert(query.name).second;
  queued_.push_back({.query = &query, .params = std::move(params), .prepares = first});
}

void Connection::DiscardQueued() {
  for (const Statement& statement : queued_) {
    if (statement.prepares) prepared_.erase(statement.query->name);
  }
  queued_.clear();
  unstorable_ = false;
}

bool Connection::Send(bool finish) {
  std::vector<const char*> values;
  std::vector<int> lengths, formats;
  unsynced_ = true;
  for (const Statement& statement : queued_) {
    if (statement.prepares &&
        PQsendPrepare(raw_, statement.query->name, statement.query->sql, 0, nullptr) != 1) {
      return false;
    }
    values.clear(), lengths.clear(), formats.clear();
    for (const Param& param : statement.params) {
      values.push_back(param.value.has_value() ? param.value->c_str() : nullptr);
      lengths.push_back(param.value.has_value() ? static_cast<int>(param.value->size()) : 0);
      formats.push_back(param.binary ? 1 : 0);
    }
    if (PQsendQueryPrepared(raw_, statement.query->name, static_cast<int>(values.size()),
                            values.data(), lengths.data(), formats.data(), 0) != 1) {
      return false;
    }
  }
  return (finish ? PQpipelineSync(raw_) : PQsendFlushRequest(raw_)) == 1;
}

absl::Status Connection::Break() {
  usable_ = false;
  failure_ = {.sqlstate = "", .constraint = "", .query = ""};
  queued_.clear();
  (void)::shutdown(PQsocket(raw_), SHUT_RDWR);  // so that closing it waits for nothing either
  return Unreachable();
}

// Sends what is left to send and waits until the server said something. False where it closed the
// connection, or the time is over.
bool Connection::AwaitInput() {
  while (true) {
    const int unsent = PQflush(raw_);
    if (unsent < 0) return false;
    const absl::Duration left = std::min(wait_until_ - absl::Now(), kLookUp);
    pollfd socket{.fd = PQsocket(raw_),
                  .events = static_cast<short>(POLLIN | (unsent > 0 ? POLLOUT : 0)),
                  .revents = 0};
    if (left <= absl::ZeroDuration() || cut_off_) return false;
    const int ready = ::poll(&socket, 1, static_cast<int>(absl::ToInt64Milliseconds(left)) + 1);
    if (ready < 0 && errno != EINTR) return false;
    if (ready > 0 && (socket.revents & ~POLLOUT) != 0) return PQconsumeInput(raw_) == 1;
  }
}

// Null also where the connection broke, and then it is not usable any more.
PGresult* Connection::NextResult() {
  while (PQisBusy(raw_) == 1) {
    if (!AwaitInput()) {
      usable_ = false;
      return nullptr;
    }
  }
  return PQgetResult(raw_);
}

void Connection::Note(const Rows& refused, const std::string& query) {
  const auto field = [&](int code) {
    const char* const text = PQresultErrorField(refused.raw(), code);
    return std::string(text == nullptr ? "" : text);
  };
  failure_ = {.sqlstate = field(PG_DIAG_SQLSTATE), .constraint = field(PG_DIAG_CONSTRAINT_NAME),
              .query = query};
}

// One answer to each PREPARE and each statement, each followed by a null. False where the connection broke.
bool Connection::ReadAnswers(std::vector<Rows>& answers, bool& failed) {
  answers.reserve(queued_.size());
  for (const Statement& statement : queued_) {
    for (int answer = statement.prepares ? 0 : 1; answer < 2; ++answer) {
      Rows rows(NextResult());
      const ExecStatusType state = PQresultStatus(rows.raw());
      if (rows.raw() == nullptr || PQstatus(raw_) != CONNECTION_OK) return false;
      if (PGresult* const end = NextResult(); end != nullptr) PQclear(end);
      if (state == PGRES_COMMAND_OK || state == PGRES_TUPLES_OK) {
        if (answer == 1) answers.push_back(std::move(rows));
        continue;
      }
      // What could not be prepared must be prepared again by the next use.
      if (statement.prepares && answer == 0) prepared_.erase(statement.query->name);
      if (failed) continue;  // PGRES_PIPELINE_ABORTED: skipped behind the failed one
      failed = true;
      Note(rows, statement.query->name);
      if (failure_.sqlstate.empty()) return false;
    }
  }
  queued_.clear();
  return true;
}

// The sync, before which a commit that failed says so. False where the connection broke.
bool Connection::ReadSync(bool& failed) {
  for (int step = 0; step < 4; ++step) {
    const Rows rows(NextResult());
    if (!usable_ || PQstatus(raw_) != CONNECTION_OK) return false;
    if (rows.raw() == nullptr) continue;
    if (PQresultStatus(rows.raw()) == PGRES_PIPELINE_SYNC) {
      unsynced_ = false;
      return true;
    }
    failed = true;
    Note(rows, "platform.commit");
  }
  return false;
}

absl::StatusOr<std::vector<Rows>> Connection::Exchange(bool finish) {
  std::vector<Rows> answers;
  if (unstorable_) {
    failure_ = {.sqlstate = "22021", .constraint = "", .query = queued_.back().query->name};
    return absl::InternalError("statement not sent");
  }
  if (queued_.empty() && !(finish && unsynced_)) return answers;
  bool failed = false;
  if (!Send(finish) || !ReadAnswers(answers, failed)) return Break();
  // The server ignores everything between a failure and the next sync.
  if (failed && !finish && PQpipelineSync(raw_) != 1) return Break();
  if ((failed || finish) && !ReadSync(failed)) return Break();
  if (!failed) return answers;
  entered_.clear();  // undone with the transaction, whether or not somebody asks for a rollback
  return absl::InternalError("statement failed");  // Database::Explain maps failure()
}

absl::StatusOr<std::vector<Rows>> Connection::Flush() { return Exchange(false); }
absl::StatusOr<std::vector<Rows>> Connection::Finish() { return Exchange(true); }

void Connection::Rollback(bool begun) {
  DiscardQueued();
  entered_.clear();  // the settings go back to what they were before the transaction
  if (!usable_ || (!unsynced_ && PQtransactionStatus(raw_) == PQTRANS_IDLE)) return;
  // Without a block to end, ROLLBACK would work but warn in the server's log; BEGIN makes what ran one.
  wait_until_ = std::max(wait_until_, absl::Now() + kRollbackTime);
  if (!begun) Queue(kBegin, {});
  Queue(kRollback, {});
  (void)Finish();
}

bool Connection::InTransaction() const {
  return unsynced_ || !queued_.empty() || PQtransactionStatus(raw_) != PQTRANS_IDLE;
}

bool Connection::QuietWhileIdle() const {
  pollfd socket{.fd = PQsocket(raw_), .events = POLLIN, .revents = 0};
  return ::poll(&socket, 1, 0) == 0;
}

}  // namespace reprise::db
