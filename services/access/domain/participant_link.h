// SPDX-License-Identifier: Apache-2.0
// Personal links: how long one is good, and where it stands.
#ifndef REPRISE_ACCESS_DOMAIN_PARTICIPANT_LINK_H_
#define REPRISE_ACCESS_DOMAIN_PARTICIPANT_LINK_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace reprise::access {

inline constexpr absl::Duration kLinkLife = absl::Hours(14 * 24);
inline constexpr absl::Duration kLongestLinkLife = absl::Hours(60 * 24);

struct ParticipantLink {
  std::string link_id = {};
  std::string participant_id = {};
  std::string study_id = {};
  std::string site_id = {};
  std::string user_id = {};
  std::string instance_id = {};  // empty: none
  std::string made_by = {};
  absl::Time made_time = {};
  absl::Time until_time = {};
  std::optional<absl::Time> redeem_time = {};
  std::string session_id = {};  // that it started
  std::optional<absl::Time> revoke_time = {};
};

enum class LinkState { kLive, kUsed, kExpired, kRevoked };
LinkState StateOf(const ParticipantLink& link, absl::Time now);

// All faults at once:
//   INVALID_ARGUMENT LINK_INVALID with PERIOD_INVALID, LANGUAGE_UNKNOWN, ID_MALFORMED
absl::Status CheckNewLink(const ParticipantLink& link, const std::string& language);

// FAILED_PRECONDITION LINK_USED, LINK_EXPIRED, LINK_REVOKED.
absl::Status CheckRedeemable(const ParticipantLink& link, absl::Time now);
// FAILED_PRECONDITION LINK_EXPIRED, LINK_REVOKED: a used one can be revoked, which ends its session.
absl::Status CheckRevocable(const ParticipantLink& link, absl::Time now);

}  // namespace reprise::access

#endif  // REPRISE_ACCESS_DOMAIN_PARTICIPANT_LINK_H_
