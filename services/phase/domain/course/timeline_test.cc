// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/course/timeline.h"

#include <gtest/gtest.h>

#include <random>

#include "services/phase/domain/course/phases.h"
#include "services/platform/testing/matchers.h"

namespace reprise::phase {
namespace {

using absl::CivilDay;
using reprise::testing::StatusIs;

const CivilDay kToday(2026, 11, 21);

std::vector<std::string> ReasonsOf(const std::vector<error::Violation>& faults) {
  std::vector<std::string> reasons;
  for (const error::Violation& fault : faults) reasons.push_back(fault.path + " " + fault.reason);
  return reasons;
}

WorkEpisode Work(WorkKind kind, std::optional<int> percent, CivilDay start, std::optional<CivilDay> end = {}) {
  return {.kind = kind, .percent = percent, .start = start, .end = end};
}
PhaseEpisode Phase(PhaseKind kind, CivilDay start, std::optional<CivilDay> end = {}, std::string trigger = "") {
  return {.kind = kind, .start = start, .end = end, .trigger = std::move(trigger), .flags = {}};
}

TEST(WorkTimelineTest, NamesEveryFaultyEpisode) {
  const CivilDay jan1(2026, 1, 1), jan31(2026, 1, 31), feb1(2026, 2, 1), mar1(2026, 3, 1);
  struct Case {
    const char* name;
    WorkTimeline timeline;
    std::vector<std::string> faults;
  };
  const Case cases[] = {
      {"Sound", {Work(WorkKind::kSickLeave, {}, jan1, jan31), Work(WorkKind::kFullTime, 100, feb1)}, {}},
      {"Empty", {}, {"corrected.work_status EPISODES_GAP"}},
      {"Overlap",
       {Work(WorkKind::kSickLeave, {}, jan1, feb1), Work(WorkKind::kFullTime, 100, feb1)},
       {"corrected.work_status[1].start_date EPISODES_OVERLAP"}},
      {"WrongOrder",
       {Work(WorkKind::kFullTime, 100, feb1, mar1), Work(WorkKind::kSickLeave, {}, jan1, jan31)},
       {"corrected.work_status[1].start_date EPISODES_OVERLAP"}},
      {"Gap",
       {Work(WorkKind::kSickLeave, {}, jan1, jan31), Work(WorkKind::kFullTime, 100, mar1)},
       {"corrected.work_status[1].start_date EPISODES_GAP"}},
      {"Reversed", {Work(WorkKind::kSickLeave, {}, feb1, jan31)}, {"corrected.work_status[0].end_date EPISODE_REVERSED"}},
      {"OpenInTheMiddle",
       {Work(WorkKind::kSickLeave, {}, jan1), Work(WorkKind::kFullTime, 100, feb1)},
       {"corrected.work_status[0].end_date OPEN_EPISODE_NOT_LAST"}},
      {"AfterDeath",
       {Work(WorkKind::kDeceased, {}, jan1, jan31), Work(WorkKind::kSickLeave, {}, feb1)},
       {"corrected.work_status[1].kind EPISODE_AFTER_DEATH"}},
      {"WorkWithoutShare", {Work(WorkKind::kFullTime, {}, jan1)}, {"corrected.work_status[0].percent PERCENT_INVALID"}},
      {"InFuture", {Work(WorkKind::kSickLeave, {}, kToday + 1)}, {"corrected.work_status[0].start_date DATE_IN_FUTURE"}},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(ReasonsOf(CheckWorkTimeline(c.timeline, kToday)), c.faults) << c.name;
  }
}

TEST(WorkTimelineTest, KnowsWhichKindsHaveAShare) {
  struct Case {
    const char* name;
    WorkKind kind;
    std::optional<int> percent;
    bool valid;
  };
  const Case cases[] = {
      {"FullTimeIsWhole", WorkKind::kFullTime, 100, true},
      {"FullTimeIsNotLess", WorkKind::kFullTime, 99, false},
      {"PartTimeIsLessThanAll", WorkKind::kTherapeuticPartTime, 100, false},
      {"PartTimeOfNinetyNine", WorkKind::kTherapeuticPartTime, 99, true},
      {"PartTimeOfOne", WorkKind::kTherapeuticPartTime, 1, true},
      {"PartTimeOfNothing", WorkKind::kTherapeuticPartTime, 0, false},
      {"PartTimeWithoutShare", WorkKind::kTherapeuticPartTime, {}, false},
      {"ContractIsWhole", WorkKind::kContractualPartTime, 100, true},
      {"ContractIsNotMore", WorkKind::kContractualPartTime, 101, false},
      {"LeaveHasNone", WorkKind::kSickLeave, {}, true},
      {"LeaveWithShare", WorkKind::kSickLeave, 0, false},
      {"DeathHasNone", WorkKind::kDeceased, 100, false},
  };
  for (const Case& c : cases) EXPECT_EQ(IsPercentValid(c.kind, c.percent), c.valid) << c.name;
}

TEST(ChangeWorkStatusTest, EndsTheOpenEpisodeOnTheEve) {
  const auto changed = ChangeWorkStatus({Work(WorkKind::kSickLeave, {}, CivilDay(2026, 1, 1))},
                                        WorkKind::kTherapeuticPartTime, 50, CivilDay(2026, 3, 1));
  ASSERT_TRUE(changed.ok());
  EXPECT_EQ(*changed, (WorkTimeline{Work(WorkKind::kSickLeave, {}, CivilDay(2026, 1, 1), CivilDay(2026, 2, 28)),
                                    Work(WorkKind::kTherapeuticPartTime, 50, CivilDay(2026, 3, 1))}));
}

TEST(ChangeWorkStatusTest, MakesTheTimeBetweenUnknown) {
  const auto changed = ChangeWorkStatus({Work(WorkKind::kSickLeave, {}, CivilDay(2026, 1, 1), CivilDay(2026, 1, 31))},
                                        WorkKind::kFullTime, 100, CivilDay(2026, 3, 1));
  ASSERT_TRUE(changed.ok());
  EXPECT_EQ((*changed)[1], Work(WorkKind::kUnknown, {}, CivilDay(2026, 2, 1), CivilDay(2026, 2, 28)));
}

TEST(ChangeWorkStatusTest, RefusesWhatBreaksTheTimeline) {
  const WorkTimeline leave = {Work(WorkKind::kSickLeave, {}, CivilDay(2026, 3, 1))};
  EXPECT_THAT(ChangeWorkStatus(leave, WorkKind::kFullTime, 100, CivilDay(2026, 3, 1)),
              StatusIs(absl::StatusCode::kInvalidArgument, "WORK_STATUS_OVERLAP"));
  EXPECT_THAT(ChangeWorkStatus({Work(WorkKind::kSickLeave, {}, CivilDay(2026, 1, 1), CivilDay(2026, 3, 1))},
                               WorkKind::kFullTime, 100, CivilDay(2026, 3, 1)),
              StatusIs(absl::StatusCode::kInvalidArgument, "WORK_STATUS_OVERLAP"));
  EXPECT_THAT(ChangeWorkStatus(leave, WorkKind::kSickLeave, {}, CivilDay(2026, 4, 1)),
              StatusIs(absl::StatusCode::kInvalidArgument, "NOTHING_CHANGED"));
  EXPECT_THAT(ChangeWorkStatus(leave, WorkKind::kFullTime, 80, CivilDay(2026, 4, 1)),
              StatusIs(absl::StatusCode::kInvalidArgument, "PERCENT_INVALID"));
  EXPECT_THAT(ChangeWorkStatus({Work(WorkKind::kDeceased, {}, CivilDay(2026, 1, 1))}, WorkKind::kFullTime, 100,
                               CivilDay(2026, 4, 1)),
              StatusIs(absl::StatusCode::kFailedPrecondition, "PARTICIPANT_DECEASED"));
}

TEST(ChangePhaseTest, GivesEachTransitionItsFlag) {
  const WorkTimeline work = {Work(WorkKind::kFullTime, 100, CivilDay(2020, 1, 1))};
  struct Case {
    const char* name;
    std::vector<PhaseKind> phases;
    std::vector<std::string> flags;  // of the last
  };
  using enum PhaseKind;
  const Case cases[] = {
      {"Leave", {kLeave}, {}},
      {"WorksThrough", {kReturned}, {"WORKED_THROUGH_TREATMENT"}},
      {"Prepared", {kLeave, kPreparation, kReturned}, {}},
      {"Unprepared", {kLeave, kReturned}, {"UNPREPARED_RETURN"}},
      {"Postponed", {kLeave, kPreparation, kLeave}, {"POSTPONED"}},
      {"Relapse", {kLeave, kPreparation, kReturned, kLeave}, {"RELAPSE"}},
      {"RelapseWithPlan", {kReturned, kPreparation}, {"RELAPSE"}},
  };
  for (const Case& c : cases) {
    PhaseTimeline phases;
    CivilDay day(2026, 1, 1);
    for (const PhaseKind kind : c.phases) {
      const auto changed = ChangePhase(phases, work, kind, day, "WHY");
      ASSERT_TRUE(changed.ok()) << c.name;
      phases = *changed;
      day += 30;
    }
    EXPECT_EQ(phases.back().flags, c.flags) << c.name;
    EXPECT_TRUE(CheckPhases(phases, work, kToday).empty()) << c.name;
  }
}

TEST(ChangePhaseTest, RefusesWhatBreaksTheTimeline) {
  const WorkTimeline leave = {Work(WorkKind::kSickLeave, {}, CivilDay(2026, 1, 1))};
  const PhaseTimeline preparing = {Phase(PhaseKind::kPreparation, CivilDay(2026, 3, 1))};
  EXPECT_THAT(ChangePhase(preparing, leave, PhaseKind::kLeave, CivilDay(2026, 3, 1), "X"),
              StatusIs(absl::StatusCode::kInvalidArgument, "PHASE_OVERLAP"));
  EXPECT_THAT(ChangePhase(preparing, leave, PhaseKind::kPreparation, CivilDay(2026, 4, 1), "X"),
              StatusIs(absl::StatusCode::kInvalidArgument, "PHASE_UNCHANGED"));
  EXPECT_THAT(ChangePhase(preparing, leave, PhaseKind::kLeave, CivilDay(2026, 4, 1), ""),
              StatusIs(absl::StatusCode::kInvalidArgument, "TRIGGER_REQUIRED"));
  EXPECT_THAT(ChangePhase(preparing, leave, PhaseKind::kReturned, CivilDay(2026, 4, 1), ""),
              StatusIs(absl::StatusCode::kFailedPrecondition, "RETURN_WITHOUT_WORK"));
  EXPECT_THAT(ChangePhase(preparing, {}, PhaseKind::kReturned, CivilDay(2026, 4, 1), ""),
              StatusIs(absl::StatusCode::kFailedPrecondition, "RETURN_WITHOUT_WORK"));
}

TEST(PhasesTest, NamesEveryFaultyEpisode) {
  const WorkTimeline work = {Work(WorkKind::kFullTime, 100, CivilDay(2026, 6, 1))};
  const PhaseTimeline phases = {Phase(PhaseKind::kReturned, CivilDay(2026, 1, 1), CivilDay(2026, 6, 30)),
                                Phase(PhaseKind::kLeave, CivilDay(2026, 7, 1), CivilDay(2026, 7, 31)),
                                Phase(PhaseKind::kLeave, CivilDay(2026, 8, 2))};
  EXPECT_EQ(ReasonsOf(CheckPhases(phases, work, kToday)),
            (std::vector<std::string>{"corrected.phases[2].start_date EPISODES_GAP",
                                      "corrected.phases[0].start_date RETURN_WITHOUT_WORK",
                                      "corrected.phases[1].trigger TRIGGER_REQUIRED",
                                      "corrected.phases[2].kind PHASE_UNCHANGED"}));
}

// Whatever is recorded in whatever order, what is accepted keeps every rule, and what is refused
// changes nothing.
TEST(TimelinePropertyTest, RandomChangesKeepEveryInvariant) {
  std::mt19937 random(20261121);
  const auto draw = [&](int least, int most) { return std::uniform_int_distribution<int>(least, most)(random); };
  int accepted = 0;
  for (int run = 0; run < 400; ++run) {
    WorkTimeline work;
    PhaseTimeline phases;
    for (int step = 0; step < 25; ++step) {
      const CivilDay day = CivilDay(2025, 1, 1) + draw(0, 600);
      std::optional<int> percent;
      if (draw(0, 1) == 1) percent = draw(0, 1) == 1 ? 100 : draw(0, 101);
      if (const auto changed = ChangeWorkStatus(work, static_cast<WorkKind>(draw(1, 12)), percent, day); changed.ok()) {
        ++accepted;
        work = *changed;
        if (draw(0, 3) == 0) work.back().end = work.back().start + draw(0, 20);
      }
      if (const auto changed = ChangePhase(phases, work, static_cast<PhaseKind>(draw(1, 3)), day,
                                           draw(0, 1) == 1 ? "WHY" : "");
          changed.ok()) {
        ++accepted;
        const size_t before = phases.size();
        phases = *changed;
        ASSERT_EQ(phases.size(), before + 1);
      }
      if (!work.empty()) {
        ASSERT_EQ(ReasonsOf(CheckWorkTimeline(work, CivilDay(2027, 1, 1))), std::vector<std::string>{});
      }
      if (!phases.empty()) {
        ASSERT_EQ(Flagged(phases), phases);
        for (const error::Violation& fault : CheckPhases(phases, work, CivilDay(2027, 1, 1))) {
          // Work recorded later may contradict a return recorded before; that is a question, no fault.
          ASSERT_EQ(fault.reason, "RETURN_WITHOUT_WORK") << fault.path;
        }
      }
    }
  }
  EXPECT_GT(accepted, 1000);
}

}  // namespace
}  // namespace reprise::phase
