// SPDX-License-Identifier: Apache-2.0
#include "services/study/domain/document/field_rules.h"

namespace reprise::study {
namespace {

constexpr double kTextBytes = 1000;
constexpr double kTokenBytes = 64;
constexpr double kMonths = 120;
constexpr double kDays = 3660;

constexpr char kAnchors[] = "CONSENT T0 RETURN LEAVE_START CHEMO_START";

constexpr FieldRule Text(const char* place, const char* field, bool required) {
  return {place, field, FieldKind::kText, required, "", 1, kTextBytes};
}
constexpr FieldRule Title(const char* place) {
  return {place, "title", FieldKind::kTitle, true, "", 1, kTextBytes};
}
constexpr FieldRule Code(const char* place, FieldKind kind = FieldKind::kCode) {
  return {place, "code", kind, true, "", 1, 40};
}
constexpr FieldRule Token(const char* place, const char* field, bool required = true) {
  return {place, field, FieldKind::kToken, required, "", 1, kTokenBytes};
}
constexpr FieldRule Date(const char* place, const char* field, bool required = false) {
  return {place, field, FieldKind::kDate, required, "", 0, 0};
}
constexpr FieldRule Word(const char* place, const char* field, const char* words, bool required = true) {
  return {place, field, FieldKind::kWord, required, words, 0, 0};
}
constexpr FieldRule Whole(const char* place, const char* field, double least, double most,
                          bool required = false) {
  return {place, field, FieldKind::kWhole, required, "", least, most};
}
constexpr FieldRule Reference(const char* place, const char* field, const char* list,
                              bool required = false) {
  return {place, field, FieldKind::kReference, required, list, 0, 0};
}
constexpr FieldRule Present(const char* place, const char* field) {
  return {place, field, FieldKind::kPresent, true, "", 0, 0};
}

constexpr FieldRule kRules[] = {
    {"", "study", FieldKind::kCode, true, "", 2, 32},
    Token("", "label"),
    Date("", "in_force_on", true),
    Title(""),
    Present("", "sites"),
    Present("", "stages"),

    Text("regulation", "sponsor", true),
    Word("regulation", "category", "RIPH1 RIPH2 RIPH3 NON_RIPH"),
    Token("regulation", "id_rcb", false),
    Text("regulation", "registry", false),
    Token("regulation", "methodology", false),
    Date("regulation", "ethics_opinion_on"),

    Text("partners", "name", true),
    Word("partners", "kind", "LABORATORY HOSPITAL ASSOCIATION AUTHORITY UNIVERSITY OTHER"),
    Text("funding", "funder", true),
    Text("funding", "programme", false),
    Whole("funding", "amount_eur", 1, 1e9, true),
    Whole("funding", "year", 1990, 2100, true),

    Code("sites", FieldKind::kSiteCode),
    {"sites", "name", FieldKind::kText, true, "", 1, 500},
    {"sites", "time_zone", FieldKind::kZone, false, "", 0, 0},
    Date("sites", "opens_on", true),
    Date("sites", "closes_on"),

    Code("arms"),
    Title("arms"),
    Whole("arms", "ratio", 1, 100, true),

    Code("stages"),
    Word("stages", "kind", "NEEDS PILOT MAIN SUBSTUDY"),
    Word("stages", "pilot_kind", "EXTERNAL INTERNAL", false),
    Title("stages"),
    Date("stages", "opens_on", true),
    Date("stages", "closes_on"),
    Present("stages", "targets"),
    Reference("stages", "arms", "arms"),
    Reference("stages", "excludes", "stages"),
    Date("stages.targets", "from", true),
    Whole("stages.targets", "participants", 1, 1e6, true),
    Text("stages.targets", "reason", true),
    Present("stages.allocation", "block_sizes"),
    Reference("stages.allocation", "after_timepoint", "questionnaires"),
    Code("stages.allocation.factors", FieldKind::kName),
    Text("stages.allocation.factors.level_titles", "level", true),
    Title("stages.allocation.factors.level_titles"),

    Code("consent_forms"),
    Token("consent_forms", "version"),
    Date("consent_forms", "valid_from", true),
    Date("consent_forms", "valid_until"),
    Reference("consent_forms", "stages", "stages"),
    Title("consent_forms"),

    Code("criteria"),
    Word("criteria", "kind", "INCLUSION EXCLUSION"),
    Title("criteria"),
    Whole("criteria", "min_age", 0, 130),
    Whole("criteria", "max_age", 0, 130),
    Reference("criteria", "stages", "stages"),
    Code("decline_reasons"),
    Title("decline_reasons"),

    Code("components"),
    Token("components", "version"),
    Whole("components", "step", 1, 9, true),
    Title("components"),
    {"components", "deliverer", FieldKind::kCode, true, "", 1, 40},
    Word("components", "anchor", kAnchors),
    Whole("components", "from_months", -kMonths, kMonths),
    Whole("components", "from_days", -kDays, kDays),
    Whole("components", "until_months", -kMonths, kMonths),
    Whole("components", "until_days", -kDays, kDays),
    Whole("components", "leave_longer_than_months", 0, kMonths),

    Code("visits"),
    Title("visits"),
    Word("visits", "anchor", kAnchors),
    Whole("visits", "offset_months", -kMonths, kMonths),
    Whole("visits", "offset_days", -kDays, kDays),
    Whole("visits", "before_days", 0, kDays),
    Whole("visits", "after_days", 0, kDays),
    Word("visits", "recorded_by", "COORDINATOR OCCUPATIONAL_PHYSICIAN", false),
    Reference("visits", "stages", "stages"),

    Token("questionnaires", "timepoint"),
    Token("questionnaires", "instrument"),
    Token("questionnaires", "version"),
    Word("questionnaires", "anchor", kAnchors),
    Whole("questionnaires", "offset_months", -kMonths, kMonths),
    Whole("questionnaires", "offset_days", -kDays, kDays),
    Whole("questionnaires", "before_days", 0, kDays),
    Whole("questionnaires", "after_days", 0, kDays),
    Reference("questionnaires", "stages", "stages"),
    Word("questionnaires", "respondent", "PARTICIPANT TEAM", false),
    Reference("timepoints", "code", "questionnaires", true),
    Title("timepoints"),
    Code("consent_scopes"),
    Title("consent_scopes"),

    Code("progression_rules"),
    Title("progression_rules"),
    Reference("progression_rules", "stage", "stages", true),
    Word("progression_rules", "metric",
         "ELIGIBILITY CONSENT RANDOMISATION RECRUITMENT_RATE T0_KNOWN RETENTION QUESTIONNAIRE_RETURN "
         "ASCERTAINABILITY FIDELITY CONTAMINATION WITHDRAWAL"),
    {"progression_rules", "green", FieldKind::kNumber, true, "", 0, 1000},
    {"progression_rules", "red", FieldKind::kNumber, true, "", 0, 1000},
    Word("progression_rules", "judged_on", "ESTIMATE INTERVAL_BOUND"),

    Reference("signatures", "stage", "stages", true),
    Date("signatures", "signed_on", true),
    {"signatures", "signed_by", FieldKind::kCode, true, "", 1, 40},

    Token("endpoints", "definition"),
    Whole("endpoints", "version", 1, 1000, true),
    Word("endpoints", "rank", "PRIMARY SECONDARY"),

    Whole("phase_rules", "relapse_days", 1, 365, true),
};

}  // namespace

absl::Span<const FieldRule> FieldRules() { return kRules; }

}  // namespace reprise::study
