// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/store/screening_store.h"

#include "services/enrolment/domain/errors.h"
#include "services/platform/status.h"

namespace reprise::enrolment {
namespace {

constexpr db::Query kLockNumbers{"enrolment.lock_screening_numbers", R"sql(
  SELECT pg_advisory_xact_lock(hashtextextended('enrolment.screening/' || $1, 0))
)sql"};

constexpr db::Query kNextNumber{"enrolment.next_screening_number", R"sql(
  SELECT coalesce(max(number), 0) + 1
    FROM enrolment.screening
   WHERE study_id = $1
     AND site_id = $2
)sql"};

constexpr db::Query kInsertScreening{"enrolment.insert_screening", R"sql(
  INSERT INTO enrolment.screening (screening_id, study_id, site_id, stage, number, screened_date,
                                   protocol_version, outcome, failed_criteria, made_by, made_time)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
)sql"};

constexpr db::Query kLockScreening{"enrolment.lock_screening", R"sql(
  SELECT pg_advisory_xact_lock(hashtextextended('enrolment.attempt/' || $1, 0))
)sql"};

constexpr db::Query kLoadScreening{"enrolment.load_screening", R"sql(
  SELECT s.screening_id, s.study_id, s.site_id, s.stage, s.number, s.screened_date, s.protocol_version,
         s.failed_criteria, r.reason, a.screening_id IS NOT NULL, p.participant_id, s.made_time
    FROM enrolment.screening AS s
    LEFT JOIN enrolment.refusal AS r USING (screening_id)
    LEFT JOIN enrolment_vault.attempt AS a USING (screening_id)
    LEFT JOIN enrolment.participant AS p USING (screening_id)
   WHERE s.screening_id = $1
)sql"};

constexpr db::Query kListScreenings{"enrolment.list_screenings", R"sql(
  SELECT s.screening_id, s.study_id, s.site_id, s.stage, s.number, s.screened_date, s.protocol_version,
         s.failed_criteria, r.reason, a.screening_id IS NOT NULL, p.participant_id, s.made_time
    FROM enrolment.screening AS s
    LEFT JOIN enrolment.refusal AS r USING (screening_id)
    LEFT JOIN enrolment_vault.attempt AS a USING (screening_id)
    LEFT JOIN enrolment.participant AS p USING (screening_id)
   WHERE s.study_id = $1
     AND ($2::uuid IS NULL OR s.site_id = $2)
     AND s.stage = $3
     AND ($4::uuid IS NULL OR (s.site_id, s.number) > ($4, $5::int))
   ORDER BY s.site_id, s.number
   LIMIT $6
)sql"};

constexpr db::Query kInsertRefusal{"enrolment.insert_refusal", R"sql(
  INSERT INTO enrolment.refusal (screening_id, reason, made_by, made_time)
  VALUES ($1, $2, $3, $4)
)sql"};

Screening ReadScreening(const db::Row& row) {
  return {.screening_id = row.Get<std::string>(0),
          .study_id = row.Get<std::string>(1),
          .site_id = row.Get<std::string>(2),
          .stage = row.Get<std::string>(3),
          .number = row.Get<int>(4),
          .screened_date = row.Get<absl::CivilDay>(5),
          .protocol_version = row.Get<int>(6),
          .failed_criteria = row.Get<std::vector<std::string>>(7),
          .decline_reason = row.Get<std::optional<std::string>>(8).value_or(""),
          .identified = row.Get<bool>(9),
          .participant_id = row.Get<std::optional<std::string>>(10).value_or(""),
          .made_time = row.Get<absl::Time>(11)};
}

std::optional<std::string> OrNull(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return text;
}

}  // namespace

absl::StatusOr<int> NextScreeningNumber(db::Tx& tx, const std::string& study_id,
                                        const std::string& site_id) {
  tx.Execute(kLockNumbers, site_id);
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kNextNumber, study_id, site_id));
  return rows[0].Get<int>(0);
}

void InsertScreening(db::Tx& tx, const Screening& screening) {
  tx.Execute(kInsertScreening, screening.screening_id, screening.study_id, screening.site_id,
             screening.stage, screening.number, screening.screened_date, screening.protocol_version,
             screening.eligible() ? "ELIGIBLE" : "INELIGIBLE", screening.failed_criteria,
             tx.call().actor.user_id, screening.made_time);
}

absl::StatusOr<Screening> LockScreening(db::Tx& tx, const std::string& screening_id) {
  tx.Execute(kLockScreening, screening_id);
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLoadScreening, screening_id));
  if (rows.empty()) return ScreeningNotFound(screening_id);
  return ReadScreening(rows[0]);
}

void InsertRefusal(db::Tx& tx, const std::string& screening_id, const std::string& reason) {
  tx.Execute(kInsertRefusal, screening_id, reason, tx.call().actor.user_id, tx.call().now);
}

absl::StatusOr<std::vector<Screening>> ListScreenings(db::Tx& tx, const ScreeningsAsked& asked) {
  REPRISE_ASSIGN_OR_RETURN(
      const db::Rows rows,
      tx.Select(kListScreenings, asked.study_id, OrNull(asked.site_id), asked.stage,
                OrNull(asked.after_site_id), asked.after_number, asked.limit));
  std::vector<Screening> screenings;
  for (const db::Row row : rows) screenings.push_back(ReadScreening(row));
  return screenings;
}

}  // namespace reprise::enrolment
