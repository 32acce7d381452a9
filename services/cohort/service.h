// SPDX-License-Identifier: Apache-2.0
// The table of contents of the cohort service.
#ifndef REPRISE_COHORT_SERVICE_H_
#define REPRISE_COHORT_SERVICE_H_

#include "reprise/cohort/v1/cohort_service.grpc.pb.h"

#include "services/cohort/handler/handlers.h"
#include "services/platform/rpc/pipeline.h"

namespace reprise::cohort {

class Service final : public v1::CohortService::CallbackService {
 public:
  Service(rpc::Pipeline& pipeline, Handlers& handlers) : pipeline_(pipeline), handlers_(handlers) {}

  REPRISE_UNARY(CreateAllocationList, v1::CreateAllocationListRequest, v1::AllocationList)
  REPRISE_UNARY(VerifyAllocationList, v1::VerifyAllocationListRequest, v1::VerifyAllocationListResponse)
  REPRISE_UNARY(AllocateParticipant, v1::AllocateParticipantRequest, v1::Allocation)
  REPRISE_UNARY(CorrectStratum, v1::CorrectStratumRequest, v1::Allocation)
  REPRISE_UNARY(GetAllocation, v1::GetAllocationRequest, v1::Allocation)
  REPRISE_UNARY(CountFlow, v1::CountFlowRequest, v1::CountFlowResponse)
  REPRISE_UNARY(GetProgressionBoard, v1::GetProgressionBoardRequest, v1::ProgressionBoard)

 private:
  static constexpr char kService[] = "reprise.cohort.v1.CohortService/";
  rpc::Pipeline& pipeline_;
  Handlers& handlers_;
};

}  // namespace reprise::cohort

#endif  // REPRISE_COHORT_SERVICE_H_
