// SPDX-License-Identifier: Apache-2.0
#include "services/phase/store/course_store.h"

#include "services/phase/domain/course/errors.h"
#include "services/platform/status.h"

namespace reprise::phase {
namespace {

constexpr db::ConstraintReason kConstraints[] = {
    {"leave_void_pkey", absl::StatusCode::kFailedPrecondition, "LEAVE_VOIDED", "The prescription is void already."},
};

constexpr db::Query kLockCourse{"phase.lock_course",
                                "SELECT pg_advisory_xact_lock(hashtextextended('phase.course/' || $1::uuid::text, 0))"};

constexpr db::Query kLoadPlace{"phase.load_place", R"sql(
  SELECT p.study_id, p.site_id, s.time_zone, coalesce(p.stage, ''), p.protocol_version, p.consent_date,
         p.enrolled_date, p.intervention_stop_date, p.withdrawal_date, p.death_date, p.completed_date,
         CASE WHEN p.lost THEN (SELECT max(e.event_date)
                                  FROM enrolment.published_event AS e
                                 WHERE e.participant_id = p.participant_id
                                   AND e.kind = 'LOST') END,
         a.randomised_date, CASE WHEN a.arm IS NOT NULL THEN coalesce(r.intervention, false) END
    FROM enrolment.published_participation AS p
    JOIN study.published_site AS s ON s.site_id = p.site_id
    LEFT JOIN cohort.published_allocation AS a ON a.participant_id = p.participant_id
    LEFT JOIN study.published_arm AS r
      ON r.study_id = p.study_id
     AND r.version = p.protocol_version
     AND r.arm = a.arm
   WHERE p.participant_id = $1
)sql"};

// One statement, because each costs a round trip: columns 1 to 9 mean what the first letter says.
constexpr db::Query kLoadProtocol{"phase.load_protocol", R"sql(
  SELECT 'v' AS part, position, visit AS code, recorded_by AS detail, anchor, offset_months AS a,
         offset_days AS b, before_days AS c, after_days AS d, 0 AS e
    FROM study.published_visit
   WHERE study_id = $1 AND version = $2 AND (stages = '[]' OR stages ? $3::text)
  UNION ALL
  SELECT 'c', position, component, component_version, anchor, from_months, from_days, until_months,
         until_days, leave_longer_than_months
    FROM study.published_component
   WHERE study_id = $1 AND version = $2
  UNION ALL
  SELECT 'q', position, timepoint, instrument_id, anchor, offset_months, offset_days, before_days, after_days, 0
    FROM study.published_questionnaire
   WHERE study_id = $1 AND version = $2 AND (stages = '[]' OR stages ? $3::text)
  UNION ALL
  SELECT 'e', t.n::int, t.e ->> 'definition', '', '', coalesce((t.e ->> 'version')::int, 0), 0, 0, 0, 0
    FROM study.published_protocol AS p,
         jsonb_array_elements(coalesce(p.content -> 'endpoints', '[]')) WITH ORDINALITY AS t(e, n)
   WHERE p.study_id = $1 AND p.version = $2
  UNION ALL
  SELECT 'r', 0, '', '', '', coalesce((content -> 'phase_rules' ->> 'relapse_days')::int, 0), 0, 0, 0, 0
    FROM study.published_protocol
   WHERE study_id = $1 AND version = $2
   ORDER BY part, position
)sql"};

constexpr db::Query kLoadMilestones{"phase.load_milestones", R"sql(
  SELECT DISTINCT ON (kind) kind, on_date, version, change_reason, made_time
    FROM phase.milestone
   WHERE participant_id = $1
   ORDER BY kind, version DESC
)sql"};

constexpr db::Query kLoadLeaves{"phase.load_leaves", R"sql(
  SELECT l.leave_id, l.issued_date, l.start_date, l.end_date, l.kind, l.cause, l.part_time, l.made_time,
         v.made_time, coalesce(v.reason, '')
    FROM phase.leave AS l
    LEFT JOIN phase.leave_void AS v USING (leave_id)
   WHERE l.participant_id = $1
   ORDER BY l.start_date, l.end_date, l.leave_id
)sql"};

constexpr db::Query kLoadWork{"phase.load_work_status", R"sql(
  SELECT revision, kind, percent, start_date, end_date
    FROM phase.work_status
   WHERE participant_id = $1
     AND revision = (SELECT max(revision)
                       FROM phase.revision
                      WHERE participant_id = $1
                        AND timeline = 'WORK_STATUS')
   ORDER BY position
)sql"};

constexpr db::Query kLoadPhases{"phase.load_phases", R"sql(
  SELECT revision, kind, start_date, end_date, trigger, flags
    FROM phase.phase_episode
   WHERE participant_id = $1
     AND revision = (SELECT max(revision)
                       FROM phase.revision
                      WHERE participant_id = $1
                        AND timeline = 'PHASE')
   ORDER BY position
)sql"};

constexpr db::Query kLoadVisits{"phase.load_visits", R"sql(
  SELECT DISTINCT ON (visit_id) visit_id, version, visit, state, on_date, mode, measures, outcome, made_by, made_time
    FROM phase.visit
   WHERE participant_id = $1
   ORDER BY visit_id, version DESC
)sql"};

constexpr db::Query kLoadDeliveries{"phase.load_deliveries", R"sql(
  SELECT delivery_id, component, component_version, delivered_date, recipient, flags, made_time
    FROM phase.delivery
   WHERE participant_id = $1
   ORDER BY delivered_date, delivery_id
)sql"};

using Day = std::optional<absl::CivilDay>;

// The database's checks admit no other names.
template <typename Kind>
Kind KindIn(const db::Row& row, int column) {
  const std::optional<Kind> kind = KindOf<Kind>(row.Text(column));
  REPRISE_CHECK(kind.has_value());
  return *kind;
}

void AddRule(const db::Row& row, Protocol& protocol) {
  const auto code = row.Get<std::string>(2);
  const auto detail = row.Get<std::string>(3);
  const auto anchor = row.Get<std::string>(4);
  const int a = row.Get<int>(5), b = row.Get<int>(6), c = row.Get<int>(7), d = row.Get<int>(8);
  switch (row.Text(0)[0]) {
    case 'v':
      protocol.visits.push_back({.visit = code, .anchor = anchor, .aim = {.months = a, .days = b},
                                 .before_days = c, .after_days = d, .recorded_by = detail});
      break;
    case 'c':
      protocol.components.push_back({.component = code, .version = detail, .anchor = anchor,
                                     .from = {.months = a, .days = b}, .until = {.months = c, .days = d},
                                     .leave_longer_than_months = row.Get<int>(9)});
      break;
    case 'q':
      protocol.questionnaires.push_back({.timepoint = code, .instrument = detail, .anchor = anchor,
                                         .aim = {.months = a, .days = b}, .before_days = c, .after_days = d});
      break;
    case 'e': protocol.endpoints.push_back({.definition = code, .version = a}); break;
    default: protocol.relapse_days = a;
  }
}

void ReadTimelines(const db::Rows& work, const db::Rows& phases, Facts& facts) {
  for (const db::Row row : work) {
    facts.work_revision = row.Get<int>(0);
    WorkEpisode episode{.kind = KindIn<WorkKind>(row, 1), .percent = {}, .start = row.Get<absl::CivilDay>(3),
                        .end = row.Get<Day>(4)};
    if (!row.IsNull(2)) episode.percent = row.Get<int>(2);
    facts.work.push_back(episode);
  }
  for (const db::Row row : phases) {
    facts.phase_revision = row.Get<int>(0);
    facts.phases.push_back({.kind = KindIn<PhaseKind>(row, 1), .start = row.Get<absl::CivilDay>(2),
                            .end = row.Get<Day>(3), .trigger = row.Get<std::string>(4),
                            .flags = row.Get<std::vector<std::string>>(5)});
  }
}

void ReadVisits(const db::Rows& visits, const db::Rows& deliveries, Facts& facts) {
  for (const db::Row row : visits) {
    facts.visits.push_back({.visit_id = row.Get<std::string>(0), .version = row.Get<int>(1),
                            .visit = row.Get<std::string>(2), .state = KindIn<VisitState>(row, 3),
                            .date = row.Get<absl::CivilDay>(4), .mode = row.Get<std::string>(5),
                            .measures = row.Get<std::vector<std::string>>(6), .outcome = row.Get<std::string>(7),
                            .made_by = row.Get<std::string>(8), .made_time = row.Get<absl::Time>(9)});
  }
  for (const db::Row row : deliveries) {
    facts.deliveries.push_back({.delivery_id = row.Get<std::string>(0), .component = row.Get<std::string>(1),
                                .component_version = row.Get<std::string>(2), .date = row.Get<absl::CivilDay>(3),
                                .recipient = row.Get<std::string>(4), .flags = row.Get<std::vector<std::string>>(5),
                                .made_time = row.Get<absl::Time>(6)});
  }
}

}  // namespace

absl::Span<const db::ConstraintReason> Constraints() { return kConstraints; }

void LockCourse(db::Tx& tx, const std::string& participant_id) { tx.Execute(kLockCourse, participant_id); }

absl::StatusOr<Place> LoadPlace(db::Tx& tx, const std::string& participant_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLoadPlace, participant_id));
  if (rows.empty()) return ParticipantNotFound(participant_id);
  const db::Row row = rows[0];
  return Place{.participation = {.participant_id = participant_id, .study_id = row.Get<std::string>(0),
                                 .site_id = row.Get<std::string>(1), .time_zone = row.Get<std::string>(2),
                                 .consent = row.Get<Day>(5), .enrolled = row.Get<Day>(6),
                                 .intervention_stop = row.Get<Day>(7), .withdrawal = row.Get<Day>(8),
                                 .death = row.Get<Day>(9), .completed = row.Get<Day>(10),
                                 .lost = row.Get<Day>(11), .randomised = row.Get<Day>(12),
                                 .intervention_arm = row.Get<std::optional<bool>>(13)},
               .stage = row.Get<std::string>(3),
               .protocol_version = row.Get<std::optional<int64_t>>(4)};
}

