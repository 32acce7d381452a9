// SPDX-License-Identifier: Apache-2.0
// Study documents without a server: what is read, every fault with its place, and differences.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

#include "services/platform/testing/matchers.h"
#include "services/study/convert/document.h"
#include "services/study/domain/document/compare.h"

namespace reprise::study {
namespace {

using reprise::testing::Describe;
using reprise::testing::HasViolation;
using reprise::testing::IsOk;
using reprise::testing::StatusIs;

std::string FileText(const std::string& path) {
  std::ifstream file(path);
  EXPECT_TRUE(file.good()) << path;
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string Whole() { return FileText(absl::StrCat(REPRISE_TEST_DATA, "/study/whole.yaml")); }

// `from`, which stands once in the document, replaced by `to`.
std::string Changed(std::string document, const std::string& from, const std::string& to) {
  const size_t at = document.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  EXPECT_EQ(document.find(from, at + 1), std::string::npos) << from << " stands twice";
  return document.replace(at, from.size(), to);
}

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
