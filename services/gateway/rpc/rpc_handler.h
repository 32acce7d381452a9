// SPDX-License-Identifier: Apache-2.0
// POST /<package.Service>/<Method>: any unary or server-streaming method that is linked in, in the
// Connect protocol or gRPC-Web. Knows no service.
#ifndef REPRISE_GATEWAY_RPC_RPC_HANDLER_H_
#define REPRISE_GATEWAY_RPC_RPC_HANDLER_H_

#include <memory>

#include "google/protobuf/descriptor.h"

#include "services/gateway/http/exchange.h"
#include "services/gateway/rpc/backend.h"
#include "services/gateway/session/caller.h"
#include "services/gateway/session/login_limit.h"

namespace reprise::gateway {

// Thread-safe.
class RpcHandler {
 public:
  // All outlive it.
  RpcHandler(Backend& backend, const Site& site, LoginLimit& limit)
      : backend_(backend), site_(site), limit_(limit) {}
  void Serve(const std::shared_ptr<Exchange>& exchange,
             const google::protobuf::MethodDescriptor& method) const;

 private:
  Backend& backend_;
  const Site& site_;
  LoginLimit& limit_;
};

// The field by which a method hands out a session token, which pages get as a cookie instead; null
// where it has none.
const google::protobuf::FieldDescriptor* TokenField(const google::protobuf::MethodDescriptor& method);

}  // namespace reprise::gateway

#endif  // REPRISE_GATEWAY_RPC_RPC_HANDLER_H_
