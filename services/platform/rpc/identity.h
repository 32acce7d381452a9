// SPDX-License-Identifier: Apache-2.0
// From a session token to who calls and what she may: read from the views that the access service
// publishes for the chassis, kept in memory for a moment (Config.sessions.cache_milliseconds).
#ifndef REPRISE_PLATFORM_RPC_IDENTITY_H_
#define REPRISE_PLATFORM_RPC_IDENTITY_H_

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "services/platform/call.h"
#include "services/platform/db/database.h"
#include "services/platform/time/clock.h"

namespace reprise::rpc {

// One permission that a delegation gives.
struct Grant {
  std::string permission;
  std::string role;
  std::string reach;  // EVERYWHERE, DELEGATED, ASSIGNED, OWN
  std::string study_id;
  std::string site_id;  // empty: the whole study
  absl::Time from_time;
  absl::Time until_time;  // InfiniteFuture where open
};

struct Identity {
  std::string user_id;
  std::string session_id;
  std::string participant_id;  // where the caller is one
  absl::Time expire_time;
  bool password_change_required = false;  // she may do nothing else before
  std::vector<Grant> grants;

  // Where `permission` holds at `now`, and by which role; an empty scope means that it does not.
  Scope ScopeOf(absl::string_view permission, absl::Time now, std::string& role) const;
};

// SHA-256 of a session token, as the access service stores it; 32 bytes.
std::string TokenHash(absl::string_view token);

// Thread-safe.
class IdentityResolver {
 public:
  struct Options {
    absl::Duration idle;
    absl::Duration participant_idle;  // of participants' sessions, at most `idle`
    absl::Duration cache;
  };
  IdentityResolver(db::Database& database, Clock& clock, Options options);

  // UNAUTHENTICATED SESSION_INVALID; UNAVAILABLE where the database is.
  absl::StatusOr<std::shared_ptr<const Identity>> Resolve(absl::string_view token,
                                                          absl::Time deadline);
  // Forgets a token at once, for a log-out served by this process.
  void Forget(absl::string_view session_id);

 private:
  struct Cached {
    std::shared_ptr<const Identity> identity;
    absl::Time loaded;
  };
  absl::StatusOr<std::shared_ptr<const Identity>> Load(const std::string& hash, absl::Time now,
                                                       absl::Time deadline);

  db::Database& database_;
  Clock& clock_;
  const Options options_;
  RandomIdSource ids_;
  std::mutex mutex_;
  absl::flat_hash_map<std::string, Cached> cache_;  // by token hash
  int64_t forgotten_ = 0;  // calls of Forget; what was read before one is not kept after it
};

}  // namespace reprise::rpc

#endif  // REPRISE_PLATFORM_RPC_IDENTITY_H_
