// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/convert.h"
#include "services/enrolment/domain/errors.h"
#include "services/enrolment/handler/handlers.h"
#include "services/enrolment/handler/participation.h"
#include "services/enrolment/store/course_store.h"
#include "services/enrolment/store/participant_store.h"
#include "services/platform/convert/wire_time.h"
#include "services/platform/status.h"

namespace reprise::enrolment {

absl::StatusOr<v1::Participation> Handlers::WithdrawParticipant(
    const Call& call, const v1::WithdrawParticipantRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string participant_id,
                           ParseUuid(request.participant_id(), "participant_id"));
  Event event{.kind = EventKind::kWithdrawn,
              .event_date = {},
              .withdrawal = FromProto(request.kind()),
              .reason = request.reason(),
              .made_time = call.now};
  if (event.withdrawal == Withdrawal::kNone) return FieldRequired("kind");
  REPRISE_RETURN_IF_ERROR(CheckReason(event.reason, "reason"));
  REPRISE_ASSIGN_OR_RETURN(event.event_date,
                           convert::FromProto(request.withdrawal_date(), "withdrawal_date"));
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Participation> {
    LockCourse(tx, participant_id);
    REPRISE_ASSIGN_OR_RETURN(const Participant participant, LoadParticipant(tx, participant_id));
    REPRISE_RETURN_IF_ERROR(
        LoadEventGround(tx, participant, event.event_date, "withdrawal_date").status());
    REPRISE_RETURN_IF_ERROR(RecordEvent(tx, participant, event, "participant.withdraw"));
    return LoadParticipation(tx, participant);
  });
}

}  // namespace reprise::enrolment
