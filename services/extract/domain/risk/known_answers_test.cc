// SPDX-License-Identifier: Apache-2.0
// Every entry of tests/data/anonymisation/known_answers.json that concerns this folder
// (differencing is the guard's); each count is checked to be non-zero, so that an empty file cannot
// pass.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "services/extract/domain/risk/disclosure.h"
#include "services/extract/domain/risk/figures.h"
#include "services/extract/domain/risk/oracle_case.h"
#include "services/extract/domain/risk/risk_measures.h"
#include "services/extract/domain/risk/small_cells.h"
#include "services/extract/domain/risk/uniqueness.h"

namespace reprise::extract::risk {
namespace {

const nlohmann::json& Known() {
  static const nlohmann::json* const known = new nlohmann::json(nlohmann::json::parse(
      ReadBytes(std::string(REPRISE_TEST_DATA) + "/anonymisation/known_answers.json")));
  return *known;
}

// Fractions as counts of 18, which every entry divides; values named so that byte order is theirs.
constexpr double kParts = 18;

ClassCounts Counts(const nlohmann::json& fractions) {
  ClassCounts out;
  for (uint32_t i = 0; i < fractions.size(); ++i) {
    const auto count = static_cast<uint32_t>(std::lround(fractions[i].get<double>() * kParts));
    if (count > 0) out.emplace_back(i, count);
  }
  return out;
}

Reference All(const nlohmann::json& fractions) {
  std::vector<uint32_t> counts;
  std::vector<std::string> values;
  for (size_t i = 0; i < fractions.size(); ++i) {
    counts.push_back(static_cast<uint32_t>(std::lround(fractions[i].get<double>() * kParts)));
    values.push_back(std::to_string(i + 3));
  }
  return Reference(values, counts);
}

TEST(KnownAnswersTest, OrderedDistanceOfTheClosenessPaper) {
  ASSERT_EQ(Known()["emd_ordered"].size(), 2u);
  for (const auto& entry : Known()["emd_ordered"]) {
    EXPECT_NEAR(OrderedDistance(Counts(entry["p"]), All(entry["q"])), entry["answer"].get<double>(),
                1e-12);
  }
}

TEST(KnownAnswersTest, EqualDistance) {
  ASSERT_EQ(Known()["emd_equal"].size(), 1u);
  for (const auto& entry : Known()["emd_equal"]) {
    EXPECT_NEAR(EqualDistance(Counts(entry["p"]), All(entry["q"])), entry["answer"].get<double>(),
                1e-12);
  }
}

ClassCounts Given(const nlohmann::json& counts) {
  ClassCounts out;
  for (uint32_t i = 0; i < counts.size(); ++i) out.emplace_back(i, counts[i].get<uint32_t>());
  return out;
}

TEST(KnownAnswersTest, EntropyDiversity) {
  ASSERT_EQ(Known()["entropy_diversity"].size(), 1u);
  for (const auto& entry : Known()["entropy_diversity"]) {
    const double bits = EntropyBits(Given(entry["counts"]));
    EXPECT_NEAR(bits, entry["entropy_bits"].get<double>(), 1e-12);
    EXPECT_NEAR(std::exp2(bits), entry["largest_l"].get<double>(), 1e-12);
  }
}

TEST(KnownAnswersTest, RecursiveDiversity) {
  ASSERT_EQ(Known()["recursive_cl"].size(), 2u);
  for (const auto& entry : Known()["recursive_cl"]) {
    EXPECT_NEAR(RecursiveRatio(Given(entry["counts"]), entry["l"].get<size_t>()),
                entry["holds_for_c_above"].get<double>(), 1e-12);
  }
}

TEST(KnownAnswersTest, LikenessAndDisclosure) {
  // One value of 3 in 10 in the class against 1 in 10 overall, so p = .1 is the whole and q = .3
  // the class.
  const ClassCounts of_class = {{0, 3}, {1, 7}};
  const Reference all({"a", "b"}, {1, 9});
  ASSERT_EQ(Known()["basic_beta_likeness"][0]["p"], 0.1);
  EXPECT_NEAR(BasicBeta(of_class, all),
              Known()["basic_beta_likeness"][0]["beta_needed"].get<double>(), 1e-12);
  ASSERT_EQ(Known()["delta_disclosure"][0]["q"], 0.3);
  // Stated there in natural logarithms; 1 bit is ln 2.
  EXPECT_NEAR(DeltaDisclosure(of_class, all) * std::log(2.0),
              Known()["delta_disclosure"][0]["delta_must_exceed"].get<double>(), 1e-12);
}

TEST(KnownAnswersTest, Risks) {
  ASSERT_EQ(Known()["risk"].size(), 1u);
  for (const auto& entry : Known()["risk"]) {
    std::vector<uint32_t> sizes = entry["class_sizes"].get<std::vector<uint32_t>>();
    std::vector<uint64_t> population = entry["population_class_sizes"].get<std::vector<uint64_t>>();
    const RiskMeasures prosecutor = Prosecutor(sizes);
    EXPECT_NEAR(prosecutor.highest, entry["prosecutor_max"].get<double>(), 1e-12);
    EXPECT_NEAR(prosecutor.average, entry["prosecutor_average"].get<double>(), 1e-12);
    // Risk above 0.2 is a group of fewer than 5.
    EXPECT_EQ(PersonsInGroupsBelow(sizes, 5), entry["records_with_risk_above_0_2"].get<size_t>());
    EXPECT_EQ(PersonsInGroupsBelow(sizes, 2), entry["sample_uniques"].get<size_t>());
    const RiskMeasures journalist = Journalist(sizes, population);
    EXPECT_NEAR(journalist.highest, entry["journalist_max"].get<double>(), 1e-12);
    EXPECT_NEAR(journalist.average, entry["marketer"].get<double>(), 1e-12);
  }
}

TEST(KnownAnswersTest, AGroupOfElevenIsLargeEnoughThoughItsRiskExceedsNinePercent) {
  ASSERT_EQ(Known()["threshold"].size(), 1u);
  const auto group = Known()["threshold"][0]["group"].get<uint32_t>();
  EXPECT_GT(1.0 / group, 0.09);
  EXPECT_EQ(PersonsInGroupsBelow({group}, kSmallestGroup), 0u);
  EXPECT_TRUE(LargeEnough(group));
  EXPECT_FALSE(LargeEnough(group - 1));
}

TEST(KnownAnswersTest, SmallCellsWithTheFeasibleInterval) {
  ASSERT_EQ(Known()["small_cells"].size(), 1u);
  for (const auto& entry : Known()["small_cells"]) {
    const FrequencyTable table{.cells = entry["table"].get<std::vector<std::vector<uint32_t>>>()};
    const TableProtection protection =
        ProtectTable(table, {.threshold = entry["threshold"].get<uint32_t>(),
                             .close_zeros = false,
                             .totals_published = entry["margins_published"].get<bool>()});
    EXPECT_TRUE(protection.safe);
    std::vector<std::vector<size_t>> primary, secondary;
    for (const ClosedCell& cell : protection.closed) {
      (cell.state == CellState::kPrimary ? primary : secondary).push_back({cell.row, cell.column});
      if (cell.state == CellState::kPrimary) {
        EXPECT_EQ(cell.low, entry["feasible_interval_of_primary"][0].get<uint32_t>());
        EXPECT_EQ(cell.high.value(), entry["feasible_interval_of_primary"][1].get<uint32_t>());
      }
    }
    EXPECT_EQ(primary, entry["primary"].get<std::vector<std::vector<size_t>>>());
    EXPECT_EQ(secondary, entry["cheapest_secondary"].get<std::vector<std::vector<size_t>>>());
    EXPECT_EQ(protection.secondary_sum, entry["suppressed_sum_secondary"].get<uint64_t>());
  }
}

}  // namespace
}  // namespace reprise::extract::risk
