// SPDX-License-Identifier: Apache-2.0
#include "services/access/convert.h"
#include "services/access/handler/handlers.h"
#include "services/access/store/account_store.h"
#include "services/access/store/second_factor_store.h"
#include "services/access/store/session_store.h"
#include "services/platform/convert/wire_time.h"
#include "services/platform/status.h"

namespace reprise::access {

absl::StatusOr<v1::GetSelfResponse> Handlers::GetSelf(const Call& call, const v1::GetSelfRequest&) {
  return db_.Read(call, [&](db::Tx& tx) -> absl::StatusOr<v1::GetSelfResponse> {
    const std::string& user_id = call.actor.user_id;
    REPRISE_ASSIGN_OR_RETURN(const Account account, LoadAccount(tx, user_id));
    REPRISE_ASSIGN_OR_RETURN(const auto delegations, access::ListDelegations(tx, user_id, call.now));
    REPRISE_ASSIGN_OR_RETURN(const auto permissions, ListPermissions(tx, user_id, call.now));
    REPRISE_ASSIGN_OR_RETURN(const auto sessions, ListSessions(tx, user_id, call.now));
    REPRISE_ASSIGN_OR_RETURN(const auto factor, FindSecondFactor(tx, user_id));
    REPRISE_ASSIGN_OR_RETURN(const std::optional<bool> must_change, FindMustChange(tx, user_id));
    v1::GetSelfResponse response;
    response.set_password_change_required(must_change.value_or(false));
    v1::SecondFactor* const second = response.mutable_second_factor();
    if (factor.has_value() && factor->on_time.has_value()) {
      second->set_on(true);
      *second->mutable_on_since_time() = convert::ToProto(*factor->on_time);
      second->set_recovery_codes_left(factor->recovery_codes_left);
    }
    *response.mutable_user() = ToProto(account);
    for (const Delegation& delegation : delegations) *response.add_delegations() = ToProto(delegation);
    for (const std::string& permission : permissions) response.add_permissions(permission);
    for (const Session& session : sessions) {
      v1::Session* const wire = response.add_sessions();
      wire->set_session_id(session.session_id);
      *wire->mutable_made_time() = convert::ToProto(session.made_time);
      *wire->mutable_last_use_time() = convert::ToProto(session.last_use_time);
      wire->set_current(session.session_id == call.actor.session_id);
      wire->set_client(session.client);
    }
    return response;
  });
}

}  // namespace reprise::access
