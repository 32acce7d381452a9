// SPDX-License-Identifier: Apache-2.0
// Accounts and their credentials in PostgreSQL.
#ifndef REPRISE_ACCESS_STORE_ACCOUNT_STORE_H_
#define REPRISE_ACCESS_STORE_ACCOUNT_STORE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

#include "services/access/domain/account.h"
#include "services/platform/db/database.h"

namespace reprise::access {

// What the schema's constraints mean.
absl::Span<const db::ConstraintReason> Constraints();

// NOT_FOUND USER_NOT_FOUND.
absl::StatusOr<Account> LoadAccount(db::Tx& tx, const std::string& user_id);
// Until the end of the transaction no other acts on this account; what was waited for is seen by the statements
// after it.
void LockAccount(db::Tx& tx, const std::string& user_id);
absl::StatusOr<bool> IsLoginNameTaken(db::Tx& tx, const std::string& login_name);
void InsertAccount(db::Tx& tx, const Account& account);
// Accounts after `after_login_name`, by login name; only those delegated in the caller's studies
// unless she acts everywhere.
absl::StatusOr<std::vector<Account>> ListAccounts(db::Tx& tx, const std::string& after_login_name,
                                                  int limit);
// Closes the account and ends its sessions.
void DisableAccount(db::Tx& tx, const std::string& user_id, absl::Time now);

void EnableAccount(db::Tx& tx, const std::string& user_id);

struct PasswordCredential {
  Account account;
  std::string credential_id;
  std::string hash;  // Argon2id, libsodium's text form
};
// Of an open account with that login name; none where there is no such.
absl::StatusOr<std::optional<PasswordCredential>> FindPassword(db::Tx& tx,
                                                               const std::string& login_name);
// The account, locked, of a password that was verified outside the transaction, which takes long.
//   UNAUTHENTICATED LOGIN_REFUSED where none was right, where it is not in force any more or the account was
//   closed since
absl::StatusOr<Account> ConfirmPassword(db::Tx& tx, const std::optional<PasswordCredential>& verified);
void ReplacePassword(db::Tx& tx, const std::string& credential_id, const std::string& user_id,
                     const std::string& hash, absl::Time now, bool must_change = false);
// Whether the password in force must be changed; nothing where there is none.
absl::StatusOr<std::optional<bool>> FindMustChange(db::Tx& tx, const std::string& user_id);

// `origin` is a hash of login name and client, so that nobody is slowed by somebody else's guesses.
absl::StatusOr<int> CountFailedLogins(db::Tx& tx, const std::string& origin, absl::Time since);
void InsertFailedLogin(db::Tx& tx, const std::string& origin, absl::Time now);
void ForgetFailedLogins(db::Tx& tx, const std::string& origin, absl::Time before);

}  // namespace reprise::access

#endif  // REPRISE_ACCESS_STORE_ACCOUNT_STORE_H_
