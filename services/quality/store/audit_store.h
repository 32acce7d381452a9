// SPDX-License-Identifier: Apache-2.0
// The audit log in PostgreSQL, for its readers and its sealer.
#ifndef REPRISE_QUALITY_STORE_AUDIT_STORE_H_
#define REPRISE_QUALITY_STORE_AUDIT_STORE_H_

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

#include "services/platform/db/database.h"
#include "services/quality/domain/log_check.h"
#include "services/quality/domain/seal.h"

namespace reprise::quality {

absl::Span<const db::ConstraintReason> Constraints();

struct EventFilter {
  std::optional<std::string> participant_id;
  std::optional<std::string> actor_id;
  std::optional<std::string> action;
  std::optional<absl::Time> from_time;
  std::optional<absl::Time> until_time;
  int64_t after_seq = 0;
  int64_t through_seq = std::numeric_limits<int64_t>::max();
  int limit = 0;
};
// In the order of recording, within the caller's scope.
absl::StatusOr<std::vector<RecordedEvent>> ListEvents(db::Tx& tx, const EventFilter& filter);

// The latest, or of `tree_size`; none where there is no such.
absl::StatusOr<std::optional<Seal>> FindSeal(db::Tx& tx, std::optional<int64_t> tree_size);
absl::StatusOr<std::vector<Seal>> ListSeals(db::Tx& tx);
// The hashes of the first `tree_size` leaves.
absl::StatusOr<std::vector<std::string>> LoadLeafHashes(db::Tx& tx, int64_t tree_size);
absl::StatusOr<std::optional<int64_t>> FindLeaf(db::Tx& tx, int64_t event_seq);
// Feeds the whole log, leaves first, in slices of bounded memory.
absl::Status ReadLog(db::Tx& tx, LogCheck& check);

// One sealer at a time: false where another holds the place until this transaction ends.
absl::StatusOr<bool> TakeSealerPlace(db::Tx& tx);
struct Horizon {
  int64_t last_seq;   // greatest event visible now
  int64_t oldest_xid; // transactions from here on may still be running
  int64_t next_xid;   // transactions from here on have not begun
  absl::Time read_time;
};
absl::StatusOr<Horizon> ReadHorizon(db::Tx& tx, absl::Time now);
// Both in the order of their numbers.
absl::StatusOr<std::vector<RecordedEvent>> ListRecordedAmong(db::Tx& tx, const std::set<int64_t>& event_seqs);
absl::StatusOr<std::vector<RecordedEvent>> ListRecordedAfter(db::Tx& tx, int64_t event_seq, int limit);
struct RecordedLeaf {
  int64_t leaf_index;
  int64_t event_seq;
  std::string leaf_hash;
};
// Those from `from_index` on and before `until_index`, in their order.
absl::StatusOr<std::vector<RecordedLeaf>> ListLeaves(db::Tx& tx, int64_t from_index, int64_t until_index);
void InsertLeaves(db::Tx& tx, int64_t first_index, const std::vector<int64_t>& event_seqs,
                  const std::vector<std::string>& leaf_hashes);
void InsertSeal(db::Tx& tx, const Seal& seal);

}  // namespace reprise::quality

#endif  // REPRISE_QUALITY_STORE_AUDIT_STORE_H_
