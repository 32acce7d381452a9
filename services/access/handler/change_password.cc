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
  std::string login_name;
  REPRISE_RETURN_IF_ERROR(db_.Read(call, [&](db::Tx& tx) -> absl::Status {
    REPRISE_ASSIGN_OR_RETURN(const Account account, LoadAccount(tx, call.actor.user_id));
    login_name = account.login_name;
    return absl::OkStatus();
  }));
  REPRISE_RETURN_IF_ERROR(CheckPassword(request.new_password(), login_name, "new_password"));
  if (request.new_password() == request.old_password()) return PasswordUnchanged();
  REPRISE_ASSIGN_OR_RETURN(const OwnPassword old, CheckOwnPassword(call, request.old_password()));
  std::string hash;
  if (old.verified.has_value()) {
    REPRISE_ASSIGN_OR_RETURN(hash, passwords_.Hash(request.new_password(), call.deadline));
  }
  auto response = db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::ChangePasswordResponse> {
    // A repeated call finds the old password replaced; the replay record then answers for it.
    REPRISE_RETURN_IF_ERROR(ConfirmPassword(tx, old.verified).status());
    ReplacePassword(tx, call.ids->NewUuid(), call.actor.user_id, hash, call.now);
    RevokeOtherSessions(tx, call.actor.user_id, call.actor.session_id, call.now);
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "password.change", .subject_type = "user",
                                               .subject_id = call.actor.user_id}));
    return v1::ChangePasswordResponse();
  });
  // What the chassis remembers of the session may say that the password must be changed.
  if (!response.ok()) {
    return AfterRefusal(call, call.actor.user_id, old.origin, response.status());
  }
  forget_session_(call.actor.session_id);
  return response;
}

}  // namespace reprise::access
