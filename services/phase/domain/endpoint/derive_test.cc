// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/endpoint/derive.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "services/phase/domain/endpoint/landmark.h"
#include "services/phase/domain/endpoint/timelines_for_test.h"
#include "services/platform/text/csv.h"
#include "services/platform/text/number.h"

namespace reprise::endpoint {
namespace {

std::vector<Episode> ParseEpisodes(const std::string& text) {
  std::vector<Episode> episodes;
  for (const auto& part : absl::StrSplit(text, '|')) {
    const std::vector<std::string> words = absl::StrSplit(part, ' ');
    const WorkStatus status = words[0] == "S"   ? WorkStatus::kSick
                              : words[0] == "P" ? WorkStatus::kPartial
                              : words[0] == "W" ? WorkStatus::kWork
                              : words[0] == "L" ? WorkStatus::kLeave
                                                : WorkStatus::kUnemployed;
    int start = 0, end = 0;
    double fraction = 0;
    EXPECT_TRUE(absl::SimpleAtoi(words[1], &start) && absl::SimpleAtoi(words[2], &end) &&
                absl::SimpleAtod(words[3], &fraction));
    episodes.push_back(Of(start, end, status, fraction));
  }
  return episodes;
}

text::CsvTable ReadTable(const std::string& name) {
  std::ifstream file(std::string(REPRISE_TEST_DATA) + "/" + name, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return text::ParseCsv(bytes.str(), name).value();
}

std::string Landmark(const std::optional<TimeToEvent>& result, int day) {
  switch (ReadLandmark(result, ById("SRTW-50-28"), day).state) {
    case LandmarkState::kReached: return "1";
    case LandmarkState::kNotReached: return "0";
    case LandmarkState::kNotAscertainable: return "";
  }
  return "?";
}

TEST(DeriveOracleTest, ReproducesEveryEdgeCase) {
  const text::CsvTable table = ReadTable("statistics/rtw_edge_cases.csv");
  ASSERT_EQ(table.rows.size(), 11u);
  for (const auto& row : table.rows) {
    const auto cell = [&](const char* column) { return row[table.Column(column)]; };
    SCOPED_TRACE(cell("name"));
    int end = 0;
    ASSERT_TRUE(absl::SimpleAtoi(cell("obs_end_day"), &end));
    const Participant participant = Until(end, EndReasonOf(cell("end_reason")).value());
    const std::vector<Episode> raw = ParseEpisodes(cell("episodes"));
    ASSERT_TRUE(CheckParticipant(participant).empty());
    ASSERT_TRUE(CheckEpisodes(participant, raw).empty());
    const std::vector<Episode> episodes = Normalise(raw);
    const auto check_time = [&](const char* id, const char* time, const char* status) {
      const auto result = DeriveReturn(participant, episodes, ById(id));
      EXPECT_EQ(absl::StrCat(result->time), cell(time)) << time;
      EXPECT_EQ(absl::StrCat(static_cast<int>(result->status)), cell(status)) << status;
    };
    check_time("SRTW-50-28", "srtw50_28_time", "srtw50_28_status");
    check_time("RTW-ANY", "any_rtw_time", "any_rtw_status");
    check_time("SRTW-100-28", "srtw100_28_time", "srtw100_28_status");
    const auto absence = DeriveAbsence(participant, episodes, ById("ABS-365"));
    EXPECT_EQ(absl::StrCat(absence->sick_days), cell("sick_days_365"));
    EXPECT_EQ(text::FormatDouble(*absence->fte_days_lost), cell("fte_days_lost_365"));
    EXPECT_EQ(text::FormatDouble(*absence->fte_days_worked), cell("fte_days_worked_365"));
    EXPECT_EQ(absl::StrCat(absence->unknown_days), cell("unknown_days_365"));
    const auto result = DeriveReturn(participant, episodes, ById("SRTW-50-28"));
    EXPECT_EQ(Landmark(result, 120), cell("srtw_by_120"));
    EXPECT_EQ(Landmark(result, 240), cell("srtw_by_240"));
  }
}

struct ReturnCase {
  const char* name;
  Participant participant;
  std::vector<Episode> episodes;
  const char* definition;
  int time;
  EventStatus status;
};

TEST(DeriveReturnTest, FollowsTheRules) {
  constexpr auto kEvent = EventStatus::kEvent;
  constexpr auto kCensored = EventStatus::kCensored;
  constexpr auto kCompeting = EventStatus::kCompeting;
  Participant retired = Until(300);
  retired.competing_day = 100;
  retired.competing = CompetingEvent::kRetirement;
  Participant dead = Until(90, EndReason::kCompeting);
  dead.competing = CompetingEvent::kDeath;
  Participant pensioner = Until(200);  // pension as an overlay: no competing day
  const ReturnCase cases[] = {
      {"27 days are not 28", Until(200), {Sick(0, 50), Work(50, 77), Sick(77, 200)}, "SRTW-50-28",
       172, kCensored},
      {"28 days ending with observation", Until(78), {Sick(0, 50), Work(50, 78)}, "SRTW-50-28", 50,
       kEvent},
      {"0.49 does not count", Until(200), {Sick(0, 50), Part(50, 200, 0.49)}, "SRTW-50-28", 172,
       kCensored},
      {"17.5 of 35 hours count", Until(200), {Sick(0, 50), Part(50, 200, 17.5 / 35)}, "SRTW-50-28",
       50, kEvent},
      {"a sick day restarts the run (scenario 4)", Until(300),
       {Sick(0, 50), Part(50, 77, .5), Sick(77, 78), Part(78, 300, .5)}, "SRTW-50-28", 78, kEvent},
      {"40 % then 50 % counts from 50 % (scenario 3)", Until(300),
       {Sick(0, 60), Part(60, 102, .4), Part(102, 130, .5), Sick(130, 300)}, "SRTW-50-28", 102,
       kEvent},
      {"a relapse leaves the event (scenario 5)", Until(365),
       {Sick(0, 60), Work(60, 95), Sick(95, 185), Work(185, 365)}, "SRTW-50-28", 60, kEvent},
      {"a gap ends the run", Until(200), {Sick(0, 50), Work(50, 70), Work(71, 90), Sick(90, 200)},
       "SRTW-50-28", 172, kCensored},
      {"trailing leave is cut off", Until(200), {Sick(0, 50), Work(50, 70), Leave(70, 90),
       Sick(90, 200)}, "SRTW-50-28", 172, kCensored},
      {"leave then gap does not bridge", Until(200), {Work(0, 20), Leave(20, 30), Work(31, 50),
       Sick(50, 200)}, "SRTW-50-28", 172, kCensored},
      {"work before the index counts from the index only", Until(200), {Work(-50, 20),
       Sick(20, 200)}, "SRTW-50-28", 172, kCensored},
      {"on leave on the index day is not at work", Until(200), {Work(-50, -5), Leave(-5, 10),
       Work(10, 200)}, "SRTW-50-28", 10, kEvent},
      {"a change of employer does not break the run (scenario 30)", Until(200), {Sick(0, 50),
       Work(50, 64, .8), Work(64, 78, 1), Sick(78, 200)}, "SRTW-50-28", 50, kEvent},
      {"a disability pension with 50 % work counts (scenario 31)", pensioner, {Sick(0, 50),
       Of(50, 200, WorkStatus::kDisability, .5)}, "SRTW-50-28", 50, kEvent},
      {"work after retirement counts (scenario 31)", Until(200), {Sick(0, 50),
       Of(50, 200, WorkStatus::kRetired, .6)}, "SRTW-50-28", 50, kEvent},
      {"maternity censors (scenario 28)", Until(300), {Sick(0, 50),
       Of(50, 160, WorkStatus::kMaternity), Work(160, 300)}, "SRTW-50-28", 22, kCensored},
      {"maternity after the event changes nothing", Until(300), {Work(0, 50),
       Of(50, 160, WorkStatus::kMaternity), Work(160, 300)}, "SRTW-50-28", 0, kEvent},
      {"a competing event before observation ends", retired, {Sick(0, 150), Work(150, 300)},
       "SRTW-50-28", 100, kCompeting},
      {"a return before the competing event", retired, {Sick(0, 50), Work(50, 300)}, "SRTW-50-28",
       50, kEvent},
      {"death in an unconfirmed run", dead, {Sick(0, 70), Work(70, 90)}, "SRTW-50-28", 90,
       kCompeting},
      {"any work, however little", Until(100), {Sick(0, 99), Part(99, 100, .1)}, "RTW-ANY", 99,
       kEvent},
      {"any work is censored at the end itself", Until(100), {Sick(0, 100)}, "RTW-ANY", 100,
       kCensored},
      {"a partial fraction of 0 is no return", Until(100), {Part(0, 100, 0)}, "RTW-ANY", 100,
       kCensored},
      {"full-time only", Until(100), {Part(0, 50, .9), Work(50, 100)}, "SRTW-100-28", 50, kEvent},
      {"89 days are not 90", Until(200), {Work(0, 89), Sick(89, 200)}, "SRTW-50-90", 110,
       kCensored},
      {"90 days", Until(200), {Work(0, 90), Sick(90, 200)}, "SRTW-50-90", 0, kEvent},
      {"observed less than the duration: never negative", Until(10), {Sick(0, 10)}, "SRTW-50-28", 0,
       kCensored},
      {"no episodes at all", Until(100), {}, "SRTW-50-28", 72, kCensored},
      {"nothing observed", Until(0), {}, "SRTW-50-28", 0, kCensored},
  };
  for (const ReturnCase& c : cases) {
    SCOPED_TRACE(c.name);
    const auto result = DeriveReturn(c.participant, Normalise(c.episodes), ById(c.definition));
    ASSERT_TRUE(result.has_value());
    EXPECT_EQ(result->time, c.time);
    EXPECT_EQ(result->status, c.status);
  }
}

TEST(DeriveReturnTest, TellsCensoringByMaternityFromTheEndOfObservation) {
  const std::vector<Episode> episodes = {Sick(0, 50), Of(50, 160, WorkStatus::kMaternity)};
  EXPECT_TRUE(DeriveReturn(Until(300), episodes, ById("SRTW-50-28"))->ended_by_status);
  EXPECT_FALSE(DeriveReturn(Until(50), episodes, ById("SRTW-50-28"))->ended_by_status);
}

TEST(DeriveReturnTest, DenominatorsDiffer) {
  // Scenario 32: 60 % contract before diagnosis, back at 60 % of full time, on a new full contract.
  Episode back = Work(50, 200, 1.0);
  back.fraction[static_cast<size_t>(Denominator::kCurrentContract)] = 0.4;
  back.fraction[static_cast<size_t>(Denominator::kFullTime)] = 0.6;
  Episode sick = Sick(0, 50);
  const std::vector<Episode> episodes = {sick, back};
  const auto status = [&](const char* id) {
    return DeriveReturn(Until(200), episodes, ById(id))->status;
  };
  EXPECT_EQ(status("SRTW-100-28"), EventStatus::kEvent);
  EXPECT_EQ(status("SRTW-50-28-FULLTIME"), EventStatus::kEvent);
  EXPECT_EQ(status("SRTW-50-28-CURRENT"), EventStatus::kCensored);
}

TEST(DeriveReturnTest, BothClocksAreKept) {
  Participant participant = Until(250);
  participant.randomisation_day = -30;
  const std::vector<Episode> episodes = {Sick(-30, 60), Work(60, 250)};
  EXPECT_EQ(DeriveReturn(participant, episodes, ById("SRTW-50-28"))->time, 60);
  EXPECT_EQ(DeriveReturn(participant, episodes, ById("SRTW-50-28-RAND"))->time, 90);
}

TEST(DeriveReturnTest, IsNotComputableBeforeItsClockStarts) {
  Participant participant = Until(250);
  participant.index_day.reset();
  const std::vector<Episode> episodes = {Work(0, 250)};
  EXPECT_FALSE(DeriveReturn(participant, episodes, ById("SRTW-50-28")).has_value());
  EXPECT_FALSE(DeriveReturn(participant, episodes, ById("SRTW-50-28-RAND")).has_value());
  EXPECT_FALSE(DeriveAbsence(participant, episodes, ById("ABS-365")).has_value());
  EXPECT_FALSE(ObservedDays(participant).has_value());
  EXPECT_FALSE(FractionOn(participant, episodes, ById("SRTW-50-28"), 10).has_value());
}

TEST(DeriveAbsenceTest, CountsWhatIsKnownAndWhatIsNot) {
  // 365 days of 400: 100 sick, 50 at 40 %, 30 unknown, 20 leave, 165 work.
  const std::vector<Episode> episodes = {Sick(0, 100), Part(100, 150, .4), Leave(180, 200),
                                         Work(200, 400)};
  const auto absence = DeriveAbsence(Until(400), episodes, ById("ABS-365"));
  EXPECT_EQ(absence->observed_days, 365);
  EXPECT_EQ(absence->sick_days, 100);
  EXPECT_DOUBLE_EQ(*absence->fte_days_lost, 100 + 50 * .6);
  EXPECT_DOUBLE_EQ(*absence->fte_days_worked, 50 * .4 + 165);
  EXPECT_EQ(absence->unknown_days, 30);
}

TEST(DeriveAbsenceTest, SharesOfAnotherDenominatorAreNotGuessed) {
  Definition by_contract = ById("ABS-365");
  by_contract.denominator = Denominator::kCurrentContract;
  const auto absence = DeriveAbsence(Until(100), {{Sick(0, 50), Work(50, 100)}}, by_contract);
  EXPECT_EQ(absence->sick_days, 50);
  EXPECT_FALSE(absence->fte_days_lost.has_value());
  EXPECT_FALSE(absence->fte_days_worked.has_value());
}

TEST(DeriveRecurrenceTest, NeedsFourteenSickDaysInARow) {
  const auto recurrence = [](std::vector<Episode> episodes) {
    const Participant participant = Until(200);
    const auto after = DeriveReturn(participant, episodes, ById("SRTW-50-28"));
    return DeriveRecurrence(participant, episodes, ById("SRTW-50-28"), after, 14);
  };
  EXPECT_EQ(recurrence({Sick(0, 20), Work(20, 60), Sick(60, 74), Work(74, 200)})->time, 40);
  EXPECT_EQ(recurrence({Sick(0, 20), Work(20, 60), Sick(60, 73), Work(73, 200)})->status,
            EventStatus::kCensored);
  EXPECT_EQ(
      recurrence({Sick(0, 20), Work(20, 60), Sick(60, 70), Sick(71, 81), Work(81, 200)})->time,
      180);
  EXPECT_FALSE(recurrence({Sick(0, 200)}).has_value());
}

TEST(FractionOnTest, TellsLeaveFromUnknown) {
  const std::vector<Episode> episodes = {Leave(0, 50), Sick(60, 100), Part(100, 130, .3)};
  const auto on = [&](int day) {
    return FractionOn(Until(120), episodes, ById("SRTW-50-28"), day);
  };
  EXPECT_EQ(on(10), kOnNeutralStatus);
  EXPECT_EQ(on(55), std::nullopt);
  EXPECT_EQ(on(60), 0.0);
  EXPECT_EQ(on(119), 0.3);
  EXPECT_EQ(on(120), std::nullopt) << "the first day without observation";
}

}  // namespace
}  // namespace reprise::endpoint
