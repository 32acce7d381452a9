// SPDX-License-Identifier: Apache-2.0
// From the published instrument to the corrected answer, over the wire.
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "reprise/questionnaire/v1/questionnaire_service.pb.h"

#include "tests/house/house.h"

namespace reprise::questionnaire {
namespace {

using absl::StatusCode;
using house::NewId;
using house::Person;
using reprise::testing::HasViolation;
using reprise::testing::IsOk;
using reprise::testing::StatusIs;

constexpr char kService[] = "reprise.questionnaire.v1.QuestionnaireService/";

// A required choice, a number that only `yes` shows, a free text.
std::string Document(const std::string& version) {
  return absl::StrCat("id: house-form\nversion: \"", version, "\"\n", R"yaml(
title: {en: "Form", fr: "Formulaire"}
languages: [en, fr]
licence: {tier: own, owner: "Reprise", terms: "Apache-2.0"}
choice_lists:
  - id: yes_no
    choices:
      - {code: 0, label: {en: "No", fr: "Non"}}
      - {code: 1, label: {en: "Yes", fr: "Oui"}}
sections:
  - code: all
    items:
      - {code: leave, type: single_choice, choice_list: yes_no, required: true, text: {en: "On leave?", fr: "En arrêt ?"}}
      - {code: days, type: integer, hard: {min: 1, max: 365}, shown_if: "[leave] = '1'", text: {en: "Days?", fr: "Jours ?"}}
      - {code: remark, type: text, text: {en: "Remark", fr: "Remarque"}}
)yaml");
}

using Answers = std::map<std::string, std::string>;

class QuestionnaireTest : public house::HouseTest {
 protected:
  template <typename Response>
  static absl::StatusOr<Response> Ask(const Person& who, const char* method,
                                      const google::protobuf::Message& request) {
    return Call<Response>(who, absl::StrCat(kService, method), request);
  }
  static absl::StatusOr<v1::InstrumentVersion> Publish(const Person& who, const std::string& document) {
    v1::PublishInstrumentVersionRequest request;
    request.set_request_id(NewId());
    request.set_document(document);
    return Ask<v1::InstrumentVersion>(who, "PublishInstrumentVersion", request);
  }
  // The form that all tests fill in.
  static const std::string& form() {
    static const std::string* const kId = [] {
      const auto version = Publish(people().bob, Document("1.0"));
      EXPECT_THAT(version, IsOk());
      return new std::string(version.ok() ? version->instrument_version_id() : "");
    }();
    return *kId;
  }
  static v1::OpenInstanceRequest NewInstance(const std::string& participant_id) {
    static int timepoint = 0;
    v1::OpenInstanceRequest request;
    request.set_request_id(NewId());
    request.set_participant_id(participant_id);
    request.set_instrument_version_id(form());
    request.set_timepoint(absl::StrCat("T0+", ++timepoint, "m"));
    return request;
  }
  static std::string Open(const std::string& participant_id) {
    const auto made = Ask<v1::Instance>(people().coline, "OpenInstance", NewInstance(participant_id));
    EXPECT_THAT(made, IsOk());
    return made.ok() ? made->instance_id() : "";
  }
  static void Fill(const Answers& answers, google::protobuf::Map<std::string, v1::Answer>& wire) {
    for (const auto& [code, value] : answers) {
      if (value == "REFUSED") {
        wire[code].set_missing(v1::MISSING_REFUSED);
      } else {
        wire[code].set_value(value);
      }
    }
  }
  static v1::SubmitResponseRequest Submission(const std::string& instance_id, const Answers& answers) {
    v1::SubmitResponseRequest request;
    request.set_request_id(NewId());
    request.set_instance_id(instance_id);
    Fill(answers, *request.mutable_answers());
    return request;
  }
  static absl::StatusOr<v1::Response> Submit(const Person& who, const std::string& instance_id,
                                             const Answers& answers) {
    return Ask<v1::Response>(who, "SubmitResponse", Submission(instance_id, answers));
  }
  static absl::StatusOr<v1::Response> Correct(const Person& who, const std::string& instance_id,
                                              const Answers& answers, const std::string& etag,
                                              const std::string& reason) {
    v1::CorrectResponseRequest request;
    request.set_request_id(NewId());
    request.set_instance_id(instance_id);
    request.set_etag(etag);
    request.set_change_reason(reason);
    Fill(answers, *request.mutable_answers());
    return Ask<v1::Response>(who, "CorrectResponse", request);
  }
  static absl::StatusOr<v1::Response> Get(const Person& who, const std::string& instance_id,
                                          int64_t version = 0) {
    v1::GetResponseRequest request;
    request.set_instance_id(instance_id);
    if (version != 0) request.set_version(version);
    return Ask<v1::Response>(who, "GetResponse", request);
  }
};

using PublishInstrumentVersionTest = QuestionnaireTest;
using ListInstrumentVersionsTest = QuestionnaireTest;
using GetInstrumentDocumentTest = QuestionnaireTest;
using OpenInstanceTest = QuestionnaireTest;
using ListInstancesTest = QuestionnaireTest;
using SubmitResponseTest = QuestionnaireTest;
using CorrectResponseTest = QuestionnaireTest;
using GetResponseTest = QuestionnaireTest;
using ListResponsesTest = QuestionnaireTest;

TEST_F(PublishInstrumentVersionTest, IsRefusedToACoordinator) {
  EXPECT_THAT(Publish(people().coline, Document("9.9")),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
}

TEST_F(PublishInstrumentVersionTest, PublishesOnceAndRecordsIt) {
  const auto version = Publish(people().bob, Document("2.0"));
  ASSERT_THAT(version, IsOk());
  EXPECT_EQ(version->instrument_id(), "house-form");
  EXPECT_EQ(version->version(), "2.0");
  EXPECT_THAT(version->item_codes(), ::testing::ElementsAre("leave", "days", "remark"));
  EXPECT_EQ(Audited("instrument.publish", version->instrument_version_id()), 1);
  EXPECT_THAT(Publish(people().bob, Document("2.0")),
              StatusIs(StatusCode::kAlreadyExists, "INSTRUMENT_VERSION_PUBLISHED"));
}

TEST_F(PublishInstrumentVersionTest, RefusesDocumentsThatAreNoInstrument) {
  struct Case {
    const char* name;
    std::string document;
    const char* reason;
  };
  for (const Case& c : {Case{"not YAML", "id: [", "DOCUMENT_MALFORMED"},
                        Case{"nothing in it", "id: x\n", "INSTRUMENT_INVALID"},
                        Case{"larger than 1 MiB", std::string((1 << 20) + 1, '#'), "FIELD_TOO_LONG"}}) {
    SCOPED_TRACE(c.name);
    EXPECT_THAT(Publish(people().bob, c.document), StatusIs(StatusCode::kInvalidArgument, c.reason));
  }
}

TEST_F(ListInstrumentVersionsTest, ShowsThemToWhoMay) {
  v1::ListInstrumentVersionsRequest request;
  request.set_instrument_id("house-form");
  EXPECT_THAT(Ask<v1::ListInstrumentVersionsResponse>(people().chelsea, "ListInstrumentVersions", request),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  (void)form();
  const auto list = Ask<v1::ListInstrumentVersionsResponse>(people().paula, "ListInstrumentVersions", request);
  ASSERT_THAT(list, IsOk());
  EXPECT_GE(list->instrument_versions_size(), 1);
  request.set_instrument_id("no-such");
  const auto none = Ask<v1::ListInstrumentVersionsResponse>(people().paula, "ListInstrumentVersions", request);
  ASSERT_THAT(none, IsOk());
  EXPECT_EQ(none->instrument_versions_size(), 0);
}

TEST_F(GetInstrumentDocumentTest, ReturnsItByteForByte) {
  v1::GetInstrumentDocumentRequest request;
  request.set_instrument_version_id(form());
  const auto document = Ask<v1::GetInstrumentDocumentResponse>(people().coline, "GetInstrumentDocument", request);
  ASSERT_THAT(document, IsOk());
  EXPECT_EQ(document->document(), Document("1.0"));
  request.set_instrument_version_id(NewId());
  EXPECT_THAT(Ask<v1::GetInstrumentDocumentResponse>(people().coline, "GetInstrumentDocument", request),
              StatusIs(StatusCode::kNotFound, "INSTRUMENT_VERSION_NOT_FOUND"));
}

TEST_F(OpenInstanceTest, IsRefusedWithoutTheRightAndOutOfSight) {
  EXPECT_THAT(Ask<v1::Instance>(people().pascale, "OpenInstance", NewInstance(people().paula_id)),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(Ask<v1::Instance>(people().paula, "OpenInstance", NewInstance(people().paula_id)),
              StatusIs(StatusCode::kFailedPrecondition, "INSTANCE_NOT_SCHEDULED"));
  EXPECT_THAT(Ask<v1::Instance>(people().paula, "OpenInstance", NewInstance(people().second_id)),
              StatusIs(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND"));
  EXPECT_THAT(Ask<v1::Instance>(people().coline, "OpenInstance", NewInstance(people().third_id)),
              StatusIs(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND"));
  EXPECT_THAT(Ask<v1::Instance>(people().olga, "OpenInstance", NewInstance(people().paula_id)),
              StatusIs(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND"));
}

TEST_F(OpenInstanceTest, OpensOnceAnOccasionAndRecordsIt) {
  auto request = NewInstance(people().paula_id);
  const auto instance = Ask<v1::Instance>(people().coline, "OpenInstance", request);
  ASSERT_THAT(instance, IsOk());
  EXPECT_EQ(instance->state(), v1::Instance::STATE_OPEN);
  EXPECT_EQ(Audited("instance.open", instance->instance_id()), 1);
  request.set_request_id(NewId());
  EXPECT_THAT(Ask<v1::Instance>(people().coline, "OpenInstance", request),
              StatusIs(StatusCode::kAlreadyExists, "INSTANCE_EXISTS"));
}

TEST_F(OpenInstanceTest, RefusesAnUnknownInstrumentAndAnOddTimepoint) {
  auto request = NewInstance(people().paula_id);
  request.set_instrument_version_id(NewId());
  EXPECT_THAT(Ask<v1::Instance>(people().coline, "OpenInstance", request),
              StatusIs(StatusCode::kNotFound, "INSTRUMENT_VERSION_NOT_FOUND"));
  request = NewInstance(people().paula_id);
  for (const std::string& odd : {std::string(""), std::string("T0 4m"), std::string("é"), std::string(41, 'x')}) {
    request.set_timepoint(odd);
    EXPECT_THAT(Ask<v1::Instance>(people().coline, "OpenInstance", request),
                StatusIs(StatusCode::kInvalidArgument, "TIMEPOINT_MALFORMED"));
  }
}

TEST_F(ListInstancesTest, ShowsTheStateToWhoSeesTheParticipant) {
  const std::string instance_id = Open(people().paula_id);
  ASSERT_THAT(Submit(people().paula, instance_id, {{"leave", "0"}}), IsOk());
  v1::ListInstancesRequest request;
  request.set_participant_id(people().paula_id);
  const auto list = Ask<v1::ListInstancesResponse>(people().paula, "ListInstances", request);
  ASSERT_THAT(list, IsOk());
  bool found = false;
  for (const v1::Instance& instance : list->instances()) {
    if (instance.instance_id() != instance_id) continue;
    found = true;
    EXPECT_EQ(instance.state(), v1::Instance::STATE_SUBMITTED);
  }
  EXPECT_TRUE(found);
  request.set_participant_id(people().second_id);
  EXPECT_THAT(Ask<v1::ListInstancesResponse>(people().paula, "ListInstances", request),
              StatusIs(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND"));
  EXPECT_THAT(Ask<v1::ListInstancesResponse>(people().rachel, "ListInstances", request),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
}

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
  EXPECT_EQ(response->answers().at("days").value(), "30");
  EXPECT_EQ(response->answers().at("remark").missing(), v1::MISSING_REFUSED);
  EXPECT_EQ(Audited("response.submit", instance_id), 1);
  const auto again = Ask<v1::Response>(people().paula, "SubmitResponse", request);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->SerializeAsString().size(), response->SerializeAsString().size());
  EXPECT_EQ(Audited("response.submit", instance_id), 1);
  auto other = request;
  (*other.mutable_answers())["days"].set_value("31");
  EXPECT_THAT(Ask<v1::Response>(people().paula, "SubmitResponse", other),
              StatusIs(StatusCode::kAlreadyExists, "REQUEST_ID_REUSED"));
  EXPECT_THAT(Submit(people().paula, instance_id, {{"leave", "0"}}),
              StatusIs(StatusCode::kFailedPrecondition, "INSTANCE_SUBMITTED"));
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
