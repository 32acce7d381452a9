// SPDX-License-Identifier: Apache-2.0
#include "services/access/store/account_store.h"

#include "services/access/domain/errors.h"
#include "services/platform/status.h"

namespace reprise::access {
namespace {

constexpr db::ConstraintReason kConstraints[] = {
    {"account_login_key", absl::StatusCode::kAlreadyExists, "LOGIN_NAME_TAKEN",
     "Another account has this login name."},
    {"credential_one_password_key", absl::StatusCode::kAborted, "PASSWORD_REPLACED",
     "The password was replaced by somebody else at the same time; try again."},
    {"delegation_user_fkey", absl::StatusCode::kNotFound, "USER_NOT_FOUND", "There is no such user."},
};

constexpr db::Query kLoadAccount{"access.load_account", R"sql(
  SELECT a.user_id, a.login_name, a.display_name, a.language, a.participant_id, a.disabled_time,
         a.made_time, a.version,
         EXISTS (SELECT FROM access.second_factor AS f
                  WHERE f.user_id = a.user_id AND f.on_time IS NOT NULL AND f.off_time IS NULL)
    FROM access.account AS a
   WHERE a.user_id = $1
)sql"};

// A statement of its own: what it waited for is seen by the next one only.
constexpr db::Query kLockAccount{"access.lock_account", R"sql(
  SELECT user_id
    FROM access.account
   WHERE user_id = $1
     FOR NO KEY UPDATE
)sql"};

constexpr db::Query kIsLoginNameTaken{"access.is_login_name_taken", R"sql(
  SELECT EXISTS (SELECT FROM access.account WHERE login_name = $1)
)sql"};

constexpr db::Query kInsertAccount{"access.insert_account", R"sql(
  INSERT INTO access.account (user_id, login_name, display_name, language, participant_id, made_time)
  VALUES ($1, $2, $3, $4, $5, $6)
)sql"};

constexpr db::Query kListAccounts{"access.list_accounts", R"sql(
  SELECT a.user_id, a.login_name, a.display_name, a.language, a.participant_id, a.disabled_time,
         a.made_time, a.version,
         EXISTS (SELECT FROM access.second_factor AS f
                  WHERE f.user_id = a.user_id AND f.on_time IS NOT NULL AND f.off_time IS NULL)
    FROM access.account AS a
   WHERE a.login_name > $1
     AND (current_setting('app.scope', true) = '*'
          OR EXISTS (SELECT FROM access.delegation AS d
                      WHERE d.user_id = a.user_id
                        AND platform.in_study(d.study_id)))
   ORDER BY a.login_name
   LIMIT $2
)sql"};

constexpr db::Query kDisableAccount{"access.disable_account", R"sql(
  WITH closed AS (
    UPDATE access.account
       SET disabled_time = $2, version = version + 1
     WHERE user_id = $1
  )
  UPDATE access.session
     SET revoked_time = $2
   WHERE user_id = $1
     AND revoked_time IS NULL
)sql"};

constexpr db::Query kFindPassword{"access.find_password", R"sql(
  SELECT a.user_id, a.login_name, a.display_name, a.language, a.participant_id, a.disabled_time,
         a.made_time, a.version,
         EXISTS (SELECT FROM access.second_factor AS f
                  WHERE f.user_id = a.user_id AND f.on_time IS NOT NULL AND f.off_time IS NULL),
         c.credential_id, c.secret
    FROM access.account AS a
    JOIN access.credential AS c USING (user_id)
   WHERE a.login_name = $1
     AND a.disabled_time IS NULL
     AND c.kind = 'PASSWORD'
     AND c.revoked_time IS NULL
)sql"};

constexpr db::Query kRevokePassword{"access.revoke_password", R"sql(
  UPDATE access.credential
     SET revoked_time = $2
   WHERE user_id = $1
     AND kind = 'PASSWORD'
     AND revoked_time IS NULL
)sql"};

constexpr db::Query kInsertPassword{"access.insert_password", R"sql(
  INSERT INTO access.credential (credential_id, user_id, kind, secret, made_time, must_change)
  VALUES ($1, $2, 'PASSWORD', $3, $4, $5)
)sql"};

constexpr db::Query kPasswordState{"access.password_state", R"sql(
  SELECT must_change
    FROM access.credential
   WHERE user_id = $1
     AND kind = 'PASSWORD'
     AND revoked_time IS NULL
)sql"};

constexpr db::Query kEnableAccount{"access.enable_account", R"sql(
  UPDATE access.account
     SET disabled_time = NULL, version = version + 1
   WHERE user_id = $1
)sql"};

constexpr db::Query kCountFailedLogins{"access.count_failed_logins", R"sql(
  SELECT count(*)
    FROM access.failed_login
   WHERE origin = $1
     AND fail_time > $2
)sql"};

constexpr db::Query kInsertFailedLogin{"access.insert_failed_login", R"sql(
  INSERT INTO access.failed_login (origin, fail_time)
  VALUES ($1, $2)
)sql"};

constexpr db::Query kForgetFailedLogins{"access.forget_failed_logins", R"sql(
  DELETE FROM access.failed_login
   WHERE origin = $1
      OR fail_time < $2
)sql"};

Account ReadAccount(const db::Row& row) {
  return {.user_id = row.Get<std::string>(0),
          .login_name = row.Get<std::string>(1),
          .display_name = row.Get<std::string>(2),
          .language = row.Get<std::string>(3),
          .participant_id = row.Get<std::optional<std::string>>(4).value_or(""),
          .disabled_time = row.Get<std::optional<absl::Time>>(5),
          .made_time = row.Get<absl::Time>(6),
          .version = row.Get<int64_t>(7),
          .second_factor_on = row.Get<bool>(8)};
}

}  // namespace

absl::Span<const db::ConstraintReason> Constraints() { return kConstraints; }

absl::StatusOr<Account> LoadAccount(db::Tx& tx, const std::string& user_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLoadAccount, user_id));
  if (rows.empty()) return UserNotFound(user_id);
  return ReadAccount(rows[0]);
}

