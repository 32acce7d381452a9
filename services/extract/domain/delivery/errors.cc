// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/delivery/errors.h"

#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"

namespace reprise::extract {

using absl::StatusCode;

absl::Status StudyNotFound(const std::string& study_id) {
  return error::Make(StatusCode::kNotFound, "STUDY_NOT_FOUND", "There is no such study.",
                     {{"study_id", study_id}});
}
absl::Status ExtractNotFound(const std::string& extract_id) {
  return error::Make(StatusCode::kNotFound, "EXTRACT_NOT_FOUND", "There is no such extract.",
                     {{"extract_id", extract_id}});
}
absl::Status StageUnknown() {
  return error::InvalidField("stage", "STAGE_UNKNOWN", "The study has no such stage.");
}
absl::Status FieldRequired(absl::string_view path) {
  return error::InvalidField(path, "FIELD_REQUIRED", "A text is required.");
}
absl::Status FieldTooLong(absl::string_view path) {
  return error::InvalidField(path, "FIELD_TOO_LONG", "At most 500 bytes.");
}
absl::Status TextHoldsIdentity(absl::string_view path) {
  return error::InvalidField(path, "TEXT_HOLDS_IDENTITY",
                             "A social-security or telephone number must not be entered here.");
}
absl::Status ExtractDecided(absl::string_view state) {
  return error::Make(StatusCode::kFailedPrecondition, "EXTRACT_DECIDED", "The request was decided already.",
                     {{"state", std::string(state)}});
}
absl::Status ExtractNotApproved(absl::string_view state) {
  return error::Make(StatusCode::kFailedPrecondition, "EXTRACT_NOT_APPROVED", "The extract is not approved.",
                     {{"state", std::string(state)}});
}
absl::Status SelfApproval() {
  return error::Make(StatusCode::kPermissionDenied, "SELF_APPROVAL",
                     "Nobody decides about an own request.");
}
absl::Status WholeStudyRequired() {
  return error::Make(StatusCode::kPermissionDenied, "OUT_OF_SCOPE",
                     "An extract is of the whole study, not of single sites.");
}
absl::Status KeyUnreadable() {
  return error::Make(StatusCode::kInternal, "INTERNAL", "The call failed.");
}
absl::Status ReaderGone() {
  return error::Make(StatusCode::kCancelled, "READER_GONE", "The caller has gone.");
}
absl::Status BrokenOff() {
  return error::Retry("EXTRACT_BROKEN_OFF", "The database broke off; download the extract again.",
                      absl::Milliseconds(500));
}

}  // namespace reprise::extract
