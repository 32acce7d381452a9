// SPDX-License-Identifier: Apache-2.0
// The answer of one RPC in the protocol in which it was asked: Connect unary, Connect stream or
// gRPC-Web, JSON or binary. Belongs on its exchange's thread.
#ifndef REPRISE_GATEWAY_RPC_REPLY_H_
#define REPRISE_GATEWAY_RPC_REPLY_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "google/protobuf/descriptor.h"

#include "services/gateway/http/exchange.h"
#include "services/gateway/rpc/framing.h"

namespace reprise::gateway {

class Reply {
 public:
  // `type` of the messages; null where none will come.
  Reply(std::shared_ptr<Exchange> exchange, Protocol protocol,
        const google::protobuf::Descriptor* type);

  // One more message; `taken` when there is room for the next. What cannot be written as JSON ends
  // the call with that error.
  absl::Status Message(std::string binary, std::function<void()> taken);
  // The end, with or without messages before it. For an error that HTTP has a better status for than
  // the code's usual one, `http_status`.
  void Finish(const absl::Status& status, int http_status = 0);

 private:
  void Begin();
  std::string Framed(std::string bytes) const;

  const std::shared_ptr<Exchange> exchange_;
  const Protocol protocol_;
  const google::protobuf::Descriptor* const type_;
  bool begun_ = false;
  std::string sole_;  // of a unary call
};

// Ends the exchange with `status` as the protocol of its request wants it; as Connect's JSON where
// it names none.
void Refuse(const std::shared_ptr<Exchange>& exchange, const absl::Status& status,
            int http_status = 0);

}  // namespace reprise::gateway

#endif  // REPRISE_GATEWAY_RPC_REPLY_H_
