// SPDX-License-Identifier: Apache-2.0
#include "services/questionnaire/store/schedule_store.h"

#include <utility>

#include "services/platform/status.h"
#include "services/questionnaire/domain/response/errors.h"

namespace reprise::questionnaire {
namespace {

constexpr db::Query kLoadStanding{"questionnaire.load_standing", R"sql(
  SELECT study_id, site_id, consent_date, least(withdrawal_date, death_date, screen_failed_date)
    FROM enrolment.published_participation
   WHERE participant_id = $1
)sql"};

constexpr db::Query kListOccasionsOf{"questionnaire.list_occasions_of", R"sql(
  WITH schedule AS MATERIALIZED (
    SELECT participant_id, site_id, position, timepoint, instrument_id, instrument_version,
           instrument_version_id, required, window_open_date, target_date, window_close_date, respondent,
           least(withdrawal_date, death_date, screen_failed_date) AS end_date
      FROM questionnaire.schedule_of($1)
  ), occasion AS (
    SELECT i.instance_id, s.participant_id, s.site_id, s.instrument_version_id, s.instrument_id,
           s.instrument_version, s.timepoint, true AS scheduled, s.required, s.position,
           s.window_open_date, s.target_date, s.window_close_date, i.open_time, i.submit_time,
           i.answered_date, s.end_date, coalesce(i.respondent, s.respondent) AS respondent
      FROM schedule AS s
      LEFT JOIN questionnaire.published_instance AS i
        ON i.participant_id = $1  -- and so the schedule's; said like this it is looked up by the index
       AND i.instrument_version_id = s.instrument_version_id
       AND i.timepoint = s.timepoint
    UNION ALL
    SELECT i.instance_id, i.participant_id, p.site_id, i.instrument_version_id, v.instrument_id,
           v.version, i.timepoint, false, false, 0, NULL, NULL, NULL, i.open_time, i.submit_time,
           i.answered_date, least(p.withdrawal_date, p.death_date, p.screen_failed_date), i.respondent
      FROM questionnaire.published_instance AS i
      JOIN questionnaire.instrument_version AS v USING (instrument_version_id)
      JOIN enrolment.published_participation AS p ON p.participant_id = i.participant_id
     WHERE i.participant_id = $1
       AND NOT EXISTS (SELECT FROM schedule AS s
                        WHERE s.instrument_version_id = i.instrument_version_id
                          AND s.timepoint = i.timepoint)
  )
  SELECT o.instance_id, o.participant_id, o.site_id, o.instrument_version_id, o.instrument_id,
         o.instrument_version, o.timepoint, o.scheduled, o.required, o.position,
         o.window_open_date, o.target_date, o.window_close_date, o.open_time, o.submit_time,
         o.answered_date, o.end_date,
         EXISTS (SELECT FROM questionnaire.draft AS d WHERE d.instance_id = o.instance_id),
         o.respondent = 'TEAM'
    FROM occasion AS o
   WHERE o.respondent = 'PARTICIPANT' OR o.participant_id IS DISTINCT FROM platform.own_participant()
   ORDER BY o.target_date NULLS LAST, o.position, o.open_time, o.instance_id
)sql"};

constexpr db::Query kListOccasions{"questionnaire.list_occasions", R"sql(
  SELECT i.instance_id, s.participant_id, s.site_id, s.instrument_version_id, s.instrument_id,
         s.instrument_version, s.timepoint, true, s.required, s.position,
         s.window_open_date, s.target_date, s.window_close_date, i.open_time, i.submit_time,
         i.answered_date, least(s.withdrawal_date, s.death_date, s.screen_failed_date),
         EXISTS (SELECT FROM questionnaire.draft AS d WHERE d.instance_id = i.instance_id),
         coalesce(i.respondent, s.respondent) = 'TEAM'
    FROM questionnaire.published_schedule AS s
    LEFT JOIN questionnaire.published_instance AS i
      ON i.participant_id = s.participant_id
     AND i.instrument_version_id = s.instrument_version_id
     AND i.timepoint = s.timepoint
   WHERE s.study_id = $1
     AND ($2::uuid IS NULL OR s.site_id = $2)
     AND ($3::date IS NULL OR s.window_close_date >= $3)
     AND ($4::date IS NULL OR s.window_open_date <= $4)
     AND s.participant_id >= $5::uuid
     AND (s.participant_id, coalesce(s.target_date, 'infinity'::date), s.position)
         > ($5::uuid, $6::date, $7::int)
   ORDER BY s.participant_id, coalesce(s.target_date, 'infinity'::date), s.position
   LIMIT $8
)sql"};

constexpr db::Query kLoadNamesAround{"questionnaire.load_names_around", R"sql(
  SELECT title_fr, title_en, site_name
    FROM questionnaire.names_around($1)
)sql"};

constexpr db::Query kLoadTimepointsAround{"questionnaire.load_timepoints_around", R"sql(
  SELECT timepoint, title_fr, title_en
    FROM questionnaire.timepoints_around($1)
)sql"};

constexpr db::Query kLoadTimepoints{"questionnaire.load_timepoints", R"sql(
  SELECT DISTINCT ON (timepoint) timepoint, title ->> 'fr', title ->> 'en'
    FROM study.published_timepoint
   WHERE study_id = $1
   ORDER BY timepoint, version DESC
)sql"};

constexpr db::Query kLoadTimeZone{"questionnaire.load_time_zone", R"sql(
  SELECT questionnaire.time_zone_of($1)
)sql"};

using Day = std::optional<absl::CivilDay>;

Occasion ReadOccasion(const db::Row& row) {
  Occasion occasion{.instance_id = row.Get<std::optional<std::string>>(0).value_or(""),
                    .participant_id = row.Get<std::string>(1),
                    .site_id = row.Get<std::string>(2),
                    .instrument_version_id = row.Get<std::optional<std::string>>(3).value_or(""),
                    .instrument_id = row.Get<std::string>(4),
                    .instrument_version = row.Get<std::string>(5),
                    .timepoint = row.Get<std::string>(6),
                    .scheduled = row.Get<bool>(7),
                    .required = row.Get<bool>(8),
                    .position = row.Get<int>(9),
                    .open_time = row.Get<std::optional<absl::Time>>(13),
                    .submit_time = row.Get<std::optional<absl::Time>>(14),
                    .answered_date = row.Get<Day>(15),
                    .has_draft = row.Get<bool>(17),
                    .respondent = row.Get<bool>(18) ? Respondent::kTeam : Respondent::kParticipant,
                    .end_date = row.Get<Day>(16)};
  if (!row.IsNull(11)) {
    occasion.window = Window{.open_date = row.Get<absl::CivilDay>(10),
                             .target_date = row.Get<absl::CivilDay>(11),
                             .close_date = row.Get<absl::CivilDay>(12)};
  }
  return occasion;
}

TimepointTitles ReadTimepoints(const db::Rows& rows) {
  TimepointTitles titles;
  for (const db::Row row : rows) {
    for (const auto& [language, column] : {std::pair{"fr", 1}, std::pair{"en", 2}}) {
      if (!row.IsNull(column)) titles[row.Get<std::string>(0)][language] = row.Get<std::string>(column);
    }
  }
  return titles;
}

std::vector<Occasion> ReadOccasions(const db::Rows& rows) {
  std::vector<Occasion> occasions;
  occasions.reserve(rows.size());
  for (const db::Row row : rows) occasions.push_back(ReadOccasion(row));
  return occasions;
}

}  // namespace

absl::StatusOr<Standing> LoadStanding(db::Tx& tx, const std::string& participant_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLoadStanding, participant_id));
  if (rows.empty()) return ParticipantNotFound(participant_id);
  return Standing{.study_id = rows[0].Get<std::string>(0),
                  .site_id = rows[0].Get<std::string>(1),
                  .consent_date = rows[0].Get<Day>(2),
                  .end_date = rows[0].Get<Day>(3)};
}

