// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/course/law.h"

#include <algorithm>

#include "services/platform/status.h"

namespace reprise::phase {
namespace {

legal::Cause CauseFor(LeaveCause cause) {
  switch (cause) {
    case LeaveCause::kIllness: return legal::Cause::kIllness;
    case LeaveCause::kWorkAccident: return legal::Cause::kWorkAccident;
    case LeaveCause::kOccupationalDisease: return legal::Cause::kOccupationalDisease;
    case LeaveCause::kMaternity: return legal::Cause::kMaternity;
  }
  return legal::Cause::kIllness;
}

legal::Event EventOn(legal::EventKind kind, absl::CivilDay day) {
  legal::Event event;
  event.kind = kind;
  event.date = day;
  return event;
}

bool EndsContract(WorkKind kind) {
  return kind == WorkKind::kUnemployed || kind == WorkKind::kRetired || kind == WorkKind::kInactive ||
         kind == WorkKind::kDeceased;
}

void AddWorkEvents(const Facts& facts, absl::CivilDay today, legal::History& history) {
  for (size_t i = 0; i < facts.work.size(); ++i) {
    const WorkEpisode& episode = facts.work[i];
    if (episode.start > today) continue;
    if (EndsContract(episode.kind) && (i == 0 || !EndsContract(facts.work[i - 1].kind))) {
      history.events.push_back(EventOn(legal::EventKind::kContractEnd, episode.start - 1));
    }
    if (!IsWork(episode.kind) || (i > 0 && IsWork(facts.work[i - 1].kind))) continue;
    const bool after_leave = std::any_of(
        history.prescriptions.begin(), history.prescriptions.end(),
        [&](const legal::Prescription& leave) { return leave.start < episode.start; });
    if (!after_leave) continue;
    legal::Event back = EventOn(legal::EventKind::kReturn, episode.start);
    back.working_time = episode.kind == WorkKind::kTherapeuticPartTime;
    history.events.push_back(back);
  }
}

std::optional<legal::EventKind> EventFor(const std::string& visit) {
  if (visit == "PRE_RETURN" || visit == "PRE_RETURN_VISIT") return legal::EventKind::kPreReturnVisit;
  if (visit == "RETURN" || visit == "RETURN_VISIT") return legal::EventKind::kReturnVisit;
  if (visit == "LIAISON" || visit == "LIAISON_MEETING") return legal::EventKind::kLiaisonMeeting;
  return std::nullopt;
}

void AddVisits(const Facts& facts, absl::CivilDay today, legal::History& history) {
  const auto has = [](const Visit& visit, const char* measure) {
    return std::find(visit.measures.begin(), visit.measures.end(), measure) != visit.measures.end();
  };
  for (const Visit& visit : facts.visits) {
    const std::optional<legal::EventKind> kind = EventFor(visit.visit);
    if (visit.state != VisitState::kDone || !kind.has_value() || visit.date > today) continue;
    legal::Event event = EventOn(*kind, visit.date);
    if (*kind == legal::EventKind::kPreReturnVisit && !visit.measures.empty()) {
      event.adaptation = has(visit, "JOB_ADAPTATION");
      event.working_time = has(visit, "WORK_TIME");
    }
    history.events.push_back(event);
  }
}

}  // namespace

legal::History HistoryOf(const Facts& facts, absl::CivilDay today) {
  legal::History history;
  for (const Leave& leave : facts.leaves) {
    if (leave.void_time.has_value()) continue;
    legal::Prescription prescription;
    prescription.start = leave.start;
    prescription.end = leave.end;
    prescription.issued = leave.issued;
    prescription.cause = CauseFor(leave.cause);
    prescription.full = !leave.part_time;
    prescription.renewal = leave.kind == LeaveKind::kExtension;
    history.prescriptions.push_back(prescription);
  }
  AddWorkEvents(facts, today, history);
  AddVisits(facts, today, history);
  return history;
}

std::vector<legal::EpisodeMilestones> LegalMilestonesOf(const legal::RuleBook& book, const Facts& facts,
                                                        absl::CivilDay today) {
  const legal::History history = HistoryOf(facts, today);
  // What CheckHistory forbids is refused before it is recorded.
  REPRISE_CHECK(legal::CheckHistory(history, today).empty());
  return legal::DeriveMilestones(book, history, today);
}

}  // namespace reprise::phase
