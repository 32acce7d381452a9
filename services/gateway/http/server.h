// SPDX-License-Identifier: Apache-2.0
// Listens for HTTP, spreads connections over threads, keeps their number within limits, and drains.
#ifndef REPRISE_GATEWAY_HTTP_SERVER_H_
#define REPRISE_GATEWAY_HTTP_SERVER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "services/gateway/http/connection.h"

namespace reprise::gateway {

class Server {
 public:
  struct Options {
    std::string address;                // "127.0.0.1:0", "[::]:443"
    std::shared_ptr<TlsContext> tls;    // shared: null where plain, kept by who loaded it otherwise
    int threads = 1;
    int max_connections = 1;
    int max_connections_per_client = 1;  // a trusted proxy is not limited
    std::vector<std::string> trusted_proxies;
  };
  // FAILED_PRECONDITION ADDRESS_UNAVAILABLE. `service` outlives the server.
  static absl::StatusOr<std::unique_ptr<Server>> Start(Options options, const Service& service);
  ~Server();
  // With the port that was taken.
  const std::string& address() const;
  int connections() const;
  // Refuses new connections, closes idle ones, and gives answers under way at most `grace`. After it
  // no handler runs.
  void Drain(absl::Duration grace);

 private:
  struct Inner;
  explicit Server(std::unique_ptr<Inner> inner);
  std::unique_ptr<Inner> inner_;
};

}  // namespace reprise::gateway

#endif  // REPRISE_GATEWAY_HTTP_SERVER_H_
