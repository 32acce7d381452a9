// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "services/phase/domain/course/errors.h"
#include "services/phase/domain/course/guards.h"
#include "services/phase/domain/course/visits.h"
#include "services/phase/handler/course.h"
#include "services/phase/handler/handlers.h"
#include "services/phase/store/write_store.h"
#include "services/platform/convert/wire_time.h"
#include "services/platform/status.h"

namespace reprise::phase {
namespace {

constexpr int kMaxOutcomeBytes = 2000;

absl::StatusOr<Visit> VisitOf(const Call& call, const v1::RecordVisitRequest& request) {
  Visit visit{.visit_id = {}, .visit = request.visit(), .state = VisitState::kDone, .date = {},
              .mode = request.mode(), .measures = {request.measures().begin(), request.measures().end()},
              .outcome = request.outcome(), .made_by = call.actor.user_id, .made_time = call.now};
  if (request.has_visit_id()) {
    REPRISE_ASSIGN_OR_RETURN(visit.visit_id, ParseUuid(request.visit_id(), "visit_id"));
  }
  REPRISE_ASSIGN_OR_RETURN(visit.date, convert::FromProto(request.date(), "date"));
  REPRISE_RETURN_IF_ERROR(CheckMode(visit.mode));
  REPRISE_RETURN_IF_ERROR(CheckText(visit.outcome, "outcome", kMaxOutcomeBytes));
  return visit;
}

// Takes the place of the planned visit where the request names one, and its code.
//   NOT_FOUND VISIT_NOT_FOUND; FAILED_PRECONDITION VISIT_NOT_PLANNED
absl::Status Settle(const Call& call, Visit& visit, std::vector<Visit>& visits) {
  if (visit.visit_id.empty()) {
    visit.visit_id = call.ids->NewUuid();
    visits.push_back(visit);
    return absl::OkStatus();
  }
  const auto planned = std::find_if(visits.begin(), visits.end(),
                                    [&](const Visit& other) { return other.visit_id == visit.visit_id; });
  if (planned == visits.end()) return VisitNotFound(visit.visit_id);
  if (planned->state != VisitState::kPlanned) return VisitNotPlanned(NameOf(planned->state));
  visit.visit = planned->visit;
  visit.version = planned->version + 1;
  *planned = visit;
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::Course> Handlers::RecordVisit(const Call& call, const v1::RecordVisitRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string participant_id,
                           ParseUuid(request.participant_id(), "participant_id"));
  REPRISE_ASSIGN_OR_RETURN(const Visit asked, VisitOf(call, request));
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Course> {
    Visit visit = asked;
    REPRISE_ASSIGN_OR_RETURN(Record record, LoadRecordToChange(tx, protocols_, participant_id));
    REPRISE_RETURN_IF_ERROR(Settle(call, visit, record.facts.visits));
    const VisitRule* const rule = FindVisit(*record.protocol, visit.visit);
    if (rule == nullptr) return VisitUnknown();
    REPRISE_RETURN_IF_ERROR(CheckRecorder(*rule, RolesAt(call, record.participation)));
    REPRISE_RETURN_IF_ERROR(CheckMeasures(*rule, visit.measures));
    REPRISE_RETURN_IF_ERROR(CheckDay(record.participation, visit.date, record.today, FactOf::kStudy, "date"));
    InsertVisit(tx, participant_id, visit);
    audit::Entry entry = EntryFor(record, "visit.record", "visit", visit.visit_id);
    entry.new_version = visit.version;
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, entry));
    return AnswerWith(books_, call, std::move(record));
  });
}

}  // namespace reprise::phase
