// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/course/errors.h"

#include "absl/strings/str_cat.h"

namespace reprise::phase {
namespace {

using absl::StatusCode;

absl::Status NotNow(absl::string_view reason, absl::string_view message, error::Metadata metadata = {}) {
  return error::Make(StatusCode::kFailedPrecondition, reason, message, std::move(metadata));
}

}  // namespace

absl::Status ParticipantNotFound(const std::string& participant_id) {
  return error::Make(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND", "There is no such participant.",
                     {{"participant_id", participant_id}});
}
absl::Status ParticipantNotEnrolled() {
  return NotNow("PARTICIPANT_NOT_ENROLLED", "The participant is not enrolled.");
}
absl::Status ParticipantClosed(absl::string_view path) {
  return NotNow("PARTICIPANT_CLOSED", "The participation ended before this day.",
                {{"field", std::string(path)}});
}
absl::Status ParticipantDeceased() {
  return NotNow("PARTICIPANT_DECEASED", "Nothing follows a death.");
}
absl::Status DateInFuture(absl::string_view path) {
  return error::InvalidField(path, "DATE_IN_FUTURE", "The day must not lie in the future.");
}
absl::Status DateBeforeConsent(absl::string_view path) {
  return error::InvalidField(path, "DATE_BEFORE_CONSENT", "The day must not lie before the consent.");
}
absl::Status KindUnknown(absl::string_view path) {
  return error::InvalidField(path, "KIND_UNKNOWN", "One of the values of the contract is required.");
}
absl::Status TextTooLong(absl::string_view path, int most_bytes) {
  return error::InvalidField(path, "FIELD_TOO_LONG", absl::StrCat("At most ", most_bytes, " bytes."));
}
absl::Status TextHoldsIdentity(absl::string_view path) {
  return error::InvalidField(path, "TEXT_HOLDS_IDENTITY",
                             "A social-security or telephone number must not be entered here.");
}
absl::Status ChangeReasonRequired() {
  return error::InvalidField("change_reason", "CHANGE_REASON_REQUIRED", "A correction needs a reason.");
}
absl::Status NothingChanged(absl::string_view path) {
  return error::InvalidField(path, "NOTHING_CHANGED", "This is what is recorded already.");
}

absl::Status T0BeforeTreatmentEnd() {
  return error::InvalidField("date", "T0_BEFORE_TREATMENT_END",
                             "The end of active treatment must not lie before the end of any treatment.");
}
absl::Status LeaveReversed() {
  return error::InvalidField("end_date", "LEAVE_REVERSED", "The leave must not end before it begins.");
}
absl::Status LeaveTooLong() {
  return error::InvalidField("end_date", "LEAVE_TOO_LONG",
                             "One prescription covers at most three years; check the dates.");
}
absl::Status LeaveNotFound(const std::string& leave_id) {
  return error::Make(StatusCode::kNotFound, "LEAVE_NOT_FOUND", "There is no such prescription of leave.",
                     {{"leave_id", leave_id}});
}
absl::Status LeaveVoided() { return NotNow("LEAVE_VOIDED", "The prescription is void already."); }

absl::Status WorkStatusOverlap() {
  return error::InvalidField("start_date", "WORK_STATUS_OVERLAP",
                             "The day must lie after the last episode's; correct the timeline instead.");
}
absl::Status PercentInvalid(absl::string_view path) {
  return error::InvalidField(path, "PERCENT_INVALID",
                             "The three kinds of work have a share: full time 100, therapeutic part-time "
                             "1 to 99, part-time by contract 1 to 100; the others have none.");
}
absl::Status PhaseOverlap() {
  return error::InvalidField("start_date", "PHASE_OVERLAP",
                             "The day must lie after the present phase's; correct the timeline instead.");
}
absl::Status PhaseUnchanged() {
  return error::InvalidField("kind", "PHASE_UNCHANGED", "The participant is in this phase already.");
}
absl::Status TriggerRequired() {
  return error::InvalidField("trigger", "TRIGGER_REQUIRED", "A step back needs what caused it.");
}
absl::Status ReturnWithoutWork() {
  return NotNow("RETURN_WITHOUT_WORK", "The phase after the return begins on a day with work.");
}
absl::Status EpisodesInvalid(const std::vector<error::Violation>& violations) {
  return error::Invalid("EPISODES_INVALID", "The episodes do not make a timeline.", violations);
}
absl::Status EtagMismatch(int revision) {
  return error::Make(StatusCode::kAborted, "ETAG_MISMATCH", "The timeline was changed in the meantime.",
                     {{"etag", absl::StrCat(revision)}, {"revision", absl::StrCat(revision)}});
}

absl::Status VisitUnknown() {
  return error::InvalidField("visit", "VISIT_UNKNOWN",
                             "The participant's version of the protocol has no such visit for her stage.");
}
absl::Status VisitNotFound(const std::string& visit_id) {
  return error::Make(StatusCode::kNotFound, "VISIT_NOT_FOUND", "There is no such visit.",
                     {{"visit_id", visit_id}});
}
absl::Status VisitNotPlanned(absl::string_view state) {
  return NotNow("VISIT_NOT_PLANNED", "What became of the visit is recorded already.",
                {{"state", std::string(state)}});
}
absl::Status VisitNotYours() {
  return error::Make(StatusCode::kPermissionDenied, "VISIT_NOT_YOURS",
                     "The study document gives this visit to another profession.");
}
absl::Status ModeUnknown() {
  return error::InvalidField("mode", "MODE_UNKNOWN", "IN_PERSON, VIDEO or TELEPHONE is required.");
}
absl::Status MeasureUnknown(int position) {
  return error::InvalidField(absl::StrCat("measures[", position, "]"), "MEASURE_UNKNOWN",
                             "WORK_TIME, JOB_ADAPTATION, or NONE alone; only for a physician's visit.");
}
absl::Status StateInvalid(absl::string_view path) {
  return error::InvalidField(path, "STATE_INVALID", "The state is none of those that the contract names here.");
}
absl::Status ComponentUnknown() {
  return error::InvalidField("component", "COMPONENT_UNKNOWN",
                             "The participant's version of the protocol has no such component.");
}
absl::Status RecipientUnknown() {
  return error::InvalidField("recipient", "RECIPIENT_UNKNOWN",
                             "PARTICIPANT, GENERAL_PRACTITIONER, OCCUPATIONAL_PHYSICIAN, EMPLOYER, "
                             "MANAGER or COLLEAGUE.");
}
absl::Status ComponentNotApplicable() {
  return NotNow("COMPONENT_NOT_APPLICABLE",
                "The component is for a longer leave; `out_of_protocol` records it nevertheless.");
}

}  // namespace reprise::phase
