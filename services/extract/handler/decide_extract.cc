// SPDX-License-Identifier: Apache-2.0
#include "services/extract/convert.h"
#include "services/extract/handler/handlers.h"
#include "services/extract/store/request_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/status.h"

namespace reprise::extract {

absl::StatusOr<v1::Extract> Handlers::DecideExtract(const Call& call,
                                                    const v1::DecideExtractRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string extract_id, ParseUuid(request.extract_id(), "extract_id"));
  const Decision decision{.approved = request.approve(),
                          .reason = request.reason(),
                          .decided_by = call.actor.user_id,
                          .decide_time = call.now};
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Extract> {
    REPRISE_ASSIGN_OR_RETURN(Request found, LoadRequest(tx, extract_id));
    REPRISE_RETURN_IF_ERROR(CheckWholeStudy(call.scope.everywhere, call.scope.places, found.study_id));
    REPRISE_RETURN_IF_ERROR(CheckDecision(found, decision));
    InsertDecision(tx, extract_id, decision);
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = decision.approved ? "extract.approve" : "extract.refuse",
                                               .subject_type = "extract",
                                               .subject_id = extract_id,
                                               .study_id = found.study_id,
                                               .reason = decision.reason}));
    found.decision = decision;
    return ToProto(found);
  });
}

}  // namespace reprise::extract
