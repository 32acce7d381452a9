// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/store/course_store.h"

#include <string>
#include <utility>

#include "services/cohort/domain/progression/schedule.h"
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

// Joins of many participants with their rules are made in the domain: what row level security adds to
// each table leaves the planner no good estimate of them.
constexpr db::Query kListQuestionnaireRules{"cohort.list_questionnaire_rules", R"sql(
  SELECT version, timepoint, instrument_id || '@' || instrument_version, anchor, offset_months,
         offset_days + after_days
    FROM study.published_questionnaire
   WHERE study_id = $1
     AND required
     AND (stages = '[]' OR stages ? $2)
   ORDER BY version, position
)sql"};

constexpr db::Query kListComponentRules{"cohort.list_component_rules", R"sql(
  SELECT version, component, anchor, from_months, from_days, until_months, until_days, leave_longer_than_months
    FROM study.published_component
   WHERE study_id = $1
   ORDER BY version, position
)sql"};

constexpr db::Query kListAnchors{"cohort.list_anchors", R"sql(
  SELECT participant_id, anchor, on_date
    FROM cohort.anchor_at($1::text[]::uuid[], $2)
   ORDER BY participant_id
)sql"};

constexpr db::Query kListSubmitted{"cohort.list_submitted", R"sql(
  SELECT i.participant_id, i.timepoint, v.instrument_id || '@' || v.version
    FROM questionnaire.published_instance AS i
    JOIN questionnaire.published_instrument AS v USING (instrument_version_id)
   WHERE i.participant_id = ANY ($1::text[]::uuid[])
     AND i.submit_time <= $2
   ORDER BY i.participant_id
)sql"};

constexpr db::Query kListDeliveries{"cohort.list_deliveries", R"sql(
  SELECT participant_id, component, delivered_date, 'CONTROL_ARM' = ANY (flags)
    FROM phase.published_delivery
   WHERE participant_id = ANY ($1::text[]::uuid[])
     AND made_time <= $2
   ORDER BY participant_id
)sql"};

// Prescriptions without a gap are one run of leave. Sick leaves among the work situations are runs as well.
constexpr db::Query kListLeaves{"cohort.list_leaves", R"sql(
  SELECT l.participant_id, lower(l.days), upper(l.days) - 1
    FROM (SELECT participant_id, unnest(range_agg(daterange(start_date, end_date, '[]'))) AS days
            FROM phase.published_leave
           WHERE participant_id = ANY ($1::text[]::uuid[])
             AND made_time <= $2
             AND (void_time IS NULL OR void_time > $2)
           GROUP BY participant_id) AS l
   ORDER BY l.participant_id
)sql"};

// The newest revision is found in one pass: a join of the situations with themselves is estimated so badly that
// its time may grow with the square of the participants.
constexpr db::Query kListWork{"cohort.list_work", R"sql(
  SELECT w.participant_id, w.kind, coalesce(w.percent, 0), w.start_date, w.end_date
    FROM (SELECT participant_id, kind, percent, start_date, end_date,
                 rank() OVER (PARTITION BY participant_id ORDER BY revision DESC) AS age
            FROM phase.published_work_status
           WHERE participant_id = ANY ($1::text[]::uuid[])
             AND made_time <= $2) AS w
   WHERE w.age = 1
   ORDER BY w.participant_id, w.start_date
)sql"};

WorkMeaning MeaningOf(absl::string_view kind) {
  if (kind == "UNKNOWN") return WorkMeaning::kUnknown;
  if (kind == "PAID_LEAVE") return WorkMeaning::kBridge;
  if (kind == "FULL_TIME" || kind == "THERAPEUTIC_PART_TIME" || kind == "CONTRACTUAL_PART_TIME") {
    return WorkMeaning::kWork;
  }
  return WorkMeaning::kNoWork;
}

