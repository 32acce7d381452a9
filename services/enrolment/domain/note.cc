// SPDX-License-Identifier: Apache-2.0
#include "services/enrolment/domain/note.h"

#include "services/platform/error/error.h"
#include "services/platform/text/identifier.h"

namespace reprise::enrolment {
namespace {

constexpr size_t kMaxNoteBytes = 2000;

}  // namespace

absl::Status CheckNewNote(const Note& note) {
  if (note.text.empty()) {
    return error::InvalidField("text", "FIELD_REQUIRED", "A text is required.");
  }
  if (note.text.size() > kMaxNoteBytes) {
    return error::InvalidField("text", "FIELD_TOO_LONG", "At most 2000 bytes.");
  }
  if (text::FindIdentifier(note.text) != text::Identifier::kNone) {
    return error::InvalidField("text", "TEXT_HOLDS_IDENTITY",
                               "A social-security or telephone number must not be entered here.");
  }
  return absl::OkStatus();
}

}  // namespace reprise::enrolment