absl::StatusOr<TimepointTitles> LoadTimepointsAround(db::Tx& tx, const std::string& participant_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLoadTimepointsAround, participant_id));
  return ReadTimepoints(rows);
}

absl::StatusOr<TimepointTitles> LoadTimepoints(db::Tx& tx, const std::string& study_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLoadTimepoints, study_id));
  return ReadTimepoints(rows);
}

absl::StatusOr<NamesAround> LoadNamesAround(db::Tx& tx, const std::string& participant_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLoadNamesAround, participant_id));
  NamesAround names;
  if (rows.empty()) return names;
  for (const auto& [language, column] : {std::pair{"fr", 0}, std::pair{"en", 1}}) {
    if (!rows[0].IsNull(column)) names.study_title[language] = rows[0].Get<std::string>(column);
  }
  names.site_name = rows[0].Get<std::string>(2);
  return names;
}

absl::StatusOr<std::vector<Occasion>> ListOccasionsOf(db::Tx& tx, const std::string& participant_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kListOccasionsOf, participant_id));
  return ReadOccasions(rows);
}

absl::StatusOr<std::vector<Occasion>> ListOccasions(db::Tx& tx, const OccasionFilter& filter,
                                                    const OccasionKey& after, int limit) {
  REPRISE_ASSIGN_OR_RETURN(
      const db::Rows rows,
      tx.Select(kListOccasions, filter.study_id, filter.site_id, filter.from_date, filter.until_date,
                after.participant_id, after.target_date, after.position, limit));
  return ReadOccasions(rows);
}

absl::StatusOr<std::optional<std::string>> LoadTimeZone(db::Tx& tx, const std::string& site_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLoadTimeZone, site_id));
  return rows[0].Get<std::optional<std::string>>(0);
}

}  // namespace reprise::questionnaire
