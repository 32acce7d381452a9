// SPDX-License-Identifier: Apache-2.0
#include "services/platform/audit/append.h"
#include "services/platform/status.h"
#include "services/questionnaire/convert/response.h"
#include "services/questionnaire/handler/handlers.h"
#include "services/questionnaire/store/response_store.h"

namespace reprise::questionnaire {

absl::StatusOr<v1::Response> Handlers::GetResponse(const Call& call,
                                                   const v1::GetResponseRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string instance_id,
                           ParseUuid(request.instance_id(), "instance_id"));
  std::optional<int64_t> version;
  if (request.has_version()) version = request.version();
  return db_.ReadAudited(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Response> {
    REPRISE_ASSIGN_OR_RETURN(const Instance instance, LoadInstance(tx, instance_id));
    REPRISE_ASSIGN_OR_RETURN(const std::shared_ptr<const Form> form,
                             forms_.Get(tx, instance.instrument_version_id));
    REPRISE_ASSIGN_OR_RETURN(const Response response, LoadResponse(tx, instance_id, version));
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "response.read",
                                               .subject_type = "instance",
                                               .subject_id = instance_id,
                                               .study_id = instance.study_id,
                                               .site_id = instance.site_id,
                                               .participant_id = instance.participant_id,
                                               .old_version = response.version}));
    return ToProto(response, form->item_codes());
  });
}

}  // namespace reprise::questionnaire
