// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/course/windows.h"

#include <gtest/gtest.h>

#include "services/phase/domain/course/guards.h"
#include "services/phase/domain/course/visits.h"
#include "services/platform/testing/matchers.h"

namespace reprise::phase {
namespace {

using absl::CivilDay;
using absl::StatusCode;
using reprise::testing::IsOk;
using reprise::testing::StatusIs;

// Scenario 16: T0 on 31 October 2026.
TEST(WindowsTest, Scenario16MonthsClampToTheEndOfTheMonth) {
  const CivilDay t0(2026, 10, 31);
  EXPECT_EQ(Shifted(t0, {.months = 4, .days = 0}), CivilDay(2027, 2, 28));
  EXPECT_EQ(Shifted(t0, {.months = 8, .days = 0}), CivilDay(2027, 6, 30));
  EXPECT_EQ(Shifted(t0, {.months = 12, .days = 0}), CivilDay(2027, 10, 31));
}

// Scenario 15, the part of the anchor: T0 corrected from 31 October to 15 September.
TEST(WindowsTest, Scenario15WindowsFollowTheCorrectedT0) {
  const QuestionnaireRule rule{.timepoint = "T0+4m", .instrument = "X", .anchor = "T0",
                               .aim = {.months = 4, .days = 0}, .before_days = 14, .after_days = 28};
  Facts facts;
  facts.milestones = {{.kind = MilestoneKind::kActiveTreatmentEnd, .date = CivilDay(2026, 10, 31), .change_reason = "", .made_time = {}}};
  EXPECT_EQ(WindowOf(rule, AnchorsOf({}, facts)), (Window{CivilDay(2027, 2, 14), CivilDay(2027, 3, 28)}));
  facts.milestones[0].date = CivilDay(2026, 9, 15);
  EXPECT_EQ(WindowOf(rule, AnchorsOf({}, facts)), (Window{CivilDay(2027, 1, 1), CivilDay(2027, 2, 12)}));
}

TEST(WindowsTest, AWindowWithoutItsAnchorDoesNotExist) {
  const Anchors none;
  EXPECT_EQ(WindowOf(VisitRule{.visit = "V", .anchor = "RETURN", .aim = {}, .recorded_by = ""}, none), std::nullopt);
  EXPECT_EQ(WindowOf(ComponentRule{.component = "C", .version = "1", .anchor = "T0", .from = {}, .until = {}}, none),
            std::nullopt);
}

TEST(WindowsTest, AComponentWithoutALastDayIsOpen) {
  Anchors anchors;
  anchors.leave_start = CivilDay(2026, 1, 15);
  const ComponentRule rule{.component = "C", .version = "1", .anchor = "LEAVE_START",
                           .from = {.months = 10, .days = 0}, .until = {}};
  EXPECT_EQ(WindowOf(rule, anchors), (Window{CivilDay(2026, 11, 15), std::nullopt}));
}

TEST(AnchorsTest, AreTheFirstFullLeaveAndTheFirstReturn) {
  Facts facts;
  Leave leave;
  leave.start = CivilDay(2026, 3, 1);
  leave.part_time = true;
  facts.leaves.push_back(leave);
  leave.part_time = false;
  leave.start = CivilDay(2026, 2, 1);
  leave.void_time = absl::UnixEpoch();
  facts.leaves.push_back(leave);
  leave.void_time.reset();
  leave.start = CivilDay(2026, 4, 1);
  facts.leaves.push_back(leave);
  facts.phases = {{.kind = PhaseKind::kReturned, .start = CivilDay(2026, 6, 1), .end = {}, .trigger = "", .flags = {}},
                  {.kind = PhaseKind::kReturned, .start = CivilDay(2026, 9, 1), .end = {}, .trigger = "", .flags = {}}};
  const Anchors anchors = AnchorsOf({}, facts);
  EXPECT_EQ(anchors.leave_start, CivilDay(2026, 4, 1));
  EXPECT_EQ(anchors.first_return, CivilDay(2026, 6, 1));
}

TEST(LeaveLengthTest, CountsMonthsOfLeaveInclusively) {
  Facts facts;
  const std::vector<Window> leave = {{CivilDay(2026, 1, 15), CivilDay(2026, 12, 31)}};
  // Ten months end on 14 November; the next day is longer.
  EXPECT_FALSE(HadLeaveLongerThan(facts, leave, 10, CivilDay(2026, 11, 14)));
  EXPECT_TRUE(HadLeaveLongerThan(facts, leave, 10, CivilDay(2026, 11, 15)));
  // A leave that ended before did not get longer since.
  EXPECT_FALSE(HadLeaveLongerThan(facts, {{CivilDay(2026, 1, 15), CivilDay(2026, 6, 30)}}, 10, CivilDay(2027, 6, 1)));
  facts.work = {{.kind = WorkKind::kSickLeave, .percent = {}, .start = CivilDay(2026, 1, 15), .end = {}}};
  EXPECT_TRUE(HadLeaveLongerThan(facts, {}, 10, CivilDay(2026, 11, 15)));
}

TEST(GuardsTest, KeepDaysWithinTheParticipation) {
  Participation who;
  who.consent = CivilDay(2026, 3, 1);
  who.withdrawal = CivilDay(2026, 9, 1);
  const CivilDay today(2026, 11, 21);
  struct Case {
    const char* name;
    CivilDay day;
    FactOf fact;
    const char* reason;
  };
  const Case cases[] = {
      {"Future", CivilDay(2026, 11, 22), FactOf::kStudy, "DATE_IN_FUTURE"},
      {"BeforeConsent", CivilDay(2026, 2, 28), FactOf::kStudy, "DATE_BEFORE_CONSENT"},
      {"HistoryBeforeConsent", CivilDay(2020, 2, 28), FactOf::kHistory, ""},
      {"DayOfConsent", CivilDay(2026, 3, 1), FactOf::kStudy, ""},
      {"DayOfWithdrawal", CivilDay(2026, 9, 1), FactOf::kStudy, ""},
      {"AfterWithdrawal", CivilDay(2026, 9, 2), FactOf::kHistory, "PARTICIPANT_CLOSED"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(error::ReasonOf(CheckDay(who, c.day, today, c.fact, "date")), c.reason) << c.name;
  }
  who.withdrawal.reset();
  EXPECT_THAT(CheckPlannedDay(who, CivilDay(2026, 11, 22), FactOf::kStudy, "date"), IsOk());
  EXPECT_THAT(CheckPlannedDay(who, CivilDay(2026, 2, 28), FactOf::kHistory, "date"), IsOk());
  EXPECT_EQ(error::ReasonOf(CheckPlannedDay(who, CivilDay(2026, 2, 28), FactOf::kStudy, "date")), "DATE_BEFORE_CONSENT");
}

TEST(GuardsTest, FindIdentityInReasons) {
  EXPECT_THAT(CheckChangeReason(""), StatusIs(StatusCode::kInvalidArgument, "CHANGE_REASON_REQUIRED"));
  EXPECT_THAT(CheckChangeReason("Appeler le 06 12 34 56 78"),
              StatusIs(StatusCode::kInvalidArgument, "TEXT_HOLDS_IDENTITY"));
  EXPECT_THAT(CheckChangeReason(std::string(501, 'x')), StatusIs(StatusCode::kInvalidArgument, "FIELD_TOO_LONG"));
  EXPECT_THAT(CheckChangeReason("Compte rendu relu."), IsOk());
}

TEST(MeasuresTest, AreThoseOfTheContract) {
  const VisitRule physician{.visit = "V", .anchor = "", .aim = {}, .recorded_by = "OCCUPATIONAL_PHYSICIAN"};
  const VisitRule coordinator{.visit = "V", .anchor = "", .aim = {}, .recorded_by = "COORDINATOR"};
  EXPECT_THAT(CheckMeasures(physician, {"WORK_TIME", "JOB_ADAPTATION"}), IsOk());
  EXPECT_THAT(CheckMeasures(physician, {"NONE"}), IsOk());
  EXPECT_FALSE(CheckMeasures(physician, {"NONE", "WORK_TIME"}).ok());
  EXPECT_FALSE(CheckMeasures(physician, {"WORK_TIME", "WORK_TIME"}).ok());
  EXPECT_FALSE(CheckMeasures(physician, {"REST"}).ok());
  EXPECT_FALSE(CheckMeasures(coordinator, {"NONE"}).ok());
  EXPECT_THAT(CheckRecorder(physician, {"coordinator"}), StatusIs(StatusCode::kPermissionDenied, "VISIT_NOT_YOURS"));
  EXPECT_THAT(CheckRecorder(physician, {"coordinator", "occupational_physician"}), IsOk());
}

}  // namespace
}  // namespace reprise::phase
