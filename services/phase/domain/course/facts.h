// SPDX-License-Identifier: Apache-2.0
// What is known of a participant's course, and the protocol that she is judged by. Days are civil
// days, both ends of a period inclusive; a null end is going on.
#ifndef REPRISE_PHASE_DOMAIN_COURSE_FACTS_H_
#define REPRISE_PHASE_DOMAIN_COURSE_FACTS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

#include "services/phase/domain/course/kinds.h"

namespace reprise::phase {

struct Milestone {
  MilestoneKind kind = MilestoneKind::kDiagnosis;
  absl::CivilDay date;
  int version = 1;
  std::string change_reason;
  absl::Time made_time;
};

struct Leave {
  std::string leave_id;
  absl::CivilDay issued;
  absl::CivilDay start;
  absl::CivilDay end;
  LeaveKind kind = LeaveKind::kInitial;
  LeaveCause cause = LeaveCause::kIllness;
  bool part_time = false;
  absl::Time made_time;
  std::optional<absl::Time> void_time;
  std::string void_reason;
};

struct WorkEpisode {
  WorkKind kind = WorkKind::kUnknown;
  std::optional<int> percent;  // of the contract before the diagnosis
  absl::CivilDay start;
  std::optional<absl::CivilDay> end;

  bool operator==(const WorkEpisode&) const = default;
};
using WorkTimeline = std::vector<WorkEpisode>;

struct PhaseEpisode {
  PhaseKind kind = PhaseKind::kLeave;
  absl::CivilDay start;
  std::optional<absl::CivilDay> end;
  std::string trigger;
  std::vector<std::string> flags;

  bool operator==(const PhaseEpisode&) const = default;
};
using PhaseTimeline = std::vector<PhaseEpisode>;

struct Visit {
  std::string visit_id;
  int version = 1;
  std::string visit;  // code in the study document
  VisitState state = VisitState::kPlanned;
  absl::CivilDay date;
  std::string mode;
  std::vector<std::string> measures;
  std::string outcome;
  std::string made_by;
  absl::Time made_time;
};

struct Delivery {
  std::string delivery_id;
  std::string component;
  std::string component_version;
  absl::CivilDay date;
  std::string recipient;
  std::vector<std::string> flags;
  absl::Time made_time;
};

// Where the participation stands, as the enrolment service publishes it.
struct Participation {
  std::string participant_id;
  std::string study_id;
  std::string site_id;
  std::string time_zone;  // of the site
  std::optional<absl::CivilDay> consent;
  std::optional<absl::CivilDay> enrolled;
  std::optional<absl::CivilDay> intervention_stop;
  std::optional<absl::CivilDay> withdrawal;  // from contact or more
  std::optional<absl::CivilDay> death;
  std::optional<absl::CivilDay> completed;
  std::optional<absl::CivilDay> lost;        // not found again
  std::optional<absl::CivilDay> randomised;
  std::optional<bool> intervention_arm;      // null: not allocated
};

// A day counted from an anchor: months, clamped to the month's end, then days.
struct Offset {
  int months = 0;
  int days = 0;
};

// `anchor` is CONSENT, T0, RETURN, LEAVE_START or CHEMO_START.
struct VisitRule {
  std::string visit;
  std::string anchor;
  Offset aim;
  int before_days = 0;
  int after_days = 0;
  std::string recorded_by;  // COORDINATOR, OCCUPATIONAL_PHYSICIAN, or empty for both
};
struct ComponentRule {
  std::string component;
  std::string version;
  std::string anchor;
  Offset from;
  Offset until;
  int leave_longer_than_months = 0;
};
struct QuestionnaireRule {
  std::string timepoint;
  std::string instrument;
  std::string anchor;
  Offset aim;
  int before_days = 0;
  int after_days = 0;
};
struct EndpointRule {
  std::string definition;
  int version = 1;
};

// What the study document of her version says for her stage.
struct Protocol {
  std::vector<VisitRule> visits;
  std::vector<ComponentRule> components;
  std::vector<QuestionnaireRule> questionnaires;
  std::vector<EndpointRule> endpoints;
  int relapse_days = 0;  // 0: none given
};

struct Facts {
  std::vector<Milestone> milestones;  // newest version of each, by kind
  std::vector<Leave> leaves;          // by start
  WorkTimeline work;
  int work_revision = 0;
  PhaseTimeline phases;
  int phase_revision = 0;
  std::vector<Visit> visits;          // newest version of each, by day
  std::vector<Delivery> deliveries;   // by day
};

// The date of the milestone where it is known.
std::optional<absl::CivilDay> DateOf(const std::vector<Milestone>& milestones, MilestoneKind kind);

}  // namespace reprise::phase

#endif  // REPRISE_PHASE_DOMAIN_COURSE_FACTS_H_
