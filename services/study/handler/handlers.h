// SPDX-License-Identifier: Apache-2.0
// One method a RPC, one file a method: load, decide, store, record.
#ifndef REPRISE_STUDY_HANDLER_HANDLERS_H_
#define REPRISE_STUDY_HANDLER_HANDLERS_H_

#include "absl/status/statusor.h"
#include "reprise/study/v1/study_service.pb.h"

#include "services/platform/call.h"
#include "services/platform/db/database.h"

namespace reprise::study {

// Thread-safe.
class Handlers {
 public:
  explicit Handlers(db::Database& db) : db_(db) {}

  absl::StatusOr<v1::Study> CreateStudy(const Call&, const v1::CreateStudyRequest&);
  absl::StatusOr<v1::Site> CreateSite(const Call&, const v1::CreateSiteRequest&);
  absl::StatusOr<v1::ListStudiesResponse> ListStudies(const Call&, const v1::ListStudiesRequest&);
  absl::StatusOr<v1::PlanProtocolResponse> PlanProtocol(const Call&, const v1::PlanProtocolRequest&);
  absl::StatusOr<v1::ProtocolVersion> ApplyProtocol(const Call&, const v1::ApplyProtocolRequest&);
  absl::StatusOr<v1::GetProtocolResponse> GetProtocol(const Call&, const v1::GetProtocolRequest&);
  absl::StatusOr<v1::ListProtocolVersionsResponse> ListProtocolVersions(
      const Call&, const v1::ListProtocolVersionsRequest&);
  absl::StatusOr<v1::CompareProtocolVersionsResponse> CompareProtocolVersions(
      const Call&, const v1::CompareProtocolVersionsRequest&);

 private:
  db::Database& db_;
};

}  // namespace reprise::study

#endif  // REPRISE_STUDY_HANDLER_HANDLERS_H_
