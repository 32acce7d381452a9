// SPDX-License-Identifier: Apache-2.0
// Enrolled participants of a small study, and the service's methods called on a chosen day by a chosen
// person. What other services would have written is put into their tables by hand.
#ifndef REPRISE_TESTS_HOUSE_COURSE_H_
#define REPRISE_TESTS_HOUSE_COURSE_H_

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "reprise/phase/v1/phase_service.pb.h"

#include "services/phase/handler/handlers.h"
#include "services/phase/store/course_store.h"
#include "services/platform/convert/wire_time.h"
#include "services/platform/runtime/secrets.h"
#include "services/platform/time/clock.h"
#include "tests/house/house.h"

namespace reprise::phase {

inline google::type::Date Date(const std::string& day) { return convert::ToProto(*ParseDate(day, "day")); }
inline std::string Text(const google::type::Date& date) {
  return FormatDate(absl::CivilDay(date.year(), date.month(), date.day()));
}

class CourseTest : public house::HouseTest {
 protected:
  // Consented on 2025-09-01, enrolled the day after; sites are in Paris.
  static constexpr char kConsent[] = "2025-09-01";

  static void SetUpTestSuite() {
    parts_ = std::make_unique<Parts>(house());
    if (database().Value("SELECT count(*) FROM study.protocol_version WHERE version = 2") != "0") return;
    database().Sql(absl::StrCat(
        "INSERT INTO study.protocol_version (study_id, version, label, in_force_date, document, document_sha256, "
        "content, post_hoc, apply_time, applied_by, change_reason) VALUES ('", people().study_id,
        "', 2, '2.0', '2025-01-01', '', sha256(''), $j$", kContent, "$j$, false, now(), '",
        people().bob.user_id, "', '')"));
  }

  static void TearDownTestSuite() { parts_.reset(); }

  // A participant at Lyon, assigned to pascale where asked for; `arm` empty: not allocated.
  static std::string Enrol(const std::string& arm = "", bool to_pascale = false) {
    const std::string id = house::NewId();
    const std::string& place = people().lyon_id;
    database().Sql(absl::StrCat(
        "INSERT INTO enrolment.screening SELECT '", id, "', '", people().study_id, "', '", place,
        "', 'PILOT', 1000 + count(*), '", kConsent, "', 2, 'ELIGIBLE', '{}', '", people().coline.user_id,
        "', now() FROM enrolment.screening;"
        "INSERT INTO enrolment.participant (participant_id, study_id, site_id, code, made_time, screening_id, stage, "
        "consent_date, protocol_version, age_at_consent) VALUES ('", id, "', '", people().study_id, "', '", place,
        "', 'T-", id, "', now(), '", id, "', 'PILOT', '", kConsent, "', 2, 45)"));
    Event(id, 1, "ENROLLED", "2025-09-02");
    if (to_pascale) {
      database().Sql(absl::StrCat("INSERT INTO enrolment.assignment (participant_id, user_id, from_time) VALUES ('",
                                  id, "', '", people().pascale.user_id, "', '2025-09-02')"));
    }
    if (!arm.empty()) Allocate(id, arm);
    return id;
  }
  static void Event(const std::string& id, int sequence, const std::string& kind, const std::string& day,
                    const std::string& withdrawal = "") {
    database().Sql(absl::StrCat(
        "INSERT INTO enrolment.event (participant_id, sequence, kind, event_date, withdrawal, reason, made_by, "
        "made_time) VALUES ('", id, "', ", sequence, ", '", kind, "', '", day, "', ",
        withdrawal.empty() ? "NULL" : absl::StrCat("'", withdrawal, "'"), ", '', '", people().coline.user_id,
        "', now())"));
  }
  static void Allocate(const std::string& id, const std::string& arm) {
    const std::string list = "00000000-0000-4000-8000-000000000001";
    database().Sql(absl::StrCat(
        "INSERT INTO cohort.allocation_list (list_id, study_id, stage, protocol_version, design, sealed_seed, "
        "seed_sha256, made_by, made_time) VALUES ('", list, "', '", people().study_id,
        "', 'PILOT', 2, '{}', '', sha256(''), '", people().bob.user_id, "', now()) ON CONFLICT DO NOTHING;"
        "INSERT INTO cohort.allocation (participant_id, list_id, stratum, sequence, arm, factors, randomised_date, "
        "made_by, made_time) SELECT '", id, "', '", list, "', '', count(*) + 1, '", arm, "', '{}', '2025-09-03', '",
        people().coline.user_id, "', now() FROM cohort.allocation"));
  }

