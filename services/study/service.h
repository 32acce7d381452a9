// SPDX-License-Identifier: Apache-2.0
// The table of contents of the study service.
#ifndef REPRISE_STUDY_SERVICE_H_
#define REPRISE_STUDY_SERVICE_H_

#include "reprise/study/v1/study_service.grpc.pb.h"

#include "services/platform/rpc/pipeline.h"
#include "services/study/handler/handlers.h"

namespace reprise::study {

class Service final : public v1::StudyService::CallbackService {
 public:
  Service(rpc::Pipeline& pipeline, Handlers& handlers) : pipeline_(pipeline), handlers_(handlers) {}

  REPRISE_UNARY(CreateStudy, v1::CreateStudyRequest, v1::Study)
  REPRISE_UNARY(CreateSite, v1::CreateSiteRequest, v1::Site)
  REPRISE_UNARY(ListStudies, v1::ListStudiesRequest, v1::ListStudiesResponse)
  REPRISE_UNARY(PlanProtocol, v1::PlanProtocolRequest, v1::PlanProtocolResponse)
  REPRISE_UNARY(ApplyProtocol, v1::ApplyProtocolRequest, v1::ProtocolVersion)
  REPRISE_UNARY(GetProtocol, v1::GetProtocolRequest, v1::GetProtocolResponse)
  REPRISE_UNARY(ListProtocolVersions, v1::ListProtocolVersionsRequest, v1::ListProtocolVersionsResponse)
  REPRISE_UNARY(CompareProtocolVersions, v1::CompareProtocolVersionsRequest, v1::CompareProtocolVersionsResponse)

 private:
  static constexpr char kService[] = "reprise.study.v1.StudyService/";
  rpc::Pipeline& pipeline_;
  Handlers& handlers_;
};

}  // namespace reprise::study

#endif  // REPRISE_STUDY_SERVICE_H_
