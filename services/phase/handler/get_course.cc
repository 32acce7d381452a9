// SPDX-License-Identifier: Apache-2.0
#include "services/phase/handler/course.h"
#include "services/phase/handler/handlers.h"
#include "services/platform/status.h"

namespace reprise::phase {

absl::StatusOr<v1::Course> Handlers::GetCourse(const Call& call, const v1::GetCourseRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string participant_id,
                           ParseUuid(request.participant_id(), "participant_id"));
  return db_.ReadAudited(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Course> {
    REPRISE_ASSIGN_OR_RETURN(Record record, LoadRecord(tx, protocols_, participant_id));
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, EntryFor(record, "course.read", "participant", participant_id)));
    return AnswerWith(books_, call, std::move(record));
  });
}

}  // namespace reprise::phase
