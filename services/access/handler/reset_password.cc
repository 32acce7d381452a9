// SPDX-License-Identifier: Apache-2.0
#include "services/access/convert.h"
#include "services/access/domain/errors.h"
#include "services/access/handler/handlers.h"
#include "services/access/store/account_store.h"
#include "services/access/store/session_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/status.h"

namespace reprise::access {

absl::StatusOr<v1::User> Handlers::ResetPassword(const Call& call,
                                                 const v1::ResetPasswordRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string user_id, ParseUuid(request.user_id(), "user_id"));
  if (user_id == call.actor.user_id) return SelfReset();
  std::string login_name;
  REPRISE_RETURN_IF_ERROR(db_.Read(call, [&](db::Tx& tx) -> absl::Status {
    REPRISE_ASSIGN_OR_RETURN(const Account account, LoadAccount(tx, user_id));
    login_name = account.login_name;
    return absl::OkStatus();
  }));
  REPRISE_RETURN_IF_ERROR(CheckPassword(request.password(), login_name, "password"));
  REPRISE_ASSIGN_OR_RETURN(const std::string hash, passwords_.Hash(request.password(), call.deadline));
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::User> {
    LockAccount(tx, user_id);
    REPRISE_ASSIGN_OR_RETURN(const Account account, LoadAccount(tx, user_id));
    if (account.disabled_time.has_value()) return UserDisabled();
    REPRISE_ASSIGN_OR_RETURN(const std::optional<bool> password, FindMustChange(tx, user_id));
    if (!password.has_value()) return PasswordAbsent();
    ReplacePassword(tx, call.ids->NewUuid(), user_id, hash, call.now, /*must_change=*/true);
    RevokeOtherSessions(tx, user_id, "", call.now);
    REPRISE_RETURN_IF_ERROR(audit::Append(
        tx, {.action = "password.reset", .subject_type = "user", .subject_id = user_id}));
    return ToProto(account);
  });
}

}  // namespace reprise::access
