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

  REPRISE_UNARY(ScreenCandidate, v1::ScreenCandidateRequest, v1::Screening)
  REPRISE_UNARY(IdentifyCandidate, v1::IdentifyCandidateRequest, v1::Screening)
  REPRISE_UNARY(DeclineCandidate, v1::DeclineCandidateRequest, v1::Screening)
  REPRISE_UNARY(ListScreenings, v1::ListScreeningsRequest, v1::ListScreeningsResponse)
  REPRISE_UNARY(RecordConsent, v1::RecordConsentRequest, v1::Participant)
  REPRISE_UNARY(RenewConsent, v1::RenewConsentRequest, v1::Consent)
  REPRISE_UNARY(EnrolParticipant, v1::EnrolParticipantRequest, v1::Participation)
  REPRISE_UNARY(WithdrawParticipant, v1::WithdrawParticipantRequest, v1::Participation)
  REPRISE_UNARY(RecordLifecycleEvent, v1::RecordLifecycleEventRequest, v1::Participation)
  REPRISE_UNARY(GetParticipation, v1::GetParticipationRequest, v1::Participation)
  REPRISE_UNARY(GetIdentity, v1::GetIdentityRequest, v1::Identity)
  REPRISE_UNARY(ListParticipants, v1::ListParticipantsRequest, v1::ListParticipantsResponse)
  REPRISE_UNARY(ListPhysicians, v1::ListPhysiciansRequest, v1::ListPhysiciansResponse)
  REPRISE_UNARY(AssignPhysician, v1::AssignPhysicianRequest, v1::Participant)
  REPRISE_UNARY(UnassignPhysician, v1::UnassignPhysicianRequest, v1::Participant)
  REPRISE_UNARY(AddParticipantNote, v1::AddParticipantNoteRequest, v1::ParticipantNote)
  REPRISE_UNARY(ListParticipantNotes, v1::ListParticipantNotesRequest, v1::ListParticipantNotesResponse)
  REPRISE_UNARY(ListConsents, v1::ListConsentsRequest, v1::ListConsentsResponse)
  REPRISE_UNARY(ListAssignedPhysicians, v1::ListAssignedPhysiciansRequest, v1::ListPhysiciansResponse)

 private:
  static constexpr char kService[] = "reprise.enrolment.v1.EnrolmentService/";
  rpc::Pipeline& pipeline_;
  Handlers& handlers_;
};

}  // namespace reprise::enrolment

#endif  // REPRISE_ENROLMENT_SERVICE_H_
