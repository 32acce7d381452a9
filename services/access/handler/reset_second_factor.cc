// SPDX-License-Identifier: Apache-2.0
#include "services/access/convert.h"
#include "services/access/domain/errors.h"
#include "services/access/handler/handlers.h"
#include "services/access/store/second_factor_store.h"
#include "services/access/store/session_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/status.h"
#include "services/platform/text/identifier.h"

namespace reprise::access {
namespace {

constexpr size_t kMaxReason = 500;

}  // namespace

absl::StatusOr<v1::User> Handlers::ResetSecondFactor(const Call& call,
                                                     const v1::ResetSecondFactorRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string user_id, ParseUuid(request.user_id(), "user_id"));
  const std::string& reason = request.reason();
  if (reason.empty() || reason.size() > kMaxReason) return ReasonInvalid(reason);
  if (text::FindIdentifier(reason) != text::Identifier::kNone) return ReasonHoldsIdentity();
  if (user_id == call.actor.user_id) return SelfReset();
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::User> {
    REPRISE_ASSIGN_OR_RETURN(Account account, LoadAccount(tx, user_id));
    REPRISE_ASSIGN_OR_RETURN(const auto factor, LockSecondFactor(tx, user_id));
    if (!factor.has_value() || !factor->on_time.has_value()) return SecondFactorOff();
    SwitchOff(tx, factor->factor_id, call.now);
    RevokeOtherSessions(tx, user_id, "", call.now);
    account.second_factor_on = false;
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "second_factor.reset",
                                               .subject_type = "user",
                                               .subject_id = user_id,
                                               .reason = reason}));
    return ToProto(account);
  });
}

}  // namespace reprise::access
