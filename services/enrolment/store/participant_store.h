// SPDX-License-Identifier: Apache-2.0
// Participants in PostgreSQL; their status is derived (course_store.h).
#ifndef REPRISE_ENROLMENT_STORE_PARTICIPANT_STORE_H_
#define REPRISE_ENROLMENT_STORE_PARTICIPANT_STORE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

#include "services/enrolment/domain/participant.h"
#include "services/platform/db/database.h"

namespace reprise::enrolment {

absl::Span<const db::ConstraintReason> Constraints();

struct SiteCounter {
  std::string code;
  int64_t participants;
};
// The site with the number of codes used so far, locked until the transaction ends so that no number
// is used twice. NOT_FOUND SITE_NOT_FOUND.
absl::StatusOr<SiteCounter> LockSite(db::Tx& tx, const std::string& study_id,
                                     const std::string& site_id);
void InsertParticipant(db::Tx& tx, const Participant& participant);
// NOT_FOUND PARTICIPANT_NOT_FOUND, also where the caller may not see her.
absl::StatusOr<Participant> LoadParticipant(db::Tx& tx, const std::string& participant_id);
struct ParticipantsAsked {
  std::string study_id;
  std::string site_id;     // empty: every site
  std::string stage = {};  // empty: every stage
  std::string after_code;
  int limit;
};
// By code.
absl::StatusOr<std::vector<Participant>> ListParticipants(db::Tx& tx, const ParticipantsAsked& asked);

}  // namespace reprise::enrolment

#endif  // REPRISE_ENROLMENT_STORE_PARTICIPANT_STORE_H_
