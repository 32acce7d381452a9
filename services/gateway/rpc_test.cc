// SPDX-License-Identifier: Apache-2.0
// RPCs over HTTP in every protocol, before the echo service. Message bytes are written by hand from
// protobuf's encoding: field 1 text is 0x0a length bytes, field 4 number is 0x20.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "reprise/echo/v1/echo_service.pb.h"

#include "services/gateway/rpc/framing.h"
#include "services/gateway/testing/gateway_fixture.h"

namespace reprise::gateway {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;
using Json = nlohmann::json;

class RpcTest : public ::testing::Test {
 protected:
  static Edge& edge() { return *edge_; }
  static void SetUpTestSuite() { edge_ = new Edge(); }
  static void TearDownTestSuite() {
    delete edge_;
    edge_ = nullptr;
  }
  static Answer Post(const char* method, const std::string& type, const std::string& body,
                     Headers more = {}) {
    return edge().Ask("POST", method, Typed(type, std::move(more)), body);
  }
  static Json AskJson(const std::string& body, Headers more = {}) {
    return Json::parse(Post(kSay, "application/json", body, std::move(more)).body);
  }

  // The envelopes of a body: flags and payload.
  static std::vector<std::pair<int, std::string>> Envelopes(const std::string& body) {
    std::vector<std::pair<int, std::string>> all;
    for (size_t at = 0; at + 5 <= body.size();) {
      size_t size = 0;
      for (size_t i = at + 1; i < at + 5; ++i) size = size << 8 | static_cast<unsigned char>(body[i]);
      all.emplace_back(static_cast<unsigned char>(body[at]), body.substr(at + 5, size));
      at += 5 + size;
    }
    return all;
  }

 private:
  static Edge* edge_;
};
Edge* RpcTest::edge_ = nullptr;

TEST_F(RpcTest, JsonUnary) {
  const Answer answer = Post(kSay, "application/json; charset=utf-8",
                             R"({"text":"Café ☕","number":"9007199254740993"})");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.Of("content-type"), "application/json");
  EXPECT_EQ(answer.Of("cache-control"), "no-store");
  EXPECT_EQ(answer.Of("x-content-type-options"), "nosniff");
  const Json json = Json::parse(answer.body);
  EXPECT_EQ(json["text"], "Café ☕");
  EXPECT_EQ(json["number"], "9007199254740993");  // beyond what a double holds
  EXPECT_EQ(json["millisecondsLeft"], -1);
}

TEST_F(RpcTest, BinaryUnary) {
  const Answer answer = Post(kSay, "application/proto", std::string("\x0a\x02hi\x20\x07", 6));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.Of("content-type"), "application/proto");
  echo::v1::SayResponse response;
  ASSERT_TRUE(response.ParseFromString(answer.body));
  EXPECT_EQ(response.text(), "hi");
  EXPECT_EQ(response.number(), 7u);
}

TEST_F(RpcTest, EmptyBodyIsAnEmptyMessage) {
  EXPECT_EQ(Post(kSay, "application/json", "").status, 200);
  EXPECT_EQ(Post(kSay, "application/proto", "").status, 200);
}

TEST_F(RpcTest, ErrorsHaveReasonAndFieldPaths) {
  const Answer answer = Post(kSay, "application/json", R"({"code":3})");
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.Of("content-type"), "application/json");
  const Json json = Json::parse(answer.body);
  EXPECT_EQ(json["code"], "invalid_argument");
  EXPECT_EQ(json["message"], "Two answers are wrong, café.");
  google::rpc::ErrorInfo info;
  google::rpc::BadRequest bad;
  for (const Json& detail : json["details"]) {
    std::string bytes;
    ASSERT_TRUE(absl::Base64Unescape(detail["value"].get<std::string>(), &bytes));
    const bool is_info = detail["type"] == "google.rpc.ErrorInfo";
    ASSERT_TRUE(is_info ? info.ParseFromString(bytes) : bad.ParseFromString(bytes));
    EXPECT_TRUE(detail.contains("debug"));
  }
  EXPECT_EQ(info.reason(), "ANSWERS_INVALID");
  ASSERT_EQ(bad.field_violations_size(), 2);
  EXPECT_EQ(bad.field_violations(1).field(), "answers[Q4]");
}