void LockAccount(db::Tx& tx, const std::string& user_id) { tx.Execute(kLockAccount, user_id); }

absl::StatusOr<bool> IsLoginNameTaken(db::Tx& tx, const std::string& login_name) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kIsLoginNameTaken, login_name));
  return rows[0].Get<bool>(0);
}

void InsertAccount(db::Tx& tx, const Account& account) {
  std::optional<std::string> participant_id;
  if (!account.participant_id.empty()) participant_id = account.participant_id;
  tx.Execute(kInsertAccount, account.user_id, account.login_name, account.display_name,
             account.language, participant_id, account.made_time);
}

absl::StatusOr<std::vector<Account>> ListAccounts(db::Tx& tx, const std::string& after_login_name,
                                                  int limit) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kListAccounts, after_login_name, limit));
  std::vector<Account> accounts;
  for (const db::Row row : rows) accounts.push_back(ReadAccount(row));
  return accounts;
}

void DisableAccount(db::Tx& tx, const std::string& user_id, absl::Time now) {
  tx.Execute(kDisableAccount, user_id, now);
}

void EnableAccount(db::Tx& tx, const std::string& user_id) { tx.Execute(kEnableAccount, user_id); }

absl::StatusOr<std::optional<PasswordCredential>> FindPassword(db::Tx& tx,
                                                               const std::string& login_name) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kFindPassword, login_name));
  std::optional<PasswordCredential> found;
  if (!rows.empty()) {
    found = {.account = ReadAccount(rows[0]),
             .credential_id = rows[0].Get<std::string>(9),
             .hash = rows[0].Get<std::string>(10)};
  }
  return found;
}

absl::StatusOr<Account> ConfirmPassword(db::Tx& tx, const std::optional<PasswordCredential>& verified) {
  if (!verified.has_value()) return LoginRefused();
  LockAccount(tx, verified->account.user_id);
  REPRISE_ASSIGN_OR_RETURN(const auto in_force, FindPassword(tx, verified->account.login_name));
  if (!in_force.has_value() || in_force->credential_id != verified->credential_id) return LoginRefused();
  return in_force->account;
}

void ReplacePassword(db::Tx& tx, const std::string& credential_id, const std::string& user_id,
                     const std::string& hash, absl::Time now, bool must_change) {
  tx.Execute(kRevokePassword, user_id, now);
  tx.Execute(kInsertPassword, credential_id, user_id, hash, now, must_change);
}

absl::StatusOr<std::optional<bool>> FindMustChange(db::Tx& tx, const std::string& user_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kPasswordState, user_id));
  if (rows.empty()) return std::optional<bool>();
  return std::optional<bool>(rows[0].Get<bool>(0));
}

absl::StatusOr<int> CountFailedLogins(db::Tx& tx, const std::string& origin, absl::Time since) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows,
                           tx.Select(kCountFailedLogins, db::Bytes{origin}, since));
  return rows[0].Get<int>(0);
}

void InsertFailedLogin(db::Tx& tx, const std::string& origin, absl::Time now) {
  tx.Execute(kInsertFailedLogin, db::Bytes{origin}, now);
}

void ForgetFailedLogins(db::Tx& tx, const std::string& origin, absl::Time before) {
  tx.Execute(kForgetFailedLogins, db::Bytes{origin}, before);
}

}  // namespace reprise::access
