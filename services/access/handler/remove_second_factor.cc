// SPDX-License-Identifier: Apache-2.0
#include "services/access/domain/errors.h"
#include "services/access/handler/factor_code.h"
#include "services/access/handler/handlers.h"
#include "services/access/store/second_factor_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/status.h"

namespace reprise::access {

absl::StatusOr<v1::RemoveSecondFactorResponse> Handlers::RemoveSecondFactor(
    const Call& call, const v1::RemoveSecondFactorRequest& request) {
  const std::string& user_id = call.actor.user_id;
  REPRISE_ASSIGN_OR_RETURN(const OwnPassword password, CheckOwnPassword(call, request.password()));
  REPRISE_RETURN_IF_ERROR(Slowed(call, CodeOrigin(user_id)));
  auto response = db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::RemoveSecondFactorResponse> {
    REPRISE_RETURN_IF_ERROR(ConfirmPassword(tx, password.verified).status());
    REPRISE_ASSIGN_OR_RETURN(const auto factor, LockSecondFactor(tx, user_id));
    if (!factor.has_value() || !factor->on_time.has_value()) return SecondFactorOff();
    REPRISE_RETURN_IF_ERROR(TakeCode(tx, keys_, *factor, user_id, request.code(), call.now).status());
    SwitchOff(tx, factor->factor_id, call.now);
    REPRISE_RETURN_IF_ERROR(audit::Append(
        tx, {.action = "second_factor.remove", .subject_type = "user", .subject_id = user_id}));
    return v1::RemoveSecondFactorResponse();
  });
  if (!response.ok()) return AfterRefusal(call, user_id, password.origin, response.status());
  return response;
}

}  // namespace reprise::access
