// SPDX-License-Identifier: Apache-2.0
#include "services/extract/store/content_store.h"

#include "services/platform/status.h"
#include "services/platform/time/clock.h"

namespace reprise::extract {
namespace {

constexpr db::Query kLoadParticipants{"extract.load_participants", R"sql(
  SELECT p.participant_id, s.code, coalesce(a.arm, ''), coalesce(p.protocol_version::text, ''),
         p.consent_date, p.age_at_consent, a.randomised_date, t.on_date,
         coalesce(e.kinds, '{}'), coalesce(e.withdrawals, '{}'), coalesce(e.days, '{}'),
         coalesce(e.data_withdrawn, false)
    FROM enrolment.published_participation AS p
    JOIN study.published_site AS s ON s.site_id = p.site_id
    LEFT JOIN cohort.published_allocation AS a
      ON a.participant_id = p.participant_id AND a.made_time <= $3
    LEFT JOIN LATERAL (
      SELECT m.on_date
        FROM phase.published_milestone AS m
       WHERE m.participant_id = p.participant_id AND m.kind = 'ACTIVE_TREATMENT_END' AND m.made_time <= $3
       ORDER BY m.version DESC
       LIMIT 1) AS t ON true
    LEFT JOIN LATERAL (
      SELECT array_agg(e.kind ORDER BY e.sequence) FILTER (WHERE e.made_time <= $3) AS kinds,
             array_agg(coalesce(e.withdrawal, '') ORDER BY e.sequence) FILTER (WHERE e.made_time <= $3)
               AS withdrawals,
             array_agg(e.event_date::text ORDER BY e.sequence) FILTER (WHERE e.made_time <= $3) AS days,
             bool_or((e.withdrawal = 'ALL' AND e.made_time > $3) OR e.withdrawal = 'ALL_WITH_ERASURE')
               AS data_withdrawn
        FROM enrolment.published_event AS e
       WHERE e.participant_id = p.participant_id) AS e ON true
   WHERE p.study_id = $1
     AND p.stage = $2
     AND p.made_time <= $3
     AND p.consent_date IS NOT NULL
   ORDER BY p.participant_id
)sql"};

constexpr db::Query kLoadProtocol{"extract.load_protocol", R"sql(
  SELECT coalesce(content ->> 'study', ''), version, label
    FROM study.published_protocol
   WHERE study_id = $1
     AND apply_time <= $2
   ORDER BY version DESC
   LIMIT 1
)sql"};

constexpr db::Query kLoadOccasions{"extract.load_occasions", R"sql(
  SELECT o.timepoint, o.instrument_version_id
    FROM (SELECT DISTINCT r.timepoint, r.instrument_version_id
            FROM questionnaire.published_response_version AS r
            JOIN enrolment.published_participation AS p USING (participant_id)
           WHERE p.study_id = $1
             AND p.stage = $2
             AND r.submit_time <= $3) AS o
    JOIN questionnaire.published_instrument AS v USING (instrument_version_id)
    LEFT JOIN LATERAL (
      SELECT min(q.position) AS position
        FROM study.published_questionnaire AS q
       WHERE q.study_id = $1
         AND q.timepoint = o.timepoint
         AND q.instrument_id = v.instrument_id) AS q ON true
   ORDER BY q.position NULLS LAST, o.timepoint, v.instrument_id, v.version
)sql"};

constexpr db::Query kLoadDocuments{"extract.load_documents", R"sql(
  SELECT instrument_version_id, document
    FROM questionnaire.published_instrument
   WHERE instrument_version_id = ANY ($1::uuid[])
   ORDER BY instrument_id, version
)sql"};

constexpr db::Query kMilestones{"extract.select_milestones", R"sql(
  SELECT b.place - 1, m.kind, m.on_date - b.consent_date, m.version
    FROM unnest($1::uuid[], $2::date[]) WITH ORDINALITY AS b (participant_id, consent_date, place)
   CROSS JOIN LATERAL (
      SELECT DISTINCT ON (n.kind) n.kind, n.on_date, n.version
        FROM phase.published_milestone AS n
       WHERE n.participant_id = b.participant_id AND n.made_time <= $3
       ORDER BY n.kind, n.version DESC) AS m
   ORDER BY b.place, m.on_date, m.kind
)sql"};

constexpr db::Query kLeaves{"extract.select_leaves", R"sql(
  SELECT b.place - 1, row_number() OVER (PARTITION BY b.place ORDER BY l.start_date, l.end_date, l.leave_id),
         l.kind, l.cause, l.part_time::int, l.issued_date - b.consent_date, l.start_date - b.consent_date,
         l.end_date - b.consent_date
    FROM unnest($1::uuid[], $2::date[]) WITH ORDINALITY AS b (participant_id, consent_date, place)
    JOIN phase.published_leave AS l USING (participant_id)
   WHERE l.made_time <= $3
     AND (l.void_time IS NULL OR l.void_time > $3)
   ORDER BY 1, 2
)sql"};

constexpr db::Query kWorkStatus{"extract.select_work_status", R"sql(
  SELECT b.place - 1, w.position, w.kind, w.percent, w.start_date - b.consent_date,
         w.end_date - b.consent_date
    FROM unnest($1::uuid[], $2::date[]) WITH ORDINALITY AS b (participant_id, consent_date, place)
   CROSS JOIN LATERAL (
      SELECT n.position, n.kind, n.percent, n.start_date, n.end_date,
             rank() OVER (ORDER BY n.revision DESC) AS newest
        FROM phase.published_work_status AS n
       WHERE n.participant_id = b.participant_id AND n.made_time <= $3) AS w
   WHERE w.newest = 1
   ORDER BY b.place, w.position
)sql"};

// A trigger that is not a code was typed by somebody, and is left out.
constexpr db::Query kPhases{"extract.select_phases", R"sql(
  SELECT b.place - 1, w.position, w.kind,
         CASE WHEN w.trigger ~ '^[A-Z][A-Z0-9_]{0,39}$' THEN w.trigger END,
         array_to_string(w.flags, '|'), w.start_date - b.consent_date, w.end_date - b.consent_date
    FROM unnest($1::uuid[], $2::date[]) WITH ORDINALITY AS b (participant_id, consent_date, place)
   CROSS JOIN LATERAL (
      SELECT n.position, n.kind, n.trigger, n.flags, n.start_date, n.end_date,
             rank() OVER (ORDER BY n.revision DESC) AS newest
        FROM phase.published_phase AS n
       WHERE n.participant_id = b.participant_id AND n.made_time <= $3) AS w
   WHERE w.newest = 1
   ORDER BY b.place, w.position
)sql"};

constexpr db::Query kVisits{"extract.select_visits", R"sql(
  SELECT b.place - 1, v.visit, v.state, v.on_date - b.consent_date, v.mode, array_to_string(v.measures, '|')
    FROM unnest($1::uuid[], $2::date[]) WITH ORDINALITY AS b (participant_id, consent_date, place)
   CROSS JOIN LATERAL (
      SELECT DISTINCT ON (n.visit_id) n.visit_id, n.visit, n.state, n.on_date, n.mode, n.measures
        FROM phase.published_visit AS n
       WHERE n.participant_id = b.participant_id AND n.made_time <= $3
       ORDER BY n.visit_id, n.version DESC) AS v
   ORDER BY b.place, v.on_date, v.visit, v.visit_id
)sql"};

constexpr db::Query kDeliveries{"extract.select_deliveries", R"sql(
  SELECT b.place - 1, d.component, d.component_version, d.delivered_date - b.consent_date, d.recipient,
         array_to_string(d.flags, '|')
    FROM unnest($1::uuid[], $2::date[]) WITH ORDINALITY AS b (participant_id, consent_date, place)
    JOIN phase.published_delivery AS d USING (participant_id)
   WHERE d.made_time <= $3
   ORDER BY b.place, d.delivered_date, d.component, d.delivery_id
)sql"};

constexpr CourseFile kCourse[] = {
    {"milestones.csv", &kMilestones}, {"leaves.csv", &kLeaves}, {"work_status.csv", &kWorkStatus},
    {"phases.csv", &kPhases},         {"visits.csv", &kVisits}, {"deliveries.csv", &kDeliveries}};

// The version of each response that was the latest at the cut.
constexpr db::Query kAnswers{"extract.select_answers", R"sql(
  SELECT b.place - 1, a.timepoint, a.instrument_version_id, a.answered_date - b.consent_date, a.version,
         a.answers, a.missing
    FROM unnest($1::uuid[], $2::date[]) WITH ORDINALITY AS b (participant_id, consent_date, place)
   CROSS JOIN LATERAL (
      SELECT DISTINCT ON (r.instance_id) r.instance_id, r.timepoint, r.instrument_version_id, r.version,
             r.answers, r.missing, coalesce(r.answered_date, r.submit_time::date) AS answered_date
        FROM questionnaire.published_response_version AS r
       WHERE r.participant_id = b.participant_id
         AND r.submit_time <= $3
         AND ($4::uuid IS NULL OR r.instrument_version_id = $4)
       ORDER BY r.instance_id, r.version DESC) AS a
   ORDER BY b.place, a.answered_date, a.timepoint, a.instance_id
)sql"};

using Day = std::optional<absl::CivilDay>;

Participant ReadParticipant(const db::Row& row) {
  Participant participant{.participant_id = row.Get<std::string>(0),
                          .pseudonym = {},
                          .site = row.Get<std::string>(1),
                          .arm = row.Get<std::string>(2),
                          .protocol_version = row.Get<std::string>(3),
                          .consent_date = row.Get<absl::CivilDay>(4),
                          .age_at_consent = {},
                          .randomised_date = row.Get<Day>(6),
                          .t0_date = row.Get<Day>(7),
                          .events = {},
                          .data_withdrawn = row.Get<bool>(11)};
  if (!row.IsNull(5)) participant.age_at_consent = row.Get<int>(5);
  const auto kinds = row.Get<std::vector<std::string>>(8);
  const auto withdrawals = row.Get<std::vector<std::string>>(9);
  const auto days = row.Get<std::vector<std::string>>(10);
  for (size_t i = 0; i < kinds.size(); ++i) {
    const absl::StatusOr<absl::CivilDay> day = ParseDate(days[i], "event_date");
    REPRISE_CHECK(day.ok());
    participant.events.push_back({.kind = kinds[i], .withdrawal = withdrawals[i], .date = *day});
  }
  return participant;
}

}  // namespace

absl::StatusOr<std::vector<Participant>> LoadParticipants(db::Tx& tx, const Request& request) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLoadParticipants, request.study_id,
                                                          request.stage, request.cut_time));
  std::vector<Participant> participants;
  participants.reserve(rows.size());
  for (const db::Row row : rows) participants.push_back(ReadParticipant(row));
  return participants;
}

