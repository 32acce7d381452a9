// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/store/ground_store.h"

#include "services/platform/status.h"

namespace reprise::enrolment {
namespace {

constexpr db::Query kLoadGround{"enrolment.load_ground", R"sql(
  SELECT s.code, ($5::timestamptz AT TIME ZONE s.time_zone)::date, o.opens_date, o.closes_date,
         p.version, nullif(p.content #>> '{regulation,ethics_opinion_on}', '')::date,
         coalesce(p.content #>> '{regulation,category}', '') <> 'NON_RIPH',
         g.stage IS NOT NULL, g.opens_date, g.closes_date
    FROM study.published_site AS s
    LEFT JOIN study.published_opening AS o
      ON o.study_id = s.study_id AND o.site_id = s.site_id
    LEFT JOIN LATERAL (
      SELECT v.version, v.content
        FROM study.published_protocol AS v
       WHERE v.study_id = s.study_id
         AND v.in_force_date <= $4
       ORDER BY v.version DESC
       LIMIT 1) AS p ON true
    LEFT JOIN study.published_stage AS g
      ON g.study_id = s.study_id AND g.version = p.version AND g.stage = $3
   WHERE s.study_id = $1
     AND s.site_id = $2
)sql"};

constexpr db::Query kLoadToday{"enrolment.load_today", R"sql(
  SELECT site_id, ($2::timestamptz AT TIME ZONE time_zone)::date
    FROM study.published_site
   WHERE study_id = $1
)sql"};

constexpr db::Query kLoadStageRules{"enrolment.load_stage_rules", R"sql(
  SELECT stage, coalesce(kind, ''), coalesce(pilot_kind, ''), ARRAY(SELECT jsonb_array_elements_text(excludes))
    FROM study.published_stage
   WHERE study_id = $1
     AND version = $2
   ORDER BY position
)sql"};

constexpr db::Query kLoadCriteria{"enrolment.load_criteria", R"sql(
  SELECT criterion
    FROM study.published_criterion
   WHERE study_id = $1
     AND version = $2
     AND (stages = '[]' OR stages ? $3)
   ORDER BY position
)sql"};

constexpr db::Query kLoadAgeCriteria{"enrolment.load_age_criteria", R"sql(
  SELECT criterion, kind IS DISTINCT FROM 'EXCLUSION', min_age, max_age
    FROM study.published_criterion
   WHERE study_id = $1
     AND version = $2
     AND (stages = '[]' OR stages ? $3)
     AND min_age > 0
   ORDER BY position
)sql"};

constexpr db::Query kIsDeclineReason{"enrolment.is_decline_reason", R"sql(
  SELECT EXISTS (
    SELECT FROM study.published_decline_reason
     WHERE study_id = $1
       AND version = $2
       AND reason = $3)
)sql"};

constexpr db::Query kListForms{"enrolment.list_forms", R"sql(
  SELECT DISTINCT ON (f.form, f.form_version)
         f.form, f.form_version, coalesce(f.valid_from_date, p.in_force_date),
         least(f.valid_until_date, p.until_date - 1)
    FROM study.published_consent_form AS f
    JOIN study.published_protocol AS p USING (study_id, version)
   WHERE f.study_id = $1
     AND (f.stages = '[]' OR f.stages ? $2)
   ORDER BY f.form, f.form_version, f.version DESC
)sql"};

}  // namespace

absl::StatusOr<Ground> LoadGround(db::Tx& tx, const Place& place, absl::CivilDay day, absl::Time now) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLoadGround, place.study_id, place.site_id,
                                                          place.stage, day, now));
  if (rows.empty()) return SiteNotFound(place.site_id);
  const db::Row row = rows[0];
  Ground ground{.site_code = row.Get<std::string>(0), .day = day, .today = row.Get<absl::CivilDay>(1)};
  ground.site = {.opens = row.Get<Day>(2), .closes = row.Get<Day>(3)};
  ground.stage = place.stage;
  ground.protocol_version = static_cast<int>(row.Get<std::optional<int64_t>>(4).value_or(0));
  ground.ethics_opinion = row.Get<Day>(5);
  ground.needs_ethics = row.Get<bool>(6);
  ground.has_stage = row.Get<bool>(7);
  ground.stage_opening = {.opens = row.Get<Day>(8), .closes = row.Get<Day>(9)};
  return ground;
}

absl::StatusOr<std::map<std::string, absl::CivilDay>> LoadToday(db::Tx& tx, const std::string& study_id,
                                                                absl::Time now) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLoadToday, study_id, now));
  std::map<std::string, absl::CivilDay> days;
  for (const db::Row row : rows) days.emplace(row.Get<std::string>(0), row.Get<absl::CivilDay>(1));
  return days;
}

absl::StatusOr<std::vector<StageRule>> LoadStageRules(db::Tx& tx, const std::string& study_id,
                                                      int protocol_version) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLoadStageRules, study_id, protocol_version));
  std::vector<StageRule> rules;
  for (const db::Row row : rows) {
    rules.push_back({.stage = row.Get<std::string>(0),
                     .kind = row.Get<std::string>(1),
                     .pilot_kind = row.Get<std::string>(2),
                     .excludes = row.Get<std::vector<std::string>>(3)});
  }
  return rules;
}

absl::StatusOr<std::vector<std::string>> LoadCriteria(db::Tx& tx, const std::string& study_id,
                                                      int protocol_version, const std::string& stage) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLoadCriteria, study_id, protocol_version, stage));
  std::vector<std::string> codes;
  for (const db::Row row : rows) codes.push_back(row.Get<std::string>(0));
  return codes;
}

absl::StatusOr<std::vector<AgeCriterion>> LoadAgeCriteria(db::Tx& tx, const std::string& study_id,
                                                          int protocol_version, const std::string& stage) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows,
                           tx.Select(kLoadAgeCriteria, study_id, protocol_version, stage));
  std::vector<AgeCriterion> criteria;
  for (const db::Row row : rows) {
    criteria.push_back({.criterion = row.Get<std::string>(0),
                        .inclusion = row.Get<bool>(1),
                        .min_age = row.Get<int>(2),
                        .max_age = row.Get<int>(3)});
  }
  return criteria;
}

absl::StatusOr<bool> IsDeclineReason(db::Tx& tx, const std::string& study_id, int protocol_version,
                                     const std::string& reason) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows,
                           tx.Select(kIsDeclineReason, study_id, protocol_version, reason));
  return rows[0].Get<bool>(0);
}

absl::StatusOr<std::vector<ConsentForm>> ListForms(db::Tx& tx, const std::string& study_id,
                                                   const std::string& stage) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kListForms, study_id, stage));
  std::vector<ConsentForm> forms;
  for (const db::Row row : rows) {
    forms.push_back({.form = row.Get<std::string>(0),
                     .form_version = row.Get<std::string>(1),
                     .valid_from = row.Get<absl::CivilDay>(2),
                     .valid_until = row.Get<Day>(3)});
  }
  return forms;
}

}  // namespace reprise::enrolment
