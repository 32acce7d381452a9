// SPDX-License-Identifier: Apache-2.0
// What a protocol means to the facts that are recorded under it.
#include <gtest/gtest.h>

#include "tests/house/protocols.h"

namespace reprise::study {
namespace {

using absl::StatusCode;
using reprise::testing::IsOk;
using reprise::testing::StatusIs;
using ::testing::ElementsAre;

class ProtocolScenarioTest : public ProtocolTest {};

TEST_F(ProtocolScenarioTest, Scenario20_AfterTheFirstConsentThePilotKindStays) {
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

TEST_F(ProtocolScenarioTest, FlagsRulesThatChangeAfterTheFirstEnrolment) {
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

TEST_F(ProtocolScenarioTest, Scenario39_AnAmendmentCountsFromItsDayOnAndEarlierConsentsKeepTheirVersion) {
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
TEST_F(ProtocolScenarioTest, PublishesEveryPartOfTheFastracsStudy) {
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

}  // namespace
}  // namespace reprise::study
