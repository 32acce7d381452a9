// SPDX-License-Identifier: Apache-2.0
// Seals new audit events in batches, in a thread of its own, so that writers pay nothing for it.
// Any number of daemons may run one; an advisory lock lets one at a time work.
#ifndef REPRISE_QUALITY_SEALER_H_
#define REPRISE_QUALITY_SEALER_H_

#include <deque>

#include "absl/status/status.h"
#include "absl/time/time.h"

#include "services/platform/audit/merkle.h"
#include "services/platform/db/database.h"
#include "services/platform/time/clock.h"
#include "services/platform/time/periodic.h"
#include "services/quality/domain/seal.h"
#include "services/quality/domain/seen_numbers.h"
#include "services/quality/store/audit_store.h"

namespace reprise::quality {

class Sealer {
 public:
  Sealer(db::Database& db, Clock& clock, IdSource& ids, absl::string_view audit_key,
         const SealKey& key, absl::Duration interval);
  ~Sealer() { Stop(); }
  void Start() { sealing_.Start(); }
  // Seals once more, then ends the thread.
  void Stop();
  // One pass; what Start's thread repeats. Not thread-safe.
  absl::Status SealNow();

 private:
  absl::Status SealIn(db::Tx& tx, absl::Time now);
  absl::Status CatchUp(db::Tx& tx, const std::optional<Seal>& last);
  absl::Status ReadLeaves(db::Tx& tx, int64_t tree_size);
  void Forget();
  void Settle(const Horizon& horizon);
  void Pass();

  db::Database& db_;
  Clock& clock_;
  IdSource& ids_;
  const absl::string_view audit_key_;
  const SealKey& key_;

  audit::MerkleFrontier frontier_;  // of the seals seen so far
  int64_t settled_seq_ = 0;
  SeenNumbers seen_;                // sealed; each event is read once, late ones when they appear
  std::deque<Horizon> horizons_;    // not yet settled, the oldest first

  Periodic sealing_;
};

}  // namespace reprise::quality

#endif  // REPRISE_QUALITY_SEALER_H_
