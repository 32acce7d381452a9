// SPDX-License-Identifier: Apache-2.0
#include "services/access/convert.h"
#include "services/access/handler/handlers.h"
#include "services/access/store/account_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/status.h"

namespace reprise::access {

absl::StatusOr<v1::User> Handlers::CreateUser(const Call& call, const v1::CreateUserRequest& request) {
  const Account account{.user_id = call.ids->NewUuid(),
                        .login_name = request.login_name(),
                        .display_name = request.display_name(),
                        .language = request.language().empty() ? "fr" : request.language(),
                        .participant_id = request.participant_id(),
                        .disabled_time = {},
                        .made_time = call.now};
  REPRISE_RETURN_IF_ERROR(CheckNewAccount(account, request.password()));
  REPRISE_ASSIGN_OR_RETURN(const std::string hash, passwords_.Hash(request.password(), call.deadline));
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::User> {
    InsertAccount(tx, account);
    ReplacePassword(tx, call.ids->NewUuid(), account.user_id, hash, call.now);
    REPRISE_RETURN_IF_ERROR(audit::Append(
        tx, {.action = "user.create", .subject_type = "user", .subject_id = account.user_id}));
    return ToProto(account);
  });
}

}  // namespace reprise::access
