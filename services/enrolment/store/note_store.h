// SPDX-License-Identifier: Apache-2.0
// Notes in PostgreSQL.
#ifndef REPRISE_ENROLMENT_STORE_NOTE_STORE_H_
#define REPRISE_ENROLMENT_STORE_NOTE_STORE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "services/enrolment/domain/note.h"
#include "services/platform/db/database.h"

namespace reprise::enrolment {

void InsertNote(db::Tx& tx, const Note& note);
// Newest first, with the names of those who wrote them.
absl::StatusOr<std::vector<Note>> ListNotes(db::Tx& tx, const std::string& participant_id);

}  // namespace reprise::enrolment

#endif  // REPRISE_ENROLMENT_STORE_NOTE_STORE_H_
