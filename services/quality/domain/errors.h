// SPDX-License-Identifier: Apache-2.0
// Every failure of the quality service, by name.
#ifndef REPRISE_QUALITY_DOMAIN_ERRORS_H_
#define REPRISE_QUALITY_DOMAIN_ERRORS_H_

#include <cstdint>

#include "absl/status/status.h"

namespace reprise::quality {

absl::Status SealNotFound();                      // NOT_FOUND SEAL_NOT_FOUND
absl::Status EventNotSealed(int64_t event_seq);   // NOT_FOUND EVENT_NOT_SEALED
absl::Status LeafMissing(int64_t leaf_index);    // DATA_LOSS AUDIT_LEAF_MISSING
absl::Status TreeSizeInvalid();                   // INVALID_ARGUMENT TREE_SIZE_INVALID

}  // namespace reprise::quality

#endif  // REPRISE_QUALITY_DOMAIN_ERRORS_H_
