// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/domain/errors.h"

#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"
#include "services/platform/time/clock.h"

namespace reprise::enrolment {
namespace {

using absl::StatusCode;

std::string Text(Day day) { return day.has_value() ? FormatDate(*day) : ""; }

absl::Status Missing(const char* reason, const char* message, const char* what, const std::string& id) {
  return error::Make(StatusCode::kNotFound, reason, message, {{what, id}});
}
absl::Status Refuse(const char* reason, absl::string_view message, error::Metadata found = {}) {
  return error::Make(StatusCode::kFailedPrecondition, reason, message, std::move(found));
}

}  // namespace

absl::Status SiteNotFound(const std::string& site_id) {
  return Missing("SITE_NOT_FOUND", "There is no such site in the study.", "site_id", site_id);
}
absl::Status ParticipantNotFound(const std::string& participant_id) {
  return Missing("PARTICIPANT_NOT_FOUND", "There is no such participant.", "participant_id", participant_id);
}
absl::Status ScreeningNotFound(const std::string& screening_id) {
  return Missing("SCREENING_NOT_FOUND", "There is no such screening.", "screening_id", screening_id);
}
absl::Status PhysicianUnknown(const std::string& user_id) {
  return Missing("PHYSICIAN_UNKNOWN",
                 "The user is no occupational physician with a delegation at the participant's site.",
                 "user_id", user_id);
}
absl::Status PhysicianNotAssigned(const std::string& user_id) {
  return Missing("PHYSICIAN_NOT_ASSIGNED", "The physician is not assigned to the participant.", "user_id",
                 user_id);
}

absl::Status FieldRequired(absl::string_view path) {
  return error::InvalidField(path, "FIELD_REQUIRED", "A value is required.");
}
absl::Status FieldTooLong(absl::string_view path, size_t most) {
  return error::InvalidField(path, "FIELD_TOO_LONG", absl::StrCat("At most ", most, " bytes."));
}
absl::Status TextHoldsIdentity(absl::string_view path) {
  return error::InvalidField(path, "TEXT_HOLDS_IDENTITY",
                             "A social-security or telephone number must not be entered here.");
}
absl::Status CodeMalformed(absl::string_view path) {
  return error::InvalidField(path, "CODE_MALFORMED",
                             "Capitals, digits and underscores, at most 64, beginning with a capital.");
}
absl::Status DateInFuture(absl::string_view path, absl::CivilDay today) {
  return error::InvalidField(
      path, "DATE_IN_FUTURE",
      absl::StrCat("The day must not be after today, ", FormatDate(today), " at the site."));
}
absl::Status DateBeforeScreening(absl::string_view path, absl::CivilDay screened) {
  return error::InvalidField(
      path, "DATE_BEFORE_SCREENING",
      absl::StrCat("The day must not be before the screening, ", FormatDate(screened), "."));
}
absl::Status DateBeforeConsent(absl::string_view path, absl::CivilDay consented) {
  return error::InvalidField(
      path, "DATE_BEFORE_CONSENT",
      absl::StrCat("The day must not be before the consent, ", FormatDate(consented), "."));
}
absl::Status StageUnknown() {
  return error::InvalidField("stage", "STAGE_UNKNOWN", "The protocol has no such stage.");
}
absl::Status CriteriaUnknown(const std::vector<size_t>& places) {
  std::vector<error::Violation> violations;
  for (const size_t place : places) {
    violations.push_back({absl::StrCat("failed_criteria[", place, "]"), "CRITERION_UNKNOWN",
                          "The protocol has no such criterion for this stage."});
  }
  return error::Invalid("CRITERION_UNKNOWN", "A criterion is unknown.", violations);
}
absl::Status ReasonUnknown() {
  return error::InvalidField("reason", "REASON_UNKNOWN", "The protocol has no such reason for declining.");
}
absl::Status KindInvalid() {
  return error::InvalidField(
      "kind", "KIND_INVALID", "One of SCREEN_FAILED, COMPLETED, LOST, FOUND and DECEASED is required.");
}
absl::Status ConsentFormUnknown() {
  return error::InvalidField("form_version", "CONSENT_FORM_UNKNOWN",
                             "The protocol has no such version of a form for this stage.");
}

absl::Status ProtocolMissing(absl::CivilDay day) {
  return Refuse("PROTOCOL_MISSING", absl::StrCat("No protocol is in force on ", FormatDate(day), "."),
                {{"day", FormatDate(day)}});
}
absl::Status StageNotOpen(const std::string& stage, Day opens, Day closes) {
  return Refuse("STAGE_NOT_OPEN", absl::StrCat("The stage ", stage, " is not open on this day."),
                {{"stage", stage}, {"opens_date", Text(opens)}, {"closes_date", Text(closes)}});
}
absl::Status SiteNotOpen(const std::string& site, Day opens, Day closes) {
  return Refuse("SITE_NOT_OPEN", absl::StrCat("The site ", site, " is not open on this day."),
                {{"site", site}, {"opens_date", Text(opens)}, {"closes_date", Text(closes)}});
}
absl::Status EthicsOpinionMissing(Day opinion) {
  return Refuse("ETHICS_OPINION_MISSING",
                "No consent may be signed before the ethics committee's favourable opinion.",
                {{"ethics_opinion_date", Text(opinion)}});
}
absl::Status ScreeningIneligible() {
  return Refuse("SCREENING_INELIGIBLE", "The candidate is not eligible.", {{"outcome", "INELIGIBLE"}});
}
absl::Status ScreeningIdentified() {
  return Refuse("SCREENING_IDENTIFIED", "The candidate's identity is recorded already.");
}
absl::Status ScreeningDeclined() { return Refuse("SCREENING_DECLINED", "The candidate declined."); }
absl::Status ScreeningConsented() {
  return Refuse("SCREENING_CONSENTED", "The candidate consented already.");
}
absl::Status IdentityMissing() {
  return Refuse("IDENTITY_MISSING", "The candidate's identity must be recorded first.");
}
absl::Status ConsentFormExpired(const std::string& form, const std::string& version, absl::CivilDay last) {
  return Refuse("CONSENT_FORM_EXPIRED",
                absl::StrCat("Version ", version, " of the form ", form, " could be signed until ",
                             FormatDate(last), "."),
                {{"field", "form_version"}, {"form", form}, {"form_version", version},
                 {"last_date", FormatDate(last)}});
}
absl::Status ConsentFormNotYetValid(const std::string& form, const std::string& version,
                                    absl::CivilDay first) {
  return Refuse("CONSENT_FORM_NOT_YET_VALID",
                absl::StrCat("Version ", version, " of the form ", form, " can be signed from ",
                             FormatDate(first), " on."),
                {{"field", "form_version"}, {"form", form}, {"form_version", version},
                 {"first_date", FormatDate(first)}});
}
absl::Status StatusTransitionInvalid(const char* status, const char* event) {
  return Refuse("STATUS_TRANSITION_INVALID",
                absl::StrCat("In the status ", status, " there can be no ", event, "."),
                {{"status", status}, {"event", event}});
}
absl::Status AgeNotEligible(const std::string& criterion, int min_age, int max_age) {
  return Refuse("AGE_NOT_ELIGIBLE", "The age on the day of consent is not that of the criterion.",
                {{"criterion", criterion}, {"min_age", absl::StrCat(min_age)},
                 {"max_age", absl::StrCat(max_age)}});
}
absl::Status FollowUpNotOver(Day last) {
  return Refuse("FOLLOW_UP_NOT_OVER", "The last window of a questionnaire has not closed.",
                {{"field", "event_date"}, {"window_close_date", Text(last)}});
}

absl::Status IdentityUnreadable() {
  return error::Make(StatusCode::kInternal, "SEAL_BROKEN", "A sealed record holds no identity.");
}

absl::Status PersonInStudy() {
  return error::Make(StatusCode::kAlreadyExists, "PERSON_IN_STUDY",
                     "This person takes part already, or in a stage that excludes this one.");
}

}  // namespace reprise::enrolment
