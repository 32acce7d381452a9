// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "services/phase/domain/course/errors.h"
#include "services/phase/domain/course/guards.h"
#include "services/phase/handler/course.h"
#include "services/phase/handler/handlers.h"
#include "services/phase/store/write_store.h"
#include "services/platform/convert/wire_time.h"
#include "services/platform/status.h"

namespace reprise::phase {

absl::StatusOr<v1::Course> Handlers::CloseVisit(const Call& call, const v1::CloseVisitRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string participant_id,
                           ParseUuid(request.participant_id(), "participant_id"));
  REPRISE_ASSIGN_OR_RETURN(const std::string visit_id, ParseUuid(request.visit_id(), "visit_id"));
  const auto state = KindOfNumber<VisitState>(request.state());
  if (state != VisitState::kMissed && state != VisitState::kCancelled && state != VisitState::kRescheduled) {
    return StateInvalid("state");
  }
  std::optional<absl::CivilDay> new_date;
  if (*state == VisitState::kRescheduled) {
    REPRISE_ASSIGN_OR_RETURN(new_date, convert::FromProto(request.new_date(), "new_date"));
  }
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Course> {
    REPRISE_ASSIGN_OR_RETURN(Record record, LoadRecordToChange(tx, protocols_, participant_id));
    std::vector<Visit>& visits = record.facts.visits;
    const auto planned = std::find_if(visits.begin(), visits.end(),
                                      [&](const Visit& other) { return other.visit_id == visit_id; });
    if (planned == visits.end()) return VisitNotFound(visit_id);
    if (planned->state != VisitState::kPlanned) return VisitNotPlanned(NameOf(planned->state));
    // What is still to come cannot have been missed.
    if (*state == VisitState::kMissed && planned->date > record.today) return DateInFuture("state");
    Visit moved = *planned;
    planned->state = *state;
    ++planned->version;
    planned->made_by = call.actor.user_id;
    planned->made_time = call.now;
    InsertVisit(tx, participant_id, *planned);
    if (new_date.has_value()) {
      REPRISE_RETURN_IF_ERROR(CheckPlannedDay(record.participation, *new_date, FactOf::kStudy, "new_date"));
      moved.visit_id = call.ids->NewUuid();
      moved.date = *new_date;
      moved.made_by = call.actor.user_id;
      moved.made_time = call.now;
      InsertVisit(tx, participant_id, moved);
      visits.push_back(moved);
    }
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, EntryFor(record, "visit.close", "visit", visit_id)));
    return AnswerWith(books_, call, std::move(record));
  });
}

}  // namespace reprise::phase
