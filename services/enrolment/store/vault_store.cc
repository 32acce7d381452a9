// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/store/vault_store.h"

#include "services/platform/status.h"

namespace reprise::enrolment {
namespace {

constexpr db::Query kLockLikePeople{"enrolment.lock_like_people", R"sql(
  SELECT pg_advisory_xact_lock(('x' || left($1, 16))::bit(64)::bigint)
)sql"};

constexpr db::Query kFindAttempts{"enrolment.find_attempts", R"sql(
  SELECT person_id, stage, consented, open
    FROM enrolment_vault.stages_of($1, ARRAY(SELECT decode(h, 'hex') FROM unnest($2::text[]) AS h))
   ORDER BY person_id, stage, consented, open
)sql"};

constexpr db::Query kInsertPerson{"enrolment.insert_person", R"sql(
  INSERT INTO enrolment_vault.person (person_id, study_id, made_time)
  VALUES ($1, $2, $3)
)sql"};

constexpr db::Query kInsertTraces{"enrolment.insert_traces", R"sql(
  INSERT INTO enrolment_vault.trace (study_id, hash, person_id)
  SELECT $1::uuid, decode(h, 'hex'), $2::uuid
    FROM unnest($3::text[]) AS h
  ON CONFLICT DO NOTHING
)sql"};

constexpr db::Query kInsertAttempt{"enrolment.insert_attempt", R"sql(
  INSERT INTO enrolment_vault.attempt (screening_id, person_id, sealed)
  VALUES ($1, $2, $3)
)sql"};

constexpr db::Query kLoadSealed{"enrolment.load_sealed", R"sql(
  SELECT a.person_id, a.screening_id, a.sealed
    FROM enrolment_vault.attempt AS a
    JOIN enrolment.screening AS s USING (screening_id)
   WHERE a.screening_id = $1
)sql"};

}  // namespace

void LockLikePeople(db::Tx& tx, const std::string& hash) { tx.Execute(kLockLikePeople, hash); }

absl::StatusOr<std::vector<Attempt>> FindAttempts(db::Tx& tx, const std::string& study_id,
                                                  const std::vector<std::string>& hashes) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kFindAttempts, study_id, hashes));
  std::vector<Attempt> attempts;
  for (const db::Row row : rows) {
    attempts.push_back({.person_id = row.Get<std::string>(0),
                        .stage = row.Get<std::string>(1),
                        .consented = row.Get<bool>(2),
                        .open = row.Get<bool>(3)});
  }
  return attempts;
}

void InsertPerson(db::Tx& tx, const std::string& person_id, const std::string& study_id) {
  tx.Execute(kInsertPerson, person_id, study_id, tx.call().now);
}

void InsertTraces(db::Tx& tx, const std::string& study_id, const std::string& person_id,
                  const std::vector<std::string>& hashes) {
  tx.Execute(kInsertTraces, study_id, person_id, hashes);
}

void InsertAttempt(db::Tx& tx, const SealedIdentity& identity) {
  tx.Execute(kInsertAttempt, identity.screening_id, identity.person_id, db::Bytes{identity.sealed});
}

absl::StatusOr<std::optional<SealedIdentity>> LoadSealed(db::Tx& tx, const std::string& screening_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLoadSealed, screening_id));
  std::optional<SealedIdentity> found;
  if (!rows.empty()) {
    found = {.person_id = rows[0].Get<std::string>(0),
             .screening_id = rows[0].Get<std::string>(1),
             .sealed = rows[0].Get<db::Bytes>(2).value};
  }
  return found;
}

}  // namespace reprise::enrolment
