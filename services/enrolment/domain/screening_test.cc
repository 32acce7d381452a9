// SPDX-License-Identifier: Apache-2.0
// The rules of screening, consent and place, without a database.
#include "services/enrolment/domain/screening.h"

#include <gtest/gtest.h>

#include "services/enrolment/domain/consent.h"
#include "services/enrolment/domain/ground.h"
#include "services/platform/error/error.h"

namespace reprise::enrolment {
namespace {

using Codes = std::vector<std::string>;

const std::vector<StageRule> kRules = {{"PILOT", "PILOT", "EXTERNAL", {}},
                                       {"INNER", "PILOT", "INTERNAL", {}},
                                       {"MAIN", "MAIN", "", {}},
                                       {"NEEDS", "NEEDS", "", {}},
                                       {"SUB", "SUBSTUDY", "", {"NEEDS"}}};

TEST(ScreeningTest, KnowsWhichStagesExcludeEachOther) {
  struct Case {
    const char* one;
    const char* other;
    bool exclude;
  };
  const Case kCases[] = {{"PILOT", "MAIN", true},  {"MAIN", "PILOT", true},  {"INNER", "MAIN", false},
                         {"SUB", "NEEDS", true},   {"NEEDS", "SUB", true},   {"NEEDS", "MAIN", false},
                         {"PILOT", "INNER", false}, {"GONE", "MAIN", false}};
  for (const Case& c : kCases) EXPECT_EQ(Exclude(kRules, c.one, c.other), c.exclude) << c.one << " " << c.other;
}

TEST(ScreeningTest, LetsNobodyInTwice) {
  struct Case {
    const char* name;
    Attempt attempt;
    const char* stage;
    bool may_screen, may_consent;
  };
  const Case kCases[] = {
      {"an open attempt for the stage", {"p", "MAIN", false, true}, "MAIN", false, true},
      {"an open attempt for another", {"p", "NEEDS", false, true}, "MAIN", true, true},
      {"an open attempt for an excluding one", {"p", "PILOT", false, true}, "MAIN", true, true},
      {"a closed attempt", {"p", "MAIN", false, false}, "MAIN", true, true},
      {"consented in the stage", {"p", "MAIN", true, false}, "MAIN", false, false},
      {"consented in an excluding one", {"p", "PILOT", true, false}, "MAIN", false, false},
      {"consented in another", {"p", "NEEDS", true, false}, "MAIN", true, true}};
  for (const Case& c : kCases) {
    EXPECT_EQ(CheckMayScreen({c.attempt}, kRules, c.stage).ok(), c.may_screen) << c.name;
    EXPECT_EQ(CheckMayConsent({c.attempt}, kRules, c.stage).ok(), c.may_consent) << c.name;
  }
}

TEST(ScreeningTest, OrdersCriteriaAndNamesTheUnknown) {
  EXPECT_EQ(*OrderCriteria({"C", "A", "C"}, {"A", "B", "C"}), (Codes{"A", "C"}));
  EXPECT_EQ(*OrderCriteria({}, {"A"}), Codes{});
  const auto detail = error::DetailOf(OrderCriteria({"A", "X", "", "B"}, {"A", "B"}).status());
  ASSERT_EQ(detail.violations.size(), 2u);
  EXPECT_EQ(detail.violations[0].path, "failed_criteria[1]");
  EXPECT_EQ(detail.violations[1].path, "failed_criteria[2]");
}

TEST(AgeTest, CountsWholeYears) {
  struct Case {
    absl::CivilDay born, day;
    int age;
  };
  const Case kCases[] = {{absl::CivilDay(1970, 6, 15), absl::CivilDay(2025, 6, 14), 54}, {absl::CivilDay(1970, 6, 15), absl::CivilDay(2025, 6, 15), 55},
                         {absl::CivilDay(1970, 6, 15), absl::CivilDay(2025, 12, 1), 55}, {absl::CivilDay(1980, 2, 29), absl::CivilDay(2025, 2, 28), 44},
                         {absl::CivilDay(1980, 2, 29), absl::CivilDay(2025, 3, 1), 45},  {absl::CivilDay(1980, 2, 29), absl::CivilDay(2024, 2, 29), 44}};
  for (const Case& c : kCases) EXPECT_EQ(AgeOn(c.born, c.day), c.age) << c.born << " " << c.day;
}

TEST(AgeTest, IsJudgedByBothKindsOfCriteria) {
  EXPECT_TRUE(CheckAge(18, {{"AGE", true, 18, 55}}).ok());
  EXPECT_TRUE(CheckAge(55, {{"AGE", true, 18, 55}}).ok());
  EXPECT_FALSE(CheckAge(17, {{"AGE", true, 18, 55}}).ok());
  EXPECT_FALSE(CheckAge(56, {{"AGE", true, 18, 55}}).ok());
  EXPECT_TRUE(CheckAge(90, {{"ADULT", true, 18, 0}}).ok());
  EXPECT_FALSE(CheckAge(70, {{"OLD", false, 65, 0}}).ok());
  EXPECT_TRUE(CheckAge(64, {{"OLD", false, 65, 0}}).ok());
  EXPECT_TRUE(CheckAge(64, {}).ok());
}

Consent Signed(const std::string& form, const std::string& version) {
  return {.consent_id = {}, .participant_id = {}, .form = form, .form_version = version,
          .signed_date = absl::CivilDay(2025, 3, 3), .mode = ConsentMode::kPaper, .scopes = {}, .made_time = absl::UnixEpoch()};
}

TEST(ConsentTest, KnowsWhichFormsAreToBeRenewed) {
  const std::vector<ConsentForm> forms = {{"A", "1", absl::CivilDay(2025, 1, 1), absl::CivilDay(2025, 12, 31)},
                                          {"A", "2", absl::CivilDay(2026, 1, 1), {}},
                                          {"A", "3", absl::CivilDay(2027, 1, 1), {}},
                                          {"B", "1", absl::CivilDay(2025, 1, 1), {}}};
  // "FORM newest-signed>wanted", the latter empty where none is.
  const auto standings = [&](const std::vector<Consent>& consents, absl::CivilDay today) {
    Codes lines;
    for (const ConsentStanding& standing : StandingsOf(consents, forms, today)) {
      lines.push_back(standing.newest.form + " " + standing.newest.form_version + ">" +
                      (standing.renewal ? standing.renewal->form_version : ""));
    }
    return lines;
  };
  EXPECT_EQ(standings({Signed("A", "1")}, absl::CivilDay(2025, 12, 31)), Codes{"A 1>"});
  EXPECT_EQ(standings({Signed("A", "1")}, absl::CivilDay(2026, 1, 1)), Codes{"A 1>2"});
  EXPECT_EQ(standings({Signed("A", "1"), Signed("A", "2")}, absl::CivilDay(2026, 1, 1)), Codes{"A 2>"});
  // Old and new both valid: the newer one is wanted.
  EXPECT_EQ(standings({Signed("A", "2")}, absl::CivilDay(2027, 1, 1)), Codes{"A 2>3"});
  EXPECT_EQ(standings({Signed("B", "1")}, absl::CivilDay(2030, 1, 1)), Codes{"B 1>"});
  EXPECT_EQ(standings({Signed("B", "1"), Signed("A", "1")}, absl::CivilDay(2026, 1, 1)), (Codes{"A 1>2", "B 1>"}));
  EXPECT_EQ(standings({Signed("GONE", "1")}, absl::CivilDay(2026, 1, 1)), Codes{"GONE 1>"});
  EXPECT_EQ(standings({}, absl::CivilDay(2026, 1, 1)), Codes{});
  EXPECT_EQ(StandingsOf({Signed("A", "1")}, forms, absl::CivilDay(2026, 5, 1))[0].renewal->valid_from,
            absl::CivilDay(2026, 1, 1));
}

TEST(GroundTest, IsOpenFromItsFirstToItsLastDay) {
  const Opening opening{.opens = absl::CivilDay(2025, 1, 1), .closes = absl::CivilDay(2025, 1, 31)};
  EXPECT_FALSE(opening.Holds(absl::CivilDay(2024, 12, 31)));
  EXPECT_TRUE(opening.Holds(absl::CivilDay(2025, 1, 1)));
  EXPECT_TRUE(opening.Holds(absl::CivilDay(2025, 1, 31)));
  EXPECT_FALSE(opening.Holds(absl::CivilDay(2025, 2, 1)));
  EXPECT_FALSE(Opening{}.Holds(absl::CivilDay(2025, 1, 1)));
  EXPECT_TRUE((Opening{.opens = absl::CivilDay(2025, 1, 1), .closes = {}}).Holds(absl::CivilDay(2099, 1, 1)));
}

TEST(GroundTest, AsksOnlyNonInterventionalWorkForNoOpinion) {
  Ground ground{.site_code = "LYO", .day = absl::CivilDay(2025, 3, 3), .today = absl::CivilDay(2026, 1, 1)};
  EXPECT_EQ(error::ReasonOf(CheckEthics(ground)), "ETHICS_OPINION_MISSING");
  ground.ethics_opinion = absl::CivilDay(2025, 3, 4);
  EXPECT_EQ(error::ReasonOf(CheckEthics(ground)), "ETHICS_OPINION_MISSING");
  ground.ethics_opinion = absl::CivilDay(2025, 3, 3);
  EXPECT_TRUE(CheckEthics(ground).ok());
  ground.needs_ethics = false;
  ground.ethics_opinion = absl::CivilDay(2025, 3, 4);
  EXPECT_FALSE(CheckEthics(ground).ok());
  ground.ethics_opinion = {};
  EXPECT_TRUE(CheckEthics(ground).ok());
}

}  // namespace
}  // namespace reprise::enrolment