  // The methods as coline (coordinator at Lyon), at noon in Paris of `today`.
  static Handlers& handlers() { return parts_->handlers; }
  reprise::Call At(const std::string& today, const std::string& language = "en") {
    reprise::Call call;
    call.method = "reprise.phase.v1.PhaseService/Test";
    call.actor = {.user_id = people().coline.user_id, .session_id = {}, .role = "coordinator"};
    call.scope.places = {absl::StrCat(people().study_id, "/", people().lyon_id)};
    call.language = language;
    call.now = absl::FromCivil(absl::CivilHour(*ParseDate(today, "today")) + 11, absl::UTCTimeZone());
    call.request_id = house::NewId();
    call.request_hash = std::string(32, 'h');
    call.ids = &ids_;
    return call;
  }
  reprise::Call PascaleAt(const std::string& today) {
    reprise::Call call = At(today);
    call.actor = {.user_id = people().pascale.user_id, .session_id = {}, .role = "occupational_physician"};
    call.scope = {};
    call.scope.assigned_places = {absl::StrCat(people().study_id, "/", people().lyon_id)};
    return call;
  }
  reprise::Call ReadAt(const std::string& today, const std::string& language = "en") {
    reprise::Call call = At(today, language);
    call.request_id.clear();
    call.request_hash.clear();
    return call;
  }

  absl::StatusOr<v1::Course> Mark(const std::string& id, v1::Milestone::Kind kind, const std::string& day,
                                  const std::string& today, const std::string& reason = "") {
    v1::RecordMilestoneRequest request;
    request.set_participant_id(id);
    request.set_kind(kind);
    *request.mutable_date() = Date(day);
    request.set_change_reason(reason);
    return handlers().RecordMilestone(At(today), request);
  }
  absl::StatusOr<v1::Course> TakeLeave(const std::string& id, const std::string& start, const std::string& end,
                                       const std::string& today, bool extension = false, bool part_time = false,
                                       v1::LeavePrescription::Cause cause = v1::LeavePrescription::CAUSE_ILLNESS,
                                       const std::string& issued = "") {  // empty: on the first day
    v1::RecordLeaveRequest request;
    request.set_participant_id(id);
    *request.mutable_issued_date() = Date(issued.empty() ? start : issued);
    *request.mutable_start_date() = Date(start);
    *request.mutable_end_date() = Date(end);
    request.set_kind(extension ? v1::LeavePrescription::KIND_EXTENSION : v1::LeavePrescription::KIND_INITIAL);
    request.set_cause(cause);
    request.set_part_time(part_time);
    return handlers().RecordLeave(At(today), request);
  }
  absl::StatusOr<v1::Course> Work(const std::string& id, v1::WorkStatusEpisode::Kind kind, int percent,
                                  const std::string& start, const std::string& today) {
    v1::ChangeWorkStatusRequest request;
    request.set_participant_id(id);
    request.set_kind(kind);
    if (percent > 0) request.set_percent(percent);
    *request.mutable_start_date() = Date(start);
    return handlers().ChangeWorkStatus(At(today), request);
  }
  absl::StatusOr<v1::Course> Enter(const std::string& id, v1::PhaseEpisode::Kind kind, const std::string& start,
                                   const std::string& today, const std::string& trigger = "") {
    v1::ChangePhaseRequest request;
    request.set_participant_id(id);
    request.set_kind(kind);
    *request.mutable_start_date() = Date(start);
    request.set_trigger(trigger);
    return handlers().ChangePhase(At(today), request);
  }
  absl::StatusOr<v1::Course> Deliver(const std::string& id, const std::string& component, const std::string& day,
                                     const std::string& today, bool out_of_protocol = false) {
    v1::RecordDeliveryRequest request;
    request.set_participant_id(id);
    request.set_component(component);
    *request.mutable_delivered_date() = Date(day);
    request.set_recipient("PARTICIPANT");
    request.set_out_of_protocol(out_of_protocol);
    return handlers().RecordDelivery(At(today), request);
  }
  absl::StatusOr<v1::Course> Visited(const reprise::Call& call, const std::string& id, const std::string& visit,
                                     const std::string& day, const std::vector<std::string>& measures = {}) {
    v1::RecordVisitRequest request;
    request.set_participant_id(id);
    request.set_visit(visit);
    *request.mutable_date() = Date(day);
    request.set_mode("IN_PERSON");
    request.mutable_measures()->Assign(measures.begin(), measures.end());
    return handlers().RecordVisit(call, request);
  }
  absl::StatusOr<v1::Course> CourseOf(const std::string& id, const std::string& today,
                                      const std::string& language = "en") {
    v1::GetCourseRequest request;
    request.set_participant_id(id);
    return handlers().GetCourse(ReadAt(today, language), request);
  }

