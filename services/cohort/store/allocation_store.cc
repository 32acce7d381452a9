// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/store/allocation_store.h"

#include "services/cohort/domain/errors.h"
#include "services/platform/status.h"

namespace reprise::cohort {
namespace {

constexpr db::Query kLoadParticipation{"cohort.load_participation", R"sql(
  SELECT p.participant_id, p.study_id, p.site_id, s.code, coalesce(p.stage, ''), coalesce(p.protocol_version, 0),
         ($2::timestamptz AT TIME ZONE s.time_zone)::date, p.enrolled_date, p.screen_failed_date,
         p.intervention_stop_date, p.withdrawal_date, p.completed_date, p.death_date, p.lost,
         o.opens_date, o.closes_date
    FROM enrolment.published_participation AS p
    JOIN study.published_site AS s ON s.site_id = p.site_id
    LEFT JOIN study.published_opening AS o ON o.site_id = p.site_id
   WHERE p.participant_id = $1
)sql"};

constexpr db::Query kMissingBaseline{"cohort.missing_baseline", R"sql(
  SELECT q.timepoint, q.instrument_id
    FROM study.published_stage AS s
    JOIN questionnaire.published_schedule AS q
      ON q.participant_id = $1 AND q.timepoint = s.allocation ->> 'after_timepoint' AND q.required
   WHERE s.study_id = $2
     AND s.version = $3
     AND s.stage = $4
     AND NOT EXISTS (SELECT FROM questionnaire.published_instance AS i
                      WHERE i.participant_id = q.participant_id
                        AND i.instrument_version_id = q.instrument_version_id
                        AND i.timepoint = q.timepoint
                        AND i.submit_time IS NOT NULL)
   ORDER BY q.position
)sql"};

// The lock comes with a statement of its own, so that the next one sees what its last holder stored.
constexpr db::Query kLockStratum{"cohort.lock_stratum", R"sql(
  SELECT pg_advisory_xact_lock(hashtextextended('cohort.list/' || $1::text || '/' || $2::text, 0)) IS NULL
)sql"};

constexpr db::Query kNextSequence{"cohort.next_sequence", R"sql(
  SELECT cohort.next_sequence($1, $2)
)sql"};

constexpr db::Query kInsertAllocation{"cohort.insert_allocation", R"sql(
  INSERT INTO cohort.allocation (participant_id, list_id, stratum, sequence, arm, factors, randomised_date,
                                 made_by, made_time)
  VALUES ($1, $2, $3, $4, $5, jsonb_object($6::text[], $7::text[]), $8, $9, $10)
)sql"};

constexpr db::Query kLockAllocation{"cohort.lock_allocation", R"sql(
  SELECT pg_advisory_xact_lock(hashtextextended('cohort.allocation/' || $1::text, 0)) IS NULL
)sql"};

constexpr db::Query kInsertCorrection{"cohort.insert_correction", R"sql(
  INSERT INTO cohort.stratum_correction (participant_id, version, factors, reason, made_by, made_time)
  VALUES ($1, $2, jsonb_object($3::text[], $4::text[]), $5, $6, $7)
)sql"};

constexpr db::Query kFindAllocation{"cohort.find_allocation", R"sql(
  SELECT a.participant_id, a.list_id, a.stratum, a.sequence, a.arm, a.randomised_date, a.made_by, a.made_time,
         ARRAY(SELECT key FROM jsonb_each_text(a.factors) ORDER BY key),
         ARRAY(SELECT value FROM jsonb_each_text(a.factors) ORDER BY key),
         coalesce(c.version, 0),
         ARRAY(SELECT key FROM jsonb_each_text(c.factors) ORDER BY key),
         ARRAY(SELECT value FROM jsonb_each_text(c.factors) ORDER BY key)
    FROM cohort.allocation AS a
    LEFT JOIN LATERAL (SELECT version, factors
                         FROM cohort.stratum_correction
                        WHERE participant_id = a.participant_id
                        ORDER BY version DESC
                        LIMIT 1) AS c ON true
   WHERE a.participant_id = $1
)sql"};

constexpr db::Query kListAllocations{"cohort.list_allocations", R"sql(
  SELECT participant_id, list_id, stratum, sequence, arm, randomised_date, made_by, made_time,
         ARRAY(SELECT key FROM jsonb_each_text(factors) ORDER BY key),
         ARRAY(SELECT value FROM jsonb_each_text(factors) ORDER BY key)
    FROM cohort.allocation
   WHERE list_id = $1
   ORDER BY stratum, sequence
)sql"};

Factors ReadFactors(const db::Row& row, int column) {
  const auto names = row.Get<std::vector<std::string>>(column);
  const auto levels = row.Get<std::vector<std::string>>(column + 1);
  Factors factors;
  for (size_t i = 0; i < names.size(); ++i) factors[names[i]] = levels[i];
  return factors;
}

Allocation ReadAllocation(const db::Row& row) {
  return {.participant_id = row.Get<std::string>(0),
          .list_id = row.Get<std::string>(1),
          .stratum = row.Get<std::string>(2),
          .sequence = row.Get<int>(3),
          .arm = row.Get<std::string>(4),
          .factors = ReadFactors(row, 8),
          .randomised_date = row.Get<absl::CivilDay>(5),
          .made_by = row.Get<std::string>(6),
          .made_time = row.Get<absl::Time>(7)};
}

std::vector<std::string> NamesOf(const Factors& factors) {
  std::vector<std::string> names;
  for (const auto& factor : factors) names.push_back(factor.first);
  return names;
}
std::vector<std::string> LevelsOf(const Factors& factors) {
  std::vector<std::string> levels;
  for (const auto& factor : factors) levels.push_back(factor.second);
  return levels;
}

}  // namespace

absl::StatusOr<Participation> LoadParticipation(db::Tx& tx, const std::string& participant_id,
                                                absl::Time now) {
  using Day = std::optional<absl::CivilDay>;
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLoadParticipation, participant_id, now));
  if (rows.empty()) return ParticipantNotFound(participant_id);
  const db::Row row = rows[0];
  return Participation{.participant_id = row.Get<std::string>(0),
                       .study_id = row.Get<std::string>(1),
                       .site_id = row.Get<std::string>(2),
                       .site = row.Get<std::string>(3),
                       .stage = row.Get<std::string>(4),
                       .protocol_version = row.Get<int>(5),
                       .today = row.Get<absl::CivilDay>(6),
                       .enrolled_date = row.Get<Day>(7),
                       .screen_failed_date = row.Get<Day>(8),
                       .intervention_stop_date = row.Get<Day>(9),
                       .withdrawal_date = row.Get<Day>(10),
                       .completed_date = row.Get<Day>(11),
                       .death_date = row.Get<Day>(12),
                       .lost = row.Get<bool>(13),
                       .site_opens_date = row.Get<Day>(14),
                       .site_closes_date = row.Get<Day>(15)};
}

