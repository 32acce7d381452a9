// SPDX-License-Identifier: Apache-2.0
// Plan, apply and read a protocol, on a real database.
#include <gtest/gtest.h>

#include <thread>

#include "tests/house/protocols.h"

namespace reprise::study {
namespace {

using absl::StatusCode;
using house::NewId;
using reprise::testing::HasViolation;
using reprise::testing::IsOk;
using reprise::testing::StatusIs;
using ::testing::ElementsAre;

class PlanProtocolTest : public ProtocolTest {};
class ApplyProtocolTest : public ProtocolTest {};
class GetProtocolTest : public ProtocolTest {};
class ListProtocolVersionsTest : public ProtocolTest {};
class CompareProtocolVersionsTest : public ProtocolTest {
 protected:
  static absl::StatusOr<v1::CompareProtocolVersionsResponse> Compare(const house::Person& who,
                                                                     const std::string& study_id, int from, int to) {
    v1::CompareProtocolVersionsRequest request;
    request.set_study_id(study_id);
    request.set_from_version(from);
    request.set_to_version(to);
    return Call<v1::CompareProtocolVersionsResponse>(who, absl::StrCat(kStudyService, "CompareProtocolVersions"),
                                                     request);
  }
};

TEST_F(CompareProtocolVersionsTest, TellsWhatThePlanToldInEitherDirection) {
  const Place place = NewStudy("COMPARED");
  ASSERT_THAT(Apply(place.study_id, Minimal(place), 0), IsOk());
  const std::string amended = Replaced(Replaced(Minimal(place), "participants: 10", "participants: 31"),
                                       "label: \"1.0\"", "label: \"1.1\"");
  const auto plan = Plan(people().alice, place.study_id, amended);
  ASSERT_THAT(plan, IsOk());
  ASSERT_THAT(Apply(place.study_id, amended, 1, "A larger target."), IsOk());
  const auto forth = Compare(people().alice, place.study_id, 1, 2);
  ASSERT_THAT(forth, IsOk());
  ASSERT_EQ(forth->differences_size(), 2);
  ASSERT_EQ(plan->differences_size(), 2);
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(forth->differences(i).DebugString(), plan->differences(i).DebugString());
  }
  EXPECT_EQ(forth->from().version(), 1);
  EXPECT_EQ(forth->to().label(), "1.1");
  EXPECT_EQ(forth->to().change_reason(), "A larger target.");
  const auto back = Compare(people().alice, place.study_id, 2, 1);
  ASSERT_THAT(back, IsOk());
  ASSERT_EQ(back->differences_size(), 2);
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(back->differences(i).path(), forth->differences(i).path());
    EXPECT_EQ(back->differences(i).old_value(), forth->differences(i).new_value());
    EXPECT_EQ(back->differences(i).new_value(), forth->differences(i).old_value());
  }
  EXPECT_EQ(Compare(people().alice, place.study_id, 2, 2)->differences_size(), 0);
}

