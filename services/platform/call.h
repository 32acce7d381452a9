// SPDX-License-Identifier: Apache-2.0
// What a handler knows of the call that it serves: who calls, where the permission holds, when it
// is, and the request's identity for replays. Made by platform/rpc, read by handlers and platform/db.
#ifndef REPRISE_PLATFORM_CALL_H_
#define REPRISE_PLATFORM_CALL_H_

#include <string>
#include <vector>

#include "absl/time/time.h"

#include "services/platform/id/id.h"

namespace reprise {

// Where a permission holds, as the role-based delegations of the caller say. The database's row
// level security reads the same value.
struct Scope {
  bool everywhere = false;  // an administrator's platform-wide permission
  // "<study_id>/<site_id>" or "<study_id>/*", for all participants there.
  std::vector<std::string> places = {};
  // Same, but only for participants assigned to the caller.
  std::vector<std::string> assigned_places = {};
  // The one participant that the caller is, or empty.
  std::string own_participant_id = {};

  bool empty() const {
    return !everywhere && places.empty() && assigned_places.empty() && own_participant_id.empty();
  }
  // The caller holds the permission for herself alone, as a participant.
  bool own_only() const {
    return !everywhere && places.empty() && assigned_places.empty() && !own_participant_id.empty();
  }
};

struct Actor {
  std::string user_id = {};     // empty where the method needs no identity
  std::string session_id = {};
  std::string role = {};        // the role by which the permission is held; the first by name if several
};

struct Call {
  std::string method = {};      // "reprise.quality.v1.QualityService/ListAuditEvents"
  std::string permission = {};  // empty where the method's rule names none
  Actor actor = {};
  Scope scope = {};             // of `permission`
  std::string language = "fr";  // of sentences for the caller, fr or en
  std::string client = {};      // network address of who asks; never logged, stored only hashed
  std::string device = {};      // "Firefox, Windows", as a trusted gateway tells it, or empty
  absl::Time now = absl::UnixEpoch();
  absl::Time deadline = absl::InfiniteFuture();
  std::string request_id = {};    // empty for reads
  std::string request_hash = {};  // keyed hash of the request, 32 bytes; empty for reads
  IdSource* ids = nullptr;   // never null in a served call
};

}  // namespace reprise

#endif  // REPRISE_PLATFORM_CALL_H_
