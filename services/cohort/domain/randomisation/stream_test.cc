// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/randomisation/stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "services/cohort/domain/randomisation/simulation_source.h"
#include "services/platform/error/error.h"

namespace reprise::randomisation {
namespace {

using ::testing::ElementsAre;

Seed TestSeed() {
  std::array<uint8_t, Seed::kBytes> bytes{};
  std::iota(bytes.begin(), bytes.end(), uint8_t{0});
  return Seed(bytes);
}

// SHA-256 of "abc": FIPS 180-4's example.
TEST(SeedTest, HashesAsTheStandardsExample) {
  EXPECT_EQ(Sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(SeedTest, ReadsHexadecimalInEitherCaseAndNothingElse) {
  const std::string hex = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
  const std::string upper = "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F";
  EXPECT_EQ(Seed::FromHex(hex, "seed")->bytes(), TestSeed().bytes());
  EXPECT_EQ(Seed::FromHex(upper, "seed")->bytes(), TestSeed().bytes());
  for (const std::string& bad : {std::string(), hex.substr(2), hex + "00", "0x" + hex.substr(2),
                                 "zz" + hex.substr(2), " " + hex.substr(1), hex.substr(0, 63)}) {
    EXPECT_EQ(error::ReasonOf(Seed::FromHex(bad, "seed").status()), "SEED_MALFORMED") << bad;
  }
}

// The first word pair of the stream "live" 0x1E 1 of the oracle's row LST001.
TEST(WordStreamTest, GivesTheLiveUniformOfTheOracle) {
  EXPECT_NEAR(LiveUniform(TestSeed(), 1), 0.370361270785516, 1e-15);
  EXPECT_NEAR(LiveUniform(TestSeed(), 37), 0.30800487649359, 1e-14);
}

TEST(WordStreamTest, ConsumesNothingWhereThereIsNoChoice) {
  WordStream one(TestSeed(), "all"), other(TestSeed(), "all");
  EXPECT_EQ(one.Below(1), 0U);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(one.Next(), other.Next());
}

TEST(WordStreamTest, DiffersByLabelAndSeed) {
  std::array<uint8_t, Seed::kBytes> bytes = TestSeed().bytes();
  bytes[31] ^= 1;
  EXPECT_NE(WordStream(TestSeed(), "all").Next(), WordStream(TestSeed(), "all2").Next());
  EXPECT_NE(WordStream(TestSeed(), "all").Next(), WordStream(Seed(bytes), "all").Next());
}

TEST(LabelTest, RefusesWhatCouldBeOneOfOurOwnStreams) {
  EXPECT_TRUE(CheckLabel("CENTRE=CROIX-ROUSSE|CHIMIO=néoadjuvante", "label").ok());
  for (const std::string& bad : {std::string(), OwnLabel("live", "1"), std::string("a\nb"),
                                 std::string("\xC3"), std::string(10'001, 'a')}) {
    EXPECT_EQ(error::ReasonOf(CheckLabel(bad, "label")), "LABEL_MALFORMED");
  }
}

// Hand derivation for the state 1, 2, 3, 4: rotl(2 * 5, 7) * 9 = 1280 * 9; then s1 = 2^2^... as
// published: the second output is 0, since s1 becomes 2 ^ (3 ^ 1) = 0.
TEST(SimulationSourceTest, FollowsThePublishedDefinition) {
  SimulationSource source(std::array<uint64_t, 4>{1, 2, 3, 4});
  EXPECT_EQ(source.Next(), 11520U);
  EXPECT_EQ(source.Next(), 0U);
  // s after step 1: s2 = 3^1 = 2, s3 = 4^2 = 6, s1 = 2^2 = 0, s0 = 1^6 = 7, s2 ^= 2<<17 = 262146.
  // Step 2: s2 = 262146^7 = 262149, s3' = rotl(6, 45)^0, s1 = 0^262149; output 3 from s1 = 262149.
  EXPECT_EQ(source.Next(), uint64_t{262149} * 5 * 128 * 9);
}

// The first outputs of SplitMix64 from state 0, as its author publishes them.
TEST(SimulationSourceTest, SeedsByThePublishedSplitMix) {
  uint64_t state = 0;
  EXPECT_EQ(SplitMix64(state), 0xE220A8397B1DCDAFU);
  EXPECT_EQ(SplitMix64(state), 0x6E789E6AA1B965F4U);
}

}  // namespace
}  // namespace reprise::randomisation
