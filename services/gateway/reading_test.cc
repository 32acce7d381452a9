// SPDX-License-Identifier: Apache-2.0
// What is read of a request before anything is done with it; the expected values are from RFC 9110,
// RFC 6265 and https://connectrpc.com/docs/protocol.
#include <gtest/gtest.h>

#include "services/gateway/http/client_address.h"
#include "services/gateway/http/cookie.h"
#include "services/gateway/http/path.h"
#include "services/gateway/http/request_reader.h"
#include "services/gateway/http/response.h"
#include "services/gateway/rpc/framing.h"
#include "services/platform/testing/matchers.h"

namespace reprise::gateway {
namespace {

using testing::StatusIs;
using State = RequestReader::State;

struct PathCase {
  const char* name;
  const char* path;
  const char* clean;  // null: refused
};

constexpr PathCase kPaths[] = {
    {"Root", "/", "/"},
    {"Plain", "/assets/a.js", "/assets/a.js"},
    {"Folder", "/assets/", "/assets/"},
    {"Encoded", "/caf%C3%A9%20noir", "/café noir"},
    {"PercentOfPercentIsDecodedOnce", "/%252e%252e", "/%2e%2e"},
    {"Parent", "/../etc/passwd", nullptr},
    {"ParentInside", "/assets/../../etc/passwd", nullptr},
    {"ParentEncoded", "/%2e%2e/etc/passwd", nullptr},
    {"ParentHalfEncoded", "/.%2E/etc/passwd", nullptr},
    {"SlashEncoded", "/..%2fetc/passwd", nullptr},
    {"ParentAtTheEnd", "/assets/..", nullptr},
    {"Here", "/./a", nullptr},
    {"EmptySegment", "//etc/passwd", nullptr},
    {"Backslash", "/..\\etc", nullptr},
    {"BackslashEncoded", "/%5c..%5c", nullptr},
    {"Nul", "/a%00.js", nullptr},
    {"LineEnd", "/a%0d%0ab", nullptr},
    {"BadUtf8", "/%ff", nullptr},
    {"OverlongSlash", "/..%c0%afetc", nullptr},
    {"CutPercent", "/a%2", nullptr},
    {"BadPercent", "/a%zz", nullptr},
    {"NoSlash", "etc/passwd", nullptr},
    {"Url", "http://other/", nullptr},
    {"Star", "*", nullptr},
    {"Empty", "", nullptr},
};

TEST(CleanPathTest, Cases) {
  for (const PathCase& c : kPaths) {
    const auto clean = CleanPath(c.path);
    EXPECT_EQ(clean.has_value(), c.clean != nullptr) << c.name;
    EXPECT_EQ(clean.value_or(""), c.clean == nullptr ? "" : c.clean) << c.name;
  }
}

struct CookieCase {
  const char* name;
  std::vector<const char*> headers;
  const char* value;
};

TEST(CookieOfTest, Cases) {
  const CookieCase cases[] = {
      {"Alone", {"s=abc"}, "abc"},
      {"AmongOthers", {"a=1; s=abc; b=2"}, "abc"},
      {"WithoutSpaces", {"a=1;s=abc;b=2"}, "abc"},
      {"WithEqualsInside", {"s=a=b="}, "a=b="},
      {"NotAsASuffix", {"xs=abc"}, ""},
      {"NotInOtherCase", {"S=abc"}, ""},
      {"NotInAValue", {"a=s=abc"}, ""},
      {"TwiceTheSame", {"s=abc; s=abc"}, "abc"},
      {"TwiceDifferent", {"s=abc; s=xyz"}, ""},
      {"DifferentInTwoHeaders", {"s=abc", "s=xyz"}, ""},
      {"PlantedEmpty", {"s=; s=abc"}, ""},
      {"NoEquals", {"s"}, ""},
      {"Nothing", {}, ""},
  };
  for (const CookieCase& c : cases) {
    Request request;
    for (const char* const header : c.headers) request.headers.emplace_back("cookie", header);
    EXPECT_EQ(CookieOf(request, "s"), c.value) << c.name;
  }
}

TEST(HeaderTest, IsEmptyWhereTwoDiffer) {
  Request request;
  request.headers = {{"origin", "https://a"}, {"host", "x"}, {"origin", "https://b"}};
  EXPECT_EQ(request.Header("origin"), "");
  EXPECT_TRUE(request.Has("origin"));
  EXPECT_EQ(request.Header("host"), "x");
}

TEST(ClientAddressTest, CountsIpv6ByItsNetwork) {
  EXPECT_EQ(ClientAddress("203.0.113.7"), "203.0.113.7");
  EXPECT_EQ(ClientAddress("::ffff:203.0.113.7"), "203.0.113.7");
  EXPECT_EQ(ClientAddress("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(ClientAddress("2001:db8:1:2:ffff::1"), "2001:db8:1:2::/64");
  EXPECT_EQ(ClientAddress("::1"), "::1");
  EXPECT_EQ(ClientAddress("fe80::1%eth0"), "fe80::/64");
  EXPECT_EQ(ClientAddress("<script>"), "unknown");
}

TEST(ClientBehindTest, BelievesNobodyButTrustedProxies) {
  const std::vector<std::string> proxies = {"10.0.0.1", "10.0.0.2"};
  EXPECT_EQ(ClientBehind("198.51.100.9", "203.0.113.7", proxies), "198.51.100.9");
  EXPECT_EQ(ClientBehind("10.0.0.1", "203.0.113.7", proxies), "203.0.113.7");
  EXPECT_EQ(ClientBehind("10.0.0.1", "203.0.113.7, 10.0.0.2", proxies), "203.0.113.7");
  // What the client wrote itself stands before what the proxy saw.
  EXPECT_EQ(ClientBehind("10.0.0.1", "192.0.2.66, 203.0.113.7", proxies), "203.0.113.7");
  EXPECT_EQ(ClientBehind("10.0.0.1", "", proxies), "10.0.0.1");
}

TEST(AcceptsTest, ReadsQualities) {
  EXPECT_TRUE(Accepts("gzip, deflate, br", "br"));
  EXPECT_TRUE(Accepts("gzip;q=0.5", "gzip"));
  EXPECT_FALSE(Accepts("gzip;q=0", "gzip"));
  EXPECT_FALSE(Accepts("gzip; q=0.0", "gzip"));
  EXPECT_FALSE(Accepts("x-gzip", "gzip"));
  EXPECT_FALSE(Accepts("", "gzip"));
}

TEST(HeadTextTest, LeavesOutWhatWouldEndTheLine) {
  const std::string text = HeadText({.status = 200, .headers = {{"A", "b\r\nSet-Cookie: x"}, {"C", "d"}}});
  EXPECT_EQ(text, "HTTP/1.1 200 OK\r\nC: d\r\n\r\n");
}

TEST(ProtocolOfTest, KnowsTheTypesAndTheirAnswers) {
  for (const char* const type :
       {"application/json", "application/proto", "application/connect+json", "application/connect+proto",
        "application/grpc-web+proto", "application/grpc-web+json", "application/grpc-web-text+proto"}) {
    const auto protocol = ProtocolOf(type);
    ASSERT_TRUE(protocol.has_value()) << type;
    EXPECT_EQ(ContentTypeOf(*protocol), type);
  }
  EXPECT_TRUE(ProtocolOf("Application/JSON ; charset=utf-8").has_value());
  EXPECT_EQ(ContentTypeOf(*ProtocolOf("application/grpc-web")), "application/grpc-web+proto");
  EXPECT_FALSE(ProtocolOf("text/plain").has_value());
  EXPECT_FALSE(ProtocolOf("application/x-www-form-urlencoded").has_value());
  EXPECT_FALSE(ProtocolOf("").has_value());
}

TEST(EnvelopeTest, HasOneByteOfFlagsAndFourOfLength) {
  EXPECT_EQ(Envelope(2, "{}"), std::string("\x02\0\0\0\x02{}", 7));
  EXPECT_EQ(*SoleEnvelope(std::string("\0\0\0\0\x02{}", 7)), "{}");
  EXPECT_EQ(*SoleEnvelope(std::string("\0\0\0\0\0", 5)), "");
}

TEST(EnvelopeTest, RefusesWhatIsNotExactlyOne) {
  const std::string whole = Envelope(0, "abc");
  for (const std::string& body : {std::string(), whole.substr(0, 4), whole.substr(0, 7), whole + "x",
                                  whole + whole, Envelope(2, "{}"), Envelope(0x80, "")}) {
    EXPECT_THAT(SoleEnvelope(body), StatusIs(absl::StatusCode::kInvalidArgument, "ENVELOPE_MALFORMED"));
  }
  EXPECT_THAT(SoleEnvelope(Envelope(1, "abc")),
              StatusIs(absl::StatusCode::kUnimplemented, "COMPRESSION_UNSUPPORTED"));
}

TEST(DecodeWebTextTest, ReadsTextsInARow) {
  EXPECT_EQ(*DecodeWebText("AAAAAAA="), std::string(5, '\0'));
  EXPECT_EQ(*DecodeWebText("YQ==Yg=="), "ab");
  EXPECT_EQ(*DecodeWebText("YWJjYQ==YmM="), "abcabc");
  EXPECT_EQ(*DecodeWebText(""), "");
  EXPECT_THAT(DecodeWebText("Y*=="), StatusIs(absl::StatusCode::kInvalidArgument, "ENVELOPE_MALFORMED"));
}

TEST(TimeoutTest, ReadsBothForms) {
  EXPECT_EQ(*ConnectTimeout("2500"), absl::Milliseconds(2500));
  EXPECT_EQ(*ConnectTimeout(""), absl::InfiniteDuration());
  EXPECT_EQ(*GrpcTimeout("2S"), absl::Seconds(2));
  EXPECT_EQ(*GrpcTimeout("15M"), absl::Minutes(15));
  EXPECT_EQ(*GrpcTimeout("250m"), absl::Milliseconds(250));
  EXPECT_EQ(*GrpcTimeout("1H"), absl::Hours(1));
  EXPECT_EQ(*GrpcTimeout("7u"), absl::Microseconds(7));
  EXPECT_EQ(*GrpcTimeout("99999999n"), absl::Nanoseconds(99999999));
  for (const char* const bad : {"-1", "1.5", " 1", "12345678901", "x"}) {
    EXPECT_THAT(ConnectTimeout(bad), StatusIs(absl::StatusCode::kInvalidArgument, "TIMEOUT_MALFORMED")) << bad;
  }
  for (const char* const bad : {"1", "S", "1s", "123456789S", "-1S"}) {
    EXPECT_THAT(GrpcTimeout(bad), StatusIs(absl::StatusCode::kInvalidArgument, "TIMEOUT_MALFORMED")) << bad;
  }
}

TEST(PercentEncodeTest, KeepsPrintableAscii) {
  EXPECT_EQ(PercentEncode("100 % café\n"), "100 %25 caf%C3%A9%0A");
}

State Feed(std::string text, int* refusal = nullptr, Request* request = nullptr) {
  RequestReader reader({.header_bytes = 256, .body_bytes = 10});
  const State state = reader.Feed(text);
  if (refusal != nullptr) *refusal = reader.refusal();
  if (request != nullptr) *request = reader.Take();
  return state;
}

TEST(RequestReaderTest, ReadsARequestInPiecesAndLeavesTheNext) {
  const std::string text = "POST /a?b=c HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabcGET / HTTP/1.1\r\n";
  RequestReader reader({.header_bytes = 256, .body_bytes = 10});
  std::string buffer;
  State state = State::kHead;
  size_t at = 0;
  while (state != State::kDone) {
    ASSERT_LT(at, text.size());
    buffer += text[at++];
    state = reader.Feed(buffer);
  }
  EXPECT_EQ(buffer, "");
  EXPECT_EQ(text.substr(at), "GET / HTTP/1.1\r\n");
  const Request request = reader.Take();
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target, "/a?b=c");
  EXPECT_EQ(request.Path(), "/a");
  EXPECT_EQ(request.Header("host"), "x");
  EXPECT_EQ(request.body, "abc");
  EXPECT_TRUE(request.keep_alive);
}

TEST(RequestReaderTest, ReadsChunks) {
  Request request;
  EXPECT_EQ(Feed("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
                 nullptr, &request),
            State::kDone);
  EXPECT_EQ(request.body, "abcde");
}

// Each way to cut a chunked request in two; some of them made Beast's parser abort.
TEST(RequestReaderTest, ReadsChunksInPieces) {
  const std::string text = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
  const std::string none = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
  for (const std::string& whole : {text, none}) {
    for (size_t first = 0; first < whole.size(); ++first) {
      for (const size_t step : {size_t{1}, size_t{2}, whole.size()}) {
        RequestReader reader({.header_bytes = 256, .body_bytes = 10});
        std::string buffer = whole.substr(0, first);
        State state = reader.Feed(buffer);
        for (size_t at = first; at < whole.size(); at += step) {
          EXPECT_LT(state, State::kDone);
          buffer += whole.substr(at, step);
          state = reader.Feed(buffer);
        }
        EXPECT_EQ(state, State::kDone) << first << " " << step;
        EXPECT_EQ(reader.Take().body, whole == text ? "abc" : "");
      }
    }
  }
}

struct RefusalCase {
  const char* name;
  std::string text;
  int refusal;
};

TEST(RequestReaderTest, Refuses) {
  const RefusalCase cases[] = {
      {"ALargeBody", "POST / HTTP/1.1\r\nContent-Length: 11\r\n\r\n", 413},
      {"ALargeChunkedBody",
       "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nb\r\nabcdefghijk\r\n0\r\n\r\n", 413},
      {"LargeHeaders", "GET / HTTP/1.1\r\nA: " + std::string(300, 'a'), 431},
      {"ALargeTarget", "GET /" + std::string(300, 'a'), 431},
      {"TwoLengths", "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400},
      {"ANegativeLength", "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400},
      {"ALengthBesideChunks",
       "POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {"AnotherExpectation", "POST / HTTP/1.1\r\nContent-Length: 1\r\nExpect: tea\r\n\r\n", 417},
      {"AnotherExpectationWithItsBody", "POST / HTTP/1.1\r\nContent-Length: 1\r\nExpect: tea\r\n\r\na", 417},
      {"Nonsense", "\x16\x03\x01\x02\r\n\r\n", 400},
      {"ASpaceBeforeTheColon", "GET / HTTP/1.1\r\nHost : x\r\n\r\n", 400},
      {"AnOldVersion", "GET / HTTP/0.9\r\n\r\n", 400},
  };
  for (const RefusalCase& c : cases) {
    int refusal = 0;
    EXPECT_EQ(Feed(c.text, &refusal), State::kRefused) << c.name;
    EXPECT_EQ(refusal, c.refusal) << c.name;
  }
}

}  // namespace
}  // namespace reprise::gateway
