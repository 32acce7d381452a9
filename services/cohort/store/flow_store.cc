// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/store/flow_store.h"

#include <algorithm>
#include <map>
#include <optional>

#include "services/cohort/domain/errors.h"
#include "services/platform/status.h"

namespace reprise::cohort {
namespace {

constexpr db::Query kListSites{"cohort.list_sites", R"sql(
  SELECT code, platform.in_scope(study_id, site_id)
    FROM study.published_site
   WHERE study_id = $1
   ORDER BY code
)sql"};

constexpr db::Query kFindStage{"cohort.find_stage", R"sql(
  SELECT stage
    FROM study.published_stage
   WHERE study_id = $1
     AND stage = $2
     AND version = (SELECT max(version) FROM study.published_protocol WHERE study_id = $1)
)sql"};

constexpr db::Query kLoadTarget{"cohort.load_target", R"sql(
  SELECT coalesce((t.t ->> 'participants')::int, 0)
    FROM study.published_stage AS s,
         jsonb_array_elements(s.targets) WITH ORDINALITY AS t(t, n)
   WHERE s.study_id = $1
     AND s.stage = $2
     AND s.version = (SELECT max(version) FROM study.published_protocol WHERE study_id = $1 AND apply_time <= $3)
     AND nullif(t.t ->> 'from', '')::date <= ($3::timestamptz AT TIME ZONE 'UTC')::date
   ORDER BY (t.t ->> 'from')::date DESC, t.n DESC
   LIMIT 1
)sql"};

// One pass over the log, which is long; nobody is eligible who failed a criterion.
constexpr db::Query kCountScreenings{"cohort.count_screenings", R"sql(
  SELECT t.code, g.month, g.failed_criteria, g.declined, g.attempts
    FROM (SELECT s.site_id, to_char(s.screened_date, 'YYYY-MM') AS month, s.failed_criteria,
                 CASE WHEN s.decline_time <= $3 THEN s.decline_reason END AS declined, count(*) AS attempts
            FROM enrolment.published_screening AS s
           WHERE s.study_id = $1
             AND s.stage = $2
             AND s.made_time <= $3
           GROUP BY 1, 2, 3, 4) AS g
    JOIN study.published_site AS t ON t.site_id = g.site_id
)sql"};

constexpr db::Query kListPeople{"cohort.list_people", R"sql(
  SELECT p.participant_id, t.code, p.consent_date, coalesce(p.protocol_version, 0),
         ($3::timestamptz AT TIME ZONE t.time_zone)::date, a.arm, a.randomised_date
    FROM enrolment.published_participation AS p
    JOIN study.published_site AS t ON t.site_id = p.site_id
    LEFT JOIN cohort.allocation AS a ON a.participant_id = p.participant_id AND a.made_time <= $3
   WHERE p.study_id = $1
     AND p.stage = $2
     AND p.made_time <= $3
   ORDER BY p.participant_id
)sql"};

constexpr db::Query kListEvents{"cohort.list_events", R"sql(
  SELECT e.participant_id,
         CASE WHEN e.kind = 'WITHDRAWN' AND e.withdrawal = 'INTERVENTION' THEN 'STOPPED_INTERVENTION' ELSE e.kind END,
         e.event_date
    FROM enrolment.published_event AS e
    JOIN enrolment.published_participation AS p USING (participant_id)
   WHERE p.study_id = $1
     AND p.stage = $2
     AND e.made_time <= $3
   ORDER BY e.participant_id, e.sequence
)sql"};

EventKind KindOf(absl::string_view name) {
  if (name == "SCREEN_FAILED") return EventKind::kScreenFailed;
  if (name == "ENROLLED") return EventKind::kEnrolled;
  if (name == "COMPLETED") return EventKind::kCompleted;
  if (name == "STOPPED_INTERVENTION") return EventKind::kStoppedIntervention;
  if (name == "WITHDRAWN") return EventKind::kWithdrawn;
  if (name == "LOST") return EventKind::kLost;
  if (name == "FOUND") return EventKind::kFound;
  if (name == "DECEASED") return EventKind::kDeceased;
  return EventKind::kConsented;
}

Reasons ByFrequency(const std::map<std::string, int64_t>& counts) {
  Reasons reasons(counts.begin(), counts.end());
  std::stable_sort(reasons.begin(), reasons.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  return reasons;
}

}  // namespace

absl::StatusOr<Sight> LoadSight(db::Tx& tx, const std::string& study_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kListSites, study_id));
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

absl::Status CheckStage(db::Tx& tx, const std::string& study_id, const std::string& stage) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kFindStage, study_id, stage));
  return rows.empty() ? StageUnknown() : absl::OkStatus();
}

absl::StatusOr<int> LoadTarget(db::Tx& tx, const Cut& cut) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLoadTarget, cut.study_id, cut.stage, cut.as_of));
  return rows.empty() ? 0 : rows[0].Get<int>(0);
}

absl::StatusOr<ScreeningCounts> CountScreenings(db::Tx& tx, const Cut& cut) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows,
                           tx.Select(kCountScreenings, cut.study_id, cut.stage, cut.as_of));
  ScreeningCounts counts;
  std::map<std::string, int64_t> ineligible, declined;
  for (const db::Row row : rows) {
    const auto failed = row.Get<std::vector<std::string>>(2);
    const auto reason = row.Get<std::optional<std::string>>(3);
    const int64_t attempts = row.Get<int64_t>(4);
    for (const std::string& criterion : failed) ineligible[criterion] += attempts;
    if (reason.has_value()) declined[*reason] += attempts;
    counts.cells.push_back({.site = row.Get<std::string>(0),
                            .month = row.Get<std::string>(1),
                            .eligible = failed.empty(),
                            .attempts = attempts,
                            .declined = reason.has_value() ? attempts : 0});
  }
  counts.ineligible = ByFrequency(ineligible);
  counts.declined = ByFrequency(declined);
  return counts;
}

absl::StatusOr<std::vector<Person>> ListPeople(db::Tx& tx, const Cut& cut) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kListPeople, cut.study_id, cut.stage, cut.as_of));
  REPRISE_ASSIGN_OR_RETURN(const db::Rows events, tx.Select(kListEvents, cut.study_id, cut.stage, cut.as_of));
  std::vector<Person> people;
  int at = 0;  // both are in the order of participants
  for (const db::Row row : rows) {
    Person person{.participant_id = row.Get<std::string>(0),
                  .site = row.Get<std::string>(1),
                  .consent_date = row.Get<absl::CivilDay>(2),
                  .protocol_version = row.Get<int>(3),
                  .today = row.Get<absl::CivilDay>(4),
                  .arm = row.Get<std::optional<std::string>>(5),
                  .randomised_date = row.Get<std::optional<absl::CivilDay>>(6)};
    while (at < events.size() && events[at].Text(0) < person.participant_id) ++at;
    for (; at < events.size() && events[at].Text(0) == person.participant_id; ++at) {
      person.events.push_back({KindOf(events[at].Text(1)), events[at].Get<absl::CivilDay>(2)});
    }
    people.push_back(std::move(person));
  }
  return people;
}

}  // namespace reprise::cohort
