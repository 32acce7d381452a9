// SPDX-License-Identifier: Apache-2.0
#include "services/access/store/session_store.h"

#include "services/access/domain/errors.h"
#include "services/platform/status.h"

namespace reprise::access {
namespace {

constexpr db::Query kInsertSession{"access.insert_session", R"sql(
  INSERT INTO access.session (session_id, user_id, token_hash, factors, made_time, expire_time,
                              last_use_time, client)
  VALUES ($1, $2, $3, $4, $6, $7, $6, $5)
)sql"};

constexpr db::Query kListSessions{"access.list_sessions", R"sql(
  SELECT session_id, made_time, last_use_time, client
    FROM access.session
   WHERE user_id = $1
     AND revoked_time IS NULL
     AND expire_time > $2
   ORDER BY made_time DESC, session_id
)sql"};

constexpr db::Query kRevokeSession{"access.revoke_session", R"sql(
  UPDATE access.session
     SET revoked_time = coalesce(revoked_time, $3)
   WHERE user_id = $1
     AND session_id = $2
  RETURNING session_id
)sql"};

constexpr db::Query kRevokeOtherSessions{"access.revoke_other_sessions", R"sql(
  UPDATE access.session
     SET revoked_time = $3
   WHERE user_id = $1
     AND ($2::uuid IS NULL OR session_id <> $2)
     AND revoked_time IS NULL
)sql"};

constexpr db::Query kInsertDelegation{"access.insert_delegation", R"sql(
  INSERT INTO access.delegation (delegation_id, user_id, role, study_id, site_id, from_time,
                                 until_time, made_by, made_time)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
)sql"};

// A statement of its own: what it waited for is seen by the next one only.
constexpr db::Query kLockAdministrators{"access.lock_administrators", R"sql(
  SELECT pg_advisory_xact_lock(hashtextextended('access.administrator', 0))
)sql"};

constexpr db::Query kCountAdministrators{"access.count_administrators", R"sql(
  SELECT count(*), count(*) FILTER (WHERE d.user_id = $2 OR d.delegation_id = $3)
    FROM access.delegation AS d
    JOIN access.account AS a USING (user_id)
   WHERE d.role = 'administrator'
     AND d.from_time <= $1
     AND (d.until_time IS NULL OR d.until_time > $1)
     AND a.disabled_time IS NULL
     AND EXISTS (SELECT FROM access.credential AS c
                  WHERE c.user_id = d.user_id
                    AND c.kind = 'PASSWORD'
                    AND c.revoked_time IS NULL)
)sql"};

constexpr db::Query kListDelegations{"access.list_delegations", R"sql(
  SELECT delegation_id, user_id, role, study_id, site_id, from_time, until_time
    FROM access.delegation
   WHERE user_id = $1
     AND from_time <= $2
     AND (until_time IS NULL OR until_time > $2)
   ORDER BY role, study_id, site_id, delegation_id
)sql"};

constexpr db::Query kListDelegationsIn{"access.list_delegations_in", R"sql(
  SELECT d.delegation_id, d.user_id, d.role, d.study_id, d.site_id, d.from_time, d.until_time,
         a.login_name, a.display_name, a.disabled_time IS NOT NULL
    FROM access.delegation AS d
    JOIN access.account AS a USING (user_id)
   WHERE d.study_id = $1
     AND d.role <> 'participant'
     AND platform.in_scope(d.study_id, d.site_id)
     AND ($4::timestamptz IS NULL
          OR (d.from_time <= $4 AND (d.until_time IS NULL OR d.until_time > $4)))
     AND (a.login_name > $2 OR (a.login_name = $2 AND d.delegation_id > $3))
   ORDER BY a.login_name, d.delegation_id
   LIMIT $5
)sql"};

constexpr db::Query kFindParticipantRole{"access.find_participant_role", R"sql(
  SELECT bool_or(from_time <= $3 AND (until_time IS NULL OR until_time > $3))
    FROM access.delegation
   WHERE user_id = $1
     AND role = 'participant'
     AND study_id = $2
)sql"};

constexpr db::Query kLoadDelegation{"access.load_delegation", R"sql(
  SELECT delegation_id, user_id, role, study_id, site_id, from_time, until_time
    FROM access.delegation
   WHERE delegation_id = $1
     AND (current_setting('app.scope', true) = '*' OR platform.in_scope(study_id, site_id))
     FOR UPDATE
)sql"};

constexpr db::Query kEndDelegation{"access.end_delegation", R"sql(
  UPDATE access.delegation
     SET until_time = greatest($2, from_time + interval '1 microsecond')
   WHERE delegation_id = $1
)sql"};

constexpr db::Query kListPermissions{"access.list_permissions", R"sql(
  SELECT DISTINCT p.permission
    FROM access.delegation AS d
    JOIN access.role_permission AS p USING (role)
   WHERE d.user_id = $1
     AND d.from_time <= $2
     AND (d.until_time IS NULL OR d.until_time > $2)
   ORDER BY p.permission
)sql"};

std::optional<std::string> OrNull(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return text;
}

Delegation ReadDelegation(const db::Row& row) {
  return {.delegation_id = row.Get<std::string>(0),
          .user_id = row.Get<std::string>(1),
          .role = row.Get<std::string>(2),
          .study_id = row.Get<std::optional<std::string>>(3).value_or(""),
          .site_id = row.Get<std::optional<std::string>>(4).value_or(""),
          .from_time = row.Get<absl::Time>(5),
          .until_time = row.Get<std::optional<absl::Time>>(6)};
}

}  // namespace

void InsertSession(db::Tx& tx, const NewSession& session) {
  tx.Execute(kInsertSession, session.session_id, session.user_id, db::Bytes{session.token_hash},
             session.factors, session.client, session.made_time, session.expire_time);
}

absl::StatusOr<std::vector<Session>> ListSessions(db::Tx& tx, const std::string& user_id,
                                                  absl::Time now) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kListSessions, user_id, now));
  std::vector<Session> sessions;
  for (const db::Row row : rows) {
    sessions.push_back({.session_id = row.Get<std::string>(0),
                        .made_time = row.Get<absl::Time>(1),
                        .last_use_time = row.Get<absl::Time>(2),
                        .client = row.Get<std::string>(3)});
  }
  return sessions;
}

