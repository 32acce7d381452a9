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
absl::Status ServerBusy() {
  return error::Retry("SERVER_BUSY", "Too many passwords wait for their check.", absl::Seconds(1));
}
absl::Status SecondFactorRequired() {
  return error::Make(StatusCode::kUnauthenticated, "SECOND_FACTOR_REQUIRED",
                     "This account needs a code of its authenticator, or a recovery code, besides.");
}
absl::Status SecondFactorRefused() {
  return error::Make(StatusCode::kUnauthenticated, "SECOND_FACTOR_REFUSED",
                     "The code is wrong, over or was used before.");
}
absl::Status SecondFactorOn() {
  return error::Make(StatusCode::kFailedPrecondition, "SECOND_FACTOR_ON",
                     "The account has a second factor; remove it first.");
}
absl::Status SecondFactorOff() {
  return error::Make(StatusCode::kFailedPrecondition, "SECOND_FACTOR_OFF",
                     "The account has no second factor.");
}
absl::Status SecondFactorNotStarted() {
  return error::Make(StatusCode::kFailedPrecondition, "SECOND_FACTOR_NOT_STARTED",
                     "No second factor waits for its first code; start one.");
}
absl::Status SelfReset() {
  return error::Make(StatusCode::kFailedPrecondition, "SELF_RESET",
                     "Nobody resets her own; another administrator does.");
}
absl::Status PasswordUnchanged() {
  return error::InvalidField("new_password", "PASSWORD_UNCHANGED", "Another password is required.");
}
absl::Status PasswordAbsent() {
  return error::Make(StatusCode::kFailedPrecondition, "PASSWORD_ABSENT",
                     "The account has no password; its participant comes by links.");
}
absl::Status ReasonInvalid(const std::string& reason) {
  if (reason.empty()) return error::InvalidField("reason", "FIELD_REQUIRED", "A reason is required.");
  return error::InvalidField("reason", "FIELD_TOO_LONG", "At most 500 bytes.");
}
absl::Status ReasonHoldsIdentity() {
  return error::InvalidField("reason", "TEXT_HOLDS_IDENTITY",
                             "A social-security or telephone number must not be entered here.");
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
absl::Status UserEnabled() {
  return error::Make(StatusCode::kFailedPrecondition, "USER_ENABLED", "The account is open already.");
}
absl::Status LoginNameTaken() {
  return error::Make(StatusCode::kAlreadyExists, "LOGIN_NAME_TAKEN", "Another account has this login name.");
}
absl::Status EtagMismatch(const std::string& current) {
  return error::Make(StatusCode::kAborted, "ETAG_MISMATCH",
                     "The account has changed since it was read; read it again.", {{"etag", current}});
}
absl::Status AdministratorIsThere() {
  return error::Make(StatusCode::kFailedPrecondition, "ADMINISTRATOR_EXISTS",
                     "There is an administrator; she makes further accounts.");
}
absl::Status LastAdministrator() {
  return error::Make(StatusCode::kFailedPrecondition, "LAST_ADMINISTRATOR",
                     "No other administrator could log in; make another one first.");
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
absl::Status ParticipantNotFound(const std::string& participant_id) {
  return error::Make(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND", "There is no such participant.",
                     {{"participant_id", participant_id}});
}
absl::Status ParticipantNotReachable() {
  return error::Make(StatusCode::kFailedPrecondition, "PARTICIPANT_NOT_REACHABLE",
                     "The participant has withdrawn from contact or has died.");
}
absl::Status LinkNotFound(const std::string& link_id) {
  return error::Make(StatusCode::kNotFound, "LINK_NOT_FOUND", "There is no such link.",
                     {{"link_id", link_id}});
}
absl::Status LinkUnknown() {
  return error::Make(StatusCode::kNotFound, "LINK_UNKNOWN", "There is no such link or code.");
}
absl::Status LinkUsed() {
  return error::Make(StatusCode::kFailedPrecondition, "LINK_USED",
                     "The link was opened before; ask for a new one.");
}
absl::Status LinkExpired() {
  return error::Make(StatusCode::kFailedPrecondition, "LINK_EXPIRED",
                     "The link is over; ask for a new one.");
}
absl::Status LinkRevoked() {
  return error::Make(StatusCode::kFailedPrecondition, "LINK_REVOKED", "The link was withdrawn.");
}

}  // namespace reprise::access
