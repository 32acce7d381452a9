// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/response/errors.h"

namespace reprise::questionnaire {

using absl::StatusCode;

absl::Status ParticipantNotFound(const std::string& participant_id) {
  return error::Make(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND", "There is no such participant.",
                     {{"participant_id", participant_id}});
}
absl::Status InstrumentVersionNotFound(const std::string& version_id) {
  return error::Make(StatusCode::kNotFound, "INSTRUMENT_VERSION_NOT_FOUND",
                     "There is no such published instrument.", {{"instrument_version_id", version_id}});
}
absl::Status InstanceNotFound(const std::string& instance_id) {
  return error::Make(StatusCode::kNotFound, "INSTANCE_NOT_FOUND", "There is no such questionnaire.",
                     {{"instance_id", instance_id}});
}
absl::Status ResponseNotFound() {
  return error::Make(StatusCode::kNotFound, "RESPONSE_NOT_FOUND",
                     "The questionnaire has no answers in this version.");
}
absl::Status InstanceNotSubmitted() {
  return error::Make(StatusCode::kFailedPrecondition, "INSTANCE_NOT_SUBMITTED",
                     "The questionnaire was not submitted yet.", {{"state", "OPEN"}});
}
absl::Status EtagMismatch(const std::string& current) {
  return error::Make(StatusCode::kAborted, "ETAG_MISMATCH",
                     "The answers have changed since they were read; read them again.",
                     {{"etag", current}});
}
absl::Status EtagRequired() {
  return error::InvalidField("etag", "ETAG_REQUIRED", "The etag of the corrected version is required.");
}
absl::Status ChangeReasonRequired() {
  return error::InvalidField("change_reason", "CHANGE_REASON_REQUIRED",
                             "Why the answers are corrected is required, in at most 500 bytes.");
}
absl::Status ChangeReasonHoldsIdentity() {
  return error::InvalidField("change_reason", "TEXT_HOLDS_IDENTITY",
                             "A social-security or telephone number must not be entered here.");
}
absl::Status NothingChanged() {
  return error::InvalidField("answers", "NOTHING_CHANGED", "The answers are those already stored.");
}
absl::Status TimepointMalformed() {
  return error::InvalidField("timepoint", "TIMEPOINT_MALFORMED",
                             "1 to 40 letters, digits and +-_. are required.");
}
absl::Status DocumentTooLarge() {
  return error::InvalidField("document", "FIELD_TOO_LONG", "At most 1 MiB.");
}
absl::Status InstanceExists() {
  return error::Make(StatusCode::kAlreadyExists, "INSTANCE_EXISTS",
                     "The participant has this questionnaire for this timepoint already.");
}
absl::Status InstanceCancelled() {
  return error::Make(StatusCode::kFailedPrecondition, "INSTANCE_CANCELLED",
                     "Nothing more is asked of this participant.", {{"state", "CANCELLED"}});
}
absl::Status InstanceNotDue(const std::string& why) {
  return error::Make(StatusCode::kFailedPrecondition, "INSTANCE_NOT_DUE",
                     "The questionnaire is not due yet.", {{"state", "SCHEDULED"}, {"because", why}});
}
absl::Status InstanceSubmitted() {
  return error::Make(StatusCode::kFailedPrecondition, "INSTANCE_SUBMITTED",
                     "The questionnaire was submitted already; correct it instead.",
                     {{"state", "SUBMITTED"}});
}
absl::Status InstrumentVersionNotScheduled(const std::string& scheduled_version) {
  return error::Make(StatusCode::kFailedPrecondition, "INSTRUMENT_VERSION_NOT_SCHEDULED",
                     "The study document schedules another version of the instrument for her.",
                     {{"scheduled_version", scheduled_version}});
}
absl::Status InstanceNotScheduled() {
  return error::Make(absl::StatusCode::kFailedPrecondition, "INSTANCE_NOT_SCHEDULED",
                     "Participants open what the study schedules for them to answer.");
}
absl::Status StageRequired() {
  return error::InvalidField("stage", "FIELD_REQUIRED", "The code of a stage is required.");
}
absl::Status StageUnknown() {
  return error::InvalidField("stage", "STAGE_UNKNOWN", "The protocol has no such stage.");
}
absl::Status InstantInFuture() {
  return error::InvalidField("as_of_time", "INSTANT_IN_FUTURE",
                             "What will be recorded is not known yet; leave the instant out for now.");
}
absl::Status AnsweredInFuture() {
  return error::InvalidField("answered_date", "DATE_IN_FUTURE",
                             "A questionnaire cannot have been answered after today.");
}
absl::Status AnsweredBeforeOpening() {
  return error::InvalidField("answered_date", "DATE_BEFORE_OPENING",
                             "A questionnaire cannot have been answered before it was due, or before consent.");
}
absl::Status AnswersInvalid(const std::vector<error::Violation>& violations) {
  return error::Invalid("ANSWERS_INVALID", "Some answers cannot be accepted.", violations);
}

}  // namespace reprise::questionnaire
