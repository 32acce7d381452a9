// SPDX-License-Identifier: Apache-2.0
// A note about the course of a participation. Notes never change.
#ifndef REPRISE_ENROLMENT_DOMAIN_NOTE_H_
#define REPRISE_ENROLMENT_DOMAIN_NOTE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace reprise::enrolment {

struct Note {
  std::string note_id;
  std::string participant_id;
  std::string text;  // 1 to 2000 bytes
  std::string written_by;
  absl::Time made_time;
  std::string written_by_name = {};  // only where notes are read
};

// INVALID_ARGUMENT FIELD_REQUIRED, FIELD_TOO_LONG, TEXT_HOLDS_IDENTITY.
absl::Status CheckNewNote(const Note& note);

}  // namespace reprise::enrolment

#endif  // REPRISE_ENROLMENT_DOMAIN_NOTE_H_
