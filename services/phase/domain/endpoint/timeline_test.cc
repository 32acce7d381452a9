// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/endpoint/timeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "absl/strings/str_cat.h"

namespace reprise::endpoint {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Episode Of(int start, int end, WorkStatus status, std::optional<double> fraction = 0) {
  Episode episode;
  episode.start_day = start;
  episode.end_day = end;
  episode.status = status;
  episode.fraction[0] = fraction;
  return episode;
}

Participant Until(int end) {
  Participant participant;
  participant.index_day = 0;
  participant.obs_end_day = end;
  return participant;
}

std::vector<std::string> Faults(const std::vector<Fault>& faults) {
  std::vector<std::string> text;
  for (const Fault& fault : faults) {
    text.push_back(absl::StrCat(fault.episode, " ", fault.field, " ", fault.reason));
  }
  return text;
}

constexpr auto kSick = WorkStatus::kSick;
constexpr auto kWork = WorkStatus::kWork;
constexpr auto kPartial = WorkStatus::kPartial;
constexpr auto kLeave = WorkStatus::kLeave;

TEST(CheckEpisodesTest, NamesEpisodeAndField) {
  struct Case {
    const char* name;
    std::vector<Episode> episodes;
    std::vector<std::string> faults;
  };
  const Case cases[] = {
      {"fine, unordered, with a gap", {Of(60, 90, kWork, 1), Of(0, 50, kSick)}, {}},
      {"touching is no overlap", {Of(0, 50, kSick), Of(50, 60, kWork, 1)}, {}},
      {"ends before it starts", {Of(0, 50, kSick), Of(60, 59, kSick)},
       {"1 end_day EPISODE_ENDS_BEFORE_START"}},
      {"no length", {Of(5, 5, kSick)}, {"0 end_day EPISODE_ENDS_BEFORE_START"}},
      {"overlap", {Of(0, 50, kSick), Of(49, 60, kWork, 1)}, {"1 start_day EPISODES_OVERLAP"}},
      {"overlap with an earlier long one", {Of(0, 90, kSick), Of(10, 20, kWork, 1),
       Of(30, 40, kWork, 1)}, {"1 start_day EPISODES_OVERLAP", "2 start_day EPISODES_OVERLAP"}},
      {"fraction above 1", {Of(0, 50, kWork, 1.01)}, {"0 work_fraction FRACTION_OUT_OF_RANGE"}},
      {"fraction below 0", {Of(0, 50, kPartial, -.1)}, {"0 work_fraction FRACTION_OUT_OF_RANGE"}},
      {"fraction not a number", {Of(0, 50, kWork, std::nan(""))},
       {"0 work_fraction FRACTION_OUT_OF_RANGE"}},
      {"work without fraction", {Of(0, 50, kWork, std::nullopt)},
       {"0 work_fraction FRACTION_MISSING"}},
      {"sick without fraction", {Of(0, 50, kSick, std::nullopt)}, {}},
      {"worked while on leave is no return (scenario 33)", {Of(0, 50, kSick, .5)},
       {"0 work_fraction FRACTION_NOT_ZERO"}},
      {"a day beyond all calendars", {Of(0, std::numeric_limits<int>::max(), kSick)},
       {"0 end_day DAY_OUT_OF_RANGE"}},
      {"the smallest day there is", {Of(std::numeric_limits<int>::min(), 4, kSick)},
       {"0 start_day DAY_OUT_OF_RANGE"}},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Faults(CheckEpisodes(Until(200), c.episodes)), c.faults) << c.name;
  }
}

TEST(CheckEpisodesTest, RefusesWorkAfterDeath) {
  Participant participant = Until(100);
  participant.end_reason = EndReason::kCompeting;
  participant.competing = CompetingEvent::kDeath;
  participant.competing_day = 80;
  EXPECT_THAT(Faults(CheckEpisodes(participant, {{Of(0, 80, kSick), Of(80, 100, kWork, 1)}})),
              ElementsAre("1 start_day EPISODE_AFTER_DEATH"));
}

