// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/course/guards.h"

#include <algorithm>

#include "services/phase/domain/course/errors.h"
#include "services/platform/text/identifier.h"

namespace reprise::phase {
namespace {

constexpr int kMaxReasonBytes = 500;
constexpr int kMaxLeaveDays = 1096;

absl::Status CheckOpen(const Participation& participation, absl::CivilDay day, absl::string_view path) {
  if (day > participation.withdrawal.value_or(day) || day > participation.death.value_or(day)) {
    return ParticipantClosed(path);
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckEnrolled(const Participation& participation) {
  return participation.enrolled.has_value() ? absl::OkStatus() : ParticipantNotEnrolled();
}

absl::Status CheckDay(const Participation& participation, absl::CivilDay day, absl::CivilDay today,
                      FactOf fact, absl::string_view path) {
  if (day > today) return DateInFuture(path);
  return CheckPlannedDay(participation, day, fact, path);
}

absl::Status CheckPlannedDay(const Participation& participation, absl::CivilDay day, FactOf fact,
                             absl::string_view path) {
  if (fact == FactOf::kStudy && day < participation.consent.value_or(day)) return DateBeforeConsent(path);
  return CheckOpen(participation, day, path);
}

absl::Status CheckChangeReason(const std::string& reason) {
  if (reason.empty()) return ChangeReasonRequired();
  return CheckText(reason, "change_reason", kMaxReasonBytes);
}

absl::Status CheckText(const std::string& text, absl::string_view path, int most_bytes) {
  if (text.size() > static_cast<size_t>(most_bytes)) return TextTooLong(path, most_bytes);
  if (text::FindIdentifier(text) != text::Identifier::kNone) return TextHoldsIdentity(path);
  return absl::OkStatus();
}

absl::Status CheckTreatment(const std::vector<Milestone>& milestones) {
  const std::optional<absl::CivilDay> t0 = DateOf(milestones, MilestoneKind::kActiveTreatmentEnd);
  for (const MilestoneKind end : {MilestoneKind::kSurgery, MilestoneKind::kChemotherapyStart,
                                  MilestoneKind::kChemotherapyEnd, MilestoneKind::kRadiotherapyEnd}) {
    const std::optional<absl::CivilDay> day = DateOf(milestones, end);
    if (t0.has_value() && day.has_value() && *t0 < *day) return T0BeforeTreatmentEnd();
  }
  return absl::OkStatus();
}

absl::Status CheckLeave(const Leave& leave) {
  if (leave.end < leave.start) return LeaveReversed();
  // From the issue as well, so that a mistyped year does not put the whole leave decades ahead.
  if (leave.end - std::min(leave.start, leave.issued) + 1 > kMaxLeaveDays) return LeaveTooLong();
  return absl::OkStatus();
}

}  // namespace reprise::phase
