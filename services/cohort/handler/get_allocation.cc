// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/convert.h"
#include "services/cohort/domain/errors.h"
#include "services/cohort/handler/handlers.h"
#include "services/cohort/store/allocation_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/status.h"

namespace reprise::cohort {

// Audited: who learnt an arm, and when, belongs to the record of a trial.
absl::StatusOr<v1::Allocation> Handlers::GetAllocation(const Call& call,
                                                       const v1::GetAllocationRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string participant_id,
                           ParseUuid(request.participant_id(), "participant_id"));
  return db_.ReadAudited(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Allocation> {
    REPRISE_ASSIGN_OR_RETURN(const Participation participation,
                             LoadParticipation(tx, participant_id, call.now));
    REPRISE_ASSIGN_OR_RETURN(const auto allocation, FindAllocation(tx, participant_id));
    if (!allocation.has_value()) return AllocationNotFound(participant_id);
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "allocation.read",
                                               .subject_type = "participant",
                                               .subject_id = participant_id,
                                               .study_id = participation.study_id,
                                               .site_id = participation.site_id,
                                               .participant_id = participant_id}));
    return ToProto(*allocation);
  });
}

}  // namespace reprise::cohort
