// SPDX-License-Identifier: Apache-2.0
// Every failure of the enrolment service, by name; the comment is code and reason.
#ifndef REPRISE_ENROLMENT_DOMAIN_ERRORS_H_
#define REPRISE_ENROLMENT_DOMAIN_ERRORS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace reprise::enrolment {

using Day = std::optional<absl::CivilDay>;

absl::Status SiteNotFound(const std::string& site_id);                // NOT_FOUND SITE_NOT_FOUND
absl::Status ParticipantNotFound(const std::string& participant_id);  // NOT_FOUND PARTICIPANT_NOT_FOUND
absl::Status ScreeningNotFound(const std::string& screening_id);      // NOT_FOUND SCREENING_NOT_FOUND
absl::Status PhysicianUnknown(const std::string& user_id);            // NOT_FOUND PHYSICIAN_UNKNOWN
absl::Status PhysicianNotAssigned(const std::string& user_id);        // NOT_FOUND PHYSICIAN_NOT_ASSIGNED

// INVALID_ARGUMENT, naming the field; what stood in it may be of any length and is not repeated.
absl::Status FieldRequired(absl::string_view path);                          // FIELD_REQUIRED
absl::Status FieldTooLong(absl::string_view path, size_t most);              // FIELD_TOO_LONG
absl::Status TextHoldsIdentity(absl::string_view path);                      // TEXT_HOLDS_IDENTITY
absl::Status CodeMalformed(absl::string_view path);                          // CODE_MALFORMED
absl::Status DateInFuture(absl::string_view path, absl::CivilDay today);     // DATE_IN_FUTURE
absl::Status DateBeforeScreening(absl::string_view path, absl::CivilDay screened);  // DATE_BEFORE_SCREENING
absl::Status DateBeforeConsent(absl::string_view path, absl::CivilDay consented);   // DATE_BEFORE_CONSENT
absl::Status StageUnknown();                                                 // STAGE_UNKNOWN
absl::Status CriteriaUnknown(const std::vector<size_t>& places);             // CRITERION_UNKNOWN
absl::Status ReasonUnknown();                                                // REASON_UNKNOWN
absl::Status KindInvalid();                                                  // KIND_INVALID
absl::Status ConsentFormUnknown();                                           // CONSENT_FORM_UNKNOWN

// FAILED_PRECONDITION, with the state found.
absl::Status ProtocolMissing(absl::CivilDay day);                            // PROTOCOL_MISSING
absl::Status StageNotOpen(const std::string& stage, Day opens, Day closes);  // STAGE_NOT_OPEN
absl::Status SiteNotOpen(const std::string& site, Day opens, Day closes);    // SITE_NOT_OPEN
absl::Status EthicsOpinionMissing(Day opinion);                              // ETHICS_OPINION_MISSING
absl::Status ScreeningIneligible();                                          // SCREENING_INELIGIBLE
absl::Status ScreeningIdentified();                                          // SCREENING_IDENTIFIED
absl::Status ScreeningDeclined();                                            // SCREENING_DECLINED
absl::Status ScreeningConsented();                                           // SCREENING_CONSENTED
absl::Status IdentityMissing();                                              // IDENTITY_MISSING
// CONSENT_FORM_EXPIRED, CONSENT_FORM_NOT_YET_VALID
absl::Status ConsentFormExpired(const std::string& form, const std::string& version, absl::CivilDay last);
absl::Status ConsentFormNotYetValid(const std::string& form, const std::string& version,
                                    absl::CivilDay first);
absl::Status StatusTransitionInvalid(const char* status, const char* event); // STATUS_TRANSITION_INVALID
absl::Status AgeNotEligible(const std::string& criterion, int min_age, int max_age);  // AGE_NOT_ELIGIBLE
absl::Status FollowUpNotOver(Day last);                                      // FOLLOW_UP_NOT_OVER

absl::Status IdentityUnreadable();  // INTERNAL SEAL_BROKEN

// ALREADY_EXISTS PERSON_IN_STUDY. Says nothing of where or who.
absl::Status PersonInStudy();

}  // namespace reprise::enrolment

#endif  // REPRISE_ENROLMENT_DOMAIN_ERRORS_H_
