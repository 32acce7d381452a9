// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/store/course_store.h"

#include <map>
#include <string>
#include <utility>

#include "services/platform/status.h"

namespace reprise::cohort {
namespace {

constexpr db::Query kListInterventionArms{"cohort.list_intervention_arms", R"sql(
  SELECT arm
    FROM study.published_arm
   WHERE study_id = $1
     AND intervention
     AND version = (SELECT max(version) FROM study.published_protocol WHERE study_id = $1)
   ORDER BY arm
)sql"};

constexpr db::Query kListT0{"cohort.list_t0", R"sql(
  SELECT DISTINCT ON (participant_id) participant_id, on_date, (on_date + interval '12 months')::date
    FROM phase.published_milestone
   WHERE kind = 'ACTIVE_TREATMENT_END'
     AND participant_id = ANY ($1::text[]::uuid[])
     AND made_time <= $2
   ORDER BY participant_id, version DESC
)sql"};

constexpr db::Query kListDue{"cohort.list_due", R"sql(
  SELECT p.participant_id, q.timepoint,
         (a.on_date + make_interval(months => q.offset_months, days => q.offset_days + q.after_days))::date,
         EXISTS (SELECT FROM questionnaire.published_instance AS i
                   JOIN questionnaire.published_instrument AS v USING (instrument_version_id)
                  WHERE i.participant_id = p.participant_id
                    AND i.timepoint = q.timepoint
                    AND v.instrument_id = q.instrument_id
                    AND v.version = q.instrument_version
                    AND i.submit_time <= $2)
    FROM enrolment.published_participation AS p
    JOIN study.published_questionnaire AS q
      ON q.study_id = p.study_id AND q.version = p.protocol_version AND q.required
     AND (q.stages = '[]' OR q.stages ? p.stage)
    JOIN cohort.anchor_at($1::text[]::uuid[], $2) AS a ON a.participant_id = p.participant_id AND a.anchor = q.anchor
   ORDER BY p.participant_id
)sql"};

// A leave is a run of prescriptions without a gap, or a sick leave among the work situations.
constexpr db::Query kListOffers{"cohort.list_offers", R"sql(
  WITH work AS (
    SELECT participant_id, max(revision) AS revision
      FROM phase.published_work_status
     WHERE participant_id = ANY ($1::text[]::uuid[]) AND made_time <= $2
     GROUP BY participant_id),
  off AS (
    SELECT participant_id, unnest(range_agg(daterange(start_date, end_date, '[]'))) AS days
      FROM phase.published_leave
     WHERE participant_id = ANY ($1::text[]::uuid[]) AND made_time <= $2
       AND (void_time IS NULL OR void_time > $2)
     GROUP BY participant_id
    UNION ALL
    SELECT participant_id, daterange(start_date, end_date, '[]')
      FROM phase.published_work_status JOIN work USING (participant_id, revision)
     WHERE kind = 'SICK_LEAVE')
  SELECT o.participant_id, o.component, o.closes,
         o.months = 0 OR EXISTS (
           SELECT FROM off AS f
            WHERE f.participant_id = o.participant_id
              AND least(coalesce(upper(f.days) - 1, o.today), o.today)
                  >= (lower(f.days) + make_interval(months => o.months))::date),
         EXISTS (SELECT FROM phase.published_delivery AS d
                  WHERE d.participant_id = o.participant_id
                    AND d.component = o.component
                    AND d.made_time <= $2
                    AND d.delivered_date BETWEEN o.opens AND o.closes)
    FROM (SELECT p.participant_id, c.component, c.position, c.leave_longer_than_months AS months,
                 ($2::timestamptz AT TIME ZONE t.time_zone)::date AS today,
                 (a.on_date + make_interval(months => c.from_months, days => c.from_days))::date AS opens,
                 (a.on_date + make_interval(months => c.until_months, days => c.until_days))::date AS closes
            FROM enrolment.published_participation AS p
            JOIN study.published_site AS t ON t.site_id = p.site_id
            JOIN study.published_component AS c ON c.study_id = p.study_id AND c.version = p.protocol_version
            JOIN cohort.anchor_at($1::text[]::uuid[], $2) AS a ON a.participant_id = p.participant_id AND a.anchor = c.anchor) AS o
   ORDER BY o.participant_id, o.position
)sql"};

constexpr db::Query kListContaminated{"cohort.list_contaminated", R"sql(
  SELECT DISTINCT participant_id
    FROM phase.published_delivery
   WHERE participant_id = ANY ($1::text[]::uuid[])
     AND made_time <= $2
     AND 'CONTROL_ARM' = ANY (flags)
   ORDER BY participant_id
)sql"};

constexpr db::Query kListWork{"cohort.list_work", R"sql(
  WITH newest AS (
    SELECT participant_id, max(revision) AS revision
      FROM phase.published_work_status
     WHERE participant_id = ANY ($1::text[]::uuid[])
       AND made_time <= $2
     GROUP BY participant_id)
  SELECT participant_id, kind, coalesce(percent, 0), start_date, end_date
    FROM phase.published_work_status
    JOIN newest USING (participant_id, revision)
   ORDER BY participant_id, start_date
)sql"};

WorkMeaning MeaningOf(absl::string_view kind) {
  if (kind == "UNKNOWN") return WorkMeaning::kUnknown;
  if (kind == "PAID_LEAVE") return WorkMeaning::kBridge;
  if (kind == "FULL_TIME" || kind == "THERAPEUTIC_PART_TIME" || kind == "CONTRACTUAL_PART_TIME") {
    return WorkMeaning::kWork;
  }
  return WorkMeaning::kNoWork;
}

// Hands each row of a query to the course of its participant, whose id is the first column.
template <typename Read>
absl::Status ForEachRow(db::Tx& tx, const db::Query& query, const Cut& cut, std::vector<Course>& courses,
                        const std::vector<std::string>& ids, Read read) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(query, ids, cut.as_of));
  size_t at = 0;  // both are in the order of participants
  for (const db::Row row : rows) {
    while (at < courses.size() && courses[at].person.participant_id < row.Text(0)) ++at;
    if (at == courses.size()) break;
    if (courses[at].person.participant_id == row.Text(0)) read(row, courses[at]);
  }
  return absl::OkStatus();
}

