// SPDX-License-Identifier: Apache-2.0
// One method a RPC, one file a method: load, decide, store, record.
#ifndef REPRISE_PHASE_HANDLER_HANDLERS_H_
#define REPRISE_PHASE_HANDLER_HANDLERS_H_

#include "absl/status/statusor.h"
#include "reprise/phase/v1/phase_service.pb.h"

#include "services/phase/domain/course/derived.h"
#include "services/phase/handler/protocols.h"
#include "services/platform/call.h"
#include "services/platform/db/database.h"

namespace reprise::phase {

// Thread-safe.
class Handlers {
 public:
  Handlers(db::Database& db, Books books) : db_(db), books_(std::move(books)) {}

  absl::StatusOr<v1::Course> RecordMilestone(const Call&, const v1::RecordMilestoneRequest&);
  absl::StatusOr<v1::Course> RecordLeave(const Call&, const v1::RecordLeaveRequest&);
  absl::StatusOr<v1::Course> VoidLeave(const Call&, const v1::VoidLeaveRequest&);
  absl::StatusOr<v1::Course> ChangeWorkStatus(const Call&, const v1::ChangeWorkStatusRequest&);
  absl::StatusOr<v1::Course> ChangePhase(const Call&, const v1::ChangePhaseRequest&);
  absl::StatusOr<v1::PreviewCorrectionResponse> PreviewCorrection(const Call&,
                                                                  const v1::PreviewCorrectionRequest&);
  absl::StatusOr<v1::Course> CorrectTimeline(const Call&, const v1::CorrectTimelineRequest&);
  absl::StatusOr<v1::Course> PlanVisit(const Call&, const v1::PlanVisitRequest&);
  absl::StatusOr<v1::Course> RecordVisit(const Call&, const v1::RecordVisitRequest&);
  absl::StatusOr<v1::Course> CloseVisit(const Call&, const v1::CloseVisitRequest&);
  absl::StatusOr<v1::Course> RecordDelivery(const Call&, const v1::RecordDeliveryRequest&);
  absl::StatusOr<v1::Course> GetCourse(const Call&, const v1::GetCourseRequest&);
  absl::StatusOr<v1::ListVisitsResponse> ListVisits(const Call&, const v1::ListVisitsRequest&);

 private:
  db::Database& db_;
  const Books books_;
  Protocols protocols_;
};

}  // namespace reprise::phase

#endif  // REPRISE_PHASE_HANDLER_HANDLERS_H_
