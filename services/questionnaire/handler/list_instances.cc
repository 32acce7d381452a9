// SPDX-License-Identifier: Apache-2.0
#include "services/platform/status.h"
#include "services/questionnaire/convert/instance.h"
#include "services/questionnaire/handler/handlers.h"
#include "services/questionnaire/store/response_store.h"

namespace reprise::questionnaire {

absl::StatusOr<v1::ListInstancesResponse> Handlers::ListInstances(
    const Call& call, const v1::ListInstancesRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string participant_id,
                           ParseUuid(request.participant_id(), "participant_id"));
  return db_.Read(call, [&](db::Tx& tx) -> absl::StatusOr<v1::ListInstancesResponse> {
    REPRISE_RETURN_IF_ERROR(LoadPlace(tx, participant_id).status());
    REPRISE_ASSIGN_OR_RETURN(const std::vector<Instance> instances,
                             questionnaire::ListInstances(tx, participant_id));
    v1::ListInstancesResponse response;
    for (const Instance& instance : instances) *response.add_instances() = ToProto(instance);
    return response;
  });
}

}  // namespace reprise::questionnaire
