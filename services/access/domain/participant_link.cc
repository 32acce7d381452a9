// SPDX-License-Identifier: Apache-2.0
#include "services/access/domain/participant_link.h"

#include <vector>

#include "services/access/domain/errors.h"
#include "services/platform/error/error.h"
#include "services/platform/id/id.h"

namespace reprise::access {

LinkState StateOf(const ParticipantLink& link, absl::Time now) {
  if (link.revoke_time.has_value()) return LinkState::kRevoked;
  if (link.redeem_time.has_value()) return LinkState::kUsed;
  return now < link.until_time ? LinkState::kLive : LinkState::kExpired;
}

absl::Status CheckNewLink(const ParticipantLink& link, const std::string& language) {
  std::vector<error::Violation> violations;
  if (link.until_time <= link.made_time || link.until_time > link.made_time + kLongestLinkLife) {
    violations.push_back({"until_time", "PERIOD_INVALID",
                          "An instant after now and at most 60 days ahead is required."});
  }
  if (language != "fr" && language != "en") {
    violations.push_back({"language", "LANGUAGE_UNKNOWN", "`fr` or `en` is required."});
  }
  if (!link.instance_id.empty()) {
    if (const auto id = ParseUuid(link.instance_id, "instance_id"); !id.ok()) {
      violations.push_back(error::DetailOf(id.status()).violations[0]);
    }
  }
  if (violations.empty()) return absl::OkStatus();
  return error::Invalid("LINK_INVALID", "The link cannot be made as asked.", violations);
}

absl::Status CheckRedeemable(const ParticipantLink& link, absl::Time now) {
  switch (StateOf(link, now)) {
    case LinkState::kUsed:
      return LinkUsed();
    case LinkState::kExpired:
      return LinkExpired();
    case LinkState::kRevoked:
      return LinkRevoked();
    case LinkState::kLive:
      break;
  }
  return absl::OkStatus();
}

absl::Status CheckRevocable(const ParticipantLink& link, absl::Time now) {
  const LinkState state = StateOf(link, now);
  if (state == LinkState::kExpired) return LinkExpired();
  if (state == LinkState::kRevoked) return LinkRevoked();
  return absl::OkStatus();
}

}  // namespace reprise::access
