// SPDX-License-Identifier: Apache-2.0
// One method a RPC, one file a method: load, decide, store, record.
#ifndef REPRISE_QUALITY_HANDLER_HANDLERS_H_
#define REPRISE_QUALITY_HANDLER_HANDLERS_H_

#include "absl/status/statusor.h"
#include "reprise/quality/v1/quality_service.pb.h"

#include "services/platform/call.h"
#include "services/platform/db/database.h"
#include "services/quality/domain/seal.h"

namespace reprise::quality {

// Thread-safe.
class Handlers {
 public:
  Handlers(db::Database& db, absl::string_view audit_key, const SealKey& seal_key)
      : db_(db), audit_key_(audit_key), seal_key_(seal_key) {}

  absl::StatusOr<v1::ListAuditEventsResponse> ListAuditEvents(const Call&,
                                                              const v1::ListAuditEventsRequest&);
  absl::StatusOr<v1::TreeHead> GetTreeHead(const Call&, const v1::GetTreeHeadRequest&);
  absl::StatusOr<v1::ProveInclusionResponse> ProveInclusion(const Call&,
                                                            const v1::ProveInclusionRequest&);
  absl::StatusOr<v1::ProveConsistencyResponse> ProveConsistency(const Call&,
                                                                const v1::ProveConsistencyRequest&);
  absl::StatusOr<v1::VerifyAuditLogResponse> VerifyAuditLog(const Call&,
                                                            const v1::VerifyAuditLogRequest&);

 private:
  db::Database& db_;
  const absl::string_view audit_key_;
  const SealKey& seal_key_;
};

}  // namespace reprise::quality

#endif  // REPRISE_QUALITY_HANDLER_HANDLERS_H_
