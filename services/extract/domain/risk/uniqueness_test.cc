// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/risk/uniqueness.h"

#include <gtest/gtest.h>

#include <cmath>

#include "services/extract/domain/risk/oracle_case.h"
#include "services/extract/domain/risk/sample.h"
#include "services/extract/domain/risk/sample_uniques.h"

namespace reprise::extract::risk {
namespace {

TEST(UniquenessTest, AgreesWithTheAnchorOnEveryInput) {
  for (const char* name : {"P01", "P02", "P03", "P04", "P05", "P06", "P07", "P08", "P09"}) {
    const OracleCase oracle = LoadOracle(name);
    const auto sample = ReadSample(oracle.data, "data.csv", oracle.request);
    ASSERT_TRUE(sample.ok()) << sample.status();
    const auto& input = oracle.expected["input_risk"];
    const auto& share = input["population_unique_fraction"];
    const UniquenessEstimate estimate =
        EstimateUniqueness(sample->classes.Histogram(), input["population_size"].get<double>());
    EXPECT_NEAR(estimate.zayatz, share["zayatz"].get<double>(), 1e-9) << name;
    EXPECT_NEAR(estimate.dankar, share["dankar"].get<double>(), 1e-9) << name;
    // The anchor writes 0 where its solver gives up; these inputs do not identify the model.
    EXPECT_EQ(estimate.pitman.has_value(), share["pitman"].get<double>() > 0) << name;
  }
}

// A sample drawn from a population whose class sizes follow Pitman's model with alpha = .6: the
// estimate must come near the number of uniques that the population has. Own simulation, sequential
// (Chinese restaurant) construction with a fixed linear congruential generator.
TEST(UniquenessTest, FindsTheUniquesOfASimulatedPopulation) {
  constexpr double kAlpha = 0.6, kTheta = 200;
  constexpr uint32_t kPopulation = 40000, kSample = 2000;
  uint64_t state = 7;
  const auto uniform = [&state] {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<double>(state >> 11) * 0x1p-53;
  };
  std::vector<uint32_t> table_of, size;
  for (uint32_t i = 0; i < kPopulation; ++i) {
    const double fresh = (kTheta + kAlpha * static_cast<double>(size.size())) / (kTheta + i);
    uint32_t table = static_cast<uint32_t>(size.size());
    if (uniform() >= fresh) {
      do {  // an existing table with chance proportional to its size minus alpha
        table = table_of[static_cast<size_t>(uniform() * i)];
      } while (uniform() >= (size[table] - kAlpha) / size[table]);
    }
    if (table == size.size()) size.push_back(0);
    ++size[table];
    table_of.push_back(table);
  }
  double uniques = 0;
  for (const uint32_t s : size) uniques += s == 1;
  // The first kSample guests are an exchangeable sample of all.
  std::map<uint32_t, uint32_t> in_sample, histogram;
  for (uint32_t i = 0; i < kSample; ++i) ++in_sample[table_of[i]];
  for (const auto& [table, s] : in_sample) ++histogram[s];
  const UniquenessEstimate estimate = EstimateUniqueness(histogram, kPopulation);
  ASSERT_TRUE(estimate.pitman.has_value());
  EXPECT_EQ(estimate.dankar_choice, "pitman");
  EXPECT_NEAR(*estimate.pitman / (uniques / kPopulation), 1, 0.15);
}

// Expected class counts of a slide negative binomial population (shape 2, p = .5, 60 000 persons in
// 20 000 classes), thinned to three tenths, summed here term by term.
TEST(UniquenessTest, SlideNegativeBinomialRecoversItsOwnParameters) {
  constexpr double kFraction = 0.3, kClasses = 20000;
  std::map<uint32_t, uint32_t> histogram;
  std::vector<double> expected(200, 0);
  double pmf = 0.25;  // P(others = 0) = p^2
  for (int others = 0; others < 120; ++others) {
    double chance = std::pow(1 - kFraction, others + 1);
    for (int s = 0; s <= others + 1; ++s) {
      expected[static_cast<size_t>(s)] += kClasses * pmf * chance;
      chance *= kFraction / (1 - kFraction) * (others + 1 - s) / (s + 1);
    }
    pmf *= 0.5 * (others + 2) / (others + 1);
  }
  double persons = 0;
  for (uint32_t s = 1; s < 30; ++s) {
    histogram[s] = static_cast<uint32_t>(std::lround(expected[s]));
    persons += s * histogram[s];
  }
  const UniquenessEstimate estimate = EstimateUniqueness(histogram, persons / kFraction);
  ASSERT_TRUE(estimate.snb.has_value());
  EXPECT_NEAR(*estimate.snb, kClasses * 0.25 / 60000, 0.002);
}

TEST(UniquenessTest, NobodyIsUniqueWithoutASampleUnique) {
  const UniquenessEstimate estimate = EstimateUniqueness({{5, 3}, {7, 2}}, 1e6);
  EXPECT_EQ(estimate.zayatz, 0);
  EXPECT_EQ(estimate.dankar, 0);
  EXPECT_EQ(EstimateUniqueness({}, 1e6).dankar, 0);
}

TEST(UniquenessTest, ASampleOfEverybodyIsItsOwnAnswer) {
  EXPECT_DOUBLE_EQ(EstimateUniqueness({{1, 3}, {7, 1}}, 10).dankar, 0.3);
}

TEST(UniquenessTest, ExpectedJournalistRiskIsTheMeanOfOneOverClassSize) {
  // Benedetti and Franconi's closed form for f = 1: -p log p / (1 - p).
  EXPECT_NEAR(ExpectedJournalistRisk(1, 0.01), -0.01 * std::log(0.01) / 0.99, 1e-12);
  EXPECT_NEAR(ExpectedJournalistRisk(1, 0.9), -0.9 * std::log(0.9) / 0.1, 1e-9);
  // f = 2: p (p log p - p + 1) / (1 - p)^2 * p, the second closed form, for both branches.
  for (const double p : {0.05, 0.6}) {
    const double two = p * p / ((1 - p) * (1 - p)) * (std::log(p) + 1 / p - 1);
    EXPECT_NEAR(ExpectedJournalistRisk(2, p), two, 1e-9) << p;
  }
  EXPECT_EQ(ExpectedJournalistRisk(4, 1), 0.25);
  for (uint32_t f = 2; f < 40; ++f) {  // falls with f across the change of method
    EXPECT_LT(ExpectedJournalistRisk(f, 0.003), ExpectedJournalistRisk(f - 1, 0.003)) << f;
    EXPECT_GT(ExpectedJournalistRisk(f, 0.003), 0.003 / f) << f;
  }
}

Sample SampleOf(const std::string& csv, const std::string& qis) {
  return ReadSample(csv, "x.csv", ReadCase("{\"qis\":[" + qis + "]}").value()).value();
}

TEST(SampleUniquesTest, FindsTheSmallestCombinationsOnly) {
  // Row 1 is alone with a = 1. Rows 2 and 3 are alone with (a, b); c tells nobody apart.
  const SampleUniques uniques = FindSampleUniques(
      SampleOf("a;b;c\n1;x;u\n2;x;u\n2;y;u\n3;x;u\n3;y;u\n3;y;u\n", R"("a","b","c")"));
  EXPECT_EQ(uniques.largest, 3u);
  // (3, x) is alone as well, (3, y) are two.
  EXPECT_EQ(uniques.by_size, (std::map<size_t, size_t>{{1, 1}, {2, 3}}));
  EXPECT_EQ(uniques.persons, 4u);
  EXPECT_EQ(uniques.highest_score, 1);
  ASSERT_EQ(uniques.share.size(), 3u);
  EXPECT_EQ(uniques.share[0].second, 1);
  EXPECT_EQ(uniques.share[1].second, 0.75);
  EXPECT_EQ(uniques.share[2].second, 0);
}

TEST(SampleUniquesTest, AStarFindsNobody) {
  const SampleUniques uniques =
      FindSampleUniques(SampleOf("a;b\n*;x\n2;x\n2;x\n*;*\n", R"("a","b")"));
  EXPECT_TRUE(uniques.by_size.empty());
}

TEST(SampleUniquesTest, GivesUpLargerCombinationsWhenTheBudgetEnds) {
  EXPECT_EQ(FindSampleUniques(SampleOf("a;b\n1;x\n2;y\n", R"("a","b")"), 5).largest, 1u);
}

}  // namespace
}  // namespace reprise::extract::risk
