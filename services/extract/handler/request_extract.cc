// SPDX-License-Identifier: Apache-2.0
#include "services/extract/convert.h"
#include "services/extract/domain/delivery/sealed_key.h"
#include "services/extract/handler/handlers.h"
#include "services/extract/store/request_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/status.h"

namespace reprise::extract {

absl::StatusOr<v1::Extract> Handlers::RequestExtract(const Call& call,
                                                     const v1::RequestExtractRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string study_id, ParseUuid(request.study_id(), "study_id"));
  REPRISE_RETURN_IF_ERROR(CheckPurpose(request.purpose()));
  Request made{.extract_id = call.ids->NewUuid(),
               .study_id = study_id,
               .stage = request.stage(),
               .cut_time = call.now,
               .purpose = request.purpose(),
               .sealed_key = {},
               .requested_by = call.actor.user_id};
  made.sealed_key = SealFreshKey(key_, made.extract_id);
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Extract> {
    REPRISE_RETURN_IF_ERROR(CheckStage(tx, made.study_id, made.stage));
    InsertRequest(tx, made);
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "extract.request",
                                               .subject_type = "extract",
                                               .subject_id = made.extract_id,
                                               .study_id = made.study_id,
                                               .reason = made.purpose}));
    return ToProto(made);
  });
}

}  // namespace reprise::extract
