// SPDX-License-Identifier: Apache-2.0
#include "services/platform/status.h"
#include "services/questionnaire/convert/instance.h"
#include "services/questionnaire/handler/handlers.h"
#include "services/questionnaire/store/instrument_store.h"

namespace reprise::questionnaire {

absl::StatusOr<v1::ListInstrumentVersionsResponse> Handlers::ListInstrumentVersions(
    const Call& call, const v1::ListInstrumentVersionsRequest& request) {
  std::optional<std::string> instrument_id;
  if (request.has_instrument_id()) instrument_id = request.instrument_id();
  return db_.Read(call, [&](db::Tx& tx) -> absl::StatusOr<v1::ListInstrumentVersionsResponse> {
    REPRISE_ASSIGN_OR_RETURN(const std::vector<InstrumentVersion> versions,
                             questionnaire::ListInstrumentVersions(tx, instrument_id));
    v1::ListInstrumentVersionsResponse response;
    for (const InstrumentVersion& version : versions) {
      *response.add_instrument_versions() = ToProto(version);
    }
    return response;
  });
}

}  // namespace reprise::questionnaire
