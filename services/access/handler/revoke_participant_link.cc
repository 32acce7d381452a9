// SPDX-License-Identifier: Apache-2.0
#include "services/access/convert.h"
#include "services/access/handler/handlers.h"
#include "services/access/store/link_store.h"
#include "services/access/store/session_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/status.h"

namespace reprise::access {

absl::StatusOr<v1::ParticipantLink> Handlers::RevokeParticipantLink(
    const Call& call, const v1::RevokeParticipantLinkRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string link_id, ParseUuid(request.link_id(), "link_id"));
  std::string session_id;
  auto response = db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::ParticipantLink> {
    REPRISE_ASSIGN_OR_RETURN(ParticipantLink link, LoadLink(tx, link_id));
    REPRISE_RETURN_IF_ERROR(CheckRevocable(link, call.now));
    RevokeLink(tx, link_id, call.now);
    link.revoke_time = call.now;
    session_id = link.session_id;
    if (!session_id.empty()) {
      REPRISE_RETURN_IF_ERROR(RevokeSession(tx, link.user_id, session_id, call.now).status());
    }
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "link.revoke",
                                               .subject_type = "link",
                                               .subject_id = link_id,
                                               .study_id = link.study_id,
                                               .site_id = link.site_id,
                                               .participant_id = link.participant_id}));
    return ToProto(link, call.now);
  });
  if (response.ok() && !session_id.empty()) forget_session_(session_id);
  return response;
}

}  // namespace reprise::access
