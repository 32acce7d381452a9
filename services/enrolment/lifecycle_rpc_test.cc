// SPDX-License-Identifier: Apache-2.0
// The course of participations over RPC.
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"
#include "tests/house/enrolment_house.h"

namespace reprise::enrolment {
namespace {

using absl::StatusCode;
using house::NewId;
using reprise::testing::HasViolation;
using reprise::testing::IsOk;
using reprise::testing::StatusIs;

using E = v1::LifecycleEvent;

class LifecycleRpcTest : public EnrolmentHouse {
 protected:
  static absl::StatusOr<v1::Participation> Withdraw(const v1::WithdrawParticipantRequest& request) {
    return Ask<v1::Participation>(people().coline, "WithdrawParticipant", request);
  }
  static absl::StatusOr<v1::Participation> Record(const v1::RecordLifecycleEventRequest& request) {
    return Ask<v1::Participation>(people().coline, "RecordLifecycleEvent", request);
  }
  static std::string Followed() {
    const std::string participant_id = Enrolled();
    StartFollowUp(participant_id);
    return participant_id;
  }
};
using WithdrawParticipantTest = LifecycleRpcTest;
using RecordLifecycleEventTest = LifecycleRpcTest;
using GetParticipationTest = LifecycleRpcTest;
using ParticipantStatusTest = LifecycleRpcTest;

TEST_F(WithdrawParticipantTest, IsRefusedWithoutTheRightAndOutOfSight) {
  const auto request = Withdrawal(Enrolled(), v1::WITHDRAWAL_KIND_ALL);
  EXPECT_THAT(Ask<v1::Participation>(people().bob, "WithdrawParticipant", request),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(Ask<v1::Participation>(people().simone, "WithdrawParticipant", request),
              StatusIs(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND"));
}

// Scenario 23.
TEST_F(WithdrawParticipantTest, LeavesTheFollowUpWhereOnlyTheInterventionEnds) {
  const std::string participant_id = Followed();
  auto request = Withdrawal(participant_id, v1::WITHDRAWAL_KIND_INTERVENTION);
  request.set_reason("Too far to travel.");
  const auto participation = Withdraw(request);
  ASSERT_THAT(participation, IsOk());
  EXPECT_EQ(participation->status(), v1::PARTICIPANT_STATUS_IN_FOLLOW_UP);
  const auto& last = participation->events(participation->events_size() - 1);
  EXPECT_EQ(last.withdrawal(), v1::WITHDRAWAL_KIND_INTERVENTION);
  EXPECT_EQ(last.reason(), "Too far to travel.");
  EXPECT_EQ(Audited("participant.withdraw", participant_id), 1);
}

TEST_F(WithdrawParticipantTest, GoesOnlyTowardLessData) {
  const std::string participant_id = Followed();
  const auto contact = Withdraw(Withdrawal(participant_id, v1::WITHDRAWAL_KIND_CONTACT));
  ASSERT_THAT(contact, IsOk());
  EXPECT_EQ(contact->status(), v1::PARTICIPANT_STATUS_WITHDRAWN);
  EXPECT_THAT(Withdraw(Withdrawal(participant_id, v1::WITHDRAWAL_KIND_INTERVENTION)),
              StatusIs(StatusCode::kFailedPrecondition, "STATUS_TRANSITION_INVALID"));
  EXPECT_THAT(Withdraw(Withdrawal(participant_id, v1::WITHDRAWAL_KIND_ALL_WITH_ERASURE)), IsOk());
  EXPECT_THAT(Withdraw(Withdrawal(participant_id, v1::WITHDRAWAL_KIND_ALL)),
              StatusIs(StatusCode::kFailedPrecondition, "STATUS_TRANSITION_INVALID"));
}

TEST_F(WithdrawParticipantTest, NamesWhatIsWrong) {
  const std::string participant_id = Enrolled();
  EXPECT_THAT(Withdraw(Withdrawal(participant_id, v1::WITHDRAWAL_KIND_UNSPECIFIED)),
              HasViolation("kind", "FIELD_REQUIRED"));
  auto request = Withdrawal(participant_id, v1::WITHDRAWAL_KIND_ALL);
  request.set_reason("Call 06 12 34 56 78.");
  EXPECT_THAT(Withdraw(request), HasViolation("reason", "TEXT_HOLDS_IDENTITY"));
  request.set_reason(std::string(501, 'a'));
  EXPECT_THAT(Withdraw(request), HasViolation("reason", "FIELD_TOO_LONG"));
  request = Withdrawal(participant_id, v1::WITHDRAWAL_KIND_ALL);
  *request.mutable_withdrawal_date() = On(9998, 1, 1);
  EXPECT_THAT(Withdraw(request), HasViolation("withdrawal_date", "DATE_IN_FUTURE"));
  *request.mutable_withdrawal_date() = On(2025, 3, 9);
  EXPECT_THAT(Withdraw(request), HasViolation("withdrawal_date", "DATE_BEFORE_CONSENT"));
  EXPECT_EQ(StatusOf(participant_id), v1::PARTICIPANT_STATUS_ENROLLED);
}

TEST_F(RecordLifecycleEventTest, IsRefusedWithoutTheRightAndOutOfSight) {
  const auto request = Event(Followed(), E::KIND_LOST, On(2025, 6, 1));
  EXPECT_THAT(Ask<v1::Participation>(people().pascale, "RecordLifecycleEvent", request),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  EXPECT_THAT(Ask<v1::Participation>(people().simone, "RecordLifecycleEvent", request),
              StatusIs(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND"));
}

// Scenario 26.
TEST_F(RecordLifecycleEventTest, FindsWhoWasLost) {
  const std::string participant_id = Followed();
  const auto lost = Record(Event(participant_id, E::KIND_LOST, On(2025, 6, 1)));
  ASSERT_THAT(lost, IsOk());
  EXPECT_EQ(lost->status(), v1::PARTICIPANT_STATUS_LOST);
  EXPECT_EQ(Audited("participant.status", participant_id), 1);
  const auto found = Record(Event(participant_id, E::KIND_FOUND, On(2026, 2, 1)));
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(found->status(), v1::PARTICIPANT_STATUS_IN_FOLLOW_UP);
  EXPECT_THAT(Record(Event(participant_id, E::KIND_FOUND, On(2026, 2, 1))),
              StatusIs(StatusCode::kFailedPrecondition, "STATUS_TRANSITION_INVALID"));
}

// Scenario 27: nothing comes after a death.
TEST_F(RecordLifecycleEventTest, EndsWithADeath) {
  const std::string participant_id = Followed();
  const auto dead = Record(Event(participant_id, E::KIND_DECEASED, On(2025, 8, 8)));
  ASSERT_THAT(dead, IsOk());
  EXPECT_EQ(dead->status(), v1::PARTICIPANT_STATUS_DECEASED);
  for (const auto kind : {E::KIND_LOST, E::KIND_FOUND, E::KIND_COMPLETED, E::KIND_DECEASED}) {
    EXPECT_THAT(Record(Event(participant_id, kind, On(2025, 9, 9))),
                StatusIs(StatusCode::kFailedPrecondition, "STATUS_TRANSITION_INVALID"));
  }
  EXPECT_THAT(Withdraw(Withdrawal(participant_id, v1::WITHDRAWAL_KIND_ALL)),
              StatusIs(StatusCode::kFailedPrecondition, "STATUS_TRANSITION_INVALID"));
  EXPECT_EQ(database().Value(absl::StrCat("SET app.scope = '*'; SELECT death_date FROM enrolment.published_participation WHERE "
                                          "participant_id = '", participant_id, "'")),
            "2025-08-08");
}

TEST_F(RecordLifecycleEventTest, CompletesOnlyAfterTheLastWindowHasClosed) {
  const std::string participant_id = Followed();
  // T0 is not known, so neither is the last window.
  EXPECT_THAT(Record(Event(participant_id, E::KIND_COMPLETED, On(2026, 8, 1))),
              StatusIs(StatusCode::kFailedPrecondition, "FOLLOW_UP_NOT_OVER"));
  SetT0(participant_id, "2025-10-31");  // and 4 months is 28 February, and 30 days 30 March
  const auto early = Record(Event(participant_id, E::KIND_COMPLETED, On(2026, 3, 30)));
  EXPECT_THAT(early, StatusIs(StatusCode::kFailedPrecondition, "FOLLOW_UP_NOT_OVER"));
  EXPECT_EQ(error::DetailOf(early.status()).metadata.at("window_close_date"), "2026-03-30");
  const auto completed = Record(Event(participant_id, E::KIND_COMPLETED, On(2026, 3, 31)));
  ASSERT_THAT(completed, IsOk());
  EXPECT_EQ(completed->status(), v1::PARTICIPANT_STATUS_COMPLETED);
  EXPECT_THAT(Record(Event(participant_id, E::KIND_DECEASED, On(2026, 3, 31))),
              StatusIs(StatusCode::kFailedPrecondition, "STATUS_TRANSITION_INVALID"));
  EXPECT_THAT(Record(Event(participant_id, E::KIND_DECEASED, On(2026, 3, 30))), IsOk());
}

TEST_F(RecordLifecycleEventTest, NamesWhatIsWrong) {
  const std::string participant_id = Consented();
  for (const auto kind : {E::KIND_UNSPECIFIED, E::KIND_CONSENTED, E::KIND_ENROLLED, E::KIND_RANDOMISED,
                          E::KIND_FOLLOW_UP_STARTED, E::KIND_WITHDRAWN}) {
    EXPECT_THAT(Record(Event(participant_id, kind, On(2025, 6, 1))), HasViolation("kind", "KIND_INVALID"));
  }
  EXPECT_THAT(Record(Event(participant_id, E::KIND_SCREEN_FAILED, On(9998, 6, 1))),
              HasViolation("event_date", "DATE_IN_FUTURE"));
  EXPECT_THAT(Record(Event(participant_id, E::KIND_SCREEN_FAILED, On(2025, 3, 9))),
              HasViolation("event_date", "DATE_BEFORE_CONSENT"));
  auto request = Event(participant_id, E::KIND_SCREEN_FAILED, On(2025, 3, 12));
  request.set_reason("2 75 04 69 123 456");
  EXPECT_THAT(Record(request), HasViolation("reason", "TEXT_HOLDS_IDENTITY"));
  request.set_reason("METASTATIC");
  const auto failed = Record(request);
  ASSERT_THAT(failed, IsOk());
  EXPECT_EQ(failed->status(), v1::PARTICIPANT_STATUS_SCREEN_FAILED);
  EXPECT_THAT(Ask<v1::Participation>(people().coline, "EnrolParticipant", Enrolment(participant_id)),
              StatusIs(StatusCode::kFailedPrecondition, "STATUS_TRANSITION_INVALID"));
}

TEST_F(GetParticipationTest, IsRefusedWithoutTheRightAndOutOfSight) {
  v1::GetParticipationRequest request;
  request.set_participant_id(Consented());
  EXPECT_THAT(Ask<v1::Participation>(people().chelsea, "GetParticipation", request),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_MISSING"));
  for (const Person& who : {people().simone, people().olga, people().pascale}) {
    EXPECT_THAT(Ask<v1::Participation>(who, "GetParticipation", request),
                StatusIs(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND"));
  }
}

// The facts of the cohort and of the phase service make the status and stand among the events.
TEST_F(ParticipantStatusTest, FollowsFromTheFactsOfOtherServices) {
  auto request = Screening();
  request.set_stage("MAIN");
  const std::string participant_id = Enrolled(request);
  StartFollowUp(participant_id);
  EXPECT_EQ(StatusOf(participant_id), v1::PARTICIPANT_STATUS_ENROLLED);  // the stage has arms
  const std::string list_id = NewId();
  database().Sql(absl::StrCat(
      "INSERT INTO cohort.allocation_list VALUES ('", list_id, "', '", people().study_id,
      "', 'MAIN', 1, '{}', '', sha256(''), '", NewId(), "', now()); INSERT INTO cohort.allocation VALUES ('",
      participant_id, "', '", list_id, "', '', 1, 'A', '{}', '2025-03-20', '", NewId(), "', now())"));
  v1::GetParticipationRequest get;
  get.set_participant_id(participant_id);
  const auto participation = Ask<v1::Participation>(people().coline, "GetParticipation", get);
  ASSERT_THAT(participation, IsOk());
  EXPECT_EQ(participation->status(), v1::PARTICIPANT_STATUS_IN_FOLLOW_UP);
  std::vector<int> kinds;
  for (const auto& event : participation->events()) kinds.push_back(event.kind());
  EXPECT_THAT(kinds, ::testing::ElementsAre(E::KIND_CONSENTED, E::KIND_ENROLLED, E::KIND_RANDOMISED,
                                            E::KIND_FOLLOW_UP_STARTED));

  v1::ListParticipantsRequest list;
  list.set_study_id(people().study_id);
  list.set_page_size(1000);
  const auto listed = Ask<v1::ListParticipantsResponse>(people().coline, "ListParticipants", list);
  ASSERT_THAT(listed, IsOk());
  int found = 0;
  for (const v1::Participant& participant : listed->participants()) {
    if (participant.participant_id() != participant_id) continue;
    ++found;
    EXPECT_EQ(participant.status(), v1::PARTICIPANT_STATUS_IN_FOLLOW_UP);
    EXPECT_EQ(participant.stage(), "MAIN");
    EXPECT_EQ(participant.consent_date().month(), 3);
  }
  EXPECT_EQ(found, 1);
}

}  // namespace
}  // namespace reprise::enrolment
