// SPDX-License-Identifier: Apache-2.0
// A form that is published once in the house, and what one asks of the questionnaire service, over the wire.
#ifndef REPRISE_QUESTIONNAIRE_FORM_FIXTURE_H_
#define REPRISE_QUESTIONNAIRE_FORM_FIXTURE_H_

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "reprise/questionnaire/v1/questionnaire_service.pb.h"

#include "tests/house/house.h"

namespace reprise::questionnaire {

using house::NewId;
using house::Person;
using reprise::testing::IsOk;

inline constexpr char kQuestionnaires[] = "reprise.questionnaire.v1.QuestionnaireService/";

// A required choice, a number that only `yes` shows, a free text.
inline std::string FormDocument(const std::string& version) {
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
    return Call<Response>(who, absl::StrCat(kQuestionnaires, method), request);
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
      const auto version = Publish(people().bob, FormDocument("1.0"));
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

}  // namespace reprise::questionnaire

#endif  // REPRISE_QUESTIONNAIRE_FORM_FIXTURE_H_
