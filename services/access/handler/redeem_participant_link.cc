// SPDX-License-Identifier: Apache-2.0
#include "services/access/convert.h"
#include "services/access/domain/errors.h"
#include "services/access/domain/secret_code.h"
#include "services/access/handler/handlers.h"
#include "services/access/store/link_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/convert/wire_time.h"
#include "services/platform/error/error.h"
#include "services/platform/id/seal.h"
#include "services/platform/status.h"

namespace reprise::access {
namespace {

constexpr size_t kMaxTyped = 200;

// What the hash of the link is made of; nothing where it can be no link.
absl::StatusOr<std::optional<std::string>> SecretOf(const v1::RedeemParticipantLinkRequest& request) {
  if (request.token().empty() && request.short_code().empty()) {
    return error::InvalidField("token", "FIELD_REQUIRED", "A link or a short code is required.");
  }
  if (!request.token().empty() && !request.short_code().empty()) {
    return error::InvalidField("short_code", "FIELD_FORBIDDEN", "A link or a short code, not both.");
  }
  std::optional<std::string> secret;
  if (request.token().size() > kMaxTyped || request.short_code().size() > kMaxTyped) return secret;
  if (request.token().empty()) return ReadCode(request.short_code());
  secret = request.token();
  return secret;
}

v1::RedeemParticipantLinkResponse Wire(const std::string& token, const std::string& session_id,
                                       absl::Time expire_time, const Account& account,
                                       const ParticipantLink& link) {
  v1::RedeemParticipantLinkResponse wire;
  wire.set_session_token(token);
  wire.set_session_id(session_id);
  *wire.mutable_expire_time() = convert::ToProto(expire_time);
  *wire.mutable_user() = ToProto(account);
  wire.set_instance_id(link.instance_id);
  return wire;
}

}  // namespace

absl::StatusOr<v1::RedeemParticipantLinkResponse> Handlers::RedeemParticipantLink(
    const Call& call, const v1::RedeemParticipantLinkRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::optional<std::string> secret, SecretOf(request));
  const std::string origin = LinkOrigin(call);
  REPRISE_RETURN_IF_ERROR(Slowed(call, origin));
  const std::string hash = secret.has_value() ? KeyedHash(keys_.link, *secret) : "";
  const std::string session_token = NewToken();
  std::optional<FoundLink> found;
  auto response = db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::RedeemParticipantLinkResponse> {
    if (hash.empty()) return LinkUnknown();
    REPRISE_ASSIGN_OR_RETURN(found, FindLink(tx, hash, call.now));
    if (!found.has_value()) return LinkUnknown();
    const ParticipantLink& link = found->link;
    REPRISE_RETURN_IF_ERROR(CheckRedeemable(link, call.now));
    if (!found->open) return LinkRevoked();
    REPRISE_ASSIGN_OR_RETURN(const Account account, LoadAccount(tx, link.user_id));
    const Started started = StartSession(tx, call, link.user_id, {"LINK"}, session_token);
    RedeemLink(tx, link.link_id, started.session_id, call.now);
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "link.redeem",
                                               .subject_type = "link",
                                               .subject_id = link.link_id,
                                               .study_id = link.study_id,
                                               .site_id = link.site_id,
                                               .participant_id = link.participant_id}));
    return Wire(session_token, started.session_id, started.expire_time, account, link);
  });
  if (response.ok() || error::ReasonOf(response.status()).substr(0, 5) != "LINK_") return response;
  // Who knows no link is slowed down soon; a link that is over was known, and counts for the address alone.
  Refusal refusal{.action = "link.refuse", .subject_type = "link", .subject_id = {}, .origins = {}};
  if (found.has_value()) {
    refusal.subject_id = found->link.link_id;
  } else {
    refusal.origins.push_back(origin);
  }
  REPRISE_RETURN_IF_ERROR(RecordRefusal(call, refusal));
  return response;
}

}  // namespace reprise::access
