// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/response/response.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "services/platform/testing/matchers.h"
#include "services/questionnaire/domain/instrument/read.h"

namespace reprise::questionnaire {
namespace {

using absl::StatusCode;
using instrument::MissingKind;
using reprise::testing::HasViolation;
using reprise::testing::IsOk;
using reprise::testing::StatusIs;

constexpr char kFormDocument[] = R"yaml(id: form
version: "1"
languages: [en]
title: {en: "Form"}
licence: {tier: own, owner: "Reprise", terms: "Apache-2.0"}
choice_lists:
  - id: yes_no
    choices:
      - {code: 0, label: {en: "No"}}
      - {code: 1, label: {en: "Yes"}}
sections:
  - code: all
    items:
      - {code: leave, type: single_choice, choice_list: yes_no, required: true, text: {en: "On leave?"}}
      - {code: days, type: integer, required: true, hard: {min: 1, max: 365}, shown_if: "[leave] = '1'", text: {en: "Days?"}}
      - {code: remark, type: text, text: {en: "Remark"}}
)yaml";

std::shared_ptr<const Form> TheForm() {
  const auto instrument = instrument::LoadInstrument(kFormDocument, "form");
  EXPECT_THAT(instrument, IsOk());
  const auto form = Form::Make(*instrument);
  EXPECT_THAT(form, IsOk());
  return *form;
}

TEST(FormTest, StoresOneTextAndOneLetterAnItemInTheInstrumentsOrder) {
  struct Case {
    const char* name;
    RawAnswers raw;
    const char* missing;
    std::vector<std::optional<std::string>> answers;
  };
  const auto form = TheForm();
  for (const Case& c : std::vector<Case>{
           {"all answered", {{"leave", {"1"}}, {"days", {"30"}}, {"remark", {"none"}}}, "...", {"1", "30", "none"}},
           {"hidden by branching", {{"leave", {"0"}}}, ".BN", {"0", std::nullopt, std::nullopt}},
           {"refused", {{"leave", {"", MissingKind::kRefused}}}, "RBN", {std::nullopt, std::nullopt, std::nullopt}},
           {"does not apply",
            {{"leave", {"1"}}, {"days", {"", MissingKind::kNotApplicable}}},
            ".XN",
            {"1", std::nullopt, std::nullopt}},
           {"only the server says that a question was not asked",
            {{"leave", {"0"}}, {"remark", {"", MissingKind::kNotAsked}}},
            ".BN",
            {"0", std::nullopt, std::nullopt}}}) {
    SCOPED_TRACE(c.name);
    const auto stored = form->Accept(c.raw);
    ASSERT_THAT(stored, IsOk());
    EXPECT_EQ(stored->missing, c.missing);
    EXPECT_EQ(stored->answers, c.answers);
  }
}

TEST(FormTest, NamesEveryFaultyItem) {
  struct Case {
    const char* name;
    RawAnswers raw;
    const char* path;
    const char* reason;
  };
  const auto form = TheForm();
  for (const Case& c : std::vector<Case>{
           {"nothing", {}, "answers[leave]", "ANSWER_MISSING"},
           {"shown by branching and required", {{"leave", {"1"}}}, "answers[days]", "ANSWER_MISSING"},
           {"a shown question said not to be asked",
            {{"leave", {"1"}}, {"days", {"", MissingKind::kNotAsked}}}, "answers[days]", "ANSWER_MISSING"},
           {"an answer to a hidden question", {{"leave", {"0"}}, {"days", {"3"}}}, "answers[days]", "ANSWER_NOT_ASKED"},
           {"an answer and a reason for its absence",
            {{"leave", {"1", MissingKind::kRefused}}}, "answers[leave]", "ANSWER_MALFORMED"},
           {"no such item", {{"leave", {"0"}}, {"", {"1"}}}, "answers[]", "ITEM_UNKNOWN"},
           {"no such code", {{"leave", {"maybe"}}}, "answers[leave]", "ANSWER_UNKNOWN_CODE"},
           {"beyond the range", {{"leave", {"1"}}, {"days", {"366"}}}, "answers[days]", "ANSWER_OUT_OF_RANGE"},
           // Its key: 97 - 1850578006084 mod 97 = 91.
           {"a social-security number", {{"leave", {"0"}}, {"remark", {"1 85 05 78 006 084 91"}}},
            "answers[remark]", "TEXT_HOLDS_NIR"},
           {"a telephone number", {{"leave", {"0"}}, {"remark", {"+33 6 12 34 56 78"}}}, "answers[remark]",
            "TEXT_HOLDS_PHONE"}}) {
    SCOPED_TRACE(c.name);
    const auto refused = form->Accept(c.raw);
    EXPECT_THAT(refused, StatusIs(StatusCode::kInvalidArgument, "ANSWERS_INVALID"));
    EXPECT_THAT(refused, HasViolation(c.path, c.reason));
  }
}

TEST(CheckCorrectionTest, WantsTheSeenVersionAReasonAndAChange) {
  struct Case {
    const char* name;
    StoredAnswers accepted;
    std::string etag;
    std::string change_reason;
    StatusCode code;
    const char* reason;
  };
  const StoredAnswers before{.answers = {"0"}, .missing = "."};
  const StoredAnswers after{.answers = {"1"}, .missing = "."};
  const Response current{.instance_id = "i", .version = 3, .stored = before, .submit_time = {},
                         .submitted_by = "u", .change_reason = "Misread."};
  EXPECT_THAT(CheckCorrection(current, after, "v3", "Misread."), IsOk());
  EXPECT_THAT(CheckCorrection(current, after, "v3", std::string(500, 'x')), IsOk());
  for (const Case& c : std::vector<Case>{
           {"no etag", after, "", "Why.", StatusCode::kInvalidArgument, "ETAG_REQUIRED"},
           {"an older version", after, "v2", "Why.", StatusCode::kAborted, "ETAG_MISMATCH"},
           {"no reason", after, "v3", "", StatusCode::kInvalidArgument, "CHANGE_REASON_REQUIRED"},
           {"a long reason", after, "v3", std::string(501, 'x'), StatusCode::kInvalidArgument, "CHANGE_REASON_REQUIRED"},
           {"an identity", after, "v3", "Rang 06 12 34 56 78.", StatusCode::kInvalidArgument, "TEXT_HOLDS_IDENTITY"},
           {"no change", before, "v3", "Why.", StatusCode::kInvalidArgument, "NOTHING_CHANGED"}}) {
    SCOPED_TRACE(c.name);
    EXPECT_THAT(CheckCorrection(current, c.accepted, c.etag, c.change_reason), StatusIs(c.code, c.reason));
  }
}

}  // namespace
}  // namespace reprise::questionnaire
