// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/convert.h"
#include "services/enrolment/domain/errors.h"
#include "services/enrolment/handler/handlers.h"
#include "services/enrolment/store/ground_store.h"
#include "services/enrolment/store/screening_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/status.h"

namespace reprise::enrolment {

absl::StatusOr<v1::Screening> Handlers::DeclineCandidate(const Call& call,
                                                         const v1::DeclineCandidateRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string screening_id,
                           ParseUuid(request.screening_id(), "screening_id"));
  if (request.reason().empty()) return FieldRequired("reason");
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Screening> {
    REPRISE_ASSIGN_OR_RETURN(Screening screening, LockScreening(tx, screening_id));
    REPRISE_RETURN_IF_ERROR(CheckLive(screening));
    REPRISE_ASSIGN_OR_RETURN(
        const bool known,
        IsDeclineReason(tx, screening.study_id, screening.protocol_version, request.reason()));
    if (!known) return ReasonUnknown();
    InsertRefusal(tx, screening_id, request.reason());
    screening.decline_reason = request.reason();
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "screening.decline",
                                               .subject_type = "screening",
                                               .subject_id = screening.screening_id,
                                               .study_id = screening.study_id,
                                               .site_id = screening.site_id,
                                               .reason = request.reason()}));
    return ToProto(screening);
  });
}

}  // namespace reprise::enrolment
