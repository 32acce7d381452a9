// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/domain/schedule/schedule.h"

#include <gtest/gtest.h>

#include "services/platform/testing/matchers.h"

namespace reprise::questionnaire {
namespace {

using absl::CivilDay;
using absl::StatusCode;
using reprise::testing::HasViolation;
using reprise::testing::IsOk;
using reprise::testing::StatusIs;

absl::TimeZone Zone(const char* name) {
  absl::TimeZone zone;
  EXPECT_TRUE(absl::LoadTimeZone(name, &zone));
  return zone;
}

// From 14 February to 14 March 2027.
Window FourMonths() {
  return {CivilDay(2027, 2, 14), CivilDay(2027, 2, 28), CivilDay(2027, 3, 14)};
}

struct StateCase {
  const char* name;
  bool opened;
  bool scheduled;
  bool window_known;
  bool draft;
  bool submitted;
  std::optional<CivilDay> end_date;
  CivilDay today;
  State expected;
};

TEST(StateOfTest, FollowsFromTheWindowTodayAndWhatIsRecorded) {
  const CivilDay before(2027, 2, 13), first(2027, 2, 14), last(2027, 3, 14), after(2027, 3, 15);
  const StateCase cases[] = {
      {"anchor unknown", false, true, false, false, false, {}, first, State::kScheduled},
      {"the day before the window", false, true, true, false, false, {}, before, State::kScheduled},
      {"first day of the window", false, true, true, false, false, {}, first, State::kOpen},
      {"last day of the window", false, true, true, false, false, {}, last, State::kOpen},
      {"the day after the window", false, true, true, false, false, {}, after, State::kMissed},
      {"opened and in the window", true, true, true, false, false, {}, last, State::kOpen},
      {"opened and missed", true, true, true, false, false, {}, after, State::kMissed},
      {"opened, then the window moved ahead", true, true, true, false, false, {}, before, State::kOpen},
      {"begun in the window", true, true, true, true, false, {}, first, State::kInProgress},
      {"begun and missed", true, true, true, true, false, {}, after, State::kMissed},
      {"submitted in the window", true, true, true, false, true, {}, last, State::kSubmitted},
      {"submitted late", true, true, true, false, true, {}, after, State::kSubmitted},
      {"besides the schedule", true, false, false, false, false, {}, after, State::kOpen},
      {"besides the schedule and begun", true, false, false, true, false, {}, after, State::kInProgress},
      {"besides the schedule and submitted", true, false, false, false, true, {}, after, State::kSubmitted},
      {"Scenario27: died in the window", true, true, true, false, false, last, last, State::kCancelled},
      {"Scenario27: died before the window", false, true, true, false, false, before, after, State::kCancelled},
      {"Scenario27: died with T0 unknown", false, true, false, false, false, before, after, State::kCancelled},
      {"Scenario27: died with answers begun", true, true, true, true, false, last, last, State::kCancelled},
      {"Scenario27: submitted, then died", true, true, true, false, true, last, after, State::kSubmitted},
      {"missed, then ended", true, true, true, false, false, after, after, State::kMissed},
      {"ended on the last day", false, true, true, false, false, last, after, State::kCancelled},
      {"besides the schedule and ended", true, false, false, false, false, first, last, State::kCancelled},
  };
  for (const StateCase& c : cases) {
    SCOPED_TRACE(c.name);
    Occasion occasion{.instance_id = c.opened ? "i" : "", .scheduled = c.scheduled, .has_draft = c.draft,
                      .end_date = c.end_date};
    if (c.window_known) occasion.window = FourMonths();
    if (c.submitted) occasion.submit_time = absl::UnixEpoch();
    EXPECT_EQ(StateOf(occasion, c.today), c.expected);
  }
}

TEST(StateOfTest, NeverGoesBackAsDaysPassWithoutNews) {
  for (const bool opened : {false, true}) {
    for (const bool draft : {false, true}) {
      if (draft && !opened) continue;
      Occasion occasion{.instance_id = opened ? "i" : "", .scheduled = true, .has_draft = draft};
      occasion.window = FourMonths();
      const auto rank = [](State state) {
        return state == State::kScheduled ? 0 : state == State::kMissed ? 2 : 1;
      };
      int reached = 0;
      for (CivilDay day(2027, 1, 1); day < CivilDay(2027, 6, 1); ++day) {
        const int now = rank(StateOf(occasion, day));
        EXPECT_GE(now, reached);
        reached = now;
      }
      EXPECT_EQ(reached, 2);
    }
  }
}

TEST(TakesAnswersTest, FromTheWindowOnUntilItIsAnsweredOrSheLeaves) {
  const CivilDay before(2027, 2, 13), first(2027, 2, 14), after(2027, 3, 15);
  Occasion occasion{.instrument_version_id = "published", .scheduled = true, .window = FourMonths()};
  EXPECT_FALSE(TakesAnswers(occasion, before));
  EXPECT_TRUE(TakesAnswers(occasion, first));
  EXPECT_TRUE(TakesAnswers(occasion, after)) << "late is allowed";
  occasion.instrument_version_id.clear();
  EXPECT_FALSE(TakesAnswers(occasion, first)) << "nothing is published to be filled in";
  occasion.instrument_version_id = "published";
  occasion.end_date = after;
  EXPECT_EQ(StateOf(occasion, after), State::kMissed);
  EXPECT_FALSE(TakesAnswers(occasion, after)) << "she left";
  occasion.end_date.reset();
  occasion.submit_time = absl::UnixEpoch();
  EXPECT_FALSE(TakesAnswers(occasion, first));
}

TEST(IsOutOfWindowTest, LooksAtTheDayOfTheAnswerAtHerSite) {
  Occasion occasion{.scheduled = true};
  EXPECT_FALSE(IsOutOfWindow(occasion, Zone("Europe/Paris")));
  occasion.window = Window{CivilDay(2026, 10, 10), CivilDay(2026, 10, 17), CivilDay(2026, 10, 24)};
  EXPECT_FALSE(IsOutOfWindow(occasion, Zone("Europe/Paris"))) << "not submitted";
  // Scenario 17: stored without its day, 23:30 UTC of the last day is the next day in Paris.
  occasion.submit_time = absl::FromCivil(absl::CivilMinute(2026, 10, 24, 23, 30), absl::UTCTimeZone());
  EXPECT_TRUE(IsOutOfWindow(occasion, Zone("Europe/Paris")));
  EXPECT_FALSE(IsOutOfWindow(occasion, absl::UTCTimeZone()));
  occasion.answered_date = CivilDay(2026, 10, 24);
  EXPECT_FALSE(IsOutOfWindow(occasion, Zone("Europe/Paris"))) << "the stored day counts";
  occasion.answered_date = CivilDay(2026, 10, 9);
  EXPECT_TRUE(IsOutOfWindow(occasion, Zone("Europe/Paris")));
  occasion.window.reset();
  EXPECT_FALSE(IsOutOfWindow(occasion, Zone("Europe/Paris"))) << "besides the schedule";
}

TEST(CheckOpeningTest, AsksForADueQuestionnaireOfAParticipantWhoIsStillThere) {
  Occasion occasion{.scheduled = true};
  EXPECT_THAT(CheckOpening(occasion, CivilDay(2027, 2, 14)),
              StatusIs(StatusCode::kFailedPrecondition, "INSTANCE_NOT_DUE"));
  occasion.window = FourMonths();
  EXPECT_THAT(CheckOpening(occasion, CivilDay(2027, 2, 13)),
              StatusIs(StatusCode::kFailedPrecondition, "INSTANCE_NOT_DUE"));
  EXPECT_THAT(CheckOpening(occasion, CivilDay(2027, 2, 14)), IsOk());
  EXPECT_THAT(CheckOpening(occasion, CivilDay(2028, 1, 1)), IsOk()) << "late is allowed";
  occasion.end_date = CivilDay(2027, 2, 20);
  EXPECT_THAT(CheckOpening(occasion, CivilDay(2027, 2, 21)),
              StatusIs(StatusCode::kFailedPrecondition, "INSTANCE_CANCELLED"));
  EXPECT_THAT(CheckOpening(Occasion{}, CivilDay(2020, 1, 1)), IsOk()) << "besides the schedule";
}

TEST(OccasionForTest, FindsTheScheduledOneAndRefusesItsOtherVersions) {
  const Occasion scheduled{.instrument_version_id = "v1", .instrument_id = "diary",
                           .instrument_version = "1.0", .timepoint = "T0+4m", .scheduled = true, .position = 7};
  const Occasion asked{.instrument_version_id = "v1", .instrument_id = "diary", .timepoint = "T0+4m"};
  const auto found = OccasionFor({scheduled}, asked);
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(found->position, 7);
  Occasion other = asked;
  other.instrument_version_id = "v2";
  EXPECT_THAT(OccasionFor({scheduled}, other),
              StatusIs(StatusCode::kFailedPrecondition, "INSTRUMENT_VERSION_NOT_SCHEDULED"));
  other.instrument_id = "another";
  const auto besides = OccasionFor({scheduled}, other);
  ASSERT_THAT(besides, IsOk());
  EXPECT_FALSE(besides->scheduled);
  other = asked;
  other.timepoint = "T0+5m";
  ASSERT_THAT(OccasionFor({scheduled}, other), IsOk());
  EXPECT_FALSE(OccasionFor({scheduled}, other)->scheduled);
  Occasion opened = scheduled;
  opened.instance_id = "i";
  EXPECT_THAT(OccasionFor({opened}, asked), StatusIs(StatusCode::kAlreadyExists, "INSTANCE_EXISTS"));
}

TEST(CheckAnsweredDateTest, RefusesTheFutureAndWhatWasNotYetAsked) {
  const CivilDay today(2027, 3, 1);
  EXPECT_THAT(CheckAnsweredDate(today, today, std::nullopt), IsOk());
  EXPECT_THAT(CheckAnsweredDate(CivilDay(2020, 1, 1), today, std::nullopt), IsOk());
  EXPECT_THAT(CheckAnsweredDate(CivilDay(2027, 2, 14), today, CivilDay(2027, 2, 14)), IsOk());
  const absl::Status future = CheckAnsweredDate(CivilDay(2027, 3, 2), today, std::nullopt);
  EXPECT_THAT(future, StatusIs(StatusCode::kInvalidArgument, "DATE_IN_FUTURE"));
  EXPECT_THAT(future, HasViolation("answered_date", "DATE_IN_FUTURE"));
  EXPECT_THAT(CheckAnsweredDate(CivilDay(2027, 2, 13), today, CivilDay(2027, 2, 14)),
              StatusIs(StatusCode::kInvalidArgument, "DATE_BEFORE_OPENING"));
}

TEST(EarliestDayTest, IsTheLaterOfWindowAndConsent) {
  EXPECT_EQ(EarliestDay(std::nullopt, std::nullopt), std::nullopt);
  EXPECT_EQ(EarliestDay(std::nullopt, CivilDay(2027, 1, 1)), CivilDay(2027, 1, 1));
  EXPECT_EQ(EarliestDay(FourMonths(), std::nullopt), CivilDay(2027, 2, 14));
  EXPECT_EQ(EarliestDay(FourMonths(), CivilDay(2027, 1, 1)), CivilDay(2027, 2, 14));
  EXPECT_EQ(EarliestDay(FourMonths(), CivilDay(2027, 2, 20)), CivilDay(2027, 2, 20));
}

}  // namespace
}  // namespace reprise::questionnaire
