// SPDX-License-Identifier: Apache-2.0
#include "services/platform/audit/merkle.h"
#include "services/platform/status.h"
#include "services/quality/convert.h"
#include "services/quality/domain/errors.h"
#include "services/quality/handler/handlers.h"
#include "services/quality/store/audit_store.h"

namespace reprise::quality {

absl::StatusOr<v1::ProveConsistencyResponse> Handlers::ProveConsistency(
    const Call& call, const v1::ProveConsistencyRequest& request) {
  return db_.Read(call, [&](db::Tx& tx) -> absl::StatusOr<v1::ProveConsistencyResponse> {
    std::optional<int64_t> size;
    if (request.has_tree_size()) size = request.tree_size();
    REPRISE_ASSIGN_OR_RETURN(const std::optional<Seal> later, FindSeal(tx, size));
    if (!later.has_value()) return SealNotFound();
    if (request.earlier_tree_size() <= 0 || request.earlier_tree_size() > later->tree_size) {
      return TreeSizeInvalid();
    }
    REPRISE_ASSIGN_OR_RETURN(const std::optional<Seal> earlier,
                             FindSeal(tx, request.earlier_tree_size()));
    if (!earlier.has_value()) return SealNotFound();
    REPRISE_ASSIGN_OR_RETURN(const std::vector<std::string> leaves,
                             LoadLeafHashes(tx, later->tree_size));
    v1::ProveConsistencyResponse response;
    for (const std::string& hash : audit::ConsistencyProof(leaves, earlier->tree_size)) {
      response.add_proof(hash);
    }
    *response.mutable_earlier_tree_head() = ToProto(*earlier, seal_key_.public_key());
    *response.mutable_tree_head() = ToProto(*later, seal_key_.public_key());
    return response;
  });
}

}  // namespace reprise::quality
