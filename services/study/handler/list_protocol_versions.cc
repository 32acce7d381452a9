// SPDX-License-Identifier: Apache-2.0
#include "services/platform/id/id.h"
#include "services/platform/status.h"
#include "services/study/convert.h"
#include "services/study/handler/handlers.h"
#include "services/study/store/protocol_store.h"

namespace reprise::study {

absl::StatusOr<v1::ListProtocolVersionsResponse> Handlers::ListProtocolVersions(
    const Call& call, const v1::ListProtocolVersionsRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string study_id, ParseUuid(request.study_id(), "study_id"));
  return db_.Read(call, [&](db::Tx& tx) -> absl::StatusOr<v1::ListProtocolVersionsResponse> {
    REPRISE_ASSIGN_OR_RETURN(const std::vector<ProtocolVersion> versions,
                             study::ListProtocolVersions(tx, study_id));
    v1::ListProtocolVersionsResponse response;
    for (const ProtocolVersion& version : versions) *response.add_protocol_versions() = ToProto(version);
    return response;
  });
}

}  // namespace reprise::study
