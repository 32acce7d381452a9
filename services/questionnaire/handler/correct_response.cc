// SPDX-License-Identifier: Apache-2.0
#include "services/platform/audit/append.h"
#include "services/platform/status.h"
#include "services/questionnaire/convert/response.h"
#include "services/questionnaire/domain/response/errors.h"
#include "services/questionnaire/handler/handlers.h"
#include "services/questionnaire/store/response_store.h"

namespace reprise::questionnaire {

absl::StatusOr<v1::Response> Handlers::CorrectResponse(const Call& call,
                                                       const v1::CorrectResponseRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string instance_id,
                           ParseUuid(request.instance_id(), "instance_id"));
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Response> {
    LockCorrections(tx, instance_id);
    REPRISE_ASSIGN_OR_RETURN(const Instance instance, LoadInstance(tx, instance_id));
    REPRISE_ASSIGN_OR_RETURN(const std::shared_ptr<const Form> form,
                             forms_.Get(tx, instance.instrument_version_id));
    const absl::StatusOr<Response> current = LoadResponse(tx, instance_id, std::nullopt);
    if (absl::IsNotFound(current.status())) return InstanceNotSubmitted();
    REPRISE_RETURN_IF_ERROR(current.status());
    REPRISE_ASSIGN_OR_RETURN(StoredAnswers stored, form->Accept(FromProto(request.answers())));
    REPRISE_RETURN_IF_ERROR(
        CheckCorrection(*current, stored, request.etag(), request.change_reason()));
    const Response response{.instance_id = instance_id,
                            .version = current->version + 1,
                            .stored = std::move(stored),
                            .submit_time = call.now,
                            .submitted_by = call.actor.user_id,
                            .change_reason = request.change_reason(),
                            .answered_date = current->answered_date};
    InsertCorrection(tx, instance, response);
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "response.correct",
                                               .subject_type = "instance",
                                               .subject_id = instance_id,
                                               .study_id = instance.study_id,
                                               .site_id = instance.site_id,
                                               .participant_id = instance.participant_id,
                                               .reason = request.change_reason(),
                                               .old_version = current->version,
                                               .new_version = response.version}));
    return ReceiptToProto(response);
  });
}

}  // namespace reprise::questionnaire
