// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/convert.h"
#include "services/cohort/domain/allocation/seal.h"
#include "services/cohort/domain/errors.h"
#include "services/cohort/handler/handlers.h"
#include "services/cohort/store/allocation_store.h"
#include "services/cohort/store/list_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/status.h"

namespace reprise::cohort {

absl::StatusOr<v1::Allocation> Handlers::AllocateParticipant(const Call& call,
                                                             const v1::AllocateParticipantRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string participant_id,
                           ParseUuid(request.participant_id(), "participant_id"));
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Allocation> {
    REPRISE_ASSIGN_OR_RETURN(const Participation participation,
                             LoadParticipation(tx, participant_id, call.now));
    REPRISE_ASSIGN_OR_RETURN(const auto earlier, FindAllocation(tx, participant_id));
    if (earlier.has_value()) return Allocated();
    REPRISE_RETURN_IF_ERROR(CheckMayBeAllocated(participation));
    REPRISE_ASSIGN_OR_RETURN(const auto list, FindList(tx, participation.study_id, participation.stage));
    if (!list.has_value()) return ListMissing(participation.stage);
    REPRISE_RETURN_IF_ERROR(CheckBaseline(tx, participation));

    Allocation allocation{.participant_id = participant_id, .list_id = list->list_id,
                          .randomised_date = participation.today,
                          .made_by = call.actor.user_id, .made_time = call.now};
    REPRISE_ASSIGN_OR_RETURN(allocation.factors, CompleteFactors(list->design, participation.site,
                                                                 FromProto(request.factors())));
    allocation.stratum = StratumOf(list->design, allocation.factors);
    REPRISE_ASSIGN_OR_RETURN(const auto seed, OpenSeed(list->sealed_seed, allocation_key_, list->list_id));
    REPRISE_ASSIGN_OR_RETURN(allocation.sequence, TakePlace(tx, list->list_id, allocation.stratum));
    REPRISE_ASSIGN_OR_RETURN(allocation.arm, ArmAt(*list, seed, allocation.stratum, allocation.sequence));

    InsertAllocation(tx, allocation);
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "participant.allocate",
                                               .subject_type = "participant",
                                               .subject_id = participant_id,
                                               .study_id = participation.study_id,
                                               .site_id = participation.site_id,
                                               .participant_id = participant_id}));
    return ToProto(allocation);
  });
}

}  // namespace reprise::cohort
