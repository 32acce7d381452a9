// SPDX-License-Identifier: Apache-2.0
// Personal links: given, opened once, over, revoked, and to whom they are refused.
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "reprise/access/v1/access_service.pb.h"
#include "reprise/enrolment/v1/enrolment_service.pb.h"
#include "reprise/questionnaire/v1/questionnaire_service.pb.h"

#include "tests/house/house.h"

namespace reprise::access {
namespace {

using absl::StatusCode;
using house::NewId;
using house::Person;
using reprise::testing::HasViolation;
using reprise::testing::IsOk;
using reprise::testing::StatusIs;

class ParticipantLinkTest : public house::HouseTest {
 protected:
  // All tests come from one address.
  void SetUp() override { database().Sql("DELETE FROM access.failed_login"); }
  template <typename Response>
  static absl::StatusOr<Response> Ask(const Person& who, const char* method,
                                      const google::protobuf::Message& request) {
    return Call<Response>(who, absl::StrCat("reprise.access.v1.AccessService/", method), request);
  }
  static std::string NewParticipant() {
    return house::Consented(*house().client, people().coline, people().study_id, people().lyon_id);
  }
  static v1::CreateParticipantLinkRequest NewLink(const std::string& participant_id) {
    v1::CreateParticipantLinkRequest request;
    request.set_request_id(NewId());
    request.set_participant_id(participant_id);
    return request;
  }
  static absl::StatusOr<v1::CreateParticipantLinkResponse> Create(
      const Person& who, const v1::CreateParticipantLinkRequest& request) {
    return Ask<v1::CreateParticipantLinkResponse>(who, "CreateParticipantLink", request);
  }
  static v1::CreateParticipantLinkResponse Link(const std::string& participant_id) {
    const auto link = Create(people().coline, NewLink(participant_id));
    EXPECT_THAT(link, IsOk());
    return link.value_or(v1::CreateParticipantLinkResponse());
  }
  static absl::StatusOr<v1::RedeemParticipantLinkResponse> Redeem(const std::string& token,
                                                                  const std::string& short_code = "") {
    v1::RedeemParticipantLinkRequest request;
    request.set_token(token);
    request.set_short_code(short_code);
    return Ask<v1::RedeemParticipantLinkResponse>(Person{}, "RedeemParticipantLink", request);
  }
  static absl::StatusOr<v1::ParticipantLink> Revoke(const Person& who, const std::string& link_id) {
    v1::RevokeParticipantLinkRequest request;
    request.set_request_id(NewId());
    request.set_link_id(link_id);
    return Ask<v1::ParticipantLink>(who, "RevokeParticipantLink", request);
  }
  static absl::StatusOr<v1::ListParticipantLinksResponse> List(const Person& who,
                                                               const std::string& participant_id,
                                                               int page_size = 0,
                                                               const std::string& page_token = "") {
    v1::ListParticipantLinksRequest request;
    request.set_participant_id(participant_id);
    request.set_page_size(page_size);
    request.set_page_token(page_token);
    return Ask<v1::ListParticipantLinksResponse>(who, "ListParticipantLinks", request);
  }
  static absl::StatusOr<v1::GetSelfResponse> Self(const std::string& token) {
    return Ask<v1::GetSelfResponse>(Person{.token = token}, "GetSelf", v1::GetSelfRequest());
  }
  static void Happens(const std::string& participant_id, const std::string& kind,
                      const std::string& withdrawal) {
    database().Sql(absl::StrCat(
        "INSERT INTO enrolment.event (participant_id, sequence, kind, event_date, withdrawal, reason, made_by, "
        "made_time) SELECT '", participant_id, "', coalesce(max(sequence), 0) + 1, '", kind, "', current_date, ",
        withdrawal, ", '', '", people().coline.user_id, "', now() FROM enrolment.event WHERE participant_id = '",
        participant_id, "'"));
  }
  static void Change(const std::string& sql, const std::string& link_id) {
    database().Sql(absl::StrCat("UPDATE access.participant_link SET ", sql, " WHERE link_id = '", link_id, "'"));
  }
};

using CreateParticipantLinkTest = ParticipantLinkTest;
using RedeemParticipantLinkTest = ParticipantLinkTest;
using ListParticipantLinksTest = ParticipantLinkTest;
using RevokeParticipantLinkTest = ParticipantLinkTest;

TEST_F(CreateParticipantLinkTest, IsTheCoordinatorsOfHerSiteAlone) {
  for (const Person& who : {people().alice, people().bob, people().dora, people().pascale, people().rachel,
                            people().paula, people().chelsea}) {
    EXPECT_THAT(Create(who, NewLink(people().paula_id)),
                StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"))
        << who.login_name;
  }
  EXPECT_THAT(Create(people().simone, NewLink(people().paula_id)),
              StatusIs(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND"));
  EXPECT_THAT(Create(people().olga, NewLink(people().paula_id)),
              StatusIs(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND"));
  EXPECT_THAT(Create(people().coline, NewLink(NewId())),
              StatusIs(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND"));
}

TEST_F(CreateParticipantLinkTest, MakesTheAccountOnTheFirstLinkOnly) {
  const std::string participant_id = NewParticipant();
  const auto accounts = [&] {
    return database().Value(absl::StrCat("SELECT count(*) FROM access.account WHERE participant_id = '",
                                         participant_id, "'"));
  };
  const auto first = Link(participant_id);
  EXPECT_EQ(first.link().state(), v1::LINK_STATE_LIVE);
  EXPECT_EQ(first.link().until_time().seconds() - first.link().made_time().seconds(), 14 * 86400);
  EXPECT_EQ(first.token().size(), 43u);
  EXPECT_THAT(first.short_code(), ::testing::MatchesRegex("[0-9B-DF-HJKMNP-TV-Z]{5}-[0-9B-DF-HJKMNP-TV-Z]{5}"));
  EXPECT_EQ(Audited("link.create", first.link().link_id()), 1);
  EXPECT_EQ(accounts(), "1");
  const auto second = Link(participant_id);
  EXPECT_EQ(accounts(), "1");
  EXPECT_EQ(database().Value(absl::StrCat(
                "SELECT count(*) FROM access.delegation JOIN access.account USING (user_id) WHERE participant_id = '",
                participant_id, "' AND role = 'participant' AND site_id = '", people().lyon_id, "'")),
            "1");
  // The new one did not end the old one.
  EXPECT_THAT(Redeem(first.token()), IsOk());
  EXPECT_THAT(Redeem(second.token()), IsOk());
}

TEST_F(CreateParticipantLinkTest, IsRefusedWhereSomebodyElseHasTheName) {
  const std::string participant_id = NewParticipant();
  database().Sql(absl::StrCat("INSERT INTO access.account (user_id, login_name, display_name, made_time) VALUES ('",
                              NewId(), "', 'participant-", participant_id, "', 'Somebody', now())"));
  EXPECT_THAT(Create(people().coline, NewLink(participant_id)),
              StatusIs(StatusCode::kAlreadyExists, "LOGIN_NAME_TAKEN"));
}

TEST_F(CreateParticipantLinkTest, StoresNothingThatWouldOpenIt) {
  const auto request = NewLink(people().paula_id);
  const auto link = Create(people().coline, request);
  ASSERT_THAT(link, IsOk());
  const auto again = Create(people().coline, request);  // the answer was lost
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->DebugString(), link->DebugString());
  for (const std::string& secret : {link->token(), link->short_code()}) {
    EXPECT_EQ(database().Value(absl::StrCat("SELECT count(*) FROM platform.request WHERE encode(response, 'escape') "
                                            "LIKE '%", secret, "%'")),
              "0");
    EXPECT_EQ(database().Value(absl::StrCat(
                  "SELECT count(*) FROM access.participant_link AS l WHERE l::text LIKE '%", secret, "%' OR "
                  "token_hash = sha256('", secret, "') OR code_hash = sha256('", secret, "')")),
              "0");
  }
}

TEST_F(CreateParticipantLinkTest, NamesEveryFaultyField) {
  auto request = NewLink(people().paula_id);
  request.mutable_until_time()->set_seconds(absl::ToUnixSeconds(absl::Now() + absl::Hours(61 * 24)));
  request.set_language("de");
  request.set_instance_id("x");
  const auto refused = Create(people().coline, request);
  EXPECT_THAT(refused, StatusIs(StatusCode::kInvalidArgument, "LINK_INVALID"));
  EXPECT_THAT(refused, HasViolation("until_time", "PERIOD_INVALID"));
  EXPECT_THAT(refused, HasViolation("language", "LANGUAGE_UNKNOWN"));
  EXPECT_THAT(refused, HasViolation("instance_id", "ID_MALFORMED"));
}

TEST_F(CreateParticipantLinkTest, IsRefusedForWhoIsNotToBeReached) {
  struct Case {
    const char* kind;
    const char* withdrawal;
    bool given;
  };
  for (const Case& c : {Case{"WITHDRAWN", "'CONTACT'", false}, Case{"WITHDRAWN", "'ALL'", false},
                        Case{"WITHDRAWN", "'ALL_WITH_ERASURE'", false}, Case{"DECEASED", "NULL", false},
                        Case{"WITHDRAWN", "'INTERVENTION'", true}, Case{"LOST", "NULL", true}}) {
    SCOPED_TRACE(absl::StrCat(c.kind, c.withdrawal));
    const std::string participant_id = NewParticipant();
    const auto before = Link(participant_id);
    Happens(participant_id, c.kind, c.withdrawal);
    const auto link = Create(people().coline, NewLink(participant_id));
    const auto opened = Redeem(before.token());
    if (c.given) {
      EXPECT_THAT(link, IsOk());
      EXPECT_THAT(opened, IsOk());
    } else {
      EXPECT_THAT(link, StatusIs(StatusCode::kFailedPrecondition, "PARTICIPANT_NOT_REACHABLE"));
      EXPECT_THAT(opened, StatusIs(StatusCode::kFailedPrecondition, "LINK_REVOKED"));
    }
  }
}

TEST_F(CreateParticipantLinkTest, IsRefusedWhereHerAccessWasTakenAway) {
  const std::string participant_id = NewParticipant();
  const auto link = Link(participant_id);
  const std::string account = absl::StrCat("(SELECT user_id FROM access.account WHERE participant_id = '",
                                           participant_id, "')");
  database().Sql(absl::StrCat("UPDATE access.delegation SET until_time = now() WHERE user_id = ", account));
  EXPECT_THAT(Create(people().coline, NewLink(participant_id)),
              StatusIs(StatusCode::kFailedPrecondition, "DELEGATION_ENDED"));
  EXPECT_THAT(Redeem(link.token()), StatusIs(StatusCode::kFailedPrecondition, "LINK_REVOKED"));
  database().Sql(absl::StrCat("UPDATE access.account SET disabled_time = now() WHERE user_id = ", account));
  EXPECT_THAT(Create(people().coline, NewLink(participant_id)),
              StatusIs(StatusCode::kFailedPrecondition, "USER_DISABLED"));
}

TEST_F(RedeemParticipantLinkTest, StartsASessionOfHersAndOfNobodyElse) {
  const std::string participant_id = NewParticipant(), instance_id = NewId();
  auto request = NewLink(participant_id);
  request.set_instance_id(instance_id);
  request.set_language("en");
  const auto link = Create(people().coline, request);
  ASSERT_THAT(link, IsOk());
  const auto session = Redeem(link->token());
  ASSERT_THAT(session, IsOk());
  EXPECT_EQ(session->instance_id(), instance_id);
  EXPECT_EQ(session->user().participant_id(), participant_id);
  EXPECT_EQ(session->user().language(), "en");
  EXPECT_EQ(Audited("link.redeem", link->link().link_id()), 1);
  const auto self = Self(session->session_token());
  ASSERT_THAT(self, IsOk());
  ASSERT_EQ(self->delegations_size(), 1);
  EXPECT_EQ(self->delegations(0).role(), v1::ROLE_PARTICIPANT);
  EXPECT_EQ(self->delegations(0).study_id(), people().study_id);
  EXPECT_EQ(database().Value(absl::StrCat("SELECT factors::text FROM access.session WHERE session_id = '",
                                          session->session_id(), "'")),
            "{LINK}");
  const Person herself{.token = session->session_token()};
  questionnaire::v1::ListInstancesRequest instances;
  instances.set_participant_id(participant_id);
  EXPECT_THAT(Call<questionnaire::v1::ListInstancesResponse>(
                  herself, "reprise.questionnaire.v1.QuestionnaireService/ListInstances", instances),
              IsOk());
  EXPECT_THAT(List(herself, participant_id), StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
}

TEST_F(RedeemParticipantLinkTest, OpensOnceByTokenOrByCode) {
  const auto by_code = Link(people().second_id);
  EXPECT_THAT(Redeem("", absl::StrCat(" ", absl::AsciiStrToLower(by_code.short_code()))), IsOk());
  EXPECT_THAT(Redeem("", by_code.short_code()), StatusIs(StatusCode::kFailedPrecondition, "LINK_USED"));
  EXPECT_THAT(Redeem(by_code.token()), StatusIs(StatusCode::kFailedPrecondition, "LINK_USED"));
  EXPECT_EQ(Audited("link.refuse", by_code.link().link_id()), 2);
}

TEST_F(RedeemParticipantLinkTest, OpensOnceAlsoForTwoAtATime) {
  const auto link = Link(people().second_id);
  std::vector<absl::StatusOr<v1::RedeemParticipantLinkResponse>> answers(4, absl::UnknownError("not asked"));
  std::vector<std::thread> threads;
  for (auto& answer : answers) threads.emplace_back([&] { answer = Redeem(link.token()); });
  for (std::thread& thread : threads) thread.join();
  int opened = 0;
  for (const auto& answer : answers) {
    opened += answer.ok();
    if (answer.ok()) continue;
    EXPECT_THAT(answer, StatusIs(StatusCode::kFailedPrecondition, "LINK_USED"));
  }
  EXPECT_EQ(opened, 1);
}

TEST_F(RedeemParticipantLinkTest, RefusesALinkThatIsOver) {
  const auto link = Link(people().second_id);
  Change("made_time = now() - interval '15 days', until_time = now() - interval '1 second'", link.link().link_id());
  EXPECT_THAT(Redeem(link.token()), StatusIs(StatusCode::kFailedPrecondition, "LINK_EXPIRED"));
  EXPECT_THAT(Revoke(people().coline, link.link().link_id()),
              StatusIs(StatusCode::kFailedPrecondition, "LINK_EXPIRED"));
}

TEST_F(RedeemParticipantLinkTest, NeedsALinkOrACode) {
  EXPECT_THAT(Redeem(""), HasViolation("token", "FIELD_REQUIRED"));
  EXPECT_THAT(Redeem("a", "b"), HasViolation("short_code", "FIELD_FORBIDDEN"));
}

TEST_F(RedeemParticipantLinkTest, SlowsDownWhoGuessesAndCountsNoUsedLink) {
  database().Sql("DELETE FROM access.failed_login");
  const auto used = Link(people().second_id);
  EXPECT_THAT(Redeem(used.token()), IsOk());
  for (int i = 0; i < 10; ++i) {
    EXPECT_THAT(Redeem(used.token()), StatusIs(StatusCode::kFailedPrecondition, "LINK_USED"));
  }
  const std::string guesses[] = {"no such token", std::string(300, 'a'), std::string("\0", 1)};
  for (const std::string& guess : guesses) {
    EXPECT_THAT(Redeem(guess), StatusIs(StatusCode::kNotFound, "LINK_UNKNOWN"));
    EXPECT_THAT(Redeem("", guess), StatusIs(StatusCode::kNotFound, "LINK_UNKNOWN"));
  }
  EXPECT_THAT(Redeem("", "7KQ4D-9XMT2"), StatusIs(StatusCode::kUnavailable, "LOGIN_SLOWED"));
  database().Sql("DELETE FROM access.failed_login");
  EXPECT_THAT(Redeem(Link(people().second_id).token()), IsOk());
}

TEST_F(RedeemParticipantLinkTest, SlowsDownWhoAsksForAUsedLinkAgainAndAgain) {
  const auto used = Link(people().second_id);
  EXPECT_THAT(Redeem(used.token()), IsOk());
  EXPECT_THAT(Redeem(used.token()), StatusIs(StatusCode::kFailedPrecondition, "LINK_USED"));
  database().Sql("INSERT INTO access.failed_login SELECT f.origin, f.fail_time FROM access.failed_login AS f, "
                 "generate_series(2, 100)");
  EXPECT_THAT(Redeem(used.token()), StatusIs(StatusCode::kUnavailable, "LOGIN_SLOWED"));
  EXPECT_EQ(Audited("link.refuse", used.link().link_id()), 1);
}

TEST_F(RedeemParticipantLinkTest, SessionEndsSoonerThanStaffsWhenItIsNotUsed) {
  const auto session = Redeem(Link(people().second_id).token());
  ASSERT_THAT(session, IsOk());
  const auto rest = [](const std::string& user_id, int minutes) {
    database().Sql(absl::StrCat("UPDATE access.session SET last_use_time = now() - interval '", minutes,
                                " minutes' WHERE user_id = '", user_id, "'"));
    absl::SleepFor(absl::Milliseconds(5));  // what the chassis remembers of it for a millisecond
  };
  rest(session->user().user_id(), 29);
  EXPECT_THAT(Self(session->session_token()), IsOk());
  rest(session->user().user_id(), 31);
  EXPECT_THAT(Self(session->session_token()), StatusIs(StatusCode::kUnauthenticated, "SESSION_INVALID"));
  rest(people().rachel.user_id, 31);
  EXPECT_THAT(Self(people().rachel.token), IsOk());
}

TEST_F(ListParticipantLinksTest, TellsWhereEachStandsTheLatestFirstAndNoSecret) {
  const std::string participant_id = NewParticipant();
  const auto live = Link(participant_id), used = Link(participant_id), over = Link(participant_id),
             revoked = Link(participant_id);
  ASSERT_THAT(Redeem(used.token()), IsOk());
  Change("made_time = now() - interval '15 days', until_time = now() - interval '1 second'", over.link().link_id());
  ASSERT_THAT(Revoke(people().coline, revoked.link().link_id()), IsOk());
  const auto links = List(people().coline, participant_id);
  ASSERT_THAT(links, IsOk());
  std::vector<std::pair<std::string, v1::LinkState>> seen;
  for (const auto& link : links->links()) seen.emplace_back(link.link_id(), link.state());
  EXPECT_THAT(seen, ::testing::ElementsAre(
                        std::pair{revoked.link().link_id(), v1::LINK_STATE_REVOKED},
                        std::pair{used.link().link_id(), v1::LINK_STATE_USED},
                        std::pair{live.link().link_id(), v1::LINK_STATE_LIVE},
                        std::pair{over.link().link_id(), v1::LINK_STATE_EXPIRED}));
  EXPECT_EQ(links->links(2).made_by(), people().coline.user_id);
  EXPECT_TRUE(links->links(1).has_redeem_time());
  EXPECT_EQ(links->DebugString().find(live.token()), std::string::npos);
  EXPECT_THAT(List(people().simone, participant_id), StatusIs(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND"));
  EXPECT_THAT(List(people().bob, participant_id), StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
}

TEST_F(ListParticipantLinksTest, TurnsPagesWithoutLossOrRepetition) {
  const std::string participant_id = NewParticipant();
  std::vector<std::string> made, paged;
  for (int i = 0; i < 5; ++i) made.insert(made.begin(), Link(participant_id).link().link_id());
  std::string token;
  do {
    const auto page = List(people().coline, participant_id, 2, token);
    ASSERT_THAT(page, IsOk());
    EXPECT_LE(page->links_size(), 2);
    for (const auto& link : page->links()) paged.push_back(link.link_id());
    token = page->next_page_token();
  } while (!token.empty());
  EXPECT_EQ(paged, made);
  EXPECT_THAT(List(people().coline, participant_id, 2, "cDE6eA"),  // p1:x
              StatusIs(StatusCode::kInvalidArgument, "PAGE_TOKEN_INVALID"));
}

TEST_F(RevokeParticipantLinkTest, RefusesTheLinkFromThenOn) {
  const auto link = Link(people().second_id);
  EXPECT_THAT(Revoke(people().simone, link.link().link_id()), StatusIs(StatusCode::kNotFound, "LINK_NOT_FOUND"));
  EXPECT_THAT(Revoke(people().coline, NewId()), StatusIs(StatusCode::kNotFound, "LINK_NOT_FOUND"));
  const auto revoked = Revoke(people().coline, link.link().link_id());
  ASSERT_THAT(revoked, IsOk());
  EXPECT_EQ(revoked->state(), v1::LINK_STATE_REVOKED);
  EXPECT_EQ(Audited("link.revoke", link.link().link_id()), 1);
  EXPECT_THAT(Redeem(link.token()), StatusIs(StatusCode::kFailedPrecondition, "LINK_REVOKED"));
  EXPECT_THAT(Revoke(people().coline, link.link().link_id()),
              StatusIs(StatusCode::kFailedPrecondition, "LINK_REVOKED"));
}

TEST_F(RevokeParticipantLinkTest, EndsTheSessionOfALinkThatWasOpened) {
  const auto link = Link(people().second_id);
  const auto session = Redeem(link.token());
  ASSERT_THAT(session, IsOk());
  ASSERT_THAT(Self(session->session_token()), IsOk());
  ASSERT_THAT(Revoke(people().coline, link.link().link_id()), IsOk());
  EXPECT_THAT(Self(session->session_token()), StatusIs(StatusCode::kUnauthenticated, "SESSION_INVALID"));
}

}  // namespace
}  // namespace reprise::access
