// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/convert.h"
#include "services/enrolment/domain/errors.h"
#include "services/enrolment/handler/handlers.h"
#include "services/enrolment/store/ground_store.h"
#include "services/enrolment/store/screening_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/status.h"

namespace reprise::enrolment {

absl::StatusOr<v1::Screening> Handlers::IdentifyCandidate(const Call& call,
                                                          const v1::IdentifyCandidateRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string screening_id,
                           ParseUuid(request.screening_id(), "screening_id"));
  const Identity identity = FromProto(request.identity());
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Screening> {
    REPRISE_ASSIGN_OR_RETURN(Screening screening, LockScreening(tx, screening_id));
    if (screening.identified) return ScreeningIdentified();
    REPRISE_RETURN_IF_ERROR(CheckLive(screening));
    REPRISE_ASSIGN_OR_RETURN(
        const Ground ground,
        LoadGround(tx, {screening.study_id, screening.site_id, screening.stage}, screening.screened_date,
                   call.now));
    REPRISE_RETURN_IF_ERROR(CheckIdentity(identity, ground.today));
    REPRISE_RETURN_IF_ERROR(vault_.Keep(tx, screening, identity));
    screening.identified = true;
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "identity.record",
                                               .subject_type = "screening",
                                               .subject_id = screening.screening_id,
                                               .study_id = screening.study_id,
                                               .site_id = screening.site_id}));
    return ToProto(screening);
  });
}

}  // namespace reprise::enrolment
