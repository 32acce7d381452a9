// SPDX-License-Identifier: Apache-2.0
// The echo service on a free port of loopback and in this process, for the gateway's tests.
#ifndef REPRISE_GATEWAY_TESTING_ECHO_SERVER_H_
#define REPRISE_GATEWAY_TESTING_ECHO_SERVER_H_

#include <grpcpp/channel.h>

#include <memory>
#include <string>

namespace reprise::gateway {

class EchoServer {
 public:
  EchoServer();
  ~EchoServer();
  const std::string& address() const;
  std::shared_ptr<grpc::Channel> channel() const;
  // Calls that saw their caller go before they were done.
  int cancelled() const;
  // Messages that Count has written.
  int written() const;

 private:
  struct Inner;
  std::unique_ptr<Inner> inner_;
};

}  // namespace reprise::gateway

#endif  // REPRISE_GATEWAY_TESTING_ECHO_SERVER_H_
