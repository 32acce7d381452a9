// SPDX-License-Identifier: Apache-2.0
#include "services/phase/convert.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/str_cat.h"

#include "services/phase/domain/course/errors.h"
#include "services/phase/domain/course/visits.h"
#include "services/platform/convert/wire_time.h"

namespace reprise::phase {
namespace {

using convert::ToProto;

void AddHistory(const Facts& facts, v1::Course& course) {
  for (const Milestone& milestone : facts.milestones) {
    v1::Milestone& wire = *course.add_milestones();
    wire.set_kind(static_cast<v1::Milestone::Kind>(milestone.kind));
    *wire.mutable_date() = ToProto(milestone.date);
    wire.set_version(milestone.version);
    wire.set_change_reason(milestone.change_reason);
    *wire.mutable_made_time() = ToProto(milestone.made_time);
  }
  for (const Leave& leave : facts.leaves) {
    v1::LeavePrescription& wire = *course.add_leaves();
    wire.set_leave_id(leave.leave_id);
    *wire.mutable_issued_date() = ToProto(leave.issued);
    *wire.mutable_start_date() = ToProto(leave.start);
    *wire.mutable_end_date() = ToProto(leave.end);
    wire.set_kind(static_cast<v1::LeavePrescription::Kind>(leave.kind));
    wire.set_cause(static_cast<v1::LeavePrescription::Cause>(leave.cause));
    wire.set_part_time(leave.part_time);
    *wire.mutable_made_time() = ToProto(leave.made_time);
    if (leave.void_time.has_value()) *wire.mutable_void_time() = ToProto(*leave.void_time);
    wire.set_void_reason(leave.void_reason);
  }
}

void AddTimelines(const Facts& facts, v1::Course& course) {
  for (const WorkEpisode& episode : facts.work) {
    v1::WorkStatusEpisode& wire = *course.add_work_status();
    wire.set_kind(static_cast<v1::WorkStatusEpisode::Kind>(episode.kind));
    if (episode.percent.has_value()) wire.set_percent(*episode.percent);
    *wire.mutable_start_date() = ToProto(episode.start);
    if (episode.end.has_value()) *wire.mutable_end_date() = ToProto(*episode.end);
  }
  course.set_work_status_revision(facts.work_revision);
  for (const PhaseEpisode& episode : facts.phases) {
    v1::PhaseEpisode& wire = *course.add_phases();
    wire.set_kind(static_cast<v1::PhaseEpisode::Kind>(episode.kind));
    wire.set_sequence(course.phases_size());
    *wire.mutable_start_date() = ToProto(episode.start);
    if (episode.end.has_value()) *wire.mutable_end_date() = ToProto(*episode.end);
    wire.set_trigger(episode.trigger);
    wire.mutable_flags()->Assign(episode.flags.begin(), episode.flags.end());
  }
  course.set_phase_revision(facts.phase_revision);
}

void AddVisits(const Protocol& protocol, const Facts& facts, const Anchors& anchors, v1::Course& course) {
  for (const Visit& visit : facts.visits) {
    v1::Visit& wire = *course.add_visits();
    wire.set_visit_id(visit.visit_id);
    wire.set_visit(visit.visit);
    wire.set_state(static_cast<v1::Visit::State>(visit.state));
    *wire.mutable_date() = ToProto(visit.date);
    wire.set_mode(visit.mode);
    wire.mutable_measures()->Assign(visit.measures.begin(), visit.measures.end());
    wire.set_outcome(visit.outcome);
    const VisitRule* const rule = FindVisit(protocol, visit.visit);
    const std::optional<Window> window = rule == nullptr ? std::nullopt : WindowOf(*rule, anchors);
    if (window.has_value()) {
      *wire.mutable_window_start_date() = ToProto(window->first);
      *wire.mutable_window_end_date() = ToProto(*window->last);
    }
    wire.set_in_window(InWindow(visit, window));
    *wire.mutable_made_time() = ToProto(visit.made_time);
    wire.set_recorded_by(visit.made_by);
  }
  for (const Delivery& delivery : facts.deliveries) {
    v1::Delivery& wire = *course.add_deliveries();
    wire.set_delivery_id(delivery.delivery_id);
    wire.set_component(delivery.component);
    wire.set_component_version(delivery.component_version);
    *wire.mutable_delivered_date() = ToProto(delivery.date);
    wire.set_recipient(delivery.recipient);
    wire.mutable_flags()->Assign(delivery.flags.begin(), delivery.flags.end());
    *wire.mutable_made_time() = ToProto(delivery.made_time);
  }
}

v1::LegalMilestone ToProto(const legal::Milestone& milestone, const std::string& language) {
  v1::LegalMilestone wire;
  wire.set_rule(legal::NameOf(milestone.kind).data(), legal::NameOf(milestone.kind).size());
  if (milestone.rule != nullptr) wire.set_rule_version(absl::StrCat(milestone.rule->version));
  const absl::string_view state = legal::NameOf(milestone.state);
  wire.set_state(state.data(), state.size());
  if (milestone.possible_from.has_value()) *wire.mutable_possible_date() = ToProto(*milestone.possible_from);
  if (milestone.due.has_value()) *wire.mutable_due_date() = ToProto(*milestone.due);
  if (milestone.latest.has_value()) *wire.mutable_latest_date() = ToProto(*milestone.latest);
  wire.set_explanation(In(language, milestone.explanation));
  return wire;
}

void AddLaw(const Derived& derived, const std::string& language, v1::Course& course) {
  std::vector<const legal::Milestone*> milestones;
  for (const legal::EpisodeMilestones& leave : derived.leaves) {
    v1::LeaveEpisode& wire = *course.add_leave_episodes();
    *wire.mutable_start_date() = ToProto(leave.episode.start);
    *wire.mutable_end_date() = ToProto(leave.episode.end);
    wire.set_days(leave.episode.Days());
    wire.set_prescriptions(static_cast<int>(leave.episode.prescriptions.size()));
    for (const legal::Milestone& milestone : leave.milestones) milestones.push_back(&milestone);
  }
  std::stable_sort(milestones.begin(), milestones.end(),
                   [](const auto* a, const auto* b) { return a->kind < b->kind; });
  for (const legal::Milestone* const milestone : milestones) {
    *course.add_legal_milestones() = ToProto(*milestone, language);
  }
}

void AddAnswers(const Derived& derived, const std::string& language, v1::Course& course) {
  for (const Answer& answer : derived.answers) {
    v1::EndpointResult& wire = *course.add_endpoints();
    wire.set_definition(answer.definition);
    wire.set_version(answer.version);
    wire.set_state(answer.state);
    if (answer.reached.has_value()) *wire.mutable_reached_date() = ToProto(*answer.reached);
    if (answer.days.has_value()) wire.set_days(*answer.days);
    wire.mutable_landmarks()->insert(answer.landmarks.begin(), answer.landmarks.end());
    wire.set_needed(In(language, answer.needed));
    if (answer.sick_days.has_value()) wire.set_sick_days(*answer.sick_days);
    wire.set_inputs_hash(answer.inputs_hash);
  }
}

// Reads what both kinds of episode have; faults are added to `faults`.
template <typename Kind, typename Wire, typename Episode>
void ReadEpisode(const Wire& wire, const std::string& path, Episode& episode,
                 std::vector<error::Violation>& faults) {
  if (const auto kind = KindOfNumber<Kind>(wire.kind()); kind.has_value()) {
    episode.kind = *kind;
  } else {
    faults.push_back({path + ".kind", "KIND_UNKNOWN", "One of the values of the contract is required."});
  }
  const auto read = [&](const google::type::Date& date, const char* field) {
    const auto day = convert::FromProto(date, path + field);
    if (!day.ok()) faults.push_back({path + field, "DATE_INVALID", std::string(day.status().message())});
    return day.value_or(absl::CivilDay());
  };
  episode.start = read(wire.start_date(), ".start_date");
  if (wire.has_end_date()) episode.end = read(wire.end_date(), ".end_date");
}

}  // namespace

const std::string& In(const std::string& language, const legal::Text& text) {
  return language == "en" ? text.en : text.fr;
}

v1::Course ToProto(const Participation& participation, const Protocol& protocol, const Facts& facts,
                   const Derived& derived, const std::string& language) {
  v1::Course course;
  course.set_participant_id(participation.participant_id);
  AddHistory(facts, course);
  AddTimelines(facts, course);
  AddVisits(protocol, facts, derived.anchors, course);
  AddLaw(derived, language, course);
  AddAnswers(derived, language, course);
  for (const legal::Text& question : derived.questions) course.add_questions(In(language, question));
  return course;
}

v1::VisitEntry ToProto(const ListedVisit& visit) {
  v1::VisitEntry wire;
  wire.set_participant_id(visit.participant_id);
  wire.set_participant_code(visit.participant_code);
  wire.set_site_id(visit.site_id);
  wire.set_visit_id(visit.visit_id);
  wire.set_visit(visit.visit);
  wire.set_state(static_cast<v1::Visit::State>(visit.state));
  if (visit.date.has_value()) *wire.mutable_date() = ToProto(*visit.date);
  wire.set_mode(visit.mode);
  if (visit.window.has_value()) {
    *wire.mutable_window_start_date() = ToProto(visit.window->first);
    *wire.mutable_window_end_date() = ToProto(*visit.window->last);
    *wire.mutable_target_date() = ToProto(*visit.target);
    wire.set_in_window(visit.state == VisitState::kDone && visit.window->Has(*visit.date));
  }
  if (visit.end.has_value()) *wire.mutable_participation_end_date() = ToProto(*visit.end);
  wire.set_recorder(visit.recorder);
  return wire;
}

absl::StatusOr<WorkTimeline> WorkFromProto(const v1::CorrectedTimeline& wire) {
  WorkTimeline timeline;
  std::vector<error::Violation> faults;
  for (int i = 0; i < wire.work_status_size(); ++i) {
    WorkEpisode episode;
    ReadEpisode<WorkKind>(wire.work_status(i), absl::StrCat("corrected.work_status[", i, "]"), episode, faults);
    if (wire.work_status(i).has_percent()) episode.percent = wire.work_status(i).percent();
    timeline.push_back(episode);
  }
  if (!faults.empty()) return EpisodesInvalid(faults);
  return timeline;
}

absl::StatusOr<PhaseTimeline> PhasesFromProto(const v1::CorrectedTimeline& wire) {
  PhaseTimeline timeline;
  std::vector<error::Violation> faults;
  for (int i = 0; i < wire.phases_size(); ++i) {
    PhaseEpisode episode;
    ReadEpisode<PhaseKind>(wire.phases(i), absl::StrCat("corrected.phases[", i, "]"), episode, faults);
    episode.trigger = wire.phases(i).trigger();
    timeline.push_back(std::move(episode));
  }
  if (!faults.empty()) return EpisodesInvalid(faults);
  return timeline;
}

}  // namespace reprise::phase
