// SPDX-License-Identifier: Apache-2.0
#include "services/access/convert.h"
#include "services/access/domain/errors.h"
#include "services/access/handler/handlers.h"
#include "services/access/store/session_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/status.h"

namespace reprise::access {

absl::StatusOr<v1::Delegation> Handlers::EndDelegation(const Call& call,
                                                       const v1::EndDelegationRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string delegation_id,
                           ParseUuid(request.delegation_id(), "delegation_id"));
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Delegation> {
    REPRISE_ASSIGN_OR_RETURN(Delegation delegation, LoadDelegation(tx, delegation_id));
    if (delegation.until_time.has_value() && *delegation.until_time <= call.now) {
      return DelegationEnded();
    }
    REPRISE_ASSIGN_OR_RETURN(const auto administrators, LockAdministrators(tx, "", delegation_id));
    if (administrators.none_would_remain()) return LastAdministrator();
    access::EndDelegation(tx, delegation_id, call.now);
    delegation.until_time = call.now;
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "delegation.end",
                                               .subject_type = "delegation",
                                               .subject_id = delegation_id,
                                               .study_id = delegation.study_id,
                                               .site_id = delegation.site_id}));
    return ToProto(delegation);
  });
}

}  // namespace reprise::access
