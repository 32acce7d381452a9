// SPDX-License-Identifier: Apache-2.0
#include <vector>

#include "services/access/convert.h"
#include "services/access/handler/handlers.h"
#include "services/access/store/link_store.h"
#include "services/platform/error/error.h"
#include "services/platform/rpc/page.h"
#include "services/platform/status.h"

namespace reprise::access {

absl::StatusOr<v1::ListParticipantLinksResponse> Handlers::ListParticipantLinks(
    const Call& call, const v1::ListParticipantLinksRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string participant_id,
                           ParseUuid(request.participant_id(), "participant_id"));
  REPRISE_ASSIGN_OR_RETURN(const int size, rpc::PageSize(request.page_size(), 50, 200));
  REPRISE_ASSIGN_OR_RETURN(const std::string key, rpc::PageKey(request.page_token()));
  std::optional<std::string> after;
  if (!key.empty()) {
    const auto link_id = ParseUuid(key, "page_token");
    if (!link_id.ok()) {
      return error::InvalidField("page_token", "PAGE_TOKEN_INVALID",
                                 "The next_page_token of an earlier answer, or none, is required.");
    }
    after = *link_id;
  }
  return db_.Read(call, [&](db::Tx& tx) -> absl::StatusOr<v1::ListParticipantLinksResponse> {
    REPRISE_RETURN_IF_ERROR(LoadParticipant(tx, participant_id).status());
    REPRISE_ASSIGN_OR_RETURN(std::vector<ParticipantLink> links,
                             ListLinks(tx, participant_id, after, size + 1));
    v1::ListParticipantLinksResponse response;
    if (links.size() > static_cast<size_t>(size)) {
      links.pop_back();
      response.set_next_page_token(rpc::PageToken(links.back().link_id));
    }
    for (const ParticipantLink& link : links) *response.add_links() = ToProto(link, call.now);
    return response;
  });
}

}  // namespace reprise::access
