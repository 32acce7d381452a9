// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/progression/board.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace reprise::cohort {
namespace {

const absl::CivilDay kConsent(2025, 1, 10);
const absl::CivilDay kToday(2026, 8, 1);

Course Someone(const char* arm) {
  Course course;
  course.person = {.site = "LYO", .consent_date = kConsent, .today = kToday};
  course.person.events = {{EventKind::kConsented, kConsent}, {EventKind::kEnrolled, kConsent}};
  if (arm != nullptr) {
    course.person.arm = arm;
    course.intervention_arm = *arm == 'I';
  }
  return course;
}

// Wilson 95 % of n = 40 as pinned by the study design: 24 60 % [44.6-73.7], 28 70 % [54.6-81.9],
// 32 80 % [65.2-89.5], 36 90 % [76.9-96.0]; Hubbard 2013: 163/1114, 23/111, 18/23.
TEST(JudgeTest, GivesThePublishedWilsonIntervals) {
  struct Case {
    const char* name;
    int64_t x, n;
    double estimate, lower, upper, within;
  };
  const Case cases[] = {{"24/40", 24, 40, .60, .446, .737, 5e-4},      {"28/40", 28, 40, .70, .546, .819, 5e-4},
                        {"32/40", 32, 40, .80, .652, .895, 5e-4},      {"36/40", 36, 40, .90, .769, .960, 5e-4},
                        {"Hubbard eligible", 163, 1114, .146, .127, .168, 6e-4},
                        {"Hubbard consent", 23, 111, .207, .142, .292, 6e-4}};
  for (const Case& c : cases) {
    Evidence evidence;
    evidence.flow.eligible = c.x;
    evidence.flow.screened = c.n;
    const auto judged = Judge({.metric = "ELIGIBILITY", .green = 1, .red = 0}, evidence);
    ASSERT_TRUE(judged.ok()) << c.name;
    EXPECT_NEAR(*judged->estimate, c.estimate, c.within) << c.name;
    EXPECT_NEAR(*judged->lower, c.lower, c.within) << c.name;
    EXPECT_NEAR(*judged->upper, c.upper, c.within) << c.name;
  }
}

TEST(JudgeTest, GivesNoLightWithoutADenominatorOrForAnUnknownMetric) {
  for (const char* const metric : {"ELIGIBILITY", "CONSENT", "RANDOMISATION", "RECRUITMENT_RATE", "T0_KNOWN",
                                   "RETENTION", "QUESTIONNAIRE_RETURN", "ASCERTAINABILITY", "FIDELITY",
                                   "CONTAMINATION", "WITHDRAWAL", "MOOD"}) {
    const auto judged = Judge({.metric = metric, .green = 0.5}, Evidence());
    ASSERT_TRUE(judged.ok()) << metric;
    EXPECT_EQ(judged->colour, Colour::kNone) << metric;
    EXPECT_FALSE(judged->estimate.has_value()) << metric;
    EXPECT_EQ(judged->count.denominator, 0) << metric;
  }
}

TEST(ColourOfTest, TurnsAtTheLimits) {
  struct Case {
    const char* name;
    double green, red;
    bool lower;
    double value;
    Colour colour;
  };
  const Case cases[] = {
      {"at green", .7, .5, false, 28.0 / 40, Colour::kGreen}, {"below green", .7, .5, false, 27.0 / 40, Colour::kAmber},
      {"at red", .7, .5, false, .5, Colour::kAmber},          {"beyond red", .7, .5, false, .499, Colour::kRed},
      {"low at green", .1, .3, true, .1, Colour::kGreen},     {"low above green", .1, .3, true, .11, Colour::kAmber},
      {"low at red", .1, .3, true, .3, Colour::kAmber},       {"low beyond red", .1, .3, true, .31, Colour::kRed},
      {"a third", 1.0 / 3, .2, false, 13.0 / 39, Colour::kGreen}};
  for (const Case& c : cases) {
    EXPECT_EQ(ColourOf({.green = c.green, .red = c.red, .lower_is_better = c.lower}, c.value), c.colour) << c.name;
  }
}

TEST(JudgeTest, JudgesOnTheUnfavourableEndWhereTheRuleSaysSo) {
  Evidence evidence;
  evidence.flow.eligible = 28;  // 0.546 to 0.819
  evidence.flow.screened = 40;
  const auto light = [&](double green, double red, bool lower, bool interval) {
    return Judge({.metric = "ELIGIBILITY", .green = green, .red = red, .lower_is_better = lower,
                  .on_interval = interval}, evidence)->colour;
  };
  EXPECT_EQ(light(.6, .5, false, false), Colour::kGreen);
  EXPECT_EQ(light(.6, .5, false, true), Colour::kAmber);
  EXPECT_EQ(light(.7, .6, false, true), Colour::kRed);
  EXPECT_EQ(light(.75, .8, true, false), Colour::kGreen);
  EXPECT_EQ(light(.75, .8, true, true), Colour::kRed);
}

// Garwood's interval of 12 events is 6.2006 to 20.9616 (chi-square quantiles 12.4012 and 41.9232, halved).
TEST(JudgeTest, GivesTheRateByOpenSiteMonthWithGarwoodsInterval) {
  Evidence evidence{.has_arms = true, .open_days = 365 + 1};  // 12.0246 months of 30.4375 days
  evidence.flow.randomised = 12;
  evidence.flow.enrolled = 20;
  const ProgressionRule rule{.metric = "RECRUITMENT_RATE", .green = 0.9, .red = 0.5};
  const auto judged = Judge(rule, evidence);
  ASSERT_TRUE(judged.ok());
  EXPECT_EQ(judged->count.numerator, 12);
  EXPECT_EQ(judged->count.denominator, 12025);
  EXPECT_NEAR(*judged->estimate, 12 / 12.025, 1e-12);
  EXPECT_NEAR(*judged->lower, 6.2006 / 12.025, 1e-4);
  EXPECT_NEAR(*judged->upper, 20.9616 / 12.025, 1e-4);
  EXPECT_EQ(judged->colour, Colour::kGreen);
  evidence.has_arms = false;  // whoever is enrolled then
  EXPECT_EQ(Judge(rule, evidence)->count.numerator, 20);
}

TEST(CountOfTest, CountsTheStepsOfTheFlow) {
  Evidence evidence{.has_arms = true};
  evidence.flow.eligible = 163;
  evidence.flow.screened = 1114;
  evidence.flow.consented = 23;
  evidence.flow.declined = 88;
  evidence.flow.randomised = 18;
  EXPECT_EQ(CountOf("ELIGIBILITY", "", evidence)->denominator, 1114);
  EXPECT_EQ(CountOf("CONSENT", "", evidence)->numerator, 23);
  EXPECT_EQ(CountOf("CONSENT", "", evidence)->denominator, 111);
  EXPECT_EQ(CountOf("RANDOMISATION", "", evidence)->numerator, 18);
  EXPECT_EQ(CountOf("RANDOMISATION", "", evidence)->denominator, 23);
}

TEST(CountOfTest, RetainsWhoeverSubmittedAllThatIsDue) {
  struct Case {
    const char* name;
    std::vector<Due> due;
    std::optional<absl::CivilDay> death;
    int64_t people, kept, asked, returned;  // RETENTION, then QUESTIONNAIRE_RETURN
  };
  const absl::CivilDay past = kToday - 1;
  const Case cases[] = {
      {"all submitted", {{"M4", past, true}, {"M4", past, true}}, {}, 1, 1, 2, 2},
      {"one missing", {{"M4", past, true}, {"M4", past, false}}, {}, 1, 0, 2, 1},
      {"closes today", {{"M4", kToday, true}}, {}, 0, 0, 0, 0},
      {"another timepoint", {{"M8", past, true}}, {}, 0, 0, 0, 0},
      {"not scheduled", {}, {}, 0, 0, 0, 0},
      {"died before it closed", {{"M4", past, false}}, past - 1, 0, 0, 0, 0},
      {"died on its last day", {{"M4", past, false}}, past, 1, 0, 1, 0}};
  for (const Case& c : cases) {
    Evidence evidence{.has_arms = true, .courses = {Someone("I"), Someone(nullptr)}};
    for (Course& course : evidence.courses) {
      course.questionnaires = c.due;
      if (c.death.has_value()) course.person.events.push_back({EventKind::kDeceased, *c.death});
    }
    // The second is not allocated, and so not followed.
    EXPECT_EQ(CountOf("RETENTION", "M4", evidence)->denominator, c.people) << c.name;
    EXPECT_EQ(CountOf("RETENTION", "M4", evidence)->numerator, c.kept) << c.name;
    EXPECT_EQ(CountOf("QUESTIONNAIRE_RETURN", "M4", evidence)->denominator, c.asked) << c.name;
    EXPECT_EQ(CountOf("QUESTIONNAIRE_RETURN", "M4", evidence)->numerator, c.returned) << c.name;
    evidence.has_arms = false;
    EXPECT_EQ(CountOf("RETENTION", "M4", evidence)->denominator, 2 * c.people) << c.name;
  }
}

TEST(CountOfTest, KeepsTheWithdrawnAmongThoseFromWhomAQuestionnaireIsDue) {
  Evidence evidence{.has_arms = true, .courses = {Someone("I")}};
  evidence.courses[0].questionnaires = {{"M4", kToday - 1, false}};
  evidence.courses[0].person.events.push_back({EventKind::kWithdrawn, kConsent + 5});
  EXPECT_EQ(CountOf("RETENTION", "M4", evidence)->denominator, 1);
  EXPECT_EQ(CountOf("WITHDRAWAL", "", evidence)->numerator, 1);
  EXPECT_EQ(CountOf("WITHDRAWAL", "", evidence)->denominator, 1);
}

TEST(CountOfTest, CountsFidelityInTheInterventionArmOnly) {
  Evidence evidence{.has_arms = true, .courses = {Someone("I"), Someone("I"), Someone("C"), Someone(nullptr)}};
  for (Course& course : evidence.courses) {
    course.components = {{"GUIDE", kToday - 1, true, true}, {"CATCH_UP", kToday - 1, false, false},
                         {"LATER", kToday, true, false}};
  }
  evidence.courses[1].components[0].in_window = false;
  EXPECT_EQ(CountOf("FIDELITY", "GUIDE", evidence)->numerator, 1);
  EXPECT_EQ(CountOf("FIDELITY", "GUIDE", evidence)->denominator, 2);
  EXPECT_EQ(CountOf("FIDELITY", "CATCH_UP", evidence)->denominator, 0);  // not applicable
  EXPECT_EQ(CountOf("FIDELITY", "LATER", evidence)->denominator, 0);     // not due
  EXPECT_EQ(CountOf("FIDELITY", "", evidence)->denominator, 2);          // all components
}

TEST(CountOfTest, CountsContaminationInTheControlArmOnly) {
  Evidence evidence{.has_arms = true, .courses = {Someone("I"), Someone("C"), Someone("C"), Someone(nullptr)}};
  evidence.courses[0].contaminated = true;
  evidence.courses[1].contaminated = true;
  EXPECT_EQ(CountOf("CONTAMINATION", "", evidence)->numerator, 1);
  EXPECT_EQ(CountOf("CONTAMINATION", "", evidence)->denominator, 2);
}

TEST(CountOfTest, AsksForT0OfWhoeverIsEnrolled) {
  Evidence evidence{.has_arms = true, .courses = {Someone("I"), Someone(nullptr), Someone(nullptr)}};
  evidence.courses[1].t0 = kConsent;
  evidence.courses[2].person.events.pop_back();  // consented only
  EXPECT_EQ(CountOf("T0_KNOWN", "", evidence)->numerator, 1);
  EXPECT_EQ(CountOf("T0_KNOWN", "", evidence)->denominator, 2);
}

TEST(CountOfTest, AwaitsTheLastDayOnWhichARunCanBeConfirmed) {
  Evidence evidence{.has_arms = true, .courses = {Someone("I")}};
  Course& course = evidence.courses[0];
  course.t0 = absl::CivilDay(2025, 1, 31);
  course.t0_and_a_year = absl::CivilDay(2026, 1, 31);  // a run may end on 27 February
  course.person.today = absl::CivilDay(2026, 2, 27);
  EXPECT_EQ(CountOf("ASCERTAINABILITY", "", evidence)->denominator, 0);
  course.person.today = absl::CivilDay(2026, 2, 28);
  EXPECT_EQ(CountOf("ASCERTAINABILITY", "", evidence)->denominator, 1);
  EXPECT_EQ(CountOf("ASCERTAINABILITY", "", evidence)->numerator, 0);
  course.work = {{WorkMeaning::kNoWork, 0, *course.t0, std::nullopt}};
  EXPECT_EQ(CountOf("ASCERTAINABILITY", "", evidence)->numerator, 1);
}

TEST(IsAscertainableTest, NeedsEveryDayUntilTheEventOrTheEnd) {
  const absl::CivilDay t0(2025, 1, 1), last_start(2026, 1, 1);
  using W = WorkMeaning;
  struct Case {
    const char* name;
    std::vector<WorkEpisode> work;
    std::optional<absl::CivilDay> death;
    bool ascertainable;
  };
  const auto none = std::nullopt;
  const Case cases[] = {
      {"nothing known", {}, {}, false},
      {"off all the year", {{W::kNoWork, 0, t0 - 90, none}}, {}, true},
      {"begins a day late", {{W::kNoWork, 0, t0 + 1, none}}, {}, false},
      {"known to the last day", {{W::kNoWork, 0, t0, last_start + 27}}, {}, true},
      {"ends a day early", {{W::kNoWork, 0, t0, last_start + 26}}, {}, false},
      {"28 days at half time, then nothing", {{W::kNoWork, 0, t0, t0 + 9}, {W::kWork, 50, t0 + 10, t0 + 37}}, {}, true},
      {"27 days only", {{W::kNoWork, 0, t0, t0 + 9}, {W::kWork, 50, t0 + 10, t0 + 36}}, {}, false},
      {"28 days at 49 %", {{W::kWork, 49, t0, t0 + 27}}, {}, false},
      {"60 % then 100 % is one run", {{W::kWork, 60, t0, t0 + 13}, {W::kWork, 100, t0 + 14, t0 + 27}}, {}, true},
      {"a sick day breaks it",
       {{W::kWork, 50, t0, t0 + 26}, {W::kNoWork, 0, t0 + 27, t0 + 27}, {W::kWork, 50, t0 + 28, t0 + 54}}, {}, false},
      {"paid leave bridges it",
       {{W::kWork, 50, t0, t0 + 9}, {W::kBridge, 0, t0 + 10, t0 + 19}, {W::kWork, 50, t0 + 20, t0 + 27}}, {}, true},
      {"a gap before the run", {{W::kNoWork, 0, t0, t0 + 9}, {W::kWork, 100, t0 + 11, none}}, {}, false},
      {"said to be unknown", {{W::kUnknown, 0, t0, t0 + 9}, {W::kWork, 100, t0 + 10, none}}, {}, false},
      {"unknown before T0 only", {{W::kUnknown, 0, t0 - 9, t0 - 1}, {W::kWork, 100, t0, none}}, {}, true},
      {"unknown after the event", {{W::kWork, 100, t0, t0 + 27}, {W::kUnknown, 0, t0 + 28, none}}, {}, true},
      {"known until she died", {{W::kNoWork, 0, t0, t0 + 99}}, t0 + 100, true},
      {"died after a gap", {{W::kNoWork, 0, t0, t0 + 99}}, t0 + 102, false},
      {"run begins on the last day", {{W::kNoWork, 0, t0, last_start - 1}, {W::kWork, 50, last_start, last_start + 27}},
       {}, true},
  };
  for (const Case& c : cases) EXPECT_EQ(IsAscertainable(t0, last_start, c.work, c.death), c.ascertainable) << c.name;
}

TEST(WorstTest, IsTheWorstLightThatThereIs) {
  const auto of = [](std::vector<Colour> colours) {
    std::vector<Judgement> judgements;
    for (const Colour colour : colours) judgements.push_back({.colour = colour});
    return Worst(judgements);
  };
  EXPECT_EQ(of({}), Colour::kNone);
  EXPECT_EQ(of({Colour::kNone, Colour::kGreen}), Colour::kGreen);
  EXPECT_EQ(of({Colour::kGreen, Colour::kAmber, Colour::kNone}), Colour::kAmber);
  EXPECT_EQ(of({Colour::kRed, Colour::kGreen}), Colour::kRed);
}

}  // namespace
}  // namespace reprise::cohort
