// SPDX-License-Identifier: Apache-2.0
#include "services/platform/status.h"
#include "services/quality/convert.h"
#include "services/quality/domain/errors.h"
#include "services/quality/handler/handlers.h"
#include "services/quality/store/audit_store.h"

namespace reprise::quality {

absl::StatusOr<v1::TreeHead> Handlers::GetTreeHead(const Call& call,
                                                   const v1::GetTreeHeadRequest& request) {
  return db_.Read(call, [&](db::Tx& tx) -> absl::StatusOr<v1::TreeHead> {
    std::optional<int64_t> size;
    if (request.has_tree_size()) size = request.tree_size();
    REPRISE_ASSIGN_OR_RETURN(const std::optional<Seal> seal, FindSeal(tx, size));
    if (!seal.has_value()) return SealNotFound();
    return ToProto(*seal, seal_key_.public_key());
  });
}

}  // namespace reprise::quality