struct CodeCase {
  int code;
  const char* name;
  int http;
};

// https://connectrpc.com/docs/protocol#error-codes
constexpr CodeCase kCodes[] = {
    {1, "canceled", 499},           {2, "unknown", 500},          {3, "invalid_argument", 400},
    {4, "deadline_exceeded", 504},  {5, "not_found", 404},        {6, "already_exists", 409},
    {7, "permission_denied", 403},  {8, "resource_exhausted", 429}, {9, "failed_precondition", 400},
    {10, "aborted", 409},           {11, "out_of_range", 400},    {12, "unimplemented", 501},
    {13, "internal", 500},          {14, "unavailable", 503},     {15, "data_loss", 500},
    {16, "unauthenticated", 401},
};

TEST_F(RpcTest, EveryCodeHasItsNameAndHttpStatus) {
  for (const CodeCase& c : kCodes) {
    const Answer answer = Post(kSay, "application/json", absl::StrCat("{\"code\":", c.code, "}"));
    EXPECT_EQ(answer.status, c.http) << c.name;
    EXPECT_EQ(Json::parse(answer.body)["code"], c.name);
  }
}

struct BadCase {
  const char* name;
  const char* body;
};

constexpr BadCase kBadJson[] = {
    {"Cut", R"({"text":)"},         {"UnknownField", R"({"txt":"a"})"},
    {"WrongType", R"({"code":"x"})"}, {"AnArray", "[]"},
    {"BadUtf8", "{\"text\":\"\xff\"}"},
    {"TooLargeANumber", R"({"code":99999999999})"},
};

TEST_F(RpcTest, RefusesWhatIsNotTheJsonOfTheRequest) {
  for (const BadCase& c : kBadJson) {
    const Answer answer = Post(kSay, "application/json", c.body);
    EXPECT_EQ(answer.status, 400) << c.name;
    EXPECT_THAT(answer.body, HasSubstr("JSON_MALFORMED")) << c.name;
  }
  EXPECT_THAT(Post(kSay, "application/json", R"({"code":"x"})").body, HasSubstr(R"("field":"code")"));
}

TEST_F(RpcTest, RefusesOtherTypesMethodsAndPaths) {
  EXPECT_EQ(Post(kSay, "text/plain", "{}").status, 415);
  EXPECT_EQ(Post(kSay, "application/x-www-form-urlencoded", "a=b").status, 415);
  EXPECT_EQ(edge().Ask("GET", kSay).status, 405);
  EXPECT_EQ(edge().Ask("OPTIONS", kSay, {{"Origin", "https://evil.example"}}).status, 405);
  const Answer unknown = Post("/reprise.echo.v1.EchoService/Sing", "application/json", "{}");
  EXPECT_EQ(unknown.status, 404);
  EXPECT_EQ(Json::parse(unknown.body)["code"], "unimplemented");
  EXPECT_EQ(Post(kGather, "application/connect+json", Envelope(0, "{}")).status, 200);
  EXPECT_THAT(Post(kGather, "application/connect+json", Envelope(0, "{}")).body,
              HasSubstr("CLIENT_STREAMING_UNSUPPORTED"));
  EXPECT_THAT(Post(kCount, "application/json", "{}").body, HasSubstr("CONTENT_TYPE_WRONG"));
  EXPECT_THAT(Post(kSay, "application/json", "{}", {{"Content-Encoding", "gzip"}}).body,
              HasSubstr("COMPRESSION_UNSUPPORTED"));
  EXPECT_THAT(Post(kSay, "application/json", "{}", {{"Connect-Protocol-Version", "2"}}).body,
              HasSubstr("PROTOCOL_VERSION_UNKNOWN"));
}

