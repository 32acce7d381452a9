// SPDX-License-Identifier: Apache-2.0
#include "services/access/domain/errors.h"
#include "services/access/handler/handlers.h"
#include "services/access/store/session_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/status.h"

namespace reprise::access {

absl::StatusOr<v1::LogoutResponse> Handlers::Logout(const Call& call, const v1::LogoutRequest& request) {
  std::string session_id = call.actor.session_id;
  if (!request.session_id().empty()) {
    REPRISE_ASSIGN_OR_RETURN(session_id, ParseUuid(request.session_id(), "session_id"));
  }
  auto response = db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::LogoutResponse> {
    REPRISE_ASSIGN_OR_RETURN(const bool known,
                             RevokeSession(tx, call.actor.user_id, session_id, call.now));
    if (!known) return SessionNotFound();
    REPRISE_RETURN_IF_ERROR(audit::Append(
        tx, {.action = "session.end", .subject_type = "session", .subject_id = session_id}));
    return v1::LogoutResponse();
  });
  if (response.ok()) forget_session_(session_id);
  return response;
}

}  // namespace reprise::access
