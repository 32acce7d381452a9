// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "services/cohort/convert.h"
#include "services/cohort/domain/allocation/seal.h"
#include "services/cohort/domain/errors.h"
#include "services/cohort/handler/handlers.h"
#include "services/cohort/store/allocation_store.h"
#include "services/cohort/store/list_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/status.h"

namespace reprise::cohort {
namespace {

// A part of the allocations would look like a list with gaps.
bool SeesWholeStudy(const Scope& scope, const std::string& study_id) {
  return scope.everywhere ||
         std::find(scope.places.begin(), scope.places.end(), study_id + "/*") != scope.places.end();
}

}  // namespace

absl::StatusOr<v1::VerifyAllocationListResponse> Handlers::VerifyAllocationList(
    const Call& call, const v1::VerifyAllocationListRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string study_id, ParseUuid(request.study_id(), "study_id"));
  if (request.stage().empty()) return StageRequired();
  if (!SeesWholeStudy(call.scope, study_id)) return OutOfScope();
  return db_.ReadAudited(call, [&](db::Tx& tx) -> absl::StatusOr<v1::VerifyAllocationListResponse> {
    REPRISE_ASSIGN_OR_RETURN(auto list, FindList(tx, study_id, request.stage()));
    if (!list.has_value()) return ListNotFound(request.stage());
    REPRISE_ASSIGN_OR_RETURN(const auto seed, OpenSeed(list->sealed_seed, allocation_key_, list->list_id));
    REPRISE_ASSIGN_OR_RETURN(const auto allocations, ListAllocations(tx, list->list_id));
    list->allocated = static_cast<int64_t>(allocations.size());
    REPRISE_ASSIGN_OR_RETURN(const auto faults, FaultsOf(*list, seed, allocations));
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "allocation_list.verify",
                                               .subject_type = "allocation_list",
                                               .subject_id = list->list_id,
                                               .study_id = study_id}));
    v1::VerifyAllocationListResponse response;
    *response.mutable_list() = ToProto(*list);
    response.set_compared(static_cast<int32_t>(allocations.size()));
    for (const std::string& fault : faults) response.add_faults(fault);
    return response;
  });
}

}  // namespace reprise::cohort
