// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/convert.h"
#include "services/enrolment/handler/handlers.h"
#include "services/enrolment/store/note_store.h"
#include "services/enrolment/store/participant_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/status.h"

namespace reprise::enrolment {

absl::StatusOr<v1::ListParticipantNotesResponse> Handlers::ListParticipantNotes(
    const Call& call, const v1::ListParticipantNotesRequest& request) {
  REPRISE_ASSIGN_OR_RETURN(const std::string participant_id,
                           ParseUuid(request.participant_id(), "participant_id"));
  return db_.ReadAudited(call, [&](db::Tx& tx) -> absl::StatusOr<v1::ListParticipantNotesResponse> {
    REPRISE_ASSIGN_OR_RETURN(const Participant participant, LoadParticipant(tx, participant_id));
    REPRISE_ASSIGN_OR_RETURN(const std::vector<Note> notes, ListNotes(tx, participant_id));
    v1::ListParticipantNotesResponse response;
    for (const Note& note : notes) *response.add_notes() = ToProto(note);
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "note.read",
                                               .subject_type = "participant",
                                               .subject_id = participant_id,
                                               .study_id = participant.study_id,
                                               .site_id = participant.site_id,
                                               .participant_id = participant_id}));
    return response;
  });
}

}  // namespace reprise::enrolment
