// SPDX-License-Identifier: Apache-2.0
#include "services/quality/store/audit_store.h"

#include <limits>

#include "absl/strings/escaping.h"

#include "services/platform/status.h"

namespace reprise::quality {
namespace {

constexpr int kSlice = 5000;

constexpr db::Query kListEvents{"quality.list_events", R"sql(
  SELECT event_seq, event_id, event_time, actor_id, actor_role, method, request_id, action,
         subject_type, subject_id, study_id, site_id, participant_id, reason, old_version,
         new_version, code
    FROM audit.event
   WHERE event_seq > $1
     AND event_seq <= $8
     AND ($2::uuid IS NULL OR participant_id = $2)
     AND ($3::uuid IS NULL OR actor_id = $3)
     AND ($4::text IS NULL OR action = $4)
     AND ($5::timestamptz IS NULL OR event_time >= $5)
     AND ($6::timestamptz IS NULL OR event_time < $6)
   ORDER BY event_seq
   LIMIT $7
)sql"};

constexpr db::Query kLatestSeal{"quality.latest_seal", R"sql(
  SELECT tree_size, root_hash, seal_time, signature, settled_seq, format
    FROM audit.seal
   ORDER BY tree_size DESC
   LIMIT 1
)sql"};

constexpr db::Query kSealOfSize{"quality.seal_of_size", R"sql(
  SELECT tree_size, root_hash, seal_time, signature, settled_seq, format
    FROM audit.seal
   WHERE tree_size = $1
)sql"};

constexpr db::Query kListSeals{"quality.list_seals", R"sql(
  SELECT tree_size, root_hash, seal_time, signature, settled_seq, format
    FROM audit.seal
   ORDER BY tree_size
)sql"};

constexpr db::Query kLeafHashes{"quality.leaf_hashes", R"sql(
  SELECT leaf_hash
    FROM audit.leaf
   WHERE leaf_index < $1
   ORDER BY leaf_index
)sql"};

constexpr db::Query kFindLeaf{"quality.find_leaf", R"sql(
  SELECT leaf_index
    FROM audit.leaf
   WHERE event_seq = $1
)sql"};

constexpr db::Query kLogSlice{"quality.log_slice", R"sql(
  SELECT l.event_seq, e.event_id, e.event_time, e.actor_id, e.actor_role, e.method, e.request_id,
         e.action, e.subject_type, e.subject_id, e.study_id, e.site_id, e.participant_id, e.reason,
         e.old_version, e.new_version, e.code, l.leaf_index, l.leaf_hash
    FROM audit.leaf AS l
    LEFT JOIN audit.event AS e USING (event_seq)
   WHERE l.leaf_index >= $1
   ORDER BY l.leaf_index
   LIMIT $2
)sql"};

constexpr db::Query kUnsealed{"quality.unsealed", R"sql(
  SELECT e.event_seq, e.event_id, e.event_time, e.actor_id, e.actor_role, e.method, e.request_id,
         e.action, e.subject_type, e.subject_id, e.study_id, e.site_id, e.participant_id, e.reason,
         e.old_version, e.new_version, e.code
    FROM audit.event AS e
   WHERE e.event_seq > $1
     AND NOT EXISTS (SELECT FROM audit.leaf AS l WHERE l.event_seq = e.event_seq)
   ORDER BY e.event_seq
   LIMIT $2
)sql"};

constexpr db::Query kRecordedAfter{"quality.recorded_after", R"sql(
  SELECT event_seq, event_id, event_time, actor_id, actor_role, method, request_id, action,
         subject_type, subject_id, study_id, site_id, participant_id, reason, old_version,
         new_version, code
    FROM audit.event
   WHERE event_seq > $1
   ORDER BY event_seq
   LIMIT $2
)sql"};

constexpr db::Query kRecordedAmong{"quality.recorded_among", R"sql(
  SELECT event_seq, event_id, event_time, actor_id, actor_role, method, request_id, action,
         subject_type, subject_id, study_id, site_id, participant_id, reason, old_version,
         new_version, code
    FROM audit.event
   WHERE event_seq = ANY ($1::bigint[])
   ORDER BY event_seq
)sql"};

constexpr db::Query kListLeaves{"quality.list_leaves", R"sql(
  SELECT leaf_index, event_seq, leaf_hash
    FROM audit.leaf
   WHERE leaf_index >= $1
     AND leaf_index < $2
   ORDER BY leaf_index
)sql"};

constexpr db::Query kSealerPlace{"quality.sealer_place", R"sql(
  SELECT pg_try_advisory_xact_lock(hashtextextended('audit.sealer', 0))
)sql"};

// All three of one snapshot.
constexpr db::Query kHorizon{"quality.horizon", R"sql(
  SELECT coalesce((SELECT max(event_seq) FROM audit.event), 0),
         pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
         pg_snapshot_xmax(pg_current_snapshot())::text::bigint
)sql"};

constexpr db::Query kInsertLeaves{"quality.insert_leaves", R"sql(
  INSERT INTO audit.leaf (leaf_index, event_seq, leaf_hash)
  SELECT $1::bigint + n - 1, seq, decode(hash, 'hex')
    FROM unnest($2::bigint[], $3::text[]) WITH ORDINALITY AS t (seq, hash, n)
)sql"};

constexpr db::Query kInsertSeal{"quality.insert_seal", R"sql(
  INSERT INTO audit.seal (tree_size, root_hash, signature, seal_time, settled_seq, format)
  VALUES ($1, $2, $3, $4, $5, $6)
)sql"};

std::string TextOf(const db::Row& row, int column) {
  return row.IsNull(column) ? std::string() : row.Get<std::string>(column);
}

RecordedEvent ReadEvent(const db::Row& row) {
  return {.event_seq = row.Get<int64_t>(0),
          .event = {.event_id = row.Get<std::string>(1),
                    .event_time = row.Get<absl::Time>(2),
                    .actor_id = TextOf(row, 3),
                    .actor_role = TextOf(row, 4),
                    .method = row.Get<std::string>(5),
                    .request_id = TextOf(row, 6),
                    .action = row.Get<std::string>(7),
                    .subject_type = row.Get<std::string>(8),
                    .subject_id = TextOf(row, 9),
                    .study_id = TextOf(row, 10),
                    .site_id = TextOf(row, 11),
                    .participant_id = TextOf(row, 12),
                    .reason = TextOf(row, 13),
                    .old_version = row.Get<std::optional<int64_t>>(14),
                    .new_version = row.Get<std::optional<int64_t>>(15)},
          .code = row.Get<db::Bytes>(16).value};
}

Seal ReadSeal(const db::Row& row) {
  return {.tree_size = row.Get<int64_t>(0),
          .root_hash = row.Get<db::Bytes>(1).value,
          .seal_time = row.Get<absl::Time>(2),
          .signature = row.Get<db::Bytes>(3).value,
          .settled_seq = row.Get<int64_t>(4),
          .format = row.Get<int>(5)};
}

}  // namespace

absl::Span<const db::ConstraintReason> Constraints() { return {}; }

absl::StatusOr<std::vector<RecordedEvent>> ListEvents(db::Tx& tx, const EventFilter& filter) {
  REPRISE_ASSIGN_OR_RETURN(
      const db::Rows rows,
      tx.Select(kListEvents, filter.after_seq, filter.participant_id, filter.actor_id,
                filter.action, filter.from_time, filter.until_time, filter.limit, filter.through_seq));
  std::vector<RecordedEvent> events;
  for (const db::Row row : rows) events.push_back(ReadEvent(row));
  return events;
}

absl::StatusOr<std::optional<Seal>> FindSeal(db::Tx& tx, std::optional<int64_t> tree_size) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tree_size.has_value()
                                                    ? tx.Select(kSealOfSize, *tree_size)
                                                    : tx.Select(kLatestSeal));
  std::optional<Seal> seal;
  if (!rows.empty()) seal = ReadSeal(rows[0]);
  return seal;
}

