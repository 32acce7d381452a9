// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/convert.h"
#include "services/cohort/domain/errors.h"
#include "services/cohort/handler/handlers.h"
#include "services/cohort/store/allocation_store.h"
#include "services/cohort/store/list_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/status.h"

namespace reprise::cohort {

absl::StatusOr<v1::Allocation> Handlers::CorrectStratum(const Call& call,
                                                        const v1::CorrectStratumRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string participant_id,
                           ParseUuid(request.participant_id(), "participant_id"));
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Allocation> {
    REPRISE_RETURN_IF_ERROR(LockAllocation(tx, participant_id));
    REPRISE_ASSIGN_OR_RETURN(const auto allocation, FindAllocation(tx, participant_id));
    if (!allocation.has_value()) return AllocationNotFound(participant_id);
    REPRISE_ASSIGN_OR_RETURN(const Participation participation,
                             LoadParticipation(tx, participant_id, call.now));
    REPRISE_ASSIGN_OR_RETURN(const auto list, FindList(tx, participation.study_id, participation.stage));
    if (!list.has_value()) return ListMissing(participation.stage);

    REPRISE_ASSIGN_OR_RETURN(const Allocation corrected,
                             Correct(list->design, *allocation, FromProto(request.factors()),
                                     request.change_reason()));
    InsertCorrection(tx, corrected, request.change_reason(), call.actor.user_id, call.now);
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "allocation.correct_stratum",
                                               .subject_type = "participant",
                                               .subject_id = participant_id,
                                               .study_id = participation.study_id,
                                               .site_id = participation.site_id,
                                               .participant_id = participant_id,
                                               .reason = request.change_reason(),
                                               .old_version = corrected.corrections - 1,
                                               .new_version = corrected.corrections}));
    return ToProto(corrected);
  });
}

}  // namespace reprise::cohort
