// SPDX-License-Identifier: Apache-2.0
// What every way of coming in shares: guessing is slowed down, refusals are recorded, a session starts.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

#include "services/access/domain/errors.h"
#include "services/access/handler/handlers.h"
#include "services/access/store/session_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/error/error.h"
#include "services/platform/rpc/identity.h"
#include "services/platform/status.h"

namespace reprise::access {
namespace {

constexpr absl::Duration kFailureWindow = absl::Minutes(15);

// How long who comes from there waits; nothing where she has waited.
absl::StatusOr<absl::Duration> WaitAt(db::Tx& tx, const std::string& origin, absl::Duration (*delay)(int)) {
  const absl::Time now = tx.call().now;
  REPRISE_ASSIGN_OR_RETURN(const int failures, CountFailedLogins(tx, origin, now - kFailureWindow));
  const absl::Duration wait = delay(failures);
  if (wait <= absl::ZeroDuration()) return wait;
  REPRISE_ASSIGN_OR_RETURN(const int recent, CountFailedLogins(tx, origin, now - wait));
  return recent > 0 ? wait : absl::ZeroDuration();
}

}  // namespace

std::string Handlers::PasswordOrigin(const Call& call, const std::string& login_name) {
  return rpc::TokenHash(absl::StrCat(login_name, "\n", call.client));
}

std::string Handlers::CodeOrigin(const std::string& user_id) {
  return rpc::TokenHash(absl::StrCat("code\n", user_id));
}

std::string Handlers::LinkOrigin(const Call& call) {
  return rpc::TokenHash(absl::StrCat("link\n", call.client));
}

std::string Handlers::AddressOrigin(const Call& call) {
  return rpc::TokenHash(absl::StrCat("address\n", call.client));
}

absl::Status Handlers::Slowed(const Call& call, const std::string& origin) {
  return db_.Read(call, [&](db::Tx& tx) -> absl::Status {
    REPRISE_ASSIGN_OR_RETURN(const absl::Duration there, WaitAt(tx, origin, LoginDelay));
    REPRISE_ASSIGN_OR_RETURN(const absl::Duration address, WaitAt(tx, AddressOrigin(call), AddressDelay));
    const absl::Duration wait = std::max(there, address);
    return wait > absl::ZeroDuration() ? LoginSlowed(wait) : absl::OkStatus();
  });
}

absl::Status Handlers::RecordRefusal(const Call& call, const Refusal& refusal) {
  return db_
      .Transact(call,
                [&](db::Tx& tx) -> absl::StatusOr<bool> {
                  InsertFailedLogin(tx, AddressOrigin(call), call.now);
                  for (const std::string& origin : refusal.origins) InsertFailedLogin(tx, origin, call.now);
                  REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = refusal.action,
                                                             .subject_type = refusal.subject_type,
                                                             .subject_id = refusal.subject_id}));
                  return true;
                })
      .status();
}

void Handlers::ForgetFailures(db::Tx& tx, const Call& call, const std::string& origin) {
  ForgetFailedLogins(tx, origin, call.now - kFailureWindow);
}

absl::StatusOr<Handlers::OwnPassword> Handlers::CheckOwnPassword(const Call& call,
                                                                 const std::string& password) {
  std::optional<PasswordCredential> credential;
  REPRISE_RETURN_IF_ERROR(db_.Read(call, [&](db::Tx& tx) -> absl::Status {
    REPRISE_ASSIGN_OR_RETURN(const Account account, LoadAccount(tx, call.actor.user_id));
    REPRISE_ASSIGN_OR_RETURN(credential, FindPassword(tx, account.login_name));
    return absl::OkStatus();
  }));
  if (!credential.has_value() || password.size() > 1024) return OwnPassword();
  OwnPassword own{.origin = PasswordOrigin(call, credential->account.login_name)};
  REPRISE_RETURN_IF_ERROR(Slowed(call, own.origin));
  REPRISE_ASSIGN_OR_RETURN(const bool right,
                           passwords_.Verify(credential->hash, password, call.deadline));
  if (right) own.verified = std::move(credential);
  return own;
}

absl::Status Handlers::AfterRefusal(const Call& call, const std::string& user_id,
                                    const std::string& password_origin, const absl::Status& status) {
  const std::string reason = error::ReasonOf(status);
  Refusal refusal{.action = "session.refuse", .subject_type = "user", .subject_id = user_id, .origins = {}};
  if (!password_origin.empty()) refusal.origins.push_back(password_origin);
  if (reason == "SECOND_FACTOR_REFUSED") {
    refusal.action = "second_factor.refuse";
    refusal.origins.push_back(CodeOrigin(user_id));
  } else if (reason != "LOGIN_REFUSED") {
    return status;
  }
  REPRISE_RETURN_IF_ERROR(RecordRefusal(call, refusal));
  return status;
}

Handlers::Started Handlers::StartSession(db::Tx& tx, const Call& call, const std::string& user_id,
                                         const std::vector<std::string>& factors,
                                         const std::string& token) {
  const Started started{.session_id = call.ids->NewUuid(), .expire_time = call.now + session_life_};
  InsertSession(tx, {.session_id = started.session_id,
                     .user_id = user_id,
                     .token_hash = rpc::TokenHash(token),
                     .factors = factors,
                     .client = call.device,
                     .made_time = call.now,
                     .expire_time = started.expire_time});
  return started;
}

}  // namespace reprise::access
