// SPDX-License-Identifier: Apache-2.0
// The table of contents of the questionnaire service.
#ifndef REPRISE_QUESTIONNAIRE_SERVICE_H_
#define REPRISE_QUESTIONNAIRE_SERVICE_H_

#include "reprise/questionnaire/v1/questionnaire_service.grpc.pb.h"

#include "services/platform/rpc/pipeline.h"
#include "services/questionnaire/handler/handlers.h"

namespace reprise::questionnaire {

class Service final : public v1::QuestionnaireService::CallbackService {
 public:
  Service(rpc::Pipeline& pipeline, Handlers& handlers) : pipeline_(pipeline), handlers_(handlers) {}

  REPRISE_UNARY(PublishInstrumentVersion, v1::PublishInstrumentVersionRequest, v1::InstrumentVersion)
  REPRISE_UNARY(ListInstrumentVersions, v1::ListInstrumentVersionsRequest, v1::ListInstrumentVersionsResponse)
  REPRISE_UNARY(GetInstrumentDocument, v1::GetInstrumentDocumentRequest, v1::GetInstrumentDocumentResponse)
  REPRISE_UNARY(GetForm, v1::GetFormRequest, v1::Form)
  REPRISE_UNARY(OpenInstance, v1::OpenInstanceRequest, v1::Instance)
  REPRISE_UNARY(ListInstances, v1::ListInstancesRequest, v1::ListInstancesResponse)
  REPRISE_UNARY(ListOccasions, v1::ListOccasionsRequest, v1::ListOccasionsResponse)
  REPRISE_UNARY(CountCompleteness, v1::CountCompletenessRequest, v1::CountCompletenessResponse)
  REPRISE_UNARY(SaveAnswers, v1::SaveAnswersRequest, v1::Draft)
  REPRISE_UNARY(GetDraft, v1::GetDraftRequest, v1::Draft)
  REPRISE_UNARY(SubmitResponse, v1::SubmitResponseRequest, v1::Response)
  REPRISE_UNARY(CorrectResponse, v1::CorrectResponseRequest, v1::Response)
  REPRISE_UNARY(GetResponse, v1::GetResponseRequest, v1::Response)
  REPRISE_UNARY(ListResponses, v1::ListResponsesRequest, v1::ListResponsesResponse)

 private:
  static constexpr char kService[] = "reprise.questionnaire.v1.QuestionnaireService/";
  rpc::Pipeline& pipeline_;
  Handlers& handlers_;
};

}  // namespace reprise::questionnaire

#endif  // REPRISE_QUESTIONNAIRE_SERVICE_H_
