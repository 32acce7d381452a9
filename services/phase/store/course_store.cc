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
  SELECT p.study_id, p.site_id, s.time_zone, p.stage, p.protocol_version, p.consent_date,
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

// All facts in one statement, because each costs a round trip. By `part`: m milestones, l leaves, w work,
// p phases, v visits, d deliveries; AddFact says what the columns mean in each.
constexpr db::Query kLoadFacts{"phase.load_facts", R"sql(
  (SELECT DISTINCT ON (kind) 'm' AS part, 0 AS position, kind AS a, change_reason AS b, '' AS c, '' AS d, '' AS e,
          on_date AS day, NULL::date AS last_day, NULL::date AS issued, version AS n, NULL::int AS percent,
          false AS yes, made_time AS made, NULL::timestamptz AS void, NULL::text[] AS list, NULL::uuid AS by
     FROM phase.milestone
    WHERE participant_id = $1
    ORDER BY kind, version DESC)
  UNION ALL
  SELECT 'l', 0, l.leave_id::text, l.kind, l.cause, coalesce(v.reason, ''), '', l.start_date, l.end_date,
         l.issued_date, 0, NULL, l.part_time, l.made_time, v.made_time, NULL, NULL
    FROM phase.leave AS l
    LEFT JOIN phase.leave_void AS v USING (leave_id)
   WHERE l.participant_id = $1
  UNION ALL
  SELECT 'w', position, kind, '', '', '', '', start_date, end_date, NULL, revision, percent, false, NULL, NULL, NULL, NULL
    FROM phase.work_status
   WHERE participant_id = $1
     AND revision = (SELECT max(revision)
                       FROM phase.revision
                      WHERE participant_id = $1
                        AND timeline = 'WORK_STATUS')
  UNION ALL
  SELECT 'p', position, kind, trigger, '', '', '', start_date, end_date, NULL, revision, NULL, false, NULL, NULL, flags, NULL
    FROM phase.phase_episode
   WHERE participant_id = $1
     AND revision = (SELECT max(revision)
                       FROM phase.revision
                      WHERE participant_id = $1
                        AND timeline = 'PHASE')
  UNION ALL
  (SELECT DISTINCT ON (visit_id) 'v', 0, visit_id::text, visit, state, mode, outcome, on_date, NULL::date, NULL::date,
          version, NULL::int, false, made_time, NULL::timestamptz, measures, made_by
     FROM phase.visit
    WHERE participant_id = $1
    ORDER BY visit_id, version DESC)
  UNION ALL
  SELECT 'd', 0, delivery_id::text, component, component_version, recipient, '', delivered_date, NULL, NULL, 0, NULL,
         false, made_time, NULL, flags, NULL
    FROM phase.delivery
   WHERE participant_id = $1
   ORDER BY part, position, day, last_day, a
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

void AddTimeline(const db::Row& row, Facts& facts) {
  const auto start = row.Get<absl::CivilDay>(7);
  const Day end = row.Get<Day>(8);
  const int revision = row.Get<int>(10);
  if (row.Text(0)[0] == 'p') {
    facts.phase_revision = revision;
    facts.phases.push_back({.kind = KindIn<PhaseKind>(row, 2), .start = start, .end = end,
                            .trigger = row.Get<std::string>(3), .flags = row.Get<std::vector<std::string>>(15)});
    return;
  }
  facts.work_revision = revision;
  WorkEpisode episode{.kind = KindIn<WorkKind>(row, 2), .percent = {}, .start = start, .end = end};
  if (!row.IsNull(11)) episode.percent = row.Get<int>(11);
  facts.work.push_back(episode);
}

void AddFact(const db::Row& row, Facts& facts) {
  const char part = row.Text(0)[0];
  if (part == 'w' || part == 'p') return AddTimeline(row, facts);
  const auto date = row.Get<absl::CivilDay>(7);
  const auto made = row.Get<absl::Time>(13);
  const auto text = [&row](int column) { return row.Get<std::string>(column); };
  switch (part) {
    case 'm':
      facts.milestones.push_back({.kind = KindIn<MilestoneKind>(row, 2), .date = date, .version = row.Get<int>(10),
                                  .change_reason = text(3), .made_time = made});
      break;
    case 'l':
      facts.leaves.push_back({.leave_id = text(2), .issued = row.Get<absl::CivilDay>(9), .start = date,
                              .end = row.Get<absl::CivilDay>(8), .kind = KindIn<LeaveKind>(row, 3),
                              .cause = KindIn<LeaveCause>(row, 4), .part_time = row.Get<bool>(12), .made_time = made,
                              .void_time = row.Get<std::optional<absl::Time>>(14), .void_reason = text(5)});
      break;
    case 'v':
      facts.visits.push_back({.visit_id = text(2), .version = row.Get<int>(10), .visit = text(3),
                              .state = KindIn<VisitState>(row, 4), .date = date, .mode = text(5),
                              .measures = row.Get<std::vector<std::string>>(15), .outcome = text(6),
                              .made_by = text(16), .made_time = made});
      break;
    default:
      facts.deliveries.push_back({.delivery_id = text(2), .component = text(3), .component_version = text(4),
                                  .date = date, .recipient = text(5),
                                  .flags = row.Get<std::vector<std::string>>(15), .made_time = made});
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
               .protocol_version = row.Get<int64_t>(4)};
}

absl::StatusOr<Protocol> LoadProtocol(db::Tx& tx, const Place& place) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLoadProtocol, place.participation.study_id,
                                                          place.protocol_version, place.stage));
  Protocol protocol;
  for (const db::Row row : rows) AddRule(row, protocol);
  return protocol;
}

absl::StatusOr<Facts> LoadFacts(db::Tx& tx, const std::string& participant_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLoadFacts, participant_id));
  Facts facts;
  for (const db::Row row : rows) AddFact(row, facts);
  return facts;
}

}  // namespace reprise::phase
