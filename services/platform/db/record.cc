// SPDX-License-Identifier: Apache-2.0
#include "services/platform/db/record.h"

#include <iterator>
#include <utility>

namespace reprise::db {
namespace {

constexpr Query kAppendEvent{"platform.append_event", R"sql(
  INSERT INTO audit.event (event_id, event_time, actor_id, actor_role, method, request_id, action,
                           subject_type, subject_id, study_id, site_id, participant_id, reason,
                           old_version, new_version, code)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
)sql"};

constexpr Query kRemember{"platform.remember_request", R"sql(
  INSERT INTO platform.request (actor_id, request_id, method, request_hash, response, made_time)
  VALUES ($1, $2, $3, $4, $5, $6)
)sql"};

// Both of the above; a failure of either fails the statement.
constexpr Query kRecord{"platform.record", R"sql(
  WITH event AS (
    INSERT INTO audit.event (event_id, event_time, actor_id, actor_role, method, request_id, action,
                             subject_type, subject_id, study_id, site_id, participant_id, reason,
                             old_version, new_version, code)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
  )
  INSERT INTO platform.request (actor_id, request_id, method, request_hash, response, made_time)
  VALUES ($17, $18, $19, $20, $21, $22)
)sql"};

}  // namespace

std::string ActorKey(const Call& call) {
  return call.actor.user_id.empty() ? "00000000-0000-0000-0000-000000000000" : call.actor.user_id;
}

void QueueRecord(Connection& connection, const Call& call, std::vector<EventRow> events,
                 std::optional<std::string> answer) {
  std::vector<Param> request;
  if (answer.has_value()) {
    request = BindAll(ActorKey(call), call.request_id, call.method, Bytes{call.request_hash},
                      Bytes{*std::move(answer)}, call.now);
  }
  if (events.size() == 1 && !request.empty()) {
    EventRow& both = events.front();
    both.insert(both.end(), std::make_move_iterator(request.begin()),
                std::make_move_iterator(request.end()));
    connection.Queue(kRecord, std::move(both));
    return;
  }
  for (EventRow& event : events) connection.Queue(kAppendEvent, std::move(event));
  if (!request.empty()) connection.Queue(kRemember, std::move(request));
}

}  // namespace reprise::db
