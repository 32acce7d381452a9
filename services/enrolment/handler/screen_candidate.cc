// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/convert.h"
#include "services/enrolment/domain/errors.h"
#include "services/enrolment/handler/handlers.h"
#include "services/enrolment/store/ground_store.h"
#include "services/enrolment/store/screening_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/convert/wire_time.h"
#include "services/platform/status.h"

namespace reprise::enrolment {
namespace {

absl::StatusOr<Screening> NewScreening(const Call& call, const v1::ScreenCandidateRequest& request) {
  if (request.stage().empty()) return FieldRequired("stage");
  Screening screening{.screening_id = call.ids->NewUuid(),
                      .study_id = {},
                      .site_id = {},
                      .stage = request.stage(),
                      .screened_date = {},
                      .failed_criteria = {request.failed_criteria().begin(), request.failed_criteria().end()},
                      .identified = request.has_identity(),
                      .made_time = call.now};
  REPRISE_ASSIGN_OR_RETURN(screening.study_id, ParseUuid(request.study_id(), "study_id"));
  REPRISE_ASSIGN_OR_RETURN(screening.site_id, ParseUuid(request.site_id(), "site_id"));
  REPRISE_ASSIGN_OR_RETURN(screening.screened_date,
                           convert::FromProto(request.screened_date(), "screened_date"));
  return screening;
}

}  // namespace

absl::StatusOr<v1::Screening> Handlers::ScreenCandidate(const Call& call,
                                                        const v1::ScreenCandidateRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const Screening asked, NewScreening(call, request));
  const Identity identity = FromProto(request.identity());
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Screening> {
    Screening screening = asked;
    REPRISE_ASSIGN_OR_RETURN(
        const Ground ground,
        LoadGround(tx, {screening.study_id, screening.site_id, screening.stage}, screening.screened_date,
                   call.now));
    REPRISE_RETURN_IF_ERROR(CheckNotFuture(ground, "screened_date"));
    REPRISE_RETURN_IF_ERROR(CheckOpen(ground));
    screening.protocol_version = ground.protocol_version;
    REPRISE_ASSIGN_OR_RETURN(
        const std::vector<std::string> criteria,
        LoadCriteria(tx, screening.study_id, ground.protocol_version, screening.stage));
    REPRISE_ASSIGN_OR_RETURN(screening.failed_criteria, OrderCriteria(screening.failed_criteria, criteria));
    if (screening.identified) REPRISE_RETURN_IF_ERROR(CheckIdentity(identity, ground.today));
    REPRISE_ASSIGN_OR_RETURN(screening.number,
                             NextScreeningNumber(tx, screening.study_id, screening.site_id));
    InsertScreening(tx, screening);
    if (screening.identified) REPRISE_RETURN_IF_ERROR(vault_.Keep(tx, screening, identity));
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "screening.record",
                                               .subject_type = "screening",
                                               .subject_id = screening.screening_id,
                                               .study_id = screening.study_id,
                                               .site_id = screening.site_id}));
    return ToProto(screening);
  });
}

}  // namespace reprise::enrolment
