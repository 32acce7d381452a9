// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/online/proofs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sodium.h>

#include <cstdio>
#include <vector>

#include "absl/strings/str_cat.h"

#include "clients/cli/files.h"
#include "services/platform/audit/event.h"
#include "services/platform/audit/merkle.h"
#include "services/platform/error/error.h"

namespace reprise::cli {
namespace {

namespace v1 = ::reprise::quality::v1;
using ::testing::HasSubstr;

// A log of seven events and a daemon's key.
class ProofsTest : public ::testing::Test {
 protected:
  ProofsTest()
      : public_key_(crypto_sign_PUBLICKEYBYTES, '\0'),
        secret_key_(crypto_sign_SECRETKEYBYTES, '\0') {
    EXPECT_GE(sodium_init(), 0);
    NewKey();
    for (int i = 1; i <= 7; ++i) {
      audit::Event event{};
      event.event_id = absl::StrCat("event ", i);
      event.event_time = absl::FromUnixMicros(1767225600123456 + i);
      event.action = "response.submit";
      event.new_version = i;
      leaves_.push_back(audit::LeafHash(event));
    }
  }
  void NewKey() {
    crypto_sign_keypair(reinterpret_cast<unsigned char*>(public_key_.data()),
                        reinterpret_cast<unsigned char*>(secret_key_.data()));
  }
  static v1::AuditEvent EventAt(int i) {
    v1::AuditEvent event;
    event.set_event_seq(i);
    event.set_event_id(absl::StrCat("event ", i));
    event.mutable_event_time()->set_seconds(1767225600);
    event.mutable_event_time()->set_nanos((123456 + i) * 1000);
    event.set_action("response.submit");
    event.set_new_version(i);
    return event;
  }
  // As audit.proto says: the name, size and microseconds (8 bytes each, big endian), root.
  v1::TreeHead Head(size_t size) {
    v1::TreeHead head;
    head.set_tree_size(static_cast<int64_t>(size));
    head.set_root_hash(audit::RootOf({leaves_.data(), size}));
    head.mutable_seal_time()->set_seconds(1);  // 1 000 000 microseconds, 0x0F4240
    std::string bytes = std::string("reprise-audit-v1") + std::string(7, '\0') +
                        static_cast<char>(size) + std::string("\0\0\0\0\0\x0F\x42\x40", 8) +
                        head.root_hash();
    std::string signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr,
                         reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                         reinterpret_cast<const unsigned char*>(secret_key_.data()));
    head.set_signature(signature);
    head.set_public_key(public_key_);
    return head;
  }
  v1::ProveInclusionResponse Inclusion(int64_t index) {
    v1::ProveInclusionResponse proof;
    proof.set_leaf_index(index);
    proof.set_leaf_hash(leaves_[static_cast<size_t>(index)]);
    for (const std::string& hash : audit::InclusionProof(leaves_, index)) proof.add_proof(hash);
    *proof.mutable_tree_head() = Head(7);
    return proof;
  }
  v1::ProveConsistencyResponse Growth(int64_t from) {
    v1::ProveConsistencyResponse proof;
    for (const std::string& hash : audit::ConsistencyProof(leaves_, from)) proof.add_proof(hash);
    *proof.mutable_tree_head() = Head(7);
    return proof;
  }

