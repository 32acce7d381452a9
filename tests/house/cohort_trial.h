// SPDX-License-Identifier: Apache-2.0
// A study of its own for a test, and the facts of other services in it, written by SQL as their owner.
#ifndef REPRISE_TESTS_HOUSE_COHORT_TRIAL_H_
#define REPRISE_TESTS_HOUSE_COHORT_TRIAL_H_

#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "reprise/access/v1/access_service.pb.h"
#include "reprise/cohort/v1/cohort_service.pb.h"
#include "reprise/study/v1/study_service.pb.h"

#include "tests/house/house.h"

namespace reprise::cohort {

// Two stages with arms, one without; age and site make strata in PILOT, nothing does in MAIN.
inline constexpr char kProtocol[] = R"json({
  "sites": [{"code": "LYO", "opens_on": "2025-01-01"}, {"code": "STE", "opens_on": "2025-01-01"},
            {"code": "OLD", "opens_on": "2024-01-01", "closes_on": "2024-12-31"}],
  "arms": [{"code": "INTERVENTION", "ratio": 1, "intervention": true, "title": {"en": "Intervention"}},
           {"code": "CONTROL", "ratio": 1, "title": {"en": "Usual care"}}],
  "stages": [
    {"code": "NEEDS", "kind": "NEEDS", "opens_on": "2025-01-01"},
    {"code": "PILOT", "kind": "PILOT", "pilot_kind": "EXTERNAL", "opens_on": "2025-01-01",
     "arms": ["INTERVENTION", "CONTROL"],
     "targets": [{"from": "2025-01-01", "participants": 30, "reason": "First."},
                 {"from": "2025-06-01", "participants": 40, "reason": "Raised."}],
     "allocation": {"factors": [{"code": "site"}, {"code": "age", "levels": ["<45", ">=45"]}],
                    "block_sizes": [4, 6], "after_timepoint": "baseline"}},
    {"code": "MAIN", "kind": "MAIN", "opens_on": "2025-01-01", "arms": ["INTERVENTION", "CONTROL"],
     "targets": [{"from": "2025-01-01", "participants": 420, "reason": "As planned."}],
     "allocation": {"block_sizes": [4, 6]}},
    {"code": "BAD", "kind": "MAIN", "opens_on": "2025-01-01", "arms": ["INTERVENTION", "CONTROL"],
     "allocation": {"block_sizes": [5]}}],
  "questionnaires": [
    {"timepoint": "baseline", "instrument": "diary", "version": "1.0", "anchor": "CONSENT", "after_days": 30,
     "required": true, "stages": ["PILOT"]},
    {"timepoint": "baseline", "instrument": "extra", "version": "1.0", "anchor": "CONSENT", "after_days": 30,
     "stages": ["PILOT"]},
    {"timepoint": "T0+4m", "instrument": "diary", "version": "1.0", "anchor": "T0", "offset_months": 4,
     "before_days": 14, "after_days": 28, "required": true}],
  "components": [
    {"code": "GUIDE", "version": "1", "step": 1, "anchor": "CONSENT", "until_days": 30},
    {"code": "CATCH_UP", "version": "1", "step": 2, "anchor": "LEAVE_START", "from_months": 10,
     "until_months": 12, "leave_longer_than_months": 10}],
  "progression_rules": [
    {"code": "P1", "stage": "PILOT", "metric": "ELIGIBILITY", "green": 0.15, "red": 0.05, "judged_on": "ESTIMATE"},
    {"code": "P2", "stage": "PILOT", "metric": "CONSENT", "green": 0.5, "red": 0.2, "judged_on": "INTERVAL_BOUND"},
    {"code": "P3", "stage": "PILOT", "metric": "RECRUITMENT_RATE", "green": 2, "red": 0.5, "judged_on": "ESTIMATE"},
    {"code": "P4", "stage": "PILOT", "metric": "T0_KNOWN", "green": 0.9, "red": 0.5, "judged_on": "ESTIMATE"},
    {"code": "P5", "stage": "PILOT", "metric": "RETENTION", "of": "T0+4m", "green": 0.8, "red": 0.6,
     "judged_on": "ESTIMATE"},
    {"code": "P6", "stage": "PILOT", "metric": "FIDELITY", "of": "GUIDE", "green": 0.8, "red": 0.6,
     "judged_on": "ESTIMATE"},
    {"code": "P7", "stage": "PILOT", "metric": "CONTAMINATION", "green": 0.1, "red": 0.3,
     "lower_is_better": true, "judged_on": "ESTIMATE"},
    {"code": "M1", "stage": "MAIN", "metric": "WITHDRAWAL", "green": 0.1, "red": 0.3,
     "lower_is_better": true, "judged_on": "ESTIMATE"}],
  "signatures": [{"stage": "PILOT", "signed_on": "2024-12-01", "signed_by": "SCIENTIFIC_COMMITTEE"}]
})json";

