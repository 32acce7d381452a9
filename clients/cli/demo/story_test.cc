// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/demo/story.h"

#include <gtest/gtest.h>

#include "clients/cli/demo/answers.h"
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
  later->set_after_days(30);
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
