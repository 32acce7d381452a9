// SPDX-License-Identifier: Apache-2.0
// The Merkle tree of RFC 6962 section 2.1 (SHA-256): roots, inclusion proofs, consistency proofs and
// their verification. Pure; hashes are strings of 32 bytes.
#ifndef REPRISE_PLATFORM_AUDIT_MERKLE_H_
#define REPRISE_PLATFORM_AUDIT_MERKLE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace reprise::audit {

std::string HashLeaf(absl::string_view data);                               // SHA-256(0x00 || data)
std::string HashNode(absl::string_view left, absl::string_view right);      // SHA-256(0x01 || l || r)

// Grows a tree leaf by leaf in O(log n) memory.
class MerkleFrontier {
 public:
  void Append(const std::string& leaf_hash);
  int64_t size() const { return size_; }
  // Of the empty tree: SHA-256 of nothing.
  std::string Root() const;

 private:
  int64_t size_ = 0;
  std::vector<std::string> subtrees_;  // complete ones, the largest first
};

std::string RootOf(absl::Span<const std::string> leaf_hashes);

// Section 2.1.1. Requires 0 <= index < leaf_hashes.size().
std::vector<std::string> InclusionProof(absl::Span<const std::string> leaf_hashes, int64_t index);
// Section 2.1.2, from the first `earlier_size` leaves to all. Requires 0 < earlier_size <= size.
std::vector<std::string> ConsistencyProof(absl::Span<const std::string> leaf_hashes,
                                          int64_t earlier_size);

// As RFC 9162 sections 2.1.3.2 and 2.1.4.2 verify them.
bool VerifyInclusion(const std::string& leaf_hash, int64_t index, int64_t tree_size,
                     absl::Span<const std::string> proof, const std::string& root);
bool VerifyConsistency(int64_t earlier_size, const std::string& earlier_root, int64_t tree_size,
                       const std::string& root, absl::Span<const std::string> proof);

}  // namespace reprise::audit

#endif  // REPRISE_PLATFORM_AUDIT_MERKLE_H_
