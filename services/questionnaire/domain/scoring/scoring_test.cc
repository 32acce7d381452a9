// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/scoring/scoring.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

#include "services/questionnaire/domain/instrument/bundled.h"
#include "services/questionnaire/domain/instrument/read.h"

namespace reprise::scoring {
namespace {

using instrument::MissingKind;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

instrument::Instrument Load(const std::string& text) {
  auto loaded = instrument::LoadInstrument(text, "t.yaml");
  EXPECT_TRUE(loaded.ok()) << loaded.status();
  return *std::move(loaded);
}

instrument::Instrument Bundled(const std::string& name) {
  for (const instrument::BundledFile& file : instrument::BundledInstruments()) {
    if (name == file.name) return Load(file.bytes);
  }
  ADD_FAILURE() << name;
  return {};
}

Scorer Compiled(const instrument::Instrument& definition) {
  auto scorer = Scorer::Compile(definition);
  EXPECT_TRUE(scorer.ok()) << scorer.status();
  return *std::move(scorer);
}

constexpr char kHead[] = R"(
id: t
version: "1"
licence: {tier: own, owner: us}
missing_codes: [{code: REF, kind: refused}, {code: NAP, kind: not_applicable}]
choice_lists:
  - id: four
    choices: [{code: 1}, {code: 2}, {code: 3}, {code: 4}, {code: 9, missing: not_applicable}]
)";

// Items a, b, c of one to four.
std::string Four(const std::string& scores) {
  return absl::StrCat(kHead, R"(
sections:
  - code: s
    items:
      - {code: a, type: single_choice, choice_list: four}
      - {code: b, type: single_choice, choice_list: four}
      - {code: c, type: single_choice, choice_list: four}
scores:
)",
                      scores);
}

struct Case {
  const char* name;
  const char* score;                 // YAML of one score
  std::vector<const char*> answers;  // a, b, c
  std::optional<double> value;
  Outcome outcome;
  int answered;
};

TEST(ScoringTest, EachRuleSaysWhatItDid) {
  const char* kMean = "  - {id: S, rule: mean, items: [a, b, c], min_answered: 2}\n";
  const char* kSum = "  - {id: S, rule: sum, items: [a, b, c], min_answered: 2, reverse: [c]}\n";
  const char* kAll = "  - {id: S, rule: sum, items: [a, b, c]}\n";
  const char* kScaled =
      "  - {id: S, rule: mean, items: [a, b], rescale: "
      "{from_low: 1, from_high: 4, to_low: 100, to_high: 0}}\n";
  const char* kExpression = "  - {id: S, rule: expression, expression: '[a] / ([b] - [c])'}\n";
  const char* kLoose = "  - {id: S, rule: expression, expression: 'count([a], [b])', needs: []}\n";
  const char* kUnless = "  - {id: S, rule: mean, items: [a], not_applicable_when: '[b] = 1'}\n";
  for (const Case& test :
       {Case{"mean complete", kMean, {"1", "2", "4"}, 7.0 / 3, Outcome::kComplete, 3},
        Case{"mean prorated", kMean, {"1", "", "4"}, 2.5, Outcome::kProrated, 2},
        Case{"mean too few", kMean, {"1", "", ""}, std::nullopt, Outcome::kTooFewAnswered, 1},
        Case{"does not apply counts as missing",
             kMean,
             {"1", "9", "9"},
             std::nullopt,
             Outcome::kTooFewAnswered,
             1},
        Case{"refused counts as missing",
             kMean,
             {"1", "REF", "NAP"},
             std::nullopt,
             Outcome::kTooFewAnswered,
             1},
        Case{"sum reversed: 1 + 2 + (5 - 4)", kSum, {"1", "2", "4"}, 4, Outcome::kComplete, 3},
        Case{"sum prorated: mean of 1 and 5 - 4, times 3",
             kSum,
             {"1", "", "4"},
             3,
             Outcome::kProrated,
             2},
        Case{"all items by default",
             kAll,
             {"1", "2", ""},
             std::nullopt,
             Outcome::kTooFewAnswered,
             2},
        Case{"lowest answer is highest score", kScaled, {"1", "1", ""}, 100, Outcome::kComplete, 2},
        Case{"rescaled: 100 - (2.5 - 1) / 3 * 100",
             kScaled,
             {"1", "4", ""},
             50,
             Outcome::kComplete,
             2},
        Case{"expression", kExpression, {"3", "4", "2"}, 1.5, Outcome::kComputed, 3},
        Case{"needs all it names",
             kExpression,
             {"3", "4", ""},
             std::nullopt,
             Outcome::kNeedMissing,
             2},
        Case{
            "division by zero", kExpression, {"3", "4", "4"}, std::nullopt, Outcome::kUndefined, 3},
        Case{"needs nothing", kLoose, {"", "4", ""}, 1, Outcome::kComputed, 1},
        Case{"not applicable", kUnless, {"3", "1", ""}, std::nullopt, Outcome::kNotApplicable, 2},
        Case{"unknown is not not-applicable", kUnless, {"3", "", ""}, 3, Outcome::kComplete, 1}}) {
    const Scorer scorer = Compiled(Load(Four(test.score)));
    std::vector<Answer> answers(3);
    for (size_t i = 0; i < 3; ++i)
      EXPECT_FALSE(scorer.Read(i, test.answers[i], answers[i])) << test.name;
    std::vector<Result> results;
    scorer.Score(answers, results);
    ASSERT_EQ(results.size(), 1u);
    EXPECT_EQ(results[0].outcome, test.outcome) << test.name << ": " << NameOf(results[0].outcome);
    EXPECT_EQ(results[0].items_answered, test.answered) << test.name;
    ASSERT_EQ(results[0].value.has_value(), test.value.has_value()) << test.name;
    if (test.value) {
      EXPECT_NEAR(*results[0].value, *test.value, 1e-12) << test.name;
    }
  }
}

