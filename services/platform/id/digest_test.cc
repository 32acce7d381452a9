// SPDX-License-Identifier: Apache-2.0
#include "services/platform/id/digest.h"

#include <gtest/gtest.h>

namespace reprise {
namespace {

// FIPS 180-4 example values.
TEST(Sha256HexTest, GivesThePublishedDigests) {
  EXPECT_EQ(Sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace reprise
