// SPDX-License-Identifier: Apache-2.0
#include <sodium.h>

#include "services/access/domain/errors.h"
#include "services/access/domain/totp.h"
#include "services/access/handler/handlers.h"
#include "services/access/store/second_factor_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/id/seal.h"
#include "services/platform/status.h"

namespace reprise::access {

absl::StatusOr<v1::StartSecondFactorResponse> Handlers::StartSecondFactor(
    const Call& call, const v1::StartSecondFactorRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const OwnPassword password, CheckOwnPassword(call, request.password()));
  const std::string& user_id = call.actor.user_id;
  std::string secret(kTotpSecretBytes, '\0');
  randombytes_buf(secret.data(), secret.size());
  const std::string factor_id = call.ids->NewUuid();
  auto response = db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::StartSecondFactorResponse> {
    REPRISE_ASSIGN_OR_RETURN(const Account account, ConfirmPassword(tx, password.verified));
    REPRISE_ASSIGN_OR_RETURN(const auto before, LockSecondFactor(tx, user_id));
    if (before.has_value() && before->on_time.has_value()) return SecondFactorOn();
    if (before.has_value()) SwitchOff(tx, before->factor_id, call.now);
    InsertSecondFactor(tx, factor_id, user_id, Seal(keys_.factor, factor_id, secret), call.now);
    REPRISE_RETURN_IF_ERROR(audit::Append(
        tx, {.action = "second_factor.start", .subject_type = "user", .subject_id = user_id}));
    v1::StartSecondFactorResponse wire;
    wire.set_secret(SealText(keys_, call.request_id, Base32(secret)));
    wire.set_otpauth_uri(SealText(keys_, call.request_id, OtpauthUri(account.login_name, secret)));
    return wire;
  });
  if (!response.ok()) return AfterRefusal(call, user_id, password.origin, response.status());
  REPRISE_ASSIGN_OR_RETURN(*response->mutable_secret(),
                           UnsealText(keys_, call.request_id, response->secret()));
  REPRISE_ASSIGN_OR_RETURN(*response->mutable_otpauth_uri(),
                           UnsealText(keys_, call.request_id, response->otpauth_uri()));
  return response;
}

}  // namespace reprise::access
