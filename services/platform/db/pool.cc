// SPDX-License-Identifier: Apache-2.0
#include "services/platform/db/pool.h"

#include <libpq-fe.h>

#include <utility>

#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::db {
namespace {

void AppendQuoted(std::string& out, const char* keyword, const std::string& value) {
  absl::StrAppend(&out, out.empty() ? "" : " ", keyword, "='");
  for (const char c : value) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  out += '\'';
}

// A server that takes a connection and says nothing is not waited for longer, in seconds.
constexpr char kConnectTimeout[] = "5";

}  // namespace

absl::StatusOr<std::string> UrlForRole(const std::string& url, const std::string& role) {
  char* message = nullptr;
  const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> options(
      PQconninfoParse(url.c_str(), &message), &PQconninfoFree);
  if (message != nullptr) PQfreemem(message);
  if (options == nullptr) {
    return error::InvalidField("database.url", "DATABASE_URL_MALFORMED",
                               "A libpq connection string or URI is required.");
  }
  std::string out;
  bool patience_told = false;
  for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
    const absl::string_view keyword = option->keyword;
    if (option->val == nullptr || keyword == "user" || keyword == "options" ||
        keyword == "application_name") {
      continue;
    }
    patience_told = patience_told || keyword == "connect_timeout";
    AppendQuoted(out, option->keyword, option->val);
  }
  if (!patience_told) AppendQuoted(out, "connect_timeout", kConnectTimeout);
  if (!role.empty()) AppendQuoted(out, "user", role);
  AppendQuoted(out, "application_name", role.empty() ? "reprise" : role);
  AppendQuoted(out, "options",
               "-c timezone=UTC -c datestyle=ISO -c lock_timeout=10s -c jit=off "
               "-c default_transaction_isolation=read\\ committed -c default_transaction_read_only=off");
  return out;
}

Pool::Pool(std::string url, int max_connections, absl::Duration acquire_timeout)
    : url_(std::move(url)), max_connections_(max_connections), acquire_timeout_(acquire_timeout) {}

Pool::Lease::Lease(Pool& pool, std::unique_ptr<Connection> connection)
    : pool_(&pool), connection_(std::move(connection)) {}

Pool::Lease::~Lease() {
  if (connection_ != nullptr) pool_->Return(std::move(connection_));
}

absl::StatusOr<Pool::Lease> Pool::Acquire() {
  {
    std::unique_lock<std::mutex> lock(mutex_);
    const bool free = returned_.wait_for(lock, absl::ToChronoMilliseconds(acquire_timeout_), [&] {
      return cut_off_ || !idle_.empty() || open_ < max_connections_;
    });
    if (cut_off_) {
      return error::Retry("DATABASE_UNREACHABLE", "The server is stopping.", absl::Seconds(1));
    }
    if (!free) {
      return error::Retry("DATABASE_BUSY", "All database connections are in use.",
                          absl::Milliseconds(200));
    }
    while (!idle_.empty()) {
      std::unique_ptr<Connection> connection = std::move(idle_.back());
      idle_.pop_back();
      if (connection->QuietWhileIdle()) return Lease(*this, std::move(connection));
      --open_;
    }
    ++open_;
  }
  auto opened = Connection::Open(url_, cut_off_);
  if (!opened.ok()) {
    Return(nullptr);
    return std::move(opened).status();
  }
  return Lease(*this, *std::move(opened));
}

void Pool::Return(std::unique_ptr<Connection> connection) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (connection != nullptr && connection->usable() && !connection->InTransaction()) {
      idle_.push_back(std::move(connection));
    } else {
      --open_;
    }
  }
  returned_.notify_one();
}

void Pool::DropIdle() {
  std::vector<std::unique_ptr<Connection>> dropped;
  const std::lock_guard<std::mutex> lock(mutex_);
  dropped.swap(idle_);
  open_ -= static_cast<int>(dropped.size());
}

void Pool::CutOff() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    cut_off_ = true;
  }
  returned_.notify_all();
}

int Pool::open_connections() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return open_;
}

}  // namespace reprise::db
