// SPDX-License-Identifier: Apache-2.0
#include "services/platform/audit/merkle.h"

#include <gtest/gtest.h>
#include <openssl/sha.h>

#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace reprise::audit {
namespace {

// The test vectors that implementations of Certificate Transparency share: eight leaves and the root
// over the first n of them.
constexpr const char* kLeaves[] = {
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
constexpr const char* kRoots[] = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

std::vector<std::string> KnownLeaves() {
  std::vector<std::string> leaves;
  for (const char* const hex : kLeaves) leaves.push_back(HashLeaf(absl::HexStringToBytes(hex)));
  return leaves;
}

std::vector<std::string> ManyLeaves(int count) {
  std::vector<std::string> leaves;
  for (int i = 0; i < count; ++i) leaves.push_back(HashLeaf(absl::StrCat("event ", i)));
  return leaves;
}

std::string Sha256(const std::string& bytes) {
  std::string hash(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
         reinterpret_cast<unsigned char*>(hash.data()));
  return hash;
}

// RFC 6962 section 2.1 word for word, with another SHA-256 than the code's.
std::string Defined(const std::vector<std::string>& leaves) {
  if (leaves.empty()) return Sha256("");
  if (leaves.size() == 1) return leaves[0];
  size_t k = 1;
  while (k * 2 < leaves.size()) k *= 2;
  const auto middle = leaves.begin() + static_cast<std::ptrdiff_t>(k);
  return Sha256(std::string(1, '\1') + Defined({leaves.begin(), middle}) + Defined({middle, leaves.end()}));
}

std::vector<std::string> Hex(const std::vector<std::string>& hashes) {
  std::vector<std::string> hex;
  for (const std::string& hash : hashes) hex.push_back(absl::BytesToHexString(hash));
  return hex;
}

TEST(MerkleTest, HasTheRootsOfThePublishedVectors) {
  const std::vector<std::string> leaves = KnownLeaves();
  MerkleFrontier frontier;
  EXPECT_EQ(absl::BytesToHexString(frontier.Root()), kRoots[0]);
  for (size_t n = 1; n <= leaves.size(); ++n) {
    frontier.Append(leaves[n - 1]);
    EXPECT_EQ(absl::BytesToHexString(frontier.Root()), kRoots[n]) << n;
    EXPECT_EQ(absl::BytesToHexString(RootOf({leaves.data(), n})), kRoots[n]) << n;
  }
}

TEST(MerkleTest, HasTheProofsOfThePublishedVectors) {
  const std::vector<std::string> leaves = KnownLeaves();
  EXPECT_EQ(Hex(InclusionProof(leaves, 0)),
            (std::vector<std::string>{"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                                      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                                      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}));
  EXPECT_EQ(Hex(ConsistencyProof(leaves, 6)),
            (std::vector<std::string>{"0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                                      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                                      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}));
  EXPECT_TRUE(ConsistencyProof(leaves, 8).empty());
}

TEST(MerkleTest, FollowsTheDefinitionForEverySizeUpToSeventy) {
  for (int n = 0; n <= 70; ++n) {
    const std::vector<std::string> leaves = ManyLeaves(n);
    EXPECT_EQ(RootOf(leaves), Defined(leaves)) << n;
  }
}

TEST(MerkleTest, ProvesEveryLeafOfEverySizeAndNoOther) {
  for (int n = 1; n <= 70; ++n) {
    const std::vector<std::string> leaves = ManyLeaves(n);
    const std::string root = Defined(leaves);
    for (int i = 0; i < n; ++i) {
      const std::string& leaf = leaves[static_cast<size_t>(i)];
      std::vector<std::string> proof = InclusionProof(leaves, i);
      EXPECT_TRUE(VerifyInclusion(leaf, i, n, proof, root)) << i << " of " << n;
      EXPECT_FALSE(VerifyInclusion(HashLeaf("forged"), i, n, proof, root));
      EXPECT_FALSE(VerifyInclusion(leaf, i, n, proof, HashLeaf("other root")));
      EXPECT_FALSE(VerifyInclusion(leaf, n, n, proof, root));
      if (n > 1) {
        EXPECT_FALSE(VerifyInclusion(leaf, (i + 1) % n, n, proof, root));
      }
      proof.push_back(root);
      EXPECT_FALSE(VerifyInclusion(leaf, i, n, proof, root));
    }
  }
}

TEST(MerkleTest, ProvesEveryGrowthAndNoOther) {
  for (int n = 1; n <= 70; ++n) {
    const std::vector<std::string> leaves = ManyLeaves(n);
    const std::string root = Defined(leaves);
    for (int m = 1; m <= n; ++m) {
      const std::string earlier = Defined({leaves.begin(), leaves.begin() + m});
      std::vector<std::string> proof = ConsistencyProof(leaves, m);
      EXPECT_TRUE(VerifyConsistency(m, earlier, n, root, proof)) << m << " to " << n;
      EXPECT_FALSE(VerifyConsistency(m, HashLeaf("forged"), n, root, proof)) << m << " to " << n;
      EXPECT_FALSE(VerifyConsistency(m, earlier, n, HashLeaf("forged"), proof)) << m << " to " << n;
      EXPECT_FALSE(VerifyConsistency(0, earlier, n, root, proof));
      proof.push_back(root);
      EXPECT_FALSE(VerifyConsistency(m, earlier, n, root, proof)) << m << " to " << n;
    }
  }
}

}  // namespace
}  // namespace reprise::audit
