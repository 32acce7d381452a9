// SPDX-License-Identifier: Apache-2.0
// A bounded set of connections to one database as one role. Connections are opened when first
// needed; broken ones are dropped, also those that broke while idle. Thread-safe.
#ifndef REPRISE_PLATFORM_DB_POOL_H_
#define REPRISE_PLATFORM_DB_POOL_H_

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "services/platform/db/connection.h"

namespace reprise::db {

// `url` (either of libpq's forms) with `role` as its user, in UTC, with `role` as application name.
// INVALID_ARGUMENT DATABASE_URL_MALFORMED.
absl::StatusOr<std::string> UrlForRole(const std::string& url, const std::string& role);

class Pool {
 public:
  Pool(std::string url, int max_connections, absl::Duration acquire_timeout);

  // Gives the connection back when it goes.
  class Lease {
   public:
    Lease(Pool& pool, std::unique_ptr<Connection> connection);
    Lease(Lease&& other) = default;
    ~Lease();
    Connection& operator*() { return *connection_; }
    Connection* operator->() { return connection_.get(); }

   private:
    Pool* pool_;
    std::unique_ptr<Connection> connection_;
  };

  // UNAVAILABLE DATABASE_BUSY when all are in use for the acquire timeout, DATABASE_UNREACHABLE.
  absl::StatusOr<Lease> Acquire();
  // Drops the idle connections, which a restart of the server leaves dead.
  void DropIdle();
  // For the end of the process: every wait for an answer ends within a moment, as if the server had
  // closed its connection, and no connection is given out any more.
  void CutOff();
  int open_connections() const;

 private:
  void Return(std::unique_ptr<Connection> connection);

  const std::string url_;
  const int max_connections_;
  const absl::Duration acquire_timeout_;
  std::atomic<bool> cut_off_{false};
  mutable std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Connection>> idle_;
  int open_ = 0;
};

}  // namespace reprise::db

#endif  // REPRISE_PLATFORM_DB_POOL_H_
