// SPDX-License-Identifier: Apache-2.0
// Every failure of protocols, by name.
#ifndef REPRISE_STUDY_DOMAIN_ERRORS_H_
#define REPRISE_STUDY_DOMAIN_ERRORS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

#include "services/study/domain/document/compare.h"
#include "services/study/domain/document/fault.h"

namespace reprise::study {

// INVALID_ARGUMENT PROTOCOL_INVALID, one violation a fault, by line; paths as `name:12:5 stages[PILOT].kind`.
absl::Status ProtocolInvalid(absl::string_view name, std::vector<Fault> faults);
// FAILED_PRECONDITION PROTOCOL_CHANGE_FORBIDDEN; metadata `changes` has every path with its reason.
absl::Status ProtocolChangeForbidden(const std::vector<ForbiddenChange>& changes);
absl::Status StudyNotFound(const std::string& study_id);       // NOT_FOUND STUDY_NOT_FOUND
absl::Status ProtocolVersionNotFound();                        // NOT_FOUND PROTOCOL_VERSION_NOT_FOUND
absl::Status EtagMismatch(int live_version);                   // ABORTED ETAG_MISMATCH
absl::Status NothingChanged();                                 // INVALID_ARGUMENT NOTHING_CHANGED
absl::Status ChangeReasonRequired();                           // INVALID_ARGUMENT CHANGE_REASON_REQUIRED
absl::Status ChangeReasonTooLong();                            // INVALID_ARGUMENT FIELD_TOO_LONG
absl::Status ChangeReasonHoldsIdentity();                      // INVALID_ARGUMENT TEXT_HOLDS_IDENTITY

}  // namespace reprise::study

#endif  // REPRISE_STUDY_DOMAIN_ERRORS_H_