absl::StatusOr<Protocol> LoadProtocol(db::Tx& tx, const Request& request) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLoadProtocol, request.study_id, request.cut_time));
  if (rows.empty()) return Protocol{};
  return Protocol{.study = rows[0].Get<std::string>(0),
                  .version = rows[0].Get<int>(1),
                  .label = rows[0].Get<std::string>(2)};
}

absl::StatusOr<std::vector<Occasion>> LoadOccasions(db::Tx& tx, const Request& request) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows,
                           tx.Select(kLoadOccasions, request.study_id, request.stage, request.cut_time));
  std::vector<Occasion> occasions;
  for (const db::Row row : rows) {
    occasions.push_back({.timepoint = row.Get<std::string>(0),
                         .instrument_version_id = row.Get<std::string>(1)});
  }
  return occasions;
}

absl::StatusOr<std::vector<FormLayout>> LoadForms(db::Tx& tx, const std::vector<Occasion>& occasions) {
  std::vector<std::string> ids;
  for (const Occasion& occasion : occasions) ids.push_back(occasion.instrument_version_id);
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLoadDocuments, ids));
  std::vector<FormLayout> forms;
  for (const db::Row row : rows) {
    REPRISE_ASSIGN_OR_RETURN(FormLayout form,
                             MakeLayout(row.Get<std::string>(0), row.Get<std::string>(1)));
    forms.push_back(std::move(form));
  }
  return forms;
}

Batch BatchOf(absl::Span<const Participant> participants) {
  Batch batch;
  for (const Participant& participant : participants) {
    batch.participant_ids.push_back(participant.participant_id);
    batch.consent_dates.push_back(FormatDate(participant.consent_date));
  }
  return batch;
}

absl::Span<const CourseFile> CourseFiles() { return kCourse; }

absl::StatusOr<db::Rows> SelectCourse(db::Tx& tx, const CourseFile& file, const Batch& batch, absl::Time cut) {
  return tx.Select(*file.query, batch.participant_ids, batch.consent_dates, cut);
}

absl::StatusOr<db::Rows> SelectAnswers(db::Tx& tx, const Batch& batch, absl::Time cut,
                                       const std::string& instrument_version_id) {
  std::optional<std::string> only;
  if (!instrument_version_id.empty()) only = instrument_version_id;
  return tx.Select(kAnswers, batch.participant_ids, batch.consent_dates, cut, only);
}

}  // namespace reprise::extract
