// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/randomisation/list.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "services/platform/error/error.h"

namespace reprise::randomisation {
namespace {

Design BlockDesign() {
  Design design;
  design.arms = {{.code = "A"}, {.code = "B"}};
  design.factors = {{.name = "CENTRE", .levels = {"1", "2", "3"}, .weight = 1},
                    {.name = "AGE", .levels = {"<50", "50+"}, .weight = 1}};
  design.method = Method::kBlocks;
  design.block_sizes = {4, 6};
  design.strata = {"CENTRE"};
  return design;
}

Seed TestSeed() { return *Seed::FromHex(std::string(64, '7'), "seed"); }

TEST(ListTest, EachSlotIsTheSameAloneAndInItsList) {
  const auto list = MakeList(BlockDesign(), TestSeed(), "CENTRE=1", 100);
  ASSERT_TRUE(list.ok()) << list.status();
  for (int64_t n = 1; n <= 100; ++n) {
    EXPECT_EQ(*ListSlot(BlockDesign(), TestSeed(), "CENTRE=1", n),
              list->arms[static_cast<size_t>(n - 1)]);
  }
  EXPECT_NE(MakeList(BlockDesign(), TestSeed(), "CENTRE=2", 100)->arms, list->arms);
}

TEST(ListTest, EveryBlockIsBalanced) {
  Design design = BlockDesign();
  design.arms[0].ratio = 2;
  design.block_sizes = {3, 6, 9};
  const auto list = MakeList(design, TestSeed(), "all", 500);
  size_t at = 0;
  for (const int size : list->drawn_sizes) {
    if (at + static_cast<size_t>(size) > list->arms.size()) break;
    const auto begin = list->arms.begin() + static_cast<std::ptrdiff_t>(at);
    EXPECT_EQ(std::count(begin, begin + size, 1), size / 3);
    at += static_cast<size_t>(size);
  }
  EXPECT_GT(at, 400U);
}

TEST(ListTest, AnEmergencyListHasBlocksOfFourAndAStreamOfItsOwn) {
  const auto list = EmergencyList(BlockDesign(), TestSeed(), "1", 40);
  ASSERT_TRUE(list.ok()) << list.status();
  EXPECT_EQ(list->drawn_sizes, std::vector<int>(10, 4));
  for (size_t block = 0; block < 10; ++block) {
    const auto begin = list->arms.begin() + static_cast<std::ptrdiff_t>(4 * block);
    EXPECT_EQ(std::count(begin, begin + 4, 0), 2);
  }
  EXPECT_NE(EmergencyList(BlockDesign(), TestSeed(), "2", 40)->arms, list->arms);
  Design unequal = BlockDesign();
  unequal.arms[0].ratio = 2;
  unequal.block_sizes = {3};
  EXPECT_EQ(EmergencyList(unequal, TestSeed(), "1", 6)->drawn_sizes, std::vector<int>{6});
}

TEST(ListTest, RefusesWhatHasNoList) {
  Design minimisation = BlockDesign();
  minimisation.method = Method::kMinimisation;
  EXPECT_EQ(error::ReasonOf(MakeList(minimisation, TestSeed(), "all", 4).status()),
            "METHOD_UNSUITABLE");
  for (const int64_t n : {int64_t{0}, int64_t{-1}, kMaxSlots + 1}) {
    EXPECT_EQ(error::ReasonOf(ListSlot(BlockDesign(), TestSeed(), "all", n).status()),
              "NUMBER_OUT_OF_RANGE");
  }
  EXPECT_EQ(error::ReasonOf(MakeList(BlockDesign(), TestSeed(), "", 4).status()),
            "LABEL_MALFORMED");
  EXPECT_EQ(error::ReasonOf(EmergencyList(BlockDesign(), TestSeed(), "", 4).status()),
            "LABEL_MALFORMED");
}

}  // namespace
}  // namespace reprise::randomisation
