// SPDX-License-Identifier: Apache-2.0
#include "services/platform/audit/merkle.h"

#include <openssl/sha.h>

#include "absl/strings/str_cat.h"

#include "services/platform/status.h"

namespace reprise::audit {
namespace {

// OpenSSL, because it uses the processor's own SHA instructions where there are some.
std::string Sha256(absl::string_view bytes) {
  std::string hash(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
         reinterpret_cast<unsigned char*>(hash.data()));
  return hash;
}

// Largest power of two below n; n >= 2.
size_t Split(size_t n) {
  size_t k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

void SubProof(absl::Span<const std::string> leaves, size_t earlier, bool known,
              std::vector<std::string>& proof) {
  if (earlier == leaves.size()) {
    if (!known) proof.push_back(RootOf(leaves));
    return;
  }
  const size_t k = Split(leaves.size());
  if (earlier <= k) {
    SubProof(leaves.subspan(0, k), earlier, known, proof);
    proof.push_back(RootOf(leaves.subspan(k)));
  } else {
    SubProof(leaves.subspan(k), earlier - k, false, proof);
    proof.push_back(RootOf(leaves.subspan(0, k)));
  }
}

}  // namespace

std::string HashLeaf(absl::string_view data) {
  return Sha256(absl::StrCat(absl::string_view("\0", 1), data));
}
std::string HashNode(absl::string_view left, absl::string_view right) {
  return Sha256(absl::StrCat(absl::string_view("\1", 1), left, right));
}

void MerkleFrontier::Append(const std::string& leaf_hash) {
  std::string node = leaf_hash;
  for (int64_t bits = size_; bits & 1; bits >>= 1) {
    node = HashNode(subtrees_.back(), node);
    subtrees_.pop_back();
  }
  subtrees_.push_back(std::move(node));
  ++size_;
}

std::string MerkleFrontier::Root() const {
  if (subtrees_.empty()) return Sha256("");
  std::string root = subtrees_.back();
  for (size_t i = subtrees_.size() - 1; i-- > 0;) root = HashNode(subtrees_[i], root);
  return root;
}

std::string RootOf(absl::Span<const std::string> leaf_hashes) {
  MerkleFrontier frontier;
  for (const std::string& leaf : leaf_hashes) frontier.Append(leaf);
  return frontier.Root();
}

std::vector<std::string> InclusionProof(absl::Span<const std::string> leaf_hashes, int64_t index) {
  REPRISE_CHECK(index >= 0 && static_cast<size_t>(index) < leaf_hashes.size());
  std::vector<std::string> proof;
  auto at = static_cast<size_t>(index);
  std::vector<std::string> downwards;
  while (leaf_hashes.size() > 1) {
    const size_t k = Split(leaf_hashes.size());
    if (at < k) {
      downwards.push_back(RootOf(leaf_hashes.subspan(k)));
      leaf_hashes = leaf_hashes.subspan(0, k);
    } else {
      downwards.push_back(RootOf(leaf_hashes.subspan(0, k)));
      leaf_hashes = leaf_hashes.subspan(k);
      at -= k;
    }
  }
  proof.assign(downwards.rbegin(), downwards.rend());
  return proof;
}

std::vector<std::string> ConsistencyProof(absl::Span<const std::string> leaf_hashes,
                                          int64_t earlier_size) {
  REPRISE_CHECK(earlier_size > 0 && static_cast<size_t>(earlier_size) <= leaf_hashes.size());
  std::vector<std::string> proof;
  SubProof(leaf_hashes, static_cast<size_t>(earlier_size), true, proof);
  return proof;
}

bool VerifyInclusion(const std::string& leaf_hash, int64_t index, int64_t tree_size,
                     absl::Span<const std::string> proof, const std::string& root) {
  if (index < 0 || index >= tree_size) return false;
  int64_t fn = index, sn = tree_size - 1;
  std::string hash = leaf_hash;
  for (const std::string& sibling : proof) {
    if (sn == 0) return false;
    if ((fn & 1) != 0 || fn == sn) {
      hash = HashNode(sibling, hash);
      while ((fn & 1) == 0 && fn != 0) fn >>= 1, sn >>= 1;
    } else {
      hash = HashNode(hash, sibling);
    }
    fn >>= 1, sn >>= 1;
  }
  return sn == 0 && hash == root;
}

bool VerifyConsistency(int64_t earlier_size, const std::string& earlier_root, int64_t tree_size,
                       const std::string& root, absl::Span<const std::string> proof) {
  if (earlier_size <= 0 || earlier_size > tree_size) return false;
  if (earlier_size == tree_size) return proof.empty() && earlier_root == root;
  const bool power_of_two = (earlier_size & (earlier_size - 1)) == 0;
  if (proof.empty() && !power_of_two) return false;
  size_t next = 0;
  std::string fr, sr;
  if (power_of_two) {
    fr = sr = earlier_root;
  } else {
    fr = sr = proof[next++];
  }
  int64_t fn = earlier_size - 1, sn = tree_size - 1;
  while ((fn & 1) != 0) fn >>= 1, sn >>= 1;
  for (; next < proof.size(); ++next) {
    if (sn == 0) return false;
    if ((fn & 1) != 0 || fn == sn) {
      fr = HashNode(proof[next], fr);
      sr = HashNode(proof[next], sr);
      while ((fn & 1) == 0 && fn != 0) fn >>= 1, sn >>= 1;
    } else {
      sr = HashNode(sr, proof[next]);
    }
    fn >>= 1, sn >>= 1;
  }
  return sn == 0 && fr == earlier_root && sr == root;
}

}  // namespace reprise::audit
