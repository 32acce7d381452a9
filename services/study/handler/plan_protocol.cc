// SPDX-License-Identifier: Apache-2.0
#include "services/platform/id/id.h"
#include "services/platform/status.h"
#include "services/study/convert.h"
#include "services/study/convert/document.h"
#include "services/study/handler/handlers.h"
#include "services/study/store/protocol_store.h"

namespace reprise::study {

absl::StatusOr<v1::PlanProtocolResponse> Handlers::PlanProtocol(const Call& call,
                                                                const v1::PlanProtocolRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string study_id, ParseUuid(request.study_id(), "study_id"));
  const std::string name = DocumentName(request.document_name());
  REPRISE_ASSIGN_OR_RETURN(const ReadDocument document, ParseDocument(request.document(), name));
  return db_.Read(call, [&](db::Tx& tx) -> absl::StatusOr<v1::PlanProtocolResponse> {
    REPRISE_ASSIGN_OR_RETURN(const ProtocolState state, LoadProtocolState(tx, study_id));
    REPRISE_ASSIGN_OR_RETURN(
        const ProtocolPlan plan,
        study::PlanProtocol(state, {.tree = document.tree, .content = ToJson(document.content), .name = name}));
    v1::PlanProtocolResponse response;
    for (const Difference& difference : plan.differences) *response.add_differences() = ToProto(difference);
    response.set_live_version(state.live_version());
    response.set_progression_post_hoc(plan.post_hoc);
    for (const Site& site : plan.new_sites) response.add_new_sites(site.code);
    return response;
  });
}

}  // namespace reprise::study
