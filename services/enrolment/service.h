// SPDX-License-Identifier: Apache-2.0
// The table of contents of the enrolment service.
#ifndef REPRISE_ENROLMENT_SERVICE_H_
#define REPRISE_ENROLMENT_SERVICE_H_

#include "reprise/enrolment/v1/enrolment_service.grpc.pb.h"

#include "services/platform/rpc/pipeline.h"
#include "services/enrolment/handler/handlers.h"

namespace reprise::enrolment {

class Service final : public v1::EnrolmentService::CallbackService {
 public:
  Service(rpc::Pipeline& pipeline, Handlers& handlers) : pipeline_(pipeline), handlers_(handlers) {}

  REPRISE_UNARY(RegisterParticipant, v1::RegisterParticipantRequest, v1::Participant)
  REPRISE_UNARY(ListParticipants, v1::ListParticipantsRequest, v1::ListParticipantsResponse)
  REPRISE_UNARY(AssignPhysician, v1::AssignPhysicianRequest, v1::Participant)
  REPRISE_UNARY(AddParticipantNote, v1::AddParticipantNoteRequest, v1::ParticipantNote)

 private:
  static constexpr char kService[] = "reprise.enrolment.v1.EnrolmentService/";
  rpc::Pipeline& pipeline_;
  Handlers& handlers_;
};

}  // namespace reprise::enrolment

#endif  // REPRISE_ENROLMENT_SERVICE_H_
