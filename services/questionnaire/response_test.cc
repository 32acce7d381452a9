// SPDX-License-Identifier: Apache-2.0
// From the opened instance to the corrected answer, over the wire.
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"

#include "services/questionnaire/form_fixture.h"

namespace reprise::questionnaire {
namespace {

using absl::StatusCode;
using reprise::testing::HasViolation;
using reprise::testing::StatusIs;

using SubmitResponseTest = QuestionnaireTest;
using CorrectResponseTest = QuestionnaireTest;
using GetResponseTest = QuestionnaireTest;
using ListResponsesTest = QuestionnaireTest;

TEST_F(SubmitResponseTest, IsRefusedWithoutTheRightAndOutOfSight) {
  const std::string paulas = Open(people().paula_id);
  const std::string seconds = Open(people().second_id);
  EXPECT_THAT(Submit(people().rachel, paulas, {{"leave", "0"}}),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(Submit(people().paula, seconds, {{"leave", "0"}}),
              StatusIs(StatusCode::kNotFound, "INSTANCE_NOT_FOUND"));
  EXPECT_THAT(Submit(people().simone, paulas, {{"leave", "0"}}),
              StatusIs(StatusCode::kNotFound, "INSTANCE_NOT_FOUND"));
}

TEST_F(SubmitResponseTest, Scenario41StoresTheAnswersOnceAndRecordsThem) {
  const std::string instance_id = Open(people().paula_id);
  const auto request = Submission(instance_id, {{"leave", "1"}, {"days", "30"}, {"remark", "REFUSED"}});
  const auto response = Ask<v1::Response>(people().paula, "SubmitResponse", request);
  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->version(), 1);
  EXPECT_EQ(response->submitted_by(), people().paula.user_id);
  EXPECT_EQ(response->answers_size(), 0);
  const auto stored = Get(people().paula, instance_id);
  ASSERT_THAT(stored, IsOk());
  EXPECT_EQ(stored->answers().at("days").value(), "30");
  EXPECT_EQ(stored->answers().at("remark").missing(), v1::MISSING_REFUSED);
  EXPECT_EQ(Audited("response.submit", instance_id), 1);
  const auto again = Ask<v1::Response>(people().paula, "SubmitResponse", request);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->SerializeAsString(), response->SerializeAsString());
  EXPECT_EQ(Audited("response.submit", instance_id), 1);
  auto other = request;
  (*other.mutable_answers())["days"].set_value("31");
  EXPECT_THAT(Ask<v1::Response>(people().paula, "SubmitResponse", other),
              StatusIs(StatusCode::kAlreadyExists, "REQUEST_ID_REUSED"));
  EXPECT_THAT(Submit(people().paula, instance_id, {{"leave", "0"}}),
              StatusIs(StatusCode::kFailedPrecondition, "INSTANCE_SUBMITTED"));
}

TEST_F(SubmitResponseTest, KeepsNoSecondCopyOfAnswersToAnswerARepeatedCall) {
  const std::string instance_id = Open(people().paula_id);
  const Answers answers = {{"leave", "0"}, {"remark", "Mieux depuis mardi."}};
  v1::SaveAnswersRequest save;
  save.set_request_id(NewId());
  save.set_instance_id(instance_id);
  Fill(answers, *save.mutable_answers());
  ASSERT_THAT(Ask<v1::Draft>(people().paula, "SaveAnswers", save), IsOk());
  const auto first = Submit(people().paula, instance_id, answers);
  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(Correct(people().coline, instance_id, {{"leave", "0"}, {"remark", "Mieux depuis mardi soir."}},
                      first->etag(), "Misread."),
              IsOk());
  const auto records_with = [](const std::string& condition) {
    return database().Value(absl::StrCat("SELECT count(*) FROM platform.request WHERE position(convert_to('",
                                         condition, "', 'UTF8') in response) > 0"));
  };
  EXPECT_EQ(records_with(instance_id), "4") << "opened, saved, submitted, corrected";
  EXPECT_EQ(records_with("depuis mardi"), "0");
}

TEST_F(SubmitResponseTest, Scenario41StoresOnlyOneOfTwoSubmissionsAtTheSameMoment) {
  const std::string instance_id = Open(people().paula_id);
  std::vector<std::thread> threads;
  std::vector<absl::Status> outcomes(8);
  for (absl::Status& outcome : outcomes) {
    threads.emplace_back([&] { outcome = Submit(people().paula, instance_id, {{"leave", "0"}}).status(); });
  }
  for (std::thread& thread : threads) thread.join();
  int stored = 0;
  for (const absl::Status& outcome : outcomes) {
    if (outcome.ok()) {
      ++stored;
    } else {
      EXPECT_THAT(outcome, StatusIs(StatusCode::kFailedPrecondition, "INSTANCE_SUBMITTED"));
    }
  }
  EXPECT_EQ(stored, 1);
  EXPECT_EQ(Audited("response.submit", instance_id), 1);
}

TEST_F(SubmitResponseTest, NamesEveryFaultyItem) {
  struct Case {
    const char* name;
    Answers answers;
    const char* path;
    const char* reason;
  };
  const std::string instance_id = Open(people().paula_id);
  for (const Case& c :
       {Case{"unknown item", {{"leave", "0"}, {"nose", "1"}}, "answers[nose]", "ITEM_UNKNOWN"},
        Case{"required", {}, "answers[leave]", "ANSWER_MISSING"},
        Case{"hidden", {{"leave", "0"}, {"days", "3"}}, "answers[days]", "ANSWER_NOT_ASKED"},
        Case{"no such code", {{"leave", "2"}}, "answers[leave]", "ANSWER_UNKNOWN_CODE"},
        Case{"too large", {{"leave", "1"}, {"days", "366"}}, "answers[days]", "ANSWER_OUT_OF_RANGE"},
        Case{"too small", {{"leave", "1"}, {"days", "0"}}, "answers[days]", "ANSWER_OUT_OF_RANGE"},
        Case{"no number", {{"leave", "1"}, {"days", "many"}}, "answers[days]", "ANSWER_MALFORMED"},
        Case{"Scenario43: telephone", {{"leave", "0"}, {"remark", "06 12 34 56 78"}}, "answers[remark]",
             "TEXT_HOLDS_PHONE"}}) {
    SCOPED_TRACE(c.name);
    const auto refused = Submit(people().paula, instance_id, c.answers);
    EXPECT_THAT(refused, StatusIs(StatusCode::kInvalidArgument, "ANSWERS_INVALID"));
    EXPECT_THAT(refused, HasViolation(c.path, c.reason));
  }
  EXPECT_EQ(Audited("response.submit", instance_id), 0);
}

TEST_F(CorrectResponseTest, MakesANewVersionBesideTheOldOneAndRecordsWhy) {
  const std::string instance_id = Open(people().paula_id);
  EXPECT_THAT(Correct(people().coline, instance_id, {{"leave", "0"}}, "v0", "Misread."),
              StatusIs(StatusCode::kFailedPrecondition, "INSTANCE_NOT_SUBMITTED"));
  const auto first = Submit(people().paula, instance_id, {{"leave", "0"}});
  ASSERT_THAT(first, IsOk());
  EXPECT_THAT(Correct(people().paula, instance_id, {{"leave", "1"}}, first->etag(), "Misread."),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  const auto second = Correct(people().coline, instance_id, {{"leave", "1"}, {"days", "7"}}, first->etag(),
                              "Misread the letter.");
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->version(), 2);
  EXPECT_EQ(second->change_reason(), "Misread the letter.");
  EXPECT_EQ(database().Value(absl::StrCat(
                "SELECT concat_ws('/', reason, old_version, new_version) FROM audit.event WHERE action = "
                "'response.correct' AND subject_id = '", instance_id, "'")),
            "Misread the letter./1/2");
  const auto old = Get(people().coline, instance_id, 1);
  ASSERT_THAT(old, IsOk());
  EXPECT_EQ(old->answers().at("leave").value(), "0");
}

TEST_F(CorrectResponseTest, RefusesWhatIsNoCorrection) {
  const std::string instance_id = Open(people().paula_id);
  const auto first = Submit(people().paula, instance_id, {{"leave", "0"}});
  ASSERT_THAT(first, IsOk());
  struct Case {
    const char* name;
    const char* leave;
    std::string etag;
    std::string reason;
    StatusCode code;
    const char* expected;
  };
  for (const Case& c :
       {Case{"no etag", "1", "", "Why.", StatusCode::kInvalidArgument, "ETAG_REQUIRED"},
        Case{"old etag", "1", "v0", "Why.", StatusCode::kAborted, "ETAG_MISMATCH"},
        Case{"no reason", "1", first->etag(), "", StatusCode::kInvalidArgument, "CHANGE_REASON_REQUIRED"},
        Case{"long reason", "1", first->etag(), std::string(501, 'x'), StatusCode::kInvalidArgument,
             "CHANGE_REASON_REQUIRED"},
        Case{"telephone in the reason", "1", first->etag(), "Called 06 12 34 56 78.",
             StatusCode::kInvalidArgument, "TEXT_HOLDS_IDENTITY"},
        Case{"the same answers", "0", first->etag(), "Why.", StatusCode::kInvalidArgument,
             "NOTHING_CHANGED"},
        Case{"no such answer", "5", first->etag(), "Why.", StatusCode::kInvalidArgument,
             "ANSWERS_INVALID"}}) {
    SCOPED_TRACE(c.name);
    EXPECT_THAT(Correct(people().coline, instance_id, {{"leave", c.leave}}, c.etag, c.reason),
                StatusIs(c.code, c.expected));
  }
}

TEST_F(GetResponseTest, IsAuditedAndRefusedToOthers) {
  const std::string instance_id = Open(people().paula_id);
  EXPECT_THAT(Get(people().coline, instance_id), StatusIs(StatusCode::kNotFound, "RESPONSE_NOT_FOUND"));
  ASSERT_THAT(Submit(people().paula, instance_id, {{"leave", "0"}}), IsOk());
  EXPECT_THAT(Get(people().coline, instance_id), IsOk());
  EXPECT_EQ(Audited("response.read", instance_id), 1);
  EXPECT_THAT(Get(people().coline, instance_id, 2), StatusIs(StatusCode::kNotFound, "RESPONSE_NOT_FOUND"));
  EXPECT_THAT(Get(people().bob, instance_id), StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(Get(people().simone, instance_id), StatusIs(StatusCode::kNotFound, "INSTANCE_NOT_FOUND"));
  EXPECT_EQ(Audited("response.read", instance_id), 1);
}

TEST_F(ListResponsesTest, TurnsPagesWithinTheCallersSitesAndRecordsTheReading) {
  for (int i = 0; i < 3; ++i) {
    ASSERT_THAT(Submit(people().coline, Open(people().second_id), {{"leave", "0"}}), IsOk());
  }
  v1::ListResponsesRequest request;
  request.set_study_id(people().study_id);
  request.set_instrument_version_id(form());
  request.set_page_size(2);
  std::vector<std::string> ids;
  do {
    const auto page = Ask<v1::ListResponsesResponse>(people().dora, "ListResponses", request);
    ASSERT_THAT(page, IsOk());
    for (const v1::Response& response : page->responses()) ids.push_back(response.instance_id());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_GE(ids.size(), 3u);
  EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
  EXPECT_EQ(std::adjacent_find(ids.begin(), ids.end()), ids.end());
  EXPECT_GE(Audited("response.list", form()), 2);
  const auto far = Ask<v1::ListResponsesResponse>(people().simone, "ListResponses", request);
  ASSERT_THAT(far, IsOk());
  EXPECT_EQ(far->responses_size(), 0);
  EXPECT_THAT(Ask<v1::ListResponsesResponse>(people().rachel, "ListResponses", request),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  request.set_page_size(501);
  EXPECT_THAT(Ask<v1::ListResponsesResponse>(people().dora, "ListResponses", request),
              StatusIs(StatusCode::kInvalidArgument, "PAGE_SIZE_INVALID"));
  request.set_page_size(0);
  request.set_page_token("cDE6eA");
  EXPECT_THAT(Ask<v1::ListResponsesResponse>(people().dora, "ListResponses", request),
              StatusIs(StatusCode::kInvalidArgument, "ID_MALFORMED"));
  request.clear_page_token();
  request.set_instrument_version_id(NewId());
  EXPECT_THAT(Ask<v1::ListResponsesResponse>(people().dora, "ListResponses", request),
              StatusIs(StatusCode::kNotFound, "INSTRUMENT_VERSION_NOT_FOUND"));
}

}  // namespace
}  // namespace reprise::questionnaire