TEST(CheckParticipantTest, NamesTheField) {
  Participant fine = Until(100);
  EXPECT_THAT(CheckParticipant(fine), IsEmpty());
  EXPECT_THAT(Faults(CheckParticipant(Until(-1))),
              ElementsAre("-1 obs_end_day OBSERVATION_ENDS_BEFORE_INDEX"));
  Participant late = Until(100);
  late.competing_day = 101;
  EXPECT_THAT(Faults(CheckParticipant(late)),
              ElementsAre("-1 competing_day COMPETING_DAY_OUT_OF_OBSERVATION"));
  Participant early = Until(100);
  early.competing_day = -1;
  EXPECT_THAT(Faults(CheckParticipant(early)),
              ElementsAre("-1 competing_day COMPETING_DAY_OUT_OF_OBSERVATION"));
  Participant undated = Until(100);
  undated.competing = CompetingEvent::kDeath;
  EXPECT_THAT(Faults(CheckParticipant(undated)),
              ElementsAre("-1 competing_day COMPETING_DAY_MISSING"));
  Participant drawn = Until(100);
  drawn.randomisation_day = 101;
  EXPECT_THAT(Faults(CheckParticipant(drawn)),
              ElementsAre("-1 obs_end_day OBSERVATION_ENDS_BEFORE_RANDOMISATION"));
  Participant dateless;
  dateless.obs_end_day = 10;
  dateless.index_date = absl::CivilDay(2026, 1, 1);
  EXPECT_THAT(Faults(CheckParticipant(dateless)),
              ElementsAre("-1 index_date INDEX_DATE_WITHOUT_DAY"));
}

TEST(ResolveOverlapsTest, PartialWinsOverSickAndSickOverLeave) {
  const std::vector<Episode> episodes = {Of(0, 100, kSick), Of(90, 130, kPartial, .5),
                                         Of(20, 40, kLeave)};
  const Resolution resolution = ResolveOverlaps(episodes);
  EXPECT_THAT(CheckEpisodes(Until(200), resolution.episodes), IsEmpty());
  EXPECT_THAT(Normalise(resolution.episodes),
              ElementsAre(Of(0, 90, kSick), Of(90, 130, kPartial, .5)));
  ASSERT_EQ(resolution.conflicts.size(), 2u);
  EXPECT_EQ(resolution.conflicts[0].kept, 1);
  EXPECT_EQ(resolution.conflicts[0].dropped, 0);
  EXPECT_EQ(resolution.conflicts[0].start_day, 90);
  EXPECT_EQ(resolution.conflicts[0].end_day, 100);
  EXPECT_EQ(resolution.conflicts[1].kept, 0);
  EXPECT_EQ(resolution.conflicts[1].dropped, 2);
}

TEST(ResolveOverlapsTest, LeavesALeaveAroundASickSpellInTwoParts) {
  const std::vector<Episode> episodes = {Of(0, 30, kLeave), Of(10, 20, kSick)};
  EXPECT_THAT(Normalise(ResolveOverlaps(episodes).episodes),
              ElementsAre(Of(0, 10, kLeave), Of(10, 20, kSick), Of(20, 30, kLeave)));
}

TEST(ResolveOverlapsTest, LeavesOtherOverlapsInPlace) {
  const std::vector<Episode> work = {Of(0, 50, kSick), Of(40, 60, kWork, 1)};
  EXPECT_THAT(Faults(CheckEpisodes(Until(90), ResolveOverlaps(work).episodes)),
              ElementsAre("1 start_day EPISODES_OVERLAP"));
  const std::vector<Episode> twice = {Of(0, 50, kSick), Of(0, 50, kSick)};
  EXPECT_THAT(Faults(CheckEpisodes(Until(90), ResolveOverlaps(twice).episodes)),
              ElementsAre("1 start_day EPISODES_OVERLAP"));
}

TEST(NamesTest, AreReadBackAsWritten) {
  for (int i = 0; i <= static_cast<int>(WorkStatus::kOther); ++i) {
    const auto status = static_cast<WorkStatus>(i);
    EXPECT_EQ(WorkStatusOf(NameOf(status)), status);
  }
  EXPECT_EQ(WorkStatusOf("sick"), std::nullopt);
  EXPECT_EQ(WorkStatusOf(""), std::nullopt);
  EXPECT_EQ(EndReasonOf("died"), std::nullopt);
  EXPECT_EQ(CompetingEventOf("withdrawal"), std::nullopt);
}

}  // namespace
}  // namespace reprise::endpoint
