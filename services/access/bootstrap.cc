// SPDX-License-Identifier: Apache-2.0
#include "services/access/bootstrap.h"

#include "services/access/domain/account.h"
#include "services/access/domain/delegation.h"
#include "services/access/domain/errors.h"
#include "services/access/handler/password.h"
#include "services/access/store/account_store.h"
#include "services/access/store/session_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/status.h"

namespace reprise::access {

absl::Status MakeFirstAdministrator(db::Database& database, Clock& clock, IdSource& ids,
                                    const std::string& login_name, const std::string& password) {
  const absl::Time now = clock.Now();
  const Call call{.method = "reprised.first-administrator",
                  .scope = {.everywhere = true},
                  .now = now,
                  .deadline = now + absl::Minutes(1),
                  .ids = &ids};
  const Account account{.user_id = ids.NewUuid(),
                        .login_name = login_name,
                        .display_name = login_name,
                        .language = "fr",
                        .participant_id = {},
                        .disabled_time = {},
                        .made_time = now};
  REPRISE_RETURN_IF_ERROR(CheckNewAccount(account, password));
  REPRISE_ASSIGN_OR_RETURN(const std::string hash, PasswordHasher().Hash(password, call.deadline));
  return database
      .Transact(call,
                [&](db::Tx& tx) -> absl::StatusOr<bool> {
                  REPRISE_ASSIGN_OR_RETURN(const auto administrators, LockAdministrators(tx, "", ""));
                  if (administrators.all > 0) return AdministratorIsThere();
                  REPRISE_ASSIGN_OR_RETURN(const bool taken, IsLoginNameTaken(tx, login_name));
                  if (taken) return LoginNameTaken();
                  InsertAccount(tx, account);
                  ReplacePassword(tx, ids.NewUuid(), account.user_id, hash, now);
                  InsertDelegation(tx,
                                   {.delegation_id = ids.NewUuid(),
                                    .user_id = account.user_id,
                                    .role = "administrator",
                                    .from_time = now},
                                   "", now);
                  REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "user.create",
                                                             .subject_type = "user",
                                                             .subject_id = account.user_id}));
                  return true;
                })
      .status();
}

}  // namespace reprise::access
