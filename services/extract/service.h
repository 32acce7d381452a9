// SPDX-License-Identifier: Apache-2.0
// The table of contents of the extract service.
#ifndef REPRISE_EXTRACT_SERVICE_H_
#define REPRISE_EXTRACT_SERVICE_H_

#include "reprise/extract/v1/extract_service.grpc.pb.h"

#include "services/extract/handler/handlers.h"
#include "services/platform/rpc/pipeline.h"

namespace reprise::extract {

class Service final : public v1::ExtractService::CallbackService {
 public:
  Service(rpc::Pipeline& pipeline, Handlers& handlers) : pipeline_(pipeline), handlers_(handlers) {}

  REPRISE_UNARY(RequestExtract, v1::RequestExtractRequest, v1::Extract)
  REPRISE_UNARY(DecideExtract, v1::DecideExtractRequest, v1::Extract)
  REPRISE_UNARY(ListExtracts, v1::ListExtractsRequest, v1::ListExtractsResponse)
  REPRISE_SERVER_STREAM(DownloadExtract, v1::DownloadExtractRequest, v1::ExtractChunk)

 private:
  static constexpr char kService[] = "reprise.extract.v1.ExtractService/";
  rpc::Pipeline& pipeline_;
  Handlers& handlers_;
};

}  // namespace reprise::extract

#endif  // REPRISE_EXTRACT_SERVICE_H_
