// SPDX-License-Identifier: Apache-2.0
#include "services/access/domain/errors.h"
#include "services/access/handler/handlers.h"
#include "services/access/store/account_store.h"
#include "services/access/store/session_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/status.h"

namespace reprise::access {

absl::StatusOr<v1::ChangePasswordResponse> Handlers::ChangePassword(
    const Call& call, const v1::ChangePasswordRequest& request) {
  std::optional<PasswordCredential> credential;
  REPRISE_RETURN_IF_ERROR(db_.Read(call, [&](db::Tx& tx) -> absl::Status {
    REPRISE_ASSIGN_OR_RETURN(const Account account, LoadAccount(tx, call.actor.user_id));
    REPRISE_ASSIGN_OR_RETURN(credential, FindPassword(tx, account.login_name));
    return absl::OkStatus();
  }));
  if (!credential.has_value()) return LoginRefused();
  REPRISE_RETURN_IF_ERROR(
      CheckPassword(request.new_password(), credential->account.login_name, "new_password"));
  if (request.new_password() == request.old_password()) return PasswordUnchanged();
  const bool right = passwords_.Verify(credential->hash, request.old_password());
  const std::string hash = right ? passwords_.Hash(request.new_password()) : "";
  auto response = db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::ChangePasswordResponse> {
    // A repeated call finds the old password replaced; the replay record then answers for it.
    if (!right) return LoginRefused();
    ReplacePassword(tx, call.ids->NewUuid(), call.actor.user_id, hash, call.now);
    RevokeOtherSessions(tx, call.actor.user_id, call.actor.session_id, call.now);
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "password.change", .subject_type = "user",
                                               .subject_id = call.actor.user_id}));
    return v1::ChangePasswordResponse();
  });
  // What the chassis remembers of the session may say that the password must be changed.
  if (response.ok()) forget_session_(call.actor.session_id);
  return response;
}

}  // namespace reprise::access
