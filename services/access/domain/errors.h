// SPDX-License-Identifier: Apache-2.0
// Every failure of the access service, by name.
#ifndef REPRISE_ACCESS_DOMAIN_ERRORS_H_
#define REPRISE_ACCESS_DOMAIN_ERRORS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace reprise::access {

absl::Status LoginRefused();                       // UNAUTHENTICATED LOGIN_REFUSED
absl::Status LoginSlowed(absl::Duration wait);     // UNAVAILABLE LOGIN_SLOWED, RetryInfo
absl::Status ServerBusy();                         // UNAVAILABLE SERVER_BUSY, RetryInfo
absl::Status SecondFactorRequired();               // UNAUTHENTICATED SECOND_FACTOR_REQUIRED
absl::Status SecondFactorRefused();                // UNAUTHENTICATED SECOND_FACTOR_REFUSED
absl::Status SecondFactorOn();                     // FAILED_PRECONDITION SECOND_FACTOR_ON
absl::Status SecondFactorOff();                    // FAILED_PRECONDITION SECOND_FACTOR_OFF
absl::Status SecondFactorNotStarted();             // FAILED_PRECONDITION SECOND_FACTOR_NOT_STARTED
absl::Status SelfReset();                          // FAILED_PRECONDITION SELF_RESET
absl::Status PasswordUnchanged();                  // INVALID_ARGUMENT PASSWORD_UNCHANGED
absl::Status PasswordAbsent();                     // FAILED_PRECONDITION PASSWORD_ABSENT
absl::Status ReasonInvalid(const std::string& reason);  // INVALID_ARGUMENT FIELD_REQUIRED or FIELD_TOO_LONG
absl::Status ReasonHoldsIdentity();                // INVALID_ARGUMENT TEXT_HOLDS_IDENTITY
absl::Status SessionNotFound();                    // NOT_FOUND SESSION_NOT_FOUND
absl::Status UserNotFound(const std::string& user_id);              // NOT_FOUND USER_NOT_FOUND
absl::Status UserDisabled();                       // FAILED_PRECONDITION USER_DISABLED
absl::Status UserEnabled();                        // FAILED_PRECONDITION USER_ENABLED
absl::Status LoginNameTaken();                     // ALREADY_EXISTS LOGIN_NAME_TAKEN
absl::Status EtagMismatch(const std::string& current);              // ABORTED ETAG_MISMATCH
absl::Status AdministratorIsThere();               // FAILED_PRECONDITION ADMINISTRATOR_EXISTS
absl::Status LastAdministrator();                  // FAILED_PRECONDITION LAST_ADMINISTRATOR
absl::Status SelfDelegation();                     // FAILED_PRECONDITION SELF_DELEGATION
absl::Status RoleNotDelegable(const std::string& role);             // PERMISSION_DENIED ROLE_NOT_DELEGABLE
absl::Status BeyondSites();                        // PERMISSION_DENIED OUT_OF_SCOPE
absl::Status DelegationNotFound(const std::string& delegation_id);  // NOT_FOUND DELEGATION_NOT_FOUND
absl::Status DelegationEnded();                    // FAILED_PRECONDITION DELEGATION_ENDED
absl::Status ParticipantNotFound(const std::string& participant_id);  // NOT_FOUND PARTICIPANT_NOT_FOUND
absl::Status ParticipantNotReachable();            // FAILED_PRECONDITION PARTICIPANT_NOT_REACHABLE
absl::Status LinkNotFound(const std::string& link_id);              // NOT_FOUND LINK_NOT_FOUND
absl::Status LinkUnknown();                        // NOT_FOUND LINK_UNKNOWN
absl::Status LinkUsed();                           // FAILED_PRECONDITION LINK_USED
absl::Status LinkExpired();                        // FAILED_PRECONDITION LINK_EXPIRED
absl::Status LinkRevoked();                        // FAILED_PRECONDITION LINK_REVOKED

}  // namespace reprise::access

#endif  // REPRISE_ACCESS_DOMAIN_ERRORS_H_
