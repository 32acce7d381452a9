// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/store/course_store.h"

#include <map>
#include <set>
#include <utility>

#include "services/platform/status.h"

namespace reprise::enrolment {
namespace {

constexpr db::Query kLockCourse{"enrolment.lock_course", R"sql(
  SELECT pg_advisory_xact_lock(hashtextextended('enrolment.course/' || $1, 0))
)sql"};

// Allocations and phases are facts of other services and stand first.
constexpr db::Query kLoadEvents{"enrolment.load_events", R"sql(
  SELECT participant_id, kind, event_date, withdrawal, reason, made_time, sequence
    FROM enrolment.event
   WHERE participant_id = ANY ($1::uuid[])
  UNION ALL
  SELECT participant_id, 'RANDOMISED', randomised_date, NULL, '', made_time, 0
    FROM cohort.published_allocation
   WHERE participant_id = ANY ($1::uuid[])
  UNION ALL
  SELECT participant_id, 'FOLLOW_UP_STARTED', min(start_date) FILTER (WHERE current), NULL, '', min(made_time), 0
    FROM phase.published_phase
   WHERE participant_id = ANY ($1::uuid[])
   GROUP BY participant_id
  HAVING bool_or(current)
   ORDER BY participant_id, sequence, kind
)sql"};

constexpr db::Query kListArmed{"enrolment.list_stages_with_arms", R"sql(
  SELECT version, stage
    FROM study.published_stage
   WHERE study_id = $1
     AND arms <> '[]'
   ORDER BY version, stage
)sql"};

constexpr db::Query kInsertEvent{"enrolment.insert_event", R"sql(
  INSERT INTO enrolment.event (participant_id, sequence, kind, event_date, withdrawal, reason, made_by, made_time)
  SELECT $1::uuid, coalesce(max(e.sequence), 0) + 1, $2::text, $3::date, nullif($4, ''), $5::text, $6::uuid,
         $7::timestamptz
    FROM enrolment.event AS e
   WHERE e.participant_id = $1
)sql"};

constexpr db::Query kLoadFollowUp{"enrolment.load_follow_up", R"sql(
  SELECT count(*) > 0, count(*) FILTER (WHERE required AND window_close_date IS NULL) = 0,
         max(window_close_date)
    FROM questionnaire.published_schedule
   WHERE participant_id = $1
)sql"};

constexpr db::Query kInsertConsent{"enrolment.insert_consent", R"sql(
  INSERT INTO enrolment.consent (consent_id, participant_id, form, form_version, signed_date, mode, scopes,
                                 made_by, made_time)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
)sql"};

constexpr db::Query kLoadConsents{"enrolment.load_consents", R"sql(
  SELECT consent_id, participant_id, form, form_version, signed_date, mode, scopes, made_time
    FROM enrolment.consent
   WHERE participant_id = ANY ($1::uuid[])
   ORDER BY signed_date, made_time, form
)sql"};

Consent ReadConsent(const db::Row& row) {
  return {.consent_id = row.Get<std::string>(0),
          .participant_id = row.Get<std::string>(1),
          .form = row.Get<std::string>(2),
          .form_version = row.Get<std::string>(3),
          .signed_date = row.Get<absl::CivilDay>(4),
          .mode = ConsentModeOf(row.Text(5)),
          .scopes = row.Get<std::vector<std::string>>(6),
          .made_time = row.Get<absl::Time>(7)};
}

}  // namespace

void LockCourse(db::Tx& tx, const std::string& participant_id) { tx.Execute(kLockCourse, participant_id); }

absl::StatusOr<std::vector<Course>> LoadCourses(db::Tx& tx, const std::vector<Participant>& participants) {
  std::vector<Course> courses(participants.size());
  if (participants.empty()) return courses;
  std::vector<std::string> ids;
  std::map<std::string, Course*> by_id;
  for (size_t i = 0; i < participants.size(); ++i) {
    ids.push_back(participants[i].participant_id);
    by_id[ids.back()] = &courses[i];
  }
  REPRISE_ASSIGN_OR_RETURN(const db::Rows armed, tx.Select(kListArmed, participants[0].study_id));
  std::set<std::pair<int, std::string>> with_arms;
  for (const db::Row row : armed) with_arms.emplace(row.Get<int>(0), row.Get<std::string>(1));
  for (size_t i = 0; i < participants.size(); ++i) {
    courses[i].has_arms = with_arms.count({participants[i].protocol_version, participants[i].stage}) > 0;
  }
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLoadEvents, ids));
  for (const db::Row row : rows) {
    by_id.at(row.Get<std::string>(0))
        ->events.push_back(
            {.kind = EventKindOf(row.Text(1)),
             .event_date = row.Get<absl::CivilDay>(2),
             .withdrawal = WithdrawalOf(row.Get<std::optional<std::string>>(3).value_or("")),
             .reason = row.Get<std::string>(4),
             .made_time = row.Get<absl::Time>(5)});
  }
  return courses;
}

absl::StatusOr<Course> LoadCourse(db::Tx& tx, const Participant& participant) {
  REPRISE_ASSIGN_OR_RETURN(std::vector<Course> courses, LoadCourses(tx, {participant}));
  return std::move(courses[0]);
}

void InsertEvent(db::Tx& tx, const std::string& participant_id, const Event& event) {
  tx.Execute(kInsertEvent, participant_id, NameOf(event.kind), event.event_date, NameOf(event.withdrawal),
             event.reason, tx.call().actor.user_id, event.made_time);
}

absl::StatusOr<FollowUp> LoadFollowUp(db::Tx& tx, const std::string& participant_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLoadFollowUp, participant_id));
  return FollowUp{.awaited = rows[0].Get<bool>(0),
                  .known = rows[0].Get<bool>(1),
                  .last_close = rows[0].Get<Day>(2)};
}

void InsertConsent(db::Tx& tx, const Consent& consent) {
  tx.Execute(kInsertConsent, consent.consent_id, consent.participant_id, consent.form, consent.form_version,
             consent.signed_date, NameOf(consent.mode), consent.scopes, tx.call().actor.user_id,
             consent.made_time);
}

absl::StatusOr<std::vector<Consent>> LoadConsents(db::Tx& tx, const std::string& participant_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows,
                           tx.Select(kLoadConsents, std::vector<std::string>{participant_id}));
  std::vector<Consent> consents;
  for (const db::Row row : rows) consents.push_back(ReadConsent(row));
  return consents;
}

absl::StatusOr<std::vector<std::vector<Consent>>> LoadConsentsOf(
    db::Tx& tx, const std::vector<Participant>& participants) {
  std::vector<std::vector<Consent>> consents(participants.size());
  std::vector<std::string> ids;
  std::map<std::string, size_t> places;
  for (const Participant& participant : participants) {
    places.emplace(participant.participant_id, ids.size());
    ids.push_back(participant.participant_id);
  }
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLoadConsents, ids));
  for (const db::Row row : rows) {
    consents[places.at(row.Get<std::string>(1))].push_back(ReadConsent(row));
  }
  return consents;
}

}  // namespace reprise::enrolment
