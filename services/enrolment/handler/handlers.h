// SPDX-License-Identifier: Apache-2.0
// One method a RPC, one file a method: load, decide, store, record.
#ifndef REPRISE_ENROLMENT_HANDLER_HANDLERS_H_
#define REPRISE_ENROLMENT_HANDLER_HANDLERS_H_

#include "absl/status/statusor.h"
#include "reprise/enrolment/v1/enrolment_service.pb.h"

#include "services/platform/call.h"
#include "services/platform/db/database.h"

namespace reprise::enrolment {

// Thread-safe.
class Handlers {
 public:
  explicit Handlers(db::Database& db) : db_(db) {}

  absl::StatusOr<v1::Participant> RegisterParticipant(const Call&,
                                                      const v1::RegisterParticipantRequest&);
  absl::StatusOr<v1::ListParticipantsResponse> ListParticipants(const Call&,
                                                                const v1::ListParticipantsRequest&);
  absl::StatusOr<v1::Participant> AssignPhysician(const Call&, const v1::AssignPhysicianRequest&);
  absl::StatusOr<v1::ParticipantNote> AddParticipantNote(const Call&,
                                                         const v1::AddParticipantNoteRequest&);

 private:
  db::Database& db_;
};

}  // namespace reprise::enrolment

#endif  // REPRISE_ENROLMENT_HANDLER_HANDLERS_H_
