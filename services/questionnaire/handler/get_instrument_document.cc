// SPDX-License-Identifier: Apache-2.0
#include "services/platform/status.h"
#include "services/questionnaire/convert/instance.h"
#include "services/questionnaire/handler/handlers.h"
#include "services/questionnaire/store/instrument_store.h"

namespace reprise::questionnaire {

absl::StatusOr<v1::GetInstrumentDocumentResponse> Handlers::GetInstrumentDocument(
    const Call& call, const v1::GetInstrumentDocumentRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string version_id,
                           ParseUuid(request.instrument_version_id(), "instrument_version_id"));
  return db_.Read(call, [&](db::Tx& tx) -> absl::StatusOr<v1::GetInstrumentDocumentResponse> {
    REPRISE_ASSIGN_OR_RETURN(const InstrumentVersion version, LoadInstrumentVersion(tx, version_id));
    v1::GetInstrumentDocumentResponse response;
    *response.mutable_instrument_version() = ToProto(version);
    response.set_document(version.document);
    return response;
  });
}

}  // namespace reprise::questionnaire
