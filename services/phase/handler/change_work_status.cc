// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/course/errors.h"
#include "services/phase/domain/course/guards.h"
#include "services/phase/domain/course/timeline.h"
#include "services/phase/handler/course.h"
#include "services/phase/handler/handlers.h"
#include "services/phase/store/write_store.h"
#include "services/platform/convert/wire_time.h"
#include "services/platform/status.h"

namespace reprise::phase {

absl::StatusOr<v1::Course> Handlers::ChangeWorkStatus(const Call& call, const v1::ChangeWorkStatusRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string participant_id,
                           ParseUuid(request.participant_id(), "participant_id"));
  const auto kind = KindOfNumber<WorkKind>(request.kind());
  if (!kind.has_value()) return KindUnknown("kind");
  std::optional<int> percent;
  if (request.has_percent()) percent = request.percent();
  REPRISE_ASSIGN_OR_RETURN(const absl::CivilDay start, convert::FromProto(request.start_date(), "start_date"));
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Course> {
    REPRISE_ASSIGN_OR_RETURN(Record record, LoadRecordToChange(tx, protocols_, participant_id));
    REPRISE_RETURN_IF_ERROR(CheckDay(record.participation, start, record.today, FactOf::kHistory, "start_date"));
    REPRISE_ASSIGN_OR_RETURN(record.facts.work,
                             phase::ChangeWorkStatus(std::move(record.facts.work), *kind, percent, start));
    audit::Entry entry = EntryFor(record, "work_status.change", "participant", participant_id);
    entry.old_version = record.facts.work_revision;
    entry.new_version = ++record.facts.work_revision;
    InsertWorkRevision(tx, participant_id, record.facts, "");
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, entry));
    return AnswerWith(books_, call, std::move(record));
  });
}

}  // namespace reprise::phase
