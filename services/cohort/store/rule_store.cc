// SPDX-License-Identifier: Apache-2.0
// Rules and openings as the protocol has them; declared with the courses that they judge.
#include "services/cohort/domain/errors.h"
#include "services/cohort/store/course_store.h"
#include "services/platform/status.h"

namespace reprise::cohort {
namespace {

constexpr db::Query kFindVersion{"cohort.find_version", R"sql(
  SELECT p.version, coalesce(s.arms <> '[]', false),
         (SELECT min(nullif(g ->> 'signed_on', '')::date)
            FROM jsonb_array_elements(coalesce(p.content -> 'signatures', '[]')) AS g
           WHERE g ->> 'stage' = $2)
    FROM study.published_protocol AS p
    LEFT JOIN study.published_stage AS s ON s.study_id = p.study_id AND s.version = p.version AND s.stage = $2
   WHERE p.study_id = $1
     AND p.apply_time <= $3
   ORDER BY p.version DESC
   LIMIT 1
)sql"};

// Post hoc is a rule that a post-hoc version made or changed, also when later versions keep it.
constexpr db::Query kListRules{"cohort.list_rules", R"sql(
  SELECT r.rule, ARRAY(SELECT key FROM jsonb_each_text(coalesce(r.title, '{}')) ORDER BY key),
         ARRAY(SELECT value FROM jsonb_each_text(coalesce(r.title, '{}')) ORDER BY key),
         r.metric, r.of_what, r.green, r.red, r.lower_is_better, coalesce(r.judged_on = 'INTERVAL_BOUND', false),
         EXISTS (SELECT FROM study.published_protocol AS h
                  WHERE h.study_id = $1
                    AND h.version <= r.version
                    AND h.post_hoc
                    AND NOT EXISTS (SELECT FROM study.published_progression_rule AS b
                                     WHERE b.study_id = $1
                                       AND b.version = h.version - 1
                                       AND (b.rule, b.stage, b.metric, b.of_what, b.green, b.red, b.lower_is_better,
                                            coalesce(b.judged_on, ''))
                                         = (r.rule, r.stage, r.metric, r.of_what, r.green, r.red, r.lower_is_better,
                                            coalesce(r.judged_on, ''))))
    FROM study.published_progression_rule AS r
   WHERE r.study_id = $1
     AND r.stage = $2
     AND r.version = $3
   ORDER BY r.position
)sql"};

constexpr db::Query kCountOpenDays{"cohort.count_open_days", R"sql(
  SELECT coalesce(sum(greatest(0,
           least(o.closes_date, s.closes_date, ($3::timestamptz AT TIME ZONE o.time_zone)::date)
           - greatest(o.opens_date, s.opens_date) + 1)), 0)::bigint
    FROM study.published_opening AS o
    JOIN study.published_stage AS s ON s.study_id = o.study_id AND s.stage = $2
   WHERE o.study_id = $1
     AND o.opens_date IS NOT NULL
     AND platform.in_scope(o.study_id, o.site_id)
     AND s.version = (SELECT max(version) FROM study.published_protocol WHERE study_id = $1)
)sql"};

}  // namespace

absl::StatusOr<RuleBook> LoadRules(db::Tx& tx, const Cut& cut) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows versions, tx.Select(kFindVersion, cut.study_id, cut.stage, cut.as_of));
  if (versions.empty()) return ProtocolMissing();
  RuleBook book{.has_arms = versions[0].Get<bool>(1),
                .signed_date = versions[0].Get<std::optional<absl::CivilDay>>(2)};
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows,
                           tx.Select(kListRules, cut.study_id, cut.stage, versions[0].Get<int64_t>(0)));
  for (const db::Row row : rows) {
    ProgressionRule rule{.code = row.Get<std::string>(0),
                         .metric = row.Get<std::string>(3),
                         .of = row.Get<std::string>(4),
                         .green = row.Get<double>(5),
                         .red = row.Get<double>(6),
                         .lower_is_better = row.Get<bool>(7),
                         .on_interval = row.Get<bool>(8),
                         .post_hoc = row.Get<bool>(9)};
    const auto languages = row.Get<std::vector<std::string>>(1);
    const auto texts = row.Get<std::vector<std::string>>(2);
    for (size_t i = 0; i < languages.size(); ++i) rule.title[languages[i]] = texts[i];
    book.rules.push_back(std::move(rule));
  }
  return book;
}

absl::StatusOr<int64_t> CountOpenDays(db::Tx& tx, const Cut& cut) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kCountOpenDays, cut.study_id, cut.stage, cut.as_of));
  return rows[0].Get<int64_t>(0);
}

}  // namespace reprise::cohort
