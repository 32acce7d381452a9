// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/convert.h"
#include "services/enrolment/handler/handlers.h"
#include "services/enrolment/store/participant_store.h"
#include "services/enrolment/store/physician_store.h"
#include "services/platform/status.h"

namespace reprise::enrolment {

absl::StatusOr<v1::ListPhysiciansResponse> Handlers::ListAssignedPhysicians(
    const Call& call, const v1::ListAssignedPhysiciansRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string participant_id,
                           ParseUuid(request.participant_id(), "participant_id"));
  return db_.Read(call, [&](db::Tx& tx) -> absl::StatusOr<v1::ListPhysiciansResponse> {
    REPRISE_RETURN_IF_ERROR(LoadParticipant(tx, participant_id).status());
    REPRISE_ASSIGN_OR_RETURN(const std::vector<Physician> physicians, ListAssigned(tx, participant_id));
    v1::ListPhysiciansResponse response;
    for (const Physician& physician : physicians) {
      v1::Physician& wire = *response.add_physicians();
      wire.set_user_id(physician.user_id);
      wire.set_display_name(physician.display_name);
    }
    return response;
  });
}

}  // namespace reprise::enrolment
