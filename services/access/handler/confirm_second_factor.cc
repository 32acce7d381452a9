// SPDX-License-Identifier: Apache-2.0
#include "services/access/domain/errors.h"
#include "services/access/handler/factor_code.h"
#include "services/access/handler/handlers.h"
#include "services/access/store/second_factor_store.h"
#include "services/access/store/session_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/status.h"

namespace reprise::access {

absl::StatusOr<v1::ConfirmSecondFactorResponse> Handlers::ConfirmSecondFactor(
    const Call& call, const v1::ConfirmSecondFactorRequest& request) {
  const std::string& user_id = call.actor.user_id;
  REPRISE_RETURN_IF_ERROR(Slowed(call, CodeOrigin(user_id)));
  auto response = db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::ConfirmSecondFactorResponse> {
    REPRISE_ASSIGN_OR_RETURN(const auto factor, LockSecondFactor(tx, user_id));
    if (!factor.has_value()) return SecondFactorNotStarted();
    if (factor->on_time.has_value()) return SecondFactorOn();
    REPRISE_RETURN_IF_ERROR(TakeTotp(tx, keys_, *factor, request.code(), call.now));
    SwitchOn(tx, factor->factor_id, call.now);
    RevokeOtherSessions(tx, user_id, call.actor.session_id, call.now);
    v1::ConfirmSecondFactorResponse wire;
    for (const std::string& code : RenewCodes(tx, keys_, factor->factor_id, call.now)) {
      wire.add_recovery_codes(SealText(keys_, call.request_id, code));
    }
    REPRISE_RETURN_IF_ERROR(audit::Append(
        tx, {.action = "second_factor.confirm", .subject_type = "user", .subject_id = user_id}));
    return wire;
  });
  if (!response.ok()) return AfterRefusal(call, user_id, "", response.status());
  for (std::string& code : *response->mutable_recovery_codes()) {
    REPRISE_ASSIGN_OR_RETURN(code, UnsealText(keys_, call.request_id, code));
  }
  return response;
}

}  // namespace reprise::access
