// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/rpc/reply.h"

#include <utility>

#include "absl/strings/escaping.h"

#include "services/gateway/rpc/codec.h"
#include "services/gateway/rpc/wire_error.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::gateway {

Reply::Reply(std::shared_ptr<Exchange> exchange, Protocol protocol,
             const google::protobuf::Descriptor* type)
    : exchange_(std::move(exchange)), protocol_(protocol), type_(type) {}

absl::Status Reply::Message(std::string binary, std::function<void()> taken) {
  if (protocol_.json) {
    REPRISE_ASSIGN_OR_RETURN(binary, JsonOf(*type_, binary));
  }
  if (protocol_.wire == Wire::kConnectUnary) {
    sole_ = std::move(binary);
    taken();
    return absl::OkStatus();
  }
  Begin();
  exchange_->Write(Framed(Envelope(0, binary)), std::move(taken));
  return absl::OkStatus();
}

void Reply::Finish(const absl::Status& status, int http_status) {
  exchange_->record().code = absl::StatusCodeToString(status.code());
  exchange_->record().reason = error::ReasonOf(status);
  if (protocol_.wire == Wire::kConnectUnary) {
    const Protocol error_form{Wire::kConnectUnary, true};
    Response response{
        .status = status.ok() ? 200 : http_status != 0 ? http_status : HttpStatus(status.code()),
        .headers = {{"Content-Type", ContentTypeOf(status.ok() ? protocol_ : error_form)}},
        .body = status.ok() ? std::move(sole_) : ConnectError(status)};
    return exchange_->Send(std::move(response));
  }
  const std::string end = protocol_.wire == Wire::kConnectStream
                              ? Envelope(kConnectEndFlag, ConnectEnd(status))
                              : Envelope(kGrpcWebTrailersFlag, GrpcWebTrailers(status));
  Begin();
  exchange_->Write(Framed(end), nullptr);
  exchange_->End();
}

void Reply::Begin() {
  if (std::exchange(begun_, true)) return;
  exchange_->Begin({.status = 200, .headers = {{"Content-Type", ContentTypeOf(protocol_)}}});
}

std::string Reply::Framed(std::string bytes) const {
  return protocol_.wire == Wire::kGrpcWebText ? absl::Base64Escape(bytes) : bytes;
}

void Refuse(const std::shared_ptr<Exchange>& exchange, const absl::Status& status,
            int http_status) {
  const auto protocol = ProtocolOf(exchange->request().Header("content-type"));
  Reply(exchange, protocol.value_or(Protocol{Wire::kConnectUnary, true}), nullptr)
      .Finish(status, http_status);
}

}  // namespace reprise::gateway
