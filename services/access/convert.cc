// SPDX-License-Identifier: Apache-2.0
#include "services/access/convert.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

#include "services/platform/convert/wire_time.h"

namespace reprise::access {

v1::User ToProto(const Account& account) {
  v1::User user;
  user.set_user_id(account.user_id);
  user.set_login_name(account.login_name);
  user.set_display_name(account.display_name);
  user.set_language(account.language);
  user.set_participant_id(account.participant_id);
  if (account.disabled_time) *user.mutable_disabled_time() = convert::ToProto(*account.disabled_time);
  *user.mutable_made_time() = convert::ToProto(account.made_time);
  user.set_etag(EtagOf(account));
  user.set_second_factor_on(account.second_factor_on);
  return user;
}

v1::Delegation ToProto(const Delegation& delegation) {
  v1::Delegation wire;
  wire.set_delegation_id(delegation.delegation_id);
  wire.set_user_id(delegation.user_id);
  v1::Role role = v1::ROLE_UNSPECIFIED;
  (void)v1::Role_Parse(absl::StrCat("ROLE_", absl::AsciiStrToUpper(delegation.role)), &role);
  wire.set_role(role);
  wire.set_study_id(delegation.study_id);
  wire.set_site_id(delegation.site_id);
  *wire.mutable_from_time() = convert::ToProto(delegation.from_time);
  if (delegation.until_time) *wire.mutable_until_time() = convert::ToProto(*delegation.until_time);
  return wire;
}

v1::ParticipantLink ToProto(const ParticipantLink& link, absl::Time now) {
  const auto state_of = [&] {
    switch (StateOf(link, now)) {
      case LinkState::kLive: return v1::LINK_STATE_LIVE;
      case LinkState::kUsed: return v1::LINK_STATE_USED;
      case LinkState::kExpired: return v1::LINK_STATE_EXPIRED;
      case LinkState::kRevoked: return v1::LINK_STATE_REVOKED;
    }
    return v1::LINK_STATE_UNSPECIFIED;
  };
  v1::ParticipantLink wire;
  wire.set_link_id(link.link_id);
  wire.set_participant_id(link.participant_id);
  wire.set_state(state_of());
  wire.set_instance_id(link.instance_id);
  *wire.mutable_made_time() = convert::ToProto(link.made_time);
  wire.set_made_by(link.made_by);
  *wire.mutable_until_time() = convert::ToProto(link.until_time);
  if (link.redeem_time) *wire.mutable_redeem_time() = convert::ToProto(*link.redeem_time);
  if (link.revoke_time) *wire.mutable_revoke_time() = convert::ToProto(*link.revoke_time);
  return wire;
}

std::string RoleName(v1::Role role) {
  if (role == v1::ROLE_UNSPECIFIED || !v1::Role_IsValid(role)) return "";
  return absl::AsciiStrToLower(v1::Role_Name(role).substr(5));
}

}  // namespace reprise::access
