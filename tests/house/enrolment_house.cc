// SPDX-License-Identifier: Apache-2.0
#include "tests/house/enrolment_house.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace reprise::enrolment {
namespace {

using house::NewId;
using reprise::testing::IsOk;

// As study.protocol_version.content has it.
constexpr char kProtocol[] = R"json({
  "study": "FASTRACS", "label": "$label", "in_force_on": "$from",
  "regulation": {"category": "RIPH2", "ethics_opinion_on": "2025-01-15"},
  "sites": [{"code": "LYO", "opens_on": "2025-01-01"},
            {"code": "STE", "opens_on": "2025-01-01", "closes_on": "2026-05-31"}],
  "arms": [{"code": "A", "ratio": 1}, {"code": "B", "ratio": 1}],
  "stages": [{"code": "PILOT", "kind": "PILOT", "pilot_kind": "EXTERNAL", "opens_on": "2025-01-01"},
             {"code": "MAIN", "kind": "MAIN", "opens_on": "2025-01-01", "arms": ["A", "B"]},
             {"code": "NEEDS", "kind": "NEEDS", "opens_on": "2025-01-01", "closes_on": "2025-06-30"},
             {"code": "SUB", "kind": "SUBSTUDY", "opens_on": "2025-01-01", "excludes": ["NEEDS"]}],
  "consent_forms": [{"code": "CONSENT", "version": "1.0", "valid_from": "2025-01-01",
                     "valid_until": "2025-12-31"}$form],
  "criteria": [{"code": "AGE", "kind": "INCLUSION", "min_age": 18, "max_age": $max_age},
               {"code": "BREAST_CANCER", "kind": "INCLUSION"},
               {"code": "METASTATIC", "kind": "EXCLUSION"},
               {"code": "RANDOMISABLE", "kind": "INCLUSION", "stages": ["MAIN"]}],
  "decline_reasons": [{"code": "NO_TIME"}],
  "questionnaires": [
    {"timepoint": "baseline", "instrument": "diary", "version": "1", "anchor": "CONSENT", "after_days": 14,
     "stages": ["PILOT"], "required": true},
    {"timepoint": "T0+4m", "instrument": "diary", "version": "1", "anchor": "T0", "offset_months": 4,
     "after_days": 30, "stages": ["PILOT"], "required": true}]
})json";

void Apply(const testing::TestDatabase& database, const std::string& study_id, int version,
           const std::string& from, const std::string& max_age, const std::string& form) {
  const std::string label = absl::StrCat(version, ".0");
  const std::string content = absl::StrReplaceAll(
      kProtocol, {{"$label", label}, {"$from", from}, {"$max_age", max_age}, {"$form", form}});
  database.Sql(absl::StrCat(
      "INSERT INTO study.protocol_version (study_id, version, label, in_force_date, document, document_sha256, "
      "content, post_hoc, apply_time, applied_by, change_reason) VALUES ('", study_id, "', ", version, ", '",
      label, "', '", from, "', '', sha256(''), '", content, "', false, now(), '", NewId(), "', '')"));
}

google::type::Date DateOf(int year, int month, int day) {
  google::type::Date date;
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
  return date;
}

}  // namespace

void EnrolmentHouse::SetUpTestSuite() {
  const std::string& study_id = people().study_id;
  if (database().Value("SELECT count(*) FROM study.protocol_version WHERE version > 1") != "0") return;
  Apply(database(), study_id, 2, "2025-01-01", "55", "");
  Apply(database(), study_id, 3, "2026-01-01", "60",
        R"json(, {"code": "CONSENT", "version": "2.0", "valid_from": "2026-01-01"})json");
}

google::type::Date EnrolmentHouse::On(int year, int month, int day) { return DateOf(year, month, day); }

v1::Identity EnrolmentHouse::Somebody() {
  return Named(house::NewName(), "Jeanne", DateOf(1980, 2, 20));
}

v1::Identity EnrolmentHouse::Named(const std::string& birth_name, const std::string& given_name,
                                   const google::type::Date& born, const std::string& used_name) {
  v1::Identity identity;
  identity.set_birth_name(birth_name);
  identity.set_given_name(given_name);
  identity.set_used_name(used_name);
  *identity.mutable_birth_date() = born;
  return identity;
}

