// SPDX-License-Identifier: Apache-2.0
// absl::Status to grpc::Status and back, with google.rpc.Status in grpc-status-details-bin. What
// gRPC could not carry is cut: long texts, and of very many violations the last.
#ifndef REPRISE_PLATFORM_RPC_WIRE_STATUS_H_
#define REPRISE_PLATFORM_RPC_WIRE_STATUS_H_

#include <grpcpp/support/status.h>

#include "absl/status/status.h"

namespace reprise::rpc {

grpc::Status ToGrpc(const absl::Status& status);
absl::Status FromGrpc(const grpc::Status& status);

}  // namespace reprise::rpc

#endif  // REPRISE_PLATFORM_RPC_WIRE_STATUS_H_