  static const v1::LegalMilestone* Find(const v1::Course& course, const std::string& rule) {
    for (const v1::LegalMilestone& milestone : course.legal_milestones()) {
      if (milestone.rule() == rule) return &milestone;
    }
    return nullptr;
  }
  static const v1::EndpointResult& Endpoint(const v1::Course& course) { return course.endpoints(0); }

 private:
  static constexpr char kContent[] = R"json({
    "arms": [{"code": "INTERVENTION", "ratio": 1, "intervention": true}, {"code": "CONTROL", "ratio": 1}],
    "components": [
      {"code": "TOOLKIT", "version": "1", "step": 1, "anchor": "CHEMO_START", "until_months": 8},
      {"code": "TRANSITION", "version": "2", "step": 2, "anchor": "T0", "until_months": 1},
      {"code": "CATCH_UP", "version": "1", "step": 4, "anchor": "LEAVE_START", "from_months": 10, "until_months": 18,
       "leave_longer_than_months": 10}],
    "visits": [
      {"code": "TRANSITION_CONSULTATION", "anchor": "T0", "offset_days": 15, "before_days": 15, "after_days": 15},
      {"code": "PRE_RETURN", "anchor": "RETURN", "offset_days": -30, "before_days": 60, "after_days": 29,
       "recorded_by": "OCCUPATIONAL_PHYSICIAN"},
      {"code": "FOUR_MONTHS", "anchor": "T0", "offset_months": 4, "before_days": 14, "after_days": 28,
       "title": {"fr": "Visite à 4 mois", "en": "Visit at 4 months"}},
      {"code": "MAIN_ONLY", "anchor": "T0", "stages": ["MAIN"]}],
    "questionnaires": [
      {"timepoint": "T0+4m", "instrument": "diary", "version": "1", "anchor": "T0", "offset_months": 4,
       "before_days": 14, "after_days": 28},
      {"timepoint": "after_return", "instrument": "after-return", "version": "1", "anchor": "RETURN",
       "offset_days": 30, "before_days": 7, "after_days": 21}],
    "endpoints": [{"definition": "SRTW-50-28", "version": 1, "rank": "PRIMARY"}],
    "phase_rules": {"relapse_days": 28}})json";

  struct Parts {
    explicit Parts(const house::House& house)
        : secrets(*runtime::Secrets::Load(house.secrets.path())),
          pool(house.database.UrlOf("reprise_phase"), 4, absl::Seconds(5)),
          database(pool, secrets.Get(runtime::kAuditKey), Constraints()),
          handlers(database, ShippedBooks()) {}
    runtime::Secrets secrets;
    db::Pool pool;
    db::Database database;
    Handlers handlers;
  };
  inline static std::unique_ptr<Parts> parts_;
  RandomIdSource ids_;
};

}  // namespace reprise::phase

#endif  // REPRISE_TESTS_HOUSE_COURSE_H_
