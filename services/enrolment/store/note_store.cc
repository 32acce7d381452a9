// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/store/note_store.h"

#include "services/platform/status.h"

namespace reprise::enrolment {
namespace {

constexpr db::Query kInsertNote{"enrolment.insert_note", R"sql(
  INSERT INTO enrolment.note (note_id, participant_id, text, written_by, made_time)
  VALUES ($1, $2, $3, $4, $5)
)sql"};

constexpr db::Query kListNotes{"enrolment.list_notes", R"sql(
  SELECT n.note_id, n.text, n.written_by, n.made_time, coalesce(s.display_name, '')
    FROM enrolment.note AS n
    LEFT JOIN access.published_staff AS s ON s.user_id = n.written_by
   WHERE n.participant_id = $1
   ORDER BY n.made_time DESC, n.note_id
)sql"};

}  // namespace

void InsertNote(db::Tx& tx, const Note& note) {
  tx.Execute(kInsertNote, note.note_id, note.participant_id, note.text, note.written_by,
             note.made_time);
}

absl::StatusOr<std::vector<Note>> ListNotes(db::Tx& tx, const std::string& participant_id) {
  REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kListNotes, participant_id));
  std::vector<Note> notes;
  for (const db::Row row : rows) {
    notes.push_back({.note_id = row.Get<std::string>(0),
                     .participant_id = participant_id,
                     .text = row.Get<std::string>(1),
                     .written_by = row.Get<std::string>(2),
                     .made_time = row.Get<absl::Time>(3),
                     .written_by_name = row.Get<std::string>(4)});
  }
  return notes;
}

}  // namespace reprise::enrolment
