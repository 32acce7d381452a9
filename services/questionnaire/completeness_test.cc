// SPDX-License-Identifier: Apache-2.0
// Counts of a stage's questionnaires, each case placed by hand.
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"

#include "services/platform/convert/wire_time.h"
#include "services/questionnaire/schedule_fixture.h"

namespace reprise::questionnaire {
namespace {

using absl::StatusCode;
using reprise::testing::HasViolation;
using reprise::testing::StatusIs;

constexpr char kCount[] = "reprise.questionnaire.v1.QuestionnaireService/CountCompleteness";

class CountCompletenessTest : public ScheduleTest {
 protected:
  static absl::Time Now() { return At(CivilDay(2026, 10, 12)); }
  static std::string Here(const std::string& site, const std::string& consent_date, const std::string& stage = "MAIN") {
    const std::string id = Participant(consent_date, site);
    database().Sql(absl::StrCat("UPDATE enrolment.participant SET made_time = consent_date, stage = '", stage,
                                "' WHERE participant_id = '", id, "'"));
    return id;
  }
  static void Leaves(const std::string& participant_id, const std::string& date) {
    Event(participant_id, "WITHDRAWN", date, "'CONTACT'");
    database().Sql(absl::StrCat("UPDATE enrolment.event SET made_time = event_date WHERE participant_id = '",
                                participant_id, "'"));
  }
  void Answers(const std::string& participant_id) {
    const auto opened = Open(participant_id, "baseline", Now());
    ASSERT_THAT(opened, IsOk());
    ASSERT_THAT(Submit(opened->instance_id(), Now()), IsOk());
  }
  v1::CountCompletenessRequest Ask(const std::string& site, const std::string& stage = "MAIN") {
    v1::CountCompletenessRequest request;
    request.set_study_id(study_id());
    request.set_stage(stage);
    request.set_site_id(Site(site, "Europe/Paris"));
    return request;
  }
  // "participants in out open missed cancelled later unknown" of the timepoint; empty: not counted.
  static std::string Of(const v1::CountCompletenessResponse& response, const std::string& timepoint) {
    for (const v1::CompletenessCount& c : response.counts()) {
      if (c.timepoint() != timepoint) continue;
      return absl::StrCat(c.participants(), " ", c.in_window(), " ", c.out_of_window(), " ", c.open(), " ", c.missed(),
                          " ", c.cancelled(), " ", c.later(), " ", c.anchor_unknown());
    }
    return "";
  }
  // One in each state at baseline; two of them in a window of follow-up.
  void Fill(const std::string& site) {
    Answers(Here(site, "2026-10-10"));                       // in its window
    Here(site, "2026-09-01");                                // missed: it closed on 15 September
    Answers(Here(site, "2026-09-01"));                       // four weeks late
    Leaves(Here(site, "2026-10-10"), "2026-10-11");          // cancelled while open
    Leaves(Here(site, "2026-09-01"), "2026-10-01");          // missed before she left
    T0(Here(site, "2026-10-10"), "2026-06-20");              // open; T0+4m from 6 October to 3 November
    Here(site, "2026-10-10", "PILOT");
  }
};

TEST_F(CountCompletenessTest, CountsEachStateOnce) {
  Fill("CPA");
  const auto counted = handlers_.CountCompleteness(CallOn(Now()), Ask("CPA"));
  ASSERT_THAT(counted, IsOk());
  EXPECT_EQ(counted->participants(), 6);
  EXPECT_EQ(Of(*counted, "baseline"), "6 1 1 1 2 1 0 0");
  EXPECT_EQ(Of(*counted, "T0+4m"), "6 0 0 1 0 2 0 3");
  EXPECT_EQ(Of(*counted, "T0+8m"), "6 0 0 0 0 2 1 3");
  ASSERT_EQ(counted->counts_size(), 4) << "what the pilot alone is asked is not scheduled here";
  EXPECT_EQ(counted->counts(0).timepoint(), "baseline");
  EXPECT_TRUE(counted->counts(0).required());
  EXPECT_FALSE(counted->counts(2).required());
  EXPECT_EQ(counted->counts(0).respondent(), v1::Instance::RESPONDENT_PARTICIPANT);
  EXPECT_EQ(counted->counts(0).title().at("fr"), "Journal");
  EXPECT_EQ(counted->sites_visible_size(), 1);
  EXPECT_EQ(counted->sites_visible(0), "CPA");
  EXPECT_FALSE(counted->complete());
}

TEST_F(CountCompletenessTest, NeverCountsThePilotWithTheMainTrial) {
  Fill("CPB");
  const auto counted = handlers_.CountCompleteness(CallOn(Now()), Ask("CPB", "PILOT"));
  ASSERT_THAT(counted, IsOk());
  EXPECT_EQ(counted->participants(), 1);
  EXPECT_EQ(Of(*counted, "baseline"), "1 0 0 1 0 0 0 0");
  EXPECT_EQ(Of(*counted, "late"), "1 0 0 0 0 0 0 1");
  EXPECT_EQ(counted->counts(4).instrument_id(), "quest-later");
  EXPECT_EQ(counted->counts(4).title().size(), 0u) << "not published";
  EXPECT_EQ(Of(*counted, "talk"), "1 0 0 1 0 0 0 0");
  EXPECT_EQ(counted->counts(5).respondent(), v1::Instance::RESPONDENT_TEAM);
  EXPECT_EQ(counted->counts(5).timepoint_title().at("fr"), "Entretien");
}

TEST_F(CountCompletenessTest, CountsWhatWasRecordedUntilAnInstant) {
  Fill("CPC");
  v1::CountCompletenessRequest request = Ask("CPC");
  *request.mutable_as_of_time() = convert::ToProto(At(CivilDay(2026, 10, 10)));
  const auto counted = handlers_.CountCompleteness(CallOn(Now()), request);
  ASSERT_THAT(counted, IsOk());
  EXPECT_EQ(Of(*counted, "baseline"), "6 0 0 3 3 0 0 0") << "nobody had answered, one had left";
  *request.mutable_as_of_time() = convert::ToProto(At(CivilDay(2026, 9, 15)));
  const auto before = handlers_.CountCompleteness(CallOn(Now()), request);
  ASSERT_THAT(before, IsOk());
  EXPECT_EQ(Of(*before, "baseline"), "3 0 0 3 0 0 0 0") << "the last day of the window";
}

TEST_F(CountCompletenessTest, AnswersAStageOfNobodyWithoutCounts) {
  const auto counted = handlers_.CountCompleteness(CallOn(Now()), Ask("CPD"));
  ASSERT_THAT(counted, IsOk());
  EXPECT_EQ(counted->participants(), 0);
  EXPECT_EQ(counted->counts_size(), 0);
}

TEST_F(CountCompletenessTest, CountsTheCallersSitesAlone) {
  Fill("CPE");
  Fill("CPF");
  reprise::Call call = CallOn(Now());
  call.scope.places = {absl::StrCat(study_id(), "/", Site("CPE", "Europe/Paris"))};
  v1::CountCompletenessRequest request = Ask("CPE");
  request.clear_site_id();
  const auto counted = handlers_.CountCompleteness(call, request);
  ASSERT_THAT(counted, IsOk());
  EXPECT_EQ(Of(*counted, "baseline"), "6 1 1 1 2 1 0 0");
  EXPECT_EQ(counted->sites_visible_size(), 1);
  EXPECT_FALSE(counted->complete());
  const auto all = handlers_.CountCompleteness(CallOn(Now()), request);
  ASSERT_THAT(all, IsOk());
  EXPECT_TRUE(all->complete());
  EXPECT_GT(all->participants(), 6);
}

TEST_F(CountCompletenessTest, NeedsAStageOfTheStudyAndAnInstantThatWas) {
  v1::CountCompletenessRequest request = Ask("CPG");
  request.set_stage("");
  EXPECT_THAT(handlers_.CountCompleteness(CallOn(Now()), request), HasViolation("stage", "FIELD_REQUIRED"));
  request.set_stage("main");
  EXPECT_THAT(handlers_.CountCompleteness(CallOn(Now()), request), HasViolation("stage", "STAGE_UNKNOWN"));
  request.set_stage("MAIN");
  *request.mutable_as_of_time() = convert::ToProto(Now() + absl::Seconds(1));
  EXPECT_THAT(handlers_.CountCompleteness(CallOn(Now()), request), HasViolation("as_of_time", "INSTANT_IN_FUTURE"));
}

TEST_F(CountCompletenessTest, IsForWhoeverMayCountTheFlow) {
  v1::CountCompletenessRequest request;
  request.set_study_id(people().study_id);
  request.set_stage("NO_SUCH");
  // Who is let in learns that there is no such stage.
  for (const house::Person& who : {people().rachel, people().bob, people().dora, people().coline}) {
    EXPECT_THAT(HouseTest::Call<v1::CountCompletenessResponse>(who, kCount, request),
                HasViolation("stage", "STAGE_UNKNOWN")) << who.login_name;
  }
  for (const house::Person& who : {people().paula, people().pascale, people().chelsea}) {
    EXPECT_THAT(HouseTest::Call<v1::CountCompletenessResponse>(who, kCount, request),
                StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING")) << who.login_name;
  }
  EXPECT_THAT(HouseTest::Call<v1::CountCompletenessResponse>(people().olga, kCount, request),
              StatusIs(StatusCode::kPermissionDenied, "OUT_OF_SCOPE"));
}

}  // namespace
}  // namespace reprise::questionnaire
