// SPDX-License-Identifier: Apache-2.0
// Courses in PostgreSQL, written. Every table is insert only.
#ifndef REPRISE_PHASE_STORE_WRITE_STORE_H_
#define REPRISE_PHASE_STORE_WRITE_STORE_H_

#include <string>

#include "services/phase/domain/course/facts.h"
#include "services/platform/db/database.h"

namespace reprise::phase {

void InsertMilestone(db::Tx& tx, const std::string& participant_id, const Milestone& milestone);
void InsertLeave(db::Tx& tx, const std::string& participant_id, const Leave& leave);
// Of a leave whose void_time and void_reason are set.
void InsertLeaveVoid(db::Tx& tx, const Leave& leave);
// The whole timeline as facts.work_revision; the reason is empty for a change that is no correction.
void InsertWorkRevision(db::Tx& tx, const std::string& participant_id, const Facts& facts,
                        const std::string& reason);
void InsertPhaseRevision(db::Tx& tx, const std::string& participant_id, const Facts& facts,
                         const std::string& reason);
void InsertVisit(db::Tx& tx, const std::string& participant_id, const Visit& visit);
void InsertDelivery(db::Tx& tx, const std::string& participant_id, const Delivery& delivery);

}  // namespace reprise::phase

#endif  // REPRISE_PHASE_STORE_WRITE_STORE_H_
