// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "services/cohort/domain/monitoring/centre_check.h"
#include "services/cohort/domain/monitoring/mahalanobis.h"
#include "services/platform/error/error.h"

namespace reprise::monitoring {
namespace {

using ::testing::DoubleNear;
using ::testing::Optional;
using Names = std::vector<std::string>;
using Rows = std::vector<std::vector<double>>;
using Values = std::vector<Recorded>;

constexpr double kFew[] = {1.2, 3.4, 2.2, 5.1, 2.8};
constexpr double kMore[] = {7.5, 6.1, 9.3, 2.2, 8.8, 7.7};

struct Table {
  Names centres;
  Values values;
  void Add(const std::string& centre, absl::Span<const double> numbers) {
    for (const double number : numbers) {
      centres.push_back(centre);
      values.push_back(number);
    }
  }
};

// R 4.2: t.test(a, b) and var.test(a, b) on the ten and one values above.
TEST(CentreCheckTest, AgreesWithRForTwoCentres) {
  Table table;
  table.Add("10", kMore);
  table.Add("9", kFew);
  const auto checks = CheckCentres(table.centres, table.values);
  ASSERT_TRUE(checks.ok()) << checks.status();
  ASSERT_EQ(checks->size(), 2u);
  EXPECT_EQ(checks->at(0).centre, "9");  // by number, not by letter
  EXPECT_EQ(checks->at(0).recorded, 5);
  EXPECT_THAT(checks->at(0).welch_t, Optional(DoubleNear(-3.2318941627905291, 1e-13)));
  EXPECT_THAT(checks->at(0).welch_p, Optional(DoubleNear(0.0118505864227449, 1e-14)));
  EXPECT_THAT(checks->at(0).adjusted_p, Optional(DoubleNear(0.0118505864227449, 1e-14)));
  EXPECT_THAT(checks->at(0).variance_ratio_p, Optional(DoubleNear(0.2923326535404436, 1e-13)));
  EXPECT_THAT(checks->at(1).welch_t, Optional(DoubleNear(3.2318941627905291, 1e-13)));
  EXPECT_THAT(checks->at(1).variance_ratio_p, Optional(DoubleNear(0.2923326535404436, 1e-13)));
}

TEST(CentreCheckTest, AConstantCentreIsTestedAndItsSpreadStandsOut) {
  Table table;
  table.Add("A", std::vector<double>(5, 4.0));
  table.Add("B", kMore);
  const auto checks = CheckCentres(table.centres, table.values);
  // R 4.2: t.test(rep(4, 5), b).
  EXPECT_THAT(checks->at(0).welch_t, Optional(DoubleNear(-2.79287686093650622, 1e-13)));
  EXPECT_THAT(checks->at(0).welch_p, Optional(DoubleNear(0.03831445420126453, 1e-14)));
  EXPECT_THAT(checks->at(0).variance_ratio_p, Optional(0.0));
  EXPECT_THAT(checks->at(1).variance_ratio_p, Optional(0.0));
}

TEST(CentreCheckTest, LeavesSmallCentresAndSpreadlessOnesUntested) {
  Table table;
  table.Add("big", kMore);
  table.Add("small", absl::MakeConstSpan(kFew).subspan(0, 4));
  table.centres.push_back("small");
  table.values.push_back(std::nullopt);  // a missing value does not make a fifth
  const auto checks = CheckCentres(table.centres, table.values);
  EXPECT_EQ(checks->at(1).recorded, 4);
  EXPECT_EQ(checks->at(1).welch_t, std::nullopt);
  EXPECT_EQ(checks->at(1).adjusted_p, std::nullopt);
  EXPECT_TRUE(checks->at(0).welch_p.has_value());

  const auto constant =
      CheckCentres(Names{"A", "A", "A", "A", "A", "B", "B", "B", "B", "B"}, Values(10, 0.1));
  EXPECT_EQ(constant->at(0).welch_t, std::nullopt);
  EXPECT_EQ(constant->at(0).variance_ratio_p, std::nullopt);

  const auto alone = CheckCentres(Names(6, "A"), Values{1, 2, 3, 4, 5, 6});
  EXPECT_EQ(alone->at(0).welch_t, std::nullopt);
  EXPECT_THAT(alone->at(0).mean, Optional(3.5));
  EXPECT_TRUE(CheckCentres(Names{}, Values{})->empty());

  Table huge;
  huge.Add("A", std::vector<double>{1e308, -1e308, 1e308, 1e307, 3});
  huge.Add("B", kMore);
  const auto too_large = CheckCentres(huge.centres, huge.values);
  EXPECT_EQ(too_large->at(0).mean, std::nullopt);
  EXPECT_EQ(too_large->at(0).welch_t, std::nullopt);
  EXPECT_EQ(too_large->at(1).welch_t, std::nullopt);
}

TEST(CentreCheckTest, RefusesListsOfDifferentLength) {
  EXPECT_EQ(error::ReasonOf(CheckCentres(Names{"A"}, Values{}).status()), "LENGTHS_DIFFER");
}

// R 4.2: mahalanobis(m, colMeans(m), cov(m)).
TEST(MahalanobisTest, AgreesWithR) {
  const auto distances = DistancesOf(Rows{{1, 2}, {2, 1}, {3, 5}, {4, 3}, {6, 8}});
  ASSERT_TRUE(distances.ok()) << distances.status();
  const double want[] = {1.697592295345105, 1.222471910112359, 1.004173354735153, 1.684751203852327,
                         2.391011235955058};
  ASSERT_EQ(distances->squared.size(), 5u);
  for (size_t i = 0; i < 5; ++i) {
    EXPECT_NEAR(distances->squared[i], want[i], 1e-14) << i;
    // With two degrees of freedom the tail is exp(-d2 / 2).
    EXPECT_THAT(distances->p[i], Optional(DoubleNear(std::exp(-want[i] / 2), 1e-14))) << i;
  }
}

TEST(MahalanobisTest, DoesNotDependOnUnitsAndAddsUp) {
  const Rows rows = {{1, 2}, {2, 1}, {3, 5}, {4, 3}, {6, 8}};
  Rows scaled = rows;
  for (auto& row : scaled) row = {row[0] * 1e6 - 3, 40 - row[1] / 1e5};
  const auto plain = DistancesOf(rows);
  const auto other = DistancesOf(scaled);
  double sum = 0;
  for (size_t i = 0; i < rows.size(); ++i) {
    EXPECT_NEAR(plain->squared[i], other->squared[i], 1e-8) << i;
    sum += plain->squared[i];
  }
  EXPECT_NEAR(sum, 4 * 2, 1e-13);  // (n - 1) p
}

TEST(MahalanobisTest, IsEmptyWhereTheCovarianceIsSingular) {
  struct Case {
    const char* name;
    Rows rows;
  };
  for (const Case& singular :
       {Case{"constant column", {{1, 4}, {2, 4}, {3, 4}, {5, 4}}},
        Case{"one column twice", {{1, 1}, {2, 2}, {3, 3}, {5, 5}}},
        Case{"sum of others",
             {{.1, .2, .3}, {.4, .1, .5}, {.7, .3, 1}, {.2, .2, .4}, {.9, .7, 1.6}}},
        Case{"as many rows as columns", {{1, 2}, {3, 5}}}, Case{"one row", {{1}}},
        Case{"nothing", {}}, Case{"no columns", {{}, {}}},
        Case{"too large to add up", {{1e308}, {-1e308}, {1e308}}}}) {
    const auto distances = DistancesOf(singular.rows);
    ASSERT_TRUE(distances.ok()) << singular.name;
    EXPECT_TRUE(distances->squared.empty()) << singular.name;
  }
}

TEST(MahalanobisTest, RefusesRaggedRowsAndNumbersThatAreNone) {
  const auto ragged = DistancesOf(Rows{{1, 2}, {3}});
  EXPECT_EQ(error::ReasonOf(ragged.status()), "LENGTHS_DIFFER");
  EXPECT_EQ(error::DetailOf(ragged.status()).violations.at(0).path, "rows[1]");
  EXPECT_EQ(error::ReasonOf(DistancesOf(Rows{{1, 2}, {3, NAN}}).status()), "VALUE_NOT_FINITE");
}

}  // namespace
}  // namespace reprise::monitoring
