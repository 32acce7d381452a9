// SPDX-License-Identifier: Apache-2.0
// HTTP for browsers and foreign clients: RPCs in the Connect protocol and gRPC-Web, sessions in a
// cookie, the web client's files. docs/gateway.md says it from outside.
//   auto gateway = Gateway::Start(config, own_channel, metrics);
#ifndef REPRISE_GATEWAY_GATEWAY_H_
#define REPRISE_GATEWAY_GATEWAY_H_

#include <grpcpp/channel.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "reprise/platform/v1/config.pb.h"

#include "services/platform/metrics/metrics.h"

namespace reprise::gateway {

class Gateway {
 public:
  // `own`: the channel to the services of this process, null where it has none; a configured
  // backend_address goes first. Defaults of the configuration are filled in already.
  //   FAILED_PRECONDITION LISTEN_INSECURE, TLS_INCOMPLETE, TLS_FILE_UNREADABLE, TLS_FILE_UNUSABLE (what
  //   it holds), BACKEND_MISSING, ADDRESS_UNAVAILABLE, STATIC_UNREADABLE, STATIC_TOO_LARGE, SECRET_READABLE_BY_OTHERS
  //   INVALID_ARGUMENT ORIGIN_MALFORMED, FIELD_REQUIRED (the address)
  static absl::StatusOr<std::unique_ptr<Gateway>> Start(const platform::v1::Config& config,
                                                        std::shared_ptr<grpc::Channel> own,
                                                        metrics::Metrics& metrics);
  ~Gateway();
  // "127.0.0.1:7480", with the port that was taken; and what a person types.
  const std::string& address() const;
  std::string url() const;
  // Lets answers under way finish, at most `grace`.
  void Drain(absl::Duration grace);

 private:
  struct Inner;
  explicit Gateway(std::unique_ptr<Inner> inner);
  std::unique_ptr<Inner> inner_;
};

}  // namespace reprise::gateway

#endif  // REPRISE_GATEWAY_GATEWAY_H_
