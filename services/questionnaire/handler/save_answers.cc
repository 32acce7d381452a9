// SPDX-License-Identifier: Apache-2.0
#include "services/platform/audit/append.h"
#include "services/platform/status.h"
#include "services/questionnaire/convert/response.h"
#include "services/questionnaire/domain/response/errors.h"
#include "services/questionnaire/handler/handlers.h"
#include "services/questionnaire/store/draft_store.h"
#include "services/questionnaire/store/response_store.h"

namespace reprise::questionnaire {

absl::StatusOr<v1::Draft> Handlers::SaveAnswers(const Call& call,
                                                const v1::SaveAnswersRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string instance_id,
                           ParseUuid(request.instance_id(), "instance_id"));
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Draft> {
    REPRISE_ASSIGN_OR_RETURN(const Instance instance, instances_.Load(tx, instance_id));
    REPRISE_ASSIGN_OR_RETURN(const End end, LoadEnd(tx, instance));
    if (end.submitted) return InstanceSubmitted();
    if (end.cancelled) return InstanceCancelled();
    REPRISE_ASSIGN_OR_RETURN(const std::shared_ptr<const Form> form,
                             forms_.Get(tx, instance.instrument_version_id));
    REPRISE_ASSIGN_OR_RETURN(const DraftChange change, form->AcceptDraft(FromProto(request.answers())));
    ChangeDraft(tx, instance, change);
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "draft.save",
                                               .subject_type = "instance",
                                               .subject_id = instance_id,
                                               .study_id = instance.study_id,
                                               .site_id = instance.site_id,
                                               .participant_id = instance.participant_id}));
    return ToProto(instance_id, Draft{.answers = {}, .save_time = call.now});
  });
}

}  // namespace reprise::questionnaire
