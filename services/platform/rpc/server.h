// SPDX-License-Identifier: Apache-2.0
// The listening gRPC server: TLS or mutual TLS, health, reflection, and a drain that lets running
// calls finish.
#ifndef REPRISE_PLATFORM_RPC_SERVER_H_
#define REPRISE_PLATFORM_RPC_SERVER_H_

#include <grpcpp/channel.h>
#include <grpcpp/server.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "reprise/platform/v1/config.pb.h"

namespace reprise::rpc {

class Server {
 public:
  // Starts to listen. FAILED_PRECONDITION LISTEN_INSECURE (no TLS on an address that others reach),
  // TLS_FILE_UNREADABLE, ADDRESS_UNAVAILABLE.
  static absl::StatusOr<std::unique_ptr<Server>> Start(
      const platform::v1::Config& config, const std::vector<grpc::Service*>& services);
  // Where it listens, with the port that was taken.
  const std::string& address() const { return address_; }
  // To the same services without a network.
  std::shared_ptr<grpc::Channel> InProcessChannel();
  // Health turns NOT_SERVING, new calls are refused, running ones get `grace`.
  void Drain(absl::Duration grace);

 private:
  std::unique_ptr<grpc::Server> server_;
  std::string address_;
};

}  // namespace reprise::rpc

#endif  // REPRISE_PLATFORM_RPC_SERVER_H_
