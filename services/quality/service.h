// SPDX-License-Identifier: Apache-2.0
// The table of contents of the quality service.
#ifndef REPRISE_QUALITY_SERVICE_H_
#define REPRISE_QUALITY_SERVICE_H_

#include "reprise/quality/v1/quality_service.grpc.pb.h"

#include "services/platform/rpc/pipeline.h"
#include "services/quality/handler/handlers.h"

namespace reprise::quality {

class Service final : public v1::QualityService::CallbackService {
 public:
  Service(rpc::Pipeline& pipeline, Handlers& handlers) : pipeline_(pipeline), handlers_(handlers) {}

  REPRISE_UNARY(ListAuditEvents, v1::ListAuditEventsRequest, v1::ListAuditEventsResponse)
  REPRISE_UNARY(GetTreeHead, v1::GetTreeHeadRequest, v1::TreeHead)
  REPRISE_UNARY(ProveInclusion, v1::ProveInclusionRequest, v1::ProveInclusionResponse)
  REPRISE_UNARY(ProveConsistency, v1::ProveConsistencyRequest, v1::ProveConsistencyResponse)
  REPRISE_UNARY(VerifyAuditLog, v1::VerifyAuditLogRequest, v1::VerifyAuditLogResponse)

 private:
  static constexpr char kService[] = "reprise.quality.v1.QualityService/";
  rpc::Pipeline& pipeline_;
  Handlers& handlers_;
};

}  // namespace reprise::quality

#endif  // REPRISE_QUALITY_SERVICE_H_
