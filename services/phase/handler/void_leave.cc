// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "services/phase/domain/course/errors.h"
#include "services/phase/domain/course/guards.h"
#include "services/phase/handler/course.h"
#include "services/phase/handler/handlers.h"
#include "services/phase/store/write_store.h"
#include "services/platform/status.h"

namespace reprise::phase {

absl::StatusOr<v1::Course> Handlers::VoidLeave(const Call& call, const v1::VoidLeaveRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string participant_id,
                           ParseUuid(request.participant_id(), "participant_id"));
  REPRISE_ASSIGN_OR_RETURN(const std::string leave_id, ParseUuid(request.leave_id(), "leave_id"));
  REPRISE_RETURN_IF_ERROR(CheckChangeReason(request.change_reason()));
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Course> {
    REPRISE_ASSIGN_OR_RETURN(Record record, LoadRecordToChange(tx, protocols_, participant_id));
    std::vector<Leave>& leaves = record.facts.leaves;
    const auto leave = std::find_if(leaves.begin(), leaves.end(),
                                    [&](const Leave& other) { return other.leave_id == leave_id; });
    if (leave == leaves.end()) return LeaveNotFound(leave_id);
    if (leave->void_time.has_value()) return LeaveVoided();
    leave->void_time = call.now;
    leave->void_reason = request.change_reason();
    InsertLeaveVoid(tx, *leave);
    audit::Entry entry = EntryFor(record, "leave.void", "leave", leave_id);
    entry.reason = request.change_reason();
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, entry));
    return AnswerWith(books_, call, std::move(record));
  });
}

}  // namespace reprise::phase
