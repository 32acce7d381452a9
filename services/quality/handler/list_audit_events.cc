// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include "services/platform/convert/wire_time.h"
#include "services/platform/error/error.h"
#include "services/platform/rpc/page.h"
#include "services/platform/status.h"
#include "services/quality/convert.h"
#include "services/quality/handler/handlers.h"
#include "services/quality/store/audit_store.h"

namespace reprise::quality {
namespace {

absl::StatusOr<EventFilter> FilterOf(const v1::ListAuditEventsRequest& request) {
  EventFilter filter;
  if (request.has_participant_id()) {
    REPRISE_ASSIGN_OR_RETURN(filter.participant_id,
                             ParseUuid(request.participant_id(), "participant_id"));
  }
  if (request.has_actor_id()) {
    REPRISE_ASSIGN_OR_RETURN(filter.actor_id, ParseUuid(request.actor_id(), "actor_id"));
  }
  if (request.has_action()) filter.action = request.action();
  if (request.has_from_time()) {
    REPRISE_ASSIGN_OR_RETURN(filter.from_time, convert::FromProto(request.from_time(), "from_time"));
  }
  if (request.has_until_time()) {
    REPRISE_ASSIGN_OR_RETURN(filter.until_time,
                             convert::FromProto(request.until_time(), "until_time"));
  }
  REPRISE_ASSIGN_OR_RETURN(const std::string after, rpc::PageKey(request.page_token()));
  if (!after.empty() && !absl::SimpleAtoi(after, &filter.after_seq)) {
    return error::InvalidField("page_token", "PAGE_TOKEN_INVALID",
                               "The next_page_token of an earlier answer, or none, is required.");
  }
  if (request.has_event_seq()) {
    filter.through_seq = request.event_seq();
    // Numbers begin at 1.
    filter.after_seq = std::max(filter.after_seq, std::max(request.event_seq(), int64_t{1}) - 1);
  }
  return filter;
}

}  // namespace

absl::StatusOr<v1::ListAuditEventsResponse> Handlers::ListAuditEvents(
    const Call& call, const v1::ListAuditEventsRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const int size, rpc::PageSize(request.page_size(), 100, 1000));
  REPRISE_ASSIGN_OR_RETURN(EventFilter filter, FilterOf(request));
  filter.limit = size + 1;
  return db_.Read(call, [&](db::Tx& tx) -> absl::StatusOr<v1::ListAuditEventsResponse> {
    REPRISE_ASSIGN_OR_RETURN(std::vector<RecordedEvent> events, ListEvents(tx, filter));
    v1::ListAuditEventsResponse response;
    if (events.size() > static_cast<size_t>(size)) {
      events.pop_back();
      response.set_next_page_token(rpc::PageToken(absl::StrCat(events.back().event_seq)));
    }
    for (const RecordedEvent& event : events) *response.add_events() = ToProto(event);
    return response;
  });
}

}  // namespace reprise::quality
