// SPDX-License-Identifier: Apache-2.0
// Study documents without a server: what is read, and every fault with its place.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

#include "services/platform/testing/matchers.h"
#include "services/study/convert/document.h"
#include "services/study/documents_for_test.h"
#include "services/study/domain/document/compare.h"

namespace reprise::study {
namespace {

using reprise::testing::Describe;
using reprise::testing::HasViolation;
using reprise::testing::IsOk;
using reprise::testing::StatusIs;

// "t:3:8", line and byte column, of the first `token` behind where `after` begins.
std::string PlaceIn(const std::string& document, const std::string& after, const std::string& token) {
  const size_t behind = document.find(after);
  EXPECT_NE(behind, std::string::npos) << after;
  const size_t at = document.find(token, behind);
  EXPECT_NE(at, std::string::npos) << token;
  const auto line = std::count(document.begin(), document.begin() + at, '\n') + 1;
  const size_t start = document.rfind('\n', at) + 1;
  return absl::StrCat("t:", line, ":", at - start + 1);
}

struct FaultCase {
  const char* name;
  const char* from;
  const char* to;      // what replaces it
  const char* token;   // the fault is shown where this stands behind `to`, or behind `after`
  const char* path;
  const char* reason;
  const char* after = nullptr;
};

const FaultCase kFaults[] = {
    {"UnknownField", "relapse_days: 28}", "relapse_days: 28, relaps_day: 2}", "relaps_day:", "phase_rules.relaps_day", "FIELD_UNKNOWN"},
    {"UnknownFieldInAnElement", "deliverer: NURSE", "deliverer: NURSE, colour: RED", "colour", "components[TALK].colour", "FIELD_UNKNOWN"},
    {"FieldTwice", "label: \"1.0\"", "label: \"1.0\"\nlabel: \"1.1\"", "label: \"1.1\"", "label", "FIELD_TWICE"},
    {"LanguageTwice", "{fr: \"Pilote\"", "{fr: \"P\", fr: \"Pilote\"", "fr: \"Pilote\"", "stages[TRIAL_RUN].title.fr", "FIELD_TWICE"},
    {"TextForANumber", "participants: 420", "participants: many", "many", "stages[FULL].targets[0].participants", "FIELD_KIND"},
    {"QuotedNumber", "participants: 420", "participants: \"420\"", "\"420\"", "stages[FULL].targets[0].participants", "FIELD_KIND"},
    {"FractionForAWholeNumber", "step: 2", "step: 2.5", "2.5", "components[TALK].step", "FIELD_KIND"},
    {"NumberBeyond32Bits", "step: 2", "step: 99999999999", "99999999999", "components[TALK].step", "FIELD_KIND"},
    {"YesForABool", "intervention: true", "intervention: yes", "yes", "arms[ALPHA].intervention", "FIELD_KIND"},
    {"MapForAText", "label: \"1.0\"", "label: {a: b}", "{a", "label", "FIELD_KIND"},
    {"TextForAList", "excludes: [TRIAL_RUN]", "excludes: TRIAL_RUN", "TRIAL_RUN", "stages[FULL].excludes", "FIELD_KIND"},
    {"TextForAMap", "phase_rules: {relapse_days: 28}", "phase_rules: 28", "28", "phase_rules", "FIELD_KIND"},
    {"TextForATitle", "title: {fr: \"Occupée\", en: \"Busy\"}", "title: Busy", "Busy", "decline_reasons[BUSY].title", "FIELD_KIND"},
    {"NoLabel", "label: \"1.0\"\n", "", "study: WHOLE", "label", "FIELD_REQUIRED", "study: WHOLE"},
    {"EmptyLabel", "label: \"1.0\"", "label: \"\"", "\"\"", "label", "FIELD_REQUIRED"},
    {"NullLabel", "label: \"1.0\"\n", "label: ~\n", "study: WHOLE", "label", "FIELD_REQUIRED", "study: WHOLE"},
    {"NoTargets", "targets: [{from: 2026-01-01, participants: 420, reason: \"Third.\"}]", "targets: []", "[]", "stages[FULL].targets", "FIELD_REQUIRED"},
    {"ZeroParticipants", "participants: 420", "participants: 0", "0,", "stages[FULL].targets[0].participants", "NUMBER_OUT_OF_RANGE"},
    {"StepTen", "step: 2", "step: 10", "10", "components[TALK].step", "NUMBER_OUT_OF_RANGE"},
    {"ZeroRatio", "ratio: 2", "ratio: 0", "0", "arms[ALPHA].ratio", "NUMBER_OUT_OF_RANGE"},
    {"NegativeWindow", "after_days: 30", "after_days: -1", "-1", "visits[SEEN].after_days", "NUMBER_OUT_OF_RANGE"},
    {"GrantOfNothing", "amount_eur: 1000", "amount_eur: 0", "0,", "funding[0].amount_eur", "NUMBER_OUT_OF_RANGE"},
    {"ThirtiethOfFebruary", "opens_on: 2025-01-02", "opens_on: 2025-02-30", "2025-02-30", "sites[LYO].opens_on", "DATE_MALFORMED"},
    {"FrenchDate", "in_force_on: 2025-01-01", "in_force_on: 01/01/2025", "01/01", "in_force_on", "DATE_MALFORMED"},
    {"WordOfAnotherCase", "kind: MAIN", "kind: Main", "Main", "stages[FULL].kind", "WORD_UNKNOWN"},
    {"AnchorUnknown", "anchor: T0, from_days", "anchor: T1, from_days", "T1", "components[TALK].anchor", "WORD_UNKNOWN"},
    {"CodeInSmallLetters", "code: BUSY", "code: busy", "busy", "decline_reasons[busy].code", "CODE_MALFORMED"},
    {"SiteCodeTooShort", "code: LYO", "code: LY", "LY,", "sites[LY].code", "CODE_MALFORMED"},
    {"CodeTwice", "en: \"Busy\"}}\n", "en: \"Busy\"}}\n  - {code: BUSY , title: {fr: \"B\", en: \"B\"}}\n", "BUSY ,", "decline_reasons[1].code", "CODE_TWICE"},
    {"FormVersionTwice", "version: \"2\"", "version: \"1\"", "SHEET", "consent_forms[1].code", "CODE_TWICE", "valid_until: 2025-06-30"},
    {"SignatureTwice", "signed_by: COMMITTEE}", "signed_by: COMMITTEE}\n  - {stage: TRIAL_RUN, signed_on: 2025-01-01, signed_by: BOARD}", "TRIAL_RUN", "signatures[1].stage", "CODE_TWICE", "COMMITTEE}"},
    {"OneLanguage", "title: {fr: \"Vue\", en: \"Seen\"}", "title: {fr: \"Vue\"}", "{fr: \"Vue\"}", "visits[SEEN].title.en", "LANGUAGE_MISSING"},
    {"GermanTitle", "en: \"Seen\"}", "en: \"Seen\", de: \"Gesehen\"}", "de:", "visits[SEEN].title.de", "LANGUAGE_UNKNOWN"},
    {"TelephoneInAReason", "reason: \"Third.\"", "reason: \"Call 04 72 00 00 00.\"", "\"Call", "stages[FULL].targets[0].reason", "TEXT_HOLDS_IDENTITY"},
    {"ZoneUnknown", "Indian/Reunion", "Indian/Lyon", "Indian/Lyon", "sites[REU].time_zone", "TIME_ZONE_UNKNOWN"},
    {"StageToUnknownArm", "arms: [ALPHA, BETA]", "arms: [ALPHA, BETTA]", "BETTA", "stages[TRIAL_RUN].arms[1]", "REFERENCE_UNKNOWN"},
    {"StageExcludesUnknown", "excludes: [TRIAL_RUN]", "excludes: [TRAIL_RUN]", "TRAIL_RUN", "stages[FULL].excludes[0]", "REFERENCE_UNKNOWN"},
    {"FormToUnknownStage", "stages: [TRIAL_RUN], title: {fr: \"Note\"", "stages: [RUN], title: {fr: \"Note\"", "RUN]", "consent_forms[SHEET 1].stages[0]", "REFERENCE_UNKNOWN"},
    {"QuestionnaireToUnknownStage", "stages: [FULL]}", "stages: [FUL]}", "FUL]", "questionnaires[T0+4m form-a].stages[0]", "REFERENCE_UNKNOWN"},
    {"RuleToUnknownStage", "code: KEPT, stage: TRIAL_RUN", "code: KEPT, stage: TRIAL", "TRIAL,", "progression_rules[KEPT].stage", "REFERENCE_UNKNOWN"},
    {"RuleToUnknownTimepoint", "of: T0+4m", "of: T0+5m", "T0+5m", "progression_rules[KEPT].of", "REFERENCE_UNKNOWN"},
    {"RuleToUnknownComponent", "metric: RETENTION, of: T0+4m", "metric: FIDELITY, of: TALKS", "TALKS", "progression_rules[KEPT].of", "REFERENCE_UNKNOWN"},
    {"SignatureToUnknownStage", "- {stage: TRIAL_RUN", "- {stage: TRIAL", "TRIAL,", "signatures[TRIAL].stage", "REFERENCE_UNKNOWN"},
    {"AwaitsUnknownTimepoint", "after_timepoint: start", "after_timepoint: begin", "begin", "stages[TRIAL_RUN].allocation.after_timepoint", "REFERENCE_UNKNOWN"},
    {"ArmTwiceInAStage", "arms: [ALPHA, BETA]", "arms: [ALPHA, BETA, BETA]", "BETA]", "stages[TRIAL_RUN].arms[2]", "REFERENCE_TWICE"},
    {"LevelTitleOfUnknownLevel", "level: young", "level: yung", "yung", "stages[TRIAL_RUN].allocation.factors[age_band].level_titles[yung].level", "REFERENCE_UNKNOWN"},
    {"LevelTitleTwice", "level_titles: [", "level_titles: [{level: young, title: {fr: \"J\", en: \"Y\"}}, ", "young", "stages[TRIAL_RUN].allocation.factors[age_band].level_titles[1].level", "CODE_TWICE", "en: \"Y\""},
    {"LevelTitleInOneLanguage", "title: {fr: \"Jeune\", en: \"Young\"}", "title: {fr: \"Jeune\"}", "{fr: \"Jeune\"}", "stages[TRIAL_RUN].allocation.factors[age_band].level_titles[young].title.en", "LANGUAGE_MISSING"},
    {"LevelTitleOfSite", "{code: site, title: {fr: \"Centre\", en: \"Site\"}}", "{code: site, level_titles: [{level: LYO, title: {fr: \"L\", en: \"L\"}}]}", "LYO", "stages[TRIAL_RUN].allocation.factors[site].level_titles[LYO].level", "REFERENCE_UNKNOWN"},
    {"TitleOfUnknownTimepoint", "code: T0+4m, title", "code: T0+5m, title", "T0+5m", "timepoints[T0+5m].code", "REFERENCE_UNKNOWN"},
    {"TimepointTitleTwice", "code: T0+4m, title", "code: start,  title", "start", "timepoints[1].code", "CODE_TWICE"},
    {"TimepointWithoutTitle", ", title: {fr: \"Au début\", en: \"At the start\"}", "", "{code: start}", "timepoints[start].title", "FIELD_REQUIRED", "timepoints:"},
    {"ScopeCodeInSmallLetters", "code: AGAIN", "code: again", "again", "consent_scopes[again].code", "CODE_MALFORMED"},
    {"ScopeInOneLanguage", "title: {fr: \"Être rappelée\", en: \"Be called again\"}", "title: {en: \"Be called again\"}", "{en: \"Be called", "consent_scopes[AGAIN].title.fr", "LANGUAGE_MISSING"},
    {"RespondentUnknown", "respondent: TEAM", "respondent: NURSE", "NURSE", "questionnaires[talk form-b].respondent", "WORD_UNKNOWN"},
    {"AwaitsATimepointNotRequired", "after_timepoint: start", "after_timepoint: T0+4m", "T0+4m", "stages[TRIAL_RUN].allocation.after_timepoint", "TIMEPOINT_NOT_REQUIRED"},
    {"ClosesBeforeItOpens", "closes_on: 2027-01-01", "closes_on: 2025-01-01", "2025-01-01}", "sites[LYO].closes_on", "PERIOD_REVERSED"},
    {"FormValidBackwards", "valid_until: 2025-06-30", "valid_until: 2025-01-06", "2025-01-06", "consent_forms[SHEET 1].valid_until", "PERIOD_REVERSED"},
    {"AgesReversed", "max_age: 55", "max_age: 17", "17", "criteria[AGE].max_age", "PERIOD_REVERSED"},
    {"WindowReversed", "from_days: 1, until_months: 1", "from_days: 29, until_months: 1", "1, title", "components[TALK].until_months", "WINDOW_REVERSED"},
    {"TargetsUnordered", "from: 2025-01-06", "from: 2025-01-05", "2025-01-05, participants: 50", "stages[TRIAL_RUN].targets[1].from", "TARGETS_UNORDERED"},
    {"PilotWithoutKind", "    pilot_kind: EXTERNAL\n", "", "code: TRIAL_RUN", "stages[TRIAL_RUN].pilot_kind", "PILOT_KIND_REQUIRED", "stages:"},
    {"MainWithPilotKind", "kind: MAIN", "kind: MAIN\n    pilot_kind: INTERNAL", "INTERNAL", "stages[FULL].pilot_kind", "PILOT_KIND_MISPLACED"},
    {"StageExcludesItself", "excludes: [TRIAL_RUN]", "excludes: [FULL]", "[FULL]", "stages[FULL].excludes", "STAGE_EXCLUDES_ITSELF"},
    {"OneArm", "arms: [ALPHA, BETA]", "arms: [ALPHA]", "[ALPHA]", "stages[TRIAL_RUN].arms", "ARMS_TOO_FEW"},
    {"ArmsWithoutAllocation", "excludes: [TRIAL_RUN]", "arms: [ALPHA, BETA]", "code: FULL", "stages[FULL].allocation", "ALLOCATION_REQUIRED", "stages:"},
    {"AllocationWithoutArms", "arms: [ALPHA, BETA]\n    allocation:\n", "allocation:\n", "factors", "stages[TRIAL_RUN].allocation", "ALLOCATION_WITHOUT_ARMS"},
    {"BlockNotAMultiple", "block_sizes: [3, 6]", "block_sizes: [3, 4]", "4]", "stages[TRIAL_RUN].allocation.block_sizes[1]", "BLOCK_SIZE_UNEVEN"},
    {"BlockTwice", "block_sizes: [3, 6]", "block_sizes: [3, 3]", "3]", "stages[TRIAL_RUN].allocation.block_sizes[1]", "BLOCK_SIZE_TWICE"},
    {"NoBlocks", "block_sizes: [3, 6]", "block_sizes: []", "[]", "stages[TRIAL_RUN].allocation.block_sizes", "FIELD_REQUIRED"},
    {"OneLevel", "levels: [young, old]", "levels: [young]", "[young]", "stages[TRIAL_RUN].allocation.factors[age_band].levels", "FACTOR_LEVELS"},
    {"SiteWithLevels", "{code: site,", "{code: site, levels: [a, b],", "[a, b]", "stages[TRIAL_RUN].allocation.factors[site].levels", "FACTOR_LEVELS"},
    {"FormsOverlapOnOneDay", "valid_from: 2025-07-01", "valid_from: 2025-06-30", "2025-06-30, title", "consent_forms[SHEET 2].valid_from", "CONSENT_FORMS_OVERLAP"},
    {"QuestionnaireTwice", "stages: [FULL]}\n", "stages: [FULL]}\n  - {timepoint: T0+4m, instrument: form-a, version: \"1.1\", anchor: T0, stages: [FULL]}\n", "form-a", "questionnaires[2].instrument", "QUESTIONNAIRE_TWICE"},
    {"ThresholdsReversed", "green: 0.8, red: 0.6", "green: 0.6, red: 0.8", "0.8", "progression_rules[KEPT].red", "THRESHOLDS_REVERSED"},
    {"ThresholdsReversedWhereLowerIsBetter", "green: 0, red: 0.2", "green: 0.3, red: 0.2", "0.2", "progression_rules[LOST].red", "THRESHOLDS_REVERSED"},
    {"ProportionOfEighty", "green: 0.8", "green: 80", "80", "progression_rules[KEPT].green", "NUMBER_OUT_OF_RANGE"},
    {"RetentionWithoutTimepoint", "metric: RETENTION, of: T0+4m", "metric: RETENTION", "{code: KEPT", "progression_rules[KEPT].of", "RULE_OF_MISSING", "progression_rules:"},
    {"WithdrawalOfATimepoint", "metric: WITHDRAWAL", "metric: WITHDRAWAL, of: start", "start", "progression_rules[LOST].of", "RULE_OF_MISPLACED"},
    {"TwoPrimaryEndpoints", "rank: SECONDARY}", "rank: PRIMARY }", "PRIMARY }", "endpoints[RTW-ANY].rank", "PRIMARY_ENDPOINT_TWICE"},
    {"NoRelapseDays", "phase_rules: {relapse_days: 28}", "phase_rules: {relapse_days: 0}", "0}", "phase_rules.relapse_days", "NUMBER_OUT_OF_RANGE"},
};

class FaultTest : public ::testing::TestWithParam<FaultCase> {};

TEST_P(FaultTest, IsToldAloneWithItsPlace) {
  const FaultCase& c = GetParam();
  const std::string document = Changed(Whole(), c.from, c.to);
  // A fault of what is absent stands at the map that lacks it.
  const std::string place = PlaceIn(document, c.after == nullptr ? c.to : c.after, c.token);
  const auto refused = ParseDocument(document, "t");
  ASSERT_THAT(refused, StatusIs(absl::StatusCode::kInvalidArgument, "PROTOCOL_INVALID"));
  EXPECT_THAT(refused, HasViolation(absl::StrCat(place, " ", c.path), c.reason));
  EXPECT_EQ(error::DetailOf(refused.status()).violations.size(), 1u) << Describe(refused.status());
}

INSTANTIATE_TEST_SUITE_P(All, FaultTest, ::testing::ValuesIn(kFaults),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(ParseDocumentTest, ReadsEveryPartOfADocument) {
  const auto document = ParseDocument(Whole(), "t");
  ASSERT_THAT(document, IsOk());
  const v1::StudyDocument& content = document->content;
  EXPECT_EQ(content.title().at("fr"), "Étude entière");
  EXPECT_EQ(content.regulation().ethics_opinion_on(), "2024-12-01");
  EXPECT_EQ(content.funding(0).amount_eur(), 1000);
  EXPECT_EQ(content.sites(1).time_zone(), "Indian/Reunion");
  EXPECT_TRUE(content.arms(0).intervention());
  EXPECT_EQ(content.stages(0).targets(1).participants(), 50);
  EXPECT_EQ(content.stages(0).allocation().block_sizes(1), 6);
  EXPECT_EQ(content.stages(0).allocation().factors(1).levels(0), "young");
  EXPECT_EQ(content.consent_forms(0).version(), "1");
  EXPECT_DOUBLE_EQ(content.progression_rules(1).red(), 0.2);
  EXPECT_TRUE(content.progression_rules(1).lower_is_better());
  EXPECT_EQ(content.phase_rules().relapse_days(), 28);
}

TEST(ParseDocumentTest, ReadsJsonAlike) {
  const auto yaml = ParseDocument(Whole(), "t");
  ASSERT_THAT(yaml, IsOk());
  // That JSON writes 64-bit numbers as texts and leaves zeros out, which a document does not.
  const std::string json = absl::StrReplaceAll(
      ToJson(yaml->content), {{"\"1000\"", "1000"}, {"\"WITHDRAWAL\"", "\"WITHDRAWAL\",\"green\":0"}});
  const auto again = ParseDocument(json, "t.json");
  ASSERT_THAT(again, IsOk());
  EXPECT_THAT(CompareDocuments(ToJson(again->content), ToJson(yaml->content)), ::testing::IsEmpty());
  EXPECT_THAT(CompareDocuments(ToJson(DocumentFromJson(ToJson(yaml->content))), ToJson(yaml->content)),
              ::testing::IsEmpty());
}

TEST(ParseDocumentTest, TakesTheShippedStudies) {
  for (const char* const name : {"fastracs", "minimal"}) {
    SCOPED_TRACE(name);
    const std::string text = FileText(absl::StrCat(REPRISE_STUDIES, "/", name, "/study.yaml"));
    const auto document = ParseDocument(text, name);
    EXPECT_THAT(document, IsOk());
  }
}

// domain facts: 30, 40 external, 420; six centres; four steps; three landmarks; 182,000 euros.
TEST(FastracsStudyTest, SaysWhatIsPublished) {
  const auto document = ParseDocument(FileText(absl::StrCat(REPRISE_STUDIES, "/fastracs/study.yaml")), "t");
  ASSERT_THAT(document, IsOk());
  const v1::StudyDocument& study = document->content;
  int64_t euros = 0;
  for (const auto& grant : study.funding()) euros += grant.amount_eur();
  EXPECT_EQ(euros, 182000);
  EXPECT_EQ(study.sites_size(), 6);
  ASSERT_EQ(study.stages_size(), 3);
  EXPECT_EQ(study.stages(0).targets(0).participants(), 30);
  EXPECT_EQ(study.stages(1).pilot_kind(), "EXTERNAL");
  EXPECT_EQ(study.stages(1).targets(0).participants(), 40);
  ASSERT_EQ(study.stages(2).targets_size(), 3);
  EXPECT_EQ(study.stages(2).targets(2).participants(), 420);
  ASSERT_EQ(study.components_size(), 4);
  EXPECT_EQ(study.components(3).leave_longer_than_months(), 10);
  EXPECT_EQ(study.endpoints(0).definition(), "SRTW-50-28");
  EXPECT_EQ(study.endpoints(0).rank(), "PRIMARY");
  // Signed before the first participant can be enrolled.
  EXPECT_LT(study.signatures(0).signed_on(), study.stages(1).opens_on());
}

TEST(ParseDocumentTest, TellsAllFaultsAtOnceByLine) {
  const auto refused = ParseDocument(
      "study: WHOLE\nlable: x\nin_force_on: 2025-13-01\ntitle: {fr: F}\nsites: [{code: LYO, name: 5, opens_on: soon}]\n"
      "stages: []\n", "t");
  ASSERT_THAT(refused, StatusIs(absl::StatusCode::kInvalidArgument, "PROTOCOL_INVALID"));
  std::vector<std::string> told;
  for (const auto& violation : error::DetailOf(refused.status()).violations) {
    told.push_back(absl::StrCat(violation.path, " ", violation.reason));
  }
  EXPECT_THAT(told, ::testing::ElementsAre("t:1:1 label FIELD_REQUIRED", "t:2:1 lable FIELD_UNKNOWN",
                                           "t:3:14 in_force_on DATE_MALFORMED", "t:4:8 title.en LANGUAGE_MISSING",
                                           "t:5:40 sites[LYO].opens_on DATE_MALFORMED", "t:6:9 stages FIELD_REQUIRED"));
}

TEST(ParseDocumentTest, SuggestsWhatWasMeant) {
  for (const auto& [from, to, meant] : {std::tuple{"label:", "lable:", "perhaps label"},
                                        std::tuple{"kind: MAIN", "kind: main", "perhaps MAIN"},
                                        std::tuple{"excludes: [TRIAL_RUN]", "excludes: [TRIAL_RUM]", "perhaps TRIAL_RUN"}}) {
    const auto refused = ParseDocument(Changed(Whole(), from, to), "t");
    const auto violations = error::DetailOf(refused.status()).violations;
    EXPECT_TRUE(std::any_of(violations.begin(), violations.end(), [&, word = meant](const error::Violation& violation) {
      return absl::StrContains(violation.message, word);
    })) << meant;
  }
}

TEST(ParseDocumentTest, BoundsListsAndFaults) {
  std::string reasons = "decline_reasons:\n";
  for (int i = 0; i < 500; ++i) absl::StrAppend(&reasons, "  - {code: R", i, ", title: {fr: R, en: R}}\n");
  const std::string old = "decline_reasons:\n  - {code: BUSY, title: {fr: \"Occupée\", en: \"Busy\"}}\n";
  EXPECT_THAT(ParseDocument(Changed(Whole(), old, reasons), "t"), IsOk());
  const std::string longer = Changed(Whole(), old, reasons + "  - {code: ONE, title: {fr: R, en: R}}\n");
  EXPECT_THAT(ParseDocument(longer, "t"), HasViolation(PlaceIn(longer, "decline_reasons", "- {") + " decline_reasons", "LIST_TOO_LONG"));
  // Half a MiB of nearly right references: told in bounded time and number.
  std::string references = "visits:\n";
  for (int i = 0; i < 400; ++i) {
    absl::StrAppend(&references, "  - {code: V", i, ", anchor: T0, title: {fr: R, en: R}, stages: [");
    for (int j = 0; j < 400; ++j) absl::StrAppend(&references, "F", j, ",");
    absl::StrAppend(&references, "]}\n");
  }
  const std::string visits = "visits:\n  - {code: SEEN, anchor: CONSENT, after_days: 30, recorded_by: COORDINATOR, title: {fr: \"Vue\", en: \"Seen\"}}\n";
  const auto refused = ParseDocument(Changed(Whole(), visits, references), "t");
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kInvalidArgument, "PROTOCOL_INVALID"));
  EXPECT_EQ(error::DetailOf(refused.status()).violations.size(), 1000u);
}

TEST(ParseDocumentTest, RefusesWhatIsNoDocument) {
  struct Case {
    const char* name;
    std::string text;
    const char* reason;
  };
  for (const Case& c : {Case{"empty", "", "DOCUMENT_MALFORMED"},
                        Case{"not YAML", "study: [", "DOCUMENT_MALFORMED"},
                        Case{"two documents", "a: 1\n---\nb: 2\n", "DOCUMENT_MALFORMED"},
                        Case{"an alias", "a: &x 1\nb: *x\n", "DOCUMENT_MALFORMED"},
                        Case{"not UTF-8", "study: \xff\n", "TEXT_NOT_UTF8"},
                        Case{"nested 40 deep", std::string(40, '[') + std::string(40, ']'), "DOCUMENT_TOO_DEEP"},
                        Case{"over 1 MiB", std::string((1 << 20) + 1, '\n'), "DOCUMENT_TOO_LARGE"},
                        Case{"a list", "[a, b]", "PROTOCOL_INVALID"},
                        Case{"a word", "study", "PROTOCOL_INVALID"}}) {
    EXPECT_THAT(ParseDocument(c.text, "t"), StatusIs(absl::StatusCode::kInvalidArgument, c.reason)) << c.name;
  }
}

}  // namespace
}  // namespace reprise::study
