// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/store/physician_store.h"

#include <algorithm>

#include "services/enrolment/domain/errors.h"
#include "services/platform/status.h"

namespace reprise::enrolment {
namespace {

constexpr db::Query kListPhysicians{"enrolment.list_physicians", R"sql(
  SELECT user_id, display_name
    FROM access.published_physician
   WHERE study_id = $1
     AND (site_id IS NULL OR site_id = $2)
     AND from_time <= $3
     AND (until_time IS NULL OR until_time > $3)
   GROUP BY user_id, display_name
   ORDER BY display_name, user_id
)sql"};

constexpr db::Query kListAssigned{"enrolment.list_assigned", R"sql(
  SELECT a.user_id, coalesce(s.display_name, '')
    FROM enrolment.assignment AS a
    LEFT JOIN access.published_staff AS s USING (user_id)
   WHERE a.participant_id = $1
     AND a.until_time IS NULL
   ORDER BY s.display_name, a.user_id
)sql"};

constexpr db::Query kInsertAssignment{"enrolment.insert_assignment", R"sql(
  INSERT INTO enrolment.assignment (participant_id, user_id, from_time)
  VALUES ($1, $2, $3)
)sql"};

constexpr db::Query kEndAssignment{"enrolment.end_assignment", R"sql(
  UPDATE enrolment.assignment
     SET until_time = $3
   WHERE participant_id = $1
     AND user_id = $2
     AND until_time IS NULL
  RETURNING from_time
)sql"};

std::vector<Physician> PhysiciansOf(const db::Rows& rows) {
  std::vector<Physician> physicians;
  for (const db::Row row : rows) {
    physicians.push_back({.user_id = row.Get<std::string>(0), .display_name = row.Get<std::string>(1)});
  }
  return physicians;
}

}  // namespace

absl::StatusOr<std::vector<Physician>> ListPhysicians(db::Tx& tx, const std::string& study_id,
                                                      const std::string& site_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows,
                           tx.Select(kListPhysicians, study_id, site_id, tx.call().now));
  return PhysiciansOf(rows);
}

absl::StatusOr<std::vector<Physician>> ListAssigned(db::Tx& tx, const std::string& participant_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kListAssigned, participant_id));
  return PhysiciansOf(rows);
}

absl::Status CheckPhysician(db::Tx& tx, const std::string& study_id, const std::string& site_id,
                            const std::string& user_id) {
  REPRISE_ASSIGN_OR_RETURN(const std::vector<Physician> physicians, ListPhysicians(tx, study_id, site_id));
  const bool there = std::any_of(physicians.begin(), physicians.end(),
                                 [&](const Physician& one) { return one.user_id == user_id; });
  return there ? absl::OkStatus() : PhysicianUnknown(user_id);
}

void InsertAssignment(db::Tx& tx, const std::string& participant_id, const std::string& user_id) {
  tx.Execute(kInsertAssignment, participant_id, user_id, tx.call().now);
}

absl::Status EndAssignment(db::Tx& tx, const std::string& participant_id, const std::string& user_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows,
                           tx.Select(kEndAssignment, participant_id, user_id, tx.call().now));
  return rows.empty() ? PhysicianNotAssigned(user_id) : absl::OkStatus();
}

}  // namespace reprise::enrolment
