// SPDX-License-Identifier: Apache-2.0
// Sessions of pages against the whole house: a real daemon, a real database.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

#include "services/gateway/testing/http_client.h"
#include "tests/house/house.h"

namespace reprise::gateway {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Json = nlohmann::json;

constexpr char kListUsers[] = "/reprise.access.v1.AccessService/ListUsers";

class SessionTest : public house::HouseTest {
 protected:
  static std::string address() { return house().daemon->gateway()->address(); }
  static Answer Ask(const std::string& method, const std::string& target, const std::string& cookie,
                    const std::string& body = "") {
    Headers headers = {{"X-Reprise-Csrf", "1"}, {"Origin", "http://" + address()}};
    if (method == "POST") headers.emplace_back("Content-Type", "application/json");
    if (!cookie.empty()) headers.emplace_back("Cookie", cookie);
    return HttpClient(address()).Ask(method, target, headers, body);
  }
  static Answer Login(const std::string& name, const std::string& password, const std::string& cookie = "") {
    return Ask("POST", "/session", cookie,
               Json{{"login_name", name}, {"password", password}}.dump());
  }
  // As if through a proxy that the house trusts.
  static Answer LoginFrom(const std::string& client, const std::string& name, const std::string& password) {
    return HttpClient(address())
        .Ask("POST", "/session",
             {{"X-Reprise-Csrf", "1"}, {"Content-Type", "application/json"}, {"X-Forwarded-For", client}},
             Json{{"login_name", name}, {"password", password}}.dump());
  }
  // What a browser sends back of the cookie.
  static std::string CookieOf(const Answer& answer) {
    const std::string whole = answer.Of("set-cookie");
    return whole.substr(0, whole.find(';'));
  }
};

TEST_F(SessionTest, LoginGivesACookieThatCalls) {
  const Answer login = Login("alice", house::kPassword);
  ASSERT_EQ(login.status, 200);
  const std::string cookie = CookieOf(login);
  EXPECT_THAT(login.Of("set-cookie"), HasSubstr("; HttpOnly; SameSite=Strict"));
  EXPECT_THAT(login.body, Not(HasSubstr(cookie.substr(8))));
  EXPECT_EQ(Json::parse(login.body)["user"]["loginName"], "alice");
  const Answer self = Ask("GET", "/session", cookie);
  EXPECT_EQ(self.status, 200);
  EXPECT_EQ(Json::parse(self.body)["user"]["loginName"], "alice");
  EXPECT_EQ(Ask("POST", kListUsers, cookie, "{}").status, 200);
}

TEST_F(SessionTest, ParticipantComesInByALinkOnce) {
  const Json asked = {{"request_id", house::NewId()}, {"participant_id", people().paula_id}};
  const Answer made = HttpClient(address()).Ask(
      "POST", "/reprise.access.v1.AccessService/CreateParticipantLink",
      {{"Content-Type", "application/json"}, {"Authorization", "Bearer " + people().coline.token}}, asked.dump());
  ASSERT_EQ(made.status, 200) << made.body;
  const std::string body = Json{{"token", Json::parse(made.body)["token"]}}.dump();
  constexpr char kRedeem[] = "/session/reprise.access.v1.AccessService/RedeemParticipantLink";
  EXPECT_THAT(Ask("POST", kRedeem + 8, "", body).body, HasSubstr("SESSION_ENDPOINT_REQUIRED"));
  const Answer opened = Ask("POST", kRedeem, "", body);
  ASSERT_EQ(opened.status, 200) << opened.body;
  EXPECT_THAT(opened.body, Not(HasSubstr("sessionToken")));
  const Answer self = Ask("GET", "/session", CookieOf(opened));
  EXPECT_EQ(Json::parse(self.body)["user"]["participantId"], people().paula_id);
  const Answer again = Ask("POST", kRedeem, "", body);
  EXPECT_EQ(again.status, 400);
  EXPECT_THAT(again.body, HasSubstr("LINK_USED"));
  EXPECT_EQ(again.Of("set-cookie"), "");
}

TEST_F(SessionTest, SessionsAreToldApartByTheirDevices) {
  const Answer login = HttpClient(address()).Ask(
      "POST", "/session",
      {{"X-Reprise-Csrf", "1"}, {"Content-Type", "application/json"},
       {"User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0"}},
      Json{{"login_name", "alice"}, {"password", house::kPassword}}.dump());
  ASSERT_EQ(login.status, 200);
  for (const Json& session : Json::parse(Ask("GET", "/session", CookieOf(login)).body)["sessions"]) {
    if (!session.value("current", false)) continue;
    EXPECT_EQ(session["client"], "Firefox, Linux");
  }
}

TEST_F(SessionTest, LogoutKillsTheSessionAndClearsTheCookie) {
  const std::string cookie = CookieOf(Login("alice", house::kPassword));
  const Answer logout = Ask("DELETE", "/session", cookie);
  EXPECT_EQ(logout.status, 204);
  EXPECT_EQ(logout.Of("set-cookie"), "reprise=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
  EXPECT_EQ(Ask("GET", "/session", cookie).status, 401);
  // Stolen by another browser: over as well.
  EXPECT_EQ(Ask("POST", kListUsers, cookie, "{}").status, 401);
  EXPECT_EQ(Ask("DELETE", "/session", cookie).status, 204);
  EXPECT_EQ(Ask("DELETE", "/session", "").status, 204);
}

TEST_F(SessionTest, LogoutNeedsTheMarksOfOurPages) {
  const std::string cookie = CookieOf(Login("alice", house::kPassword));
  EXPECT_EQ(HttpClient(address()).Ask("DELETE", "/session", {{"Cookie", cookie}}).status, 403);
  EXPECT_EQ(Ask("GET", "/session", cookie).status, 200);
}

TEST_F(SessionTest, NextLoginEndsTheSessionBeforeIt) {
  const std::string first = CookieOf(Login("alice", house::kPassword));
  const std::string second = CookieOf(Login("alice", house::kPassword, first));
  EXPECT_NE(first, second);
  EXPECT_EQ(Ask("GET", "/session", second).status, 200);
  for (int i = 0; i < 200 && Ask("GET", "/session", first).status == 200; ++i) {
    absl::SleepFor(absl::Milliseconds(10));
  }
  EXPECT_EQ(Ask("GET", "/session", first).status, 401);
}

TEST_F(SessionTest, WrongPasswordAndUnknownFieldsAreErrors) {
  const Answer wrong = Login("alice", "wrong horse battery");
  EXPECT_EQ(wrong.status, 401);
  EXPECT_THAT(wrong.body, HasSubstr("LOGIN_REFUSED"));
  EXPECT_EQ(wrong.Of("set-cookie"), "");
  EXPECT_THAT(Ask("POST", "/session", "", R"({"user":"alice"})").body, HasSubstr("JSON_MALFORMED"));
  EXPECT_EQ(Ask("GET", "/session", "reprise=nonsense").status, 401);
  EXPECT_THAT(Ask("GET", "/session", "").body, HasSubstr("IDENTITY_REQUIRED"));
}

TEST_F(SessionTest, RefusedCallsKeepTheirReasons) {
  const std::string cookie = CookieOf(Login(people().chelsea.login_name, house::kPassword));
  const Answer denied = Ask("POST", kListUsers, cookie, "{}");
  EXPECT_EQ(denied.status, 403);
  EXPECT_THAT(denied.body, HasSubstr("PERMISSION_MISSING"));
  EXPECT_THAT(denied.body, HasSubstr("\"permission\":\"user.list\""));
}

TEST_F(SessionTest, GuessingSlowsDownTheGuesserAndNobodyElse) {
  const std::string& rachel = people().rachel.login_name;
  const std::string guesser = "203.0.113.7", herself = "203.0.113.8";
  for (int i = 0; i < 6; ++i) EXPECT_EQ(LoginFrom(guesser, rachel, "a wrong guess again").status, 401);
  // As if she had gone on for long, so that the test need not hurry.
  database().Sql("INSERT INTO access.failed_login (origin, fail_time) "
                 "SELECT origin, now() FROM access.failed_login, generate_series(1, 2)");
  const Answer slowed = LoginFrom(guesser, rachel, house::kPassword);
  EXPECT_EQ(slowed.status, 503);
  EXPECT_THAT(slowed.body, HasSubstr("LOGIN_SLOWED"));
  EXPECT_THAT(slowed.body, HasSubstr("google.rpc.RetryInfo"));
  // She herself from where she is, and somebody else from the guesser's address.
  EXPECT_EQ(LoginFrom(herself, rachel, house::kPassword).status, 200);
  EXPECT_EQ(LoginFrom(guesser, people().coline.login_name, house::kPassword).status, 200);
  // A client cannot choose the address that it is counted by.
  EXPECT_EQ(HttpClient(address())
                .Ask("POST", "/session",
                     {{"X-Reprise-Csrf", "1"}, {"Content-Type", "application/json"},
                      {"X-Forwarded-For", guesser}, {"X-Reprise-Client", herself}},
                     Json{{"login_name", rachel}, {"password", house::kPassword}}.dump())
                .status,
            503);
}

}  // namespace
}  // namespace reprise::gateway