v1::ScreenCandidateRequest EnrolmentHouse::Screening(const v1::Identity& identity) {
  v1::ScreenCandidateRequest request;
  request.set_request_id(NewId());
  request.set_study_id(people().study_id);
  request.set_site_id(people().lyon_id);
  request.set_stage("PILOT");
  *request.mutable_screened_date() = DateOf(2025, 3, 3);
  *request.mutable_identity() = identity;
  return request;
}

v1::ScreenCandidateRequest EnrolmentHouse::AtSaintEtienne(v1::ScreenCandidateRequest request) {
  request.set_request_id(NewId());
  request.set_site_id(people().saint_etienne_id);
  return request;
}

v1::RecordConsentRequest EnrolmentHouse::Consent(const std::string& screening_id) {
  v1::RecordConsentRequest request;
  request.set_request_id(NewId());
  request.set_screening_id(screening_id);
  request.set_form("CONSENT");
  request.set_form_version("1.0");
  *request.mutable_signed_date() = DateOf(2025, 3, 10);
  request.set_mode(v1::CONSENT_MODE_PAPER);
  request.add_scopes("RECONTACT");
  return request;
}

v1::EnrolParticipantRequest EnrolmentHouse::Enrolment(const std::string& participant_id) {
  v1::EnrolParticipantRequest request;
  request.set_request_id(NewId());
  request.set_participant_id(participant_id);
  *request.mutable_enrolled_date() = DateOf(2025, 3, 17);
  return request;
}

v1::WithdrawParticipantRequest EnrolmentHouse::Withdrawal(const std::string& participant_id,
                                                          v1::WithdrawalKind kind) {
  v1::WithdrawParticipantRequest request;
  request.set_request_id(NewId());
  request.set_participant_id(participant_id);
  request.set_kind(kind);
  *request.mutable_withdrawal_date() = DateOf(2025, 5, 5);
  return request;
}

v1::RecordLifecycleEventRequest EnrolmentHouse::Event(const std::string& participant_id,
                                                      v1::LifecycleEvent::Kind kind,
                                                      const google::type::Date& day) {
  v1::RecordLifecycleEventRequest request;
  request.set_request_id(NewId());
  request.set_participant_id(participant_id);
  request.set_kind(kind);
  *request.mutable_event_date() = day;
  return request;
}

std::string EnrolmentHouse::Screened(const v1::ScreenCandidateRequest& request) {
  const auto screening = Ask<v1::Screening>(people().coline, "ScreenCandidate", request);
  EXPECT_THAT(screening, IsOk());
  return screening.ok() ? screening->screening_id() : "";
}

std::string EnrolmentHouse::Consented(const v1::ScreenCandidateRequest& request) {
  const auto participant =
      Ask<v1::Participant>(people().coline, "RecordConsent", Consent(Screened(request)));
  EXPECT_THAT(participant, IsOk());
  return participant.ok() ? participant->participant_id() : "";
}

std::string EnrolmentHouse::Enrolled(const v1::ScreenCandidateRequest& request) {
  const std::string participant_id = Consented(request);
  EXPECT_THAT(Ask<v1::Participation>(people().coline, "EnrolParticipant", Enrolment(participant_id)), IsOk());
  return participant_id;
}

void EnrolmentHouse::StartFollowUp(const std::string& participant_id) {
  database().Sql(absl::StrCat("INSERT INTO phase.revision VALUES ('", participant_id, "', 'PHASE', 1, '', '",
                              NewId(), "', now()); INSERT INTO phase.phase_episode VALUES ('", participant_id,
                              "', 'PHASE', 1, 1, 'LEAVE', '2025-04-01', NULL, 'TREATMENT', '{}')"));
}

void EnrolmentHouse::SetT0(const std::string& participant_id, const std::string& day) {
  database().Sql(absl::StrCat("INSERT INTO phase.milestone VALUES ('", participant_id,
                              "', 'ACTIVE_TREATMENT_END', 1, '", day, "', '', '", NewId(), "', now())"));
}

v1::ParticipantStatus EnrolmentHouse::StatusOf(const std::string& participant_id) {
  v1::GetParticipationRequest request;
  request.set_participant_id(participant_id);
  const auto participation = Ask<v1::Participation>(people().coline, "GetParticipation", request);
  EXPECT_THAT(participation, IsOk());
  return participation.ok() ? participation->status() : v1::PARTICIPANT_STATUS_UNSPECIFIED;
}

}  // namespace reprise::enrolment