// Hands each row of a query with the place of its participant, the first column, among `ids` to `read`.
template <typename Read>
absl::Status ForEachRow(db::Tx& tx, const db::Query& query, const Cut& cut, const std::vector<std::string>& ids,
                        Read read) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(query, ids, cut.as_of));
  size_t at = 0;  // both are in the order of participants
  for (const db::Row row : rows) {
    while (at < ids.size() && ids[at] < row.Text(0)) ++at;
    if (at == ids.size()) break;
    if (ids[at] == row.Text(0)) read(row, at);
  }
  return absl::OkStatus();
}

void ReadWork(const db::Row& row, Course& course) {
  course.work.push_back({.meaning = MeaningOf(row.Text(1)),
                         .percent = row.Get<int>(2),
                         .start = row.Get<absl::CivilDay>(3),
                         .end = row.Get<std::optional<absl::CivilDay>>(4)});
}

absl::StatusOr<Rules> LoadSchedule(db::Tx& tx, const Cut& cut) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows questionnaires, tx.Select(kListQuestionnaireRules, cut.study_id, cut.stage));
  REPRISE_ASSIGN_OR_RETURN(const db::Rows components, tx.Select(kListComponentRules, cut.study_id));
  Rules rules;
  for (const db::Row row : questionnaires) {
    rules.questionnaires.push_back({.protocol_version = row.Get<int>(0),
                                    .timepoint = row.Get<std::string>(1),
                                    .instrument = row.Get<std::string>(2),
                                    .anchor = row.Get<std::string>(3),
                                    .months = row.Get<int>(4),
                                    .days = row.Get<int>(5)});
  }
  for (const db::Row row : components) {
    rules.components.push_back({.protocol_version = row.Get<int>(0),
                                .component = row.Get<std::string>(1),
                                .anchor = row.Get<std::string>(2),
                                .from_months = row.Get<int>(3),
                                .from_days = row.Get<int>(4),
                                .until_months = row.Get<int>(5),
                                .until_days = row.Get<int>(6),
                                .leave_longer_than_months = row.Get<int>(7)});
  }
  return rules;
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
  REPRISE_ASSIGN_OR_RETURN(const Rules rules, LoadSchedule(tx, cut));
  std::vector<CourseFacts> facts(courses.size());
  REPRISE_RETURN_IF_ERROR(ForEachRow(tx, kListAnchors, cut, ids, [&](const db::Row& row, size_t at) {
    facts[at].anchors[row.Get<std::string>(1)] = row.Get<absl::CivilDay>(2);
  }));
  REPRISE_RETURN_IF_ERROR(ForEachRow(tx, kListSubmitted, cut, ids, [&](const db::Row& row, size_t at) {
    facts[at].submitted.emplace(row.Get<std::string>(1), row.Get<std::string>(2));
  }));
  REPRISE_RETURN_IF_ERROR(ForEachRow(tx, kListDeliveries, cut, ids, [&](const db::Row& row, size_t at) {
    facts[at].deliveries.push_back({row.Get<std::string>(1), row.Get<absl::CivilDay>(2)});
    courses[at].contaminated |= row.Get<bool>(3);
  }));
  REPRISE_RETURN_IF_ERROR(ForEachRow(tx, kListLeaves, cut, ids, [&](const db::Row& row, size_t at) {
    facts[at].leaves.push_back({row.Get<absl::CivilDay>(1), row.Get<absl::CivilDay>(2)});
  }));
  REPRISE_RETURN_IF_ERROR(ForEachRow(tx, kListWork, cut, ids, [&](const db::Row& row, size_t at) {
    ReadWork(row, courses[at]);
    const WorkEpisode& episode = courses[at].work.back();
    if (row.Text(1) == "SICK_LEAVE") facts[at].leaves.push_back({episode.start, episode.end});
  }));
  for (size_t i = 0; i < courses.size(); ++i) Schedule(rules, facts[i], courses[i]);
  return courses;
}

}  // namespace reprise::cohort
