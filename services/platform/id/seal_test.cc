// SPDX-License-Identifier: Apache-2.0
#include "services/platform/id/seal.h"

#include <gtest/gtest.h>

#include "absl/strings/escaping.h"

#include "services/platform/error/error.h"

namespace reprise {
namespace {

const std::string kKey(32, 'k');

TEST(SealTest, OpensWhatItSealedAndOnlyThere) {
  const std::string sealed = Seal(kKey, "here", "a secret");
  EXPECT_EQ(sealed.find("secret"), std::string::npos);
  EXPECT_EQ(*Unseal(kKey, "here", sealed), "a secret");
  EXPECT_EQ(error::ReasonOf(Unseal(kKey, "there", sealed).status()), "SEAL_BROKEN");
  EXPECT_EQ(error::ReasonOf(Unseal(std::string(32, 'j'), "here", sealed).status()), "SEAL_BROKEN");
  std::string changed = sealed;
  changed.back() = static_cast<char>(changed.back() ^ 1);
  EXPECT_EQ(error::ReasonOf(Unseal(kKey, "here", changed).status()), "SEAL_BROKEN");
  EXPECT_EQ(error::ReasonOf(Unseal(kKey, "here", "").status()), "SEAL_BROKEN");
}

TEST(SealTest, NeverSealsTheSameTwice) { EXPECT_NE(Seal(kKey, "here", "x"), Seal(kKey, "here", "x")); }

TEST(SealTest, SealsTheEmptyText) { EXPECT_EQ(*Unseal(kKey, "", Seal(kKey, "", "")), ""); }

// RFC 4231, test case 1, has a key of 20 bytes; HMAC pads with zeros, so the padded one gives the same.
TEST(KeyedHashTest, IsHmacSha256) {
  const std::string key = std::string(20, '\x0b') + std::string(12, '\0');
  EXPECT_EQ(KeyedHashHex(key, "Hi There"),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(KeyedHash(key, "Hi There").size(), 32u);
}

}  // namespace
}  // namespace reprise
