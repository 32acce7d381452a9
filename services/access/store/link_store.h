// SPDX-License-Identifier: Apache-2.0
// Participants' links and accounts in PostgreSQL, and what enrolment publishes of whom they are for.
#ifndef REPRISE_ACCESS_STORE_LINK_STORE_H_
#define REPRISE_ACCESS_STORE_LINK_STORE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "services/access/domain/account.h"
#include "services/access/domain/participant_link.h"
#include "services/platform/db/database.h"

namespace reprise::access {

struct LinkedParticipant {
  std::string study_id;
  std::string site_id;
  std::string code;
  bool reachable;  // neither withdrawn from contact nor dead
};
// NOT_FOUND PARTICIPANT_NOT_FOUND, also where the caller may not see her.
absl::StatusOr<LinkedParticipant> LoadParticipant(db::Tx& tx, const std::string& participant_id);

// The oldest account of hers, an open one before a closed one.
absl::StatusOr<std::optional<Account>> FindParticipantAccount(db::Tx& tx,
                                                              const std::string& participant_id);
// False where somebody has just made it.
absl::StatusOr<bool> InsertParticipantAccount(db::Tx& tx, const Account& account);

// Hashes are keyed, 32 bytes.
void InsertLink(db::Tx& tx, const ParticipantLink& link, const std::string& token_hash,
                const std::string& code_hash);
// NOT_FOUND LINK_NOT_FOUND, also where the caller may not see whose it is. Locks it.
absl::StatusOr<ParticipantLink> LoadLink(db::Tx& tx, const std::string& link_id);

struct FoundLink {
  ParticipantLink link;
  bool open;  // her account is open, her role live and she is to be reached
};
// By either hash; locks it.
absl::StatusOr<std::optional<FoundLink>> FindLink(db::Tx& tx, const std::string& hash, absl::Time now);

// The latest first, those made before the link `after`.
absl::StatusOr<std::vector<ParticipantLink>> ListLinks(db::Tx& tx, const std::string& participant_id,
                                                       const std::optional<std::string>& after, int limit);
void RedeemLink(db::Tx& tx, const std::string& link_id, const std::string& session_id, absl::Time now);
void RevokeLink(db::Tx& tx, const std::string& link_id, absl::Time now);

}  // namespace reprise::access

#endif  // REPRISE_ACCESS_STORE_LINK_STORE_H_
