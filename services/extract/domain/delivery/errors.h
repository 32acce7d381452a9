// SPDX-License-Identifier: Apache-2.0
// Every failure of requests for data and of their delivery, by name.
#ifndef REPRISE_EXTRACT_DOMAIN_DELIVERY_ERRORS_H_
#define REPRISE_EXTRACT_DOMAIN_DELIVERY_ERRORS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace reprise::extract {

absl::Status StudyNotFound(const std::string& study_id);      // NOT_FOUND STUDY_NOT_FOUND
absl::Status ExtractNotFound(const std::string& extract_id);  // NOT_FOUND EXTRACT_NOT_FOUND
absl::Status StageUnknown();                                  // INVALID_ARGUMENT STAGE_UNKNOWN
absl::Status FieldRequired(absl::string_view path);           // INVALID_ARGUMENT FIELD_REQUIRED
absl::Status FieldTooLong(absl::string_view path);            // INVALID_ARGUMENT FIELD_TOO_LONG
absl::Status TextHoldsIdentity(absl::string_view path);       // INVALID_ARGUMENT TEXT_HOLDS_IDENTITY
absl::Status ExtractDecided(absl::string_view state);         // FAILED_PRECONDITION EXTRACT_DECIDED
absl::Status ExtractNotApproved(absl::string_view state);     // FAILED_PRECONDITION EXTRACT_NOT_APPROVED
absl::Status SelfApproval();                                  // PERMISSION_DENIED SELF_APPROVAL
absl::Status WholeStudyRequired();                            // PERMISSION_DENIED OUT_OF_SCOPE
absl::Status KeyUnreadable();                                 // INTERNAL INTERNAL: not sealed with our key
absl::Status ReaderGone();                                    // CANCELLED READER_GONE
absl::Status BrokenOff();                                     // UNAVAILABLE EXTRACT_BROKEN_OFF

}  // namespace reprise::extract

#endif  // REPRISE_EXTRACT_DOMAIN_DELIVERY_ERRORS_H_
