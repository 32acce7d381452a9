// SPDX-License-Identifier: Apache-2.0
// Answers saved before they are submitted, and the list of what is due.
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

#include "services/questionnaire/schedule_fixture.h"

namespace reprise::questionnaire {
namespace {

using absl::StatusCode;
using reprise::testing::HasViolation;
using reprise::testing::StatusIs;

using ListOccasionsTest = ScheduleTest;
using SaveAnswersTest = ScheduleTest;

TEST_F(SaveAnswersTest, KeepsTheNewestValueOfEachItemUntilTheSubmission) {
  const std::string who = Participant("2026-10-10");
  const absl::Time now = At(CivilDay(2026, 10, 12));
  const auto opened = Open(who, "baseline", now);
  ASSERT_THAT(opened, IsOk());
  const std::string id = opened->instance_id();
  ASSERT_THAT(Draft(id), IsOk());
  EXPECT_FALSE(Draft(id)->has_save_time());
  ASSERT_THAT(Save(id, now, {{"remark", "Fatiguée."}}), IsOk()) << "what is required may still lack";
  const auto second = Save(id, now + absl::Minutes(5), {{"days", "3"}});
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->answers_size(), 0);
  EXPECT_EQ(second->save_time().seconds(), absl::ToUnixSeconds(now + absl::Minutes(5)));
  EXPECT_EQ(Draft(id)->answers_size(), 2);
  ASSERT_THAT(Save(id, now, {{"days", "4"}, {"remark", ""}}), IsOk());
  const auto draft = Draft(id);
  ASSERT_THAT(draft, IsOk());
  EXPECT_EQ(draft->answers_size(), 1) << "an empty answer removes";
  EXPECT_EQ(draft->answers().at("days").value(), "4");
  EXPECT_EQ(Audited("draft.save", id), 3);
  EXPECT_GE(Audited("draft.read", id), 1);
  EXPECT_EQ(List(who, now)["baseline"].state(), v1::Instance::STATE_IN_PROGRESS);
  ASSERT_THAT(Submit(id, now), IsOk());
  EXPECT_EQ(database().Value(absl::StrCat("SELECT count(*) FROM questionnaire.draft WHERE instance_id = '", id, "'")),
            "0");
  EXPECT_EQ(Draft(id)->answers_size(), 0);
  EXPECT_THAT(Save(id, now, {{"days", "5"}}), StatusIs(StatusCode::kFailedPrecondition, "INSTANCE_SUBMITTED"));
}

TEST_F(SaveAnswersTest, JudgesEachAnswerByItself) {
  const auto opened = Open(Participant("2026-10-10"), "baseline", At(CivilDay(2026, 10, 12)));
  ASSERT_THAT(opened, IsOk());
  struct Case {
    const char* name;
    const char* item;
    const char* value;
    const char* reason;
  };
  for (const Case& c : {Case{"unknown item", "nose", "1", "ITEM_UNKNOWN"},
                        Case{"out of range", "days", "366", "ANSWER_OUT_OF_RANGE"},
                        Case{"no number", "days", "many", "ANSWER_MALFORMED"},
                        Case{"Scenario43: telephone", "remark", "06 12 34 56 78", "TEXT_HOLDS_PHONE"},
                        Case{"Scenario43: NIR", "remark", "2 69 05 49 588 157 80", "TEXT_HOLDS_NIR"}}) {
    SCOPED_TRACE(c.name);
    const auto refused = Save(opened->instance_id(), At(CivilDay(2026, 10, 12)), {{c.item, c.value}});
    EXPECT_THAT(refused, StatusIs(StatusCode::kInvalidArgument, "ANSWERS_INVALID"));
    EXPECT_THAT(refused, HasViolation(absl::StrCat("answers[", c.item, "]"), c.reason));
  }
  EXPECT_EQ(Audited("draft.save", opened->instance_id()), 0);
  EXPECT_THAT(Save(NewId(), At(CivilDay(2026, 10, 12)), {}), StatusIs(StatusCode::kNotFound, "INSTANCE_NOT_FOUND"));
  EXPECT_THAT(Draft(NewId()), StatusIs(StatusCode::kNotFound, "INSTANCE_NOT_FOUND"));
}

TEST_F(ListOccasionsTest, TurnsPagesOfWhatIsDueAndStaysInTheCallersSites) {
  const std::string code = "PAG";
  std::vector<std::string> people;
  for (int i = 0; i < 3; ++i) people.push_back(Participant("2026-10-10", code));
  T0(people[0], "2026-10-31");
  v1::ListOccasionsRequest request;
  request.set_study_id(study_id());
  request.set_site_id(Site(code, "Europe/Paris"));
  request.set_page_size(5);
  const reprise::Call call = CallOn(At(CivilDay(2027, 3, 1)));
  std::vector<std::string> seen;
  do {
    const auto page = handlers_.ListOccasions(call, request);
    ASSERT_THAT(page, IsOk());
    for (const auto& occasion : page->occasions()) {
      seen.push_back(absl::StrCat(occasion.participant_id(), " ", occasion.timepoint()));
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(seen.size(), 12u);
  EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), 12u);
  // Windows that touch March 2027: only the one at T0 and 4 months of the first.
  Set(CivilDay(2027, 3, 1), *request.mutable_from_date());
  Set(CivilDay(2027, 3, 31), *request.mutable_until_date());
  const auto march = handlers_.ListOccasions(call, request);
  ASSERT_THAT(march, IsOk());
  ASSERT_EQ(march->occasions_size(), 1);
  EXPECT_EQ(march->occasions(0).participant_id(), people[0]);
  EXPECT_EQ(march->occasions(0).state(), v1::Instance::STATE_OPEN);
  EXPECT_EQ(march->occasions(0).title().at("en"), "Diary");
  reprise::Call far = call;
  far.scope.places = {absl::StrCat(study_id(), "/", NewId())};
  const auto none = handlers_.ListOccasions(far, request);
  ASSERT_THAT(none, IsOk());
  EXPECT_EQ(none->occasions_size(), 0);
}

TEST_F(ListOccasionsTest, RefusesOddDaysAndPages) {
  v1::ListOccasionsRequest request;
  request.set_study_id(study_id());
  request.mutable_from_date()->set_year(2027);
  const reprise::Call call = CallOn(At(CivilDay(2027, 3, 1)));
  EXPECT_THAT(handlers_.ListOccasions(call, request), StatusIs(StatusCode::kInvalidArgument, "DATE_INVALID"));
  request.clear_from_date();
  request.set_page_size(10001);
  EXPECT_THAT(handlers_.ListOccasions(call, request), StatusIs(StatusCode::kInvalidArgument, "PAGE_SIZE_INVALID"));
  request.set_page_size(0);
  request.set_page_token("cDE6eA");
  EXPECT_THAT(handlers_.ListOccasions(call, request), StatusIs(StatusCode::kInvalidArgument, "PAGE_TOKEN_INVALID"));
}

TEST_F(ListOccasionsTest, IsRefusedOverTheWireWithoutTheRight) {
  constexpr char kService[] = "reprise.questionnaire.v1.QuestionnaireService/";
  v1::ListOccasionsRequest request;
  request.set_study_id(people().study_id);
  EXPECT_THAT(HouseTest::Call<v1::ListOccasionsResponse>(people().rachel, absl::StrCat(kService, "ListOccasions"), request),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(HouseTest::Call<v1::ListOccasionsResponse>(people().coline, absl::StrCat(kService, "ListOccasions"), request),
              IsOk());
  v1::SaveAnswersRequest save;
  save.set_request_id(NewId());
  save.set_instance_id(NewId());
  EXPECT_THAT(HouseTest::Call<v1::Draft>(people().rachel, absl::StrCat(kService, "SaveAnswers"), save),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(HouseTest::Call<v1::Draft>(people().paula, absl::StrCat(kService, "SaveAnswers"), save),
              StatusIs(StatusCode::kNotFound, "INSTANCE_NOT_FOUND"));
  v1::GetDraftRequest read;
  read.set_instance_id(NewId());
  EXPECT_THAT(HouseTest::Call<v1::Draft>(people().dora, absl::StrCat(kService, "GetDraft"), read),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
}

}  // namespace
}  // namespace reprise::questionnaire
