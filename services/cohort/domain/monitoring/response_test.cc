// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "services/cohort/domain/monitoring/digit_preference.h"
#include "services/cohort/domain/monitoring/multiplicity.h"
#include "services/cohort/domain/monitoring/response_style.h"
#include "services/platform/error/error.h"

namespace reprise::monitoring {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::Optional;
using Values = std::vector<Recorded>;

TEST(ResponseStyleTest, LeavesUnansweredItemsOutOfRuns) {
  const auto style = ResponseStyleOf(Values{3, std::nullopt, 3, 3, 1, 5});
  ASSERT_TRUE(style.ok()) << style.status();
  EXPECT_EQ(style->longest_run, 3);
  EXPECT_EQ(style->distinct, 3);
  EXPECT_THAT(style->missing_share, Optional(DoubleNear(1.0 / 6, 1e-15)));
  EXPECT_THAT(style->variability, Optional(DoubleNear(std::sqrt(2.0), 1e-15)));  // 3 3 3 1 5
}

TEST(ResponseStyleTest, HandlesOneNoneAndNothingAnswered) {
  const auto one = ResponseStyleOf(Values{4});
  EXPECT_EQ(one->longest_run, 1);
  EXPECT_EQ(one->variability, std::nullopt);
  const auto none = ResponseStyleOf(Values{std::nullopt, std::nullopt});
  EXPECT_EQ(none->longest_run, 0);
  EXPECT_EQ(none->distinct, 0);
  EXPECT_THAT(none->missing_share, Optional(1.0));
  EXPECT_EQ(ResponseStyleOf(Values{})->missing_share, std::nullopt);
  EXPECT_EQ(error::ReasonOf(ResponseStyleOf(Values{1, INFINITY}).status()), "VALUE_NOT_FINITE");
}

// 10 of each digit but 0 (20) and 1 (0): chi-square 20; P(X > 20) with 9 df is .0179 in the tables.
TEST(DigitPreferenceTest, FollowsTheHandWorkedExample) {
  const auto result =
      DigitPreferenceOf(std::vector<int64_t>{20, 0, 10, 10, 10, 10, 10, 10, 10, 10});
  EXPECT_THAT(result->chi_square, Optional(DoubleNear(20, 1e-14)));
  EXPECT_THAT(result->p, Optional(DoubleNear(0.0179, 0.00005)));
}

TEST(DigitPreferenceTest, NeedsTenCountsOfSomething) {
  EXPECT_EQ(DigitPreferenceOf(std::vector<int64_t>(10, 0))->p, std::nullopt);
  EXPECT_EQ(error::ReasonOf(DigitPreferenceOf(std::vector<int64_t>(9, 1)).status()),
            "LENGTHS_DIFFER");
  std::vector<int64_t> negative(10, 4);
  negative[3] = -1;
  const auto result = DigitPreferenceOf(negative);
  EXPECT_EQ(error::ReasonOf(result.status()), "COUNT_INVALID");
  EXPECT_EQ(error::DetailOf(result.status()).violations.at(0).path, "digit_counts[3]");
}

// By hand: sorted .01 .02 .03 .5; BH .04 .04 .04 .5; Holm .04 .06 .06 .5.
TEST(MultiplicityTest, FollowsTheHandWorkedExampleAndKeepsTheOrder) {
  const auto adjusted = Adjust(Values{0.5, 0.01, std::nullopt, 0.03, 0.02});
  ASSERT_TRUE(adjusted.ok()) << adjusted.status();
  const auto near = [](double value) { return Optional(DoubleNear(value, 1e-15)); };
  EXPECT_THAT(adjusted->benjamini_hochberg,
              ElementsAre(near(0.5), near(0.04), std::nullopt, near(0.04), near(0.04)));
  EXPECT_THAT(adjusted->holm,
              ElementsAre(near(0.5), near(0.04), std::nullopt, near(0.06), near(0.06)));
}

TEST(MultiplicityTest, NeverExceedsOneAndAcceptsTheEnds) {
  const auto adjusted = Adjust(Values{1, 0.9, 0});
  EXPECT_THAT(adjusted->benjamini_hochberg,
              ElementsAre(Optional(1.0), Optional(1.0), Optional(0.0)));
  EXPECT_THAT(adjusted->holm, ElementsAre(Optional(1.0), Optional(1.0), Optional(0.0)));
  EXPECT_TRUE(Adjust(Values{})->holm.empty());
}

TEST(MultiplicityTest, RefusesWhatIsNoProbability) {
  for (const double bad : {-0.01, 1.01, 5.0, std::nan("")}) {
    const auto adjusted = Adjust(Values{0.5, bad});
    EXPECT_EQ(error::ReasonOf(adjusted.status()), "PROBABILITY_INVALID") << bad;
    EXPECT_EQ(error::DetailOf(adjusted.status()).violations.at(0).path, "p[1]") << bad;
  }
}

}  // namespace
}  // namespace reprise::monitoring
