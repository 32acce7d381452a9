// SPDX-License-Identifier: Apache-2.0
// A participant at home: her list, her questionnaire, her answers, and nothing of anybody else.
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"

#include "services/questionnaire/schedule_fixture.h"

namespace reprise::questionnaire {
namespace {

using absl::StatusCode;
using reprise::testing::StatusIs;

class OwnTest : public ScheduleTest {
 protected:
  static absl::Time Now() { return At(CivilDay(2026, 10, 12)); }
  reprise::Call As(const std::string& participant_id) { return CallOfHer(participant_id, Now()); }
  v1::OpenInstanceRequest Opening(const std::string& participant_id, const std::string& timepoint = "baseline") {
    v1::OpenInstanceRequest request;
    request.set_participant_id(participant_id);
    request.set_instrument_version_id(diary());
    request.set_timepoint(timepoint);
    return request;
  }
};

TEST_F(OwnTest, FillsInFromTheListToTheSubmission) {
  const std::string her = Participant("2026-10-10");
  v1::ListInstancesRequest list;
  list.set_participant_id(her);
  diary();
  const auto before = handlers_.ListInstances(As(her), list);
  ASSERT_THAT(before, IsOk());
  EXPECT_EQ(before->study_title().at("en"), "Quest");
  EXPECT_EQ(before->study_title().count("fr"), 0u) << "the study has no French title";
  EXPECT_EQ(before->site_name(), "LYO");
  ASSERT_GT(before->instances_size(), 0);
  EXPECT_EQ(before->instances(0).timepoint(), "baseline");
  EXPECT_EQ(before->instances(0).state(), v1::Instance::STATE_OPEN);
  EXPECT_EQ(before->instances(0).instance_id(), "");

  const auto opened = handlers_.OpenInstance(As(her), Opening(her));
  ASSERT_THAT(opened, IsOk());
  v1::GetFormRequest form;
  form.set_instrument_version_id(opened->instrument_version_id());
  const auto questions = handlers_.GetForm(As(her), form);
  ASSERT_THAT(questions, IsOk());
  EXPECT_EQ(questions->instrument_version().instrument_id(), "quest-diary");
  EXPECT_EQ(questions->instrument().sections(0).items(0).code(), "days");

  v1::SaveAnswersRequest save;
  save.set_instance_id(opened->instance_id());
  (*save.mutable_answers())["days"].set_value("3");
  ASSERT_THAT(handlers_.SaveAnswers(As(her), save), IsOk());
  v1::GetDraftRequest draft;
  draft.set_instance_id(opened->instance_id());
  const auto saved = handlers_.GetDraft(As(her), draft);
  ASSERT_THAT(saved, IsOk());
  EXPECT_EQ(saved->answers().at("days").value(), "3");
  v1::SubmitResponseRequest submit;
  submit.set_instance_id(opened->instance_id());
  (*submit.mutable_answers())["days"].set_value("4");
  ASSERT_THAT(handlers_.SubmitResponse(As(her), submit), IsOk());
  v1::GetResponseRequest get;
  get.set_instance_id(opened->instance_id());
  const auto response = handlers_.GetResponse(As(her), get);
  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->answers().at("days").value(), "4");
  EXPECT_EQ(handlers_.ListInstances(As(her), list)->instances(0).state(), v1::Instance::STATE_SUBMITTED);
}

TEST_F(OwnTest, IsBlindToAnotherParticipant) {
  const std::string her = Participant("2026-10-10"), other = Participant("2026-10-10");
  const auto opened = Open(other, "baseline", Now());
  ASSERT_THAT(opened, IsOk());
  const std::string id = opened->instance_id();
  EXPECT_THAT(handlers_.OpenInstance(As(her), Opening(other, "T0+4m")),
              StatusIs(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND"));
  v1::ListInstancesRequest list;
  list.set_participant_id(other);
  EXPECT_THAT(handlers_.ListInstances(As(her), list), StatusIs(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND"));
  v1::SaveAnswersRequest save;
  save.set_instance_id(id);
  (*save.mutable_answers())["days"].set_value("3");
  EXPECT_THAT(handlers_.SaveAnswers(As(her), save), StatusIs(StatusCode::kNotFound, "INSTANCE_NOT_FOUND"));
  v1::GetDraftRequest draft;
  draft.set_instance_id(id);
  EXPECT_THAT(handlers_.GetDraft(As(her), draft), StatusIs(StatusCode::kNotFound, "INSTANCE_NOT_FOUND"));
  v1::SubmitResponseRequest submit;
  submit.set_instance_id(id);
  (*submit.mutable_answers())["days"].set_value("4");
  EXPECT_THAT(handlers_.SubmitResponse(As(her), submit), StatusIs(StatusCode::kNotFound, "INSTANCE_NOT_FOUND"));
  ASSERT_THAT(Submit(id, Now()), IsOk());
  v1::GetResponseRequest get;
  get.set_instance_id(id);
  EXPECT_THAT(handlers_.GetResponse(As(her), get), StatusIs(StatusCode::kNotFound, "INSTANCE_NOT_FOUND"));
}

TEST_F(OwnTest, OpensOnlyWhatIsScheduledAndDue) {
  const std::string her = Participant("2026-10-10");
  EXPECT_THAT(handlers_.OpenInstance(As(her), Opening(her, "whenever")),
              StatusIs(StatusCode::kFailedPrecondition, "INSTANCE_NOT_SCHEDULED"));
  EXPECT_THAT(handlers_.OpenInstance(As(her), Opening(her, "T0+4m")),
              StatusIs(StatusCode::kFailedPrecondition, "INSTANCE_NOT_DUE"));
  ASSERT_THAT(handlers_.OpenInstance(As(her), Opening(her)), IsOk());
  EXPECT_THAT(handlers_.OpenInstance(As(her), Opening(her)),
              StatusIs(StatusCode::kAlreadyExists, "INSTANCE_EXISTS"));
  EXPECT_THAT(Open(her, "whenever", Now()), IsOk()) << "a coordinator may";
}

// The whole of what the role may do, in this service and in all others.
TEST_F(OwnTest, HoldsNoOtherPermission) {
  EXPECT_EQ(database().Value("SELECT string_agg(permission, ' ' ORDER BY permission) FROM access.role_permission "
                             "WHERE role = 'participant'"),
            "instance.list instance.open instrument.list response.read response.submit");
}

TEST_F(OwnTest, FindsOnlyHerselfInLists) {
  const std::string her = Participant("2026-10-10"), other = Participant("2026-10-10");
  std::string hers;
  for (const std::string& who : {other, her}) {
    const auto opened = Open(who, "baseline", Now());
    ASSERT_THAT(opened, IsOk());
    ASSERT_THAT(Submit(opened->instance_id(), Now()), IsOk());
    hers = opened->instance_id();
  }
  v1::ListResponsesRequest responses;
  responses.set_study_id(study_id());
  responses.set_instrument_version_id(diary());
  const auto found = handlers_.ListResponses(As(her), responses);
  ASSERT_THAT(found, IsOk());
  ASSERT_EQ(found->responses_size(), 1);
  EXPECT_EQ(found->responses(0).instance_id(), hers);
  v1::ListOccasionsRequest occasions;
  occasions.set_study_id(study_id());
  const auto due = handlers_.ListOccasions(As(her), occasions);
  ASSERT_THAT(due, IsOk());
  EXPECT_EQ(due->occasions_size(), 0) << "the study's schedule is not hers to see; ListInstances has her part";
}

TEST_F(OwnTest, GetFormIsForWhoeverMayReadInstruments) {
  v1::GetFormRequest request;
  request.set_instrument_version_id(diary());
  constexpr char kGetForm[] = "reprise.questionnaire.v1.QuestionnaireService/GetForm";
  for (const house::Person& who : {people().coline, people().pascale, people().paula, people().bob}) {
    EXPECT_THAT(HouseTest::Call<v1::Form>(who, kGetForm, request), IsOk()) << who.login_name;
  }
  EXPECT_THAT(HouseTest::Call<v1::Form>(people().chelsea, kGetForm, request),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  request.set_instrument_version_id(NewId());
  EXPECT_THAT(HouseTest::Call<v1::Form>(people().coline, kGetForm, request),
              StatusIs(StatusCode::kNotFound, "INSTRUMENT_VERSION_NOT_FOUND"));
  request.set_instrument_version_id("x");
  EXPECT_THAT(HouseTest::Call<v1::Form>(people().coline, kGetForm, request),
              reprise::testing::HasViolation("instrument_version_id", "ID_MALFORMED"));
}

}  // namespace
}  // namespace reprise::questionnaire
