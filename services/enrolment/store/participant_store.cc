// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/store/participant_store.h"

#include "services/enrolment/domain/errors.h"
#include "services/platform/status.h"

namespace reprise::enrolment {
namespace {

constexpr db::ConstraintReason kConstraints[] = {
    {"assignment_open_key", absl::StatusCode::kAlreadyExists, "PHYSICIAN_ASSIGNED",
     "The physician is assigned to the participant already."},
    {"consent_form_key", absl::StatusCode::kAlreadyExists, "CONSENT_EXISTS",
     "The participant signed this version of the form already."},
};

// The lock is on the site's key, because the site itself belongs to another schema.
constexpr db::Query kLockSite{"enrolment.lock_site", R"sql(
  SELECT code, pg_advisory_xact_lock(hashtextextended('enrolment.code/' || site_id::text, 0))
    FROM study.published_site
   WHERE study_id = $1
     AND site_id = $2
)sql"};

constexpr db::Query kCountCodes{"enrolment.count_codes", R"sql(
  SELECT count(*)
    FROM enrolment.participant
   WHERE study_id = $1
     AND code LIKE $2
)sql"};

constexpr db::Query kInsertParticipant{"enrolment.insert_participant", R"sql(
  INSERT INTO enrolment.participant (participant_id, study_id, site_id, code, made_time, screening_id, stage,
                                     consent_date, protocol_version, age_at_consent)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
)sql"};

constexpr db::Query kLoadParticipant{"enrolment.load_participant", R"sql(
  SELECT participant_id, study_id, site_id, code, made_time, screening_id, stage, consent_date,
         protocol_version, age_at_consent
    FROM enrolment.participant
   WHERE participant_id = $1
)sql"};

constexpr db::Query kListParticipants{"enrolment.list_participants", R"sql(
  SELECT participant_id, study_id, site_id, code, made_time, screening_id, stage, consent_date,
         protocol_version, age_at_consent
    FROM enrolment.participant
   WHERE study_id = $1
     AND ($2::uuid IS NULL OR site_id = $2)
     AND ($3::text = '' OR stage = $3)
     AND code > $4
   ORDER BY code
   LIMIT $5
)sql"};

Participant ReadParticipant(const db::Row& row) {
  return {.participant_id = row.Get<std::string>(0),
          .study_id = row.Get<std::string>(1),
          .site_id = row.Get<std::string>(2),
          .code = row.Get<std::string>(3),
          .made_time = row.Get<absl::Time>(4),
          .screening_id = row.Get<std::string>(5),
          .stage = row.Get<std::string>(6),
          .consent_date = row.Get<absl::CivilDay>(7),
          .protocol_version = static_cast<int>(row.Get<int64_t>(8)),
          .age_at_consent = static_cast<int>(row.Get<int64_t>(9))};
}

}  // namespace

absl::Span<const db::ConstraintReason> Constraints() { return kConstraints; }

absl::StatusOr<SiteCounter> LockSite(db::Tx& tx, const std::string& study_id,
                                     const std::string& site_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows sites, tx.Select(kLockSite, study_id, site_id));
  if (sites.empty()) return SiteNotFound(site_id);
  const std::string code = sites[0].Get<std::string>(0);
  REPRISE_ASSIGN_OR_RETURN(const db::Rows counts, tx.Select(kCountCodes, study_id, code + "-%"));
  return SiteCounter{.code = code, .participants = counts[0].Get<int64_t>(0)};
}

void InsertParticipant(db::Tx& tx, const Participant& participant) {
  tx.Execute(kInsertParticipant, participant.participant_id, participant.study_id,
             participant.site_id, participant.code, participant.made_time, participant.screening_id,
             participant.stage, participant.consent_date, participant.protocol_version,
             participant.age_at_consent);
}

absl::StatusOr<Participant> LoadParticipant(db::Tx& tx, const std::string& participant_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLoadParticipant, participant_id));
  if (rows.empty()) return ParticipantNotFound(participant_id);
  return ReadParticipant(rows[0]);
}

absl::StatusOr<std::vector<Participant>> ListParticipants(db::Tx& tx, const ParticipantsAsked& asked) {
  std::optional<std::string> site;
  if (!asked.site_id.empty()) site = asked.site_id;
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kListParticipants, asked.study_id, site, asked.stage,
                                                          asked.after_code, asked.limit));
  std::vector<Participant> participants;
  for (const db::Row row : rows) participants.push_back(ReadParticipant(row));
  return participants;
}

}  // namespace reprise::enrolment