absl::StatusOr<std::vector<Seal>> ListSeals(db::Tx& tx) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kListSeals));
  std::vector<Seal> seals;
  for (const db::Row row : rows) seals.push_back(ReadSeal(row));
  return seals;
}

absl::StatusOr<std::vector<std::string>> LoadLeafHashes(db::Tx& tx, int64_t tree_size) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLeafHashes, tree_size));
  std::vector<std::string> hashes;
  for (const db::Row row : rows) hashes.push_back(row.Get<db::Bytes>(0).value);
  return hashes;
}

absl::StatusOr<std::optional<int64_t>> FindLeaf(db::Tx& tx, int64_t event_seq) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kFindLeaf, event_seq));
  std::optional<int64_t> index;
  if (!rows.empty()) index = rows[0].Get<int64_t>(0);
  return index;
}

absl::Status ReadLog(db::Tx& tx, LogCheck& check) {
  for (int64_t next = 0;;) {
    REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLogSlice, next, kSlice));
    for (const db::Row row : rows) {
      std::optional<RecordedEvent> event;
      if (!row.IsNull(1)) event = ReadEvent(row);
      next = row.Get<int64_t>(17) + 1;
      check.Leaf(next - 1, row.Get<int64_t>(0), row.Get<db::Bytes>(18).value, event);
    }
    if (rows.size() < kSlice) break;
  }
  // From below zero, where no daemon ever records anything.
  for (int64_t after = std::numeric_limits<int64_t>::min();;) {
    REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kUnsealed, after, kSlice));
    for (const db::Row row : rows) {
      const RecordedEvent event = ReadEvent(row);
      after = event.event_seq;
      check.Unsealed(event);
    }
    if (rows.size() < kSlice) return absl::OkStatus();
  }
}