TEST(ScoringTest, CountsTheAnswersBehindAScoreOfScores) {
  const Scorer scorer =
      Compiled(Load(Four("  - {id: T, rule: expression, expression: '[S] * 2'}\n"
                         "  - {id: S, rule: mean, items: [a, b, c], min_answered: 1}\n")));
  std::vector<Answer> answers(3);
  ASSERT_FALSE(scorer.Read(0, "2", answers[0]));
  std::vector<Result> results;
  scorer.Score(answers, results);
  EXPECT_EQ(results[0].value, 4);
  EXPECT_EQ(results[0].items_answered, 1);
  EXPECT_EQ(results[0].items_total, 3);
}

struct Raw {
  const char* name;
  const char* item;  // YAML of one item
  const char* raw;
  const char* reason;  // of the violation, or "" where accepted
  MissingKind missing;
};

TEST(ScoringTest, ReadsRawCodesAndRefusesWhatTheItemCannotHold) {
  const char* kChoice = "{code: x, type: single_choice, choice_list: four}";
  const char* kInteger = "{code: x, type: integer, hard: {min: 0, max: 10}}";
  const char* kDecimal = "{code: x, type: decimal, hard: {min: 0, max: 168}}";
  const char* kBoxes =
      "{code: x, type: multiple_choice, choices: [{code: 1}, {code: 2}, {code: 0, "
      "exclusive: true}]}";
  const char* kDate = "{code: x, type: date, hard: {min: 2026-01-01, max: 2026-12-31}}";
  const char* kPartial = "{code: x, type: partial_date}";
  const char* kTime = "{code: x, type: time}";
  const char* kText = "{code: x, type: text, max_length: 3}";
  const MissingKind kAnswered = MissingKind::kNone;
  for (const Raw& test :
       {Raw{"code", kChoice, "4", "", kAnswered},
        Raw{"blanks around", kChoice, " 4 ", "", kAnswered},
        Raw{"spreadsheet decimal", kChoice, "4.0", "", kAnswered},
        Raw{"empty", kChoice, "", "", MissingKind::kNotAnswered},
        Raw{"refused", kChoice, "REF", "", MissingKind::kRefused},
        Raw{"an option that is missing", kChoice, "9", "", MissingKind::kNotApplicable},
        Raw{"out of range", kChoice, "5", "ANSWER_UNKNOWN_CODE", {}},
        Raw{"between codes", kChoice, "2.5", "ANSWER_UNKNOWN_CODE", {}},
        Raw{"words", kChoice, "two", "ANSWER_UNKNOWN_CODE", {}},
        Raw{"not a number", kChoice, "nan", "ANSWER_UNKNOWN_CODE", {}},
        Raw{"integer", kInteger, "10", "", kAnswered},
        Raw{"too large", kInteger, "11", "ANSWER_OUT_OF_RANGE", {}},
        Raw{"negative", kInteger, "-1", "ANSWER_OUT_OF_RANGE", {}},
        Raw{"fraction", kInteger, "1.5", "ANSWER_MALFORMED", {}},
        Raw{"decimal", kDecimal, "37.5", "", kAnswered},
        Raw{"decimal comma", kDecimal, "37,5", "ANSWER_MALFORMED", {}},
        Raw{"infinite", kDecimal, "inf", "ANSWER_MALFORMED", {}},
        Raw{"boxes", kBoxes, "1|2", "", kAnswered},
        Raw{"none of them", kBoxes, "0", "", kAnswered},
        Raw{"exclusive with others", kBoxes, "0|1", "ANSWER_MALFORMED", {}},
        Raw{"box twice", kBoxes, "1|1", "ANSWER_MALFORMED", {}},
        Raw{"unknown box", kBoxes, "1|3", "ANSWER_UNKNOWN_CODE", {}},
        Raw{"date", kDate, "2026-02-28", "", kAnswered},
        Raw{"no such day", kDate, "2026-02-29", "ANSWER_MALFORMED", {}},
        Raw{"date outside", kDate, "2027-01-01", "ANSWER_OUT_OF_RANGE", {}},
        Raw{"year", kPartial, "2026", "", kAnswered},
        Raw{"month", kPartial, "2026-11", "", kAnswered},
        Raw{"month 13", kPartial, "2026-13", "ANSWER_MALFORMED", {}},
        Raw{"time", kTime, "23:59", "", kAnswered},
        Raw{"hour 24", kTime, "24:00", "ANSWER_MALFORMED", {}},
        Raw{"three characters, six bytes", kText, "ééé", "", kAnswered},
        Raw{"four characters", kText, "éééé", "ANSWER_OUT_OF_RANGE", {}}}) {
    const Scorer scorer =
        Compiled(Load(absl::StrCat(kHead, "sections: [{code: s, items: [", test.item, "]}]\n")));
    Answer answer;
    const auto violation = scorer.Read(0, test.raw, answer);
    EXPECT_EQ(violation ? violation->reason : "", test.reason) << test.name;
    if (violation && *test.raw != '\0') {
      EXPECT_THAT(violation->message, ::testing::Not(HasSubstr(absl::StrCat(" ", test.raw, " "))))
          << test.name;
    }
    if (!violation) {
      EXPECT_EQ(answer.missing, test.missing) << test.name;
    }
  }
}

