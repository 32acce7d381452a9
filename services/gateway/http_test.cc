// SPDX-License-Identifier: Apache-2.0
// Connections: keep-alive, limits, slow and greedy clients, the end of the daemon.
#include <gmock/gmock.h>

#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/text_format.h"

#include "services/gateway/rpc/framing.h"
#include "services/gateway/session/login_limit.h"
#include "services/gateway/testing/gateway_fixture.h"
#include "services/platform/testing/matchers.h"

namespace reprise::gateway {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::IsOk;
using testing::StatusIs;

TEST(ConnectionTest, ServesManyRequestsOnOneConnection) {
  Edge edge;
  HttpClient client(edge.address());
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(client.Ask("POST", kSay, Typed("application/json"), "{}").status, 200);
    EXPECT_EQ(client.Ask("GET", "/healthz").body, "serving\n");
  }
}

TEST(ConnectionTest, AnswersPipelinedRequestsInTheirOrder) {
  Edge edge;
  HttpClient client(edge.address());
  std::string text;
  for (int i = 1; i <= 5; ++i) {
    text += RequestText("POST", kSay, "x", Typed("application/json"), absl::StrCat("{\"number\":", i, "}"));
  }
  client.SendBytes(text);
  for (int i = 1; i <= 5; ++i) {
    EXPECT_THAT(client.Read().body, HasSubstr(absl::StrCat("\"number\":\"", i, "\"")));
  }
}

TEST(ConnectionTest, ClosesWhereTheClientAsks) {
  Edge edge;
  HttpClient client(edge.address());
  EXPECT_EQ(client.Ask("GET", "/healthz", {{"Connection", "close"}}).Of("connection"), "close");
  EXPECT_TRUE(client.Closed());
}

TEST(ConnectionTest, ServesHttp10) {
  Edge edge;
  HttpClient client(edge.address());
  client.SendBytes("GET /healthz HTTP/1.0\r\n\r\n");
  EXPECT_EQ(client.Read().status, 200);
  EXPECT_TRUE(client.Closed());
}

TEST(ConnectionTest, SaysContinueToWhoWaitsForIt) {
  Edge edge;
  HttpClient client(edge.address());
  client.SendBytes(absl::StrCat("POST ", kSay, " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n"));
  EXPECT_EQ(client.ReadSome(), "HTTP/1.1 100 Continue\r\n\r\n");
  client.SendBytes("{}");
  EXPECT_EQ(client.Read().status, 200);
}

TEST(LimitTest, OversizedBodyIsAClearErrorOfEachProtocol) {
  Edge edge("max_body_bytes: 1000");
  const std::string large(20000000, 'x');
  const Answer unary = edge.Ask("POST", kSay, Typed("application/json"), large);
  EXPECT_EQ(unary.status, 413);
  EXPECT_THAT(unary.body, HasSubstr("\"code\":\"resource_exhausted\""));
  EXPECT_THAT(unary.body, HasSubstr("BODY_TOO_LARGE"));
  EXPECT_EQ(unary.Of("connection"), "close");
  const Answer stream = edge.Ask("POST", kCount, Typed("application/connect+proto"), large);
  EXPECT_EQ(stream.status, 200);
  EXPECT_THAT(stream.body, HasSubstr("BODY_TOO_LARGE"));
  EXPECT_THAT(edge.Ask("POST", kSay, Typed("application/grpc-web"), large).body, HasSubstr("grpc-status: 8"));
  EXPECT_EQ(edge.Ask("POST", kSay, Typed("application/json"), std::string(1000, ' ')).status, 200);
}

TEST(LimitTest, OversizedHeadersAreRefused) {
  Edge edge("max_header_bytes: 2000");
  EXPECT_EQ(edge.Ask("GET", "/healthz", {{"X-Large", std::string(3000, 'x')}}).status, 431);
  EXPECT_EQ(edge.Ask("GET", "/" + std::string(3000, 'x')).status, 431);
  EXPECT_EQ(edge.Ask("GET", "/healthz", {{"X-Small", std::string(1000, 'x')}}).status, 200);
}

TEST(LimitTest, NonsenseIsRefusedAndTheConnectionEnds) {
  Edge edge;
  HttpClient client(edge.address());
  client.SendBytes("\x16\x03\x01 hello\r\n\r\n");
  EXPECT_EQ(client.Read().status, 400);
  EXPECT_TRUE(client.Closed());
}