absl::Status CheckBaseline(db::Tx& tx, const Participation& participation) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows,
                           tx.Select(kMissingBaseline, participation.participant_id, participation.study_id,
                                     participation.protocol_version, participation.stage));
  if (rows.empty()) return absl::OkStatus();
  std::vector<std::string> missing;
  for (const db::Row row : rows) missing.push_back(row.Get<std::string>(1));
  return BaselineIncomplete(rows[0].Get<std::string>(0), missing);
}

absl::StatusOr<int> TakePlace(db::Tx& tx, const std::string& list_id, const std::string& stratum) {
  REPRISE_RETURN_IF_ERROR(tx.Select(kLockStratum, list_id, stratum).status());
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kNextSequence, list_id, stratum));
  return rows[0].Get<int>(0);
}

void InsertAllocation(db::Tx& tx, const Allocation& allocation) {
  tx.Execute(kInsertAllocation, allocation.participant_id, allocation.list_id, allocation.stratum,
             allocation.sequence, allocation.arm, NamesOf(allocation.factors), LevelsOf(allocation.factors),
             allocation.randomised_date, allocation.made_by, allocation.made_time);
}

void InsertCorrection(db::Tx& tx, const Allocation& allocation, const std::string& reason,
                      const std::string& made_by, absl::Time now) {
  tx.Execute(kInsertCorrection, allocation.participant_id, allocation.corrections, NamesOf(allocation.corrected),
             LevelsOf(allocation.corrected), reason, made_by, now);
}

absl::StatusOr<std::optional<Allocation>> FindAllocation(db::Tx& tx, const std::string& participant_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kFindAllocation, participant_id));
  if (rows.empty()) return std::optional<Allocation>();
  Allocation allocation = ReadAllocation(rows[0]);
  allocation.corrections = rows[0].Get<int>(10);
  allocation.corrected = ReadFactors(rows[0], 11);
  return std::make_optional(std::move(allocation));
}

absl::Status LockAllocation(db::Tx& tx, const std::string& participant_id) {
  return tx.Select(kLockAllocation, participant_id).status();
}

absl::StatusOr<std::vector<Allocation>> ListAllocations(db::Tx& tx, const std::string& list_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kListAllocations, list_id));
  std::vector<Allocation> allocations;
  for (const db::Row row : rows) allocations.push_back(ReadAllocation(row));
  return allocations;
}

}  // namespace reprise::cohort
