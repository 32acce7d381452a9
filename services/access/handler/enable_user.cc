// SPDX-License-Identifier: Apache-2.0
#include "services/access/convert.h"
#include "services/access/domain/errors.h"
#include "services/access/handler/handlers.h"
#include "services/access/store/account_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/status.h"

namespace reprise::access {

absl::StatusOr<v1::User> Handlers::EnableUser(const Call& call, const v1::EnableUserRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string user_id, ParseUuid(request.user_id(), "user_id"));
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::User> {
    LockAccount(tx, user_id);
    REPRISE_ASSIGN_OR_RETURN(Account account, LoadAccount(tx, user_id));
    if (!account.disabled_time.has_value()) return UserEnabled();
    if (request.etag() != EtagOf(account)) return EtagMismatch(EtagOf(account));
    EnableAccount(tx, user_id);
    account.disabled_time.reset();
    ++account.version;
    REPRISE_RETURN_IF_ERROR(audit::Append(
        tx, {.action = "user.enable", .subject_type = "user", .subject_id = user_id,
             .old_version = account.version - 1, .new_version = account.version}));
    return ToProto(account);
  });
}

}  // namespace reprise::access
