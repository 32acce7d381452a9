// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/demo/story.h"

#include <gtest/gtest.h>

#include <set>

#include "absl/strings/str_cat.h"

#include "clients/cli/demo/answers.h"
#include "clients/cli/demo/sites.h"
#include "services/platform/testing/matchers.h"
#include "services/questionnaire/domain/instrument/bundled.h"

namespace reprise::cli::demo {
namespace {

using ::reprise::testing::IsOk;

study::v1::StudyDocument SmallDocument() {
  study::v1::StudyDocument document;
  auto* const stage = document.add_stages();
  stage->set_code("PILOT");
  stage->add_arms("INTERVENTION");
  auto* const factor = stage->mutable_allocation()->add_factors();
  factor->set_code("age_band");
  factor->add_levels("UNDER_45");
  factor->add_levels("FROM_45");
  for (const char* const code : {"SEX", "AGE", "EMPLOYED"}) document.add_criteria()->set_code(code);
  document.mutable_criteria(1)->set_min_age(18);
  document.mutable_criteria(1)->set_max_age(55);
  document.add_decline_reasons()->set_code("NO_TIME");
  auto* const baseline = document.add_questionnaires();
  baseline->set_timepoint("baseline");
  baseline->set_anchor("CONSENT");
  auto* const later = document.add_questionnaires();
  later->set_timepoint("T0+4m");
  later->set_anchor("T0");
  later->set_offset_months(4);
  later->set_before_days(14);
  later->set_after_days(30);
  auto* const transition = document.add_questionnaires();
  transition->set_timepoint("transition");
  transition->set_anchor("T0");
  transition->set_offset_months(1);
  transition->set_before_days(30);
  transition->set_after_days(30);
  auto* const back = document.add_questionnaires();
  back->set_timepoint("after_return");
  back->set_anchor("RETURN");
  back->set_offset_days(30);
  back->set_before_days(7);
  back->set_after_days(21);
  return document;
}

class StoryTest : public ::testing::Test {
 protected:
  StoryTest() {
    plan_.document = &document_;
    plan_.stage = "PILOT";
    plan_.opens = Day(2025, 3, 3);
    plan_.closes = Day(2025, 11, 10);
    plan_.today = Day(2026, 11, 20);
  }
  const study::v1::StudyDocument document_ = SmallDocument();
  Plan plan_;
};

std::string Text(const Story& story) {
  std::string text = absl::FormatCivilTime(story.screened) + story.decline;
  if (story.identity.has_value()) text += story.identity->SerializeAsString();
  if (!story.participation.has_value()) return text;
  for (const Step& step : story.participation->steps) {
    text += absl::FormatCivilTime(step.date) + absl::FormatCivilTime(step.recorded) + step.code + step.detail;
  }
  return text;
}

TEST_F(StoryTest, TheSameSeedTellsTheSameAndAnotherSeedAnother) {
  int different = 0;
  for (int number = 0; number < 50; ++number) {
    const std::string once = Text(Tell(plan_, 2, number, true));
    EXPECT_EQ(once, Text(Tell(plan_, 2, number, true)));
    Plan other = plan_;
    other.seed = 2;
    different += once != Text(Tell(other, 2, number, true)) ? 1 : 0;
  }
  EXPECT_EQ(different, 50);
}

TEST_F(StoryTest, NothingIsEnteredBeforeItHappensOrLaterThanToday) {
  for (int number = 0; number < 500; ++number) {
    const Story story = Tell(plan_, 0, number, true);
    ASSERT_TRUE(story.participation.has_value());
    const Participation& told = *story.participation;
    EXPECT_LE(story.screened, told.consent);
    EXPECT_LE(told.consent, told.enrolled);
    for (const Step& step : told.steps) {
      EXPECT_LE(step.date, step.recorded);
      EXPECT_LE(step.date, plan_.today);
      EXPECT_GE(step.recorded, told.enrolled);
    }
  }
}

// What the server would refuse: a questionnaire before the day that it counts from is known, or before its window
// by the day that is known then.
TEST_F(StoryTest, QuestionnairesWaitForTheDayThatTheyCountFrom) {
  int corrections = 0;
  for (int number = 0; number < 3000; ++number) {
    std::optional<Day> t0;
    bool returned = false;
    const Story story = Tell(plan_, 5, number, true);
    for (const Step& step : story.participation->steps) {
      if (step.code == "ACTIVE_TREATMENT_END") t0 = step.date;
      if (step.kind == Step::Kind::kCorrectedT0) ++corrections;
      if (step.code == "RETURNED") returned = true;
      if (step.kind != Step::Kind::kQuestionnaires || step.code == "baseline") continue;
      if (step.code == "after_return") {
        EXPECT_TRUE(returned) << number;
        continue;
      }
      ASSERT_TRUE(t0.has_value()) << number << " " << step.code;
      EXPECT_GE(step.date, *t0 + (step.code == "transition" ? 0 : 4 * 28 - 14)) << number << " " << step.code;
    }
  }
  EXPECT_GT(corrections, 100);
}

// Two of the same name and day of birth would be one person to the vault, and the second refused.
TEST_F(StoryTest, InventsAsManyPeopleAsALargeStudyHas) {
  std::set<std::string> people;
  for (int number = 0; number < 20000; ++number) {
    const Story story = Tell(plan_, 6, number, true);
    enrolment::v1::Identity name;
    name.set_birth_name(story.identity->birth_name());
    name.set_given_name(story.identity->given_name());
    *name.mutable_birth_date() = story.identity->birth_date();
    EXPECT_TRUE(people.insert(name.SerializeAsString()).second) << number;
  }
}

TEST_F(StoryTest, WorkSituationsFollowOneAnother) {
  for (int number = 0; number < 500; ++number) {
    Day last;
    bool first = true;
    const Story story = Tell(plan_, 1, number, true);
    for (const Step& step : story.participation->steps) {
      if (step.kind != Step::Kind::kWork) continue;
      if (!first) {
        EXPECT_GT(step.date, last) << number << " " << step.code;
      }
      first = false;
      last = step.date;
    }
  }
}

// The published rates, within four standard errors of 4,000 draws.
TEST_F(StoryTest, KeepsThePublishedRates) {
  constexpr int kDraws = 4000;
  int eligible = 0;
  int relapses = 0;
  for (int number = 0; number < kDraws; ++number) {
    eligible += Tell(plan_, 3, number, false).failed.empty() ? 1 : 0;
    int leaves = 0;
    const Story story = Tell(plan_, 4, number, true);
    for (const Step& step : story.participation->steps) {
      leaves += step.kind == Step::Kind::kWork && step.code == "SICK_LEAVE" ? 1 : 0;
    }
    relapses += leaves > 1 ? 1 : 0;
  }
  const double rest = plan_.rates.eligible * (1 - plan_.rates.consent);
  EXPECT_NEAR(static_cast<double>(eligible) / kDraws, rest, 4 * std::sqrt(rest * (1 - rest) / kDraws));
  // Fewer than those who return relapse, because some relapses lie after the end of observation.
  const double most = plan_.rates.relapse * (1 - plan_.rates.never_returns);
  EXPECT_LT(static_cast<double>(relapses) / kDraws, most + 4 * std::sqrt(most / kDraws));
  EXPECT_GT(static_cast<double>(relapses) / kDraws, 0.6 * most);
}

TEST(SitesTest, AreAddedAfterThoseOfTheDocumentOnTheLastDay) {
  study::v1::StudyDocument document;
  document.set_study("SMALL");
  document.set_label("1.0");
  for (const char* const opens : {"2025-03-03", "2025-04-01"}) {
    auto* const site = document.add_sites();
    site->set_code(absl::StrCat("A", document.sites_size()));
    site->set_opens_on(opens);
  }
  document.add_funding()->set_amount_eur(40000);
  const std::string json = WithMoreSites(document, 4);
  for (const char* const part : {R"("label":"1.0-4-sites")", R"({"code":"S03","name":"Centre 3","opens_on":"2025-04-01"})",
                                 R"({"code":"S04",)", R"("amount_eur":40000)"}) {
    EXPECT_NE(json.find(part), std::string::npos) << part << " in " << json;
  }
  EXPECT_EQ(json.find("S05"), std::string::npos);
  EXPECT_EQ(json.find("S02"), std::string::npos);
}

TEST(AnswererTest, EveryInstrumentOfOursAcceptsItsAnswers) {
  int instruments = 0;
  for (const instrument::BundledFile& file : instrument::BundledInstruments()) {
    if (std::string(file.name).rfind("reprise-", 0) != 0) continue;
    ++instruments;
    auto answerer = Answerer::Make(file.bytes);
    ASSERT_THAT(answerer, IsOk()) << file.name;
    for (uint64_t number = 0; number < 300; ++number) {
      Dice dice(9, 0, number);
      const auto answers = (*answerer)->Draw(dice, Day(2026, 5, 4));
      ASSERT_THAT(answers, IsOk()) << file.name << " " << number;
      EXPECT_FALSE(answers->empty());
    }
  }
  EXPECT_EQ(instruments, 6);
}

}  // namespace
}  // namespace reprise::cli::demo
