// SPDX-License-Identifier: Apache-2.0
#include "absl/strings/str_cat.h"

#include "services/phase/convert.h"
#include "services/phase/domain/course/errors.h"
#include "services/phase/domain/course/guards.h"
#include "services/phase/domain/course/phases.h"
#include "services/phase/domain/course/timeline.h"
#include "services/phase/handler/course.h"
#include "services/phase/handler/handlers.h"
#include "services/phase/store/write_store.h"
#include "services/platform/status.h"

namespace reprise::phase {
namespace {

// A timeline as the request has it.
struct Corrected {
  Timeline timeline = Timeline::kWorkStatus;
  WorkTimeline work;
  PhaseTimeline phases;
};

absl::StatusOr<Corrected> CorrectedOf(const v1::CorrectedTimeline& wire) {
  Corrected corrected;
  const auto timeline = KindOfNumber<Timeline>(wire.timeline());
  if (!timeline.has_value()) return KindUnknown("corrected.timeline");
  corrected.timeline = *timeline;
  REPRISE_ASSIGN_OR_RETURN(corrected.work, WorkFromProto(wire));
  REPRISE_ASSIGN_OR_RETURN(corrected.phases, PhasesFromProto(wire));
  for (const PhaseEpisode& phase : corrected.phases) {
    REPRISE_RETURN_IF_ERROR(CheckText(phase.trigger, "corrected.phases.trigger", 500));
  }
  return corrected;
}

int RevisionOf(const Facts& facts, Timeline timeline) {
  return timeline == Timeline::kWorkStatus ? facts.work_revision : facts.phase_revision;
}

// The record with the corrected timeline in place of the present one.
//   INVALID_ARGUMENT EPISODES_INVALID, and the reasons of CheckDay
absl::StatusOr<Record> Applied(Record record, const Corrected& corrected) {
  const bool work = corrected.timeline == Timeline::kWorkStatus;
  const auto faults = work ? CheckWorkTimeline(corrected.work, record.today)
                           : CheckPhases(corrected.phases, record.facts.work, record.today);
  if (!faults.empty()) return EpisodesInvalid(faults);
  const FactOf fact = work ? FactOf::kHistory : FactOf::kStudy;
  const auto check = [&](const auto& episodes, const char* list) -> absl::Status {
    for (size_t i = 0; i < episodes.size(); ++i) {
      REPRISE_RETURN_IF_ERROR(CheckDay(record.participation, episodes[i].start, record.today, fact,
                                       absl::StrCat("corrected.", list, "[", i, "].start_date")));
    }
    return absl::OkStatus();
  };
  if (work) {
    REPRISE_RETURN_IF_ERROR(check(corrected.work, "work_status"));
    record.facts.work = corrected.work;
  } else {
    REPRISE_RETURN_IF_ERROR(check(corrected.phases, "phases"));
    record.facts.phases = Flagged(corrected.phases);
  }
  return record;
}

}  // namespace

absl::StatusOr<v1::PreviewCorrectionResponse> Handlers::PreviewCorrection(
    const Call& call, const v1::PreviewCorrectionRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string participant_id,
                           ParseUuid(request.participant_id(), "participant_id"));
  REPRISE_ASSIGN_OR_RETURN(const Corrected corrected, CorrectedOf(request.corrected()));
  return db_.ReadAudited(call, [&](db::Tx& tx) -> absl::StatusOr<v1::PreviewCorrectionResponse> {
    REPRISE_ASSIGN_OR_RETURN(Record before, LoadRecord(tx, protocols_, participant_id));
    REPRISE_RETURN_IF_ERROR(CheckEnrolled(before.participation));
    REPRISE_ASSIGN_OR_RETURN(Record after, Applied(before, corrected));
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, EntryFor(before, "course.preview", "participant", participant_id)));
    const auto derive = [&](const Record& record) {
      return Derive(books_, *record.protocol, record.participation, record.facts, record.today);
    };
    v1::PreviewCorrectionResponse response;
    for (const legal::Text& change :
         Differences(*before.protocol, before.facts, derive(before), after.facts, derive(after))) {
      response.add_changes(In(call.language, change));
    }
    *response.mutable_before() = AnswerWith(books_, call, std::move(before));
    *response.mutable_after() = AnswerWith(books_, call, std::move(after));
    return response;
  });
}

absl::StatusOr<v1::Course> Handlers::CorrectTimeline(const Call& call, const v1::CorrectTimelineRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string participant_id,
                           ParseUuid(request.participant_id(), "participant_id"));
  REPRISE_ASSIGN_OR_RETURN(const Corrected corrected, CorrectedOf(request.corrected()));
  REPRISE_RETURN_IF_ERROR(CheckChangeReason(request.change_reason()));
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Course> {
    REPRISE_ASSIGN_OR_RETURN(Record before, LoadRecordToChange(tx, protocols_, participant_id));
    const int revision = RevisionOf(before.facts, corrected.timeline);
    if (request.revision() != revision) return EtagMismatch(revision);
    REPRISE_ASSIGN_OR_RETURN(Record after, Applied(before, corrected));
    if (after.facts.work == before.facts.work && after.facts.phases == before.facts.phases) {
      return NothingChanged("corrected");
    }
    if (corrected.timeline == Timeline::kWorkStatus) {
      ++after.facts.work_revision;
      InsertWorkRevision(tx, participant_id, after.facts, request.change_reason());
    } else {
      ++after.facts.phase_revision;
      InsertPhaseRevision(tx, participant_id, after.facts, request.change_reason());
    }
    audit::Entry entry = EntryFor(after, "timeline.correct", "participant", participant_id);
    entry.reason = request.change_reason();
    entry.old_version = revision;
    entry.new_version = revision + 1;
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, entry));
    return AnswerWith(books_, call, std::move(after));
  });
}

}  // namespace reprise::phase
