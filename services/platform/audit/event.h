// SPDX-License-Identifier: Apache-2.0
// The audit event and its canonical bytes. Each event carries a code (HMAC-SHA-256 under a key that
// the database does not hold), so that a row inserted or changed in the database is recognised even
// before it is sealed; sealed events are also leaves of a Merkle tree (merkle.h).
#ifndef REPRISE_PLATFORM_AUDIT_EVENT_H_
#define REPRISE_PLATFORM_AUDIT_EVENT_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace reprise::audit {

// Empty text means "none". Holds no personal or clinical value: ids, versions and reasons only.
struct Event {
  std::string event_id;
  absl::Time event_time;
  std::string actor_id;
  std::string actor_role;
  std::string method;
  std::string request_id;
  std::string action;          // "response.submit"
  std::string subject_type;    // "response"
  std::string subject_id;
  std::string study_id;
  std::string site_id;
  std::string participant_id;
  std::string reason;          // change_reason where submitted data change
  std::optional<int64_t> old_version;
  std::optional<int64_t> new_version;
};

// Every field with its length in front, the time in microseconds since the epoch.
std::string CanonicalBytes(const Event& event);

// 32 bytes. `key` is 32 bytes.
std::string EventCode(absl::string_view key, const Event& event);

// RFC 6962 leaf hash of the canonical bytes, 32 bytes.
std::string LeafHash(const Event& event);

}  // namespace reprise::audit

#endif  // REPRISE_PLATFORM_AUDIT_EVENT_H_