void ReadWork(const db::Row& row, Course& course) {
  course.work.push_back({.meaning = MeaningOf(row.Text(1)),
                         .percent = row.Get<int>(2),
                         .start = row.Get<absl::CivilDay>(3),
                         .end = row.Get<std::optional<absl::CivilDay>>(4)});
}
void ReadDue(const db::Row& row, Course& course) {
  course.questionnaires.push_back({.timepoint = row.Get<std::string>(1),
                                   .closes = row.Get<absl::CivilDay>(2),
                                   .submitted = row.Get<bool>(3)});
}
void ReadOffer(const db::Row& row, Course& course) {
  course.components.push_back({.component = row.Get<std::string>(1),
                               .closes = row.Get<absl::CivilDay>(2),
                               .applicable = row.Get<bool>(3),
                               .in_window = row.Get<bool>(4)});
}

}  // namespace

absl::StatusOr<std::vector<Course>> ListCourses(db::Tx& tx, const Cut& cut, std::vector<Person> people) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows arms, tx.Select(kListInterventionArms, cut.study_id));
  std::vector<Course> courses;
  std::vector<std::string> ids;
  for (Person& person : people) {
    ids.push_back(person.participant_id);
    Course& course = courses.emplace_back();
    for (const db::Row row : arms) course.intervention_arm |= person.arm.has_value() && row.Text(0) == *person.arm;
    course.person = std::move(person);
  }
  REPRISE_RETURN_IF_ERROR(ForEachRow(tx, kListT0, cut, courses, ids, [](const db::Row& row, Course& course) {
    course.t0 = row.Get<absl::CivilDay>(1);
    course.t0_and_a_year = row.Get<absl::CivilDay>(2);
  }));
  REPRISE_RETURN_IF_ERROR(ForEachRow(tx, kListDue, cut, courses, ids, &ReadDue));
  REPRISE_RETURN_IF_ERROR(ForEachRow(tx, kListOffers, cut, courses, ids, &ReadOffer));
  REPRISE_RETURN_IF_ERROR(ForEachRow(tx, kListContaminated, cut, courses, ids,
                                     [](const db::Row&, Course& course) { course.contaminated = true; }));
  REPRISE_RETURN_IF_ERROR(ForEachRow(tx, kListWork, cut, courses, ids, &ReadWork));
  return courses;
}

}  // namespace reprise::cohort
