// SPDX-License-Identifier: Apache-2.0
// Sessions and delegations in PostgreSQL.
#ifndef REPRISE_ACCESS_STORE_SESSION_STORE_H_
#define REPRISE_ACCESS_STORE_SESSION_STORE_H_

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
};

void InsertSession(db::Tx& tx, const std::string& session_id, const std::string& user_id,
                   const std::string& token_hash, absl::Time now, absl::Time expire_time);
// Live at `now`, the latest first.
absl::StatusOr<std::vector<Session>> ListSessions(db::Tx& tx, const std::string& user_id,
                                                  absl::Time now);
// False where the user has no such session, ended or not.
absl::StatusOr<bool> RevokeSession(db::Tx& tx, const std::string& user_id,
                                   const std::string& session_id, absl::Time now);
void RevokeOtherSessions(db::Tx& tx, const std::string& user_id, const std::string& kept_session_id,
                         absl::Time now);

void InsertDelegation(db::Tx& tx, const Delegation& delegation, const std::string& made_by,
                      absl::Time now);
// Whether anybody was ever made administrator.
absl::StatusOr<bool> AdministratorExists(db::Tx& tx);
// Live at `now`, by role and place.
absl::StatusOr<std::vector<Delegation>> ListDelegations(db::Tx& tx, const std::string& user_id,
                                                        absl::Time now);
// NOT_FOUND DELEGATION_NOT_FOUND, also where it is outside the caller's studies.
absl::StatusOr<Delegation> LoadDelegation(db::Tx& tx, const std::string& delegation_id);
void EndDelegation(db::Tx& tx, const std::string& delegation_id, absl::Time now);

// The permissions that the user holds at `now`, each once, sorted.
absl::StatusOr<std::vector<std::string>> ListPermissions(db::Tx& tx, const std::string& user_id,
                                                         absl::Time now);

}  // namespace reprise::access

#endif  // REPRISE_ACCESS_STORE_SESSION_STORE_H_
