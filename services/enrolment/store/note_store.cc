// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/store/note_store.h"

namespace reprise::enrolment {
namespace {

constexpr db::Query kInsertNote{"enrolment.insert_note", R"sql(
  INSERT INTO enrolment.note (note_id, participant_id, text, written_by, made_time)
  VALUES ($1, $2, $3, $4, $5)
)sql"};

}  // namespace

void InsertNote(db::Tx& tx, const Note& note) {
  tx.Execute(kInsertNote, note.note_id, note.participant_id, note.text, note.written_by,
             note.made_time);
}

}  // namespace reprise::enrolment
