// SPDX-License-Identifier: Apache-2.0
// Scenes of the phase service. They stand on facts of other services, written as these store them.
#include "absl/strings/str_cat.h"
#include "reprise/phase/v1/phase_service.pb.h"

#include "tests/conformance/scenes.h"

namespace reprise::conformance {
namespace {

namespace p1 = phase::v1;
using house::NewId;

constexpr char kProtocol[] = R"json({
  "sites": [{"code": "LYO", "opens_on": "2025-01-01"}],
  "stages": [{"code": "PHASES", "kind": "MAIN"}],
  "visits": [{"code": "FIRST", "anchor": "CONSENT", "after_days": 30}],
  "components": [{"code": "GUIDE", "version": "1", "step": 1, "anchor": "CONSENT", "until_days": 30}]
})json";

// A participant at Lyon who is enrolled, under a protocol of the scenes' own; not the newest, which is
// the one of the cohort scenes.
std::string Enrolled(const testing::TestDatabase& database, const house::People& people) {
  static int number = 9100;
  ++number;
  const std::string screening = NewId(), participant = NewId(), by = people.coline.user_id;
  database.Sql(absl::StrCat(
      "INSERT INTO study.protocol_version SELECT '", people.study_id, "', 8900, 'phase scenes', '2025-01-01', '', "
      "decode(repeat('00', 32), 'hex'), $doc$", kProtocol, "$doc$, false, '2025-01-01T00:00Z', '", by,
      "', '' WHERE NOT EXISTS (SELECT FROM study.protocol_version WHERE label = 'phase scenes');"
      "INSERT INTO enrolment.screening VALUES ('", screening, "', '", people.study_id, "', '", people.lyon_id,
      "', 'PHASES', ", number, ", '2025-03-10', 8900, 'ELIGIBLE', '{}', '", by, "', now());"
      "INSERT INTO enrolment.participant (participant_id, study_id, site_id, code, made_time, screening_id, stage, "
      "consent_date, protocol_version, age_at_consent) VALUES ('", participant, "', '", people.study_id, "', '",
      people.lyon_id, "', 'PHASES-", number, "', now(), '", screening, "', 'PHASES', '2025-03-10', 8900, 45);"
      "INSERT INTO enrolment.event VALUES ('", participant, "', 1, 'ENROLLED', '2025-03-10', NULL, '', '", by,
      "', now())"));
  return participant;
}

google::type::Date On(int month, int day) {
  google::type::Date date;
  date.set_year(2025);
  date.set_month(month);
  date.set_day(day);
  return date;
}

struct Made {
  const testing::Client& client;
  const house::People& people;
  std::string participant_id;

  template <typename Request>
  Request New() const {
    Request request;
    request.set_request_id(NewId());
    request.set_participant_id(participant_id);
    return request;
  }
  p1::Course Do(const std::string& method, const google::protobuf::Message& request) const {
    const auto course = client.Call<p1::Course>(people.coline.token, "reprise.phase.v1.PhaseService/" + method, request);
    return course.ok() ? *course : p1::Course();
  }
  // `change` makes the other request of the one.
  template <typename Request, typename Change>
  Scene Both(const Request& request, Change change) const {
    Request other = request;
    change(other);
    return {.who = people.coline, .request = std::make_unique<Request>(request), .other = std::make_unique<Request>(other)};
  }

  p1::RecordLeaveRequest Leave() const {
    auto request = New<p1::RecordLeaveRequest>();
    *request.mutable_issued_date() = On(3, 1);
    *request.mutable_start_date() = On(3, 1);
    *request.mutable_end_date() = On(3, 31);
    request.set_kind(p1::LeavePrescription::KIND_INITIAL);
    request.set_cause(p1::LeavePrescription::CAUSE_ILLNESS);
    return request;
  }
  p1::ChangeWorkStatusRequest Work() const {
    auto request = New<p1::ChangeWorkStatusRequest>();
    request.set_kind(p1::WorkStatusEpisode::KIND_SICK_LEAVE);
    *request.mutable_start_date() = On(3, 1);
    return request;
  }
  p1::PlanVisitRequest Visit() const {
    auto request = New<p1::PlanVisitRequest>();
    request.set_visit("FIRST");
    *request.mutable_date() = On(3, 20);
    request.set_mode("VIDEO");
    return request;
  }
};