TEST(ScoringTest, ItemNineOfThePhqRaisesAnAlertEvenWhereTheTotalIsMissing) {
  const Scorer scorer = Compiled(Bundled("phq-9.yaml"));
  std::vector<Answer> answers(9);
  EXPECT_THAT(scorer.Alerts(answers), IsEmpty());
  ASSERT_FALSE(scorer.Read(8, "1", answers[8]));
  EXPECT_THAT(scorer.Alerts(answers), ElementsAre("item_9"));
  ASSERT_FALSE(scorer.Read(8, "0", answers[8]));
  EXPECT_THAT(scorer.Alerts(answers), IsEmpty());
}

TEST(ScoringTest, ComputedItemsAndMatrixRowsFeedScores) {
  const Scorer scorer = Compiled(Load(absl::StrCat(kHead, R"(
sections:
  - code: s
    items:
      - code: m
        type: matrix
        choice_list: four
        rows: [{code: r1}, {code: r2}]
      - {code: twice, type: computed, calculation: "2 * [r1]"}
scores:
  - {id: S, rule: sum, items: [twice, r2]}
)")));
  EXPECT_THAT(scorer.items(), ElementsAre("r1", "r2"));
  std::vector<Answer> answers(2);
  ASSERT_FALSE(scorer.Read(0, "3", answers[0]));
  ASSERT_FALSE(scorer.Read(1, "4", answers[1]));
  std::vector<Result> results;
  scorer.Score(answers, results);
  EXPECT_EQ(results[0].value, 10);
}

TEST(ScoringTest, RefusesAnInstrumentWithFaults) {
  instrument::Instrument faulty = Bundled("phq-9.yaml");
  faulty.scores[1].expression = "band([TOTALL], 5)";
  EXPECT_EQ(error::ReasonOf(Scorer::Compile(faulty).status()), "INSTRUMENT_INVALID");
}

}  // namespace
}  // namespace reprise::scoring