TEST_F(CompareProtocolVersionsTest, GivesEachRefusalItsReason) {
  const Place place = NewStudy("INCOMPARABLE");
  ASSERT_THAT(Apply(place.study_id, Minimal(place), 0), IsOk());
  EXPECT_THAT(Compare(people().paula, place.study_id, 1, 1),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(Compare(people().coline, place.study_id, 1, 1),
              StatusIs(StatusCode::kPermissionDenied, "OUT_OF_SCOPE"));
  EXPECT_THAT(Compare(people().alice, place.study_id, 0, -1), HasViolation("from_version", "FIELD_REQUIRED"));
  EXPECT_THAT(Compare(people().alice, place.study_id, 0, -1), HasViolation("to_version", "FIELD_REQUIRED"));
  EXPECT_THAT(Compare(people().alice, place.study_id, 1, 2),
              StatusIs(StatusCode::kNotFound, "PROTOCOL_VERSION_NOT_FOUND"));
  EXPECT_THAT(Compare(people().alice, place.study_id, 7, 1),
              StatusIs(StatusCode::kNotFound, "PROTOCOL_VERSION_NOT_FOUND"));
  EXPECT_THAT(Compare(people().alice, NewId(), 1, 1), StatusIs(StatusCode::kNotFound, "STUDY_NOT_FOUND"));
}

TEST_F(PlanProtocolTest, IsRefusedToACoordinatorAndToAnotherStudysManager) {
  EXPECT_THAT(Plan(people().coline, people().study_id, "a: b"), StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(Plan(people().olga, people().study_id, "a: b"), StatusIs(StatusCode::kPermissionDenied, "OUT_OF_SCOPE"));
}

TEST_F(PlanProtocolTest, TellsWhatAnApplicationWouldDoAndChangesNothing) {
  const Place place = NewStudy("PLANNED");
  const auto plan = Plan(people().alice, place.study_id, Minimal(place));
  ASSERT_THAT(plan, IsOk());
  EXPECT_EQ(plan->live_version(), 0);
  EXPECT_THAT(plan->new_sites(), ElementsAre("LYO"));
  ASSERT_GT(plan->differences_size(), 0);
  for (int i = 1; i < plan->differences_size(); ++i) {
    EXPECT_LT(plan->differences(i - 1).path(), plan->differences(i).path());
  }
  EXPECT_EQ(plan->differences(0).kind(), v1::ProtocolDifference::KIND_ADDED);
  EXPECT_EQ(List(people().alice, place.study_id)->protocol_versions_size(), 0);
  EXPECT_EQ(database().Value("SELECT count(*) FROM study.site WHERE study_id = '" + place.study_id + "'"), "0");
}

TEST_F(PlanProtocolTest, RefusesAStudyThatIsNot) {
  EXPECT_THAT(Plan(people().alice, NewId(), Minimal({"NOBODY", ""})), StatusIs(StatusCode::kNotFound, "STUDY_NOT_FOUND"));
}

TEST_F(PlanProtocolTest, NamesFaultsByFileLineAndPath) {
  const Place place = NewStudy("FAULTY");
  const auto refused = Plan(people().alice, place.study_id, Replaced(Minimal(place), "kind: MAIN", "kind: PILOT"));
  EXPECT_THAT(refused, StatusIs(StatusCode::kInvalidArgument, "PROTOCOL_INVALID"));
  EXPECT_THAT(refused, HasViolation("study.yaml:10:5 stages[MAIN].pilot_kind", "PILOT_KIND_REQUIRED"));
  EXPECT_THAT(Plan(people().alice, place.study_id, "a: [b"), StatusIs(StatusCode::kInvalidArgument, "DOCUMENT_MALFORMED"));
}

TEST_F(PlanProtocolTest, RefusesTheDocumentOfAnotherStudy) {
  const auto refused = Plan(people().alice, people().study_id, Minimal({"OTHERWISE", ""}));
  EXPECT_THAT(refused, StatusIs(StatusCode::kInvalidArgument, "PROTOCOL_INVALID"));
  EXPECT_THAT(refused, HasViolation("study.yaml:3:8 study", "STUDY_MISMATCH"));
}

TEST_F(PlanProtocolTest, IsEmptyForEveryAppliedDocument) {
  const Place minimal = NewStudy("EMPTY-1"), whole = NewStudy("EMPTY-2"), fastracs = NewStudy("EMPTY-3");
  const std::string real = Replaced(FileText(absl::StrCat(REPRISE_STUDIES, "/fastracs/study.yaml")),
                                    "study: FASTRACS", "study: EMPTY-3");
  for (const auto& [place, text] : {std::pair{minimal, Minimal(minimal)}, std::pair{whole, Whole(whole)},
                                    std::pair{fastracs, real}}) {
    ASSERT_THAT(Apply(place.study_id, text, 0), IsOk());
    const auto plan = Plan(people().alice, place.study_id, text);
    ASSERT_THAT(plan, IsOk());
    EXPECT_EQ(plan->differences_size(), 0) << plan->differences(0).path();
    EXPECT_EQ(plan->live_version(), 1);
    EXPECT_EQ(plan->new_sites_size(), 0);
  }
}

TEST_F(ApplyProtocolTest, IsRefusedToADataManagerAndToAnotherStudysManager) {
  EXPECT_THAT(Apply(people().dora, NewApplication(people().study_id, "a: b", 0)),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(Apply(people().olga, NewApplication(people().study_id, "a: b", 0)),
              StatusIs(StatusCode::kPermissionDenied, "OUT_OF_SCOPE"));
}

TEST_F(ApplyProtocolTest, MakesAVersionAndItsSitesAndRecordsThem) {
  const Place place = NewStudy("APPLIED");
  const auto version = Apply(place.study_id, Minimal(place), 0);
  ASSERT_THAT(version, IsOk());
  EXPECT_EQ(version->version(), 1);
  EXPECT_EQ(version->label(), "1.0");
  EXPECT_EQ(version->in_force_date().year(), 2025);
  EXPECT_EQ(version->document_sha256().size(), 32u);
  EXPECT_EQ(version->applied_by(), people().alice.user_id);
  EXPECT_EQ(Audited("protocol.apply", place.study_id), 1);
  const std::string site_id = database().Value("SELECT site_id FROM study.site WHERE study_id = '" + place.study_id + "'");
  EXPECT_EQ(Audited("site.create", site_id), 1);
  EXPECT_EQ(Seen("SELECT opens_date FROM study.published_opening WHERE site_id = '" + site_id + "'"), "2025-01-01");
}

TEST_F(ApplyProtocolTest, LetsTheManagerOfTheStudyApply) {
  const Place place{"OTHER", people().other_study_id};
  const std::string document = Replaced(Minimal(place), "code: LYO", "code: OTH");
  EXPECT_THAT(Apply(people().bob, NewApplication(place.study_id, document, 0)),
              StatusIs(StatusCode::kPermissionDenied, "OUT_OF_SCOPE"));
  ASSERT_THAT(Apply(people().olga, NewApplication(place.study_id, document, 0)), IsOk());
  // The house made this site before, under another name.
  EXPECT_EQ(database().Value("SELECT name FROM study.site WHERE site_id = '" + people().other_site_id + "'"), "Lyon");
  EXPECT_EQ(Audited("site.rename", people().other_site_id), 1);
}

TEST_F(ApplyProtocolTest, GivesARepeatedRequestTheFirstResult) {
  const Place place = NewStudy("REPEATED");
  const auto request = NewApplication(place.study_id, Minimal(place), 0);
  const auto first = Apply(people().alice, request);
  ASSERT_THAT(first, IsOk());
  const auto second = Apply(people().alice, request);
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->SerializeAsString(), first->SerializeAsString());
  EXPECT_EQ(List(people().alice, place.study_id)->protocol_versions_size(), 1);
}

TEST_F(ApplyProtocolTest, RefusesWhatMayNotFollow) {
  const Place place = NewStudy("FOLLOWED");
  const std::string first = Minimal(place);
  ASSERT_THAT(Apply(place.study_id, first, 0), IsOk());
  const std::string second = Replaced(Replaced(first, "\"1.0\"", "\"1.1\""), "participants: 10", "participants: 11");
  EXPECT_THAT(Apply(place.study_id, second, 0, "More."), StatusIs(StatusCode::kAborted, "ETAG_MISMATCH"));
  EXPECT_THAT(Apply(place.study_id, second, 2, "More."), StatusIs(StatusCode::kAborted, "ETAG_MISMATCH"));
  EXPECT_THAT(Apply(place.study_id, first, 1, "Same."), StatusIs(StatusCode::kInvalidArgument, "NOTHING_CHANGED"));
  EXPECT_THAT(Apply(place.study_id, first + "# a note\n", 1, "Same."), StatusIs(StatusCode::kInvalidArgument, "NOTHING_CHANGED"));
  EXPECT_THAT(Apply(place.study_id, second, 1), StatusIs(StatusCode::kInvalidArgument, "CHANGE_REASON_REQUIRED"));
  EXPECT_THAT(Apply(place.study_id, second, 1, std::string(501, 'x')), StatusIs(StatusCode::kInvalidArgument, "FIELD_TOO_LONG"));
  EXPECT_THAT(Apply(place.study_id, second, 1, "Ask 04 72 00 00 00."), StatusIs(StatusCode::kInvalidArgument, "TEXT_HOLDS_IDENTITY"));
  EXPECT_THAT(Apply(place.study_id, Replaced(second, "\"1.1\"", "\"1.0\""), 1, "More."),
              HasViolation("study.yaml:4:8 label", "LABEL_TAKEN"));
  EXPECT_THAT(Apply(place.study_id, Replaced(second, "in_force_on: 2025-01-01", "in_force_on: 2024-12-31"), 1, "More."),
              HasViolation("study.yaml:5:14 in_force_on", "IN_FORCE_TOO_EARLY"));
  EXPECT_THAT(Apply(place.study_id, Replaced(second, "name: \"Lyon\"", "name: \"Lyon\", time_zone: Indian/Reunion"), 1, "More."),
              HasViolation("study.yaml:8:42 sites[LYO].time_zone", "SITE_TIME_ZONE_FIXED"));
  EXPECT_EQ(List(people().alice, place.study_id)->protocol_versions_size(), 1);
  EXPECT_THAT(Apply(place.study_id, second, 1, "More."), IsOk());
}

TEST_F(ApplyProtocolTest, LetsOneOfTwoAtTheSameTimeIn) {
  const Place place = NewStudy("RACED");
  absl::StatusOr<v1::ProtocolVersion> one, two;
  std::thread other([&] { one = Apply(place.study_id, Minimal(place), 0); });
  two = Apply(place.study_id, Minimal(place), 0);
  other.join();
  EXPECT_NE(one.ok(), two.ok());
  EXPECT_THAT(one.ok() ? two : one, StatusIs(StatusCode::kAborted, "ETAG_MISMATCH"));
  EXPECT_EQ(List(people().alice, place.study_id)->protocol_versions_size(), 1);
  EXPECT_EQ(Audited("protocol.apply", place.study_id), 1);
}

TEST_F(ApplyProtocolTest, NeverTakesASiteAway) {
  const Place place = NewStudy("SITES");
  const std::string first = Replaced(Minimal(place), "stages:", "  - {code: REU, name: \"Saint-Denis\", opens_on: 2025-01-01}\nstages:");
  ASSERT_THAT(Apply(place.study_id, first, 0), IsOk());
  EXPECT_THAT(Apply(place.study_id, Replaced(Minimal(place), "\"1.0\"", "\"1.1\""), 1, "Left."),
              StatusIs(StatusCode::kFailedPrecondition, "PROTOCOL_CHANGE_FORBIDDEN"));
}

TEST_F(GetProtocolTest, IsRefusedToChelseaAndToAnotherStudysManager) {
  EXPECT_THAT(Get(people().chelsea, people().study_id), StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(Get(people().olga, people().study_id), StatusIs(StatusCode::kPermissionDenied, "OUT_OF_SCOPE"));
}

TEST_F(GetProtocolTest, ReturnsEachVersionAsItWasApplied) {
  const Place place = NewStudy("GOTTEN");
  const std::string first = Whole(place);
  const std::string second = Replaced(Replaced(first, "\"1.0\"\nin", "\"1.1\"\nin"), "step: 2", "step: 3");
  ASSERT_THAT(Apply(place.study_id, first, 0), IsOk());
  ASSERT_THAT(Apply(place.study_id, second, 1, "Another step."), IsOk());
  const auto newest = Get(people().alice, place.study_id);
  ASSERT_THAT(newest, IsOk());
  EXPECT_EQ(newest->document(), second);
  EXPECT_EQ(newest->content().components(0).step(), 3);
  EXPECT_EQ(newest->protocol_version().version(), 2);
  EXPECT_EQ(newest->protocol_version().change_reason(), "Another step.");
  const auto older = Get(people().alice, place.study_id, 1);
  ASSERT_THAT(older, IsOk());
  EXPECT_EQ(older->document(), first);
  EXPECT_EQ(older->content().components(0).step(), 2);
}

TEST_F(GetProtocolTest, RefusesWhatIsNot) {
  const Place place = NewStudy("NONE-YET");
  EXPECT_THAT(Get(people().alice, place.study_id), StatusIs(StatusCode::kNotFound, "PROTOCOL_VERSION_NOT_FOUND"));
  EXPECT_THAT(Get(people().alice, place.study_id, 7), StatusIs(StatusCode::kNotFound, "PROTOCOL_VERSION_NOT_FOUND"));
  EXPECT_THAT(Get(people().alice, NewId()), StatusIs(StatusCode::kNotFound, "STUDY_NOT_FOUND"));
}

TEST_F(ListProtocolVersionsTest, IsRefusedToChelsea) {
  EXPECT_THAT(List(people().chelsea, people().study_id), StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
}

TEST_F(ListProtocolVersionsTest, ShowsTheNewestFirst) {
  const Place place = NewStudy("LISTED");
  ASSERT_THAT(Apply(place.study_id, Minimal(place), 0), IsOk());
  ASSERT_THAT(Apply(place.study_id, Replaced(Minimal(place), "\"1.0\"", "\"1.1\""), 1, "Renamed."), IsOk());
  const auto listed = List(people().alice, place.study_id);
  ASSERT_THAT(listed, IsOk());
  ASSERT_EQ(listed->protocol_versions_size(), 2);
  EXPECT_EQ(listed->protocol_versions(0).version(), 2);
  EXPECT_EQ(listed->protocol_versions(1).label(), "1.0");
  EXPECT_THAT(List(people().alice, NewId()), StatusIs(StatusCode::kNotFound, "STUDY_NOT_FOUND"));
}

}  // namespace
}  // namespace reprise::study