TEST(LimitTest, SlowHeadersAreCutOff) {
  Edge edge("header_milliseconds: 150");
  HttpClient client(edge.address());
  const absl::Time begun = absl::Now();
  std::thread trickle([&client] {
    client.SendBytes("GET /healthz HTTP/1.1\r\n");
    for (int i = 0; i < 100; ++i) {
      client.SendBytes("X-A: b\r\n");
      absl::SleepFor(absl::Milliseconds(10));
    }
  });
  EXPECT_EQ(client.Read().status, 0);
  // A byte now and then does not buy time.
  EXPECT_LT(absl::Now() - begun, absl::Milliseconds(900));
  trickle.join();
}

TEST(LimitTest, SlowBodiesAndIdleConnectionsAreCutOff) {
  Edge edge("body_milliseconds: 150 idle_milliseconds: 150");
  HttpClient slow(edge.address());
  slow.SendBytes(absl::StrCat("POST ", kSay, " HTTP/1.1\r\nContent-Length: 100\r\n\r\n{"));
  EXPECT_EQ(slow.Read().status, 0);
  HttpClient idle(edge.address());
  EXPECT_EQ(idle.Ask("GET", "/healthz").status, 200);
  EXPECT_TRUE(idle.Closed());
}

TEST(LimitTest, WhoDoesNotReadIsCutOff) {
  Edge edge("write_milliseconds: 200");
  HttpClient client(edge.address());
  client.SendBytes(RequestText("POST", kCount, "x", Typed("application/connect+json"),
                               Envelope(0, R"({"count":1000,"bytes":1000000})")));
  EXPECT_TRUE(Eventually([&] { return edge.echo.cancelled() == 1; }));
}

TEST(LimitTest, LongCallsAreNotCutOffByTheTimesOfClients) {
  Edge edge("header_milliseconds: 50 body_milliseconds: 50 idle_milliseconds: 50 write_milliseconds: 50");
  EXPECT_EQ(edge.Ask("POST", kSay, Typed("application/json"), R"({"milliseconds":400})").status, 200);
}

TEST(LimitTest, ConnectionsAreCountedByClientAndInAll) {
  for (const char* const limit : {"max_connections: 3", "max_connections_per_client: 3"}) {
    Edge edge(limit);
    {
      HttpClient one(edge.address()), two(edge.address()), three(edge.address());
      EXPECT_EQ(one.Ask("GET", "/healthz").status, 200);
      EXPECT_EQ(two.Ask("GET", "/healthz").status, 200);
      EXPECT_EQ(three.Ask("GET", "/healthz").status, 200);
      HttpClient four(edge.address());
      EXPECT_EQ(four.Ask("GET", "/healthz").status, 0) << limit;
    }
    EXPECT_TRUE(Eventually([&] { return edge.Ask("GET", "/healthz").status == 200; })) << limit;
  }
}

TEST(DrainTest, LetsAnswersFinishAndRefusesTheRest) {
  Edge edge;
  HttpClient idle(edge.address()), busy(edge.address());
  EXPECT_EQ(idle.Ask("GET", "/healthz").status, 200);
  busy.SendBytes(RequestText("POST", kSay, "x", Typed("application/json"), R"({"milliseconds":400})"));
  absl::SleepFor(absl::Milliseconds(100));
  std::thread drain([&edge] { edge.gateway->Drain(absl::Seconds(10)); });
  const Answer answer = busy.Read();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.Of("connection"), "close");
  EXPECT_TRUE(idle.Closed());
  drain.join();
}

TEST(DrainTest, EndsCallsThatOutstayTheGrace) {
  Edge edge;
  HttpClient busy(edge.address());
  busy.SendBytes(RequestText("POST", kSay, "x", Typed("application/json"), R"({"milliseconds":60000})"));
  absl::SleepFor(absl::Milliseconds(100));
  edge.gateway->Drain(absl::Milliseconds(50));
  EXPECT_EQ(busy.Read().status, 0);
  EXPECT_TRUE(Eventually([&] { return edge.echo.cancelled() == 1; }));
}

TEST(HealthTest, TellsThatTheServicesAreGone) {
  metrics::Metrics metrics;
  auto gateway = Gateway::Start(ConfigWith("backend_address: '127.0.0.1:1'"), nullptr, metrics);
  ASSERT_THAT(gateway, IsOk());
  HttpClient client((*gateway)->address());
  EXPECT_EQ(client.Ask("GET", "/healthz").status, 503);
  const Answer call = client.Ask("POST", kSay, Typed("application/json"), "{}");
  EXPECT_EQ(call.status, 503);
  EXPECT_THAT(call.body, HasSubstr("\"code\":\"unavailable\""));
  // What gRPC says of addresses is not for strangers.
  EXPECT_THAT(call.body, HasSubstr("SERVICES_UNREACHABLE"));
  EXPECT_THAT(call.body, Not(HasSubstr("127.0.0.1")));
}

