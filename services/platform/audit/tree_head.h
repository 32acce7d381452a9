// SPDX-License-Identifier: Apache-2.0
// What the daemon's key signs of a tree head (Ed25519, RFC 8032), for who signs and for who checks. Pure.
#ifndef REPRISE_PLATFORM_AUDIT_TREE_HEAD_H_
#define REPRISE_PLATFORM_AUDIT_TREE_HEAD_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/time/time.h"

namespace reprise::audit {

struct TreeHeadParts {
  int64_t tree_size;
  absl::Time seal_time;  // in microseconds
  std::optional<int64_t> settled_seq;  // absent in seals of the first form
  std::string root_hash;  // 32 bytes
};

// "reprise-audit-v2", size, time in microseconds and settled_seq as 8 bytes big endian each, and the root;
// without settled_seq "reprise-audit-v1" and the rest. Both have one length each, so that no two heads have
// the same bytes.
std::string SignedBytes(const TreeHeadParts& head);

}  // namespace reprise::audit

#endif  // REPRISE_PLATFORM_AUDIT_TREE_HEAD_H_
