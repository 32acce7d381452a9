// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/progression/schedule.h"

#include <gtest/gtest.h>

namespace reprise::cohort {
namespace {

// Scenario 16.
TEST(AddMonthsTest, KeepsTheDayOrTakesTheMonthsLast) {
  const absl::CivilDay t0(2026, 10, 31);
  EXPECT_EQ(AddMonths(t0, 4), absl::CivilDay(2027, 2, 28));
  EXPECT_EQ(AddMonths(t0, 8), absl::CivilDay(2027, 6, 30));
  EXPECT_EQ(AddMonths(t0, 12), absl::CivilDay(2027, 10, 31));
  EXPECT_EQ(AddMonths(t0, 0), t0);
  EXPECT_EQ(AddMonths(t0, -8), absl::CivilDay(2026, 2, 28));
  EXPECT_EQ(AddMonths(absl::CivilDay(2023, 10, 31), 4), absl::CivilDay(2024, 2, 29));
  EXPECT_EQ(AddMonths(absl::CivilDay(2026, 12, 15), 1), absl::CivilDay(2027, 1, 15));
}

class ScheduleTest : public ::testing::Test {
 protected:
  ScheduleTest() {
    course_.person.protocol_version = 1;
    course_.person.today = absl::CivilDay(2026, 3, 1);
    facts_.anchors = {{"T0", absl::CivilDay(2025, 10, 31)}, {"LEAVE_START", absl::CivilDay(2025, 2, 1)}};
  }
  Course course_;
  CourseFacts facts_;
};

TEST_F(ScheduleTest, TakesTheProtocolOfTheConsentAndKnownAnchors) {
  const Rules rules{.questionnaires = {{1, "T0+4m", "diary@1.0", "T0", 4, 28},
                                       {2, "T0+4m", "diary@2.0", "T0", 4, 28},
                                       {1, "late", "diary@1.0", "RETURN", 4, 28},
                                       {1, "T0+8m", "diary@1.0", "T0", 8, 28}}};
  facts_.submitted = {{"T0+4m", "diary@1.0"}, {"T0+8m", "diary@2.0"}};
  Schedule(rules, facts_, course_);
  ASSERT_EQ(course_.questionnaires.size(), 2u);
  EXPECT_EQ(course_.questionnaires[0].closes, absl::CivilDay(2026, 3, 28));  // 28 February and 28 days
  EXPECT_TRUE(course_.questionnaires[0].submitted);
  EXPECT_FALSE(course_.questionnaires[1].submitted);
  EXPECT_EQ(course_.t0_and_a_year, absl::CivilDay(2026, 10, 31));
}

TEST_F(ScheduleTest, OffersAComponentInItsWindowToWhomItApplies) {
  const Rules rules{.components = {{.protocol_version = 1, .component = "CATCH_UP", .anchor = "LEAVE_START",
                                    .from_months = 10, .until_months = 12, .leave_longer_than_months = 10}}};
  struct Case {
    const char* name;
    absl::CivilDay leave_end, delivered;
    bool applicable, in_window;
  };
  const absl::CivilDay opens(2025, 12, 1), closes(2026, 2, 1);
  const Case cases[] = {{"a day short of ten months", opens - 1, opens, false, true},
                        {"ten months", opens, opens, true, true},
                        {"a day early", opens, opens - 1, true, false},
                        {"on the last day", opens, closes, true, true},
                        {"a day late", opens, closes + 1, true, false},
                        {"goes on after today", absl::CivilDay(2027, 1, 1), closes, true, true}};
  for (const Case& c : cases) {
    Course course = course_;
    CourseFacts facts = facts_;
    facts.leaves = {{absl::CivilDay(2025, 2, 1), c.leave_end}};
    facts.deliveries = {{"CATCH_UP", c.delivered}, {"GUIDE", opens}};
    Schedule(rules, facts, course);
    ASSERT_EQ(course.components.size(), 1u) << c.name;
    EXPECT_EQ(course.components[0].closes, closes) << c.name;
    EXPECT_EQ(course.components[0].applicable, c.applicable) << c.name;
    EXPECT_EQ(course.components[0].in_window, c.in_window) << c.name;
  }
  // A leave that goes on counts until today only.
  facts_.leaves = {{absl::CivilDay(2025, 5, 2), std::nullopt}};
  Schedule(rules, facts_, course_);
  EXPECT_FALSE(course_.components[0].applicable);
}

}  // namespace
}  // namespace reprise::cohort
