// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/convert.h"
#include "services/enrolment/handler/handlers.h"
#include "services/enrolment/store/note_store.h"
#include "services/enrolment/store/participant_store.h"
#include "services/platform/audit/append.h"
#include "services/platform/status.h"

namespace reprise::enrolment {

absl::StatusOr<v1::ParticipantNote> Handlers::AddParticipantNote(
    const Call& call, const v1::AddParticipantNoteRequest& request) {
  Note note{.note_id = call.ids->NewUuid(),
            .participant_id = {},
            .text = request.text(),
            .written_by = call.actor.user_id,
            .made_time = call.now};
  REPRISE_ASSIGN_OR_RETURN(note.participant_id,
                           ParseUuid(request.participant_id(), "participant_id"));
  REPRISE_RETURN_IF_ERROR(CheckNewNote(note));
  return db_.Transact(call, [&](db::Tx& tx) -> absl::StatusOr<v1::ParticipantNote> {
    REPRISE_ASSIGN_OR_RETURN(const Participant participant, LoadParticipant(tx, note.participant_id));
    InsertNote(tx, note);
    REPRISE_RETURN_IF_ERROR(audit::Append(tx, {.action = "participant.note",
                                               .subject_type = "note",
                                               .subject_id = note.note_id,
                                               .study_id = participant.study_id,
                                               .site_id = participant.site_id,
                                               .participant_id = note.participant_id}));
    return ToProto(note);
  });
}

}  // namespace reprise::enrolment