class TrialTest : public house::HouseTest {
 protected:
  struct Trial {
    std::string study_id, lyon_id, saint_etienne_id, old_id;
  };

  // With dora as data manager of the study, bob as study manager, coline as coordinator at Lyon and
  // simone at Saint-Etienne.
  static Trial NewTrial(bool with_protocol = true) {
    static int number = 0;
    study::v1::CreateStudyRequest study;
    study.set_request_id(house::NewId());
    study.set_code(absl::StrCat("COHORT-", ++number));
    (*study.mutable_title())["en"] = "A study";
    Trial trial;
    trial.study_id =
        Must<study::v1::Study>("reprise.study.v1.StudyService/CreateStudy", study).study_id();
    trial.lyon_id = NewSite(trial, "LYO");
    trial.saint_etienne_id = NewSite(trial, "STE");
    trial.old_id = NewSite(trial, "OLD");
    Delegate(people().dora, access::v1::ROLE_DATA_MANAGER, trial, "");
    Delegate(people().bob, access::v1::ROLE_STUDY_MANAGER, trial, "");
    Delegate(people().coline, access::v1::ROLE_COORDINATOR, trial, trial.lyon_id);
    Delegate(people().coline, access::v1::ROLE_COORDINATOR, trial, trial.old_id);
    Delegate(people().simone, access::v1::ROLE_COORDINATOR, trial, trial.saint_etienne_id);
    if (with_protocol) ApplyProtocol(trial, 1, kProtocol);
    absl::SleepFor(absl::Milliseconds(5));  // the cache of identities forgets
    return trial;
  }

  static void ApplyProtocol(const Trial& trial, int version, const std::string& content,
                            bool post_hoc = false) {
    database().Sql(absl::StrCat(
        "INSERT INTO study.protocol_version (study_id, version, label, in_force_date, document, document_sha256, "
        "content, post_hoc, apply_time, applied_by, change_reason) VALUES ('", trial.study_id, "', ", version,
        ", '", version, "', '2025-01-01', '', decode(repeat('00', 32), 'hex'), $doc$", content, "$doc$, ",
        post_hoc ? "true" : "false", ", '2025-01-01T00:00Z', '", people().alice.user_id, "', '')"));
  }

  // A participant who was screened and consented in that stage on `day`, recorded at that noon, enrolled
  // the same day where asked. Returns her id.
  static std::string Consented(const Trial& trial, const std::string& site_id, const std::string& stage,
                               const std::string& day = "2025-03-10", bool enrolled = true) {
    static int number = 0;
    ++number;
    const std::string screening = house::NewId(), participant = house::NewId();
    const std::string by = people().coline.user_id, at = day + "T12:00Z";
    database().Sql(absl::StrCat(
        "INSERT INTO enrolment.screening VALUES ('", screening, "', '", trial.study_id, "', '", site_id, "', '",
        stage, "', ", number, ", '", day, "', 1, 'ELIGIBLE', '{}', '", by, "', '", at, "');"
        "INSERT INTO enrolment.participant (participant_id, study_id, site_id, code, made_time, screening_id, stage, "
        "consent_date, protocol_version, age_at_consent) VALUES ('", participant, "', '", trial.study_id, "', '",
        site_id, "', 'T-", number, "', '", at, "', '", screening, "', '", stage, "', '", day, "', 1, 45);"));
    Event(participant, "CONSENTED", day, at);
    if (enrolled) Event(participant, "ENROLLED", day, at);
    return participant;
  }