Scene OfCourse(const Made& made, const std::string& name) {
  if (name == "RecordMilestone") {
    auto request = made.New<p1::RecordMilestoneRequest>();
    request.set_kind(p1::Milestone::KIND_SURGERY);
    *request.mutable_date() = On(1, 10);
    return made.Both(request, [](auto& other) { *other.mutable_date() = On(1, 11); });
  }
  if (name == "RecordLeave") {
    return made.Both(made.Leave(), [](auto& other) { *other.mutable_end_date() = On(3, 30); });
  }
  if (name == "VoidLeave") {
    auto request = made.New<p1::VoidLeaveRequest>();
    request.set_leave_id(made.Do("RecordLeave", made.Leave()).leaves(0).leave_id());
    request.set_change_reason("Another person's.");
    return made.Both(request, [](auto& other) { other.set_change_reason("Entered twice."); });
  }
  if (name == "ChangeWorkStatus") {
    return made.Both(made.Work(), [](auto& other) { *other.mutable_start_date() = On(3, 2); });
  }
  if (name == "ChangePhase") {
    auto request = made.New<p1::ChangePhaseRequest>();
    request.set_kind(p1::PhaseEpisode::KIND_LEAVE);
    *request.mutable_start_date() = On(3, 10);
    return made.Both(request, [](auto& other) { *other.mutable_start_date() = On(3, 11); });
  }
  return {};
}

Scene Corrected(const Made& made) {
  auto request = made.New<p1::CorrectTimelineRequest>();
  request.set_revision(made.Do("ChangeWorkStatus", made.Work()).work_status_revision());
  request.mutable_corrected()->set_timeline(p1::TIMELINE_WORK_STATUS);
  auto* const episode = request.mutable_corrected()->add_work_status();
  episode->set_kind(p1::WorkStatusEpisode::KIND_SICK_LEAVE);
  *episode->mutable_start_date() = On(2, 20);
  request.set_change_reason("Misread.");
  return made.Both(request, [](auto& other) { other.set_change_reason("Misheard."); });
}

Scene OfVisits(const Made& made, const std::string& name) {
  if (name == "PlanVisit") {
    return made.Both(made.Visit(), [](auto& other) { other.set_mode("TELEPHONE"); });
  }
  if (name == "RecordVisit") {
    auto request = made.New<p1::RecordVisitRequest>();
    request.set_visit("FIRST");
    *request.mutable_date() = On(3, 20);
    request.set_mode("VIDEO");
    return made.Both(request, [](auto& other) { other.set_mode("TELEPHONE"); });
  }
  if (name == "CloseVisit") {
    auto request = made.New<p1::CloseVisitRequest>();
    request.set_visit_id(made.Do("PlanVisit", made.Visit()).visits(0).visit_id());
    request.set_state(p1::Visit::STATE_MISSED);
    return made.Both(request, [](auto& other) { other.set_state(p1::Visit::STATE_CANCELLED); });
  }
  if (name == "RecordDelivery") {
    auto request = made.New<p1::RecordDeliveryRequest>();
    request.set_component("GUIDE");
    *request.mutable_delivered_date() = On(3, 20);
    request.set_recipient("PARTICIPANT");
    return made.Both(request, [](auto& other) { other.set_recipient("EMPLOYER"); });
  }
  return {};
}

}  // namespace

Scene PhaseScene(const Method& method, const testing::TestDatabase& database, const testing::Client& client,
                 const house::People& people) {
  const Made made{client, people, Enrolled(database, people)};
  const std::string& name = method.descriptor->name();
  if (name == "CorrectTimeline") return Corrected(made);
  Scene scene = OfCourse(made, name);
  return scene.request != nullptr ? std::move(scene) : OfVisits(made, name);
}

}  // namespace reprise::conformance
