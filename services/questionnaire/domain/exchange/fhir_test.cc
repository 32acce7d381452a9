// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/exchange/fhir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"
#include "services/questionnaire/domain/expression/expression.h"
#include "services/questionnaire/domain/instrument/check.h"

namespace reprise::exchange {
namespace {

using instrument::Item;
using instrument::ItemType;
using ::testing::HasSubstr;

std::string Questionnaire(const std::string& items) {
  return absl::StrCat(
      R"({"resourceType": "Questionnaire", "status": "draft", "title": "T", "item": [)", items,
      "]}");
}

Imported Import(const std::string& json) {
  auto made = ImportFhir(json, "q.json", {});
  EXPECT_TRUE(made.ok()) << made.status() << json;
  for (const instrument::Problem& problem : instrument::CheckInstrument(made->instrument)) {
    EXPECT_NE(problem.severity, instrument::Severity::kError)
        << problem.violation.path << problem.violation.message;
  }
  return *std::move(made);
}

const Finding* Find(const Imported& made, Verdict verdict, const std::string& place,
                    const std::string& construct) {
  for (const Finding& finding : made.report.findings()) {
    if (finding.verdict == verdict && finding.construct == construct &&
        absl::StrContains(finding.place, place))
      return &finding;
  }
  return nullptr;
}

constexpr char kOptions[] =
    R"("answerOption": [{"valueCoding": {"code": "a", "display": "A"}}, {"valueCoding": {"code": "b", "display": "B"}}])";

TEST(ImportFhirTest, TakesEachItemType) {
  struct Case {
    const char* type;
    ItemType expected;  // kUnspecified: refused
    bool changed;
  };
  for (const Case& test :
       {Case{"display", ItemType::kInformation, false},
        Case{"boolean", ItemType::kSingleChoice, true}, Case{"decimal", ItemType::kDecimal, false},
        Case{"integer", ItemType::kInteger, false}, Case{"date", ItemType::kDate, false},
        Case{"dateTime", ItemType::kText, true}, Case{"time", ItemType::kTime, false},
        Case{"string", ItemType::kText, false}, Case{"text", ItemType::kText, false},
        Case{"url", ItemType::kText, true}, Case{"choice", ItemType::kSingleChoice, false},
        Case{"open-choice", ItemType::kSingleChoice, true},
        Case{"quantity", ItemType::kDecimal, true},
        Case{"attachment", ItemType::kUnspecified, false},
        Case{"reference", ItemType::kUnspecified, false},
        Case{"nonsense", ItemType::kUnspecified, false}}) {
    const std::string options =
        absl::StrContains(test.type, "choice") ? absl::StrCat(", ", kOptions) : "";
    const Imported made = Import(Questionnaire(
        absl::StrCat(R"({"linkId": "x", "text": "?", "type": ")", test.type, "\"", options,
                     R"(}, {"linkId": "y", "text": "?", "type": "string"})")));
    const auto& items = made.instrument.sections[0].items;
    ASSERT_EQ(items.size(), test.expected == ItemType::kUnspecified ? 1u : 2u) << test.type;
    if (test.expected != ItemType::kUnspecified) {
      EXPECT_EQ(items[0].type, test.expected) << test.type;
    }
    const Verdict verdict = test.expected == ItemType::kUnspecified ? Verdict::kRefused
                            : test.changed                          ? Verdict::kChanged
                                                                    : Verdict::kKept;
    EXPECT_NE(Find(made, verdict, "item[0] x", "TYPE"), nullptr) << test.type;
  }
}

TEST(ImportFhirTest, OrdinalValuesAsStringsBecomeCodesAndConcepts) {
  const Imported made =
      Import(Questionnaire(R"({"linkId": "/1-8", "text": "?", "type": "choice", "answerOption": [
      {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": "0"}],
       "valueCoding": {"system": "http://loinc.org", "code": "LA1-1", "display": "Never"}},
      {"valueCoding": {"code": "LA2-2", "display": "Always",
       "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": 3}]}}]})"));
  const Item& item = made.instrument.sections[0].items[0];
  EXPECT_EQ(item.code, "q_1_8");
  EXPECT_EQ(item.link_id, "/1-8");
  ASSERT_EQ(item.choices.size(), 2u);
  EXPECT_EQ(item.choices[0].code, "0");
  EXPECT_EQ(item.choices[0].concept_code, "LA1-1");
  EXPECT_EQ(item.choices[1].code, "3");
  EXPECT_NE(Find(made, Verdict::kChanged, "answerOption[0]", "ORDINAL"), nullptr);
  EXPECT_NE(Find(made, Verdict::kChanged, "answerOption", "OPTION_CODES"), nullptr);
}

