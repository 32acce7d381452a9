// SPDX-License-Identifier: Apache-2.0
#include "services/quality/domain/seen_numbers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace reprise::quality {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(SeenNumbersTest, AsksForWhatIsMissingUntilItCameOrCannotCome) {
  SeenNumbers seen;
  for (int64_t number = 1; number <= 11; ++number) seen.Note(number);
  seen.Note(14);
  EXPECT_EQ(seen.highest(), 14);
  EXPECT_THAT(seen.gaps(), ElementsAre(12, 13));
  seen.Note(13);
  EXPECT_EQ(seen.highest(), 14);
  EXPECT_THAT(seen.gaps(), ElementsAre(12));
  seen.Settle(11);
  EXPECT_THAT(seen.gaps(), ElementsAre(12));
  seen.Settle(12);
  EXPECT_THAT(seen.gaps(), IsEmpty());
  EXPECT_EQ(seen.highest(), 14);
}

TEST(SeenNumbersTest, KeepsANumberApartThatNoSequenceGave) {
  SeenNumbers seen;
  seen.Note(1);
  seen.Note(std::numeric_limits<int64_t>::max());
  EXPECT_TRUE(seen.Apart(std::numeric_limits<int64_t>::max()));
  EXPECT_EQ(seen.highest(), 1);
  EXPECT_THAT(seen.gaps(), IsEmpty());
  seen.Note(2);
  EXPECT_EQ(seen.highest(), 2);
  EXPECT_FALSE(seen.Apart(2));
}

}  // namespace
}  // namespace reprise::quality