TEST_F(RpcTest, ForwardsDeadlines) {
  const int left = AskJson("{}", {{"Connect-Timeout-Ms", "5000"}})["millisecondsLeft"];
  EXPECT_GT(left, 3000);
  EXPECT_LE(left, 5000);
  const Answer late = Post(kSay, "application/json", R"({"milliseconds":5000})", {{"Connect-Timeout-Ms", "60"}});
  EXPECT_EQ(late.status, 504);
  EXPECT_EQ(Json::parse(late.body)["code"], "deadline_exceeded");
  EXPECT_EQ(Json::parse(late.body)["details"][0]["debug"]["reason"], "DEADLINE_EXCEEDED");
  EXPECT_EQ(Post(kSay, "application/json", "{}", {{"Connect-Timeout-Ms", "soon"}}).status, 400);
  EXPECT_TRUE(Eventually([] { return edge().echo.cancelled() >= 1; }));
}

TEST_F(RpcTest, ForwardsTokenLanguageAndAddressAndNothingElse) {
  const Json metadata = AskJson("{}", {{"Authorization", "Bearer abc.DEF-123"},
                                       {"Accept-Language", "fr-FR, en;q=0.5"},
                                       {"X-Reprise-Client", "198.51.100.1"},
                                       {"X-Forwarded-For", "198.51.100.1"},
                                       {"Cookie", "other=1"},
                                       {"Grpc-Internal", "x"}})["metadata"];
  EXPECT_EQ(metadata["authorization"], "Bearer abc.DEF-123");
  EXPECT_EQ(metadata["accept-language"], "fr-FR, en;q=0.5");
  EXPECT_EQ(metadata["x-reprise-client"], "127.0.0.1");
  EXPECT_FALSE(metadata.contains("cookie"));
  EXPECT_FALSE(metadata.contains("x-forwarded-for"));
  EXPECT_FALSE(metadata.contains("grpc-internal"));
}

// gRPC ends the process on metadata that it cannot carry.
TEST_F(RpcTest, SurvivesHeadersThatGrpcCannotCarry) {
  EXPECT_EQ(Post(kSay, "application/json", "{}", {{"Authorization", "Bearer caf\xc3\xa9"}}).status, 401);
  EXPECT_EQ(Post(kSay, "application/json", "{}", {{"Authorization", "Basic abc"}}).status, 401);
  EXPECT_EQ(Post(kSay, "application/json", "{}", {{"Accept-Language", "\xe9\xff"}}).status, 200);
  EXPECT_EQ(Post(kSay, "application/json", "{}", {{"Accept-Language", std::string(5000, 'a')}}).status, 200);
  EXPECT_EQ(Post(kSay, "application/json", "{}", {{"Authorization", "Bearer " + std::string(5000, 'a')}}).status, 401);
}

TEST_F(RpcTest, ConnectStream) {
  const Answer answer = Post(kCount, "application/connect+json", Envelope(0, R"({"count":3})"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.Of("content-type"), "application/connect+json");
  const auto envelopes = Envelopes(answer.body);
  ASSERT_EQ(envelopes.size(), 4u);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(envelopes[i].first, 0);
    EXPECT_EQ(Json::parse(envelopes[i].second)["number"], std::to_string(i + 1));
  }
  EXPECT_EQ(envelopes[3], std::make_pair(2, std::string("{}")));
}

TEST_F(RpcTest, StreamEndsWithItsErrorAfterItsMessages) {
  const Answer answer = Post(kCount, "application/connect+json", Envelope(0, R"({"count":2,"code":9})"));
  EXPECT_EQ(answer.status, 200);
  const auto envelopes = Envelopes(answer.body);
  ASSERT_EQ(envelopes.size(), 3u);
  EXPECT_EQ(envelopes[2].first, 2);
  const Json end = Json::parse(envelopes[2].second);
  EXPECT_EQ(end["error"]["code"], "failed_precondition");
  EXPECT_EQ(end["error"]["details"][0]["debug"]["reason"], "ECHOED");
}

TEST_F(RpcTest, LongStreamComesWhole) {
  const Answer answer = Post(kCount, "application/connect+proto",
                             Envelope(0, std::string("\x08\xe8\x07\x10\x80\x20", 6)));  // 1000 of 4096
  const auto envelopes = Envelopes(answer.body);
  ASSERT_EQ(envelopes.size(), 1001u);
  echo::v1::CountResponse last;
  ASSERT_TRUE(last.ParseFromString(envelopes[999].second));
  EXPECT_EQ(last.number(), 1000u);
  EXPECT_EQ(last.payload().size(), 4096u);
}

