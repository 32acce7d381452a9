// SPDX-License-Identifier: Apache-2.0
// The acceptance scenarios of this service, under their numbers, on chosen days.
#include <gmock/gmock.h>

#include "tests/house/course.h"

namespace reprise::phase {
namespace {

using absl::StatusCode;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using reprise::testing::HasViolation;
using reprise::testing::IsOk;
using reprise::testing::StatusIs;
using W = v1::WorkStatusEpisode;
using M = v1::Milestone;
using P = v1::PhaseEpisode;

using ScenarioTest = CourseTest;

#define ASSERT_DONE(call) ASSERT_THAT(call, IsOk())

TEST_F(ScenarioTest, S01NominalCourseWithEverythingInTime) {
  const std::string her = Enrol("INTERVENTION", true);
  ASSERT_DONE(Mark(her, M::KIND_CHEMOTHERAPY_START, "2025-10-01", "2025-10-02"));
  ASSERT_DONE(TakeLeave(her, "2025-10-01", "2026-03-31", "2025-10-02"));
  ASSERT_DONE(Work(her, W::KIND_SICK_LEAVE, 0, "2025-10-01", "2025-10-02"));
  ASSERT_DONE(Enter(her, P::KIND_LEAVE, "2025-10-01", "2025-10-02"));
  ASSERT_DONE(Deliver(her, "TOOLKIT", "2025-10-15", "2025-10-15"));
  ASSERT_DONE(Mark(her, M::KIND_CHEMOTHERAPY_END, "2026-01-10", "2026-01-11"));
  ASSERT_DONE(Mark(her, M::KIND_ACTIVE_TREATMENT_END, "2026-01-31", "2026-02-01"));
  ASSERT_DONE(Visited(At("2026-02-10"), her, "TRANSITION_CONSULTATION", "2026-02-10"));
  ASSERT_DONE(Enter(her, P::KIND_PREPARATION, "2026-02-10", "2026-02-10", "TRANSITION_CONSULTATION"));
  ASSERT_DONE(Visited(PascaleAt("2026-03-10"), her, "PRE_RETURN", "2026-03-10", {"WORK_TIME"}));
  ASSERT_DONE(TakeLeave(her, "2026-04-01", "2026-06-30", "2026-04-01", true, true));
  ASSERT_DONE(Work(her, W::KIND_THERAPEUTIC_PART_TIME, 50, "2026-04-01", "2026-04-01"));
  ASSERT_DONE(Enter(her, P::KIND_RETURNED, "2026-04-01", "2026-04-01"));
  ASSERT_DONE(Work(her, W::KIND_THERAPEUTIC_PART_TIME, 80, "2026-06-01", "2026-06-01"));
  const auto course = Work(her, W::KIND_FULL_TIME, 100, "2026-07-01", "2026-07-01");
  ASSERT_DONE(course);
  EXPECT_EQ(Endpoint(*course).state(), "reached");
  EXPECT_EQ(Text(Endpoint(*course).reached_date()), "2026-04-01");
  EXPECT_EQ(Endpoint(*course).days(), 60);  // 31 January to 1 April
  EXPECT_EQ(Endpoint(*course).landmarks().at("T0+4m"), "reached");
  EXPECT_EQ(Endpoint(*course).sick_days(), 60);
  for (const v1::Visit& visit : course->visits()) EXPECT_TRUE(visit.in_window()) << visit.visit();
  EXPECT_TRUE(course->deliveries(0).flags().empty());
  for (const P& phase : course->phases()) EXPECT_TRUE(phase.flags().empty());
  EXPECT_TRUE(course->questions().empty()) << course->questions(0);
}

TEST_F(ScenarioTest, S02ContaminationIsRecordedAndTheAllocationStands) {
  const std::string her = Enrol("CONTROL");
  const auto course = Deliver(her, "TRANSITION", "2025-10-15", "2025-10-15");
  ASSERT_DONE(course);
  EXPECT_THAT(course->deliveries(0).flags(), ElementsAre("CONTROL_ARM"));
  EXPECT_EQ(database().Value("SELECT arm FROM cohort.allocation WHERE participant_id = '" + her + "'"), "CONTROL");
}

TEST_F(ScenarioTest, S03TheEndpointIsTheFirstDayAtHalfTime) {
  const std::string her = Enrol();
  ASSERT_DONE(Mark(her, M::KIND_ACTIVE_TREATMENT_END, "2025-12-01", "2026-06-01"));
  ASSERT_DONE(Work(her, W::KIND_SICK_LEAVE, 0, "2025-09-01", "2026-06-01"));
  ASSERT_DONE(Work(her, W::KIND_THERAPEUTIC_PART_TIME, 40, "2026-02-01", "2026-06-01"));
  const auto course = Work(her, W::KIND_THERAPEUTIC_PART_TIME, 50, "2026-03-15", "2026-06-01");
  ASSERT_DONE(course);
  EXPECT_EQ(Text(Endpoint(*course).reached_date()), "2026-03-15");
}

TEST_F(ScenarioTest, S04OneSickDayRestartsTheRun) {
  const std::string her = Enrol();
  ASSERT_DONE(Mark(her, M::KIND_ACTIVE_TREATMENT_END, "2025-12-31", "2026-06-01"));
  ASSERT_DONE(Work(her, W::KIND_SICK_LEAVE, 0, "2025-12-31", "2026-06-01"));
  ASSERT_DONE(Work(her, W::KIND_THERAPEUTIC_PART_TIME, 50, "2026-01-01", "2026-06-01"));  // 27 days
  ASSERT_DONE(Work(her, W::KIND_SICK_LEAVE, 0, "2026-01-28", "2026-06-01"));
  const auto course = Work(her, W::KIND_THERAPEUTIC_PART_TIME, 50, "2026-01-29", "2026-06-01");
  ASSERT_DONE(course);
  EXPECT_EQ(Text(Endpoint(*course).reached_date()), "2026-01-29");
  EXPECT_EQ(Endpoint(*course).sick_days(), 2);  // T0 and the one
}

TEST_F(ScenarioTest, S05ARelapseOpensThePhaseAgainAndTheEndpointStays) {
  const std::string her = Enrol();
  ASSERT_DONE(Mark(her, M::KIND_ACTIVE_TREATMENT_END, "2025-12-01", "2026-08-01"));
  ASSERT_DONE(Work(her, W::KIND_SICK_LEAVE, 0, "2025-09-01", "2026-08-01"));
  ASSERT_DONE(Enter(her, P::KIND_LEAVE, "2025-09-01", "2026-08-01"));
  ASSERT_DONE(Enter(her, P::KIND_PREPARATION, "2026-01-05", "2026-08-01", "GP"));
  ASSERT_DONE(Work(her, W::KIND_FULL_TIME, 100, "2026-02-01", "2026-08-01"));
  ASSERT_DONE(Enter(her, P::KIND_RETURNED, "2026-02-01", "2026-08-01"));
  const auto back = CourseOf(her, "2026-03-07");
  ASSERT_DONE(back);
  ASSERT_DONE(Work(her, W::KIND_SICK_LEAVE, 0, "2026-03-08", "2026-06-08"));
  EXPECT_THAT(CourseOf(her, "2026-06-08")->questions(), Contains(HasSubstr("New leave of at least 28 days")));
  EXPECT_THAT(Enter(her, P::KIND_LEAVE, "2026-03-08", "2026-06-08"),
              StatusIs(StatusCode::kInvalidArgument, "TRIGGER_REQUIRED"));
  const auto course = Enter(her, P::KIND_LEAVE, "2026-03-08", "2026-06-08", "RELAPSE");
  ASSERT_DONE(course);
  ASSERT_EQ(course->phases_size(), 4);
  EXPECT_EQ(course->phases(3).sequence(), 4);
  EXPECT_THAT(course->phases(3).flags(), ElementsAre("RELAPSE"));
  EXPECT_EQ(Text(course->phases(2).end_date()), "2026-03-07");
  EXPECT_EQ(Endpoint(*course).state(), "reached");
  EXPECT_EQ(Text(Endpoint(*course).reached_date()), "2026-02-01");
  EXPECT_EQ(Endpoint(*back).sick_days(), 62);                // December and January
  EXPECT_EQ(Endpoint(*course).sick_days(), 62 + 93);         // 8 March to 8 June
}

TEST_F(ScenarioTest, S06ARecurrenceGoesBackToLeaveAndSheStaysInTheStudy) {
  const std::string her = Enrol("INTERVENTION");
  ASSERT_DONE(Work(her, W::KIND_FULL_TIME, 100, "2025-09-01", "2026-03-01"));
  ASSERT_DONE(Enter(her, P::KIND_RETURNED, "2025-09-02", "2026-03-01"));
  ASSERT_DONE(Work(her, W::KIND_SICK_LEAVE, 0, "2026-02-01", "2026-03-01"));
  const auto course = Enter(her, P::KIND_LEAVE, "2026-02-01", "2026-03-01", "METASTATIC_RECURRENCE");
  ASSERT_DONE(course);
  EXPECT_THAT(course->phases(0).flags(), ElementsAre("WORKED_THROUGH_TREATMENT"));
  EXPECT_EQ(course->phases(1).kind(), P::KIND_LEAVE);
  EXPECT_EQ(database().Value("SELECT count(*) FROM enrolment.event WHERE participant_id = '" + her + "'"), "1");
  EXPECT_EQ(database().Value("SELECT arm FROM cohort.allocation WHERE participant_id = '" + her + "'"),
            "INTERVENTION");
}

TEST_F(ScenarioTest, S07SevenExtensionsAreOneLeave) {
  const std::string her = Enrol();
  // 31 days, then seven renewals of 30; the fourth is recorded last.
  const std::vector<std::pair<std::string, std::string>> renewals = {
      {"2025-10-02", "2025-10-31"}, {"2025-11-01", "2025-11-30"}, {"2025-12-01", "2025-12-30"},
      {"2026-01-30", "2026-02-28"}, {"2026-03-01", "2026-03-30"}, {"2026-03-31", "2026-04-29"},
      {"2025-12-31", "2026-01-29"}};
  ASSERT_DONE(TakeLeave(her, "2025-09-01", "2025-10-01", "2026-05-02"));
  for (const auto& [start, end] : renewals) ASSERT_DONE(TakeLeave(her, start, end, "2026-05-02", true));
  const auto course = CourseOf(her, "2026-05-02");
  ASSERT_DONE(course);
  ASSERT_EQ(course->leave_episodes_size(), 1);
  EXPECT_EQ(course->leave_episodes(0).days(), 31 + 7 * 30);
  EXPECT_EQ(course->leave_episodes(0).prescriptions(), 8);
}

TEST_F(ScenarioTest, S08AGapOfASundayMakesTwoLeavesAndAQuestion) {
  const std::string her = Enrol();
  ASSERT_DONE(TakeLeave(her, "2025-10-01", "2025-10-31", "2026-01-02"));
  ASSERT_DONE(TakeLeave(her, "2025-11-02", "2025-12-31", "2026-01-02"));  // 1 November 2025 is the gap
  const auto course = CourseOf(her, "2026-01-02", "fr");
  ASSERT_DONE(course);
  EXPECT_EQ(course->leave_episodes_size(), 2);
  EXPECT_THAT(course->questions(), Contains(HasSubstr("Interruption de 1 jour entre deux arrêts")));
}

TEST_F(ScenarioTest, S09TheReturnVisitIsDueFromSixtyDays) {
  struct Case {
    const char* name;
    const char* end;
    const char* state;
  };
  const Case cases[] = {{"59", "2026-08-28", "not_applicable"}, {"60", "2026-08-29", "due"}, {"61", "2026-08-30", "due"}};
  for (const Case& c : cases) {
    const std::string her = Enrol();
    const auto course = TakeLeave(her, "2026-07-01", c.end, "2026-09-01");
    ASSERT_DONE(course);
    const v1::LegalMilestone* const visit = Find(*course, "return_visit");
    ASSERT_NE(visit, nullptr);
    EXPECT_EQ(visit->state(), c.state) << c.name;
  }
}

TEST_F(ScenarioTest, S13ABackdatedPreReturnVisitIsJudgedByItsDay) {
  const std::string her = Enrol("", true);
  ASSERT_DONE(TakeLeave(her, "2026-06-20", "2026-08-31", "2026-09-25"));
  ASSERT_DONE(Work(her, W::KIND_SICK_LEAVE, 0, "2026-06-20", "2026-09-25"));
  const auto before = Work(her, W::KIND_FULL_TIME, 100, "2026-09-01", "2026-09-04");
  ASSERT_DONE(before);
  EXPECT_EQ(Find(*before, "return_visit")->state(), "due");
  // Entered three weeks late.
  const auto after = Visited(PascaleAt("2026-09-08"), her, "PRE_RETURN", "2026-08-18", {"NONE"});
  ASSERT_DONE(after);
  EXPECT_EQ(Find(*after, "return_visit")->state(), "waived");
  EXPECT_EQ(Text(after->visits(0).date()), "2026-08-18");
  EXPECT_EQ(absl::FormatTime("%F", absl::FromUnixSeconds(after->visits(0).made_time().seconds()), absl::UTCTimeZone()),
            "2026-09-08");
  EXPECT_EQ(Audited("visit.record", after->visits(0).visit_id()), 1);
}

TEST_F(ScenarioTest, S14AVisitInTheFutureOrBeforeConsentNamesItsField) {
  const std::string her = Enrol();
  EXPECT_THAT(Visited(At("2026-02-10"), her, "TRANSITION_CONSULTATION", "2026-02-11"),
              HasViolation("date", "DATE_IN_FUTURE"));
  EXPECT_THAT(Visited(At("2026-02-10"), her, "TRANSITION_CONSULTATION", "2025-08-31"),
              HasViolation("date", "DATE_BEFORE_CONSENT"));
  EXPECT_EQ(CourseOf(her, "2026-02-10")->visits_size(), 0);
  // The day is the site's: 23:30 UTC is tomorrow in Paris.
  reprise::Call late = At("2026-02-10");
  late.now = absl::FromCivil(absl::CivilMinute(2026, 2, 10, 23, 30), absl::UTCTimeZone());
  EXPECT_THAT(Visited(late, her, "TRANSITION_CONSULTATION", "2026-02-11"), IsOk());
}

TEST_F(ScenarioTest, S15ACorrectedT0MovesTheAnchor) {
  const std::string her = Enrol();
  ASSERT_DONE(Mark(her, M::KIND_ACTIVE_TREATMENT_END, "2026-10-31", "2026-11-10"));
  EXPECT_THAT(Mark(her, M::KIND_ACTIVE_TREATMENT_END, "2026-09-15", "2027-03-01"),
              StatusIs(StatusCode::kInvalidArgument, "CHANGE_REASON_REQUIRED"));
  const auto course = Mark(her, M::KIND_ACTIVE_TREATMENT_END, "2026-09-15", "2027-03-01", "Compte rendu relu.");
  ASSERT_DONE(course);
  EXPECT_EQ(course->milestones(0).version(), 2);
  EXPECT_EQ(database().Value("SELECT string_agg(on_date::text, ' ' ORDER BY version) "
                             "FROM phase.milestone WHERE participant_id = '" + her + "'"),
            "2026-10-31 2026-09-15");
}

TEST_F(ScenarioTest, S16LandmarksAreCalendarMonthsAfterT0) {
  const std::string her = Enrol();
  ASSERT_DONE(Mark(her, M::KIND_ACTIVE_TREATMENT_END, "2026-10-31", "2026-11-10"));
  ASSERT_DONE(Work(her, W::KIND_SICK_LEAVE, 0, "2026-01-01", "2026-11-10"));
  // Landmark 28 February 2027 is settled once 28 days from it are seen: through 27 March.
  const auto before = CourseOf(her, "2027-03-26");
  ASSERT_DONE(before);
  EXPECT_EQ(Endpoint(*before).landmarks().at("T0+4m"), "not_ascertainable");
  EXPECT_THAT(Endpoint(*before).needed(), HasSubstr("to 27 March 2027"));
  EXPECT_EQ(Endpoint(*CourseOf(her, "2027-03-27")).landmarks().at("T0+4m"), "not_reached");
  EXPECT_THAT(Endpoint(*CourseOf(her, "2027-03-27")).needed(), HasSubstr("to 27 July 2027"));  // 30 June and 27 days
}

TEST_F(ScenarioTest, S28MaternityLeaveIsNoSickLeaveAndCensors) {
  const std::string her = Enrol();
  ASSERT_DONE(Mark(her, M::KIND_ACTIVE_TREATMENT_END, "2025-12-01", "2026-09-01"));
  ASSERT_DONE(Work(her, W::KIND_SICK_LEAVE, 0, "2025-12-01", "2026-09-01"));
  ASSERT_DONE(Work(her, W::KIND_MATERNITY_LEAVE, 0, "2026-01-01", "2026-09-01"));
  ASSERT_DONE(TakeLeave(her, "2026-07-01", "2026-07-20", "2026-09-01", false, false, v1::LeavePrescription::CAUSE_MATERNITY));
  const auto course = Work(her, W::KIND_FULL_TIME, 100, "2026-07-21", "2026-07-22");
  ASSERT_DONE(course);
  EXPECT_EQ(Endpoint(*course).state(), "not_ascertainable");
  EXPECT_EQ(Endpoint(*course).sick_days(), 31);
  EXPECT_EQ(Find(*course, "return_visit")->state(), "due");  // after maternity whatever its length
}

TEST_F(ScenarioTest, S29AfterAJobLossThePhysiciansStepsAreNotApplicable) {
  const std::string her = Enrol();
  ASSERT_DONE(Mark(her, M::KIND_ACTIVE_TREATMENT_END, "2025-12-01", "2026-09-01"));
  ASSERT_DONE(TakeLeave(her, "2025-10-01", "2026-03-31", "2026-04-02"));
  ASSERT_DONE(Work(her, W::KIND_SICK_LEAVE, 0, "2025-10-01", "2026-04-02"));
  const auto course = Work(her, W::KIND_UNEMPLOYED, 0, "2026-02-01", "2026-05-02");
  ASSERT_DONE(course);
  EXPECT_EQ(Find(*course, "return_visit")->state(), "not_applicable");
  EXPECT_EQ(Find(*course, "liaison_meeting")->state(), "not_applicable");
  EXPECT_EQ(Endpoint(*course).state(), "not_reached");
}

TEST_F(ScenarioTest, S32APartTimeContractOfBeforeCountsAsWhole) {
  const std::string her = Enrol();
  ASSERT_DONE(Mark(her, M::KIND_ACTIVE_TREATMENT_END, "2025-12-01", "2026-03-01"));
  ASSERT_DONE(Work(her, W::KIND_SICK_LEAVE, 0, "2025-12-01", "2026-03-01"));
  // Her contract is 60 % of full time; the share is of that contract.
  const auto course = Work(her, W::KIND_CONTRACTUAL_PART_TIME, 100, "2026-01-15", "2026-03-01");
  ASSERT_DONE(course);
  EXPECT_EQ(Endpoint(*course).state(), "reached");
  EXPECT_EQ(Text(Endpoint(*course).reached_date()), "2026-01-15");
}

TEST_F(ScenarioTest, S35APhaseOutOfOrderNeedsThePreviewAndACorrection) {
  const std::string her = Enrol();
  const std::string today = "2026-05-01";
  ASSERT_DONE(Mark(her, M::KIND_ACTIVE_TREATMENT_END, "2025-12-01", today));
  ASSERT_DONE(Work(her, W::KIND_SICK_LEAVE, 0, "2025-09-01", today));
  ASSERT_DONE(Work(her, W::KIND_FULL_TIME, 100, "2026-02-01", today));
  ASSERT_DONE(Enter(her, P::KIND_LEAVE, "2025-09-02", today));
  ASSERT_DONE(Enter(her, P::KIND_PREPARATION, "2026-03-01", today, "GP"));
  EXPECT_THAT(Enter(her, P::KIND_RETURNED, "2026-02-01", today), StatusIs(StatusCode::kInvalidArgument, "PHASE_OVERLAP"));

  v1::CorrectTimelineRequest request;
  request.set_participant_id(her);
  request.mutable_corrected()->set_timeline(v1::TIMELINE_PHASE);
  P& leave = *request.mutable_corrected()->add_phases();
  leave.set_kind(P::KIND_LEAVE);
  *leave.mutable_start_date() = Date("2025-09-02");
  *leave.mutable_end_date() = Date("2026-01-31");
  P& returned = *request.mutable_corrected()->add_phases();
  returned.set_kind(P::KIND_RETURNED);
  *returned.mutable_start_date() = Date("2026-02-01");

  v1::PreviewCorrectionRequest preview;
  preview.set_participant_id(her);
  *preview.mutable_corrected() = request.corrected();
  const auto shown = handlers().PreviewCorrection(ReadAt(today), preview);
  ASSERT_DONE(shown);
  EXPECT_THAT(shown->changes(), Contains(HasSubstr("UNPREPARED_RETURN")));
  EXPECT_THAT(shown->changes(), Contains("Window of the questionnaire after-return, after_return: no dates → "
                                         "from 24 February 2026 to 24 March 2026."));
  const auto montre = handlers().PreviewCorrection(ReadAt(today, "fr"), preview);
  ASSERT_DONE(montre);
  EXPECT_THAT(montre->changes(), Contains("Fenêtre du questionnaire after-return, after_return : sans dates → "
                                          "du 24/02/2026 au 24/03/2026."));
  EXPECT_EQ(shown->before().phase_revision(), 2);
  EXPECT_EQ(CourseOf(her, today)->phase_revision(), 2);

  request.set_revision(2);
  EXPECT_THAT(handlers().CorrectTimeline(At(today), request), StatusIs(StatusCode::kInvalidArgument, "CHANGE_REASON_REQUIRED"));
  request.set_change_reason("Reprise le 1er février.");
  request.set_revision(1);
  EXPECT_THAT(handlers().CorrectTimeline(At(today), request), StatusIs(StatusCode::kAborted, "ETAG_MISMATCH"));
  request.set_revision(2);
  const auto corrected = handlers().CorrectTimeline(At(today), request);
  ASSERT_DONE(corrected);
  EXPECT_EQ(corrected->phase_revision(), 3);
  EXPECT_THAT(corrected->phases(1).flags(), ElementsAre("UNPREPARED_RETURN"));
  EXPECT_EQ(database().Value("SELECT count(*) FROM phase.phase_episode WHERE participant_id = '" + her + "'"), "5");
  EXPECT_EQ(Audited("timeline.correct", her), 1);
  request.set_revision(3);
  EXPECT_THAT(handlers().CorrectTimeline(At(today), request), StatusIs(StatusCode::kInvalidArgument, "NOTHING_CHANGED"));
}

TEST_F(ScenarioTest, S36ACatchUpVisitBeforeTenMonthsIsOutsideTheProtocol) {
  const std::string her = Enrol("INTERVENTION");
  ASSERT_DONE(TakeLeave(her, "2025-09-15", "2026-09-14", "2025-09-16"));
  EXPECT_THAT(Deliver(her, "CATCH_UP", "2026-06-30", "2026-06-30"),
              StatusIs(StatusCode::kFailedPrecondition, "COMPONENT_NOT_APPLICABLE"));
  const auto stored = Deliver(her, "CATCH_UP", "2026-06-30", "2026-06-30", true);
  ASSERT_DONE(stored);
  EXPECT_THAT(stored->deliveries(0).flags(), ElementsAre("OUT_OF_WINDOW", "OUT_OF_PROTOCOL"));
  const auto in_time = Deliver(her, "CATCH_UP", "2026-07-15", "2026-07-15");
  ASSERT_DONE(in_time);
  EXPECT_TRUE(in_time->deliveries(1).flags().empty());
}

}  // namespace
}  // namespace reprise::phase
