// SPDX-License-Identifier: Apache-2.0
// Differences between study documents, and which of them recorded facts forbid.
#include "services/study/domain/document/compare.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

#include "services/platform/testing/matchers.h"
#include "services/study/convert/document.h"
#include "services/study/documents_for_test.h"

namespace reprise::study {
namespace {

using reprise::testing::IsOk;

// The JSON of the whole document with one change.
std::string JsonWith(const std::string& from, const std::string& to) {
  const auto document = ParseDocument(Changed(Whole(), from, to), "t");
  EXPECT_THAT(document, IsOk());
  return document.ok() ? ToJson(document->content) : "{}";
}

std::vector<std::string> Told(const std::vector<Difference>& differences) {
  std::vector<std::string> told;
  for (const Difference& d : differences) told.push_back(absl::StrCat(d.path, " ", d.old_value, " > ", d.new_value));
  return told;
}

TEST(CompareDocumentsTest, NamesEachPlaceWithItsValues) {
  struct Case {
    const char* name;
    const char* from;
    const char* to;
    const char* told;
  };
  const std::string live = JsonWith("label: \"1.0\"", "label: \"1.0\"");
  for (const Case& c : {
           Case{"a number", "participants: 420", "participants: 421", "stages[FULL].targets[0].participants 420 > 421"},
           Case{"a text", "name: \"Lyon\"", "name: \"Lyon 2\"", "sites[LYO].name \"Lyon\" > \"Lyon 2\""},
           Case{"left out", ", closes_on: 2027-01-01", "", "sites[LYO].closes_on \"2027-01-01\" > "},
           Case{"added", "opens_on: 2026-01-01\n", "opens_on: 2026-01-01\n    closes_on: 2028-01-01\n",
                "stages[FULL].closes_on  > \"2028-01-01\""},
           Case{"a list of numbers", "block_sizes: [3, 6]", "block_sizes: [6, 3]",
                "stages[TRIAL_RUN].allocation.block_sizes [3,6] > [6,3]"},
           Case{"a title", "fr: \"Bêta\"", "fr: \"B\"", "arms[BETA].title.fr \"Bêta\" > \"B\""},
           Case{"who answers", "respondent: TEAM", "respondent: PARTICIPANT",
                "questionnaires[talk form-b].respondent \"TEAM\" > \"PARTICIPANT\""},
           Case{"who answers, told for the first time", "anchor: CONSENT, after_days: 9", "anchor: CONSENT, respondent: TEAM, after_days: 9",
                "questionnaires[start form-a].respondent  > \"TEAM\""},
           Case{"words for a timepoint", "fr: \"Au début\"", "fr: \"D’abord\"",
                "timepoints[start].title.fr \"Au début\" > \"D’abord\""},
           Case{"an element removed", "  - {definition: RTW-ANY, version: 1, rank: SECONDARY}\n", "",
                "endpoints[RTW-ANY] {\"definition\":\"RTW-ANY\",\"rank\":\"SECONDARY\",\"version\":1} > "},
       }) {
    EXPECT_THAT(Told(CompareDocuments(live, JsonWith(c.from, c.to))), ::testing::ElementsAre(c.told)) << c.name;
  }
}

TEST(CompareDocumentsTest, SeesNoDifferenceInHowItIsWritten) {
  const std::string live = JsonWith("label: \"1.0\"", "label: \"1.0\"");
  EXPECT_THAT(CompareDocuments(live, live), ::testing::IsEmpty());
  EXPECT_THAT(CompareDocuments(live, JsonWith("green: 0.8", "green: 0.80")), ::testing::IsEmpty());
  EXPECT_THAT(CompareDocuments(live, JsonWith("label: \"1.0\"", "label: 1.0")), ::testing::IsEmpty());
  EXPECT_THAT(CompareDocuments(live, JsonWith("rank: SECONDARY}", "rank: SECONDARY} # a note")), ::testing::IsEmpty());
}

TEST(CompareDocumentsTest, TellsAnOrderThatChanged) {
  const std::string live = JsonWith("label: \"1.0\"", "label: \"1.0\"");
  const std::string alpha = "  - {code: ALPHA, ratio: 2, intervention: true, title: {fr: \"Alpha\", en: \"Alpha\"}}\n";
  const std::string beta = "  - {code: BETA, ratio: 1, title: {fr: \"Bêta\", en: \"Beta\"}}\n";
  EXPECT_THAT(Told(CompareDocuments(live, JsonWith(alpha + beta, beta + alpha))),
              ::testing::ElementsAre("arms [\"ALPHA\",\"BETA\"] > [\"BETA\",\"ALPHA\"]"));
}

TEST(CompareDocumentsTest, AddsEverythingWhereNothingIsLive) {
  const auto differences = CompareDocuments("", JsonWith("label: \"1.0\"", "label: \"1.0\""));
  EXPECT_TRUE(std::all_of(differences.begin(), differences.end(),
                          [](const Difference& d) { return d.kind == Difference::Kind::kAdded; }));
  EXPECT_TRUE(std::any_of(differences.begin(), differences.end(),
                          [](const Difference& d) { return d.path == "stages[FULL]"; }));
}

struct JudgeCase {
  const char* name;
  const char* from;
  const char* to;
  StageUse use;         // of TRIAL_RUN
  const char* refused;  // "path reason" of the one refusal; empty: allowed
  bool post_hoc;
};

const StageUse kScreened{"TRIAL_RUN", 1, 0, 0};
const StageUse kConsented{"TRIAL_RUN", 1, 1, 0};
const StageUse kEnrolled{"TRIAL_RUN", 1, 1, 1};

class JudgeTest : public ::testing::TestWithParam<JudgeCase> {};

TEST_P(JudgeTest, ForbidsWhatFactsForbid) {
  const JudgeCase& c = GetParam();
  const std::string live = JsonWith("label: \"1.0\"", "label: \"1.0\"");
  const std::string next = JsonWith(c.from, c.to);
  const Judgement judgement = JudgeChanges(CompareDocuments(live, next), live, next, {c.use});
  std::vector<std::string> refused;
  for (const auto& change : judgement.forbidden) refused.push_back(absl::StrCat(change.path, " ", change.reason));
  if (*c.refused == '\0') {
    EXPECT_THAT(refused, ::testing::IsEmpty());
  } else {
    EXPECT_THAT(refused, ::testing::ElementsAre(c.refused));
  }
  EXPECT_EQ(judgement.post_hoc, c.post_hoc);
}

INSTANTIATE_TEST_SUITE_P(All, JudgeTest, ::testing::Values(
    JudgeCase{"PilotKindBeforeConsent", "EXTERNAL", "INTERNAL", kScreened, "", false},
    JudgeCase{"Scenario20PilotKindAfterConsent", "EXTERNAL", "INTERNAL", kConsented, "stages[TRIAL_RUN].pilot_kind STAGE_HAS_CONSENTS", false},
    JudgeCase{"BlocksBeforeEnrolment", "[3, 6]", "[3, 9]", kConsented, "", false},
    JudgeCase{"BlocksAfterEnrolment", "[3, 6]", "[3, 9]", kEnrolled, "stages[TRIAL_RUN].allocation.block_sizes STAGE_HAS_ENROLMENTS", false},
    JudgeCase{"LevelsAfterEnrolment", "[young, old]", "[old, young]", kEnrolled, "stages[TRIAL_RUN].allocation.factors[age_band].levels STAGE_HAS_ENROLMENTS", false},
    JudgeCase{"FactorTitleAfterEnrolment", "\"Âge\"", "\"Tranche\"", kEnrolled, "", false},
    JudgeCase{"LevelTitleAfterEnrolment", "\"Jeune\"", "\"Jeunes\"", kEnrolled, "", false},
    JudgeCase{"LevelTitleAddedAfterEnrolment", "level_titles: [", "level_titles: [{level: old, title: {fr: \"A\", en: \"O\"}}, ", kEnrolled, "", false},
    JudgeCase{"AwaitedAfterEnrolment", "      after_timepoint: start\n", "", kEnrolled, "", false},
    JudgeCase{"ArmOrderAfterEnrolment", "[ALPHA, BETA]", "[BETA, ALPHA]", kEnrolled, "stages[TRIAL_RUN].arms STAGE_HAS_ENROLMENTS", false},
    JudgeCase{"RatioAfterEnrolment", "ratio: 1,", "ratio: 1, intervention: true,", kEnrolled, "arms[BETA].intervention STAGE_HAS_ENROLMENTS", false},
    JudgeCase{"ArmTitleAfterEnrolment", "\"Bêta\"", "\"B\"", kEnrolled, "", false},
    JudgeCase{"SiteRemoved", "  - {code: REU, name: \"Saint-Denis\", time_zone: Indian/Reunion, opens_on: 2025-01-03}\n", "", kScreened, "sites[REU] SITE_STAYS", false},
    JudgeCase{"SiteClosed", "opens_on: 2025-01-03", "opens_on: 2025-01-03, closes_on: 2026-01-01", kEnrolled, "", false},
    JudgeCase{"RuleBeforeEnrolment", "green: 0.8", "green: 0.7", kConsented, "", false},
    JudgeCase{"RuleAfterEnrolmentIsPostHoc", "green: 0.8", "green: 0.7", kEnrolled, "", true},
    JudgeCase{"SignatureAfterEnrolmentIsPostHoc", "signed_by: COMMITTEE", "signed_by: BOARD", kEnrolled, "", true},
    JudgeCase{"TargetAfterEnrolment", "participants: 50", "participants: 60", kEnrolled, "", false},
    JudgeCase{"AgeAfterEnrolment", "max_age: 55", "max_age: 60", kEnrolled, "", false}),
    [](const auto& info) { return std::string(info.param.name); });

TEST(JudgeChangesTest, KeepsAStageThatWasScreenedFor) {
  const std::string live = JsonWith("label: \"1.0\"", "label: \"1.0\"");
  const size_t at = Whole().find("  - code: FULL");
  const std::string stage = Whole().substr(at, Whole().find("consent_forms:") - at);
  const auto next = ParseDocument(absl::StrReplaceAll(Changed(Whole(), stage, ""), {{", stages: [FULL]", ""}}), "t");
  ASSERT_THAT(next, IsOk());
  const auto differences = CompareDocuments(live, ToJson(next->content));
  const auto judged = JudgeChanges(differences, live, ToJson(next->content), {{"FULL", 1, 0, 0}});
  ASSERT_EQ(judged.forbidden.size(), 1u);
  EXPECT_EQ(judged.forbidden[0].path, "stages[FULL]");
  EXPECT_EQ(judged.forbidden[0].reason, "STAGE_HAS_SCREENINGS");
  EXPECT_TRUE(JudgeChanges(differences, live, ToJson(next->content), {}).forbidden.empty());
}

}  // namespace
}  // namespace reprise::study