absl::StatusOr<Protocol> LoadProtocol(db::Tx& tx, const Place& place) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLoadProtocol, place.participation.study_id,
                                                          place.protocol_version, place.stage));
  Protocol protocol;
  for (const db::Row row : rows) AddRule(row, protocol);
  return protocol;
}

absl::StatusOr<Facts> LoadFacts(db::Tx& tx, const std::string& participant_id) {
  Facts facts;
  REPRISE_ASSIGN_OR_RETURN(const db::Rows milestones, tx.Select(kLoadMilestones, participant_id));
  for (const db::Row row : milestones) {
    facts.milestones.push_back({.kind = KindIn<MilestoneKind>(row, 0), .date = row.Get<absl::CivilDay>(1),
                                .version = row.Get<int>(2), .change_reason = row.Get<std::string>(3),
                                .made_time = row.Get<absl::Time>(4)});
  }
  REPRISE_ASSIGN_OR_RETURN(const db::Rows leaves, tx.Select(kLoadLeaves, participant_id));
  for (const db::Row row : leaves) {
    facts.leaves.push_back({.leave_id = row.Get<std::string>(0), .issued = row.Get<absl::CivilDay>(1),
                            .start = row.Get<absl::CivilDay>(2), .end = row.Get<absl::CivilDay>(3),
                            .kind = KindIn<LeaveKind>(row, 4), .cause = KindIn<LeaveCause>(row, 5),
                            .part_time = row.Get<bool>(6), .made_time = row.Get<absl::Time>(7),
                            .void_time = row.Get<std::optional<absl::Time>>(8),
                            .void_reason = row.Get<std::string>(9)});
  }
  REPRISE_ASSIGN_OR_RETURN(const db::Rows work, tx.Select(kLoadWork, participant_id));
  REPRISE_ASSIGN_OR_RETURN(const db::Rows phases, tx.Select(kLoadPhases, participant_id));
  ReadTimelines(work, phases, facts);
  REPRISE_ASSIGN_OR_RETURN(const db::Rows visits, tx.Select(kLoadVisits, participant_id));
  REPRISE_ASSIGN_OR_RETURN(const db::Rows deliveries, tx.Select(kLoadDeliveries, participant_id));
  ReadVisits(visits, deliveries, facts);
  return facts;
}

}  // namespace reprise::phase
