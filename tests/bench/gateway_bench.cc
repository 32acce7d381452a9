// SPDX-License-Identifier: Apache-2.0
// What the gateway adds to a call, and what a stream loses in it, against gRPC to the same service in
// the same run, in turns: direct gRPC over loopback, through the gateway over loopback HTTP with the
// service in the gateway's process, and with the service behind a socket.
//   gateway_bench [CALLS [MEGABYTES]]
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "reprise/echo/v1/echo_service.grpc.pb.h"

#include "services/gateway/rpc/framing.h"
#include "services/gateway/testing/gateway_fixture.h"

namespace reprise::gateway {
namespace {

namespace v1 = ::reprise::echo::v1;

struct Way {
  const char* name;
  std::function<void()> call;
  std::vector<double> microseconds = {};
};

double Quantile(std::vector<double> values, double q) {
  std::sort(values.begin(), values.end());
  return values[static_cast<size_t>(q * static_cast<double>(values.size() - 1))];
}

void Unary(Edge& near, Edge& far, int calls) {
  const auto stub = v1::EchoService::NewStub(
      grpc::CreateChannel(near.echo.address(), grpc::InsecureChannelCredentials()));
  v1::SayRequest request;
  request.set_text(std::string(200, 'x'));
  const std::string binary = request.SerializeAsString();
  const std::string json = absl::StrCat("{\"text\":\"", request.text(), "\"}");
  HttpClient to_near(near.address()), to_far(far.address());
  const auto over = [](HttpClient& client, const char* type, const std::string& body) {
    return [&client, type, body] {
      REPRISE_CHECK(client.Ask("POST", kSay, Typed(type), body).status == 200);
    };
  };
  std::vector<Way> ways;
  ways.push_back({"direct gRPC", [&] {
                    grpc::ClientContext context;
                    v1::SayResponse response;
                    REPRISE_CHECK(stub->Say(&context, request, &response).ok());
                  }});
  ways.push_back({"gateway, binary", over(to_near, "application/proto", binary)});
  ways.push_back({"gateway, JSON", over(to_near, "application/json", json)});
  ways.push_back({"gateway, JSON, backend by socket", over(to_far, "application/json", json)});
  for (Way& way : ways) {
    for (int i = 0; i < calls / 10; ++i) way.call();
  }
  for (int i = 0; i < calls; ++i) {
    for (Way& way : ways) {
      const absl::Time begun = absl::Now();
      way.call();
      way.microseconds.push_back(absl::ToDoubleMicroseconds(absl::Now() - begun));
    }
  }
  std::printf("%-34s %10s %10s %10s\n", "unary, 200 bytes", "p50 us", "p95 us", "added p50");
  for (const Way& way : ways) {
    const double median = Quantile(way.microseconds, 0.5);
    std::printf("%-34s %10.0f %10.0f %10.0f\n", way.name, median, Quantile(way.microseconds, 0.95),
                median - Quantile(ways[0].microseconds, 0.5));
  }
}

void Stream(Edge& near, Edge& far, int megabytes) {
  const auto stub = v1::EchoService::NewStub(
      grpc::CreateChannel(near.echo.address(), grpc::InsecureChannelCredentials()));
  v1::CountRequest request;
  request.set_bytes(128 << 10);
  request.set_count(megabytes * 8);
  const std::string body = Envelope(0, request.SerializeAsString());
  const auto over = [&](Edge& edge) {
    return [&edge, &body, &request] {
      HttpClient client(edge.address());
      client.SendBytes(RequestText("POST", kCount, "x", Typed("application/connect+proto"), body));
      size_t got = 0;
      const size_t wanted = static_cast<size_t>(request.count()) * static_cast<size_t>(request.bytes());
      while (got < wanted) {
        const size_t more = client.ReadSome().size();
        REPRISE_CHECK(more > 0);
        got += more;
      }
    };
  };
  std::vector<Way> ways;
  ways.push_back({"direct gRPC", [&] {
                    grpc::ClientContext context;
                    v1::CountResponse response;
                    const auto reader = stub->Count(&context, request);
                    while (reader->Read(&response)) {
                    }
                    REPRISE_CHECK(reader->Finish().ok());
                  }});
  ways.push_back({"gateway", over(near)});
  ways.push_back({"gateway, backend by socket", over(far)});
  for (int i = 0; i < 7; ++i) {
    for (Way& way : ways) {
      const absl::Time begun = absl::Now();
      way.call();
      way.microseconds.push_back(absl::ToDoubleMicroseconds(absl::Now() - begun));
    }
  }
  std::printf("\n%-34s %10s %10s\n", "stream of 128 KiB messages", "MB/s", "of direct");
  const double direct = Quantile(ways[0].microseconds, 0.5);
  for (const Way& way : ways) {
    const double median = Quantile(way.microseconds, 0.5);
    std::printf("%-34s %10.0f %10.2f\n", way.name, megabytes * 1.048576e6 / median, direct / median);
  }
}

}  // namespace
}  // namespace reprise::gateway

int main(int argc, char** argv) {
  const int calls = argc > 1 ? std::atoi(argv[1]) : 3000;
  const int megabytes = argc > 2 ? std::atoi(argv[2]) : 100;
  // Standard error holds a log line a call, which belongs to the work; it is thrown away outside.
  reprise::gateway::Edge near;
  reprise::gateway::EchoServer service;
  reprise::gateway::Edge far("backend_address: '" + service.address() + "'");
  reprise::gateway::Unary(near, far, calls);
  reprise::gateway::Stream(near, far, megabytes);
  return 0;
}
