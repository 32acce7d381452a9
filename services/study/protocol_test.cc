// SPDX-License-Identifier: Apache-2.0
// Plan, apply and read a protocol, on a real database.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "reprise/study/v1/study_service.pb.h"

#include "tests/house/house.h"

namespace reprise::study {
namespace {

using absl::StatusCode;
using house::HouseTest;
using house::NewId;
using house::Person;
using reprise::testing::HasViolation;
using reprise::testing::IsOk;
using reprise::testing::StatusIs;
using ::testing::ElementsAre;

constexpr char kService[] = "reprise.study.v1.StudyService/";

std::string FileText(const std::string& path) {
  std::ifstream file(path);
  EXPECT_TRUE(file.good()) << path;
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string Replaced(const std::string& document, const std::string& from, const std::string& to) {
  EXPECT_NE(document.find(from), std::string::npos) << from;
  return absl::StrReplaceAll(document, {{from, to}});
}

class ProtocolTest : public HouseTest {
 protected:
  // A study of its own for a test.
  struct Place {
    std::string code;
    std::string study_id;
  };
  static Place NewStudy(const std::string& code) {
    v1::CreateStudyRequest request;
    request.set_request_id(NewId());
    request.set_code(code);
    (*request.mutable_title())["en"] = code;
    const auto study = Call<v1::Study>(people().alice, absl::StrCat(kService, "CreateStudy"), request);
    EXPECT_THAT(study, IsOk());
    return {code, study.ok() ? study->study_id() : ""};
  }
  static std::string Minimal(const Place& place) {
    return Replaced(FileText(absl::StrCat(REPRISE_STUDIES, "/minimal/study.yaml")), "study: MINIMAL",
                    "study: " + place.code);
  }
  static std::string Whole(const Place& place) {
    return Replaced(FileText(absl::StrCat(REPRISE_TEST_DATA, "/study/whole.yaml")), "study: WHOLE",
                    "study: " + place.code);
  }

  static absl::StatusOr<v1::PlanProtocolResponse> Plan(const Person& who, const std::string& study_id,
                                                       const std::string& document) {
    v1::PlanProtocolRequest request;
    request.set_study_id(study_id);
    request.set_document(document);
    request.set_document_name("study.yaml");
    return Call<v1::PlanProtocolResponse>(who, absl::StrCat(kService, "PlanProtocol"), request);
  }
  static v1::ApplyProtocolRequest NewApplication(const std::string& study_id, const std::string& document,
                                                 int live_version, const std::string& reason = "") {
    v1::ApplyProtocolRequest request;
    request.set_request_id(NewId());
    request.set_study_id(study_id);
    request.set_document(document);
    request.set_document_name("study.yaml");
    request.set_live_version(live_version);
    request.set_change_reason(reason);
    return request;
  }
  static absl::StatusOr<v1::ProtocolVersion> Apply(const Person& who, const v1::ApplyProtocolRequest& request) {
    return Call<v1::ProtocolVersion>(who, absl::StrCat(kService, "ApplyProtocol"), request);
  }
  static absl::StatusOr<v1::ProtocolVersion> Apply(const std::string& study_id, const std::string& document,
                                                   int live_version, const std::string& reason = "") {
    return Apply(people().alice, NewApplication(study_id, document, live_version, reason));
  }
  static absl::StatusOr<v1::GetProtocolResponse> Get(const Person& who, const std::string& study_id, int version = 0) {
    v1::GetProtocolRequest request;
    request.set_study_id(study_id);
    if (version != 0) request.set_version(version);
    return Call<v1::GetProtocolResponse>(who, absl::StrCat(kService, "GetProtocol"), request);
  }
  static absl::StatusOr<v1::ListProtocolVersionsResponse> List(const Person& who, const std::string& study_id) {
    v1::ListProtocolVersionsRequest request;
    request.set_study_id(study_id);
    return Call<v1::ListProtocolVersionsResponse>(who, absl::StrCat(kService, "ListProtocolVersions"), request);
  }
  // As a service whose caller may see everything sees it.
  static std::string Seen(const std::string& sql) {
    return database().Value(absl::StrCat("SET app.scope = '*'; ", sql));
  }

  // What the enrolment service records: a consent in a stage, and perhaps an enrolment.
  static void Consent(const Place& place, const std::string& stage, bool enrolled, int protocol_version = 1,
                      const std::string& date = "2025-05-05") {
    const std::string screening = NewId(), participant = NewId();
    const std::string site = absl::StrCat("(SELECT site_id FROM study.site WHERE code = 'LYO' AND study_id = '",
                                          place.study_id, "')");
    std::string sql = absl::StrCat(
        "INSERT INTO enrolment.screening VALUES ('", screening, "', '", place.study_id, "', ", site, ", '", stage,
        "', (SELECT count(*) + 1 FROM enrolment.screening), '", date, "', ", protocol_version,
        ", 'ELIGIBLE', '{}', '", NewId(), "', now());"
        "INSERT INTO enrolment.participant (participant_id, study_id, site_id, code, made_time, screening_id, stage, "
        "consent_date, protocol_version, age_at_consent) VALUES ('", participant, "', '", place.study_id, "', ", site,
        ", '", participant, "', now(), '", screening, "', '", stage, "', '", date, "', ", protocol_version, ", 40);"
        "INSERT INTO enrolment.event VALUES ('", participant, "', 1, 'CONSENTED', '", date, "', NULL, '', '", NewId(),
        "', now());");
    if (enrolled) {
      absl::StrAppend(&sql, "INSERT INTO enrolment.event VALUES ('", participant, "', 2, 'ENROLLED', '", date,
                      "', NULL, '', '", NewId(), "', now());");
    }
    database().Sql(sql);
  }
};

class PlanProtocolTest : public ProtocolTest {};
class ApplyProtocolTest : public ProtocolTest {};
class GetProtocolTest : public ProtocolTest {};
class ListProtocolVersionsTest : public ProtocolTest {};

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
  const Place place{"FASTRACS", people().study_id};
  ASSERT_THAT(Apply(people().bob, NewApplication(place.study_id, Minimal(place), 0)), IsOk());
  // The house made this site before, under another name.
  EXPECT_EQ(database().Value("SELECT name FROM study.site WHERE site_id = '" + people().lyon_id + "'"), "Lyon");
  EXPECT_EQ(Audited("site.rename", people().lyon_id), 1);
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

TEST_F(ApplyProtocolTest, NeverTakesASiteAway) {
  const Place place = NewStudy("SITES");
  const std::string first = Replaced(Minimal(place), "stages:", "  - {code: REU, name: \"Saint-Denis\", opens_on: 2025-01-01}\nstages:");
  ASSERT_THAT(Apply(place.study_id, first, 0), IsOk());
  EXPECT_THAT(Apply(place.study_id, Replaced(Minimal(place), "\"1.0\"", "\"1.1\""), 1, "Left."),
              StatusIs(StatusCode::kFailedPrecondition, "PROTOCOL_CHANGE_FORBIDDEN"));
}

TEST_F(ApplyProtocolTest, Scenario20_AfterTheFirstConsentThePilotKindStays) {
  const Place place = NewStudy("SCENE-20");
  ASSERT_THAT(Apply(place.study_id, Whole(place), 0), IsOk());
  const std::string internal = Replaced(Replaced(Whole(place), "\"1.0\"\nin", "\"1.1\"\nin"), "EXTERNAL", "INTERNAL");
  EXPECT_THAT(Plan(people().alice, place.study_id, internal), IsOk());
  Consent(place, "TRIAL_RUN", false);
  const auto planned = Plan(people().alice, place.study_id, internal);
  EXPECT_THAT(planned, StatusIs(StatusCode::kFailedPrecondition, "PROTOCOL_CHANGE_FORBIDDEN"));
  EXPECT_EQ(error::DetailOf(planned.status()).metadata.at("changes"), "stages[TRIAL_RUN].pilot_kind STAGE_HAS_CONSENTS");
  EXPECT_THAT(Apply(place.study_id, internal, 1, "Join the data."),
              StatusIs(StatusCode::kFailedPrecondition, "PROTOCOL_CHANGE_FORBIDDEN"));
  EXPECT_EQ(Get(people().alice, place.study_id)->content().stages(0).pilot_kind(), "EXTERNAL");
}

TEST_F(ApplyProtocolTest, FlagsRulesThatChangeAfterTheFirstEnrolment) {
  const Place place = NewStudy("POST-HOC");
  ASSERT_THAT(Apply(place.study_id, Whole(place), 0), IsOk());
  Consent(place, "TRIAL_RUN", true);
  const std::string easier = Replaced(Replaced(Whole(place), "\"1.0\"\nin", "\"1.1\"\nin"), "green: 0.8", "green: 0.7");
  const auto plan = Plan(people().alice, place.study_id, easier);
  ASSERT_THAT(plan, IsOk());
  EXPECT_TRUE(plan->progression_post_hoc());
  const auto version = Apply(place.study_id, easier, 1, "Too strict.");
  ASSERT_THAT(version, IsOk());
  EXPECT_TRUE(version->progression_post_hoc());
  EXPECT_EQ(Seen("SELECT post_hoc FROM study.published_protocol WHERE version = 2 AND study_id = '" + place.study_id + "'"), "t");
  EXPECT_THAT(Apply(place.study_id, Replaced(easier, "block_sizes: [3, 6]", "block_sizes: [3]"), 2, "Smaller."),
              StatusIs(StatusCode::kInvalidArgument, "PROTOCOL_INVALID"));  // its label
  EXPECT_THAT(Apply(place.study_id, Replaced(Replaced(easier, "\"1.1\"", "\"1.2\""), "block_sizes: [3, 6]", "block_sizes: [3]"), 2, "Smaller."),
              StatusIs(StatusCode::kFailedPrecondition, "PROTOCOL_CHANGE_FORBIDDEN"));
}

TEST_F(ApplyProtocolTest, Scenario39_AnAmendmentCountsFromItsDayOnAndEarlierConsentsKeepTheirVersion) {
  const Place place = NewStudy("SCENE-39");
  const std::string first = Replaced(Whole(place), "participants: 420, reason: \"Third.\"}",
                                     "participants: 300, reason: \"Third.\"}");
  ASSERT_THAT(Apply(place.study_id, first, 0), IsOk());
  Consent(place, "TRIAL_RUN", true, 1, "2025-05-05");
  std::string amended = Replaced(first, "\"1.0\"\nin_force_on: 2025-01-01", "\"1.1\"\nin_force_on: 2025-09-01");
  amended = Replaced(amended, "reason: \"Third.\"}", "reason: \"Third.\"}, {from: 2026-06-01, participants: 420, reason: \"Six sites.\"}");
  amended = Replaced(amended, "max_age: 55", "max_age: 60");
  const auto plan = Plan(people().alice, place.study_id, amended);
  ASSERT_THAT(plan, IsOk());
  std::vector<std::string> paths;
  for (const auto& difference : plan->differences()) paths.push_back(difference.path());
  EXPECT_THAT(paths, ElementsAre("criteria[AGE].max_age", "in_force_on", "label", "stages[FULL].targets[1]"));
  EXPECT_FALSE(plan->progression_post_hoc());
  ASSERT_THAT(Apply(place.study_id, amended, 1, "420 and to 60 years."), IsOk());
  // The day decides which version judges; what was consented to before keeps its own.
  const std::string in_force = "SELECT version FROM study.published_protocol WHERE study_id = '" + place.study_id +
                               "' AND in_force_date <= '%' AND coalesce(until_date > '%', true)";
  EXPECT_EQ(Seen(absl::StrReplaceAll(in_force, {{"%", "2025-08-31"}})), "1");
  EXPECT_EQ(Seen(absl::StrReplaceAll(in_force, {{"%", "2025-09-01"}})), "2");
  EXPECT_EQ(Seen("SELECT c.max_age FROM enrolment.participant AS p JOIN study.published_criterion AS c "
                 "ON c.study_id = p.study_id AND c.version = p.protocol_version WHERE p.study_id = '" + place.study_id + "'"),
            "55");
  EXPECT_EQ(Get(people().alice, place.study_id, 1)->content().stages(1).targets_size(), 1);
}

// What others obey, as the views give it of the shipped study.
TEST_F(ApplyProtocolTest, PublishesEveryPartOfTheFastracsStudy) {
  const Place place = NewStudy("VIEWS");
  ASSERT_THAT(Apply(place.study_id, Replaced(FileText(absl::StrCat(REPRISE_STUDIES, "/fastracs/study.yaml")),
                                             "study: FASTRACS", "study: VIEWS"), 0), IsOk());
  struct Case {
    const char* sql;  // behind SELECT, before WHERE
    const char* where;
    const char* value;
  };
  for (const Case& c : {
           Case{"count(*) FROM study.published_opening", "true", "6"},
           Case{"count(*) FROM study.published_stage", "true", "3"},
           Case{"pilot_kind FROM study.published_stage", "stage = 'PILOT'", "EXTERNAL"},
           Case{"targets -> 2 ->> 'participants' FROM study.published_stage", "stage = 'MAIN'", "420"},
           Case{"allocation -> 'block_sizes' FROM study.published_stage", "stage = 'MAIN'", "[2, 4, 6]"},
           Case{"opens_date FROM study.published_stage", "stage = 'MAIN'", "2026-09-01"},
           Case{"intervention FROM study.published_arm", "arm = 'CONTROL'", "f"},
           Case{"ratio FROM study.published_arm", "arm = 'INTERVENTION'", "1"},
           Case{"valid_until_date FROM study.published_consent_form", "form = 'MAIN_CONSENT' AND form_version = '1.0'", "2026-08-31"},
           Case{"max_age FROM study.published_criterion", "criterion = 'AGE'", "55"},
           Case{"count(*) FROM study.published_decline_reason", "true", "8"},
           Case{"leave_longer_than_months FROM study.published_component", "component = 'CATCH_UP_VISIT'", "10"},
           Case{"from_months FROM study.published_component", "component = 'PRE_RETURN_VISIT'", "-3"},
           Case{"recorded_by FROM study.published_visit", "visit = 'RETURN'", "OCCUPATIONAL_PHYSICIAN"},
           Case{"required FROM study.published_questionnaire", "timepoint = 'T0+12m' AND instrument_id = 'reprise-diary'", "t"},
           Case{"offset_months FROM study.published_questionnaire", "timepoint = 'T0+8m' AND instrument_id = 'reprise-return'", "8"},
           Case{"red FROM study.published_progression_rule", "rule = 'RETENTION_12'", "0.6"},
           Case{"lower_is_better FROM study.published_progression_rule", "rule = 'WITHDRAWAL'", "t"},
       }) {
    EXPECT_EQ(Seen(absl::StrCat("SELECT ", c.sql, " WHERE ", c.where, " AND study_id = '", place.study_id, "'")), c.value) << c.sql;
  }
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
