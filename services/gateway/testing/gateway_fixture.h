// SPDX-License-Identifier: Apache-2.0
// A gateway on a free port before the echo service, one for all tests of a suite.
#ifndef REPRISE_GATEWAY_TESTING_GATEWAY_FIXTURE_H_
#define REPRISE_GATEWAY_TESTING_GATEWAY_FIXTURE_H_

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>

#include "absl/time/clock.h"

#include "services/gateway/gateway.h"
#include "services/gateway/testing/echo_server.h"
#include "services/gateway/testing/http_client.h"
#include "services/platform/runtime/config.h"
#include "services/platform/status.h"

namespace reprise::gateway {

// The configuration of `settings`, fields of Config.Gateway in text form; an address comes first, or
// it is a free port of loopback.
inline platform::v1::Config ConfigWith(const std::string& settings) {
  const std::string address = settings.rfind("address:", 0) == 0 ? "" : "address: '127.0.0.1:0' ";
  const auto config = runtime::ReadConfig("gateway { " + address + settings + " }", "test",
                                          [](const char*) { return nullptr; });
  REPRISE_CHECK(config.ok());
  return *config;
}

struct Edge {
  explicit Edge(const std::string& settings = "") {
    auto started = Gateway::Start(ConfigWith(settings), echo.channel(), metrics);
    REPRISE_CHECK(started.ok());
    gateway = *std::move(started);
  }
  const std::string& address() const { return gateway->address(); }
  Answer Ask(const std::string& method, const std::string& target, const Headers& headers = {},
             const std::string& body = "") const {
    return HttpClient(address()).Ask(method, target, headers, body);
  }

  metrics::Metrics metrics;
  EchoServer echo;
  std::unique_ptr<Gateway> gateway;
};

// Whether `holds` comes true within ten seconds.
inline bool Eventually(const std::function<bool()>& holds) {
  for (int i = 0; i < 2000; ++i) {
    if (holds()) return true;
    absl::SleepFor(absl::Milliseconds(5));
  }
  return false;
}

inline constexpr char kSay[] = "/reprise.echo.v1.EchoService/Say";
inline constexpr char kCount[] = "/reprise.echo.v1.EchoService/Count";
inline constexpr char kEnter[] = "/reprise.echo.v1.EchoService/Enter";
inline constexpr char kGather[] = "/reprise.echo.v1.EchoService/Gather";

inline Headers Typed(const std::string& type, Headers more = {}) {
  more.emplace_back("Content-Type", type);
  return more;
}

}  // namespace reprise::gateway

#endif  // REPRISE_GATEWAY_TESTING_GATEWAY_FIXTURE_H_