TEST_F(RpcTest, GrpcWebUnaryAndStream) {
  for (const char* const type : {"application/grpc-web", "application/grpc-web+proto"}) {
    const Answer answer = Post(kSay, type, Envelope(0, std::string("\x0a\x02hi", 4)));
    EXPECT_EQ(answer.status, 200);
    const auto envelopes = Envelopes(answer.body);
    ASSERT_EQ(envelopes.size(), 2u);
    echo::v1::SayResponse response;
    ASSERT_TRUE(response.ParseFromString(envelopes[0].second));
    EXPECT_EQ(response.text(), "hi");
    EXPECT_EQ(envelopes[1].first, 0x80);
    EXPECT_EQ(envelopes[1].second, "grpc-status: 0\r\n");
  }
  EXPECT_EQ(Envelopes(Post(kCount, "application/grpc-web+json", Envelope(0, R"({"count":5})")).body).size(), 6u);
}

TEST_F(RpcTest, GrpcWebErrorHasItsDetails) {
  const Answer answer = Post(kSay, "application/grpc-web+json", Envelope(0, R"({"code":3})"));
  const auto envelopes = Envelopes(answer.body);
  ASSERT_FALSE(envelopes.empty());
  EXPECT_EQ(envelopes.back().first, 0x80);
  EXPECT_THAT(envelopes.back().second,
              StartsWith("grpc-status: 3\r\ngrpc-message: Two answers are wrong, caf%C3%A9.\r\n"
                         "grpc-status-details-bin: "));
}

TEST_F(RpcTest, GrpcWebTextIsBase64) {
  const Answer answer = Post(kSay, "application/grpc-web-text", absl::Base64Escape(Envelope(0, "\x0a\x02hi")));
  EXPECT_EQ(answer.Of("content-type"), "application/grpc-web-text+proto");
  const auto bytes = DecodeWebText(answer.body);
  ASSERT_TRUE(bytes.ok());
  EXPECT_EQ(Envelopes(*bytes).back().second, "grpc-status: 0\r\n");
}

TEST_F(RpcTest, BadEnvelopesAreErrorsOfTheirProtocol) {
  const Answer connect = Post(kCount, "application/connect+json", "{}");
  EXPECT_EQ(connect.status, 200);
  EXPECT_EQ(Envelopes(connect.body).back().first, 2);
  EXPECT_THAT(connect.body, HasSubstr("ENVELOPE_MALFORMED"));
  EXPECT_THAT(Post(kSay, "application/grpc-web", "x").body, HasSubstr("grpc-status: 3"));
}

TEST_F(RpcTest, HangingUpCancelsTheCall) {
  const int before = edge().echo.cancelled();
  {
    HttpClient client(edge().address());
    client.SendBytes(RequestText("POST", kSay, "x", Typed("application/json"), R"({"milliseconds":60000})"));
    absl::SleepFor(absl::Milliseconds(50));
  }
  EXPECT_TRUE(Eventually([&] { return edge().echo.cancelled() > before; }));
  {
    HttpClient client(edge().address());
    client.SendBytes(RequestText("POST", kCount, "x", Typed("application/connect+json"),
                                 Envelope(0, R"({"count":100000,"milliseconds":10})")));
    EXPECT_NE(client.ReadSome(), "");
  }
  EXPECT_TRUE(Eventually([&] { return edge().echo.cancelled() > before + 1; }));
}

TEST_F(RpcTest, SlowReaderSlowsTheServiceDown) {
  const int before = edge().echo.written();
  HttpClient client(edge().address());
  // 1000 messages of a megabyte that nobody reads.
  client.SendBytes(RequestText("POST", kCount, "x", Typed("application/connect+json"),
                               Envelope(0, R"({"count":1000,"bytes":1000000})")));
  client.ReadSome();
  absl::SleepFor(absl::Milliseconds(500));
  EXPECT_LT(edge().echo.written() - before, 100);
}

}  // namespace
}  // namespace reprise::gateway