absl::StatusOr<bool> RevokeSession(db::Tx& tx, const std::string& user_id,
                                   const std::string& session_id, absl::Time now) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kRevokeSession, user_id, session_id, now));
  return !rows.empty();
}

void RevokeOtherSessions(db::Tx& tx, const std::string& user_id, const std::string& kept_session_id,
                         absl::Time now) {
  tx.Execute(kRevokeOtherSessions, user_id, OrNull(kept_session_id), now);
}

void InsertDelegation(db::Tx& tx, const Delegation& delegation, const std::string& made_by,
                      absl::Time now) {
  tx.Execute(kInsertDelegation, delegation.delegation_id, delegation.user_id, delegation.role,
             OrNull(delegation.study_id), OrNull(delegation.site_id), delegation.from_time,
             delegation.until_time, OrNull(made_by), now);
}

absl::StatusOr<Administrators> LockAdministrators(db::Tx& tx, const std::string& leaving_user_id,
                                                  const std::string& leaving_delegation_id) {
  tx.Execute(kLockAdministrators);
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows,
                           tx.Select(kCountAdministrators, tx.call().now, OrNull(leaving_user_id),
                                     OrNull(leaving_delegation_id)));
  return Administrators{.all = rows[0].Get<int>(0), .leaving = rows[0].Get<int>(1)};
}

absl::StatusOr<std::vector<Delegation>> ListDelegations(db::Tx& tx, const std::string& user_id,
                                                        absl::Time now) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kListDelegations, user_id, now));
  std::vector<Delegation> delegations;
  for (const db::Row row : rows) delegations.push_back(ReadDelegation(row));
  return delegations;
}

absl::StatusOr<std::vector<DelegatedUser>> ListDelegationsIn(
    db::Tx& tx, const std::string& study_id, const std::string& login_name,
    const std::optional<std::string>& delegation_id, std::optional<absl::Time> live_at, int limit) {
  REPRISE_ASSIGN_OR_RETURN(
      const db::Rows rows,
      tx.Select(kListDelegationsIn, study_id, login_name, delegation_id, live_at, limit));
  std::vector<DelegatedUser> users;
  for (const db::Row row : rows) {
    users.push_back({.delegation = ReadDelegation(row),
                     .login_name = row.Get<std::string>(7),
                     .display_name = row.Get<std::string>(8),
                     .disabled = row.Get<bool>(9)});
  }
  return users;
}

absl::StatusOr<std::optional<bool>> FindParticipantRole(db::Tx& tx, const std::string& user_id,
                                                        const std::string& study_id, absl::Time now) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kFindParticipantRole, user_id, study_id, now));
  return rows[0].Get<std::optional<bool>>(0);
}

absl::StatusOr<Delegation> LoadDelegation(db::Tx& tx, const std::string& delegation_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLoadDelegation, delegation_id));
  if (rows.empty()) return DelegationNotFound(delegation_id);
  return ReadDelegation(rows[0]);
}

void EndDelegation(db::Tx& tx, const std::string& delegation_id, absl::Time now) {
  tx.Execute(kEndDelegation, delegation_id, now);
}

absl::StatusOr<std::vector<std::string>> ListPermissions(db::Tx& tx, const std::string& user_id,
                                                         absl::Time now) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kListPermissions, user_id, now));
  std::vector<std::string> permissions;
  for (const db::Row row : rows) permissions.push_back(row.Get<std::string>(0));
  return permissions;
}

}  // namespace reprise::access