TEST(ImportFhirTest, OrdinalValuesBesideNumericCodesStayValues) {
  const Imported made =
      Import(Questionnaire(R"({"linkId": "x", "text": "?", "type": "choice", "answerOption": [
      {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": 100}],
       "valueCoding": {"code": "1", "display": "Yes"}},
      {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": 0}],
       "valueCoding": {"code": "2", "display": "No"}}]})"));
  const auto& choices = made.instrument.sections[0].items[0].choices;
  EXPECT_EQ(choices[0].code, "1");
  EXPECT_EQ(choices[0].value, 100);
}

TEST(ImportFhirTest, ConditionsKeepTheirMeaningAlsoWhereThereIsNoAnswer) {
  struct Case {
    const char* name;
    const char* when;
    const char* behaviour;
    const char* expected;  // empty: refused
  };
  for (
      const Case& test :
      {Case{"equals", R"({"question": "c", "operator": "=", "answerCoding": {"code": "a"}})", "",
            "[c] = 'a'"},
       Case{"differs, or has no answer",
            R"({"question": "c", "operator": "!=", "answerCoding": {"code": "a"}})", "",
            "([c] <> 'a' or isblank([c]))"},
       Case{"exists", R"({"question": "n", "operator": "exists", "answerBoolean": true})", "",
            "not isblank([n])"},
       Case{"does not exist", R"({"question": "n", "operator": "exists", "answerBoolean": false})",
            "", "isblank([n])"},
       Case{"boolean", R"({"question": "t", "operator": "=", "answerBoolean": true})", "",
            "[t] = '1'"},
       Case{"decimal as string", R"({"question": "n", "operator": ">=", "answerDecimal": "1.5"})",
            "", "[n] >= 1.5"},
       Case{
           "any",
           R"({"question": "n", "operator": ">", "answerInteger": 1}, {"question": "c", "operator": "=", "answerCoding": {"code": "b"}})",
           "any", "[n] > 1 or [c] = 'b'"},
       Case{"several of several",
            R"({"question": "m", "operator": "=", "answerCoding": {"code": "b"}})", "",
            "[m(b)] = '1'"},
       Case{
           "no behaviour",
           R"({"question": "n", "operator": ">", "answerInteger": 1}, {"question": "n", "operator": "<", "answerInteger": 9})",
           "", ""},
       Case{"unknown option",
            R"({"question": "c", "operator": "=", "answerCoding": {"code": "z"}})", "", ""},
       Case{"unknown question", R"({"question": "zz", "operator": "=", "answerInteger": 1})", "",
            ""}}) {
    const std::string behaviour =
        *test.behaviour == '\0' ? ""
                                : absl::StrCat(R"(, "enableBehavior": ")", test.behaviour, "\"");
    const Imported made = Import(Questionnaire(absl::StrCat(
        R"({"linkId": "c", "text": "?", "type": "choice", )", kOptions,
        R"(}, {"linkId": "n", "text": "?", "type": "decimal"},
           {"linkId": "t", "text": "?", "type": "boolean"}, {"linkId": "m", "text": "?", "type": "choice", "repeats": true, )",
        kOptions, R"(}, {"linkId": "x", "text": "?", "type": "string", "enableWhen": [)", test.when,
        "]", behaviour, "}")));
    EXPECT_EQ(made.instrument.sections[0].items[4].shown_if, test.expected) << test.name;
    EXPECT_EQ(Find(made, Verdict::kRefused, "item[4] x, enableWhen", "ENABLE_WHEN") != nullptr,
              *test.expected == '\0')
        << test.name;
  }
}

