// SPDX-License-Identifier: Apache-2.0
#include "services/extract/convert.h"
#include "services/extract/handler/handlers.h"
#include "services/extract/store/request_store.h"
#include "services/platform/status.h"

namespace reprise::extract {

absl::StatusOr<v1::ListExtractsResponse> Handlers::ListExtracts(const Call& call,
                                                                const v1::ListExtractsRequest& request) {
  return db_.Read(call, [&](db::Tx& tx) -> absl::StatusOr<v1::ListExtractsResponse> {
    REPRISE_ASSIGN_OR_RETURN(const std::vector<Request> requests, ListRequests(tx, request.study_id()));
    v1::ListExtractsResponse response;
    for (const Request& found : requests) *response.add_extracts() = ToProto(found);
    return response;
  });
}

}  // namespace reprise::extract
