// SPDX-License-Identifier: Apache-2.0
// What the study team answers about a participant: the coordinator sees and answers it, the participant meets it
// through no call.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

#include "services/questionnaire/schedule_fixture.h"

namespace reprise::questionnaire {
namespace {

using absl::StatusCode;
using reprise::testing::StatusIs;

class RespondentTest : public ScheduleTest {
 protected:
  static absl::Time Now() { return At(CivilDay(2026, 10, 12)); }
  reprise::Call As(const std::string& participant_id) { return CallOfHer(participant_id, Now()); }
  std::vector<std::string> TimepointsOf(const reprise::Call& call, const std::string& participant_id) {
    v1::ListInstancesRequest request;
    request.set_participant_id(participant_id);
    const auto list = handlers_.ListInstances(call, request);
    EXPECT_THAT(list, IsOk());
    std::vector<std::string> timepoints;
    if (list.ok()) {
      for (const v1::Instance& instance : list->instances()) timepoints.push_back(instance.timepoint());
    }
    return timepoints;
  }
  // In the pilot, where the team answers `talk`.
  static std::string Pilot() {
    const std::string id = Participant("2026-10-10");
    database().Sql(absl::StrCat("UPDATE enrolment.participant SET stage = 'PILOT' WHERE participant_id = '", id, "'"));
    return id;
  }
  static bool Holds(const std::vector<std::string>& list, const std::string& text) {
    return std::find(list.begin(), list.end(), text) != list.end();
  }
};

TEST_F(RespondentTest, ListsWhatTheTeamAnswersForTheTeamAlone) {
  const std::string her = Pilot();
  diary();
  EXPECT_TRUE(Holds(TimepointsOf(CallOn(Now()), her), "talk"));
  EXPECT_FALSE(Holds(TimepointsOf(As(her), her), "talk"));
  EXPECT_TRUE(Holds(TimepointsOf(As(her), her), "baseline"));
  const auto opened = Open(her, "talk", Now());
  ASSERT_THAT(opened, IsOk());
  EXPECT_EQ(opened->respondent(), v1::Instance::RESPONDENT_TEAM);
  EXPECT_TRUE(Holds(TimepointsOf(CallOn(Now()), her), "talk"));
  EXPECT_FALSE(Holds(TimepointsOf(As(her), her), "talk")) << "opened or not";
  const auto seen = List(her, Now());
  EXPECT_EQ(seen.at("talk").respondent(), v1::Instance::RESPONDENT_TEAM);
  EXPECT_EQ(seen.at("baseline").respondent(), v1::Instance::RESPONDENT_PARTICIPANT)
      << "a document that does not say means the participant";
}

TEST_F(RespondentTest, OpensOnlyWhatSheAnswersHerself) {
  const std::string her = Pilot();
  v1::OpenInstanceRequest request;
  request.set_participant_id(her);
  request.set_instrument_version_id(diary());
  request.set_timepoint("talk");
  EXPECT_THAT(handlers_.OpenInstance(As(her), request),
              StatusIs(StatusCode::kFailedPrecondition, "INSTANCE_NOT_SCHEDULED"));
  ASSERT_THAT(Open(her, "talk", Now()), IsOk());
  EXPECT_THAT(handlers_.OpenInstance(As(her), request),
              StatusIs(StatusCode::kFailedPrecondition, "INSTANCE_NOT_SCHEDULED"))
      << "the refusal does not tell that it was opened";
}

TEST_F(RespondentTest, ReachesNoInstanceOfTheTeamThroughAnyCall) {
  const std::string her = Pilot();
  const auto opened = Open(her, "talk", Now());
  ASSERT_THAT(opened, IsOk());
  const std::string id = opened->instance_id();
  const auto hidden = StatusIs(StatusCode::kNotFound, "INSTANCE_NOT_FOUND");
  v1::SaveAnswersRequest save;
  save.set_instance_id(id);
  (*save.mutable_answers())["days"].set_value("3");
  EXPECT_THAT(handlers_.SaveAnswers(As(her), save), hidden);
  ASSERT_THAT(handlers_.SaveAnswers(CallOn(Now()), save), IsOk());
  v1::GetDraftRequest draft;
  draft.set_instance_id(id);
  EXPECT_THAT(handlers_.GetDraft(As(her), draft), hidden);
  v1::SubmitResponseRequest submit;
  submit.set_instance_id(id);
  (*submit.mutable_answers())["days"].set_value("4");
  EXPECT_THAT(handlers_.SubmitResponse(As(her), submit), hidden);
  const auto submitted = handlers_.SubmitResponse(CallOn(Now()), submit);
  ASSERT_THAT(submitted, IsOk());
  v1::GetResponseRequest get;
  get.set_instance_id(id);
  EXPECT_THAT(handlers_.GetResponse(As(her), get), hidden);
  EXPECT_THAT(handlers_.GetResponse(CallOn(Now()), get), IsOk());
  v1::CorrectResponseRequest correct;
  correct.set_instance_id(id);
  correct.set_etag(submitted->etag());
  correct.set_change_reason("Misread.");
  (*correct.mutable_answers())["days"].set_value("5");
  EXPECT_THAT(handlers_.CorrectResponse(As(her), correct), hidden);
  v1::ListResponsesRequest list;
  list.set_study_id(study_id());
  list.set_instrument_version_id(diary());
  const auto found = handlers_.ListResponses(As(her), list);
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(found->responses_size(), 0);
}

TEST_F(RespondentTest, SaysInListsWhatPeopleCallATimepoint) {
  const std::string her = Pilot();
  diary();
  const auto seen = List(her, Now());
  EXPECT_EQ(seen.at("talk").timepoint_title().at("fr"), "Entretien");
  EXPECT_EQ(seen.at("talk").timepoint_title().at("en"), "Talk");
  EXPECT_EQ(seen.at("baseline").timepoint_title().size(), 0u) << "the document has no words for it";
}

TEST_F(RespondentTest, SaysWhatPeopleCallATimepointToTheParticipantAsWell) {
  const std::string her = Pilot();
  database().Sql(absl::StrCat(
      "INSERT INTO study.protocol_version SELECT '", study_id(), "', 2, 'v2', '2030-01-01', 'x', sha256('x'), "
      "jsonb_set(content, '{timepoints}', '[{\"code\": \"baseline\", \"title\": {\"fr\": \"Inclusion\"}}]'), false, "
      "now(), '", NewId(), "', 'Words.' FROM study.protocol_version WHERE study_id = '", study_id(), "'"));
  v1::ListInstancesRequest request;
  request.set_participant_id(her);
  const auto list = handlers_.ListInstances(As(her), request);
  database().Sql(absl::StrCat("DELETE FROM study.protocol_version WHERE version = 2 AND study_id = '", study_id(), "'"));
  ASSERT_THAT(list, IsOk());
  EXPECT_EQ(list->instances(0).timepoint(), "baseline");
  EXPECT_EQ(list->instances(0).timepoint_title().at("fr"), "Inclusion")
      << "the newest words, although an older version says what is due";
}

TEST_F(RespondentTest, RowsFromBeforeTheColumnAreTheParticipants) {
  EXPECT_EQ(database().Value("SELECT column_default FROM information_schema.columns WHERE table_schema = "
                             "'questionnaire' AND table_name = 'instance' AND column_name = 'respondent'"),
            "'PARTICIPANT'::text");
}

// Scores, alerts and remarks stand in the document; her form does not have them.
TEST_F(RespondentTest, KeepsTheDocumentOfAnInstrumentFromParticipants) {
  constexpr char kMethod[] = "reprise.questionnaire.v1.QuestionnaireService/GetInstrumentDocument";
  v1::GetInstrumentDocumentRequest request;
  request.set_instrument_version_id(diary());
  EXPECT_THAT(HouseTest::Call<v1::GetInstrumentDocumentResponse>(people().paula, kMethod, request),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  for (const house::Person& who : {people().coline, people().pascale, people().bob, people().dora}) {
    EXPECT_THAT(HouseTest::Call<v1::GetInstrumentDocumentResponse>(who, kMethod, request), IsOk()) << who.login_name;
  }
}

}  // namespace
}  // namespace reprise::questionnaire
