// SPDX-License-Identifier: Apache-2.0
#include "services/quality/domain/errors.h"

#include "absl/strings/str_cat.h"

#include "services/platform/error/error.h"

namespace reprise::quality {

absl::Status SealNotFound() {
  return error::Make(absl::StatusCode::kNotFound, "SEAL_NOT_FOUND",
                     "The audit log has no seal of this size.");
}
absl::Status EventNotSealed(int64_t event_seq) {
  return error::Make(absl::StatusCode::kNotFound, "EVENT_NOT_SEALED",
                     "No event with this number is in the tree of this size.",
                     {{"event_seq", absl::StrCat(event_seq)}});
}
absl::Status LeafMissing(int64_t leaf_index) {
  return error::Make(absl::StatusCode::kDataLoss, "AUDIT_LEAF_MISSING",
                     "A leaf of the audit log's tree is gone.", {{"leaf_index", absl::StrCat(leaf_index)}});
}
absl::Status TreeSizeInvalid() {
  return error::InvalidField("earlier_tree_size", "TREE_SIZE_INVALID",
                             "More than 0 and at most tree_size is required.");
}

}  // namespace reprise::quality
