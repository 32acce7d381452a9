// SPDX-License-Identifier: Apache-2.0
// One milestone of one leave under one rule version; milestone.cc chooses the version and adds what
// is common. Internal to this folder.
#ifndef REPRISE_PHASE_DOMAIN_LEGAL_EVALUATE_H_
#define REPRISE_PHASE_DOMAIN_LEGAL_EVALUATE_H_

#include <optional>
#include <string>
#include <vector>

#include "services/phase/domain/legal/milestone.h"
#include "services/phase/domain/legal/sentence.h"

namespace reprise::legal {

// What a rule is applied to. `events` are those of the episode, by date.
struct Case {
  const RuleBook& book;
  const LeaveEpisode& episode;
  std::vector<Event> events;
  std::optional<absl::CivilDay> contract_end;  // as far as known
  absl::CivilDay on;

  bool Returned() const {
    return episode.return_source == ReturnSource::kRecorded && episode.return_day <= on;
  }
  // The contract ended before there could be a return.
  bool EndedBeforeReturn() const {
    return contract_end.has_value() && *contract_end < episode.return_day;
  }
  bool ContractEnded() const { return contract_end.has_value() && *contract_end < on; }
};

// A milestone under construction, with the words of its sentence.
struct Draft {
  Milestone milestone;
  Words words;

  void Settle(State state, const char* situation) {
    milestone.state = state;
    milestone.situation = situation;
  }
  void Flag(const char* flag) { milestone.flags.push_back(flag); }
};

// The day on which the days counted first satisfy the threshold, if one of them does.
std::optional<absl::CivilDay> DayReached(const Threshold& threshold,
                                         const std::vector<absl::CivilDay>& days);

// The last event of the kind on or before `until`, null if none.
const Event* LastOf(const Case& at, EventKind kind, absl::CivilDay until);
const Event* FirstOf(const Case& at, EventKind kind, absl::CivilDay from);

// Each fills `draft` for draft.milestone.rule.
void EvaluatePreReturnVisit(const Case& at, Draft& draft);
void EvaluateReturnVisit(const Case& at, Draft& draft);
void EvaluateLiaisonMeeting(const Case& at, Draft& draft);
void EvaluateTrialOfReturn(const Case& at, Draft& draft);
void EvaluateTherapeuticPartTime(const Case& at, Draft& draft);
void EvaluatePrescriptionCap(const Case& at, Draft& draft);

// The date by which an issue-date condition judges a prescription.
absl::CivilDay IssueDate(const Prescription& prescription);
bool Satisfies(const Condition& condition, absl::CivilDay day);

}  // namespace reprise::legal

#endif  // REPRISE_PHASE_DOMAIN_LEGAL_EVALUATE_H_
