// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/errors.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "services/platform/error/error.h"

namespace reprise::cohort {
namespace {

absl::Status Missing(absl::string_view reason, absl::string_view message, error::Metadata metadata) {
  return error::Make(absl::StatusCode::kNotFound, reason, message, std::move(metadata));
}
absl::Status Precondition(absl::string_view reason, absl::string_view message,
                          error::Metadata metadata = {}) {
  return error::Make(absl::StatusCode::kFailedPrecondition, reason, message, std::move(metadata));
}

}  // namespace

absl::Status StudyNotFound(const std::string& study_id) {
  return Missing("STUDY_NOT_FOUND", "There is no such study.", {{"study_id", study_id}});
}
absl::Status ParticipantNotFound(const std::string& participant_id) {
  return Missing("PARTICIPANT_NOT_FOUND", "There is no such participant.",
                 {{"participant_id", participant_id}});
}
absl::Status ListNotFound(const std::string& stage) {
  return Missing("ALLOCATION_LIST_NOT_FOUND", "The stage has no allocation list.", {{"stage", stage}});
}
absl::Status AllocationNotFound(const std::string& participant_id) {
  return Missing("ALLOCATION_NOT_FOUND", "The participant is not allocated.",
                 {{"participant_id", participant_id}});
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

absl::Status ProtocolMissing() {
  return Precondition("PROTOCOL_MISSING", "The study has no protocol yet.");
}
absl::Status SeedMalformed() {
  return error::InvalidField("seed", "SEED_MALFORMED", "A seed has 32 bytes.");
}

absl::Status StageWithoutArms() {
  return Precondition("STAGE_WITHOUT_ARMS", "Participants of this stage are not allocated to arms.");
}
absl::Status DesignUnusable(absl::string_view why) {
  return Precondition("DESIGN_INVALID",
                      absl::StrCat("No list can be drawn from the allocation of the protocol: ", why));
}
absl::Status KeyMismatch() {
  return Precondition("ALLOCATION_KEY_MISMATCH",
                      "The allocation key of this installation does not open the list.");
}
absl::Status ListMissing(const std::string& stage) {
  return Precondition("ALLOCATION_LIST_MISSING", "The allocation list of the stage must be made first.",
                      {{"stage", stage}});
}
absl::Status NotEnrolled(const std::string& state) {
  return Precondition("PARTICIPANT_NOT_ENROLLED",
                      "Only a participant who is enrolled and goes on can be allocated.", {{"state", state}});
}
absl::Status SiteNotOpen(const std::string& site) {
  return Precondition("SITE_NOT_OPEN", "The site is not open today.", {{"site", site}});
}
absl::Status BaselineIncomplete(const std::string& timepoint, const std::vector<std::string>& missing) {
  const std::string names = absl::StrJoin(missing, ", ");
  return Precondition("BASELINE_INCOMPLETE",
                      absl::StrCat("Questionnaires must be submitted first: ", names, "."),
                      {{"timepoint", timepoint}, {"missing", names}});
}

absl::Status Allocated() {
  return error::Make(absl::StatusCode::kAlreadyExists, "PARTICIPANT_ALLOCATED",
                     "The participant is allocated already.");
}
absl::Status OutOfScope() {
  return error::Make(absl::StatusCode::kPermissionDenied, "OUT_OF_SCOPE",
                     "A delegation for the whole study is needed.", {{"field", "study_id"}});
}

absl::Status ReasonRequired() {
  return error::InvalidField("change_reason", "CHANGE_REASON_REQUIRED", "A reason is required.");
}
absl::Status ReasonTooLong() {
  return error::InvalidField("change_reason", "FIELD_TOO_LONG", "At most 500 bytes.");
}
absl::Status ReasonHoldsIdentity() {
  return error::InvalidField("change_reason", "TEXT_HOLDS_IDENTITY",
                             "A social-security or telephone number must not be entered here.");
}
absl::Status NothingChanged() {
  return error::InvalidField("factors", "NOTHING_CHANGED", "The factors are recorded like that already.");
}

}  // namespace reprise::cohort
