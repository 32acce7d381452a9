// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/online/answers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/platform/error/error.h"

namespace reprise::cli {
namespace {

namespace v1 = ::reprise::questionnaire::v1;
using ::testing::ElementsAre;

// `i1=2 i2=? ...` with the missing kind after a colon, to compare in one line.
std::string Short(const absl::StatusOr<Answers>& answers) {
  if (!answers.ok()) {
    std::string faults = error::ReasonOf(answers.status());
    for (const auto& violation : error::DetailOf(answers.status()).violations)
      faults += " " + violation.path;
    return faults;
  }
  std::string text;
  for (const auto& [item, answer] : *answers) {
    text += (text.empty() ? "" : " ") + item + "=" + answer.value();
    if (answer.missing() != v1::MISSING_UNSPECIFIED)
      text += ":" + v1::Missing_Name(answer.missing()).substr(8);
  }
  return text;
}

TEST(AnswersTest, ArgumentsAreReadOrEachFaultIsNamed) {
  const struct {
    const char* name;
    std::vector<std::string> arguments;
    const char* expected;
  } cases[] = {
      {"none", {}, ""},
      {"values", {"i2=0", "i1=-1.5"}, "i1=-1.5 i2=0"},
      {"text holds signs", {"note=a=b:c"}, "note=a=b:c"},
      {"several codes", {"i4=1|3"}, "i4=1|3"},
      {"accents", {"ville=Évry"}, "ville=Évry"},
      {"emptied", {"i1="}, "i1="},
      {"why not",
       {"i1:refused", "i2:NOT_APPLICABLE", "i3:not_answered"},
       "i1=:REFUSED i2=:NOT_APPLICABLE i3=:NOT_ANSWERED"},
      {"not asked is the server's", {"i1=1", "i2:not_asked"}, "i1=1"},
      {"twice", {"i1=1", "i1=2"}, "ANSWERS_MALFORMED answers[i1]"},
      {"twice, once absent", {"i1:not_asked", "i1=2"}, "ANSWERS_MALFORMED answers[i1]"},
      {"no sign", {"i1", "i2=1"}, "ANSWERS_MALFORMED answers[i1]"},
      {"unknown word", {"i1:unwilling", "i2:"}, "ANSWERS_MALFORMED answers[i1] answers[i2]"},
      {"the zero word", {"i1:unspecified"}, "ANSWERS_MALFORMED answers[i1]"},
      {"no item", {"=3"}, "ANSWERS_MALFORMED answers[]"},
  };
  for (const auto& c : cases)
    EXPECT_EQ(Short(AnswersFromArguments(c.arguments)), c.expected) << c.name;
}

TEST(AnswersTest, FilesAreReadOrEachFaultIsNamed) {
  const struct {
    const char* name;
    const char* bytes;
    const char* expected;
  } cases[] = {
      {"csv", "item,value,missing\ni1,2,\ni2,,refused\n", "i1=2 i2=:REFUSED"},
      {"csv without missing", "value,item\n\"a, b\",i1\n", "i1=a, b"},
      {"csv with a mark and CRLF", "\xEF\xBB\xBFitem,value\r\ni1,2\r\n", "i1=2"},
      {"csv of show", "item,value,missing\ni1,2,\ni2,,not_asked\n", "i1=2"},
      {"csv twice", "item,value\ni1,2\ni1,2\n", "ANSWERS_MALFORMED answers[i1]"},
      {"csv without item", "code,value\ni1,2\n", "ANSWERS_MALFORMED f"},
      {"nothing", "", "CSV_EMPTY f:1"},
      {"json",
       R"({"i1": 2, "i2": "x", "i3": null, "i4": {"missing": "refused"}, "i5": ["1", 3], "i6": 72.5})",
       "i1=2 i2=x i3= i4=:REFUSED i5=1|3 i6=72.5"},
      {"json of show",
       R"({"version": "1", "answers": {"i1": {"value": "2", "missing": "MISSING_UNSPECIFIED"},
        "i2": {"value": "", "missing": "MISSING_NOT_ASKED"}}})",
       "i1=2"},
      {"json twice", R"({"i1": 1, "i1": 2})", "ANSWERS_MALFORMED answers[i1]"},
      {"json twice below", R"({"answers": {"i1": 1, "i1": 2}})", "ANSWERS_MALFORMED answers[i1]"},
      {"json true", R"({"i1": true, "i2": [[1]], "i3": {"value": []}})",
       "ANSWERS_MALFORMED answers[i1] answers[i2] answers[i3]"},
      {"json cut", R"({"i1": 1)", "JSON_MALFORMED f"},
      {"json empty", "{}", ""},
  };
  for (const auto& c : cases) EXPECT_EQ(Short(AnswersFromFile(c.bytes, "f")), c.expected) << c.name;
}

TEST(AnswersTest, RowsStandInTheOrderInWhichPeopleCount) {
  v1::Response response;
  for (const char* const item : {"i10", "i2", "i1", "b", "i2a"})
    (*response.mutable_answers())[item].set_value("0");
  (*response.mutable_answers())["i2"].Clear();
  (*response.mutable_answers())["i2"].set_missing(v1::MISSING_NOT_ASKED);
  EXPECT_THAT(RowsOfAnswers(response).cells,
              ElementsAre(ElementsAre("b", "0", ""), ElementsAre("i1", "0", ""),
                          ElementsAre("i2", "", "not_asked"), ElementsAre("i2a", "0", ""),
                          ElementsAre("i10", "0", "")));
}

TEST(AnswersTest, ResponsesAreOneLineAnItem) {
  google::protobuf::RepeatedPtrField<v1::Response> responses;
  v1::Response* const response = responses.Add();
  response->set_instance_id("a");
  response->set_version(2);
  response->mutable_submit_time()->set_seconds(1767225600);  // 2026-01-01
  response->mutable_submit_time()->set_nanos(250000000);
  (*response->mutable_answers())["i1"].set_value("3");
  EXPECT_EQ(PrintCsv(RowsOfResponses(responses)),
            "instance_id,version,submit_time,item,value,missing\n"
            "a,2,2026-01-01T00:00:00.25Z,i1,3,\n");
}

}  // namespace
}  // namespace reprise::cli
