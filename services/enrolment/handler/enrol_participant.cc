// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/handler/handlers.h"
#include "services/enrolment/handler/participation.h"
#include "services/enrolment/store/course_store.h"
#include "services/enrolment/store/ground_store.h"
#include "services/enrolment/store/participant_store.h"
#include "services/platform/convert/wire_time.h"
#include "services/platform/status.h"

namespace reprise::enrolment {

absl::StatusOr<v1::Participation> Handlers::EnrolParticipant(const Call& call,
                                                             const v1::EnrolParticipantRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string participant_id,
                           ParseUuid(request.participant_id(), "participant_id"));
  REPRISE_ASSIGN_OR_RETURN(const absl::CivilDay day,
                           convert::FromProto(request.enrolled_date(), "enrolled_date"));
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::Participation> {
    LockCourse(tx, participant_id);
    REPRISE_ASSIGN_OR_RETURN(const Participant participant, LoadParticipant(tx, participant_id));
    REPRISE_ASSIGN_OR_RETURN(const Ground ground, LoadEventGround(tx, participant, day, "enrolled_date"));
    REPRISE_RETURN_IF_ERROR(CheckSiteOpen(ground));
    REPRISE_ASSIGN_OR_RETURN(
        const std::vector<AgeCriterion> criteria,
        LoadAgeCriteria(tx, participant.study_id, participant.protocol_version, participant.stage));
    REPRISE_RETURN_IF_ERROR(CheckAge(participant.age_at_consent, criteria));
    REPRISE_RETURN_IF_ERROR(RecordEvent(
        tx, participant, {.kind = EventKind::kEnrolled, .event_date = day, .made_time = call.now},
        "participant.enrol"));
    return LoadParticipation(tx, participant);
  });
}

}  // namespace reprise::enrolment
