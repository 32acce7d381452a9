// SPDX-License-Identifier: Apache-2.0
#include "services/platform/rpc/identity.h"

#include <sodium.h>

#include <utility>

#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::rpc {
namespace {

constexpr size_t kMaxCached = 20000;

constexpr db::Query kSession{"rpc.session", R"sql(
  SELECT session_id, user_id, expire_time, last_use_time, participant_id, password_change_required
    FROM access.published_session
   WHERE token_hash = $1
)sql"};

constexpr db::Query kGrants{"rpc.grants", R"sql(
  SELECT permission, role, reach, study_id, site_id, from_time, until_time
    FROM access.published_grant
   WHERE user_id = $1
   ORDER BY role, permission, study_id, site_id
)sql"};

constexpr db::Query kTouch{"rpc.touch_session", "SELECT access.touch_session($1, $2)"};

absl::Status SessionInvalid() {
  return error::Make(absl::StatusCode::kUnauthenticated, "SESSION_INVALID",
                     "The session is unknown, ended or expired; log in again.");
}

}  // namespace

Scope Identity::ScopeOf(absl::string_view permission, absl::Time now, std::string& role) const {
  Scope scope;
  for (const Grant& grant : grants) {
    if (grant.permission != permission || now < grant.from_time || now >= grant.until_time) continue;
    if (role.empty()) role = grant.role;
    const std::string place =
        absl::StrCat(grant.study_id, "/", grant.site_id.empty() ? "*" : grant.site_id);
    if (grant.reach == "EVERYWHERE") scope.everywhere = true;
    if (grant.reach == "DELEGATED" && !grant.study_id.empty()) scope.places.push_back(place);
    if (grant.reach == "ASSIGNED" && !grant.study_id.empty()) scope.assigned_places.push_back(place);
    if (grant.reach == "OWN") scope.own_participant_id = participant_id;
  }
  return scope;
}

std::string TokenHash(absl::string_view token) {
  std::string hash(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(hash.data()),
                     reinterpret_cast<const unsigned char*>(token.data()), token.size());
  return hash;
}

IdentityResolver::IdentityResolver(db::Database& database, Clock& clock, Options options)
    : database_(database), clock_(clock), options_(options) {}

absl::StatusOr<std::shared_ptr<const Identity>> IdentityResolver::Resolve(absl::string_view token,
                                                                          absl::Time deadline) {
  const std::string hash = TokenHash(token);
  const absl::Time now = clock_.Now();
  int64_t forgotten_before = 0;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    forgotten_before = forgotten_;
    const auto at = cache_.find(hash);
    if (at != cache_.end() && now < at->second.loaded + options_.cache) {
      if (now >= at->second.identity->expire_time) return SessionInvalid();
      return at->second.identity;
    }
  }
  REPRISE_ASSIGN_OR_RETURN(std::shared_ptr<const Identity> identity, Load(hash, now, deadline));
  const std::lock_guard<std::mutex> lock(mutex_);
  if (forgotten_ != forgotten_before) return identity;
  if (cache_.size() >= kMaxCached) cache_.clear();
  cache_[hash] = {.identity = identity, .loaded = now};
  return identity;
}

absl::StatusOr<std::shared_ptr<const Identity>> IdentityResolver::Load(const std::string& hash,
                                                                       absl::Time now,
                                                                       absl::Time deadline) {
  Call call{.method = "rpc.identity", .now = now, .deadline = deadline, .ids = &ids_};
  auto identity = std::make_shared<Identity>();
  bool touch = false;
  REPRISE_RETURN_IF_ERROR(database_.Read(call, [&](db::Tx& tx) -> absl::Status {
    REPRISE_ASSIGN_OR_RETURN(const db::Rows sessions, tx.Select(kSession, db::Bytes{hash}));
    if (sessions.empty()) return SessionInvalid();
    const db::Row session = sessions[0];
    const absl::Time last_use = session.Get<absl::Time>(3);
    identity->session_id = session.Get<std::string>(0);
    identity->user_id = session.Get<std::string>(1);
    identity->expire_time = session.Get<absl::Time>(2);
    identity->participant_id = session.Get<std::optional<std::string>>(4).value_or("");
    identity->password_change_required = session.Get<bool>(5);
    const absl::Duration idle = identity->participant_id.empty()
                                    ? options_.idle
                                    : std::min(options_.idle, options_.participant_idle);
    if (now >= identity->expire_time || now >= last_use + idle) return SessionInvalid();
    touch = now >= last_use + std::min(idle / 10, absl::Minutes(1));
    REPRISE_ASSIGN_OR_RETURN(const db::Rows grants, tx.Select(kGrants, identity->user_id));
    identity->grants.clear();
    for (const db::Row row : grants) {
      identity->grants.push_back(
          {.permission = row.Get<std::string>(0),
           .role = row.Get<std::string>(1),
           .reach = row.Get<std::string>(2),
           .study_id = row.Get<std::optional<std::string>>(3).value_or(""),
           .site_id = row.Get<std::optional<std::string>>(4).value_or(""),
           .from_time = row.Get<absl::Time>(5),
           .until_time = row.Get<std::optional<absl::Time>>(6).value_or(absl::InfiniteFuture())});
    }
    return absl::OkStatus();
  }));
  if (touch) {
    // Keeps the idle clock; the one write of the chassis that is no act of anybody, so unaudited.
    REPRISE_RETURN_IF_ERROR(database_.Housekeep(call, [&](db::Tx& tx) -> absl::Status {
      return tx.Select(kTouch, identity->session_id, now).status();
    }));
  }
  return identity;
}

void IdentityResolver::Forget(absl::string_view session_id) {
  const std::lock_guard<std::mutex> lock(mutex_);
  ++forgotten_;
  for (auto at = cache_.begin(); at != cache_.end();) {
    const auto here = at++;
    if (here->second.identity->session_id == session_id) cache_.erase(here);
  }
}

}  // namespace reprise::rpc
