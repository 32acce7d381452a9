// SPDX-License-Identifier: Apache-2.0
#include "services/platform/audit/append.h"
#include "services/platform/status.h"
#include "services/questionnaire/convert/response.h"
#include "services/questionnaire/handler/handlers.h"
#include "services/questionnaire/store/response_store.h"

namespace reprise::questionnaire {

absl::StatusOr<v1::Response> Handlers::SubmitResponse(const Call& call,
                                                      const v1::SubmitResponseRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string instance_id,
                           ParseUuid(request.instance_id(), "instance_id"));
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Response> {
    REPRISE_ASSIGN_OR_RETURN(const Instance instance, LoadInstance(tx, instance_id));
    REPRISE_ASSIGN_OR_RETURN(const std::shared_ptr<const Form> form,
                             forms_.Get(tx, instance.instrument_version_id));
    REPRISE_ASSIGN_OR_RETURN(StoredAnswers stored, form->Accept(FromProto(request.answers())));
    const Response response{.instance_id = instance_id,
                            .version = 1,
                            .stored = std::move(stored),
                            .submit_time = call.now,
                            .submitted_by = call.actor.user_id,
                            .change_reason = {}};
    InsertResponse(tx, response);  // a second one is INSTANCE_SUBMITTED by response_pkey
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "response.submit",
                                               .subject_type = "instance",
                                               .subject_id = instance_id,
                                               .study_id = instance.study_id,
                                               .site_id = instance.site_id,
                                               .participant_id = instance.participant_id,
                                               .new_version = 1}));
    return ToProto(response, form->item_codes());
  });
}

}  // namespace reprise::questionnaire
