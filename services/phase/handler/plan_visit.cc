// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/course/errors.h"
#include "services/phase/domain/course/guards.h"
#include "services/phase/domain/course/visits.h"
#include "services/phase/handler/course.h"
#include "services/phase/handler/handlers.h"
#include "services/phase/store/write_store.h"
#include "services/platform/convert/wire_time.h"
#include "services/platform/status.h"

namespace reprise::phase {

absl::StatusOr<v1::Course> Handlers::PlanVisit(const Call& call, const v1::PlanVisitRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string participant_id,
                           ParseUuid(request.participant_id(), "participant_id"));
  Visit visit{.visit_id = call.ids->NewUuid(), .visit = request.visit(), .date = {}, .mode = request.mode(),
              .measures = {}, .outcome = {}, .made_by = call.actor.user_id, .made_time = call.now};
  REPRISE_ASSIGN_OR_RETURN(visit.date, convert::FromProto(request.date(), "date"));
  REPRISE_RETURN_IF_ERROR(CheckMode(visit.mode));
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Course> {
    REPRISE_ASSIGN_OR_RETURN(Record record, LoadRecordToChange(tx, protocols_, participant_id));
    if (FindVisit(*record.protocol, visit.visit) == nullptr) return VisitUnknown();
    REPRISE_RETURN_IF_ERROR(CheckPlannedDay(record.participation, visit.date, FactOf::kStudy, "date"));
    record.facts.visits.push_back(visit);
    InsertVisit(tx, participant_id, visit);
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, EntryFor(record, "visit.plan", "visit", visit.visit_id)));
    return AnswerWith(books_, call, std::move(record));
  });
}

}  // namespace reprise::phase
