// SPDX-License-Identifier: Apache-2.0
// The audit log over the wire, and somebody with superuser rights behind the daemon's back.
#include <gtest/gtest.h>
#include <sodium.h>

#include <limits>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "reprise/quality/v1/quality_service.pb.h"
#include "reprise/study/v1/study_service.pb.h"

#include "services/platform/audit/merkle.h"
#include "tests/house/house.h"

namespace reprise::quality {
namespace {

using absl::StatusCode;
using house::NewId;
using house::Person;
using reprise::testing::IsOk;
using reprise::testing::StatusIs;
using v1::AuditFinding;

constexpr char kService[] = "reprise.quality.v1.QualityService/";

template <typename Response>
absl::StatusOr<Response> AskIn(house::House& house, const Person& who, const char* method,
                               const google::protobuf::Message& request) {
  return house.client->Call<Response>(who.token, absl::StrCat(kService, method), request);
}

v1::VerifyAuditLogResponse VerifyIn(house::House& house) {
  const auto answer = AskIn<v1::VerifyAuditLogResponse>(house, house.people.alice, "VerifyAuditLog",
                                                        v1::VerifyAuditLogRequest());
  EXPECT_THAT(answer, IsOk());
  return answer.ok() ? *answer : v1::VerifyAuditLogResponse();
}

// Waits until the sealer, which runs every 20 ms here, has sealed all there is.
v1::VerifyAuditLogResponse SealedLog(house::House& house) {
  const absl::Time end = absl::Now() + absl::Seconds(30);
  v1::VerifyAuditLogResponse answer = VerifyIn(house);
  while (answer.events() != answer.sealed() && absl::Now() < end) answer = VerifyIn(house);
  EXPECT_EQ(answer.events(), answer.sealed());
  return answer;
}

class AuditTest : public house::HouseTest {
 protected:
  template <typename Response>
  static absl::StatusOr<Response> Ask(const Person& who, const char* method,
                                      const google::protobuf::Message& request) {
    return AskIn<Response>(house(), who, method, request);
  }
};

using ListAuditEventsTest = AuditTest;
using ProofTest = AuditTest;
using VerifyAuditLogTest = AuditTest;

TEST_F(ListAuditEventsTest, IsRefusedToACoordinator) {
  EXPECT_THAT(Ask<v1::ListAuditEventsResponse>(people().coline, "ListAuditEvents", v1::ListAuditEventsRequest()),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
}

TEST_F(ListAuditEventsTest, ShowsAManagerHerStudyAndTheAdministratorEverything) {
  v1::ListAuditEventsRequest request;
  request.set_page_size(1000);
  const auto bobs = Ask<v1::ListAuditEventsResponse>(people().bob, "ListAuditEvents", request);
  ASSERT_THAT(bobs, IsOk());
  EXPECT_GT(bobs->events_size(), 0);
  for (const v1::AuditEvent& event : bobs->events()) EXPECT_EQ(event.study_id(), people().study_id);
  const auto all = Ask<v1::ListAuditEventsResponse>(people().alice, "ListAuditEvents", request);
  ASSERT_THAT(all, IsOk());
  EXPECT_GT(all->events_size(), bobs->events_size());
}

TEST_F(ListAuditEventsTest, TellsWhoDidWhatAsWhom) {
  v1::ListAuditEventsRequest request;
  request.set_participant_id(people().paula_id);
  request.set_action("consent.record");
  const auto page = Ask<v1::ListAuditEventsResponse>(people().dora, "ListAuditEvents", request);
  ASSERT_THAT(page, IsOk());
  ASSERT_EQ(page->events_size(), 1);
  const v1::AuditEvent& event = page->events(0);
  EXPECT_EQ(event.actor_id(), people().coline.user_id);
  EXPECT_EQ(event.actor_role(), "coordinator");
  EXPECT_EQ(event.method(), "reprise.enrolment.v1.EnrolmentService/RecordConsent");
  EXPECT_EQ(event.site_id(), people().lyon_id);
  EXPECT_FALSE(event.request_id().empty());
}

TEST_F(ListAuditEventsTest, FiltersByActorAndTime) {
  v1::ListAuditEventsRequest request;
  request.set_actor_id(people().simone.user_id);
  const auto simones = Ask<v1::ListAuditEventsResponse>(people().alice, "ListAuditEvents", request);
  ASSERT_THAT(simones, IsOk());
  EXPECT_EQ(simones->events_size(), 2);  // a screening and a consent
  request.mutable_until_time()->set_seconds(-62135596800);  // 0001-01-01, the earliest there is
  const auto none = Ask<v1::ListAuditEventsResponse>(people().alice, "ListAuditEvents", request);
  ASSERT_THAT(none, IsOk());
  EXPECT_EQ(none->events_size(), 0);
}

TEST_F(ListAuditEventsTest, TurnsPagesInTheOrderOfRecording) {
  v1::ListAuditEventsRequest request;
  request.set_page_size(4);
  int64_t last = 0;
  int pages = 0;
  do {
    const auto page = Ask<v1::ListAuditEventsResponse>(people().bob, "ListAuditEvents", request);
    ASSERT_THAT(page, IsOk());
    for (const v1::AuditEvent& event : page->events()) {
      EXPECT_GT(event.event_seq(), last);
      last = event.event_seq();
    }
    request.set_page_token(page->next_page_token());
    ++pages;
  } while (!request.page_token().empty());
  EXPECT_GT(pages, 1);
}

TEST_F(ListAuditEventsTest, FindsOneEventByItsNumberWithinTheScope) {
  v1::ListAuditEventsRequest request;
  request.set_event_seq(3);
  const auto one = Ask<v1::ListAuditEventsResponse>(people().alice, "ListAuditEvents", request);
  ASSERT_THAT(one, IsOk());
  ASSERT_EQ(one->events_size(), 1);
  EXPECT_EQ(one->events(0).event_seq(), 3);
  EXPECT_TRUE(one->next_page_token().empty());
  const std::string outside = database().Value("SELECT max(event_seq) FROM audit.event WHERE study_id IS NULL");
  request.set_event_seq(std::stoll(outside));
  const auto none = Ask<v1::ListAuditEventsResponse>(people().bob, "ListAuditEvents", request);
  ASSERT_THAT(none, IsOk());
  EXPECT_EQ(none->events_size(), 0);
  for (const int64_t number : {int64_t{0}, int64_t{-3}, std::numeric_limits<int64_t>::min(),
                               std::numeric_limits<int64_t>::max()}) {
    request.set_event_seq(number);
    const auto nothing = Ask<v1::ListAuditEventsResponse>(people().alice, "ListAuditEvents", request);
    ASSERT_THAT(nothing, IsOk()) << number;
    EXPECT_EQ(nothing->events_size(), 0) << number;
  }
}

TEST_F(ListAuditEventsTest, RefusesWhatCannotBeAsked) {
  v1::ListAuditEventsRequest request;
  request.set_page_size(1001);
  EXPECT_THAT(Ask<v1::ListAuditEventsResponse>(people().alice, "ListAuditEvents", request),
              StatusIs(StatusCode::kInvalidArgument, "PAGE_SIZE_INVALID"));
  request.set_page_size(0);
  request.set_page_token("cDE6eA");
  EXPECT_THAT(Ask<v1::ListAuditEventsResponse>(people().alice, "ListAuditEvents", request),
              StatusIs(StatusCode::kInvalidArgument, "PAGE_TOKEN_INVALID"));
  request.clear_page_token();
  request.set_actor_id("bob");
  EXPECT_THAT(Ask<v1::ListAuditEventsResponse>(people().alice, "ListAuditEvents", request),
              StatusIs(StatusCode::kInvalidArgument, "ID_MALFORMED"));
}

TEST_F(ProofTest, SignsTheTreeHeadAsDocumented) {
  SealedLog(house());
  const auto head = Ask<v1::TreeHead>(people().bob, "GetTreeHead", v1::GetTreeHeadRequest());
  ASSERT_THAT(head, IsOk());
  std::string bytes = "reprise-audit-v2";
  const int64_t micros = head->seal_time().seconds() * 1000000 + head->seal_time().nanos() / 1000;
  ASSERT_TRUE(head->has_settled_seq());
  for (const int64_t number : {head->tree_size(), micros, head->settled_seq()}) {
    for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(number >> shift);
  }
  bytes += head->root_hash();
  ASSERT_EQ(head->signature().size(), 64u);
  ASSERT_EQ(head->public_key().size(), 32u);
  const auto data = [](const std::string& text) { return reinterpret_cast<const unsigned char*>(text.data()); };
  EXPECT_EQ(crypto_sign_verify_detached(data(head->signature()), data(bytes), bytes.size(),
                                        data(head->public_key())),
            0);
}

TEST_F(ProofTest, ProvesThatAnEventIsInTheTree) {
  const v1::VerifyAuditLogResponse log = SealedLog(house());
  v1::ProveInclusionRequest request;
  request.set_event_seq(3);
  const auto proof = Ask<v1::ProveInclusionResponse>(people().dora, "ProveInclusion", request);
  ASSERT_THAT(proof, IsOk());
  EXPECT_TRUE(audit::VerifyInclusion(proof->leaf_hash(), proof->leaf_index(), proof->tree_head().tree_size(),
                                     std::vector<std::string>(proof->proof().begin(), proof->proof().end()),
                                     proof->tree_head().root_hash()));
  request.set_event_seq(1 << 30);
  EXPECT_THAT(Ask<v1::ProveInclusionResponse>(people().dora, "ProveInclusion", request),
              StatusIs(StatusCode::kNotFound, "EVENT_NOT_SEALED"));
  request.set_event_seq(3);
  request.set_tree_size(log.sealed() + 1000);
  EXPECT_THAT(Ask<v1::ProveInclusionResponse>(people().dora, "ProveInclusion", request),
              StatusIs(StatusCode::kNotFound, "SEAL_NOT_FOUND"));
  EXPECT_THAT(Ask<v1::ProveInclusionResponse>(people().coline, "ProveInclusion", request),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
}

TEST_F(ProofTest, ProvesThatTheLogOnlyGrew) {
  SealedLog(house());
  v1::ProveConsistencyRequest request;
  const auto first = database().Value("SELECT min(tree_size) FROM audit.seal");
  request.set_earlier_tree_size(std::stoll(first));
  const auto proof = Ask<v1::ProveConsistencyResponse>(people().bob, "ProveConsistency", request);
  ASSERT_THAT(proof, IsOk());
  EXPECT_TRUE(audit::VerifyConsistency(
      proof->earlier_tree_head().tree_size(), proof->earlier_tree_head().root_hash(),
      proof->tree_head().tree_size(), proof->tree_head().root_hash(),
      std::vector<std::string>(proof->proof().begin(), proof->proof().end())));
  for (const int64_t size : {int64_t{0}, int64_t{-1}, int64_t{1} << 40}) {
    request.set_earlier_tree_size(size);
    EXPECT_THAT(Ask<v1::ProveConsistencyResponse>(people().bob, "ProveConsistency", request),
                StatusIs(StatusCode::kInvalidArgument, "TREE_SIZE_INVALID"));
  }
  v1::GetTreeHeadRequest head;
  head.set_tree_size(1 << 30);
  EXPECT_THAT(Ask<v1::TreeHead>(people().bob, "GetTreeHead", head),
              StatusIs(StatusCode::kNotFound, "SEAL_NOT_FOUND"));
}

TEST_F(VerifyAuditLogTest, IsRefusedToACoordinator) {
  EXPECT_THAT(Ask<v1::VerifyAuditLogResponse>(people().coline, "VerifyAuditLog", v1::VerifyAuditLogRequest()),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
}

TEST_F(VerifyAuditLogTest, NamesEachActOfASuperuserAndNothingElse) {
  EXPECT_EQ(SealedLog(house()).findings_size(), 0);
  struct Case {
    const char* name;
    const char* tamper;
    const char* undo;
    AuditFinding::Kind kind;
    int64_t event_seq;
  };
  const std::string columns =
      "event_id, event_time, actor_id, actor_role, method, request_id, action, subject_type, subject_id, "
      "study_id, site_id, participant_id, reason, old_version, new_version, code";
  const std::string copy = "INSERT INTO audit.event (event_seq, " + columns +
                           ") OVERRIDING SYSTEM VALUE SELECT -7, " + columns +
                           " FROM audit.event WHERE event_seq = 5";
  const std::string backdated =
      "INSERT INTO audit.event (event_seq, " + columns + ") OVERRIDING SYSTEM VALUE SELECT -7, "
      "gen_random_uuid(), event_time - interval '1 year', actor_id, actor_role, method, request_id, action, "
      "subject_type, subject_id, study_id, site_id, participant_id, reason, old_version, new_version, code "
      "FROM audit.event WHERE event_seq = 5";
  for (const Case& c :
       {Case{"a row edited", "UPDATE audit.event SET actor_role = 'nobody' WHERE event_seq = 4",
             "UPDATE audit.event SET actor_role = 'administrator' WHERE event_seq = 4",
             AuditFinding::KIND_EVENT_EDITED, 4},
        Case{"a row deleted",
             "CREATE TABLE public.kept AS SELECT * FROM audit.event WHERE event_seq = 6; "
             "DELETE FROM audit.event WHERE event_seq = 6",
             "INSERT INTO audit.event OVERRIDING SYSTEM VALUE SELECT * FROM public.kept",
             AuditFinding::KIND_EVENT_REMOVED, 6},
        Case{"a row inserted",
             "INSERT INTO audit.event (event_seq, event_id, event_time, method, action, subject_type, code) "
             "OVERRIDING SYSTEM VALUE VALUES (9000000, gen_random_uuid(), now(), 'm', 'user.create', 'user', "
             "decode(repeat('00', 32), 'hex'))",
             "DELETE FROM audit.event WHERE event_seq = 9000000", AuditFinding::KIND_EVENT_INSERTED, 9000000},
        Case{"a backdated row inserted", backdated.c_str(), "DELETE FROM audit.event WHERE event_seq = -7",
             AuditFinding::KIND_EVENT_INSERTED, -7},
        Case{"a copy of a real row inserted", copy.c_str(), "DELETE FROM audit.event WHERE event_seq = -7",
             AuditFinding::KIND_EVENT_INSERTED, -7},
        Case{"a seal forged",
             "CREATE TABLE public.kept_seal AS SELECT * FROM audit.seal ORDER BY tree_size LIMIT 1; "
             "UPDATE audit.seal SET signature = decode(repeat('ab', 64), 'hex') "
             "WHERE tree_size = (SELECT tree_size FROM public.kept_seal)",
             "UPDATE audit.seal AS s SET signature = k.signature FROM public.kept_seal AS k "
             "WHERE s.tree_size = k.tree_size", AuditFinding::KIND_SEAL_FORGED, 0},
        // Which would keep the next sealer from sealing anything more.
        Case{"a settled number set high",
             "UPDATE audit.seal SET settled_seq = settled_seq + 1000000000000 "
             "WHERE tree_size = (SELECT max(tree_size) FROM audit.seal)",
             "UPDATE audit.seal SET settled_seq = settled_seq - 1000000000000 WHERE settled_seq > 900000000000",
             AuditFinding::KIND_SEAL_FORGED, 0},
        Case{"a settled number set low, under the form that did not sign it",
             "CREATE TABLE public.kept_last AS SELECT * FROM audit.seal ORDER BY tree_size DESC LIMIT 1; "
             "UPDATE audit.seal SET settled_seq = -1, format = 1 "
             "WHERE tree_size = (SELECT tree_size FROM public.kept_last)",
             "UPDATE audit.seal AS s SET settled_seq = k.settled_seq, format = k.format "
             "FROM public.kept_last AS k WHERE s.tree_size = k.tree_size",
             AuditFinding::KIND_SEAL_FORGED, 0}}) {
    SCOPED_TRACE(c.name);
    database().Sql(c.tamper);
    const v1::VerifyAuditLogResponse answer = VerifyIn(house());
    bool named = false;
    for (const AuditFinding& finding : answer.findings()) {
      named = named || (finding.kind() == c.kind && finding.event_seq() == c.event_seq);
    }
    EXPECT_TRUE(named) << answer.ShortDebugString();
    database().Sql(c.undo);
    EXPECT_EQ(VerifyIn(house()).findings_size(), 0) << VerifyIn(house()).ShortDebugString();
  }
}

// The sealer may seal the event anew meanwhile, which mends nothing.
TEST(RemovedLeafTest, IsNamed) {
  house::House house;
  SealedLog(house);
  house.database.Sql("DELETE FROM audit.leaf WHERE leaf_index = 2");
  const v1::VerifyAuditLogResponse answer = VerifyIn(house);
  ASSERT_GT(answer.findings_size(), 0);
  EXPECT_EQ(answer.findings(0).kind(), AuditFinding::KIND_TREE_BROKEN);
  EXPECT_EQ(answer.findings(0).leaf_index(), 2);
}

// A sealer that starts where the last seal's settled_seq was raised would begin beyond all that comes, and
// what is not sealed can be removed unseen.
TEST(RaisedSettledNumberTest, DoesNotKeepTheNextSealerFromSealing) {
  house::House house;
  SealedLog(house);
  house.daemon->Drain();
  house.database.Sql("UPDATE audit.seal SET settled_seq = 9000000000000000000");
  const std::string before = house.database.Value("SELECT count(*) FROM audit.event");
  house.Restart();
  study::v1::CreateSiteRequest request;
  request.set_request_id(NewId());
  request.set_study_id(house.people.study_id);
  request.set_code("NAN");
  request.set_name("Nantes");
  ASSERT_THAT(house.client->Call<study::v1::Site>(house.people.alice.token,
                                                  "reprise.study.v1.StudyService/CreateSite", request),
              IsOk());
  const v1::VerifyAuditLogResponse answer = SealedLog(house);  // checks that all are sealed
  EXPECT_GT(answer.events(), std::stoll(before));
  ASSERT_GT(answer.findings_size(), 0);
  EXPECT_EQ(answer.findings(0).kind(), AuditFinding::KIND_SEAL_FORGED);
}

// A copy carries a true code, so the sealer may well take it before anybody looks.
TEST(CopiedEventTest, IsNamedEvenWhenTheSealerTookIt) {
  house::House house;
  SealedLog(house);
  house.database.Sql(
      "INSERT INTO audit.event (event_id, event_time, actor_id, actor_role, method, request_id, action, "
      "subject_type, subject_id, study_id, site_id, participant_id, reason, old_version, new_version, code) "
      "SELECT event_id, event_time, actor_id, actor_role, method, request_id, action, subject_type, "
      "subject_id, study_id, site_id, participant_id, reason, old_version, new_version, code "
      "FROM audit.event WHERE event_seq = 5");
  const v1::VerifyAuditLogResponse answer = SealedLog(house);
  ASSERT_EQ(answer.findings_size(), 1) << answer.ShortDebugString();
  EXPECT_EQ(answer.findings(0).kind(), AuditFinding::KIND_EVENT_INSERTED);
  EXPECT_EQ(answer.findings(0).event_seq(),
            std::stoll(house.database.Value("SELECT max(event_seq) FROM audit.event")));
}

// Whoever writes the id of a study in capitals must not make the log look edited.
TEST(HonestLogTest, StaysProvableWhateverTheCallersWrite) {
  house::House house;
  study::v1::CreateSiteRequest request;
  request.set_request_id(NewId());
  request.set_study_id(absl::AsciiStrToUpper(house.people.study_id));
  request.set_code("GRE");
  request.set_name("Grenoble");
  ASSERT_THAT(house.client->Call<study::v1::Site>(house.people.alice.token,
                                                  "reprise.study.v1.StudyService/CreateSite", request),
              IsOk());
  EXPECT_EQ(SealedLog(house).findings_size(), 0);
}

TEST_F(VerifyAuditLogTest, NobodyButTheSuperuserMayChangeTheLog) {
  for (const char* const role : {"reprise_access", "reprise_study", "reprise_enrolment",
                                 "reprise_questionnaire", "reprise_quality", "reprise_gate"}) {
    for (const char* const sql : {"UPDATE audit.event SET reason = 'x'", "DELETE FROM audit.event",
                                  "TRUNCATE audit.event", "DELETE FROM audit.leaf",
                                  "UPDATE audit.seal SET tree_size = 1"}) {
      EXPECT_THAT(database().SqlAs(role, sql), StatusIs(StatusCode::kUnknown, "42501")) << role << sql;
    }
  }
}

}  // namespace
}  // namespace reprise::quality
