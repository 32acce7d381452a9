// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/handler/handlers.h"
#include "services/enrolment/store/physician_store.h"
#include "services/platform/status.h"

namespace reprise::enrolment {

absl::StatusOr<v1::ListPhysiciansResponse> Handlers::ListPhysicians(
    const Call& call, const v1::ListPhysiciansRequest& request) {
  return db_.Read(call, [&](db::Tx& tx) -> absl::StatusOr<v1::ListPhysiciansResponse> {
    REPRISE_ASSIGN_OR_RETURN(const std::vector<Physician> physicians,
                             enrolment::ListPhysicians(tx, request.study_id(), request.site_id()));
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
