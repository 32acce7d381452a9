// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/allocation/allocation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

#include "services/cohort/domain/allocation/seal.h"
#include "services/cohort/domain/randomisation/list.h"
#include "services/platform/error/error.h"

namespace reprise::cohort {
namespace {

using randomisation::Seed;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Row LST004 of tests/data/statistics/rand_seeded_lists.csv.
constexpr char kSeed[] = "6ad10b5ce18289cf590a61483b2746877798bb06f3ecd0849bd1a4d37d9a906f";
constexpr char kCommitment[] = "33e7d259a5e55da1e62191e6c6ba09d9e47dc12e6416b3f02b9015a55637907d";
constexpr char kSequence[] = "ABABABBABBAA";

randomisation::Factor FactorOf(const char* name, std::vector<std::string> levels) {
  randomisation::Factor factor;
  factor.name = name;
  factor.levels = std::move(levels);
  return factor;
}

AllocationList OracleList() {
  const StagePlan plan{.protocol_version = 1,
                       .arms = {{.code = "A", .ratio = 1}, {.code = "B", .ratio = 1}},
                       .factors = {FactorOf("CENTRE", {"1", "2"}), FactorOf("AGE", {"<50", ">=50"})},
                       .block_sizes = {4}};
  AllocationList list{.list_id = "list", .seed_sha256 = absl::HexStringToBytes(kCommitment)};
  list.design = *DesignOf(plan, {});
  return list;
}

Allocation At(int sequence, char arm) {
  return {.participant_id = absl::StrCat("p", sequence), .stratum = "CENTRE=1|AGE=<50", .sequence = sequence,
          .arm = std::string(1, arm), .factors = {{"CENTRE", "1"}, {"AGE", "<50"}}};
}

TEST(ArmAtTest, IsTheOraclesSequence) {
  const AllocationList list = OracleList();
  const Seed seed = *Seed::FromHex(kSeed, "seed");
  const std::string stratum = StratumOf(list.design, {{"CENTRE", "1"}, {"AGE", "<50"}});
  EXPECT_EQ(stratum, "CENTRE=1|AGE=<50");
  std::string sequence;
  for (int n = 1; n <= 12; ++n) sequence += *ArmAt(list, seed, stratum, n);
  EXPECT_EQ(sequence, kSequence);
}

TEST(FaultsOfTest, FindsNoneInTheOraclesListAndEachKindOtherwise) {
  const AllocationList list = OracleList();
  const Seed seed = *Seed::FromHex(kSeed, "seed");
  std::vector<Allocation> whole;
  for (int n = 12; n >= 1; --n) whole.push_back(At(n, kSequence[n - 1]));  // in any order
  EXPECT_THAT(*FaultsOf(list, seed, whole), IsEmpty());
  EXPECT_THAT(*FaultsOf(list, seed, {}), IsEmpty());
  EXPECT_THAT(*FaultsOf(list, seed, {At(1, 'B')}),
              ElementsAre("Place 1 of the stratum CENTRE=1|AGE=<50 has another arm than the list."));
  EXPECT_THAT(*FaultsOf(list, seed, {At(2, 'B')}),
              ElementsAre("Place 1 of the stratum CENTRE=1|AGE=<50 is not used."));
  EXPECT_THAT(*FaultsOf(list, seed, {At(1, 'A'), At(5, 'A')}),
              ElementsAre("Places 2 to 4 of the stratum CENTRE=1|AGE=<50 are not used."));
  EXPECT_THAT(*FaultsOf(list, seed, {At(1, 'A'), At(1, 'A')}),
              ElementsAre("Place 1 of the stratum CENTRE=1|AGE=<50 is used twice."));
  Allocation moved = At(1, 'A');
  moved.factors["AGE"] = ">=50";
  EXPECT_THAT(*FaultsOf(list, seed, {moved}),
              ElementsAre("Place 1 of the stratum CENTRE=1|AGE=<50 was given for factors of another stratum."));
  EXPECT_THAT(*FaultsOf(list, *Seed::FromHex(std::string(64, '0'), "seed"), {}),
              ElementsAre("The seed is not the one to which the list was committed."));
}

TEST(StratumOfTest, LeadsALaterSiteToAListOfItsOwn) {
  const StagePlan plan{.arms = {{.code = "A", .ratio = 1}, {.code = "B", .ratio = 1}},
                       .factors = {FactorOf("site", {})},
                       .block_sizes = {4}};
  const auto design = DesignOf(plan, {"LYO"});
  ASSERT_TRUE(design.ok());
  const auto factors = CompleteFactors(*design, "NEW", {});
  ASSERT_TRUE(factors.ok());
  EXPECT_EQ(StratumOf(*design, *factors), "site=NEW");
}

TEST(SealTest, OpensWithItsKeyForItsListOnly) {
  const Seed seed = *Seed::FromHex(kSeed, "seed");
  const std::string key(32, 'k');
  const std::string sealed = SealSeed(seed, key, "list", Nonce{1, 2, 3});
  ASSERT_TRUE(OpenSeed(sealed, key, "list").ok());
  EXPECT_EQ(OpenSeed(sealed, key, "list")->bytes(), seed.bytes());
  const auto reason = [&](const std::string& box, const std::string& with, const char* list) {
    return error::ReasonOf(OpenSeed(box, with, list).status());
  };
  EXPECT_EQ(reason(sealed, std::string(32, 'x'), "list"), "ALLOCATION_KEY_MISMATCH");
  EXPECT_EQ(reason(sealed, key, "other"), "ALLOCATION_KEY_MISMATCH");
  EXPECT_EQ(reason(sealed.substr(1), key, "list"), "ALLOCATION_KEY_MISMATCH");
  EXPECT_EQ(reason("", key, "list"), "ALLOCATION_KEY_MISMATCH");
  for (size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] ^= 1;
    EXPECT_EQ(reason(changed, key, "list"), "ALLOCATION_KEY_MISMATCH") << i;
  }
}

}  // namespace
}  // namespace reprise::cohort
