// SPDX-License-Identifier: Apache-2.0
// One connection to PostgreSQL: opened and closed by libpqxx, spoken to in libpq's pipeline mode so
// that statements which need no answer travel with the next one that does
// (docs/decisions/2026-11-21-pipeline-over-libpqxx.md). Not thread-safe; private to platform/db.
#ifndef REPRISE_PLATFORM_DB_CONNECTION_H_
#define REPRISE_PLATFORM_DB_CONNECTION_H_

#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "services/platform/db/query.h"

struct pg_conn;
struct pg_result;

namespace reprise::db {

// What PostgreSQL said when a statement failed.
struct Failure {
  std::string sqlstate;    // empty: the connection broke
  std::string constraint;  // name of the violated constraint, or empty
  std::string query;       // name of the statement
};

class Connection {
 public:
  // `cut_off` outlives the connection; once it is true, no wait for the server lasts longer than a
  // fraction of a second. UNAVAILABLE DATABASE_UNREACHABLE.
  static absl::StatusOr<std::unique_ptr<Connection>> Open(const std::string& url,
                                                          const std::atomic<bool>& cut_off);
  ~Connection();

  // Queues a statement; nothing is sent before Flush or Finish.
  void Queue(const Query& query, std::vector<Param> params);
  // Sends all that is queued and waits for the answers, one Rows a statement in order. Statements
  // without a BEGIN are one transaction until Finish. On failure `failure()` says why; the statements
  // behind the failed one were not run, and a transaction without a BEGIN is rolled back.
  absl::StatusOr<std::vector<Rows>> Flush();
  // Like Flush, and commits a transaction without a BEGIN.
  absl::StatusOr<std::vector<Rows>> Finish();
  // Forgets what was queued and undoes what was sent since the last Finish; `begun`: whether the
  // transaction was opened by a BEGIN.
  void Rollback(bool begun);
  // False where the server closed the connection, or said anything, while nobody used it.
  bool QuietWhileIdle() const;
  // Something was queued or sent since the last Finish or Rollback, or a failed transaction was left.
  bool InTransaction() const;
  // What the caller of the connection's last committed transaction was called and allowed, as
  // Database::Enter wrote it into the session's settings; empty where that is not known.
  const std::string& entered() const { return entered_; }
  void set_entered(std::string entered) { entered_ = std::move(entered); }
  const Failure& failure() const { return failure_; }
  // False after a break; such a connection is thrown away.
  bool usable() const { return usable_; }
  // How long Flush, Finish and Rollback wait for the server. Beyond it they break the connection, as if
  // the server had: what was sent may or may not come to pass.
  void set_wait_until(absl::Time instant) { wait_until_ = instant; }

 private:
  struct PqxxOwner;
  Connection(std::unique_ptr<PqxxOwner> owner, const std::atomic<bool>& cut_off);
  struct Statement {
    const Query* query;
    std::vector<Param> params;
    bool prepares = false;  // an answer to PREPARE comes first
  };
  absl::StatusOr<std::vector<Rows>> Exchange(bool finish);
  bool Send(bool finish);
  bool ReadAnswers(std::vector<Rows>& answers, bool& failed);
  bool ReadSync(bool& failed);
  pg_result* NextResult();
  bool AwaitInput();
  void Note(const Rows& refused, const std::string& query);
  void DiscardQueued();
  absl::Status Break();

  std::unique_ptr<PqxxOwner> owner_;
  pg_conn* raw_;
  const std::atomic<bool>& cut_off_;
  absl::flat_hash_set<absl::string_view> prepared_;  // names of queries, which live as long as the program
  std::vector<Statement> queued_;
  std::string entered_;
  Failure failure_;
  absl::Time wait_until_ = absl::InfiniteFuture();
  bool unstorable_ = false;  // a queued text holds a zero byte
  bool unsynced_ = false;    // statements were sent since the last sync
  bool usable_ = true;
};

}  // namespace reprise::db

#endif  // REPRISE_PLATFORM_DB_CONNECTION_H_
