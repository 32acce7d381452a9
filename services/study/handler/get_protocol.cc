// SPDX-License-Identifier: Apache-2.0
#include "services/platform/id/id.h"
#include "services/platform/status.h"
#include "services/study/convert.h"
#include "services/study/convert/document.h"
#include "services/study/handler/handlers.h"
#include "services/study/store/protocol_store.h"

namespace reprise::study {

absl::StatusOr<v1::GetProtocolResponse> Handlers::GetProtocol(const Call& call,
                                                              const v1::GetProtocolRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string study_id, ParseUuid(request.study_id(), "study_id"));
  const std::optional<int> version = request.has_version() ? std::optional<int>(request.version()) : std::nullopt;
  return db_.Read(call, [&](db::Tx& tx) -> absl::StatusOr<v1::GetProtocolResponse> {
    REPRISE_ASSIGN_OR_RETURN(const StoredProtocol protocol, LoadProtocol(tx, study_id, version));
    v1::GetProtocolResponse response;
    *response.mutable_protocol_version() = ToProto(protocol.version);
    response.set_document(protocol.document);
    *response.mutable_content() = DocumentFromJson(protocol.content);
    return response;
  });
}

}  // namespace reprise::study
