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
absl::Status SessionNotFound();                    // NOT_FOUND SESSION_NOT_FOUND
absl::Status UserNotFound(const std::string& user_id);              // NOT_FOUND USER_NOT_FOUND
absl::Status UserDisabled();                       // FAILED_PRECONDITION USER_DISABLED
absl::Status EtagMismatch(const std::string& current);              // ABORTED ETAG_MISMATCH
absl::Status AdministratorIsThere();               // FAILED_PRECONDITION ADMINISTRATOR_EXISTS
absl::Status SelfDelegation();                     // FAILED_PRECONDITION SELF_DELEGATION
absl::Status RoleNotDelegable(const std::string& role);             // PERMISSION_DENIED ROLE_NOT_DELEGABLE
absl::Status BeyondSites();                        // PERMISSION_DENIED OUT_OF_SCOPE
absl::Status DelegationNotFound(const std::string& delegation_id);  // NOT_FOUND DELEGATION_NOT_FOUND
absl::Status DelegationEnded();                    // FAILED_PRECONDITION DELEGATION_ENDED

}  // namespace reprise::access

#endif  // REPRISE_ACCESS_DOMAIN_ERRORS_H_
