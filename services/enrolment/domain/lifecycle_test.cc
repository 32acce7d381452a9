// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/domain/lifecycle.h"

#include <gtest/gtest.h>

#include <set>
#include <utility>

#include "services/platform/error/error.h"

namespace reprise::enrolment {
namespace {

using K = EventKind;
using S = ParticipantStatus;
using W = Withdrawal;

const absl::CivilDay kDay(2025, 5, 5);

Event Of(K kind, W withdrawal = W::kNone) {
  return {.kind = kind, .event_date = kDay, .withdrawal = withdrawal};
}

Course With(std::vector<Event> events, bool has_arms = false) { return {std::move(events), has_arms}; }

// A course for each status, by the shortest way.
Course CourseIn(S status) {
  switch (status) {
    case S::kConsented: return With({Of(K::kConsented)});
    case S::kScreenFailed: return With({Of(K::kConsented), Of(K::kScreenFailed)});
    case S::kEnrolled: return With({Of(K::kConsented), Of(K::kEnrolled)}, true);
    case S::kRandomised: return With({Of(K::kRandomised), Of(K::kConsented), Of(K::kEnrolled)}, true);
    case S::kInFollowUp: return With({Of(K::kFollowUpStarted), Of(K::kConsented), Of(K::kEnrolled)});
    case S::kCompleted:
      return With({Of(K::kFollowUpStarted), Of(K::kConsented), Of(K::kEnrolled), Of(K::kCompleted)});
    case S::kWithdrawn:
      return With({Of(K::kConsented), Of(K::kEnrolled), Of(K::kWithdrawn, W::kContact)});
    case S::kLost:
      return With({Of(K::kFollowUpStarted), Of(K::kConsented), Of(K::kEnrolled), Of(K::kLost)});
    case S::kDeceased: return With({Of(K::kConsented), Of(K::kEnrolled), Of(K::kDeceased)});
    case S::kNone: break;
  }
  return {};
}

// Every window closed the day before; a death on the day itself is after it.
const FollowUp kOver{.awaited = true, .known = true, .last_close = kDay - 1};

constexpr S kStatuses[] = {S::kNone,       S::kConsented, S::kScreenFailed, S::kEnrolled, S::kRandomised,
                           S::kInFollowUp, S::kCompleted, S::kWithdrawn,    S::kLost,     S::kDeceased};

TEST(LifecycleTest, HasTheStatusThatTheEventsSay) {
  for (const S status : kStatuses) EXPECT_EQ(StatusOf(CourseIn(status)), status) << NameOf(status);
}

// The table of domain model 8.2, row by row; what is not in it must be refused.
TEST(LifecycleTest, AllowsTheTransitionsOfTheTableAndNoOther) {
  const std::set<std::pair<S, K>> table = {
      {S::kConsented, K::kEnrolled},   {S::kConsented, K::kScreenFailed}, {S::kConsented, K::kWithdrawn},
      {S::kEnrolled, K::kWithdrawn},   {S::kEnrolled, K::kDeceased},      {S::kRandomised, K::kWithdrawn},
      {S::kRandomised, K::kLost},      {S::kRandomised, K::kDeceased},    {S::kInFollowUp, K::kCompleted},
      {S::kInFollowUp, K::kWithdrawn}, {S::kInFollowUp, K::kLost},        {S::kInFollowUp, K::kDeceased},
      {S::kLost, K::kFound},           {S::kLost, K::kCompleted},         {S::kLost, K::kWithdrawn},
      {S::kLost, K::kDeceased},        {S::kWithdrawn, K::kWithdrawn},    {S::kWithdrawn, K::kCompleted},
      {S::kWithdrawn, K::kDeceased}};
  for (const S status : kStatuses) {
    for (int kind = 1; kind <= 10; ++kind) {
      const K k = static_cast<K>(kind);
      const Event event = Of(k, k == K::kWithdrawn ? W::kAllWithErasure : W::kNone);
      const absl::Status checked = CheckNext(CourseIn(status), kOver, event);
      EXPECT_EQ(checked.ok(), table.count({status, k}) == 1) << NameOf(status) << " " << NameOf(k);
      if (!checked.ok()) {
        EXPECT_EQ(error::ReasonOf(checked), "STATUS_TRANSITION_INVALID");
        EXPECT_EQ(error::DetailOf(checked).metadata.at("status"), NameOf(status));
      }
    }
  }
}

// Scenario 23, as a rule.
TEST(LifecycleTest, KeepsTheStatusWhereOnlyTheInterventionEnds) {
  Course course = CourseIn(S::kInFollowUp);
  course.events.push_back(Of(K::kWithdrawn, W::kIntervention));
  EXPECT_EQ(StatusOf(course), S::kInFollowUp);
  EXPECT_TRUE(CheckNext(course, kOver, Of(K::kCompleted)).ok());
  EXPECT_TRUE(CheckNext(course, kOver, Of(K::kWithdrawn, W::kContact)).ok());
}

TEST(LifecycleTest, LetsWithdrawalsOnlyGoTowardLessData) {
  for (int so_far = 1; so_far <= 4; ++so_far) {
    Course course = CourseIn(S::kInFollowUp);
    course.events.push_back(Of(K::kWithdrawn, static_cast<W>(so_far)));
    for (int next = 1; next <= 4; ++next) {
      EXPECT_EQ(CheckNext(course, kOver, Of(K::kWithdrawn, static_cast<W>(next))).ok(), next > so_far)
          << so_far << " " << next;
    }
    // Only who withdrew from contact alone, or less, is followed further.
    EXPECT_EQ(CheckNext(course, kOver, Of(K::kDeceased)).ok(), so_far <= 2) << so_far;
    EXPECT_EQ(CheckNext(course, kOver, Of(K::kCompleted)).ok(), so_far <= 2) << so_far;
  }
}

// Scenario 26, as a rule.
TEST(LifecycleTest, ReturnsToWhereSheWasOnceFound) {
  Course course = CourseIn(S::kLost);
  course.events.push_back(Of(K::kFound));
  EXPECT_EQ(StatusOf(course), S::kInFollowUp);
  course.events.push_back(Of(K::kLost));
  EXPECT_EQ(StatusOf(course), S::kLost);
}

TEST(LifecycleTest, CompletesOnlyAfterTheLastWindow) {
  struct Case {
    const char* name;
    FollowUp follow_up;
    bool completes;
  };
  const Case kCases[] = {{"closed the day before", {true, true, kDay - 1}, true},
                         {"closes on the day", {true, true, kDay}, false},
                         {"a required window is not known", {true, false, kDay - 1}, false},
                         {"no window is known", {true, true, {}}, false},
                         {"nothing is awaited", {false, true, {}}, true}};
  for (const Case& c : kCases) {
    const absl::Status checked = CheckNext(CourseIn(S::kInFollowUp), c.follow_up, Of(K::kCompleted));
    EXPECT_EQ(checked.ok(), c.completes) << c.name;
    if (!checked.ok()) {
      EXPECT_EQ(error::ReasonOf(checked), "FOLLOW_UP_NOT_OVER") << c.name;
    }
  }
}

TEST(LifecycleTest, RecordsADeathAfterCompletionOnlyWithinTheWindows) {
  const FollowUp until_today{.awaited = true, .known = true, .last_close = kDay};
  EXPECT_TRUE(CheckNext(CourseIn(S::kCompleted), until_today, Of(K::kDeceased)).ok());
  EXPECT_FALSE(CheckNext(CourseIn(S::kCompleted), kOver, Of(K::kDeceased)).ok());
}

TEST(LifecycleTest, WaitsForTheAllocationWhereThereAreArms) {
  EXPECT_EQ(StatusOf(With({Of(K::kFollowUpStarted), Of(K::kConsented), Of(K::kEnrolled)}, true)), S::kEnrolled);
  EXPECT_EQ(StatusOf(With({Of(K::kFollowUpStarted), Of(K::kRandomised), Of(K::kConsented), Of(K::kEnrolled)}, true)),
            S::kInFollowUp);
}

TEST(LifecycleTest, ReadsItsOwnNames) {
  for (int kind = 1; kind <= 10; ++kind) {
    EXPECT_EQ(EventKindOf(NameOf(static_cast<K>(kind))), static_cast<K>(kind));
  }
  for (int kind = 0; kind <= 4; ++kind) EXPECT_EQ(WithdrawalOf(NameOf(static_cast<W>(kind))), static_cast<W>(kind));
  EXPECT_EQ(EventKindOf("NONSENSE"), K::kNone);
}

}  // namespace
}  // namespace reprise::enrolment
