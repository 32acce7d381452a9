// SPDX-License-Identifier: Apache-2.0
#include "services/access/convert.h"
#include "services/access/domain/errors.h"
#include "services/access/handler/factor_code.h"
#include "services/access/handler/handlers.h"
#include "services/access/store/account_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/convert/wire_time.h"
#include "services/platform/status.h"

namespace reprise::access {

absl::StatusOr<PasswordCredential> Handlers::CheckLogin(const Call& call, const v1::LoginRequest& request,
                                                        const std::string& origin) {
  REPRISE_RETURN_IF_ERROR(Slowed(call, origin));
  std::optional<PasswordCredential> credential;
  REPRISE_RETURN_IF_ERROR(db_.Read(call, [&](db::Tx& tx) -> absl::Status {
    REPRISE_ASSIGN_OR_RETURN(credential, FindPassword(tx, request.login_name()));
    return absl::OkStatus();
  }));
  // The hash is checked outside any transaction, because it takes tens of milliseconds; ConfirmPassword sees
  // what has changed meanwhile.
  if (!credential.has_value()) {
    REPRISE_RETURN_IF_ERROR(passwords_.Pretend(request.password(), call.deadline));
    return AfterRefusal(call, "", origin, LoginRefused());
  }
  REPRISE_ASSIGN_OR_RETURN(const bool right,
                           passwords_.Verify(credential->hash, request.password(), call.deadline));
  if (!right) return AfterRefusal(call, credential->account.user_id, origin, LoginRefused());
  return *std::move(credential);
}

absl::StatusOr<v1::LoginResponse> Handlers::Login(const Call& call, const v1::LoginRequest& request) {
  if (request.password().size() > 1024 || request.login_name().size() > 64) return LoginRefused();
  const std::string origin = PasswordOrigin(call, request.login_name());
  REPRISE_ASSIGN_OR_RETURN(const PasswordCredential verified, CheckLogin(call, request, origin));
  const std::string& user_id = verified.account.user_id;
  // Codes are few, so whoever knows the password is slowed down from wherever she guesses.
  if (!request.second_factor_code().empty()) REPRISE_RETURN_IF_ERROR(Slowed(call, CodeOrigin(user_id)));
  const std::string token = NewToken();
  auto response = db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::LoginResponse> {
    REPRISE_ASSIGN_OR_RETURN(const Account account, ConfirmPassword(tx, verified));
    std::vector<std::string> factors = {"PASSWORD"};
    REPRISE_ASSIGN_OR_RETURN(const auto factor, LockSecondFactor(tx, user_id));
    if (factor.has_value() && factor->on_time.has_value()) {
      if (request.second_factor_code().empty()) return SecondFactorRequired();
      REPRISE_ASSIGN_OR_RETURN(factors.emplace_back(), TakeCode(tx, keys_, *factor, user_id,
                                                                request.second_factor_code(), call.now));
      ForgetFailures(tx, call, CodeOrigin(user_id));
    }
    const Started started = StartSession(tx, call, user_id, factors, token);
    ForgetFailures(tx, call, origin);
    REPRISE_RETURN_IF_ERROR(audit::Append(
        tx, {.action = "session.start", .subject_type = "user", .subject_id = user_id}));
    v1::LoginResponse wire;
    wire.set_session_token(token);
    wire.set_session_id(started.session_id);
    *wire.mutable_expire_time() = convert::ToProto(started.expire_time);
    *wire.mutable_user() = ToProto(account);
    return wire;
  });
  if (!response.ok()) return AfterRefusal(call, user_id, origin, response.status());
  return response;
}

}  // namespace reprise::access
