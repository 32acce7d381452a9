// SPDX-License-Identifier: Apache-2.0
// What a call leaves behind beside its own rows: audit events and, for a request_id, the answer for
// its repetition. Private to platform/db and platform/audit.
#ifndef REPRISE_PLATFORM_DB_RECORD_H_
#define REPRISE_PLATFORM_DB_RECORD_H_

#include <optional>
#include <string>
#include <vector>

#include "services/platform/call.h"
#include "services/platform/db/connection.h"

namespace reprise::db {

// Bound columns of audit.event: event_id, event_time, actor_id, actor_role, method, request_id, action,
// subject_type, subject_id, study_id, site_id, participant_id, reason, old_version, new_version, code.
using EventRow = std::vector<Param>;

// Key of the call's actor among the replay records; the nil id for a call without an identity.
std::string ActorKey(const Call& call);

// Queues the events and, where there is one, the answer: in one statement in the common case of one
// event, because each statement costs the server about as much as the row that it writes.
void QueueRecord(Connection& connection, const Call& call, std::vector<EventRow> events,
                 std::optional<std::string> answer);

}  // namespace reprise::db

#endif  // REPRISE_PLATFORM_DB_RECORD_H_
