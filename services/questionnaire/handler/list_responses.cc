// SPDX-License-Identifier: Apache-2.0
#include "services/platform/audit/append.h"
#include "services/platform/error/error.h"
#include "services/platform/rpc/page.h"
#include "services/platform/status.h"
#include "services/questionnaire/convert/response.h"
#include "services/questionnaire/handler/handlers.h"
#include "services/questionnaire/store/response_store.h"

namespace reprise::questionnaire {

absl::StatusOr<v1::ListResponsesResponse> Handlers::ListResponses(
    const Call& call, const v1::ListResponsesRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string version_id,
                           ParseUuid(request.instrument_version_id(), "instrument_version_id"));
  REPRISE_ASSIGN_OR_RETURN(const int size, rpc::PageSize(request.page_size(), 100, 500));
  REPRISE_ASSIGN_OR_RETURN(const std::string after, rpc::PageKey(request.page_token()));
  if (!after.empty()) REPRISE_RETURN_IF_ERROR(ParseUuid(after, "page_token").status());
  return db_.ReadAudited(call, [&](db::Tx& tx) -> absl::StatusOr<v1::ListResponsesResponse> {
    REPRISE_ASSIGN_OR_RETURN(const std::shared_ptr<const Form> form, forms_.Get(tx, version_id));
    REPRISE_ASSIGN_OR_RETURN(std::vector<Response> responses,
                             questionnaire::ListResponses(tx, request.study_id(), version_id, after,
                                                          size + 1));
    v1::ListResponsesResponse page;
    if (responses.size() > static_cast<size_t>(size)) {
      responses.pop_back();
      page.set_next_page_token(rpc::PageToken(responses.back().instance_id));
    }
    for (const Response& response : responses) {
      *page.add_responses() = ToProto(response, form->item_codes());
    }
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "response.list",
                                               .subject_type = "instrument_version",
                                               .subject_id = version_id,
                                               .study_id = request.study_id()}));
    return page;
  });
}

}  // namespace reprise::questionnaire
