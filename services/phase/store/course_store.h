// SPDX-License-Identifier: Apache-2.0
// Courses in PostgreSQL, read: the facts of this service, and what others publish about the
// participation and its protocol.
#ifndef REPRISE_PHASE_STORE_COURSE_STORE_H_
#define REPRISE_PHASE_STORE_COURSE_STORE_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

#include "services/phase/domain/course/facts.h"
#include "services/platform/db/database.h"

namespace reprise::phase {

absl::Span<const db::ConstraintReason> Constraints();

// Until the transaction ends, nobody else changes this course; queued before the next read.
void LockCourse(db::Tx& tx, const std::string& participant_id);

struct Place {
  Participation participation;
  std::string stage;
  int64_t protocol_version = 0;
};
// NOT_FOUND PARTICIPANT_NOT_FOUND, also where the caller may not see her.
absl::StatusOr<Place> LoadPlace(db::Tx& tx, const std::string& participant_id);
// The parts of her version of the protocol that apply to her stage.
absl::StatusOr<Protocol> LoadProtocol(db::Tx& tx, const Place& place);
// In the order in which facts.h has them.
absl::StatusOr<Facts> LoadFacts(db::Tx& tx, const std::string& participant_id);

}  // namespace reprise::phase

#endif  // REPRISE_PHASE_STORE_COURSE_STORE_H_
