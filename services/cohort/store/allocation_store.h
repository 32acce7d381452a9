// SPDX-License-Identifier: Apache-2.0
// Participations as other services publish them, and the allocations of the service.
#ifndef REPRISE_COHORT_STORE_ALLOCATION_STORE_H_
#define REPRISE_COHORT_STORE_ALLOCATION_STORE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "services/cohort/domain/allocation/allocation.h"
#include "services/platform/db/database.h"

namespace reprise::cohort {

// NOT_FOUND PARTICIPANT_NOT_FOUND: also where the caller may not see her.
absl::StatusOr<Participation> LoadParticipation(db::Tx& tx, const std::string& participant_id,
                                                absl::Time now);

// Fails with BASELINE_INCOMPLETE unless every required questionnaire of the timepoint that her protocol
// awaits before the allocation is submitted.
absl::Status CheckBaseline(db::Tx& tx, const Participation& participation);

// The next place of a stratum's list. Nobody else gets one of it before this transaction ends.
absl::StatusOr<int> TakePlace(db::Tx& tx, const std::string& list_id, const std::string& stratum);

void InsertAllocation(db::Tx& tx, const Allocation& allocation);
void InsertCorrection(db::Tx& tx, const Allocation& allocation, const std::string& reason,
                      const std::string& made_by, absl::Time now);

// With the newest correction; empty where she is not allocated.
absl::StatusOr<std::optional<Allocation>> FindAllocation(db::Tx& tx, const std::string& participant_id);
// Same, and keeps others from correcting it meanwhile.
absl::Status LockAllocation(db::Tx& tx, const std::string& participant_id);
// By stratum and place, without corrections: all that the caller may see.
absl::StatusOr<std::vector<Allocation>> ListAllocations(db::Tx& tx, const std::string& list_id);

}  // namespace reprise::cohort

#endif  // REPRISE_COHORT_STORE_ALLOCATION_STORE_H_
