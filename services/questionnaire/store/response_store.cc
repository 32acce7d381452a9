// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/store/response_store.h"

#include "services/platform/status.h"
#include "services/questionnaire/domain/response/errors.h"

namespace reprise::questionnaire {
namespace {

constexpr db::Query kInsertInstance{"questionnaire.insert_instance", R"sql(
  INSERT INTO questionnaire.instance (instance_id, participant_id, instrument_version_id, timepoint,
                                      open_time, earliest_date, study_id, site_id, respondent)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
)sql"};

constexpr db::Query kLoadInstance{"questionnaire.load_instance", R"sql(
  SELECT i.instance_id, i.participant_id, i.instrument_version_id, i.timepoint, i.open_time,
         i.study_id, i.site_id, i.earliest_date, i.respondent
    FROM questionnaire.instance AS i
   WHERE i.instance_id = $1
)sql"};

// One correction at a time, so that the second of two sees the first.
constexpr db::Query kLockCorrections{"questionnaire.lock_corrections", R"sql(
  SELECT pg_advisory_xact_lock(hashtextextended('questionnaire.correct/' || $1::text, 0))
)sql"};

constexpr db::Query kInsertCorrection{"questionnaire.insert_correction", R"sql(
  INSERT INTO questionnaire.response (instance_id, version, answers, missing, submit_time,
                                      submitted_by, change_reason, answered_date,
                                      participant_id, study_id, site_id)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
)sql"};

// The first one, and her draft goes; refused by the statement itself where nothing more is asked of her.
constexpr db::Query kInsertFirst{"questionnaire.insert_first_response", R"sql(
  WITH draft AS (
    DELETE FROM questionnaire.draft
     WHERE instance_id = $1
  )
  INSERT INTO questionnaire.response (instance_id, version, answers, missing, submit_time,
                                      submitted_by, answered_date, participant_id, study_id, site_id)
  SELECT $1, CASE WHEN EXISTS (SELECT FROM questionnaire.participant_end WHERE participant_id = $7)
                  THEN questionnaire.refuse('instance_ended')
                  ELSE 1 END,
         $2, $3, $4, $5, $6, $7, $8, $9
)sql"};

constexpr db::Query kLoadResponse{"questionnaire.load_response", R"sql(
  SELECT instance_id, version, answers, missing, submit_time, submitted_by, change_reason,
         answered_date
    FROM questionnaire.response
   WHERE instance_id = $1
     AND ($2::bigint IS NULL OR version = $2)
   ORDER BY version DESC
   LIMIT 1
)sql"};

constexpr db::Query kListResponses{"questionnaire.list_responses", R"sql(
  SELECT i.instance_id, r.version, r.answers, r.missing, r.submit_time, r.submitted_by,
         r.change_reason, r.answered_date
    FROM questionnaire.instance AS i
    CROSS JOIN LATERAL (
      SELECT version, answers, missing, submit_time, submitted_by, change_reason, answered_date
        FROM questionnaire.response
       WHERE response.instance_id = i.instance_id
       ORDER BY version DESC
       LIMIT 1) AS r
   WHERE i.study_id = $1
     AND i.instrument_version_id = $2
     AND ($3::uuid IS NULL OR i.instance_id > $3)
   ORDER BY i.instance_id
   LIMIT $4
)sql"};

Instance ReadInstance(const db::Row& row) {
  return {.instance_id = row.Get<std::string>(0),
          .participant_id = row.Get<std::string>(1),
          .instrument_version_id = row.Get<std::string>(2),
          .timepoint = row.Get<std::string>(3),
          .open_time = row.Get<absl::Time>(4),
          .study_id = row.Get<std::string>(5),
          .site_id = row.Get<std::string>(6),
          .earliest_date = row.Get<std::optional<absl::CivilDay>>(7),
          .respondent = row.Get<std::string>(8) == "TEAM" ? Respondent::kTeam : Respondent::kParticipant};
}

Response ReadResponse(const db::Row& row) {
  return {.instance_id = row.Get<std::string>(0),
          .version = row.Get<int64_t>(1),
          .stored = {.answers = row.Get<std::vector<std::optional<std::string>>>(2),
                     .missing = row.Get<std::string>(3)},
          .submit_time = row.Get<absl::Time>(4),
          .submitted_by = row.Get<std::string>(5),
          .change_reason = row.Get<std::optional<std::string>>(6).value_or(""),
          .answered_date = row.Get<std::optional<absl::CivilDay>>(7)};
}

}  // namespace

void InsertInstance(db::Tx& tx, const Instance& instance) {
  tx.Execute(kInsertInstance, instance.instance_id, instance.participant_id,
             instance.instrument_version_id, instance.timepoint, instance.open_time,
             instance.earliest_date, instance.study_id, instance.site_id,
             instance.respondent == Respondent::kTeam ? "TEAM" : "PARTICIPANT");
}

absl::StatusOr<Instance> LoadInstance(db::Tx& tx, const std::string& instance_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLoadInstance, instance_id));
  if (rows.empty()) return InstanceNotFound(instance_id);
  return ReadInstance(rows[0]);
}

void LockCorrections(db::Tx& tx, const std::string& instance_id) {
  tx.Execute(kLockCorrections, instance_id);
}

void InsertFirstResponse(db::Tx& tx, const Instance& instance, const Response& response) {
  tx.Execute(kInsertFirst, instance.instance_id, response.stored.answers, response.stored.missing,
             response.submit_time, response.submitted_by, response.answered_date,
             instance.participant_id, instance.study_id, instance.site_id);
}

void InsertCorrection(db::Tx& tx, const Instance& instance, const Response& response) {
  tx.Execute(kInsertCorrection, instance.instance_id, response.version, response.stored.answers,
             response.stored.missing, response.submit_time, response.submitted_by, response.change_reason,
             response.answered_date, instance.participant_id, instance.study_id, instance.site_id);
}

absl::StatusOr<Response> LoadResponse(db::Tx& tx, const std::string& instance_id,
                                      std::optional<int64_t> version) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLoadResponse, instance_id, version));
  if (rows.empty()) return ResponseNotFound();
  return ReadResponse(rows[0]);
}

absl::StatusOr<std::vector<Response>> ListResponses(db::Tx& tx, const std::string& study_id,
                                                    const std::string& instrument_version_id,
                                                    const std::string& after_instance_id, int limit) {
  std::optional<std::string> after;
  if (!after_instance_id.empty()) after = after_instance_id;
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kListResponses, study_id,
                                                          instrument_version_id, after, limit));
  std::vector<Response> responses;
  for (const db::Row row : rows) responses.push_back(ReadResponse(row));
  return responses;
}

}  // namespace reprise::questionnaire