  // `kind` is an event's kind, or WITHDRAWN/INTERVENTION and so on.
  static void Event(const std::string& participant, const std::string& kind, const std::string& day,
                    const std::string& recorded = "") {
    const size_t slash = kind.find('/');
    const std::string withdrawal =
        slash == std::string::npos ? "NULL" : absl::StrCat("'", kind.substr(slash + 1), "'");
    database().Sql(absl::StrCat(
        "INSERT INTO enrolment.event SELECT '", participant, "', coalesce(max(sequence), 0) + 1, '",
        kind.substr(0, slash), "', '", day, "', ", withdrawal, ", '', '", people().coline.user_id, "', '",
        recorded.empty() ? day + "T12:00Z" : recorded, "' FROM enrolment.event WHERE participant_id = '",
        participant, "'"));
  }

  // The diary, which the protocol asks for, is published once a program.
  static std::string Diary() {
    const std::string found = database().Value(
        "SELECT coalesce(max(instrument_version_id::text), '') FROM questionnaire.instrument_version "
        "WHERE instrument_id = 'diary'");
    if (!found.empty()) return found;
    const std::string id = house::NewId();
    database().Sql(absl::StrCat("INSERT INTO questionnaire.instrument_version VALUES ('", id,
                                "', 'diary', '1.0', '', decode(repeat('00', 32), 'hex'), now())"));
    return id;
  }

  static void Submit(const std::string& participant, const std::string& timepoint,
                     const std::string& recorded = "2025-03-10T12:00Z") {
    const std::string instance = house::NewId();
    database().Sql(absl::StrCat("INSERT INTO questionnaire.instance VALUES ('", instance, "', '", participant,
                                "', '", Diary(), "', '", timepoint, "', '", recorded, "');"
                                "INSERT INTO questionnaire.response (instance_id, version, answers, missing, "
                                "submit_time, submitted_by) VALUES ('", instance, "', 1, '{}', '', '", recorded,
                                "', '", people().coline.user_id, "')"));
  }

  template <typename Response>
  static Response Must(const std::string& method, const google::protobuf::Message& request) {
    auto answer = Call<Response>(people().alice, method, request);
    EXPECT_THAT(answer, testing::IsOk());
    return answer.ok() ? *std::move(answer) : Response();
  }

  static absl::StatusOr<v1::AllocationList> CreateList(const house::Person& who, const Trial& trial,
                                                       const std::string& stage) {
    v1::CreateAllocationListRequest request;
    request.set_request_id(house::NewId());
    request.set_study_id(trial.study_id);
    request.set_stage(stage);
    return Call<v1::AllocationList>(who, "reprise.cohort.v1.CohortService/CreateAllocationList", request);
  }

  static absl::StatusOr<v1::Allocation> Allocate(const house::Person& who, const std::string& participant,
                                                 const std::map<std::string, std::string>& factors = {}) {
    v1::AllocateParticipantRequest request;
    request.set_request_id(house::NewId());
    request.set_participant_id(participant);
    for (const auto& [factor, level] : factors) (*request.mutable_factors())[factor] = level;
    return Call<v1::Allocation>(who, "reprise.cohort.v1.CohortService/AllocateParticipant", request);
  }

 private:
  static std::string NewSite(const Trial& trial, const std::string& code) {
    study::v1::CreateSiteRequest site;
    site.set_request_id(house::NewId());
    site.set_study_id(trial.study_id);
    site.set_code(code);
    site.set_name(code);
    return Must<study::v1::Site>("reprise.study.v1.StudyService/CreateSite", site).site_id();
  }

  static void Delegate(const house::Person& to, access::v1::Role role, const Trial& trial,
                       const std::string& site_id) {
    access::v1::CreateDelegationRequest request;
    request.set_request_id(house::NewId());
    request.set_user_id(to.user_id);
    request.set_role(role);
    request.set_study_id(trial.study_id);
    if (!site_id.empty()) request.set_site_id(site_id);
    Must<access::v1::Delegation>("reprise.access.v1.AccessService/CreateDelegation", request);
  }
};

}  // namespace reprise::cohort

#endif  // REPRISE_TESTS_HOUSE_COHORT_TRIAL_H_
