// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/flow/flow.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "absl/strings/str_cat.h"

namespace reprise::cohort {
namespace {

const absl::CivilDay kDay(2025, 3, 10);

Person Someone(std::vector<EventKind> kinds) {
  Person person{.participant_id = "p", .site = "LYO", .consent_date = kDay};
  for (size_t i = 0; i < kinds.size(); ++i) person.events.push_back({kinds[i], kDay + 30 * static_cast<int>(i)});
  return person;
}

TEST(StandOfTest, FollowsTheEventsInTheOrderOfRecording) {
  struct Case {
    const char* name;
    std::vector<EventKind> events;
    Standing standing;
    absl::CivilDay since;
  };
  using K = EventKind;
  const Case cases[] = {
      {"consented", {K::kConsented}, Standing::kGoingOn, kDay},
      {"enrolled", {K::kConsented, K::kEnrolled}, Standing::kGoingOn, kDay},
      {"screen failed", {K::kConsented, K::kScreenFailed}, Standing::kScreenFailed, kDay + 30},
      {"stopped the intervention only", {K::kConsented, K::kEnrolled, K::kStoppedIntervention}, Standing::kGoingOn, kDay},
      {"completed after that", {K::kConsented, K::kStoppedIntervention, K::kCompleted}, Standing::kCompleted, kDay + 60},
      {"withdrew further: since the first", {K::kConsented, K::kWithdrawn, K::kWithdrawn}, Standing::kWithdrawn, kDay + 30},
      {"lost", {K::kConsented, K::kLost}, Standing::kLost, kDay + 30},
      {"found", {K::kConsented, K::kLost, K::kFound}, Standing::kGoingOn, kDay},
      {"lost again", {K::kConsented, K::kLost, K::kFound, K::kLost}, Standing::kLost, kDay + 90},
      {"lost, then completed", {K::kConsented, K::kLost, K::kCompleted}, Standing::kCompleted, kDay + 60},
      {"withdrawn is not lost", {K::kConsented, K::kWithdrawn, K::kLost, K::kFound}, Standing::kWithdrawn, kDay + 30},
      {"death is final", {K::kConsented, K::kDeceased, K::kCompleted}, Standing::kDeceased, kDay + 30},
  };
  for (const Case& c : cases) {
    const Stand stand = StandOf(Someone(c.events));
    EXPECT_EQ(stand.standing, c.standing) << c.name;
    EXPECT_EQ(stand.since, c.since) << c.name;
  }
}

TEST(FlowTest, CountsEachStepInItsMonthAndShowsSitesWithoutAny) {
  Person person = Someone({EventKind::kConsented, EventKind::kEnrolled, EventKind::kStoppedIntervention});
  person.arm = "CONTROL";
  person.randomised_date = absl::CivilDay(2025, 4, 20);
  const ScreeningCell screenings[] = {
      {.site = "LYO", .month = "2025-03", .eligible = true, .attempts = 3, .declined = 1},
      {.site = "LYO", .month = "2025-03", .eligible = false, .attempts = 7}};
  const std::vector<std::string> sites = {"LYO", "STE"};
  const Flow flow = CountFlow(sites, screenings, {&person, 1});
  EXPECT_EQ(flow.total.screened, 10);
  EXPECT_EQ(flow.total.eligible, 3);
  EXPECT_EQ(flow.total.ineligible, 7);
  EXPECT_EQ(flow.total.declined, 1);
  EXPECT_EQ(flow.total.intervention_stopped, 1);
  EXPECT_EQ(flow.total.going_on, 1);
  ASSERT_EQ(flow.by_site.size(), 2u);
  EXPECT_EQ(flow.by_site[1].site, "STE");
  EXPECT_EQ(flow.by_site[1].screened, 0);
  // March: screening and consent; April: enrolment (9 April) and allocation; May: the stop.
  ASSERT_EQ(flow.by_month.size(), 3u);
  EXPECT_EQ(flow.by_month[0].month, "2025-03");
  EXPECT_EQ(flow.by_month[0].consented, 1);
  EXPECT_EQ(flow.by_month[0].enrolled, 0);
  EXPECT_EQ(flow.by_month[1].enrolled, 1);
  EXPECT_EQ(flow.by_month[1].randomised, 1);
  EXPECT_EQ(flow.by_month[2].month, "2025-05");
  EXPECT_EQ(flow.by_month[2].intervention_stopped, 1);
  ASSERT_EQ(flow.by_arm.size(), 1u);
  EXPECT_EQ(flow.by_arm[0].allocated, 1);
  EXPECT_EQ(flow.by_arm[0].left, 0);
}

int64_t Ended(const FlowCounts& c) {
  return c.screen_failed + c.completed + c.withdrawn + c.lost + c.deceased + c.going_on;
}

// Any histories, sensible or not: the identities hold over all, and parts add up to the whole.
TEST(FlowTest, AddsUpForRandomHistories) {
  std::mt19937 random(7);
  const std::vector<std::string> sites = {"A", "B", "C"};
  for (int round = 0; round < 300; ++round) {
    std::vector<ScreeningCell> screenings;
    std::vector<Person> people;
    for (int i = static_cast<int>(random() % 40); i > 0; --i) {
      const std::string site = sites[random() % 3];
      const std::string month = absl::StrCat("2025-0", 1 + random() % 9);
      const int fate = static_cast<int>(random() % 4);  // ineligible, declined, undecided, consented
      screenings.push_back({.site = site, .month = month, .eligible = fate > 0, .attempts = 1, .declined = fate == 1});
      if (fate != 3) continue;
      Person person{.site = site, .consent_date = kDay + static_cast<int>(random() % 300)};
      person.events.push_back({EventKind::kConsented, person.consent_date});
      for (int k = static_cast<int>(random() % 6); k > 0; --k) {
        person.events.push_back({static_cast<EventKind>(random() % 9), kDay + static_cast<int>(random() % 600)});
      }
      if (random() % 2 == 0) {
        person.arm = random() % 2 == 0 ? "X" : "Y";
        person.randomised_date = person.consent_date + 10;
      }
      people.push_back(person);
    }
    const Flow flow = CountFlow(sites, screenings, people);
    FlowCounts sum;
    for (const FlowCounts& c : flow.by_site) {
      EXPECT_EQ(c.screened, c.eligible + c.ineligible);
      EXPECT_GE(c.eligible, c.declined + c.consented);
      EXPECT_EQ(c.consented, Ended(c));
      sum.screened += c.screened;
      sum.consented += c.consented;
      sum.lost += c.lost;
    }
    int64_t monthly = 0, monthly_ends = 0, by_arm = 0;
    for (const FlowCounts& c : flow.by_month) {
      EXPECT_EQ(c.screened, c.eligible + c.ineligible);
      monthly += c.screened;
      monthly_ends += Ended(c);
    }
    for (const ArmCount& arm : flow.by_arm) by_arm += arm.allocated;
    EXPECT_EQ(sum.screened, flow.total.screened);
    EXPECT_EQ(sum.consented, flow.total.consented);
    EXPECT_EQ(sum.lost, flow.total.lost);
    EXPECT_EQ(monthly, flow.total.screened);
    EXPECT_EQ(monthly_ends, flow.total.consented);
    EXPECT_EQ(by_arm, flow.total.randomised);
    EXPECT_LE(flow.total.randomised, flow.total.consented);
  }
}

}  // namespace
}  // namespace reprise::cohort
