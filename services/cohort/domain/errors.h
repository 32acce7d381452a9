// SPDX-License-Identifier: Apache-2.0
// Every failure of the cohort service, by name. None holds an arm, a seed or a place of a list.
#ifndef REPRISE_COHORT_DOMAIN_ERRORS_H_
#define REPRISE_COHORT_DOMAIN_ERRORS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace reprise::cohort {

absl::Status StudyNotFound(const std::string& study_id);              // NOT_FOUND STUDY_NOT_FOUND
absl::Status ParticipantNotFound(const std::string& participant_id);  // NOT_FOUND PARTICIPANT_NOT_FOUND
absl::Status ListNotFound(const std::string& stage);                  // NOT_FOUND ALLOCATION_LIST_NOT_FOUND
absl::Status AllocationNotFound(const std::string& participant_id);   // NOT_FOUND ALLOCATION_NOT_FOUND

absl::Status StageRequired();  // INVALID_ARGUMENT FIELD_REQUIRED
absl::Status StageUnknown();   // INVALID_ARGUMENT STAGE_UNKNOWN
absl::Status InstantInFuture();  // INVALID_ARGUMENT INSTANT_IN_FUTURE

absl::Status ProtocolMissing();    // FAILED_PRECONDITION PROTOCOL_MISSING
absl::Status SeedMalformed();      // INVALID_ARGUMENT SEED_MALFORMED
absl::Status StageWithoutArms();   // FAILED_PRECONDITION STAGE_WITHOUT_ARMS
absl::Status DesignUnusable(absl::string_view why);  // FAILED_PRECONDITION DESIGN_INVALID
absl::Status KeyMismatch();        // FAILED_PRECONDITION ALLOCATION_KEY_MISMATCH
absl::Status ListMissing(const std::string& stage);  // FAILED_PRECONDITION ALLOCATION_LIST_MISSING
absl::Status NotEnrolled(const std::string& state);  // FAILED_PRECONDITION PARTICIPANT_NOT_ENROLLED
absl::Status SiteNotOpen(const std::string& site);   // FAILED_PRECONDITION SITE_NOT_OPEN
// FAILED_PRECONDITION BASELINE_INCOMPLETE with `timepoint` and `missing`, the instruments' ids.
absl::Status BaselineIncomplete(const std::string& timepoint, const std::vector<std::string>& missing);

absl::Status Allocated();            // ALREADY_EXISTS PARTICIPANT_ALLOCATED
absl::Status OutOfScope();           // PERMISSION_DENIED OUT_OF_SCOPE: the whole study is needed

absl::Status ReasonRequired();       // INVALID_ARGUMENT CHANGE_REASON_REQUIRED
absl::Status ReasonTooLong();        // INVALID_ARGUMENT FIELD_TOO_LONG
absl::Status ReasonHoldsIdentity();  // INVALID_ARGUMENT TEXT_HOLDS_IDENTITY
absl::Status NothingChanged();       // INVALID_ARGUMENT NOTHING_CHANGED

}  // namespace reprise::cohort

#endif  // REPRISE_COHORT_DOMAIN_ERRORS_H_
