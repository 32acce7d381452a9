// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/store/instrument_store.h"

#include "services/platform/status.h"
#include "services/questionnaire/domain/response/errors.h"

namespace reprise::questionnaire {
namespace {

constexpr db::ConstraintReason kConstraints[] = {
    {"instrument_version_key", absl::StatusCode::kAlreadyExists, "INSTRUMENT_VERSION_PUBLISHED",
     "This version of the instrument is published already."},
    {"instance_occasion_key", absl::StatusCode::kAlreadyExists, "INSTANCE_EXISTS",
     "The participant has this questionnaire for this timepoint already."},
    {"instance_participant_fkey", absl::StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND",
     "There is no such participant."},
    {"instance_instrument_version_fkey", absl::StatusCode::kNotFound, "INSTRUMENT_VERSION_NOT_FOUND",
     "There is no such published instrument."},
    {"response_pkey", absl::StatusCode::kFailedPrecondition, "INSTANCE_SUBMITTED",
     "The questionnaire was submitted already; correct it instead."},
    {"instance_ended", absl::StatusCode::kFailedPrecondition, "INSTANCE_CANCELLED",
     "Nothing more is asked of this participant."},
};

constexpr db::Query kInsertVersion{"questionnaire.insert_instrument_version", R"sql(
  WITH version AS (
    INSERT INTO questionnaire.instrument_version (instrument_version_id, instrument_id, version,
                                                  document, document_sha256, publish_time)
    VALUES ($1, $2, $3, $4, $5, $6)
    RETURNING instrument_version_id
  )
  INSERT INTO questionnaire.item (instrument_version_id, position, item_code, item_type)
  SELECT version.instrument_version_id, t.position, t.item_code, t.item_type
    FROM version, unnest($7::text[], $8::text[]) WITH ORDINALITY AS t (item_code, item_type, position)
)sql"};

constexpr db::Query kLoadVersion{"questionnaire.load_instrument_version", R"sql(
  SELECT v.instrument_version_id, v.instrument_id, v.version, v.document, v.document_sha256,
         v.publish_time, array_agg(i.item_code ORDER BY i.position)
    FROM questionnaire.instrument_version AS v
    JOIN questionnaire.item AS i USING (instrument_version_id)
   WHERE v.instrument_version_id = $1
   GROUP BY v.instrument_version_id
)sql"};

constexpr db::Query kListVersions{"questionnaire.list_instrument_versions", R"sql(
  SELECT v.instrument_version_id, v.instrument_id, v.version, '', v.document_sha256,
         v.publish_time, array_agg(i.item_code ORDER BY i.position)
    FROM questionnaire.instrument_version AS v
    JOIN questionnaire.item AS i USING (instrument_version_id)
   WHERE $1::text IS NULL OR v.instrument_id = $1
   GROUP BY v.instrument_version_id
   ORDER BY v.instrument_id, v.publish_time, v.instrument_version_id
)sql"};

InstrumentVersion ReadVersion(const db::Row& row) {
  return {.instrument_version_id = row.Get<std::string>(0),
          .instrument_id = row.Get<std::string>(1),
          .version = row.Get<std::string>(2),
          .document = row.Get<std::string>(3),
          .document_sha256 = row.Get<db::Bytes>(4).value,
          .publish_time = row.Get<absl::Time>(5),
          .item_codes = row.Get<std::vector<std::string>>(6),
          .item_types = {}};
}

}  // namespace

absl::Span<const db::ConstraintReason> Constraints() { return kConstraints; }

void InsertInstrumentVersion(db::Tx& tx, const InstrumentVersion& version) {
  tx.Execute(kInsertVersion, version.instrument_version_id, version.instrument_id, version.version,
             version.document, db::Bytes{version.document_sha256}, version.publish_time,
             version.item_codes, version.item_types);
}

absl::StatusOr<InstrumentVersion> LoadInstrumentVersion(db::Tx& tx, const std::string& version_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLoadVersion, version_id));
  if (rows.empty()) return InstrumentVersionNotFound(version_id);
  return ReadVersion(rows[0]);
}

absl::StatusOr<std::vector<InstrumentVersion>> ListInstrumentVersions(
    db::Tx& tx, const std::optional<std::string>& instrument_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kListVersions, instrument_id));
  std::vector<InstrumentVersion> versions;
  for (const db::Row row : rows) versions.push_back(ReadVersion(row));
  return versions;
}

}  // namespace reprise::questionnaire
