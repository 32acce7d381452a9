// SPDX-License-Identifier: Apache-2.0
#include "services/phase/store/visit_list_store.h"

#include <utility>

#include "services/platform/status.h"

namespace reprise::phase {
namespace {

// Each part is made once for all participants, so that the policies are asked once a row; they are put
// together by full joins, which PostgreSQL never does row by row, however wrongly it guesses their sizes
// (coalesce keeps it from making others of them). Windows are those of domain/course/windows.h:
// PostgreSQL too adds the months first, clamped to the month's end. A visit that nobody planned is
// expected as long as the participation goes on; afterwards it was missed where its window had closed
// before, as questionnaires are.
constexpr db::Query kListVisits{"phase.list_visits", R"sql(
  WITH member AS MATERIALIZED (
    SELECT participant_id, code, site_id, stage, protocol_version, consent_date, enrolled_date,
           least(withdrawal_date, death_date, screen_failed_date, completed_date) AS end_date
      FROM enrolment.published_participation
     WHERE study_id = $1
       AND ($2::uuid IS NULL OR site_id = $2)
       AND code >= $6
  ), anchor AS MATERIALIZED (
    SELECT participant_id, jsonb_object_agg(anchor, on_date) AS days
      FROM phase.published_anchor
     GROUP BY participant_id
  ), rule AS MATERIALIZED (
    SELECT version, position, visit, anchor, recorded_by, stages,
           make_interval(months => offset_months, days => offset_days) AS aim, before_days, after_days
      FROM study.published_visit
     WHERE study_id = $1
  ), foreseen AS MATERIALIZED (
    SELECT m.participant_id, m.enrolled_date, m.end_date, r.visit, r.position, r.recorded_by,
           (t.from_date + r.aim)::date AS target_date, (t.from_date + r.aim)::date - r.before_days AS first_date,
           (t.from_date + r.aim)::date + r.after_days AS last_date
      FROM member AS m
      LEFT JOIN anchor AS a USING (participant_id)
      JOIN rule AS r
        ON r.version = m.protocol_version
       AND (r.stages = '[]' OR r.stages ? m.stage)
     CROSS JOIN LATERAL (
       SELECT CASE r.anchor WHEN 'CONSENT' THEN m.consent_date ELSE (a.days ->> r.anchor)::date END AS from_date) AS t
  ), recorded AS MATERIALIZED (
    SELECT DISTINCT ON (visit_id) visit_id, participant_id, visit, state, on_date, mode
      FROM phase.visit
     WHERE participant_id = ANY (ARRAY(SELECT participant_id FROM member))
     ORDER BY visit_id, version DESC
  ), entry AS MATERIALIZED (
    SELECT participant_id, r.visit_id, visit, r.on_date, coalesce(r.mode, '') AS mode,
           coalesce(r.state, CASE WHEN f.end_date IS NULL THEN 'EXPECTED'
                                  WHEN f.last_date < f.end_date THEN 'MISSED'
                                  ELSE 'CANCELLED' END) AS state,
           CASE WHEN r.visit_id IS NULL THEN f.first_date ELSE r.on_date END AS from_date,
           CASE WHEN r.visit_id IS NULL THEN f.last_date ELSE r.on_date END AS until_date,
           f.first_date, f.target_date, f.last_date, coalesce(f.recorded_by, '') AS recorded_by,
           coalesce(f.position, 1000000) AS position
      FROM foreseen AS f
      FULL JOIN recorded AS r USING (participant_id, visit)
     WHERE coalesce(r.visit_id::text, f.enrolled_date::text) IS NOT NULL
  )
  SELECT participant_id, m.code, m.site_id, e.visit_id, e.visit, e.state, e.on_date, e.mode, e.first_date,
         e.target_date, e.last_date, m.end_date, e.recorded_by, e.position
    FROM member AS m
    FULL JOIN entry AS e USING (participant_id)
   WHERE coalesce(e.visit, '') <> ''
     AND ($3::date IS NULL OR e.until_date >= $3)
     AND ($4::date IS NULL OR e.from_date <= $4)
     AND (cardinality($5::text[]) = 0 OR e.state = ANY ($5))
     AND (m.code, e.position, coalesce(e.on_date, 'infinity'::date), coalesce(e.visit_id, $10::uuid))
         > ($6::text, $7::int, $8::date, $9::uuid)
   ORDER BY m.code, e.position, coalesce(e.on_date, 'infinity'::date), coalesce(e.visit_id, $10::uuid)
   LIMIT $11
)sql"};

constexpr db::Query kListVisitNames{"phase.list_visit_names", R"sql(
  SELECT visit, title_fr, title_en
    FROM (SELECT DISTINCT ON (visit) visit, title ->> 'fr' AS title_fr, title ->> 'en' AS title_en, version, position
            FROM study.published_visit
           WHERE study_id = $1
           ORDER BY visit, version DESC) AS newest
   ORDER BY version DESC, position, visit
)sql"};

using Day = std::optional<absl::CivilDay>;

ListedVisit ReadVisit(const db::Row& row) {
  const std::optional<VisitState> state = KindOf<VisitState>(row.Text(5));
  REPRISE_CHECK(state.has_value());
  ListedVisit visit{.participant_id = row.Get<std::string>(0),
                    .participant_code = row.Get<std::string>(1),
                    .site_id = row.Get<std::string>(2),
                    .visit_id = row.Get<std::optional<std::string>>(3).value_or(""),
                    .visit = row.Get<std::string>(4),
                    .state = *state,
                    .date = row.Get<Day>(6),
                    .mode = row.Get<std::string>(7),
                    .window = {},
                    .target = row.Get<Day>(9),
                    .end = row.Get<Day>(11),
                    .recorder = row.Get<std::string>(12),
                    .position = row.Get<int>(13)};
  if (!row.IsNull(8)) visit.window = Window{.first = row.Get<absl::CivilDay>(8), .last = row.Get<Day>(10)};
  return visit;
}

}  // namespace

absl::StatusOr<std::vector<ListedVisit>> ListVisits(db::Tx& tx, const VisitFilter& filter, const VisitKey& after,
                                                    int limit) {
  std::vector<std::string> states;
  for (const VisitState state : filter.states) states.push_back(std::string(NameOf(state)));
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows,
                           tx.Select(kListVisits, filter.study_id, filter.site_id, filter.from, filter.until, states,
                                     after.participant_code, after.position, after.date, after.visit_id,
                                     VisitKey().visit_id, limit));
  std::vector<ListedVisit> visits;
  visits.reserve(rows.size());
  for (const db::Row row : rows) visits.push_back(ReadVisit(row));
  return visits;
}

absl::StatusOr<std::vector<VisitName>> ListVisitNames(db::Tx& tx, const std::string& study_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kListVisitNames, study_id));
  std::vector<VisitName> names;
  for (const db::Row row : rows) {
    VisitName name{.visit = row.Get<std::string>(0), .title = {}};
    for (const auto& [language, column] : {std::pair{"fr", 1}, std::pair{"en", 2}}) {
      if (!row.IsNull(column)) name.title[language] = row.Get<std::string>(column);
    }
    names.push_back(std::move(name));
  }
  return names;
}

}  // namespace reprise::phase
