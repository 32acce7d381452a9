// SPDX-License-Identifier: Apache-2.0
// What the protocol says about a stage's allocation, and the lists made of it.
#ifndef REPRISE_COHORT_STORE_LIST_STORE_H_
#define REPRISE_COHORT_STORE_LIST_STORE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

#include "services/cohort/domain/allocation/allocation.h"
#include "services/platform/db/database.h"

namespace reprise::cohort {

// Of all tables of the service.
absl::Span<const db::ConstraintReason> Constraints();

// Codes of all sites of a study, by code.
absl::StatusOr<std::vector<std::string>> ListSiteCodes(db::Tx& tx, const std::string& study_id);

// The newest version of the study's protocol.
//   NOT_FOUND STUDY_NOT_FOUND; FAILED_PRECONDITION PROTOCOL_MISSING
absl::StatusOr<int> NewestProtocol(db::Tx& tx, const std::string& study_id);

// INVALID_ARGUMENT STAGE_UNKNOWN.
absl::StatusOr<StagePlan> LoadStagePlan(db::Tx& tx, const std::string& study_id, int version,
                                        const std::string& stage);

void InsertList(db::Tx& tx, const AllocationList& list);

// Without `allocated`. Empty where the stage has none.
absl::StatusOr<std::optional<AllocationList>> FindList(db::Tx& tx, const std::string& study_id,
                                                       const std::string& stage);

}  // namespace reprise::cohort

#endif  // REPRISE_COHORT_STORE_LIST_STORE_H_
