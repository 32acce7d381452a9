// SPDX-License-Identifier: Apache-2.0
#include "services/platform/status.h"
#include "services/quality/convert.h"
#include "services/quality/domain/log_check.h"
#include "services/quality/handler/handlers.h"
#include "services/quality/store/audit_store.h"

namespace reprise::quality {

absl::StatusOr<v1::VerifyAuditLogResponse> Handlers::VerifyAuditLog(
    const Call& call, const v1::VerifyAuditLogRequest&) {
  // The proof is of the whole log, so it reads beyond the caller's studies; it returns no event.
  Call whole = call;
  whole.scope.everywhere = true;
  return db_.Read(whole, [&](db::Tx& tx) -> absl::StatusOr<v1::VerifyAuditLogResponse> {
    REPRISE_ASSIGN_OR_RETURN(const std::vector<Seal> seals, ListSeals(tx));
    LogCheck check(audit_key_, seal_key_, seals);
    REPRISE_RETURN_IF_ERROR(ReadLog(tx, check));
    check.Finish();
    v1::VerifyAuditLogResponse response;
    response.set_events(check.events());
    response.set_sealed(check.sealed());
    if (!seals.empty()) {
      *response.mutable_tree_head() = ToProto(seals.back(), seal_key_.public_key());
    }
    for (const Finding& finding : check.findings()) *response.add_findings() = ToProto(finding);
    return response;
  });
}

}  // namespace reprise::quality