absl::StatusOr<bool> TakeSealerPlace(db::Tx& tx) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kSealerPlace));
  return rows[0].Get<bool>(0);
}

absl::StatusOr<Horizon> ReadHorizon(db::Tx& tx, absl::Time now) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kHorizon));
  return Horizon{.last_seq = rows[0].Get<int64_t>(0),
                 .oldest_xid = rows[0].Get<int64_t>(1),
                 .next_xid = rows[0].Get<int64_t>(2),
                 .read_time = now};
}

absl::StatusOr<std::vector<RecordedEvent>> ListRecordedAmong(db::Tx& tx, const std::set<int64_t>& event_seqs) {
  std::vector<RecordedEvent> events;
  if (event_seqs.empty()) return events;
  REPRISE_ASSIGN_OR_RETURN(
      const db::Rows rows,
      tx.Select(kRecordedAmong, std::vector<int64_t>(event_seqs.begin(), event_seqs.end())));
  for (const db::Row row : rows) events.push_back(ReadEvent(row));
  return events;
}

absl::StatusOr<std::vector<RecordedEvent>> ListRecordedAfter(db::Tx& tx, int64_t event_seq, int limit) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kRecordedAfter, event_seq, limit));
  std::vector<RecordedEvent> events;
  for (const db::Row row : rows) events.push_back(ReadEvent(row));
  return events;
}

absl::StatusOr<std::vector<RecordedLeaf>> ListLeaves(db::Tx& tx, int64_t from_index, int64_t until_index) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kListLeaves, from_index, until_index));
  std::vector<RecordedLeaf> leaves;
  for (const db::Row row : rows) {
    leaves.push_back({.leaf_index = row.Get<int64_t>(0),
                      .event_seq = row.Get<int64_t>(1),
                      .leaf_hash = row.Get<db::Bytes>(2).value});
  }
  return leaves;
}

void InsertLeaves(db::Tx& tx, int64_t first_index, const std::vector<int64_t>& event_seqs,
                  const std::vector<std::string>& leaf_hashes) {
  std::vector<std::string> hex;
  hex.reserve(leaf_hashes.size());
  for (const std::string& hash : leaf_hashes) hex.push_back(absl::BytesToHexString(hash));
  tx.Execute(kInsertLeaves, first_index, event_seqs, hex);
}

void InsertSeal(db::Tx& tx, const Seal& seal) {
  tx.Execute(kInsertSeal, seal.tree_size, db::Bytes{seal.root_hash}, db::Bytes{seal.signature},
             seal.seal_time, seal.settled_seq, seal.format);
}

}  // namespace reprise::quality
