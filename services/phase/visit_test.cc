// SPDX-License-Identifier: Apache-2.0
// Visits and deliveries: working and audited, and each documented reason.
#include <gmock/gmock.h>

#include "tests/house/course.h"

namespace reprise::phase {
namespace {

using absl::StatusCode;
using house::NewId;
using ::testing::ElementsAre;
using reprise::testing::HasViolation;
using reprise::testing::IsOk;
using reprise::testing::StatusIs;
using M = v1::Milestone;

constexpr char kVisitedOn[] = "2026-05-01";

class VisitTest : public CourseTest {
 protected:
  absl::StatusOr<v1::Course> Plan(const std::string& id, const std::string& visit, const std::string& day,
                                  const std::string& mode = "VIDEO") {
    v1::PlanVisitRequest request;
    request.set_participant_id(id);
    request.set_visit(visit);
    *request.mutable_date() = Date(day);
    request.set_mode(mode);
    return handlers().PlanVisit(At(kVisitedOn), request);
  }
  absl::StatusOr<v1::Course> Close(const std::string& id, const std::string& visit_id, v1::Visit::State state,
                                   const std::string& new_day = "") {
    v1::CloseVisitRequest request;
    request.set_participant_id(id);
    request.set_visit_id(visit_id);
    request.set_state(state);
    if (!new_day.empty()) *request.mutable_new_date() = Date(new_day);
    return handlers().CloseVisit(At(kVisitedOn), request);
  }
};

using RecordDeliveryTest = VisitTest;

TEST_F(VisitTest, ArePlannedThenDoneMissedCancelledOrMoved) {
  const std::string her = Enrol("", true);
  ASSERT_THAT(Mark(her, M::KIND_ACTIVE_TREATMENT_END, "2026-04-20", kVisitedOn), IsOk());
  const auto planned = Plan(her, "TRANSITION_CONSULTATION", "2026-05-10");
  ASSERT_THAT(planned, IsOk());
  const std::string visit_id = planned->visits(0).visit_id();
  EXPECT_EQ(Text(planned->visits(0).window_start_date()), "2026-04-20");
  EXPECT_EQ(Text(planned->visits(0).window_end_date()), "2026-05-20");
  EXPECT_EQ(Audited("visit.plan", visit_id), 1);
  EXPECT_THAT(Close(her, visit_id, v1::Visit::STATE_DONE), HasViolation("state", "STATE_INVALID"));
  EXPECT_THAT(Close(her, visit_id, v1::Visit::STATE_MISSED), HasViolation("state", "DATE_IN_FUTURE"));
  EXPECT_THAT(Close(her, visit_id, v1::Visit::STATE_RESCHEDULED), HasViolation("new_date", "DATE_INVALID"));
  EXPECT_THAT(Close(her, NewId(), v1::Visit::STATE_CANCELLED), StatusIs(StatusCode::kNotFound, "VISIT_NOT_FOUND"));
  const auto moved = Close(her, visit_id, v1::Visit::STATE_RESCHEDULED, "2026-05-12");
  ASSERT_THAT(moved, IsOk());
  ASSERT_EQ(moved->visits_size(), 2);
  EXPECT_EQ(moved->visits(0).state(), v1::Visit::STATE_RESCHEDULED);
  EXPECT_EQ(moved->visits(1).state(), v1::Visit::STATE_PLANNED);
  EXPECT_EQ(moved->visits(1).mode(), "VIDEO");
  EXPECT_EQ(Audited("visit.close", visit_id), 1);
  EXPECT_THAT(Close(her, visit_id, v1::Visit::STATE_CANCELLED), StatusIs(StatusCode::kFailedPrecondition, "VISIT_NOT_PLANNED"));

  v1::RecordVisitRequest request;
  request.set_participant_id(her);
  request.set_visit_id(moved->visits(1).visit_id());
  *request.mutable_date() = Date("2026-05-12");
  request.set_mode("TELEPHONE");
  const auto done = handlers().RecordVisit(At("2026-05-13"), request);
  ASSERT_THAT(done, IsOk());
  EXPECT_EQ(done->visits(1).state(), v1::Visit::STATE_DONE);
  EXPECT_TRUE(done->visits(1).in_window());
  EXPECT_THAT(handlers().RecordVisit(At("2026-05-13"), request), StatusIs(StatusCode::kFailedPrecondition, "VISIT_NOT_PLANNED"));
  request.set_visit_id(NewId());
  EXPECT_THAT(handlers().RecordVisit(At("2026-05-13"), request), StatusIs(StatusCode::kNotFound, "VISIT_NOT_FOUND"));
}

TEST_F(VisitTest, GivesEachRefusalItsReason) {
  const std::string her = Enrol("", true);
  EXPECT_THAT(Plan(her, "MAIN_ONLY", "2026-05-10"), HasViolation("visit", "VISIT_UNKNOWN"));
  EXPECT_THAT(Plan(her, "TRANSITION_CONSULTATION", "2026-05-10", "FAX"), HasViolation("mode", "MODE_UNKNOWN"));
  EXPECT_THAT(Plan(her, "TRANSITION_CONSULTATION", "2025-08-31"), HasViolation("date", "DATE_BEFORE_CONSENT"));
  EXPECT_THAT(Visited(At(kVisitedOn), her, "NOTHING", kVisitedOn), HasViolation("visit", "VISIT_UNKNOWN"));
  EXPECT_THAT(Visited(At(kVisitedOn), her, "PRE_RETURN", kVisitedOn), StatusIs(StatusCode::kPermissionDenied, "VISIT_NOT_YOURS"));
  EXPECT_THAT(Visited(PascaleAt(kVisitedOn), her, "PRE_RETURN", kVisitedOn, {"REST"}), HasViolation("measures[0]", "MEASURE_UNKNOWN"));
  EXPECT_THAT(Visited(PascaleAt(kVisitedOn), Enrol(), "PRE_RETURN", kVisitedOn), StatusIs(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND"));
  v1::RecordVisitRequest request;
  request.set_participant_id(her);
  request.set_visit("TRANSITION_CONSULTATION");
  *request.mutable_date() = Date(kVisitedOn);
  request.set_mode("VIDEO");
  request.set_outcome("Joindre au 06 12 34 56 78.");
  EXPECT_THAT(handlers().RecordVisit(At(kVisitedOn), request), HasViolation("outcome", "TEXT_HOLDS_IDENTITY"));
  request.set_outcome(std::string(2001, 'x'));
  EXPECT_THAT(handlers().RecordVisit(At(kVisitedOn), request), HasViolation("outcome", "FIELD_TOO_LONG"));
  EXPECT_EQ(CourseOf(her, kVisitedOn)->visits_size(), 0);
}

TEST_F(RecordDeliveryTest, FlagsWhatIsUnusualAndGivesReasons) {
  const std::string her = Enrol("INTERVENTION");
  ASSERT_THAT(Mark(her, M::KIND_ACTIVE_TREATMENT_END, "2026-01-10", kVisitedOn), IsOk());
  EXPECT_THAT(Deliver(her, "NOTHING", kVisitedOn, kVisitedOn), HasViolation("component", "COMPONENT_UNKNOWN"));
  EXPECT_THAT(Deliver(her, "TRANSITION", "2026-05-02", kVisitedOn), HasViolation("delivered_date", "DATE_IN_FUTURE"));
  EXPECT_THAT(Deliver(her, "TRANSITION", "2025-08-31", kVisitedOn), HasViolation("delivered_date", "DATE_BEFORE_CONSENT"));
  const auto in_time = Deliver(her, "TRANSITION", "2026-02-10", kVisitedOn);
  ASSERT_THAT(in_time, IsOk());
  EXPECT_EQ(in_time->deliveries(0).component_version(), "2");
  EXPECT_TRUE(in_time->deliveries(0).flags().empty());
  EXPECT_EQ(Audited("delivery.record", in_time->deliveries(0).delivery_id()), 1);
  const auto late = Deliver(her, "TRANSITION", "2026-02-11", kVisitedOn);
  ASSERT_THAT(late, IsOk());
  EXPECT_THAT(late->deliveries(1).flags(), ElementsAre("OUT_OF_WINDOW"));
  Event(her, 2, "WITHDRAWN", "2026-02-15", "INTERVENTION");
  const auto stopped = Deliver(her, "TRANSITION", "2026-02-16", kVisitedOn);
  ASSERT_THAT(stopped, IsOk());
  EXPECT_THAT(stopped->deliveries(2).flags(), ElementsAre("OUT_OF_WINDOW", "OUT_OF_PROTOCOL"));
  v1::RecordDeliveryRequest request;
  request.set_participant_id(her);
  request.set_component("TRANSITION");
  *request.mutable_delivered_date() = Date(kVisitedOn);
  request.set_recipient("NEIGHBOUR");
  EXPECT_THAT(handlers().RecordDelivery(At(kVisitedOn), request), HasViolation("recipient", "RECIPIENT_UNKNOWN"));
}

}  // namespace
}  // namespace reprise::phase
