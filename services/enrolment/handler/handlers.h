// SPDX-License-Identifier: Apache-2.0
// One method a RPC, one file a method: load, decide, store, record.
#ifndef REPRISE_ENROLMENT_HANDLER_HANDLERS_H_
#define REPRISE_ENROLMENT_HANDLER_HANDLERS_H_

#include "absl/status/statusor.h"
#include "reprise/enrolment/v1/enrolment_service.pb.h"

#include "services/enrolment/handler/vault.h"
#include "services/platform/call.h"
#include "services/platform/db/database.h"

namespace reprise::enrolment {

// Thread-safe.
class Handlers {
 public:
  // The keys outlive this.
  Handlers(db::Database& db, Vault vault) : db_(db), vault_(vault) {}

  absl::StatusOr<v1::Screening> ScreenCandidate(const Call&, const v1::ScreenCandidateRequest&);
  absl::StatusOr<v1::Screening> IdentifyCandidate(const Call&, const v1::IdentifyCandidateRequest&);
  absl::StatusOr<v1::Screening> DeclineCandidate(const Call&, const v1::DeclineCandidateRequest&);
  absl::StatusOr<v1::ListScreeningsResponse> ListScreenings(const Call&,
                                                            const v1::ListScreeningsRequest&);
  absl::StatusOr<v1::Participant> RecordConsent(const Call&, const v1::RecordConsentRequest&);
  absl::StatusOr<v1::Consent> RenewConsent(const Call&, const v1::RenewConsentRequest&);
  absl::StatusOr<v1::Participation> EnrolParticipant(const Call&, const v1::EnrolParticipantRequest&);
  absl::StatusOr<v1::Participation> WithdrawParticipant(const Call&,
                                                        const v1::WithdrawParticipantRequest&);
  absl::StatusOr<v1::Participation> RecordLifecycleEvent(const Call&,
                                                         const v1::RecordLifecycleEventRequest&);
  absl::StatusOr<v1::Participation> GetParticipation(const Call&, const v1::GetParticipationRequest&);
  absl::StatusOr<v1::Identity> GetIdentity(const Call&, const v1::GetIdentityRequest&);
  absl::StatusOr<v1::ListParticipantsResponse> ListParticipants(const Call&,
                                                                const v1::ListParticipantsRequest&);
  absl::StatusOr<v1::ListPhysiciansResponse> ListPhysicians(const Call&,
                                                            const v1::ListPhysiciansRequest&);
  absl::StatusOr<v1::Participant> AssignPhysician(const Call&, const v1::AssignPhysicianRequest&);
  absl::StatusOr<v1::Participant> UnassignPhysician(const Call&, const v1::UnassignPhysicianRequest&);
  absl::StatusOr<v1::ParticipantNote> AddParticipantNote(const Call&,
                                                         const v1::AddParticipantNoteRequest&);
  absl::StatusOr<v1::ListParticipantNotesResponse> ListParticipantNotes(
      const Call&, const v1::ListParticipantNotesRequest&);
  absl::StatusOr<v1::ListConsentsResponse> ListConsents(const Call&, const v1::ListConsentsRequest&);
  absl::StatusOr<v1::ListPhysiciansResponse> ListAssignedPhysicians(
      const Call&, const v1::ListAssignedPhysiciansRequest&);

 private:
  db::Database& db_;
  Vault vault_;
};

}  // namespace reprise::enrolment

#endif  // REPRISE_ENROLMENT_HANDLER_HANDLERS_H_
