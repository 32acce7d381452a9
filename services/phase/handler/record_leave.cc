// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/course/errors.h"
#include "services/phase/domain/course/guards.h"
#include "services/phase/handler/course.h"
#include "services/phase/handler/handlers.h"
#include "services/phase/store/write_store.h"
#include "services/platform/convert/wire_time.h"
#include "services/platform/status.h"

namespace reprise::phase {
namespace {

absl::StatusOr<Leave> LeaveOf(const v1::RecordLeaveRequest& request) {
  Leave leave;
  REPRISE_ASSIGN_OR_RETURN(leave.issued, convert::FromProto(request.issued_date(), "issued_date"));
  REPRISE_ASSIGN_OR_RETURN(leave.start, convert::FromProto(request.start_date(), "start_date"));
  REPRISE_ASSIGN_OR_RETURN(leave.end, convert::FromProto(request.end_date(), "end_date"));
  const auto kind = KindOfNumber<LeaveKind>(request.kind());
  if (!kind.has_value()) return KindUnknown("kind");
  const auto cause = KindOfNumber<LeaveCause>(request.cause());
  if (!cause.has_value()) return KindUnknown("cause");
  leave.kind = *kind;
  leave.cause = *cause;
  leave.part_time = request.part_time();
  REPRISE_RETURN_IF_ERROR(CheckLeave(leave));
  return leave;
}

}  // namespace

absl::StatusOr<v1::Course> Handlers::RecordLeave(const Call& call, const v1::RecordLeaveRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string participant_id,
                           ParseUuid(request.participant_id(), "participant_id"));
  REPRISE_ASSIGN_OR_RETURN(Leave leave, LeaveOf(request));
  leave.leave_id = call.ids->NewUuid();
  leave.made_time = call.now;
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Course> {
    REPRISE_ASSIGN_OR_RETURN(Record record, LoadRecordToChange(tx, protocols_, participant_id));
    const Participation& who = record.participation;
    REPRISE_RETURN_IF_ERROR(CheckDay(who, leave.issued, record.today, FactOf::kHistory, "issued_date"));
    // An extension is prescribed before the last leave ends.
    REPRISE_RETURN_IF_ERROR(CheckPlannedDay(who, leave.start, FactOf::kHistory, "start_date"));
    record.facts.leaves.push_back(leave);
    InsertLeave(tx, participant_id, leave);
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, EntryFor(record, "leave.record", "leave", leave.leave_id)));
    return AnswerWith(books_, call, std::move(record));
  });
}

}  // namespace reprise::phase
