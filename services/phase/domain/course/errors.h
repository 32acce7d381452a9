// SPDX-License-Identifier: Apache-2.0
// Every refusal of the phase service. `path` is the field as in the request. No message repeats a
// value of the participant.
#ifndef REPRISE_PHASE_DOMAIN_COURSE_ERRORS_H_
#define REPRISE_PHASE_DOMAIN_COURSE_ERRORS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

#include "services/platform/error/error.h"

namespace reprise::phase {

absl::Status ParticipantNotFound(const std::string& participant_id);
absl::Status ParticipantNotEnrolled();
absl::Status ParticipantClosed(absl::string_view path);
absl::Status ParticipantDeceased();
absl::Status DateInFuture(absl::string_view path);
absl::Status DateBeforeConsent(absl::string_view path);
absl::Status KindUnknown(absl::string_view path);
absl::Status TextTooLong(absl::string_view path, int most_bytes);
absl::Status TextHoldsIdentity(absl::string_view path);
absl::Status ChangeReasonRequired();
absl::Status NothingChanged(absl::string_view path);

absl::Status T0BeforeTreatmentEnd();
absl::Status LeaveReversed();
absl::Status LeaveTooLong();
absl::Status LeaveNotFound(const std::string& leave_id);
absl::Status LeaveVoided();

absl::Status WorkStatusOverlap();
absl::Status PercentInvalid(absl::string_view path);
absl::Status PhaseOverlap();
absl::Status PhaseUnchanged();
absl::Status TriggerRequired();
absl::Status ReturnWithoutWork();
absl::Status EpisodesInvalid(const std::vector<error::Violation>& violations);
absl::Status EtagMismatch(int revision);

absl::Status VisitUnknown();
absl::Status VisitNotFound(const std::string& visit_id);
absl::Status VisitNotPlanned(absl::string_view state);
absl::Status VisitNotYours();
absl::Status ModeUnknown();
absl::Status MeasureUnknown(int position);
absl::Status StateInvalid(absl::string_view path);
absl::Status ComponentUnknown();
absl::Status RecipientUnknown();
absl::Status ComponentNotApplicable();

}  // namespace reprise::phase

#endif  // REPRISE_PHASE_DOMAIN_COURSE_ERRORS_H_
