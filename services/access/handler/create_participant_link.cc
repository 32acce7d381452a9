// SPDX-License-Identifier: Apache-2.0
#include "absl/strings/str_cat.h"

#include "services/access/convert.h"
#include "services/access/domain/errors.h"
#include "services/access/domain/secret_code.h"
#include "services/access/handler/handlers.h"
#include "services/access/store/link_store.h"
#include "services/access/store/session_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/convert/wire_time.h"
#include "services/platform/id/seal.h"
#include "services/platform/status.h"

namespace reprise::access {
namespace {

// Her account, made where she has none. ALREADY_EXISTS LOGIN_NAME_TAKEN where an account that is not hers
// has the name that hers would have.
absl::StatusOr<Account> AccountOf(db::Tx& tx, const std::string& participant_id, const std::string& code,
                                  const std::string& language) {
  REPRISE_ASSIGN_OR_RETURN(std::optional<Account> found, FindParticipantAccount(tx, participant_id));
  if (found.has_value()) return *std::move(found);
  const Account account{.user_id = tx.call().ids->NewUuid(),
                        .login_name = absl::StrCat(kParticipantPrefix, participant_id),
                        .display_name = code,
                        .language = language,
                        .participant_id = participant_id,
                        .disabled_time = {},
                        .made_time = tx.call().now};
  REPRISE_ASSIGN_OR_RETURN(const bool made, InsertParticipantAccount(tx, account));
  if (made) {
    REPRISE_RETURN_IF_ERROR(audit::Append(
        tx, {.action = "user.create", .subject_type = "user", .subject_id = account.user_id,
             .participant_id = participant_id}));
    return account;
  }
  REPRISE_ASSIGN_OR_RETURN(found, FindParticipantAccount(tx, participant_id));
  if (!found.has_value()) return LoginNameTaken();
  return *std::move(found);
}

// The role of a participant where she never had it; DELEGATION_ENDED where it was taken away.
absl::Status GiveRole(db::Tx& tx, const Account& account, const LinkedParticipant& participant) {
  const Call& call = tx.call();
  REPRISE_ASSIGN_OR_RETURN(const std::optional<bool> live,
                           FindParticipantRole(tx, account.user_id, participant.study_id, call.now));
  if (live.has_value()) return *live ? absl::OkStatus() : DelegationEnded();
  const Delegation delegation{.delegation_id = call.ids->NewUuid(),
                              .user_id = account.user_id,
                              .role = "participant",
                              .study_id = participant.study_id,
                              .site_id = participant.site_id,
                              .from_time = call.now};
  InsertDelegation(tx, delegation, call.actor.user_id, call.now);
  return audit::Append(tx, {.action = "delegation.create",
                            .subject_type = "delegation",
                            .subject_id = delegation.delegation_id,
                            .study_id = participant.study_id,
                            .site_id = participant.site_id,
                            .participant_id = account.participant_id});
}

absl::StatusOr<ParticipantLink> AskedLink(const Call& call, const v1::CreateParticipantLinkRequest& request,
                                          const std::string& language) {
  ParticipantLink link{.link_id = call.ids->NewUuid(),
                       .instance_id = request.instance_id(),
                       .made_by = call.actor.user_id,
                       .made_time = call.now,
                       .until_time = call.now + kLinkLife};
  REPRISE_ASSIGN_OR_RETURN(link.participant_id, ParseUuid(request.participant_id(), "participant_id"));
  if (request.has_until_time()) {
    REPRISE_ASSIGN_OR_RETURN(link.until_time,
                             convert::FromProto(request.until_time(), "until_time"));
  }
  REPRISE_RETURN_IF_ERROR(CheckNewLink(link, language));
  return link;
}

absl::Status RecordLink(db::Tx& tx, const ParticipantLink& link) {
  return audit::Append(tx, {.action = "link.create",
                            .subject_type = "link",
                            .subject_id = link.link_id,
                            .study_id = link.study_id,
                            .site_id = link.site_id,
                            .participant_id = link.participant_id});
}

}  // namespace

absl::StatusOr<v1::CreateParticipantLinkResponse> Handlers::CreateParticipantLink(
    const Call& call, const v1::CreateParticipantLinkRequest& request) {
  const std::string language = request.language().empty() ? "fr" : request.language();
  REPRISE_ASSIGN_OR_RETURN(ParticipantLink link, AskedLink(call, request, language));
  const std::string token = NewToken(), code = NewCode();
  auto response = db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::CreateParticipantLinkResponse> {
    REPRISE_ASSIGN_OR_RETURN(const LinkedParticipant participant, LoadParticipant(tx, link.participant_id));
    if (!participant.reachable) return ParticipantNotReachable();
    REPRISE_ASSIGN_OR_RETURN(const Account account,
                             AccountOf(tx, link.participant_id, participant.code, language));
    if (account.disabled_time.has_value()) return UserDisabled();
    REPRISE_RETURN_IF_ERROR(GiveRole(tx, account, participant));
    link.study_id = participant.study_id;
    link.site_id = participant.site_id;
    link.user_id = account.user_id;
    InsertLink(tx, link, KeyedHash(keys_.link, token), KeyedHash(keys_.link, code));
    REPRISE_RETURN_IF_ERROR(RecordLink(tx, link));
    v1::CreateParticipantLinkResponse wire;
    *wire.mutable_link() = ToProto(link, call.now);
    wire.set_token(SealText(keys_, call.request_id, token));
    wire.set_short_code(SealText(keys_, call.request_id, Grouped(code)));
    return wire;
  });
  if (!response.ok()) return response;
  REPRISE_ASSIGN_OR_RETURN(*response->mutable_token(),
                           UnsealText(keys_, call.request_id, response->token()));
  REPRISE_ASSIGN_OR_RETURN(*response->mutable_short_code(),
                           UnsealText(keys_, call.request_id, response->short_code()));
  return response;
}

}  // namespace reprise::access