TEST(ImportFhirTest, BadInputNamesItsPlace) {
  struct Bad {
    const char* name;
    std::string bytes;
    const char* reason;
    const char* place;
  };
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += "[";
  for (const Bad& bad : std::vector<Bad>{
           {"empty", "", "JSON_MALFORMED", "q.json:1"},
           {"cut off", "{\n\"a\": 1,\n", "JSON_MALFORMED", "q.json:3"},
           {"deep", "{\n\"a\":" + deep, "JSON_TOO_DEEP", "q.json:2"},
           {"not UTF-8", "{\n\"a\": \"\xC3\x28\"}", "TEXT_NOT_UTF8", "q.json:2"},
           {"another resource", "{\"resourceType\": \"Patient\"}", "QUESTIONNAIRE_EXPECTED",
            "q.json:1"},
           {"a megabyte in one text", "{\n\"a\": \"" + std::string(1 << 20, 'a') + "\"}", "JSON_TEXT_TOO_LONG", "q.json:2"},
           {"no object", "[1, 2]", "QUESTIONNAIRE_EXPECTED", "q.json:1"},
           {"no items", "{\"resourceType\": \"Questionnaire\"}", "QUESTIONNAIRE_EMPTY", "q.json:1"},
           {"large number", "{\"a\": 1e999}", "JSON_MALFORMED", "q.json:1"}}) {
    const auto made = ImportFhir(bad.bytes, "q.json", {});
    EXPECT_EQ(error::ReasonOf(made.status()), bad.reason) << bad.name;
    const auto violations = error::DetailOf(made.status()).violations;
    ASSERT_FALSE(violations.empty()) << bad.name;
    EXPECT_EQ(violations[0].path, bad.place) << bad.name;
  }
}

TEST(ImportFhirTest, WrongKindsOfValuesAreRefusedNotTrusted) {
  for (
      const char* item :
      {"1", "\"x\"", "null", "[]", "{}", R"({"linkId": 3, "type": ["choice"]})",
       R"({"linkId": "x", "type": "choice", "answerOption": {"a": 1}})",
       R"({"linkId": "x", "type": "choice", "answerOption": [1, "a", null, {"valueCoding": 3}]})",
       R"({"linkId": "x", "type": "string", "enableWhen": 3, "extension": "x", "item": 7, "code": {}})",
       R"({"linkId": "x", "type": "decimal", "extension": [1, {"url": 2}, {"url": "u", "valueExpression": 3}]})"}) {
    const auto made = ImportFhir(
        Questionnaire(absl::StrCat(item, R"(, {"linkId": "ok", "text": "?", "type": "string"})")),
        "q.json", {});
    EXPECT_TRUE(made.ok()) << item << made.status();
    EXPECT_GE(made->report.Count(Verdict::kRefused), 1u) << item;
  }
}

// A questionnaire of the world, where the workplace has one (it is not part of the project).
TEST(ImportFhirTest, RealQuestionnairesAreAccountedFor) {
  const char* const folder = std::getenv("REPRISE_REAL_INPUT");
  if (folder == nullptr) GTEST_SKIP() << "REPRISE_REAL_INPUT names no folder";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().filename() != "lforms-phq9.json") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const Imported made = Import({std::istreambuf_iterator<char>(file), {}});
    const auto& items = made.instrument.sections[0].items;
    ASSERT_EQ(items.size(), 11u);
    EXPECT_EQ(items[9].type, ItemType::kComputed);
    EXPECT_THAT(items[9].calculation, HasSubstr("[q_44250_9]"));
    // Nine answers of 1 make 9; none makes no total.
    const auto tree = expression::Parse(items[9].calculation);
    ASSERT_TRUE(tree.ok());
    expression::Bindings ones;
    for (size_t i = 0; i < 9; ++i)
      ones[{.event = "", .item = items[i].code, .code = ""}] = expression::Value::Number(1);
    EXPECT_EQ(expression::Evaluate(*tree, ones), expression::Value::Number(9));
    EXPECT_TRUE(expression::Evaluate(*tree, {}).is_null());
  }
}

}  // namespace
}  // namespace reprise::exchange
