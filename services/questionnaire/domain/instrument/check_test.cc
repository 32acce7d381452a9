// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/instrument/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

#include "services/questionnaire/domain/instrument/read.h"

namespace reprise::instrument {
namespace {

constexpr char kHead[] = R"(
id: t
version: "1"
licence: {tier: own, owner: us}
choice_lists: [{id: two, choices: [{code: 0}, {code: 1}]}]
missing_codes: [{code: REF, kind: refused}]
)";

std::string Items(const std::string& items, const std::string& rest = "") {
  return absl::StrCat(kHead, "sections: [{code: s, items: [", items, "]}]\n", rest);
}

struct Case {
  const char* name;
  std::string yaml;
  const char* reason;  // of a problem that must be among those found; empty: none of any kind
  const char* path;
};

TEST(CheckInstrumentTest, FindsEachFault) {
  const std::string a = "{code: a, type: single_choice, choice_list: two}";
  const std::string n = "{code: n, type: integer, hard: {min: 0, max: 10}}";
  const auto score = [&](const char* text) {
    return Items(a + ", " + n, absl::StrCat("scores: [", text, "]\n"));
  };
  for (const Case& test : std::vector<Case>{
           {"fine", Items(a), "", ""},
           {"no type", Items("{code: a}"), "FIELD_MISSING", "sections[0].items[0].type"},
           {"code with a blank", Items("{code: 'a b', type: text}"), "CODE_MALFORMED",
            "sections[0].items[0].code"},
           {"code twice", Items(a + ", " + a), "CODE_DUPLICATE", "sections[0].items[1].code"},
           {"row like an item",
            Items(a + ", {code: m, type: matrix, choice_list: two, rows: [{code: a}]}"),
            "CODE_DUPLICATE", "sections[0].items[1].rows[0].code"},
           {"choice without choices", Items("{code: a, type: single_choice}"), "FIELD_MISSING",
            "sections[0].items[0].choices"},
           {"unknown list", Items("{code: a, type: single_choice, choice_list: x}"),
            "CHOICE_LIST_UNKNOWN", "sections[0].items[0].choice_list"},
           {"list and choices",
            Items("{code: a, type: single_choice, choice_list: two, choices: [{code: 1}]}"),
            "FIELD_UNEXPECTED", "sections[0].items[0].choices"},
           {"choice twice",
            Items("{code: a, type: single_choice, choices: [{code: 1}, {code: 1}]}"),
            "CODE_DUPLICATE", "sections[0].items[0].choices[1].code"},
           {"choice with a bar", Items("{code: a, type: single_choice, choices: [{code: '1|2'}]}"),
            "CODE_MALFORMED", "sections[0].items[0].choices[0].code"},
           {"missing code that is a choice",
            Items("{code: a, type: single_choice, choices: [{code: REF}]}"),
            "MISSING_CODE_AMBIGUOUS", "missing_codes[0].code"},
           {"matrix without rows", Items("{code: m, type: matrix, choice_list: two}"),
            "FIELD_MISSING", "sections[0].items[0].rows"},
           {"rows without a matrix", Items("{code: a, type: text, rows: [{code: b}]}"),
            "FIELD_UNEXPECTED", "sections[0].items[0].rows"},
           {"unit of a text", Items("{code: a, type: text, unit: {code: h}}"), "FIELD_UNEXPECTED",
            "sections[0].items[0].unit"},
           {"computed without calculation", Items("{code: a, type: computed}"), "FIELD_MISSING",
            "sections[0].items[0].calculation"},
           {"scale upside down", Items("{code: a, type: scale, scale: {min: 10, max: 0}}"),
            "RANGE_INVALID", "sections[0].items[0].scale"},
           {"range of a choice",
            Items("{code: a, type: single_choice, choice_list: two, hard: {min: 0}}"),
            "FIELD_UNEXPECTED", "sections[0].items[0].hard"},
           {"bound that is no date", Items("{code: a, type: date, hard: {min: 2026-02-30}}"),
            "RANGE_INVALID", "sections[0].items[0].hard.min"},
           {"shown if nobody knows", Items("{code: a, type: text, shown_if: '[b] = 1'}"),
            "NAME_UNKNOWN", "sections[0].items[0].shown_if"},
           {"shown if cut off", Items("{code: a, type: text, shown_if: '[a] ='}"),
            "EXPRESSION_SYNTAX", "sections[0].items[0].shown_if"},
           {"never shown", Items(n + ", {code: b, type: text, shown_if: '[n] > 10'}"),
            "ITEM_UNREACHABLE", "sections[0].items[1].shown_if"},
           {"score without rule", score("{id: S, items: [a]}"), "FIELD_MISSING", "scores[0].rule"},
           {"score of nothing", score("{id: S, rule: mean}"), "SCORE_INVALID", "scores[0].items"},
           {"score of an unknown item", score("{id: S, rule: sum, items: [a, z]}"), "NAME_UNKNOWN",
            "scores[0].items[1]"},
           {"score named like an item", score("{id: a, rule: sum, items: [a]}"), "CODE_DUPLICATE",
            "scores[0].id"},
           {"too many needed", score("{id: S, rule: sum, items: [a], min_answered: 2}"),
            "SCORE_INVALID", "scores[0].min_answered"},
           {"none needed", score("{id: S, rule: sum, items: [a], min_answered: 0}"),
            "SCORE_INVALID", "scores[0].min_answered"},
           {"reverses another item", score("{id: S, rule: sum, items: [a], reverse: [n]}"),
            "SCORE_INVALID", "scores[0].reverse[0]"},
           {"half a rescale", score("{id: S, rule: sum, items: [a], rescale: {from_low: 0}}"),
            "SCORE_INVALID", "scores[0].rescale"},
           {"flat rescale",
            score("{id: S, rule: sum, items: [a], rescale: {from_low: 1, from_high: 1, to_low: 0, "
                  "to_high: 1}}"),
            "SCORE_INVALID", "scores[0].rescale"},
           {"score of itself", score("{id: S, rule: expression, expression: '[S] + 1'}"),
            "EXPRESSION_CYCLE", "scores"},
           {"score that needs itself",
            score("{id: S, rule: expression, expression: '1', needs: [S]}"), "EXPRESSION_CYCLE",
            "scores"},
           {"score in words", score("{id: S, rule: expression, expression: \"'x'\"}"),
            "SCORE_INVALID", "scores[0].expression"},
           {"alert that counts", Items(a, "alerts: [{id: A, when: '[a] + 1'}]\n"), "SCORE_INVALID",
            "alerts[0].when"},
           {"no owner",
            absl::StrCat("id: t\nversion: \"1\"\nlicence: {tier: b}\nsections: [{code: s, items: [",
                         a, "]}]\n"),
            "FIELD_MISSING", "licence.owner"}}) {
    const auto document = ReadDocument(test.yaml, "t.yaml");
    ASSERT_TRUE(document.ok()) << test.name << document.status();
    std::vector<std::string> found;
    for (const Problem& problem : CheckInstrument(document->instrument)) {
      found.push_back(absl::StrCat(problem.violation.path, " ", problem.violation.reason));
    }
    if (*test.reason == '\0')
      EXPECT_THAT(found, ::testing::IsEmpty()) << test.name;
    else
      EXPECT_THAT(found, ::testing::Contains(absl::StrCat(test.path, " ", test.reason)))
          << test.name;
  }
}

TEST(CheckTranslationsTest, EveryDeclaredLanguageHasEveryText) {
  const auto document = ReadDocument(R"(
id: t
version: "1"
title: {fr: T, en: T}
languages: [fr, en]
licence: {tier: own, owner: us}
sections:
  - code: s
    title: {fr: Seul}
    items:
      - {code: a, type: text, text: {fr: Q}}
      - {code: b, type: text, text: {fr: Q, en: Q, de: F}, help: {fr: A, en: H}}
      - {code: v, type: scale, text: {fr: Q, en: Q}, scale: {min: 0, max: 1, low_label: {fr: B, en: L}}}
      - code: m
        type: matrix
        choices: [{code: 1, label: {fr: O, en: Y}}, {code: 0, label: {en: N}}]
        rows: [{code: r}]
)",
                                     "t.yaml");
  ASSERT_TRUE(document.ok());
  std::vector<std::string> found;
  for (const Problem& problem : CheckInstrument(document->instrument)) {
    found.push_back(absl::StrCat(problem.violation.path, " ", problem.violation.reason));
  }
  EXPECT_THAT(found, ::testing::UnorderedElementsAre(
                         "sections[0].title TRANSLATION_MISSING",
                         "sections[0].items[0].text TRANSLATION_MISSING",
                         "sections[0].items[1].text.de TRANSLATION_UNDECLARED",
                         "sections[0].items[2].scale.high_label TRANSLATION_MISSING",
                         "sections[0].items[2].scale.high_label TRANSLATION_MISSING",
                         "sections[0].items[3].choices[1].label TRANSLATION_MISSING",
                         "sections[0].items[3].rows[0].text TRANSLATION_MISSING",
                         "sections[0].items[3].rows[0].text TRANSLATION_MISSING"));
}

}  // namespace
}  // namespace reprise::instrument
