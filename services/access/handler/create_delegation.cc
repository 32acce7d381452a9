// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "absl/strings/ascii.h"

#include "services/access/convert.h"
#include "services/access/domain/delegation.h"
#include "services/access/handler/handlers.h"
#include "services/access/store/account_store.h"
#include "services/access/store/session_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/convert/wire_time.h"
#include "services/platform/status.h"

namespace reprise::access {

absl::StatusOr<v1::Delegation> Handlers::CreateDelegation(const Call& call,
                                                          const v1::CreateDelegationRequest& request) {
  Delegation delegation{.delegation_id = call.ids->NewUuid(),
                        .role = RoleName(request.role()),
                        .study_id = absl::AsciiStrToLower(request.study_id()),
                        .site_id = absl::AsciiStrToLower(request.site_id()),
                        .from_time = call.now};
  REPRISE_ASSIGN_OR_RETURN(delegation.user_id, ParseUuid(request.user_id(), "user_id"));
  if (request.has_from_time()) {
    REPRISE_ASSIGN_OR_RETURN(delegation.from_time, convert::FromProto(request.from_time(), "from_time"));
  }
  if (request.has_until_time()) {
    REPRISE_ASSIGN_OR_RETURN(delegation.until_time,
                             convert::FromProto(request.until_time(), "until_time"));
  }
  const std::vector<std::string>& places = call.scope.places;
  const bool whole_study =
      std::find(places.begin(), places.end(), delegation.study_id + "/*") != places.end();
  REPRISE_RETURN_IF_ERROR(CheckNewDelegation(delegation, call.actor.user_id, call.scope.everywhere,
                                             whole_study));
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Delegation> {
    InsertDelegation(tx, delegation, call.actor.user_id, call.now);
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "delegation.create",
                                               .subject_type = "delegation",
                                               .subject_id = delegation.delegation_id,
                                               .study_id = delegation.study_id,
                                               .site_id = delegation.site_id}));
    return ToProto(delegation);
  });
}

}  // namespace reprise::access