  std::string public_key_, secret_key_;
  std::vector<std::string> leaves_;
};

TEST_F(ProofsTest, AnEventIsProvedAsItReads) {
  for (int64_t i = 0; i < 7; ++i) {
    EXPECT_TRUE(CheckInclusion(EventAt(static_cast<int>(i) + 1), Inclusion(i)).ok()) << i;
    EXPECT_TRUE(CheckInclusion(std::nullopt, Inclusion(i)).ok()) << i;
  }
}

TEST_F(ProofsTest, WhatDoesNotHoldBreaksAnInclusionProof) {
  v1::AuditEvent edited = EventAt(3);
  edited.set_reason("because");
  EXPECT_THAT(CheckInclusion(edited, Inclusion(2)).message(), HasSubstr("Event 3"));
  v1::ProveInclusionResponse elsewhere = Inclusion(2);
  elsewhere.set_leaf_index(3);
  EXPECT_EQ(error::ReasonOf(CheckInclusion(EventAt(3), elsewhere)), "PROOF_BROKEN");
  v1::ProveInclusionResponse shorter = Inclusion(2);
  shorter.mutable_proof()->RemoveLast();
  EXPECT_EQ(error::ReasonOf(CheckInclusion(EventAt(3), shorter)), "PROOF_BROKEN");
  v1::ProveInclusionResponse forged = Inclusion(2);
  forged.mutable_tree_head()->set_tree_size(8);
  EXPECT_THAT(CheckInclusion(EventAt(3), forged).message(), HasSubstr("signature"));
}

TEST_F(ProofsTest, AHeadIsSignedWhole) {
  EXPECT_TRUE(CheckHead(Head(5)).ok());
  for (int changed = 0; changed < 5; ++changed) {
    v1::TreeHead head = Head(5);
    if (changed == 0) head.set_tree_size(6);
    if (changed == 1) head.mutable_root_hash()->at(0) ^= 1;
    if (changed == 2) head.mutable_seal_time()->set_nanos(1000);
    if (changed == 3) head.mutable_signature()->at(9) ^= 1;
    if (changed == 4) head.clear_public_key();
    EXPECT_EQ(error::ReasonOf(CheckHead(head)), "PROOF_BROKEN") << changed;
  }
}

TEST_F(ProofsTest, ASettledNumberIsSignedWithTheHeadThatTellsIt) {
  v1::TreeHead head = Head(5);
  head.set_settled_seq(3);  // not what was signed
  EXPECT_EQ(error::ReasonOf(CheckHead(head)), "PROOF_BROKEN");
  const std::string bytes = std::string("reprise-audit-v2") + std::string(7, '\0') + "\x05" +
                            std::string("\0\0\0\0\0\x0F\x42\x40", 8) + std::string(7, '\0') +
                            "\x03" + head.root_hash();
  std::string signature(crypto_sign_BYTES, '\0');
  crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr,
                       reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                       reinterpret_cast<const unsigned char*>(secret_key_.data()));
  head.set_signature(signature);
  EXPECT_TRUE(CheckHead(head).ok());
  head.set_settled_seq(4);
  EXPECT_EQ(error::ReasonOf(CheckHead(head)), "PROOF_BROKEN");
  head.clear_settled_seq();
  EXPECT_EQ(error::ReasonOf(CheckHead(head)), "PROOF_BROKEN");
}

TEST_F(ProofsTest, ALogThatGrewBeginsWithTheKeptOne) {
  for (int64_t from = 1; from <= 7; ++from) {
    EXPECT_TRUE(CheckGrowth(Head(static_cast<size_t>(from)), Growth(from)).ok()) << from;
  }
}

TEST_F(ProofsTest, ARewrittenOrResignedLogDoesNot) {
  const v1::TreeHead kept = Head(4);
  leaves_[2] = audit::HashLeaf("another event");
  EXPECT_THAT(CheckGrowth(kept, Growth(4)).message(), HasSubstr("begins with the 4 events"));
  NewKey();
  EXPECT_THAT(CheckGrowth(kept, Growth(4)).message(), HasSubstr("key"));
}

TEST_F(ProofsTest, HeadsAreKeptByServerAndForgotten) {
  const std::string file = ::testing::TempDir() + "/heads/audit-heads.json";
  std::remove(file.c_str());
  const KeptHeads heads(file);
  EXPECT_FALSE(heads.Find("a:1")->has_value());
  ASSERT_TRUE(heads.Keep("a:1", Head(3)).ok());
  ASSERT_TRUE(heads.Keep("b:1", Head(5)).ok());
  EXPECT_EQ(heads.Find("a:1")->value().SerializeAsString(), Head(3).SerializeAsString());
  ASSERT_TRUE(heads.Keep("a:1", std::nullopt).ok());
  EXPECT_FALSE(heads.Find("a:1")->has_value());
  EXPECT_EQ(heads.Find("b:1")->value().tree_size(), 5);
}

TEST_F(ProofsTest, ADamagedFileOfHeadsIsNotTakenForNone) {
  const std::string file = ::testing::TempDir() + "/damaged-heads.json";
  for (const char* const bytes : {"", "[]", "{\"a:1\": {\"tree_size\": \"3\"}}", "{\"a:1\": 3}"}) {
    ASSERT_TRUE(WriteFile(file, bytes).ok());
    EXPECT_EQ(error::ReasonOf(KeptHeads(file).Find("a:1").status()), "KEPT_HEADS_MALFORMED")
        << bytes;
  }
}

}  // namespace
}  // namespace reprise::cli
