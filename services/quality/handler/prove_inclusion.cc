// SPDX-License-Identifier: Apache-2.0
#include "services/platform/audit/merkle.h"
#include "services/platform/status.h"
#include "services/quality/convert.h"
#include "services/quality/domain/errors.h"
#include "services/quality/handler/handlers.h"
#include "services/quality/store/audit_store.h"

namespace reprise::quality {

absl::StatusOr<v1::ProveInclusionResponse> Handlers::ProveInclusion(
    const Call& call, const v1::ProveInclusionRequest& request) {
  return db_.Read(call, [&](db::Tx& tx) -> absl::StatusOr<v1::ProveInclusionResponse> {
    std::optional<int64_t> size;
    if (request.has_tree_size()) size = request.tree_size();
    REPRISE_ASSIGN_OR_RETURN(const std::optional<Seal> seal, FindSeal(tx, size));
    if (!seal.has_value()) return SealNotFound();
    REPRISE_ASSIGN_OR_RETURN(const std::optional<int64_t> index, FindLeaf(tx, request.event_seq()));
    if (!index.has_value() || *index >= seal->tree_size) return EventNotSealed(request.event_seq());
    REPRISE_ASSIGN_OR_RETURN(const std::vector<std::string> leaves,
                             LoadLeafHashes(tx, seal->tree_size));
    v1::ProveInclusionResponse response;
    response.set_leaf_index(*index);
    response.set_leaf_hash(leaves[static_cast<size_t>(*index)]);
    for (const std::string& hash : audit::InclusionProof(leaves, *index)) response.add_proof(hash);
    *response.mutable_tree_head() = ToProto(*seal, seal_key_.public_key());
    return response;
  });
}

}  // namespace reprise::quality
