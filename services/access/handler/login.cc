// SPDX-License-Identifier: Apache-2.0
#include <sodium.h>

#include <array>

#include "absl/strings/str_cat.h"

#include "services/access/convert.h"
#include "services/access/domain/errors.h"
#include "services/access/handler/handlers.h"
#include "services/access/store/account_store.h"
#include "services/access/store/session_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/convert/wire_time.h"
#include "services/platform/error/error.h"
#include "services/platform/rpc/identity.h"
#include "services/platform/status.h"

namespace reprise::access {
namespace {

constexpr absl::Duration kFailureWindow = absl::Minutes(15);

// 256 random bits, URL-safe.
std::string NewToken() {
  std::array<unsigned char, 32> bytes;
  randombytes_buf(bytes.data(), bytes.size());
  std::array<char, sodium_base64_ENCODED_LEN(32, sodium_base64_VARIANT_URLSAFE_NO_PADDING)> text;
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return text.data();
}

}  // namespace

absl::StatusOr<v1::LoginResponse> Handlers::Login(const Call& call, const v1::LoginRequest& request) {
  if (request.password().size() > 1024 || request.login_name().size() > 64) return LoginRefused();
  const std::string origin = rpc::TokenHash(absl::StrCat(request.login_name(), "\n", call.client));
  std::optional<PasswordCredential> credential;
  int failures = 0;
  REPRISE_RETURN_IF_ERROR(db_.Read(call, [&](db::Tx& tx) -> absl::Status {
    REPRISE_ASSIGN_OR_RETURN(failures, CountFailedLogins(tx, origin, call.now - kFailureWindow));
    REPRISE_ASSIGN_OR_RETURN(credential, FindPassword(tx, request.login_name()));
    return absl::OkStatus();
  }));
  if (const absl::Duration wait = LoginDelay(failures); wait > absl::ZeroDuration()) {
    REPRISE_ASSIGN_OR_RETURN(const bool early, FailedWithin(call, origin, wait));
    if (early) return LoginSlowed(wait);
  }
  // The hash is checked outside any transaction: it takes tens of milliseconds.
  if (!credential.has_value()) passwords_.Pretend(request.password());
  if (!credential.has_value() || !passwords_.Verify(credential->hash, request.password())) {
    REPRISE_RETURN_IF_ERROR(RecordFailure(call, origin, credential));
    return LoginRefused();
  }
  const std::string token = NewToken();
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::LoginResponse> {
    const std::string session_id = call.ids->NewUuid();
    const absl::Time expire_time = call.now + session_life_;
    InsertSession(tx, session_id, credential->account.user_id, rpc::TokenHash(token), call.now,
                  expire_time);
    ForgetFailedLogins(tx, origin, call.now - kFailureWindow);
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "session.start", .subject_type = "user",
                                               .subject_id = credential->account.user_id}));
    v1::LoginResponse response;
    response.set_session_token(token);
    response.set_session_id(session_id);
    *response.mutable_expire_time() = convert::ToProto(expire_time);
    *response.mutable_user() = ToProto(credential->account);
    return response;
  });
}

absl::StatusOr<bool> Handlers::FailedWithin(const Call& call, const std::string& origin,
                                            absl::Duration wait) {
  return db_.Read(call, [&](db::Tx& tx) -> absl::StatusOr<bool> {
    REPRISE_ASSIGN_OR_RETURN(const int recent, CountFailedLogins(tx, origin, call.now - wait));
    return recent > 0;
  });
}

absl::Status Handlers::RecordFailure(const Call& call, const std::string& origin,
                                     const std::optional<PasswordCredential>& credential) {
  return db_
      .Transact(call,
                [&](db::Tx& tx) -> absl::StatusOr<bool> {
                  InsertFailedLogin(tx, origin, call.now);
                  REPRISE_RETURN_IF_ERROR(audit::Append(
                      tx, {.action = "session.refuse", .subject_type = "user",
                           .subject_id = credential ? credential->account.user_id : ""}));
                  return true;
                })
      .status();
}

}  // namespace reprise::access
