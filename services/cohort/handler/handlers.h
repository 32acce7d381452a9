// SPDX-License-Identifier: Apache-2.0
// One method a RPC, one file a method: load, decide, store, record.
#ifndef REPRISE_COHORT_HANDLER_HANDLERS_H_
#define REPRISE_COHORT_HANDLER_HANDLERS_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "reprise/cohort/v1/cohort_service.pb.h"

#include "services/platform/call.h"
#include "services/platform/db/database.h"

namespace reprise::cohort {

// Thread-safe.
class Handlers {
 public:
  // `allocation_key`: 32 bytes that seal the seeds of lists; outlives this.
  Handlers(db::Database& db, absl::string_view allocation_key) : db_(db), allocation_key_(allocation_key) {}

  absl::StatusOr<v1::AllocationList> CreateAllocationList(const Call&, const v1::CreateAllocationListRequest&);
  absl::StatusOr<v1::VerifyAllocationListResponse> VerifyAllocationList(
      const Call&, const v1::VerifyAllocationListRequest&);
  absl::StatusOr<v1::Allocation> AllocateParticipant(const Call&, const v1::AllocateParticipantRequest&);
  absl::StatusOr<v1::Allocation> CorrectStratum(const Call&, const v1::CorrectStratumRequest&);
  absl::StatusOr<v1::Allocation> GetAllocation(const Call&, const v1::GetAllocationRequest&);
  absl::StatusOr<v1::CountFlowResponse> CountFlow(const Call&, const v1::CountFlowRequest&);
  absl::StatusOr<v1::ProgressionBoard> GetProgressionBoard(const Call&, const v1::GetProgressionBoardRequest&);

 private:
  db::Database& db_;
  absl::string_view allocation_key_;
};

}  // namespace reprise::cohort

#endif  // REPRISE_COHORT_HANDLER_HANDLERS_H_
