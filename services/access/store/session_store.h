// SPDX-License-Identifier: Apache-2.0
// Sessions and delegations in PostgreSQL.
#ifndef REPRISE_ACCESS_STORE_SESSION_STORE_H_
#define REPRISE_ACCESS_STORE_SESSION_STORE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "services/access/domain/delegation.h"
#include "services/platform/db/database.h"

namespace reprise::access {

struct Session {
  std::string session_id;
  absl::Time made_time;
  absl::Time last_use_time;
  std::string client;  // "Firefox, Windows", or empty
};

struct NewSession {
  std::string session_id;
  std::string user_id;
  std::string token_hash;            // 32 bytes
  std::vector<std::string> factors;  // kinds of credential shown
  std::string client;
  absl::Time made_time;
  absl::Time expire_time;
};
void InsertSession(db::Tx& tx, const NewSession& session);
// Live at `now`, the latest first.
absl::StatusOr<std::vector<Session>> ListSessions(db::Tx& tx, const std::string& user_id,
                                                  absl::Time now);
// False where the user has no such session, ended or not.
absl::StatusOr<bool> RevokeSession(db::Tx& tx, const std::string& user_id,
                                   const std::string& session_id, absl::Time now);
// Where `kept_session_id` is empty, all of them.
void RevokeOtherSessions(db::Tx& tx, const std::string& user_id, const std::string& kept_session_id,
                         absl::Time now);

void InsertDelegation(db::Tx& tx, const Delegation& delegation, const std::string& made_by,
                      absl::Time now);
// Live delegations of administrators who can log in.
struct Administrators {
  int all;
  int leaving;  // those of the user, or the one delegation
  bool none_would_remain() const { return leaving > 0 && leaving == all; }
};
// Until the end of the transaction no other counts them.
absl::StatusOr<Administrators> LockAdministrators(db::Tx& tx, const std::string& leaving_user_id,
                                                  const std::string& leaving_delegation_id);
// Live at `now`, by role and place.
absl::StatusOr<std::vector<Delegation>> ListDelegations(db::Tx& tx, const std::string& user_id,
                                                        absl::Time now);
struct DelegatedUser {
  Delegation delegation;
  std::string login_name;
  std::string display_name;
  bool disabled;
};
// Of the study as far as the caller reaches, participants' left out, after `login_name` and
// `delegation_id` in that order; with `live_at` only those that are live then.
absl::StatusOr<std::vector<DelegatedUser>> ListDelegationsIn(db::Tx& tx, const std::string& study_id,
                                                             const std::string& login_name,
                                                             const std::optional<std::string>& delegation_id,
                                                             std::optional<absl::Time> live_at, int limit);
// Whether the user's role of a participant in the study is live; nothing where she never had it.
absl::StatusOr<std::optional<bool>> FindParticipantRole(db::Tx& tx, const std::string& user_id,
                                                        const std::string& study_id, absl::Time now);
// NOT_FOUND DELEGATION_NOT_FOUND, also where it is outside the caller's studies.
absl::StatusOr<Delegation> LoadDelegation(db::Tx& tx, const std::string& delegation_id);
void EndDelegation(db::Tx& tx, const std::string& delegation_id, absl::Time now);

// The permissions that the user holds at `now`, each once, sorted.
absl::StatusOr<std::vector<std::string>> ListPermissions(db::Tx& tx, const std::string& user_id,
                                                         absl::Time now);

}  // namespace reprise::access

#endif  // REPRISE_ACCESS_STORE_SESSION_STORE_H_
