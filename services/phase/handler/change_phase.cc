// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/course/errors.h"
#include "services/phase/domain/course/guards.h"
#include "services/phase/domain/course/phases.h"
#include "services/phase/handler/course.h"
#include "services/phase/handler/handlers.h"
#include "services/phase/store/write_store.h"
#include "services/platform/convert/wire_time.h"
#include "services/platform/status.h"

namespace reprise::phase {

absl::StatusOr<v1::Course> Handlers::ChangePhase(const Call& call, const v1::ChangePhaseRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string participant_id,
                           ParseUuid(request.participant_id(), "participant_id"));
  const auto kind = KindOfNumber<PhaseKind>(request.kind());
  if (!kind.has_value()) return KindUnknown("kind");
  REPRISE_ASSIGN_OR_RETURN(const absl::CivilDay start, convert::FromProto(request.start_date(), "start_date"));
  REPRISE_RETURN_IF_ERROR(CheckText(request.trigger(), "trigger", 500));
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Course> {
    REPRISE_ASSIGN_OR_RETURN(Record record, LoadRecordToChange(tx, protocols_, participant_id));
    REPRISE_RETURN_IF_ERROR(CheckDay(record.participation, start, record.today, FactOf::kStudy, "start_date"));
    REPRISE_ASSIGN_OR_RETURN(record.facts.phases,
                             phase::ChangePhase(std::move(record.facts.phases), record.facts.work, *kind, start,
                                                request.trigger()));
    audit::Entry entry = EntryFor(record, "phase.change", "participant", participant_id);
    entry.reason = request.trigger();
    entry.old_version = record.facts.phase_revision;
    entry.new_version = ++record.facts.phase_revision;
    InsertPhaseRevision(tx, participant_id, record.facts, "");
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, entry));
    return AnswerWith(books_, call, std::move(record));
  });
}

}  // namespace reprise::phase
