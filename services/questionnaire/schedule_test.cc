// SPDX-License-Identifier: Apache-2.0
// Windows, states and days over the protocol, T0 and what is recorded.
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

#include "services/questionnaire/schedule_fixture.h"

namespace reprise::questionnaire {
namespace {

using absl::StatusCode;
using reprise::testing::HasViolation;
using reprise::testing::StatusIs;

using ListScheduleTest = ScheduleTest;
using OpenScheduledTest = ScheduleTest;
using SubmitScheduledTest = ScheduleTest;

TEST_F(ListScheduleTest, Scenario16CountsMonthsFromT0AsTheCalendarHasThem) {
  diary();
  const std::string who = Participant("2026-10-10");
  auto list = List(who, At(CivilDay(2026, 10, 12)));
  ASSERT_EQ(list.size(), 4u) << "`late` is of another stage";
  EXPECT_EQ(list["baseline"].state(), v1::Instance::STATE_OPEN);
  EXPECT_EQ(list["baseline"].instance_id(), "");
  EXPECT_TRUE(list["baseline"].required());
  EXPECT_EQ(list["baseline"].title().at("fr"), "Journal");
  EXPECT_EQ(list["T0+4m"].state(), v1::Instance::STATE_SCHEDULED);
  EXPECT_FALSE(list["T0+4m"].has_target_date());
  T0(who, "2026-10-31");
  list = List(who, At(CivilDay(2026, 11, 1)));
  EXPECT_EQ(Day(list["T0+4m"].target_date()), CivilDay(2027, 2, 28));
  EXPECT_EQ(Day(list["T0+8m"].target_date()), CivilDay(2027, 6, 30));
  EXPECT_EQ(Day(list["T0+12m"].target_date()), CivilDay(2027, 10, 31));
  EXPECT_EQ(Day(list["T0+4m"].window_open_date()), CivilDay(2027, 2, 14));
  EXPECT_EQ(Day(list["T0+4m"].window_close_date()), CivilDay(2027, 3, 14));
  EXPECT_EQ(list["baseline"].state(), v1::Instance::STATE_MISSED);
}

TEST_F(ListScheduleTest, ShowsTheScheduleToTheParticipantHerself) {
  const std::string who = Participant("2026-10-10");
  reprise::Call call = CallOn(At(CivilDay(2026, 10, 12)));
  call.scope = {.own_participant_id = who};
  v1::ListInstancesRequest request;
  request.set_participant_id(who);
  const auto list = handlers_.ListInstances(call, request);
  ASSERT_THAT(list, IsOk());
  EXPECT_EQ(list->instances_size(), 4);
  request.set_participant_id(Participant("2026-10-10"));
  EXPECT_THAT(handlers_.ListInstances(call, request), StatusIs(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND"));
}

TEST_F(OpenScheduledTest, HoldsToScheduleAndWindow) {
  const std::string who = Participant("2026-10-10");
  EXPECT_THAT(Open(who, "T0+4m", At(CivilDay(2026, 10, 12))),
              StatusIs(StatusCode::kFailedPrecondition, "INSTANCE_NOT_DUE"));
  T0(who, "2026-10-31");
  EXPECT_THAT(Open(who, "T0+4m", At(CivilDay(2027, 2, 13))),
              StatusIs(StatusCode::kFailedPrecondition, "INSTANCE_NOT_DUE"));
  const std::string other = Publish("quest-diary", absl::StrCat("1.", NewId().substr(0, 6)));
  EXPECT_THAT(Open(who, "T0+4m", At(CivilDay(2027, 2, 14)), other),
              StatusIs(StatusCode::kFailedPrecondition, "INSTRUMENT_VERSION_NOT_SCHEDULED"));
  const auto opened = Open(who, "T0+4m", At(CivilDay(2027, 2, 14)));
  ASSERT_THAT(opened, IsOk());
  EXPECT_EQ(opened->state(), v1::Instance::STATE_OPEN);
  EXPECT_EQ(Day(opened->target_date()), CivilDay(2027, 2, 28));
  EXPECT_EQ(Audited("instance.open", opened->instance_id()), 1);
  EXPECT_THAT(Open(who, "T0+4m", At(CivilDay(2027, 2, 15))),
              StatusIs(StatusCode::kAlreadyExists, "INSTANCE_EXISTS"));
  // Besides the schedule: another timepoint, with any version; late ones are opened too.
  EXPECT_THAT(Open(who, "extra", At(CivilDay(2027, 2, 15)), other), IsOk());
  const auto late = Open(who, "baseline", At(CivilDay(2027, 2, 15)));
  ASSERT_THAT(late, IsOk());
  EXPECT_EQ(late->state(), v1::Instance::STATE_MISSED);
  EXPECT_EQ(List(who, At(CivilDay(2027, 2, 15))).size(), 5u);
}

TEST_F(SubmitScheduledTest, Scenario15KeepsASubmissionWhenT0IsCorrectedAndFlagsIt) {
  const std::string who = Participant("2026-10-10");
  T0(who, "2026-10-31");
  const auto opened = Open(who, "T0+4m", At(CivilDay(2027, 3, 1)));
  ASSERT_THAT(opened, IsOk());
  ASSERT_THAT(Submit(opened->instance_id(), At(CivilDay(2027, 3, 1))), IsOk());
  EXPECT_FALSE(List(who, At(CivilDay(2027, 3, 2)))["T0+4m"].out_of_window());
  T0(who, "2026-09-15");
  auto list = List(who, At(CivilDay(2027, 3, 2)));
  const v1::Instance& kept = list["T0+4m"];
  EXPECT_EQ(kept.instance_id(), opened->instance_id());
  EXPECT_EQ(kept.state(), v1::Instance::STATE_SUBMITTED);
  EXPECT_EQ(Day(kept.answered_date()), CivilDay(2027, 3, 1));
  EXPECT_EQ(Day(kept.target_date()), CivilDay(2027, 1, 15));
  EXPECT_EQ(Day(kept.window_close_date()), CivilDay(2027, 1, 29));
  EXPECT_TRUE(kept.out_of_window());
  EXPECT_EQ(Day(list["T0+8m"].target_date()), CivilDay(2027, 5, 15));
}

TEST_F(SubmitScheduledTest, Scenario17CountsDaysWhereTheSiteIs) {
  struct Case {
    const char* name;
    const char* site;
    const char* zone;
    const char* consent;  // the window closes 14 days later
    absl::Time now;
    CivilDay answered;
    bool out_of_window;
  };
  const Case cases[] = {
      {"23:30 UTC on the last day is the next day in Paris", "LYO", "Europe/Paris", "2026-10-10",
       At(CivilDay(2026, 10, 24), 23, 30), CivilDay(2026, 10, 25), true},
      {"21:59 UTC is still the last day", "LYO", "Europe/Paris", "2026-10-10",
       At(CivilDay(2026, 10, 24), 21, 59), CivilDay(2026, 10, 24), false},
      {"the day of 25 hours begins at 22:00 UTC", "LYO", "Europe/Paris", "2026-10-11",
       At(CivilDay(2026, 10, 24), 22, 0), CivilDay(2026, 10, 25), false},
      {"the day of 25 hours ends at 23:00 UTC", "LYO", "Europe/Paris", "2026-10-11",
       At(CivilDay(2026, 10, 25), 22, 59), CivilDay(2026, 10, 25), false},
      {"after 25 hours it is the next day", "LYO", "Europe/Paris", "2026-10-11",
       At(CivilDay(2026, 10, 25), 23, 0), CivilDay(2026, 10, 26), true},
      {"the day of 23 hours begins at 23:00 UTC", "LYO", "Europe/Paris", "2027-03-14",
       At(CivilDay(2027, 3, 27), 23, 0), CivilDay(2027, 3, 28), false},
      {"the day of 23 hours ends at 22:00 UTC", "LYO", "Europe/Paris", "2027-03-14",
       At(CivilDay(2027, 3, 28), 21, 59), CivilDay(2027, 3, 28), false},
      {"after 23 hours it is the next day", "LYO", "Europe/Paris", "2027-03-14",
       At(CivilDay(2027, 3, 28), 22, 0), CivilDay(2027, 3, 29), true},
      {"Réunion is four hours ahead all year", "REU", "Indian/Reunion", "2026-10-10",
       At(CivilDay(2026, 10, 24), 20, 0), CivilDay(2026, 10, 25), true},
      {"Réunion in the last minute", "REU", "Indian/Reunion", "2026-10-10",
       At(CivilDay(2026, 10, 24), 19, 59), CivilDay(2026, 10, 24), false},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    const std::string who = Participant(c.consent, c.site, c.zone);
    const auto opened = Open(who, "baseline", c.now - absl::Hours(48));
    ASSERT_THAT(opened, IsOk());
    const auto response = Submit(opened->instance_id(), c.now);
    ASSERT_THAT(response, IsOk());
    EXPECT_EQ(Day(response->answered_date()), c.answered);
    const v1::Instance listed = List(who, c.now)["baseline"];
    EXPECT_EQ(Day(listed.answered_date()), c.answered);
    EXPECT_EQ(listed.out_of_window(), c.out_of_window);
  }
}

TEST_F(SubmitScheduledTest, Scenario17OpensTheWindowAtMidnightOfTheSite) {
  const std::string who = Participant("2026-10-25", "REU", "Indian/Reunion");
  EXPECT_THAT(Open(who, "baseline", At(CivilDay(2026, 10, 24), 19, 59)),
              StatusIs(StatusCode::kFailedPrecondition, "INSTANCE_NOT_DUE"));
  EXPECT_THAT(Open(who, "baseline", At(CivilDay(2026, 10, 24), 20, 0)), IsOk());
}

TEST_F(SubmitScheduledTest, TakesTheDayOfAPaperFormWithinReason) {
  const std::string who = Participant("2026-10-10");
  T0(who, "2026-10-31");
  const auto opened = Open(who, "T0+4m", At(CivilDay(2027, 2, 20)));
  ASSERT_THAT(opened, IsOk());
  const absl::Time now = At(CivilDay(2027, 3, 1), 23, 30);  // the 2nd in Paris
  const auto future = Submit(opened->instance_id(), now, CivilDay(2027, 3, 3));
  EXPECT_THAT(future, StatusIs(StatusCode::kInvalidArgument, "DATE_IN_FUTURE"));
  EXPECT_THAT(future, HasViolation("answered_date", "DATE_IN_FUTURE"));
  EXPECT_THAT(Submit(opened->instance_id(), now, CivilDay(2027, 2, 13)),
              StatusIs(StatusCode::kInvalidArgument, "DATE_BEFORE_OPENING"));
  // T0 was earlier than thought, so the paper may be older than the window was at the opening.
  T0(who, "2026-10-20");
  EXPECT_THAT(Submit(opened->instance_id(), now, CivilDay(2027, 2, 5)),
              StatusIs(StatusCode::kInvalidArgument, "DATE_BEFORE_OPENING"));
  const auto taken = Submit(opened->instance_id(), now, CivilDay(2027, 2, 6));
  ASSERT_THAT(taken, IsOk());
  EXPECT_EQ(Day(taken->answered_date()), CivilDay(2027, 2, 6));
  v1::CorrectResponseRequest correction;
  correction.set_instance_id(opened->instance_id());
  correction.set_etag(taken->etag());
  correction.set_change_reason("Misread.");
  (*correction.mutable_answers())["days"].set_value("31");
  const auto corrected = handlers_.CorrectResponse(CallOn(now), correction);
  ASSERT_THAT(corrected, IsOk());
  EXPECT_EQ(Day(corrected->answered_date()), CivilDay(2027, 2, 6)) << "a correction keeps the day";
  // Besides the schedule consent is the first day.
  const auto besides = Open(who, "besides", now);
  ASSERT_THAT(besides, IsOk());
  EXPECT_THAT(Submit(besides->instance_id(), now, CivilDay(2026, 10, 9)),
              StatusIs(StatusCode::kInvalidArgument, "DATE_BEFORE_OPENING"));
  EXPECT_THAT(Submit(besides->instance_id(), now, CivilDay(2026, 10, 10)), IsOk());
}

TEST_F(SubmitScheduledTest, Scenario27AsksNothingMoreAfterDeathOrWithdrawal) {
  struct Case {
    const char* name;
    const char* kind;
    const char* withdrawal;
    bool cancelled;
  };
  for (const Case& c : {Case{"Scenario27: death", "DECEASED", "NULL", true},
                        Case{"Scenario23: the intervention alone", "WITHDRAWN", "'INTERVENTION'", false},
                        Case{"contact", "WITHDRAWN", "'CONTACT'", true},
                        Case{"all", "WITHDRAWN", "'ALL'", true},
                        Case{"all with erasure", "WITHDRAWN", "'ALL_WITH_ERASURE'", true},
                        Case{"not eligible after all", "SCREEN_FAILED", "NULL", true},
                        Case{"lost", "LOST", "NULL", false}}) {
    SCOPED_TRACE(c.name);
    const std::string who = Participant("2026-10-10");
    const absl::Time now = At(CivilDay(2026, 10, 20));
    const auto opened = Open(who, "baseline", At(CivilDay(2026, 10, 12)));
    ASSERT_THAT(opened, IsOk());
    Event(who, c.kind, "2026-10-15", c.withdrawal);
    auto list = List(who, now);
    EXPECT_EQ(list["baseline"].state(), c.cancelled ? v1::Instance::STATE_CANCELLED : v1::Instance::STATE_OPEN);
    EXPECT_EQ(list["T0+4m"].state(),
              c.cancelled ? v1::Instance::STATE_CANCELLED : v1::Instance::STATE_SCHEDULED);
    if (c.cancelled) {
      EXPECT_THAT(Submit(opened->instance_id(), now),
                  StatusIs(StatusCode::kFailedPrecondition, "INSTANCE_CANCELLED"));
      EXPECT_THAT(Save(opened->instance_id(), now, {{"days", "3"}}),
                  StatusIs(StatusCode::kFailedPrecondition, "INSTANCE_CANCELLED"));
      EXPECT_THAT(Open(who, "besides", now), StatusIs(StatusCode::kFailedPrecondition, "INSTANCE_CANCELLED"));
    } else {
      EXPECT_THAT(Submit(opened->instance_id(), now), IsOk());
    }
  }
}

}  // namespace
}  // namespace reprise::questionnaire
