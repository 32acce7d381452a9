// SPDX-License-Identifier: Apache-2.0
// The words of a course. Values are those of reprise.phase.v1; names are those of the database
// (`SICK_LEAVE`).
#ifndef REPRISE_PHASE_DOMAIN_COURSE_KINDS_H_
#define REPRISE_PHASE_DOMAIN_COURSE_KINDS_H_

#include <optional>

#include "absl/strings/string_view.h"

namespace reprise::phase {

enum class MilestoneKind {
  kDiagnosis = 1, kSurgery, kChemotherapyStart, kChemotherapyEnd, kRadiotherapyEnd, kActiveTreatmentEnd
};
enum class LeaveKind { kInitial = 1, kExtension };
enum class LeaveCause { kIllness = 1, kWorkAccident, kOccupationalDisease, kMaternity };
enum class WorkKind {
  kSickLeave = 1, kTherapeuticPartTime, kFullTime, kContractualPartTime, kMaternityLeave, kUnemployed,
  kRetired, kInactive, kTraining, kDeceased, kUnknown, kPaidLeave
};
enum class PhaseKind { kLeave = 1, kPreparation, kReturned };
// kExpected is never recorded: foreseen by the protocol, planned by nobody.
enum class VisitState { kPlanned = 1, kDone, kMissed, kCancelled, kRescheduled, kExpected };
enum class Timeline { kWorkStatus = 1, kPhase };

absl::string_view NameOf(MilestoneKind kind);
absl::string_view NameOf(LeaveKind kind);
absl::string_view NameOf(LeaveCause cause);
absl::string_view NameOf(WorkKind kind);
absl::string_view NameOf(PhaseKind kind);
absl::string_view NameOf(VisitState state);
absl::string_view NameOf(Timeline timeline);

// The kind with this name; null for a name that is not one. For each of the enums above.
template <typename Kind>
std::optional<Kind> KindOf(absl::string_view name);
// The kind with this number; null for 0 and for numbers that are not one.
template <typename Kind>
std::optional<Kind> KindOfNumber(int number) {
  const Kind kind = static_cast<Kind>(number);
  if (number < 1 || NameOf(kind).empty()) return std::nullopt;
  return kind;
}

// Whether a share of the contract is worked: full time and the two kinds of part-time.
bool IsWork(WorkKind kind);

}  // namespace reprise::phase

#endif  // REPRISE_PHASE_DOMAIN_COURSE_KINDS_H_
