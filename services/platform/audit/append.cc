// SPDX-License-Identifier: Apache-2.0
#include "services/platform/audit/append.h"

#include "absl/strings/ascii.h"

#include "services/platform/audit/event.h"
#include "services/platform/status.h"

namespace reprise::audit {
namespace {

std::optional<std::string> OrNull(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return text;
}

}  // namespace

absl::Status Append(db::Tx& tx, const Entry& entry) {
  const Call& call = tx.call();
  REPRISE_CHECK(call.ids != nullptr && !entry.action.empty());
  // The code is over the ids as the database will print them: in lower case.
  const Event event{.event_id = call.ids->NewUuid(),
                    .event_time = absl::FromUnixMicros(absl::ToUnixMicros(call.now)),
                    .actor_id = call.actor.user_id,
                    .actor_role = call.actor.role,
                    .method = call.method,
                    .request_id = call.request_id,
                    .action = entry.action,
                    .subject_type = entry.subject_type,
                    .subject_id = entry.subject_id,
                    .study_id = absl::AsciiStrToLower(entry.study_id),
                    .site_id = absl::AsciiStrToLower(entry.site_id),
                    .participant_id = absl::AsciiStrToLower(entry.participant_id),
                    .reason = entry.reason,
                    .old_version = entry.old_version,
                    .new_version = entry.new_version};
  tx.AddEvent(db::BindAll(
      event.event_id, event.event_time, OrNull(event.actor_id), OrNull(event.actor_role), event.method,
      OrNull(event.request_id), event.action, event.subject_type, OrNull(event.subject_id),
      OrNull(event.study_id), OrNull(event.site_id), OrNull(event.participant_id),
      OrNull(event.reason), event.old_version, event.new_version,
      db::Bytes{EventCode(tx.audit_key(), event)}));
  return absl::OkStatus();
}

}  // namespace reprise::audit
