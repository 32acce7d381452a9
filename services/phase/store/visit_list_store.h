// SPDX-License-Identifier: Apache-2.0
// Visits of many participants in PostgreSQL, in one statement however many they are.
#ifndef REPRISE_PHASE_STORE_VISIT_LIST_STORE_H_
#define REPRISE_PHASE_STORE_VISIT_LIST_STORE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "services/phase/domain/course/visit_list.h"
#include "services/platform/db/database.h"

namespace reprise::phase {

// By participant code, place in the study document, day and id, after `after`.
absl::StatusOr<std::vector<ListedVisit>> ListVisits(db::Tx& tx, const VisitFilter& filter, const VisitKey& after,
                                                    int limit);
// All visits of all versions of the protocol, by place in the newest version that has them.
absl::StatusOr<std::vector<VisitName>> ListVisitNames(db::Tx& tx, const std::string& study_id);

}  // namespace reprise::phase

#endif  // REPRISE_PHASE_STORE_VISIT_LIST_STORE_H_
