// SPDX-License-Identifier: Apache-2.0
// Every failure of instances and responses, by name.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_RESPONSE_ERRORS_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_RESPONSE_ERRORS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"

#include "services/platform/error/error.h"

namespace reprise::questionnaire {

absl::Status ParticipantNotFound(const std::string& participant_id);     // NOT_FOUND PARTICIPANT_NOT_FOUND
absl::Status InstrumentVersionNotFound(const std::string& version_id);   // NOT_FOUND INSTRUMENT_VERSION_NOT_FOUND
absl::Status InstanceNotFound(const std::string& instance_id);           // NOT_FOUND INSTANCE_NOT_FOUND
absl::Status ResponseNotFound();                                         // NOT_FOUND RESPONSE_NOT_FOUND
absl::Status InstanceNotSubmitted();             // FAILED_PRECONDITION INSTANCE_NOT_SUBMITTED
absl::Status EtagMismatch(const std::string& current);                   // ABORTED ETAG_MISMATCH
absl::Status EtagRequired();                     // INVALID_ARGUMENT ETAG_REQUIRED
absl::Status ChangeReasonRequired();             // INVALID_ARGUMENT CHANGE_REASON_REQUIRED
absl::Status ChangeReasonHoldsIdentity();        // INVALID_ARGUMENT TEXT_HOLDS_IDENTITY
absl::Status NothingChanged();                   // INVALID_ARGUMENT NOTHING_CHANGED
absl::Status TimepointMalformed();               // INVALID_ARGUMENT TIMEPOINT_MALFORMED
absl::Status DocumentTooLarge();                 // INVALID_ARGUMENT FIELD_TOO_LONG
absl::Status InstanceExists();                   // ALREADY_EXISTS INSTANCE_EXISTS
absl::Status InstanceCancelled();                // FAILED_PRECONDITION INSTANCE_CANCELLED
// FAILED_PRECONDITION INSTANCE_NOT_DUE; `why` is ANCHOR_UNKNOWN or BEFORE_WINDOW.
absl::Status InstanceNotDue(const std::string& why);
absl::Status InstanceSubmitted();                // FAILED_PRECONDITION INSTANCE_SUBMITTED
// FAILED_PRECONDITION INSTRUMENT_VERSION_NOT_SCHEDULED with the version that is.
absl::Status InstrumentVersionNotScheduled(const std::string& scheduled_version);
absl::Status InstanceNotScheduled();             // FAILED_PRECONDITION INSTANCE_NOT_SCHEDULED
absl::Status StageRequired();                    // INVALID_ARGUMENT FIELD_REQUIRED
absl::Status StageUnknown();                     // INVALID_ARGUMENT STAGE_UNKNOWN
absl::Status InstantInFuture();                  // INVALID_ARGUMENT INSTANT_IN_FUTURE
absl::Status AnsweredInFuture();                 // INVALID_ARGUMENT DATE_IN_FUTURE
absl::Status AnsweredBeforeOpening();            // INVALID_ARGUMENT DATE_BEFORE_OPENING
// INVALID_ARGUMENT ANSWERS_INVALID with one violation a faulty item.
absl::Status AnswersInvalid(const std::vector<error::Violation>& violations);

}  // namespace reprise::questionnaire

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_RESPONSE_ERRORS_H_
