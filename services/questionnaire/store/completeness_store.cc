// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/store/completeness_store.h"

#include "services/platform/status.h"
#include "services/questionnaire/domain/response/errors.h"

namespace reprise::questionnaire {
namespace {

constexpr db::Query kFindStage{"questionnaire.find_stage", R"sql(
  SELECT stage
    FROM study.published_stage
   WHERE study_id = $1
     AND stage = $2
   LIMIT 1
)sql"};

constexpr db::Query kListSites{"questionnaire.list_sites", R"sql(
  SELECT code, platform.in_scope(study_id, site_id) AND ($2::uuid IS NULL OR site_id = $2)
    FROM study.published_site
   WHERE study_id = $1
   ORDER BY code
)sql"};

constexpr db::Query kCountParticipants{"questionnaire.count_participants", R"sql(
  SELECT count(*)
    FROM enrolment.published_participation
   WHERE study_id = $1
     AND stage = $2
     AND made_time <= $3
     AND ($4::uuid IS NULL OR site_id = $4)
)sql"};

// Everything in one pass: days, windows and first submissions are joined as sets, never asked for a participant.
// The states are those of domain/schedule/schedule.h.
constexpr db::Query kCountCompleteness{"questionnaire.count_completeness", R"sql(
  WITH person AS MATERIALIZED (
    SELECT p.participant_id, p.protocol_version, p.consent_date, t.time_zone,
           ($3::timestamptz AT TIME ZONE t.time_zone)::date AS today
      FROM enrolment.published_participation AS p
      JOIN study.published_site AS t ON t.site_id = p.site_id
     WHERE p.study_id = $1
       AND p.stage = $2
       AND p.made_time <= $3
       AND ($4::uuid IS NULL OR p.site_id = $4)
  ), ended AS MATERIALIZED (
    SELECT e.participant_id, min(e.event_date) AS end_date
      FROM enrolment.published_event AS e
     WHERE e.made_time <= $3
       AND (e.kind IN ('SCREEN_FAILED', 'DECEASED') OR e.withdrawal <> 'INTERVENTION')
     GROUP BY e.participant_id
  ), anchor AS MATERIALIZED (
    SELECT participant_id, anchor, on_date FROM phase.published_anchor
    UNION ALL
    SELECT participant_id, 'CONSENT', consent_date FROM person
  ), form AS MATERIALIZED (
    SELECT q.*, v.instrument_version_id
      FROM study.published_questionnaire AS q
      LEFT JOIN questionnaire.instrument_version AS v
        ON v.instrument_id = q.instrument_id AND v.version = q.instrument_version
     WHERE q.study_id = $1
       AND (q.stages = '[]' OR q.stages ? $2)
  ), opened AS MATERIALIZED (
    SELECT i.participant_id, i.instrument_version_id, i.timepoint, i.respondent, r.submit_time, r.answered_date
      FROM questionnaire.instance AS i
      LEFT JOIN questionnaire.response AS r
        ON r.instance_id = i.instance_id AND r.version = 1 AND r.submit_time <= $3
     WHERE i.study_id = $1
       AND i.open_time <= $3
  ), occasion AS (
    SELECT f.position, f.timepoint, f.instrument_id, f.instrument_version_id, f.required,
           coalesce(o.respondent, f.respondent) AS respondent, p.today, e.end_date,
           o.participant_id IS NOT NULL AS is_open,
           coalesce(o.answered_date, (o.submit_time AT TIME ZONE p.time_zone)::date) AS answered_date,
           (a.on_date + make_interval(months => f.offset_months, days => f.offset_days - f.before_days))::date
             AS open_date,
           (a.on_date + make_interval(months => f.offset_months, days => f.offset_days + f.after_days))::date
             AS close_date
      FROM person AS p
      JOIN form AS f ON f.version = p.protocol_version
      LEFT JOIN ended AS e ON e.participant_id = p.participant_id
      LEFT JOIN anchor AS a ON a.participant_id = p.participant_id AND a.anchor = f.anchor
      LEFT JOIN opened AS o
        ON o.participant_id = p.participant_id
       AND o.instrument_version_id = f.instrument_version_id
       AND o.timepoint = f.timepoint
  ), stated AS (
    SELECT position, timepoint, instrument_id, instrument_version_id, required, respondent,
           CASE WHEN answered_date < open_date OR answered_date > close_date THEN 'OUT_OF_WINDOW'
                WHEN answered_date IS NOT NULL THEN 'IN_WINDOW'
                WHEN end_date IS NOT NULL AND close_date < end_date THEN 'MISSED'
                WHEN end_date IS NOT NULL THEN 'CANCELLED'
                WHEN today > close_date THEN 'MISSED'
                WHEN is_open OR today >= open_date THEN 'OPEN'
                WHEN open_date IS NULL THEN 'ANCHOR_UNKNOWN'
                ELSE 'LATER' END AS state
      FROM occasion
  )
  SELECT timepoint, instrument_id, max(instrument_version_id::text), respondent = 'TEAM', bool_or(required),
         count(*), count(*) FILTER (WHERE state = 'IN_WINDOW'), count(*) FILTER (WHERE state = 'OUT_OF_WINDOW'),
         count(*) FILTER (WHERE state = 'OPEN'), count(*) FILTER (WHERE state = 'MISSED'),
         count(*) FILTER (WHERE state = 'CANCELLED'), count(*) FILTER (WHERE state = 'LATER'),
         count(*) FILTER (WHERE state = 'ANCHOR_UNKNOWN')
    FROM stated
   GROUP BY timepoint, instrument_id, respondent
   ORDER BY min(position), timepoint, instrument_id, respondent
)sql"};

}  // namespace

absl::Status CheckStage(db::Tx& tx, const std::string& study_id, const std::string& stage) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kFindStage, study_id, stage));
  return rows.empty() ? StageUnknown() : absl::OkStatus();
}

absl::StatusOr<Sight> LoadSight(db::Tx& tx, const CompletenessCut& cut) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kListSites, cut.study_id, cut.site_id));
  Sight sight;
  for (const db::Row row : rows) {
    if (row.Get<bool>(1)) {
      sight.sites.push_back(row.Get<std::string>(0));
    } else {
      sight.complete = false;
    }
  }
  return sight;
}

absl::StatusOr<int> CountParticipants(db::Tx& tx, const CompletenessCut& cut) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows,
                           tx.Select(kCountParticipants, cut.study_id, cut.stage, cut.as_of, cut.site_id));
  return rows[0].Get<int>(0);
}

absl::StatusOr<std::vector<CompletenessCount>> CountCompleteness(db::Tx& tx, const CompletenessCut& cut) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows,
                           tx.Select(kCountCompleteness, cut.study_id, cut.stage, cut.as_of, cut.site_id));
  std::vector<CompletenessCount> counts;
  for (const db::Row row : rows) {
    counts.push_back({.timepoint = row.Get<std::string>(0),
                      .instrument_id = row.Get<std::string>(1),
                      .instrument_version_id = row.Get<std::optional<std::string>>(2).value_or(""),
                      .respondent = row.Get<bool>(3) ? Respondent::kTeam : Respondent::kParticipant,
                      .required = row.Get<bool>(4),
                      .participants = row.Get<int>(5),
                      .in_window = row.Get<int>(6),
                      .out_of_window = row.Get<int>(7),
                      .open = row.Get<int>(8),
                      .missed = row.Get<int>(9),
                      .cancelled = row.Get<int>(10),
                      .later = row.Get<int>(11),
                      .anchor_unknown = row.Get<int>(12)});
  }
  return counts;
}

}  // namespace reprise::questionnaire
