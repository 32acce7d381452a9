// SPDX-License-Identifier: Apache-2.0
// The table of contents of the phase service.
#ifndef REPRISE_PHASE_SERVICE_H_
#define REPRISE_PHASE_SERVICE_H_

#include "reprise/phase/v1/phase_service.grpc.pb.h"

#include "services/phase/handler/handlers.h"
#include "services/platform/rpc/pipeline.h"

namespace reprise::phase {

class Service final : public v1::PhaseService::CallbackService {
 public:
  Service(rpc::Pipeline& pipeline, Handlers& handlers) : pipeline_(pipeline), handlers_(handlers) {}

  REPRISE_UNARY(RecordMilestone, v1::RecordMilestoneRequest, v1::Course)
  REPRISE_UNARY(RecordLeave, v1::RecordLeaveRequest, v1::Course)
  REPRISE_UNARY(VoidLeave, v1::VoidLeaveRequest, v1::Course)
  REPRISE_UNARY(ChangeWorkStatus, v1::ChangeWorkStatusRequest, v1::Course)
  REPRISE_UNARY(ChangePhase, v1::ChangePhaseRequest, v1::Course)
  REPRISE_UNARY(PreviewCorrection, v1::PreviewCorrectionRequest, v1::PreviewCorrectionResponse)
  REPRISE_UNARY(CorrectTimeline, v1::CorrectTimelineRequest, v1::Course)
  REPRISE_UNARY(PlanVisit, v1::PlanVisitRequest, v1::Course)
  REPRISE_UNARY(RecordVisit, v1::RecordVisitRequest, v1::Course)
  REPRISE_UNARY(CloseVisit, v1::CloseVisitRequest, v1::Course)
  REPRISE_UNARY(RecordDelivery, v1::RecordDeliveryRequest, v1::Course)
  REPRISE_UNARY(GetCourse, v1::GetCourseRequest, v1::Course)
  REPRISE_UNARY(ListVisits, v1::ListVisitsRequest, v1::ListVisitsResponse)

 private:
  static constexpr char kService[] = "reprise.phase.v1.PhaseService/";
  rpc::Pipeline& pipeline_;
  Handlers& handlers_;
};

}  // namespace reprise::phase

#endif  // REPRISE_PHASE_SERVICE_H_
