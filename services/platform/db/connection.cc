// SPDX-License-Identifier: Apache-2.0
#include "services/platform/db/connection.h"

#include <libpq-fe.h>

#include <pqxx/pqxx>
#include <utility>

#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::db {
namespace {

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

Connection::Connection(std::unique_ptr<PqxxOwner> owner)
    : owner_(std::move(owner)), raw_(owner_->policy.raw) {}

Connection::~Connection() {
  // libpqxx says farewell in its own mode.
  if (usable_) PQexitPipelineMode(raw_);
}

absl::StatusOr<std::unique_ptr<Connection>> Connection::Open(const std::string& url) {
  try {
    auto owner = std::make_unique<PqxxOwner>(url);
    std::unique_ptr<Connection> connection(new Connection(std::move(owner)));
    if (PQenterPipelineMode(connection->raw_) != 1) return Unreachable();
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

bool Connection::Send() {
  std::vector<const char*> values;
  std::vector<int> lengths, formats;
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
  return PQpipelineSync(raw_) == 1;
}

absl::Status Connection::Break(const std::string& query) {
  usable_ = false;
  failure_ = {.sqlstate = "", .constraint = "", .query = query};
  queued_.clear();
  return Unreachable();
}

absl::StatusOr<std::vector<Rows>> Connection::Flush() {
  std::vector<Rows> answers;
  if (queued_.empty()) return answers;
  if (unstorable_) {
    failure_ = {.sqlstate = "22021", .constraint = "", .query = queued_.back().query->name};
    return absl::InternalError("statement not sent");
  }
  if (!Send()) return Break(queued_.front().query->name);
  answers.reserve(queued_.size());
  bool failed = false;
  // One answer to each PREPARE and each statement, each followed by a null, then the sync.
  for (const Statement& statement : queued_) {
    for (int answer = statement.prepares ? 0 : 1; answer < 2; ++answer) {
      Rows rows(PQgetResult(raw_));
      const ExecStatusType state = PQresultStatus(rows.raw());
      if (rows.raw() == nullptr || PQstatus(raw_) != CONNECTION_OK) return Break(statement.query->name);
      if (PGresult* const end = PQgetResult(raw_); end != nullptr) PQclear(end);
      if (state == PGRES_COMMAND_OK || state == PGRES_TUPLES_OK) {
        if (answer == 1) answers.push_back(std::move(rows));
        continue;
      }
      // What could not be prepared must be prepared again by the next use.
      if (statement.prepares && answer == 0) prepared_.erase(statement.query->name);
      if (failed) continue;  // PGRES_PIPELINE_ABORTED: skipped behind the failed one
      failed = true;
      const auto field = [&](int code) {
        const char* const text = PQresultErrorField(rows.raw(), code);
        return std::string(text == nullptr ? "" : text);
      };
      failure_ = {.sqlstate = field(PG_DIAG_SQLSTATE), .constraint = field(PG_DIAG_CONSTRAINT_NAME),
                  .query = statement.query->name};
      if (failure_.sqlstate.empty()) return Break(statement.query->name);
    }
  }
  queued_.clear();
  Rows sync(PQgetResult(raw_));
  if (PQresultStatus(sync.raw()) != PGRES_PIPELINE_SYNC) return Break("sync");
  if (failed) return absl::InternalError("statement failed");  // db::Unit maps failure()
  return answers;
}

}  // namespace reprise::db
