// SPDX-License-Identifier: Apache-2.0
#include "services/phase/domain/course/errors.h"
#include "services/phase/domain/course/guards.h"
#include "services/phase/domain/course/visits.h"
#include "services/phase/handler/course.h"
#include "services/phase/handler/handlers.h"
#include "services/phase/store/write_store.h"
#include "services/platform/convert/wire_time.h"
#include "services/platform/status.h"

namespace reprise::phase {

absl::StatusOr<v1::Course> Handlers::RecordDelivery(const Call& call, const v1::RecordDeliveryRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string participant_id,
                           ParseUuid(request.participant_id(), "participant_id"));
  Delivery delivery{.delivery_id = call.ids->NewUuid(), .component = request.component(), .component_version = {},
                    .date = {}, .recipient = request.recipient(), .flags = {}, .made_time = call.now};
  REPRISE_ASSIGN_OR_RETURN(delivery.date, convert::FromProto(request.delivered_date(), "delivered_date"));
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Course> {
    REPRISE_ASSIGN_OR_RETURN(Record record, LoadRecordToChange(tx, protocols_, participant_id));
    REPRISE_RETURN_IF_ERROR(
        CheckDay(record.participation, delivery.date, record.today, FactOf::kStudy, "delivered_date"));
    const ComponentRule* const rule = FindComponent(*record.protocol, delivery.component);
    if (rule == nullptr) return ComponentUnknown();
    delivery.component_version = rule->version;
    const Derived derived = Derive(books_, *record.protocol, record.participation, record.facts, record.today);
    REPRISE_ASSIGN_OR_RETURN(delivery.flags,
                             CheckDelivery(*rule, record.participation, record.facts, LeaveWindows(derived),
                                           delivery, request.out_of_protocol()));
    record.facts.deliveries.push_back(delivery);
    InsertDelivery(tx, participant_id, delivery);
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, EntryFor(record, "delivery.record", "delivery", delivery.delivery_id)));
    return AnswerWith(books_, call, std::move(record));
  });
}

}  // namespace reprise::phase
