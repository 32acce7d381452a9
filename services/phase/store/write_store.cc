// SPDX-License-Identifier: Apache-2.0
#include "services/phase/store/write_store.h"

namespace reprise::phase {
namespace {

constexpr db::Query kInsertMilestone{"phase.insert_milestone", R"sql(
  INSERT INTO phase.milestone (participant_id, kind, version, on_date, change_reason, made_by, made_time)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
)sql"};

constexpr db::Query kInsertLeave{"phase.insert_leave", R"sql(
  INSERT INTO phase.leave (leave_id, participant_id, issued_date, start_date, end_date, kind, cause, part_time,
                           made_by, made_time)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
)sql"};

constexpr db::Query kInsertLeaveVoid{"phase.insert_leave_void", R"sql(
  INSERT INTO phase.leave_void (leave_id, reason, made_by, made_time)
  VALUES ($1, $2, $3, $4)
)sql"};

constexpr db::Query kInsertRevision{"phase.insert_revision", R"sql(
  INSERT INTO phase.revision (participant_id, timeline, revision, reason, made_by, made_time)
  VALUES ($1, $2, $3, $4, $5, $6)
)sql"};

constexpr db::Query kInsertWork{"phase.insert_work_status", R"sql(
  INSERT INTO phase.work_status (participant_id, revision, position, kind, percent, start_date, end_date)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
)sql"};

constexpr db::Query kInsertPhase{"phase.insert_phase_episode", R"sql(
  INSERT INTO phase.phase_episode (participant_id, revision, position, kind, start_date, end_date, trigger, flags)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
)sql"};

constexpr db::Query kInsertVisit{"phase.insert_visit", R"sql(
  INSERT INTO phase.visit (visit_id, version, participant_id, visit, state, on_date, mode, measures, outcome,
                           made_by, made_time)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
)sql"};

constexpr db::Query kInsertDelivery{"phase.insert_delivery", R"sql(
  INSERT INTO phase.delivery (delivery_id, participant_id, component, component_version, delivered_date, recipient,
                              flags, made_by, made_time)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
)sql"};

void InsertRevision(db::Tx& tx, const std::string& participant_id, Timeline timeline, int revision,
                    const std::string& reason) {
  tx.Execute(kInsertRevision, participant_id, NameOf(timeline), revision, reason, tx.call().actor.user_id,
             tx.call().now);
}

}  // namespace

void InsertMilestone(db::Tx& tx, const std::string& participant_id, const Milestone& milestone) {
  tx.Execute(kInsertMilestone, participant_id, NameOf(milestone.kind), milestone.version, milestone.date,
             milestone.change_reason, tx.call().actor.user_id, milestone.made_time);
}

void InsertLeave(db::Tx& tx, const std::string& participant_id, const Leave& leave) {
  tx.Execute(kInsertLeave, leave.leave_id, participant_id, leave.issued, leave.start, leave.end, NameOf(leave.kind),
             NameOf(leave.cause), leave.part_time, tx.call().actor.user_id, leave.made_time);
}

void InsertLeaveVoid(db::Tx& tx, const Leave& leave) {
  tx.Execute(kInsertLeaveVoid, leave.leave_id, leave.void_reason, tx.call().actor.user_id, leave.void_time);
}

void InsertWorkRevision(db::Tx& tx, const std::string& participant_id, const Facts& facts,
                        const std::string& reason) {
  InsertRevision(tx, participant_id, Timeline::kWorkStatus, facts.work_revision, reason);
  int position = 0;
  for (const WorkEpisode& episode : facts.work) {
    tx.Execute(kInsertWork, participant_id, facts.work_revision, ++position, NameOf(episode.kind), episode.percent,
               episode.start, episode.end);
  }
}

void InsertPhaseRevision(db::Tx& tx, const std::string& participant_id, const Facts& facts,
                         const std::string& reason) {
  InsertRevision(tx, participant_id, Timeline::kPhase, facts.phase_revision, reason);
  int position = 0;
  for (const PhaseEpisode& episode : facts.phases) {
    tx.Execute(kInsertPhase, participant_id, facts.phase_revision, ++position, NameOf(episode.kind), episode.start,
               episode.end, episode.trigger, episode.flags);
  }
}

void InsertVisit(db::Tx& tx, const std::string& participant_id, const Visit& visit) {
  tx.Execute(kInsertVisit, visit.visit_id, visit.version, participant_id, visit.visit, NameOf(visit.state),
             visit.date, visit.mode, visit.measures, visit.outcome, visit.made_by, visit.made_time);
}

void InsertDelivery(db::Tx& tx, const std::string& participant_id, const Delivery& delivery) {
  tx.Execute(kInsertDelivery, delivery.delivery_id, participant_id, delivery.component, delivery.component_version,
             delivery.date, delivery.recipient, delivery.flags, tx.call().actor.user_id, delivery.made_time);
}

}  // namespace reprise::phase
