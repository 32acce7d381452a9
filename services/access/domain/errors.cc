// SPDX-License-Identifier: Apache-2.0
#include "services/access/domain/errors.h"

#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"

namespace reprise::access {

using absl::StatusCode;

absl::Status LoginRefused() {
  return error::Make(StatusCode::kUnauthenticated, "LOGIN_REFUSED",
                     "The login name or the password is wrong, or the account is closed.");
}
absl::Status LoginSlowed(absl::Duration wait) {
  return error::Retry("LOGIN_SLOWED", "Too many failed logins; try again later.", wait);
}
absl::Status SessionNotFound() {
  return error::Make(StatusCode::kNotFound, "SESSION_NOT_FOUND", "The caller has no such session.");
}
absl::Status UserNotFound(const std::string& user_id) {
  return error::Make(StatusCode::kNotFound, "USER_NOT_FOUND", "There is no such user.",
                     {{"user_id", user_id}});
}
absl::Status UserDisabled() {
  return error::Make(StatusCode::kFailedPrecondition, "USER_DISABLED", "The account is closed already.");
}
absl::Status EtagMismatch(const std::string& current) {
  return error::Make(StatusCode::kAborted, "ETAG_MISMATCH",
                     "The account has changed since it was read; read it again.", {{"etag", current}});
}
absl::Status AdministratorIsThere() {
  return error::Make(StatusCode::kFailedPrecondition, "ADMINISTRATOR_EXISTS",
                     "An administrator was made before; she makes further accounts.");
}
absl::Status SelfDelegation() {
  return error::Make(StatusCode::kFailedPrecondition, "SELF_DELEGATION",
                     "Nobody delegates a role to herself.");
}
absl::Status RoleNotDelegable(const std::string& role) {
  return error::Make(StatusCode::kPermissionDenied, "ROLE_NOT_DELEGABLE",
                     "Only an administrator delegates this role.", {{"role", role}});
}
absl::Status BeyondSites() {
  return error::Make(StatusCode::kPermissionDenied, "OUT_OF_SCOPE",
                     "The caller delegates at her sites only, not in the whole study.",
                     {{"field", "site_id"}});
}
absl::Status DelegationNotFound(const std::string& delegation_id) {
  return error::Make(StatusCode::kNotFound, "DELEGATION_NOT_FOUND", "There is no such delegation.",
                     {{"delegation_id", delegation_id}});
}
absl::Status DelegationEnded() {
  return error::Make(StatusCode::kFailedPrecondition, "DELEGATION_ENDED",
                     "The delegation has ended already.");
}

}  // namespace reprise::access
