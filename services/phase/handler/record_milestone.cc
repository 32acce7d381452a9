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
namespace {

// Puts the date among the milestones as version 1 or, with its reason, as the next one; returns what
// was put. INVALID_ARGUMENT NOTHING_CHANGED, the reasons of CheckChangeReason.
absl::StatusOr<Milestone> Put(Milestone milestone, std::vector<Milestone>& milestones) {
  const auto at = std::find_if(milestones.begin(), milestones.end(),
                               [&](const Milestone& other) { return other.kind == milestone.kind; });
  if (at == milestones.end()) {
    milestone.change_reason.clear();
    milestones.push_back(milestone);
    return milestone;
  }
  if (at->date == milestone.date) return NothingChanged("date");
  REPRISE_RETURN_IF_ERROR(CheckChangeReason(milestone.change_reason));
  milestone.version = at->version + 1;
  *at = milestone;
  return milestone;
}

}  // namespace

absl::StatusOr<v1::Course> Handlers::RecordMilestone(const Call& call, const v1::RecordMilestoneRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string participant_id,
                           ParseUuid(request.participant_id(), "participant_id"));
  const auto kind = KindOfNumber<MilestoneKind>(request.kind());
  if (!kind.has_value()) return KindUnknown("kind");
  REPRISE_ASSIGN_OR_RETURN(const absl::CivilDay date, convert::FromProto(request.date(), "date"));
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Course> {
    REPRISE_ASSIGN_OR_RETURN(Record record, LoadRecordToChange(tx, protocols_, participant_id));
    REPRISE_RETURN_IF_ERROR(CheckDay(record.participation, date, record.today, FactOf::kHistory, "date"));
    REPRISE_ASSIGN_OR_RETURN(const Milestone milestone,
                             Put({.kind = *kind, .date = date, .change_reason = request.change_reason(),
                                  .made_time = call.now},
                                 record.facts.milestones));
    REPRISE_RETURN_IF_ERROR(CheckTreatment(record.facts.milestones));
    InsertMilestone(tx, participant_id, milestone);
    audit::Entry entry = EntryFor(record, "milestone.record", "participant", participant_id);
    entry.reason = milestone.change_reason;
    if (milestone.version > 1) entry.old_version = milestone.version - 1;
    entry.new_version = milestone.version;
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, entry));
    return AnswerWith(books_, call, std::move(record));
  });
}

}  // namespace reprise::phase
