// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/convert.h"

#include "services/platform/convert/wire_time.h"

namespace reprise::enrolment {

v1::Participant ToProto(const Participant& participant) {
  v1::Participant wire;
  wire.set_participant_id(participant.participant_id);
  wire.set_study_id(participant.study_id);
  wire.set_site_id(participant.site_id);
  wire.set_code(participant.code);
  *wire.mutable_made_time() = convert::ToProto(participant.made_time);
  return wire;
}

v1::ParticipantNote ToProto(const Note& note) {
  v1::ParticipantNote wire;
  wire.set_note_id(note.note_id);
  wire.set_participant_id(note.participant_id);
  wire.set_text(note.text);
  wire.set_written_by(note.written_by);
  *wire.mutable_made_time() = convert::ToProto(note.made_time);
  return wire;
}

}  // namespace reprise::enrolment