TEST(MetricsTest, CountByRouteAndStatus) {
  Edge edge;
  edge.Ask("POST", kSay, Typed("application/json"), R"({"code":5})");
  edge.Ask("GET", "/some/private/path?with=secrets");
  EXPECT_TRUE(Eventually([&] {
    return absl::StrContains(edge.metrics.Text(), "route=\"reprise.echo.v1.EchoService/Say\",status=\"404\"") &&
           absl::StrContains(edge.metrics.Text(), "route=\"files\"");
  })) << edge.metrics.Text();
  EXPECT_EQ(edge.metrics.Text().find("private"), std::string::npos);
}

TEST(LoginLimitTest, SlowsDownWhoTriesAndNobodyElse) {
  LoginLimit limit(3, absl::Seconds(10));
  const absl::Time now = absl::UnixEpoch() + absl::Hours(1);
  for (int i = 0; i < 3; ++i) EXPECT_THAT(limit.Take("a", now), IsOk());
  EXPECT_THAT(limit.Take("a", now), StatusIs(absl::StatusCode::kUnavailable, "LOGIN_SLOWED"));
  EXPECT_THAT(limit.Take("b", now), IsOk());
  EXPECT_THAT(limit.Take("a", now + absl::Seconds(9)), StatusIs(absl::StatusCode::kUnavailable, "LOGIN_SLOWED"));
  EXPECT_THAT(limit.Take("a", now + absl::Seconds(10)), IsOk());
  EXPECT_THAT(limit.Take("a", now + absl::Seconds(11)), StatusIs(absl::StatusCode::kUnavailable, "LOGIN_SLOWED"));
}

struct SettingCase {
  const char* name;
  const char* settings;
  absl::StatusCode code;
  const char* reason;
};

constexpr SettingCase kRefused[] = {
    {"PlainForOthers", "address: '0.0.0.0:0'", absl::StatusCode::kFailedPrecondition, "LISTEN_INSECURE"},
    {"NoAddressAtAll", "address: ''", absl::StatusCode::kInvalidArgument, "FIELD_REQUIRED"},
    {"HalfATls", "tls_certificate_file: '/nowhere'", absl::StatusCode::kFailedPrecondition, "TLS_INCOMPLETE"},
    {"NoBackend", "", absl::StatusCode::kFailedPrecondition, "BACKEND_MISSING"},
    {"ARemoteBackendInPlain", "backend_address: '10.0.0.1:7443'", absl::StatusCode::kFailedPrecondition, "LISTEN_INSECURE"},
    {"AnOriginWithoutScheme", "origin: 'reprise.example.org'", absl::StatusCode::kInvalidArgument, "ORIGIN_MALFORMED"},
    {"AnOriginWithAPath", "origin: 'https://reprise.example.org/'", absl::StatusCode::kInvalidArgument, "ORIGIN_MALFORMED"},
    {"NoFolder", "backend_address: '127.0.0.1:1' static_directory: '/nowhere'", absl::StatusCode::kFailedPrecondition, "STATIC_UNREADABLE"},
    {"NoAddress", "backend_address: '127.0.0.1:1' address: '127.0.0.1:99999'", absl::StatusCode::kFailedPrecondition, "ADDRESS_UNAVAILABLE"},
    {"AnEmptyAddress", "backend_address: '127.0.0.1:1' address: 'localhost:'", absl::StatusCode::kFailedPrecondition, "ADDRESS_UNAVAILABLE"},
};

TEST(SettingsTest, Refused) {
  for (const SettingCase& c : kRefused) {
    metrics::Metrics metrics;
    platform::v1::Config config = ConfigWith("");
    ASSERT_TRUE(google::protobuf::TextFormat::MergeFromString(c.settings, config.mutable_gateway()));
    EXPECT_THAT(Gateway::Start(config, nullptr, metrics), StatusIs(c.code, c.reason)) << c.name;
  }
}

TEST(SettingsTest, PlainBehindAProxyThatServesHttps) {
  Edge edge("address: '0.0.0.0:0' origin: 'https://reprise.example.org'");
  EXPECT_EQ(edge.gateway->url(), "https://reprise.example.org");
  EXPECT_EQ(edge.Ask("GET", "/healthz").status, 200);
}

}  // namespace
}  // namespace reprise::gateway
