// SPDX-License-Identifier: Apache-2.0
#include "services/extract/store/request_store.h"

#include "services/extract/domain/delivery/errors.h"
#include "services/platform/status.h"

namespace reprise::extract {
namespace {

constexpr db::ConstraintReason kConstraints[] = {
    {"decision_pkey", absl::StatusCode::kFailedPrecondition, "EXTRACT_DECIDED",
     "The request was decided already."},
    {"request_study_fkey", absl::StatusCode::kNotFound, "STUDY_NOT_FOUND", "There is no such study."},
};

constexpr db::Query kCheckStage{"extract.check_stage", R"sql(
  SELECT EXISTS (SELECT FROM study.published_site WHERE study_id = $1)
         OR EXISTS (SELECT FROM study.published_protocol WHERE study_id = $1),
         EXISTS (SELECT FROM study.published_stage WHERE study_id = $1 AND stage = $2)
)sql"};

constexpr db::Query kInsertRequest{"extract.insert_request", R"sql(
  INSERT INTO extract.request (extract_id, study_id, stage, cut_time, purpose, sealed_key, requested_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
)sql"};

constexpr db::Query kInsertDecision{"extract.insert_decision", R"sql(
  INSERT INTO extract.decision (extract_id, approved, reason, decided_by, decide_time)
  VALUES ($1, $2, $3, $4, $5)
)sql"};

// What counts as withdrawn is what content_store.cc leaves out.
constexpr db::Query kLoadRequest{"extract.load_request", R"sql(
  SELECT r.extract_id, r.study_id, r.stage, r.cut_time, r.purpose, r.sealed_key, r.requested_by,
         d.approved, d.reason, d.decided_by, d.decide_time,
         (SELECT count(DISTINCT p.participant_id)
            FROM enrolment.published_participation AS p
            JOIN enrolment.published_event AS e USING (participant_id)
           WHERE p.study_id = r.study_id AND p.stage = r.stage AND p.made_time <= r.cut_time
             AND ((e.withdrawal = 'ALL' AND e.made_time > r.cut_time) OR e.withdrawal = 'ALL_WITH_ERASURE'))
    FROM extract.request AS r
    LEFT JOIN extract.decision AS d USING (extract_id)
   WHERE r.extract_id = $1
)sql"};

constexpr db::Query kListRequests{"extract.list_requests", R"sql(
  SELECT r.extract_id, r.study_id, r.stage, r.cut_time, r.purpose, ''::bytea, r.requested_by,
         d.approved, d.reason, d.decided_by, d.decide_time,
         (SELECT count(DISTINCT p.participant_id)
            FROM enrolment.published_participation AS p
            JOIN enrolment.published_event AS e USING (participant_id)
           WHERE p.study_id = r.study_id AND p.stage = r.stage AND p.made_time <= r.cut_time
             AND ((e.withdrawal = 'ALL' AND e.made_time > r.cut_time) OR e.withdrawal = 'ALL_WITH_ERASURE'))
    FROM extract.request AS r
    LEFT JOIN extract.decision AS d USING (extract_id)
   WHERE r.study_id = $1
   ORDER BY r.cut_time DESC, r.extract_id
)sql"};

Request ReadRequest(const db::Row& row) {
  Request request{.extract_id = row.Get<std::string>(0),
                  .study_id = row.Get<std::string>(1),
                  .stage = row.Get<std::string>(2),
                  .cut_time = row.Get<absl::Time>(3),
                  .purpose = row.Get<std::string>(4),
                  .sealed_key = row.Get<db::Bytes>(5).value,
                  .requested_by = row.Get<std::string>(6),
                  .decision = {},
                  .withdrawn_since = row.Get<int64_t>(11)};
  if (!row.IsNull(7)) {
    request.decision = Decision{.approved = row.Get<bool>(7),
                                .reason = row.Get<std::string>(8),
                                .decided_by = row.Get<std::string>(9),
                                .decide_time = row.Get<absl::Time>(10)};
  }
  return request;
}

}  // namespace

absl::Span<const db::ConstraintReason> Constraints() { return kConstraints; }

absl::Status CheckStage(db::Tx& tx, const std::string& study_id, const std::string& stage) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kCheckStage, study_id, stage));
  if (!rows[0].Get<bool>(0)) return StudyNotFound(study_id);
  return rows[0].Get<bool>(1) ? absl::OkStatus() : StageUnknown();
}

void InsertRequest(db::Tx& tx, const Request& request) {
  tx.Execute(kInsertRequest, request.extract_id, request.study_id, request.stage, request.cut_time,
             request.purpose, db::Bytes{request.sealed_key}, request.requested_by);
}

void InsertDecision(db::Tx& tx, const std::string& extract_id, const Decision& decision) {
  tx.Execute(kInsertDecision, extract_id, decision.approved, decision.reason, decision.decided_by,
             decision.decide_time);
}

absl::StatusOr<Request> LoadRequest(db::Tx& tx, const std::string& extract_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLoadRequest, extract_id));
  if (rows.empty()) return ExtractNotFound(extract_id);
  return ReadRequest(rows[0]);
}

absl::StatusOr<std::vector<Request>> ListRequests(db::Tx& tx, const std::string& study_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kListRequests, study_id));
  std::vector<Request> requests;
  for (const db::Row row : rows) requests.push_back(ReadRequest(row));
  return requests;
}

}  // namespace reprise::extract
