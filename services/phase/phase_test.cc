// SPDX-License-Identifier: Apache-2.0
// Each RPC about history and timelines refused, working and audited, and each documented reason.
#include <gmock/gmock.h>

#include <thread>

#include "google/protobuf/util/message_differencer.h"

#include "tests/house/course.h"

namespace reprise::phase {
namespace {

using absl::StatusCode;
using house::NewId;
using house::Person;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using reprise::testing::HasViolation;
using reprise::testing::IsOk;
using reprise::testing::StatusIs;
using W = v1::WorkStatusEpisode;
using M = v1::Milestone;
using P = v1::PhaseEpisode;

constexpr char kToday[] = "2026-05-01";

class PhaseTest : public CourseTest {
 protected:
  // Over RPC, on the day of the test's run.
  template <typename Request>
  static absl::StatusOr<v1::Course> Rpc(const Person& who, const char* method, Request request) {
    request.set_request_id(NewId());
    return house::HouseTest::Call<v1::Course>(who, std::string("reprise.phase.v1.PhaseService/") + method, request);
  }
  static v1::GetCourseRequest Of(const std::string& id) {
    v1::GetCourseRequest request;
    request.set_participant_id(id);
    return request;
  }
  static absl::StatusOr<v1::Course> Get(const Person& who, const std::string& id) {
    return house::HouseTest::Call<v1::Course>(who, "reprise.phase.v1.PhaseService/GetCourse", Of(id));
  }
  static v1::RecordMilestoneRequest Surgery(const std::string& id) {
    v1::RecordMilestoneRequest request;
    request.set_participant_id(id);
    request.set_kind(M::KIND_SURGERY);
    *request.mutable_date() = Date("2025-09-20");
    return request;
  }
};

using GetCourseTest = PhaseTest;
using RecordMilestoneTest = PhaseTest;
using RecordLeaveTest = PhaseTest;
using ChangeWorkStatusTest = PhaseTest;
using ChangePhaseTest = PhaseTest;
using CorrectTimelineTest = PhaseTest;

TEST_F(GetCourseTest, IsRefusedWithoutTheRightAndOutOfSight) {
  const std::string hers = Enrol("", true), other = Enrol();
  EXPECT_THAT(Get(people().rachel, hers), StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(Get(people().simone, hers), StatusIs(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND"));
  // Scenario 37: another physician's participant.
  EXPECT_THAT(Get(people().pascale, other), StatusIs(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND"));
  EXPECT_THAT(Get(people().pascale, hers), IsOk());
  EXPECT_EQ(Audited("course.read", hers), 1);
  EXPECT_EQ(Audited("course.read", other), 0);
}

TEST_F(GetCourseTest, WritesNothing) {
  const std::string her = Enrol();
  const auto course = Get(people().dora, her);
  ASSERT_THAT(course, IsOk());
  EXPECT_EQ(course->work_status_revision(), 0);
  EXPECT_EQ(course->endpoints(0).state(), "not_ascertainable");
  EXPECT_THAT(course->endpoints(0).needed(), HasSubstr("fin des traitements actifs"));
}

TEST_F(RecordMilestoneTest, IsRefusedWithoutTheRightAndOutOfSight) {
  const std::string her = Enrol("", true);
  EXPECT_THAT(Rpc(people().pascale, "RecordMilestone", Surgery(her)),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(Rpc(people().simone, "RecordMilestone", Surgery(her)),
              StatusIs(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND"));
  EXPECT_THAT(Rpc(people().coline, "RecordMilestone", Surgery(people().second_id)),
              StatusIs(StatusCode::kFailedPrecondition, "PARTICIPANT_NOT_ENROLLED"));
}

TEST_F(RecordMilestoneTest, StoresOnceAndRecordsIt) {
  const std::string her = Enrol();
  v1::RecordMilestoneRequest request = Surgery(her);
  request.set_request_id(NewId());
  const std::string method = "reprise.phase.v1.PhaseService/RecordMilestone";
  const auto first = house::HouseTest::Call<v1::Course>(people().coline, method, request);
  ASSERT_THAT(first, IsOk());
  const auto again = house::HouseTest::Call<v1::Course>(people().coline, method, request);
  ASSERT_THAT(again, IsOk());
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(*again, *first));
  EXPECT_EQ(first->milestones(0).version(), 1);
  EXPECT_EQ(Audited("milestone.record", her), 1);
}

TEST_F(RecordMilestoneTest, GivesEachRefusalItsReason) {
  const std::string her = Enrol();
  ASSERT_THAT(Mark(her, M::KIND_CHEMOTHERAPY_END, "2026-01-10", kToday), IsOk());
  EXPECT_THAT(Mark(her, M::KIND_ACTIVE_TREATMENT_END, "2026-01-09", kToday), HasViolation("date", "T0_BEFORE_TREATMENT_END"));
  ASSERT_THAT(Mark(her, M::KIND_ACTIVE_TREATMENT_END, "2026-01-10", kToday), IsOk());
  EXPECT_THAT(Mark(her, M::KIND_RADIOTHERAPY_END, "2026-01-11", kToday), HasViolation("date", "T0_BEFORE_TREATMENT_END"));
  EXPECT_THAT(Mark(her, M::KIND_SURGERY, "2026-05-02", kToday), HasViolation("date", "DATE_IN_FUTURE"));
  EXPECT_THAT(Mark(her, M::KIND_UNSPECIFIED, "2026-01-01", kToday), HasViolation("kind", "KIND_UNKNOWN"));
  EXPECT_THAT(Mark(her, M::KIND_CHEMOTHERAPY_END, "2026-01-10", kToday, "x"), HasViolation("date", "NOTHING_CHANGED"));
  EXPECT_THAT(Mark(her, M::KIND_CHEMOTHERAPY_END, "2026-01-08", kToday),
              StatusIs(StatusCode::kInvalidArgument, "CHANGE_REASON_REQUIRED"));
  EXPECT_THAT(Mark(her, M::KIND_CHEMOTHERAPY_END, "2026-01-08", kToday, "Appeler le 06 12 34 56 78."),
              StatusIs(StatusCode::kInvalidArgument, "TEXT_HOLDS_IDENTITY"));
  v1::RecordMilestoneRequest request;
  request.set_participant_id(her);
  request.set_kind(M::KIND_SURGERY);
  EXPECT_THAT(handlers().RecordMilestone(At(kToday), request), HasViolation("date", "DATE_INVALID"));
  // History may be older than the consent.
  EXPECT_THAT(Mark(her, M::KIND_DIAGNOSIS, "2025-03-01", kToday), IsOk());
}

TEST_F(RecordMilestoneTest, ClosedParticipationsTakeNothingOfLater) {
  const std::string gone = Enrol(), dead = Enrol();
  Event(gone, 2, "WITHDRAWN", "2026-02-01", "CONTACT");
  Event(dead, 2, "DECEASED", "2026-02-01");
  for (const std::string& id : {gone, dead}) {
    EXPECT_THAT(Mark(id, M::KIND_SURGERY, "2026-02-02", kToday), StatusIs(StatusCode::kFailedPrecondition, "PARTICIPANT_CLOSED"));
    EXPECT_THAT(Mark(id, M::KIND_SURGERY, "2026-02-01", kToday), IsOk());
  }
  const std::string stopped = Enrol();
  Event(stopped, 2, "WITHDRAWN", "2026-02-01", "INTERVENTION");
  EXPECT_THAT(Mark(stopped, M::KIND_SURGERY, "2026-02-02", kToday), IsOk());
}

TEST_F(RecordLeaveTest, MayBeginAfterTodayButIsNotIssuedLater) {
  constexpr auto kIllness = v1::LeavePrescription::CAUSE_ILLNESS;
  const std::string her = Enrol(), gone = Enrol();
  ASSERT_THAT(TakeLeave(her, "2026-04-01", "2026-05-01", kToday), IsOk());
  // Prescribed today from tomorrow, as an extension is.
  const auto extended = TakeLeave(her, "2026-05-02", "2026-06-30", kToday, true, false, kIllness, kToday);
  ASSERT_THAT(extended, IsOk());
  ASSERT_EQ(extended->leave_episodes_size(), 1);
  EXPECT_EQ(Text(extended->leave_episodes(0).start_date()), "2026-04-01");
  EXPECT_EQ(Text(extended->leave_episodes(0).end_date()), "2026-06-30");
  // A leave that is all ahead, and the day on which it would have to be issued.
  const auto ahead = TakeLeave(Enrol(), "2026-08-01", "2026-08-31", kToday, false, false, kIllness, kToday);
  ASSERT_THAT(ahead, IsOk());
  EXPECT_EQ(ahead->leave_episodes_size(), 1);
  EXPECT_THAT(TakeLeave(her, "2026-07-01", "2026-07-31", kToday, true, false, kIllness, "2026-05-02"),
              HasViolation("issued_date", "DATE_IN_FUTURE"));
  // A mistyped year: 1096 days after the issue, 2026-05-01 included, is 2029-04-30.
  EXPECT_THAT(TakeLeave(her, "2029-04-01", "2029-04-30", kToday, true, false, kIllness, kToday), IsOk());
  EXPECT_THAT(TakeLeave(her, "2029-04-01", "2029-05-01", kToday, true, false, kIllness, kToday),
              HasViolation("end_date", "LEAVE_TOO_LONG"));
  Event(gone, 2, "WITHDRAWN", "2026-05-01", "CONTACT");
  EXPECT_THAT(TakeLeave(gone, "2026-05-02", "2026-05-31", kToday, true, false, kIllness, kToday),
              StatusIs(StatusCode::kFailedPrecondition, "PARTICIPANT_CLOSED"));
}

TEST_F(RecordLeaveTest, MergesWhatIsNotVoidAndGivesReasons) {
  const std::string her = Enrol();
  EXPECT_THAT(TakeLeave(her, "2026-02-01", "2026-01-31", kToday), HasViolation("end_date", "LEAVE_REVERSED"));
  EXPECT_THAT(TakeLeave(her, "2022-01-01", "2026-01-31", kToday), HasViolation("end_date", "LEAVE_TOO_LONG"));
  EXPECT_THAT(TakeLeave(her, "2026-05-02", "2026-05-31", kToday), HasViolation("issued_date", "DATE_IN_FUTURE"));
  ASSERT_THAT(TakeLeave(her, "2026-04-01", "2026-04-30", kToday), IsOk());
  const auto two = TakeLeave(her, "2026-05-01", "2026-06-30", kToday, true);  // the end may be in the future
  ASSERT_THAT(two, IsOk());
  EXPECT_EQ(two->leave_episodes_size(), 1);
  const std::string leave_id = two->leaves(1).leave_id();
  EXPECT_EQ(Audited("leave.record", leave_id), 1);

  v1::VoidLeaveRequest request;
  request.set_participant_id(her);
  request.set_leave_id(leave_id);
  EXPECT_THAT(handlers().VoidLeave(At(kToday), request), StatusIs(StatusCode::kInvalidArgument, "CHANGE_REASON_REQUIRED"));
  request.set_change_reason("Saisi deux fois.");
  const auto voided = handlers().VoidLeave(At(kToday), request);
  ASSERT_THAT(voided, IsOk());
  EXPECT_EQ(Text(voided->leave_episodes(0).end_date()), "2026-04-30");
  EXPECT_EQ(voided->leaves(1).void_reason(), "Saisi deux fois.");
  EXPECT_EQ(Audited("leave.void", leave_id), 1);
  EXPECT_THAT(handlers().VoidLeave(At(kToday), request), StatusIs(StatusCode::kFailedPrecondition, "LEAVE_VOIDED"));
  request.set_leave_id(NewId());
  EXPECT_THAT(handlers().VoidLeave(At(kToday), request), StatusIs(StatusCode::kNotFound, "LEAVE_NOT_FOUND"));
}

TEST_F(RecordLeaveTest, AsksWhatDoesNotFit) {
  const std::string her = Enrol();
  ASSERT_THAT(Work(her, W::KIND_FULL_TIME, 100, "2026-01-01", kToday), IsOk());
  ASSERT_THAT(TakeLeave(her, "2026-02-01", "2026-02-10", kToday), IsOk());
  const auto course = Work(her, W::KIND_THERAPEUTIC_PART_TIME, 50, "2026-03-01", kToday);
  ASSERT_THAT(course, IsOk());
  EXPECT_THAT(course->questions(), ElementsAre("Leave is prescribed over full-time work, from 1 February 2026 to 10 "
                                               "February 2026: which of them is right?",
                                               "Therapeutic part-time without a prescription that covers it from 1 "
                                               "March 2026."));
  const auto covered = TakeLeave(her, "2026-03-01", "2026-08-31", kToday, true, true);
  ASSERT_THAT(covered, IsOk());
  EXPECT_EQ(covered->questions_size(), 1);
}

TEST_F(ChangeWorkStatusTest, WritesTheWholeTimelineAsARevision) {
  const std::string her = Enrol();
  ASSERT_THAT(Work(her, W::KIND_SICK_LEAVE, 0, "2025-06-01", kToday), IsOk());
  const auto course = Work(her, W::KIND_FULL_TIME, 100, "2026-02-01", kToday);
  ASSERT_THAT(course, IsOk());
  EXPECT_EQ(course->work_status_revision(), 2);
  EXPECT_EQ(Text(course->work_status(0).end_date()), "2026-01-31");
  EXPECT_EQ(Audited("work_status.change", her), 2);
  EXPECT_EQ(database().Value("SELECT string_agg(kind || coalesce(end_date::text, ''), ' ' ORDER BY revision, position) "
                             "FROM phase.work_status WHERE participant_id = '" + her + "'"),
            "SICK_LEAVE SICK_LEAVE2026-01-31 FULL_TIME");
  EXPECT_THAT(Work(her, W::KIND_SICK_LEAVE, 0, "2026-02-01", kToday), HasViolation("start_date", "WORK_STATUS_OVERLAP"));
  EXPECT_THAT(Work(her, W::KIND_SICK_LEAVE, 0, "2026-05-02", kToday), HasViolation("start_date", "DATE_IN_FUTURE"));
  EXPECT_THAT(Work(her, W::KIND_THERAPEUTIC_PART_TIME, 0, "2026-03-01", kToday), HasViolation("percent", "PERCENT_INVALID"));
  EXPECT_THAT(Work(her, W::KIND_FULL_TIME, 100, "2026-03-01", kToday), StatusIs(StatusCode::kInvalidArgument, "NOTHING_CHANGED"));
  ASSERT_THAT(Work(her, W::KIND_DECEASED, 0, "2026-04-01", kToday), IsOk());
  EXPECT_THAT(Work(her, W::KIND_UNKNOWN, 0, "2026-04-02", kToday), StatusIs(StatusCode::kFailedPrecondition, "PARTICIPANT_DECEASED"));
  EXPECT_EQ(Endpoint(*CourseOf(her, kToday)).state(), "not_ascertainable");
}

TEST_F(ChangeWorkStatusTest, ConcurrentChangesBecomeOneTimeline) {
  const std::string her = Enrol();
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      v1::ChangeWorkStatusRequest request;
      request.set_participant_id(her);
      request.set_kind(i % 2 == 0 ? W::KIND_SICK_LEAVE : W::KIND_UNEMPLOYED);
      *request.mutable_start_date() = Date(absl::StrCat("2026-01-0", i + 1));
      const auto course = Rpc(people().coline, "ChangeWorkStatus", request);
      if (!course.ok()) {
        EXPECT_THAT(error::ReasonOf(course.status()), ::testing::AnyOf("WORK_STATUS_OVERLAP", "NOTHING_CHANGED"));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const auto course = CourseOf(her, kToday);
  ASSERT_THAT(course, IsOk());
  ASSERT_GE(course->work_status_size(), 1);
  EXPECT_EQ(course->work_status_size(), course->work_status_revision());  // each change added one
  for (int i = 1; i < course->work_status_size(); ++i) {
    EXPECT_LT(Text(course->work_status(i - 1).end_date()), Text(course->work_status(i).start_date()));
  }
}

TEST_F(ChangePhaseTest, GivesEachRefusalItsReason) {
  const std::string her = Enrol();
  EXPECT_THAT(Enter(her, P::KIND_LEAVE, "2025-08-31", kToday), HasViolation("start_date", "DATE_BEFORE_CONSENT"));
  EXPECT_THAT(Enter(her, P::KIND_LEAVE, "2026-05-02", kToday), HasViolation("start_date", "DATE_IN_FUTURE"));
  EXPECT_THAT(Enter(her, P::KIND_RETURNED, "2026-02-01", kToday), StatusIs(StatusCode::kFailedPrecondition, "RETURN_WITHOUT_WORK"));
  ASSERT_THAT(Enter(her, P::KIND_PREPARATION, "2026-01-01", kToday), IsOk());
  EXPECT_THAT(Enter(her, P::KIND_PREPARATION, "2026-02-01", kToday), HasViolation("kind", "PHASE_UNCHANGED"));
  EXPECT_THAT(Enter(her, P::KIND_LEAVE, "2026-02-01", kToday), HasViolation("trigger", "TRIGGER_REQUIRED"));
  const auto course = Enter(her, P::KIND_LEAVE, "2026-02-01", kToday, "COMPLICATION");
  ASSERT_THAT(course, IsOk());
  EXPECT_THAT(course->phases(1).flags(), ElementsAre("POSTPONED"));
  EXPECT_EQ(Audited("phase.change", her), 2);
}

TEST_F(CorrectTimelineTest, NamesEveryFaultyEpisodeAndChangesNothing) {
  const std::string her = Enrol();
  ASSERT_THAT(Work(her, W::KIND_SICK_LEAVE, 0, "2026-01-01", kToday), IsOk());
  v1::PreviewCorrectionRequest request;
  request.set_participant_id(her);
  EXPECT_THAT(handlers().PreviewCorrection(ReadAt(kToday), request), HasViolation("corrected.timeline", "KIND_UNKNOWN"));
  request.mutable_corrected()->set_timeline(v1::TIMELINE_WORK_STATUS);
  W& one = *request.mutable_corrected()->add_work_status();
  one.set_kind(W::KIND_FULL_TIME);
  one.set_percent(90);
  *one.mutable_start_date() = Date("2026-01-01");
  *one.mutable_end_date() = Date("2026-02-01");
  W& two = *request.mutable_corrected()->add_work_status();
  two.set_kind(W::KIND_SICK_LEAVE);
  *two.mutable_start_date() = Date("2026-02-01");
  const auto refused = handlers().PreviewCorrection(ReadAt(kToday), request);
  EXPECT_THAT(refused, StatusIs(StatusCode::kInvalidArgument, "EPISODES_INVALID"));
  EXPECT_THAT(refused, HasViolation("corrected.work_status[1].start_date", "EPISODES_OVERLAP"));
  EXPECT_THAT(refused, HasViolation("corrected.work_status[0].percent", "PERCENT_INVALID"));
  two.mutable_start_date()->set_month(13);
  EXPECT_THAT(handlers().PreviewCorrection(ReadAt(kToday), request),
              HasViolation("corrected.work_status[1].start_date", "DATE_INVALID"));
  EXPECT_EQ(CourseOf(her, kToday)->work_status_revision(), 1);
}

TEST_F(CorrectTimelineTest, PreviewSaysWhatFollowsFromEarlierWork) {
  const std::string her = Enrol();
  ASSERT_THAT(Mark(her, M::KIND_ACTIVE_TREATMENT_END, "2025-12-01", kToday), IsOk());
  ASSERT_THAT(TakeLeave(her, "2025-12-01", "2026-02-28", kToday), IsOk());
  ASSERT_THAT(Work(her, W::KIND_SICK_LEAVE, 0, "2025-12-01", kToday), IsOk());
  v1::PreviewCorrectionRequest request;
  request.set_participant_id(her);
  request.mutable_corrected()->set_timeline(v1::TIMELINE_WORK_STATUS);
  W& leave = *request.mutable_corrected()->add_work_status();
  leave.set_kind(W::KIND_SICK_LEAVE);
  *leave.mutable_start_date() = Date("2025-12-01");
  *leave.mutable_end_date() = Date("2026-02-28");
  W& work = *request.mutable_corrected()->add_work_status();
  work.set_kind(W::KIND_FULL_TIME);
  work.set_percent(100);
  *work.mutable_start_date() = Date("2026-03-01");
  const auto shown = handlers().PreviewCorrection(ReadAt(kToday), request);
  ASSERT_THAT(shown, IsOk());
  EXPECT_THAT(shown->changes(), Contains("Endpoint, sustainable return (SRTW-50-28): not reached → reached on 1 March 2026."));
  EXPECT_THAT(shown->changes(), Contains("Endpoint, sustainable return (SRTW-50-28) at 8 months: not ascertainable → reached."));
  EXPECT_THAT(shown->changes(), Contains("Days of full sick leave since T0: 152 → 90."));
  EXPECT_EQ(shown->after().endpoints(0).state(), "reached");
  EXPECT_EQ(Audited("course.preview", her), 1);
  EXPECT_EQ(CourseOf(her, kToday)->work_status_revision(), 1);
}

// The second line behind the permissions: hand-written SQL as the service's own role.
TEST_F(GetCourseTest, IsKeptByRowLevelSecurityAgainstHandWrittenSql) {
  const std::string her = Enrol();
  ASSERT_THAT(Work(her, W::KIND_SICK_LEAVE, 0, "2026-01-01", kToday), IsOk());
  const auto seen = [&](const std::string& settings) {
    return (*database().SqlAs("reprise_phase", settings + "SELECT count(*) FROM phase.work_status WHERE participant_id = '" +
                                                   her + "'"))[0][0];
  };
  EXPECT_EQ(seen(""), "0");
  EXPECT_EQ(seen(absl::StrCat("SET app.scope = '", people().study_id, "/", people().saint_etienne_id, "';")), "0");
  EXPECT_EQ(seen(absl::StrCat("SET app.scope = '", people().study_id, "/", people().lyon_id, "';")), "1");
  EXPECT_THAT(database().SqlAs("reprise_phase", "UPDATE phase.work_status SET kind = 'UNKNOWN'"),
              StatusIs(StatusCode::kUnknown, "42501"));
  EXPECT_THAT(database().SqlAs("reprise_phase", "DELETE FROM phase.milestone"), StatusIs(StatusCode::kUnknown, "42501"));
}

}  // namespace
}  // namespace reprise::phase
