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

constexpr db::Query kListCounted{"questionnaire.list_counted", R"sql(
  SELECT p.participant_id, coalesce(p.protocol_version, 0), t.time_zone,
         ($3::timestamptz AT TIME ZONE t.time_zone)::date, p.consent_date
    FROM enrolment.published_participation AS p
    JOIN study.published_site AS t ON t.site_id = p.site_id
   WHERE p.study_id = $1
     AND p.stage = $2
     AND p.made_time <= $3
     AND ($4::uuid IS NULL OR p.site_id = $4)
   ORDER BY p.participant_id
)sql"};

constexpr db::Query kListDays{"questionnaire.list_days", R"sql(
  SELECT participant_id, anchor, on_date
    FROM phase.published_anchor
  UNION ALL
  SELECT participant_id, 'END', event_date
    FROM questionnaire.participant_end
   WHERE made_time <= $1
)sql"};

constexpr db::Query kListScheduled{"questionnaire.list_scheduled", R"sql(
  SELECT q.version, q.position, q.timepoint, q.instrument_id, v.instrument_version_id, q.anchor, q.offset_months,
         q.offset_days, q.before_days, q.after_days, q.required, q.respondent = 'TEAM'
    FROM study.published_questionnaire AS q
    LEFT JOIN questionnaire.instrument_version AS v
      ON v.instrument_id = q.instrument_id AND v.version = q.instrument_version
   WHERE q.study_id = $1
     AND (q.stages = '[]' OR q.stages ? $2)
   ORDER BY q.version, q.position
)sql"};

constexpr db::Query kListOpened{"questionnaire.list_opened", R"sql(
  SELECT i.participant_id || '/' || i.instrument_version_id || '/' || i.timepoint, i.respondent = 'TEAM',
         r.submit_time, r.answered_date
    FROM questionnaire.instance AS i
    LEFT JOIN questionnaire.response AS r
      ON r.instance_id = i.instance_id AND r.version = 1 AND r.submit_time <= $2
   WHERE i.study_id = $1
     AND i.open_time <= $2
     AND ($3::uuid IS NULL OR i.site_id = $3)
)sql"};

Respondent RespondentOf(bool team) { return team ? Respondent::kTeam : Respondent::kParticipant; }

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

absl::StatusOr<std::vector<CountedPerson>> ListCounted(db::Tx& tx, const CompletenessCut& cut) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows,
                           tx.Select(kListCounted, cut.study_id, cut.stage, cut.as_of, cut.site_id));
  std::vector<CountedPerson> people;
  absl::flat_hash_map<std::string, size_t> place;
  for (const db::Row row : rows) {
    CountedPerson person{.participant_id = row.Get<std::string>(0),
                         .protocol_version = row.Get<int>(1),
                         .time_zone = row.Get<std::string>(2),
                         .today = row.Get<absl::CivilDay>(3)};
    if (!row.IsNull(4)) person.anchors["CONSENT"] = row.Get<absl::CivilDay>(4);
    place[person.participant_id] = people.size();
    people.push_back(std::move(person));
  }
  REPRISE_ASSIGN_OR_RETURN(const db::Rows days, tx.Select(kListDays, cut.as_of));
  for (const db::Row row : days) {
    const auto at = place.find(row.Get<std::string>(0));
    if (at == place.end() || row.IsNull(2)) continue;
    CountedPerson& person = people[at->second];
    const std::string kind = row.Get<std::string>(1);
    const absl::CivilDay day = row.Get<absl::CivilDay>(2);
    if (kind != "END") {
      person.anchors[kind] = day;
    } else if (!person.end_date.has_value() || day < *person.end_date) {
      person.end_date = day;
    }
  }
  return people;
}

absl::StatusOr<std::vector<ScheduledForm>> ListScheduled(db::Tx& tx, const CompletenessCut& cut) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kListScheduled, cut.study_id, cut.stage));
  std::vector<ScheduledForm> forms;
  for (const db::Row row : rows) {
    forms.push_back({.protocol_version = row.Get<int>(0),
                     .position = row.Get<int>(1),
                     .timepoint = row.Get<std::string>(2),
                     .instrument_id = row.Get<std::string>(3),
                     .instrument_version_id = row.Get<std::optional<std::string>>(4).value_or(""),
                     .anchor = row.Get<std::string>(5),
                     .offset_months = row.Get<int>(6),
                     .offset_days = row.Get<int>(7),
                     .before_days = row.Get<int>(8),
                     .after_days = row.Get<int>(9),
                     .required = row.Get<bool>(10),
                     .respondent = RespondentOf(row.Get<bool>(11))});
  }
  return forms;
}

absl::StatusOr<OpenedForms> ListOpened(db::Tx& tx, const CompletenessCut& cut) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kListOpened, cut.study_id, cut.as_of, cut.site_id));
  OpenedForms opened;
  opened.reserve(rows.size());
  for (const db::Row row : rows) {
    opened.emplace(row.Get<std::string>(0), OpenedForm{.respondent = RespondentOf(row.Get<bool>(1)),
                                                       .submit_time = row.Get<std::optional<absl::Time>>(2),
                                                       .answered_date = row.Get<std::optional<absl::CivilDay>>(3)});
  }
  return opened;
}

}  // namespace reprise::questionnaire
