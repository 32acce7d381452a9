// SPDX-License-Identifier: Apache-2.0
// Whose word is taken: cookies with the marks of our own pages, no page of another site, and the token
// kept from script. The echo service's Enter stands for a login.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"

#include "services/gateway/session/device.h"
#include "services/gateway/testing/gateway_fixture.h"

namespace reprise::gateway {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Json = nlohmann::json;

class CallerTest : public ::testing::Test {
 protected:
  static Edge& edge() { return *edge_; }
  static void SetUpTestSuite() { edge_ = new Edge(); }
  static void TearDownTestSuite() {
    delete edge_;
    edge_ = nullptr;
  }
  static std::string Own() { return "http://" + edge().address(); }
  static Answer Say(Headers headers, const std::string& type = "application/json") {
    return edge().Ask("POST", kSay, Typed(type, std::move(headers)), "{}");
  }
  static std::string SessionOf(const char* method) { return absl::StrCat("/session", method); }

 private:
  static Edge* edge_;
};
Edge* CallerTest::edge_ = nullptr;

struct Case {
  const char* name;
  Headers headers;
  int status;
  const char* reason;
};

TEST_F(CallerTest, CookieNeedsHeaderAndOrigin) {
  const std::string own = Own();
  const Case cases[] = {
      {"Whole", {{"Cookie", "reprise=t"}, {"X-Reprise-Csrf", "1"}, {"Origin", own}}, 200, ""},
      {"ByFetchMetadata", {{"Cookie", "reprise=t"}, {"X-Reprise-Csrf", "1"}, {"Sec-Fetch-Site", "same-origin"}}, 200, ""},
      {"NoHeader", {{"Cookie", "reprise=t"}, {"Origin", own}}, 403, "CSRF_HEADER_MISSING"},
      {"NoOrigin", {{"Cookie", "reprise=t"}, {"X-Reprise-Csrf", "1"}}, 403, "CSRF_HEADER_MISSING"},
      {"TypedIn", {{"Cookie", "reprise=t"}, {"X-Reprise-Csrf", "1"}, {"Sec-Fetch-Site", "none"}}, 403, "CSRF_HEADER_MISSING"},
      {"OtherOrigin", {{"Cookie", "reprise=t"}, {"X-Reprise-Csrf", "1"}, {"Origin", "https://evil.example"}}, 403, "CROSS_ORIGIN"},
      {"OtherPort", {{"Cookie", "reprise=t"}, {"X-Reprise-Csrf", "1"}, {"Origin", "http://127.0.0.1:1"}}, 403, "CROSS_ORIGIN"},
      {"OtherScheme", {{"Cookie", "reprise=t"}, {"X-Reprise-Csrf", "1"}, {"Origin", "https://" + edge().address()}}, 403, "CROSS_ORIGIN"},
      {"NullOrigin", {{"Cookie", "reprise=t"}, {"X-Reprise-Csrf", "1"}, {"Origin", "null"}}, 403, "CROSS_ORIGIN"},
      {"EmptyOrigin", {{"Cookie", "reprise=t"}, {"X-Reprise-Csrf", "1"}, {"Origin", ""}}, 403, "CROSS_ORIGIN"},
      {"TwoOrigins", {{"Cookie", "reprise=t"}, {"X-Reprise-Csrf", "1"}, {"Origin", own}, {"Origin", "https://evil.example"}}, 403, "CROSS_ORIGIN"},
      {"CrossSite", {{"Cookie", "reprise=t"}, {"X-Reprise-Csrf", "1"}, {"Origin", own}, {"Sec-Fetch-Site", "cross-site"}}, 403, "CROSS_ORIGIN"},
      {"SameSite", {{"Cookie", "reprise=t"}, {"X-Reprise-Csrf", "1"}, {"Sec-Fetch-Site", "same-site"}}, 403, "CROSS_ORIGIN"},
      {"CrossSiteWithoutCookie", {{"Origin", "https://evil.example"}}, 403, "CROSS_ORIGIN"},
      {"CrossSiteWithAToken", {{"Authorization", "Bearer t"}, {"Origin", "https://evil.example"}}, 403, "CROSS_ORIGIN"},
      {"TokenOfAForeignClient", {{"Authorization", "Bearer t"}}, 200, ""},
      {"Nobody", {}, 200, ""},  // the service itself says who may
  };
  for (const Case& c : cases) {
    const Answer answer = Say(c.headers);
    EXPECT_EQ(answer.status, c.status) << c.name;
    EXPECT_THAT(answer.body, HasSubstr(c.reason)) << c.name;
    EXPECT_EQ(answer.Of("access-control-allow-origin"), "") << c.name;
  }
  EXPECT_THAT(Say({{"Origin", "https://evil.example"}}, "application/grpc-web").body, HasSubstr("grpc-status: 7"));
  EXPECT_THAT(Say({{"Cookie", "reprise=t"}}, "application/connect+json").body, HasSubstr("CSRF_HEADER_MISSING"));
}

TEST(DeviceOfTest, IsTheFamilyOfBrowserAndSystem) {
  struct Row {
    const char* user_agent;
    const char* device;
  };
  for (const Row& row : {
           Row{"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:121.0) Gecko/20100101 Firefox/121.0",
               "Firefox, Windows"},
           Row{"Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
               "Gecko) Version/17.2 Mobile/15E148 Safari/604.1",
               "Safari, iPhone"},
           Row{"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
               "Chrome/120.0.0.0 Mobile Safari/537.36",
               "Chrome, Android"},
           Row{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
               "Chrome/120.0.0.0 Safari/537.36 Edg/120.0.0.0",
               "Edge, Windows"},
           Row{"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
               "Version/17.2 Safari/605.1.15",
               "Safari, macOS"},
           Row{"curl/7.88.1", "curl"},
           Row{"Something (Windows)", "Windows"},
           Row{"", ""},
           Row{"<script>", ""}}) {
    EXPECT_EQ(DeviceOf(row.user_agent), row.device) << row.user_agent;
  }
}

TEST_F(CallerTest, CookieBecomesTheToken) {
  const Headers marks = {{"X-Reprise-Csrf", "1"}, {"Origin", Own()}};
  const auto authorization = [&](Headers more) {
    more.insert(more.end(), marks.begin(), marks.end());
    const Json metadata = Json::parse(Say(more).body)["metadata"];
    return metadata.contains("authorization") ? metadata["authorization"].get<std::string>() : "";
  };
  EXPECT_EQ(authorization({{"Cookie", "a=b; reprise=t-1"}}), "Bearer t-1");
  EXPECT_EQ(authorization({{"Cookie", "reprise=t"}, {"Authorization", "Bearer mine"}}), "Bearer mine");
  EXPECT_EQ(authorization({{"Cookie", "reprise=t; reprise=u"}}), "");
  EXPECT_EQ(authorization({{"Cookie", "__Host-reprise=t"}}), "");  // the name of another scheme
}

TEST_F(CallerTest, LoginPutsTheTokenIntoACookieOnly) {
  const Answer login = edge().Ask("POST", SessionOf(kEnter),
                                  Typed("application/json", {{"X-Reprise-Csrf", "1"}, {"Origin", Own()}}),
                                  R"({"text":"alice"})");
  EXPECT_EQ(login.status, 200);
  EXPECT_EQ(login.Of("set-cookie"), "reprise=token-of-alice; Path=/; HttpOnly; SameSite=Strict");
  EXPECT_EQ(login.body, R"({"text":"alice"})");
}

TEST_F(CallerTest, LoginIsRefusedToOtherSitesAndForms) {
  const auto login = [&](Headers headers, const std::string& type = "application/json") {
    return edge().Ask("POST", SessionOf(kEnter), Typed(type, std::move(headers)), R"({"text":"alice"})");
  };
  const Answer cross = login({{"X-Reprise-Csrf", "1"}, {"Origin", "https://evil.example"}});
  EXPECT_EQ(cross.status, 403);
  EXPECT_THAT(cross.body, HasSubstr("CROSS_ORIGIN"));
  EXPECT_EQ(cross.Of("set-cookie"), "");
  EXPECT_EQ(login({{"Origin", Own()}}).status, 403);
  EXPECT_EQ(login({{"X-Reprise-Csrf", "1"}}, "text/plain").status, 400);
  EXPECT_EQ(edge().Ask("POST", SessionOf(kEnter), Typed("application/json", {{"X-Reprise-Csrf", "1"}}),
                       std::string(20000, ' ')).status, 429);
}

TEST_F(CallerTest, OnlyMethodsWithATokenStartASession) {
  for (const char* const path : {"/session/reprise.echo.v1.EchoService/Say", "/session/nothing", "/session/",
                                 "/session/reprise.echo.v1.EchoService/Count"}) {
    const Answer answer = edge().Ask("POST", path, Typed("application/json", {{"X-Reprise-Csrf", "1"}}), "{}");
    EXPECT_EQ(answer.status, 404) << path;
    EXPECT_EQ(answer.Of("set-cookie"), "") << path;
  }
  EXPECT_EQ(edge().Ask("PUT", "/session").status, 405);
}

TEST_F(CallerTest, TokensAreForForeignClientsAlone) {
  const auto enter = [&](Headers headers) {
    return edge().Ask("POST", kEnter, Typed("application/json", std::move(headers)), R"({"text":"a"})");
  };
  EXPECT_THAT(enter({}).body, HasSubstr("token-of-a"));
  for (const Headers& page : {Headers{{"Origin", Own()}}, Headers{{"Sec-Fetch-Site", "same-origin"}}}) {
    const Answer answer = enter(page);
    EXPECT_EQ(answer.status, 403);
    EXPECT_THAT(answer.body, HasSubstr("SESSION_ENDPOINT_REQUIRED"));
    EXPECT_THAT(answer.body, Not(HasSubstr("token-of-a")));
  }
}

TEST(OriginTest, ConfiguredOriginIsTheOnlyOneAndMakesTheCookieSecure) {
  Edge edge("origin: 'https://reprise.example.org' trusted_proxies: '127.0.0.1'");
  const auto login = [&](const std::string& origin) {
    return edge.Ask("POST", absl::StrCat("/session", kEnter),
                    Typed("application/json", {{"X-Reprise-Csrf", "1"}, {"Origin", origin}}), R"({"text":"a"})");
  };
  EXPECT_EQ(login("http://" + edge.address()).status, 403);
  EXPECT_EQ(login("https://reprise.example.org").Of("set-cookie"),
            "__Host-reprise=token-of-a; Path=/; HttpOnly; SameSite=Strict; Secure");
  const Json metadata = Json::parse(edge.Ask("POST", kSay, Typed("application/json", {{"X-Forwarded-For", "192.0.2.9, 203.0.113.7"}}), "{}").body)["metadata"];
  EXPECT_EQ(metadata["x-reprise-client"], "203.0.113.7");
}

TEST(LoginRateTest, TooManyTriesAreSlowedDownForThatClientAlone) {
  Edge edge("trusted_proxies: '127.0.0.1'");
  const auto status_of = [&](const std::string& client) {
    return edge.Ask("POST", kEnter, Typed("application/json", {{"X-Forwarded-For", client}}), "{}").status;
  };
  int refused = 0;
  for (int i = 0; i < 100; ++i) refused += status_of("203.0.113.7") == 503;
  EXPECT_GT(refused, 20);
  EXPECT_LT(refused, 41);
  EXPECT_EQ(status_of("203.0.113.8"), 200);
}

}  // namespace
}  // namespace reprise::gateway
