// SPDX-License-Identifier: Apache-2.0
#include "services/quality/sealer.h"

#include <algorithm>

#include "services/platform/audit/event.h"
#include "services/platform/error/error.h"
#include "services/platform/log/log.h"
#include "services/platform/status.h"
#include "services/quality/domain/errors.h"

namespace reprise::quality {
namespace {

constexpr int kBatch = 20000;

// A statement takes its event number a moment before its transaction is numbered; far longer than
// that moment, far shorter than the life of a log.
constexpr absl::Duration kSettleDelay = absl::Seconds(10);

}  // namespace

Sealer::Sealer(db::Database& db, Clock& clock, IdSource& ids, absl::string_view audit_key,
               const SealKey& key, absl::Duration interval)
    : db_(db), clock_(clock), ids_(ids), audit_key_(audit_key), key_(key), sealing_(interval, [this] { Pass(); }) {}

void Sealer::Stop() {
  if (sealing_.Stop()) Pass();
}

void Sealer::Pass() {
  if (const absl::Status status = SealNow(); !status.ok()) {
    log::Error("the audit log could not be sealed", {{"reason", error::ReasonOf(status)}});
  }
}

absl::Status Sealer::SealNow() {
  const absl::Time now = clock_.Now();
  const Call call{.method = "quality.sealer",
                  .scope = {.everywhere = true},
                  .now = now,
                  .deadline = now + absl::Minutes(5),
                  .ids = &ids_};
  const absl::Status status =
      db_.Housekeep(call, [&](db::Tx& tx) -> absl::Status { return SealIn(tx, now); });
  // What the transaction did not keep must not be kept here either.
  if (!status.ok()) Forget();
  return status;
}

void Sealer::Forget() {
  frontier_ = audit::MerkleFrontier();
  horizons_.clear();
  settled_seq_ = 0;
  seen_ = SeenNumbers();
}

absl::Status Sealer::SealIn(db::Tx& tx, absl::Time now) {
  REPRISE_ASSIGN_OR_RETURN(const bool mine, TakeSealerPlace(tx));
  if (!mine) return absl::OkStatus();
  REPRISE_ASSIGN_OR_RETURN(const std::optional<Seal> last, FindSeal(tx, std::nullopt));
  REPRISE_RETURN_IF_ERROR(CatchUp(tx, last));
  REPRISE_ASSIGN_OR_RETURN(const Horizon horizon, ReadHorizon(tx, now));
  std::vector<int64_t> seqs;
  std::vector<std::string> hashes;
  const auto take = [&](const std::vector<RecordedEvent>& events) {
    for (const RecordedEvent& event : events) {
      // What no daemon recorded stays unsealed, and `audit verify` names it.
      if (audit::EventCode(audit_key_, event.event) != event.code || seen_.Apart(event.event_seq)) continue;
      seqs.push_back(event.event_seq);
      hashes.push_back(audit::LeafHash(event.event));
      seen_.Note(event.event_seq);
    }
  };
  REPRISE_ASSIGN_OR_RETURN(std::vector<RecordedEvent> events, ListRecordedAmong(tx, seen_.gaps()));
  take(events);
  // Further than one batch where all of it stays unsealed, or nothing behind it ever would be sealed.
  for (int64_t after = seen_.highest(); seqs.size() < kBatch; after = events.back().event_seq) {
    REPRISE_ASSIGN_OR_RETURN(events, ListRecordedAfter(tx, after, kBatch));
    take(events);
    if (events.size() < kBatch) {
      Settle(horizon);
      break;
    }
  }
  if (seqs.empty()) return absl::OkStatus();
  InsertLeaves(tx, frontier_.size(), seqs, hashes);
  for (const std::string& hash : hashes) frontier_.Append(hash);
  Seal seal{.tree_size = frontier_.size(),
            .root_hash = frontier_.Root(),
            .seal_time = absl::FromUnixMicros(absl::ToUnixMicros(now)),
            .signature = {},
            .settled_seq = settled_seq_,
            .format = Seal::kSignsSettled};
  key_.Sign(seal);
  InsertSeal(tx, seal);
  return absl::OkStatus();
}

// Another daemon may have sealed, or this one has just started.
absl::Status Sealer::CatchUp(db::Tx& tx, const std::optional<Seal>& last) {
  const int64_t size = last.has_value() ? last->tree_size : 0;
  if (size == frontier_.size()) return absl::OkStatus();
  if (size < frontier_.size()) Forget();
  if (size == 0) return absl::OkStatus();
  const bool continues = frontier_.size() > 0;
  REPRISE_RETURN_IF_ERROR(ReadLeaves(tx, size));
  if (continues && frontier_.Root() != last->root_hash) {  // the database is another than before
    Forget();
    REPRISE_RETURN_IF_ERROR(ReadLeaves(tx, size));
  }
  // Believed only where it is signed: set high by somebody, it would keep events from being sealed.
  if (last->format == Seal::kSignsSettled && key_.Verifies(*last)) {
    settled_seq_ = std::max(settled_seq_, last->settled_seq);
  }
  seen_.Settle(settled_seq_);
  return absl::OkStatus();
}

absl::Status Sealer::ReadLeaves(db::Tx& tx, int64_t tree_size) {
  while (frontier_.size() < tree_size) {
    REPRISE_ASSIGN_OR_RETURN(const std::vector<RecordedLeaf> leaves,
                             ListLeaves(tx, frontier_.size(), std::min(tree_size, frontier_.size() + kBatch)));
    if (leaves.empty()) return LeafMissing(frontier_.size());
    for (const RecordedLeaf& leaf : leaves) {
      if (leaf.leaf_index != frontier_.size()) return LeafMissing(frontier_.size());
      frontier_.Append(leaf.leaf_hash);
      seen_.Note(leaf.event_seq);
    }
  }
  return absl::OkStatus();
}

// An event at or below a horizon's last_seq can appear only until every transaction that had begun by
// then has ended.
void Sealer::Settle(const Horizon& horizon) {
  while (!horizons_.empty() && horizons_.front().next_xid <= horizon.oldest_xid &&
         horizons_.front().read_time + kSettleDelay <= horizon.read_time) {
    settled_seq_ = std::max(settled_seq_, horizons_.front().last_seq);
    horizons_.pop_front();
  }
  seen_.Settle(settled_seq_);
  if (horizons_.empty() || horizons_.back().last_seq < horizon.last_seq) horizons_.push_back(horizon);
}

}  // namespace reprise::quality
