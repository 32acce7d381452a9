// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/statistics/forecast.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "services/cohort/domain/statistics/rate_estimation.h"
#include "services/platform/error/error.h"

namespace reprise::statistics {
namespace {

Recruitment Six() {
  Recruitment recruitment{
      .prior = {.alpha = 1.8, .beta = 1.2}, .centres = {}, .target_remaining = 200};
  for (const double k : {12, 8, 7, 5, 3, 2}) {
    recruitment.centres.push_back({.recruited = k, .exposure = 6});
  }
  return recruitment;
}

// The distribution of the sum by convolving term after term.
std::vector<double> Convolved(const std::vector<NegativeBinomialTerm>& terms, size_t length) {
  std::vector<double> sum(length, 0);
  sum[0] = 1;
  for (const NegativeBinomialTerm& term : terms) {
    const double p = 1 / (1 + term.odds);
    std::vector<double> mass(length), next(length, 0);
    for (size_t k = 0; k < length; ++k) {
      const double x = static_cast<double>(k);
      mass[k] = std::exp(std::lgamma(term.size + x) - std::lgamma(term.size) - std::lgamma(x + 1) +
                         term.size * std::log(p) + x * std::log1p(-p));
    }
    for (size_t i = 0; i < length; ++i) {
      for (size_t j = 0; i + j < length; ++j) next[i + j] += sum[i] * mass[j];
    }
    sum = next;
  }
  return sum;
}

TEST(NegativeBinomialSumTest, IsTheConvolution) {
  const std::vector<NegativeBinomialTerm> terms = {{.size = 1.8, .odds = 3.1},
                                                   {.size = 13.8, .odds = 2.5},
                                                   {.size = 0.05, .odds = 40},
                                                   {.size = 7, .odds = 0.001},
                                                   {.size = 2.2, .odds = 3.1}};
  const std::vector<double> expected = Convolved(terms, 300);
  NegativeBinomialSum sum(terms);
  for (const double mass : expected) {
    EXPECT_NEAR(sum.mass(), mass, 1e-11 * mass) << sum.k();
    sum.Next();
  }
}

TEST(NegativeBinomialSumTest, SumsToOneWhereTheFirstMassUnderflows) {
  // Mean 20,000, P(S = 0) about 1e-9000.
  NegativeBinomialSum sum({{.size = 9000, .odds = 2}, {.size = 500, .odds = 4}});
  EXPECT_EQ(sum.mass(), 0);
  CompensatedSum total, mean;
  for (; sum.k() < 30'000; sum.Next()) {
    total.Add(sum.mass());
    mean.Add(sum.mass() * static_cast<double>(sum.k()));
  }
  EXPECT_NEAR(total.value(), 1, 1e-10);
  EXPECT_NEAR(mean.value(), 20'000, 1e-5);
}

TEST(ForecastTest, TellsThatTheExampleWillMissItsTarget) {
  const auto forecast = ForecastCount(Six(), 18);
  ASSERT_TRUE(forecast.ok());
  EXPECT_NEAR(forecast->mean, 119.5, 1e-9);
  EXPECT_EQ(forecast->q05, 88);
  EXPECT_EQ(forecast->q95, 155);
  EXPECT_NEAR(*forecast->target_reached, 0.0003, 5e-5);
}

TEST(ForecastTest, TheOrderOfCentresChangesNothing) {
  Recruitment recruitment = Six();
  for (size_t i = 0; i < recruitment.centres.size(); ++i) {
    recruitment.centres[i].exposure += static_cast<double>(i);
    recruitment.centres[i].open_delay = static_cast<double>(i % 3);
  }
  const auto one = ForecastCount(recruitment, 12);
  std::reverse(recruitment.centres.begin(), recruitment.centres.end());
  const auto other = ForecastCount(recruitment, 12);
  EXPECT_NEAR(one->mean, other->mean, 1e-12 * one->mean);
  EXPECT_NEAR(*one->target_reached, *other->target_reached, 1e-12 * *one->target_reached);
  EXPECT_EQ(one->q50, other->q50);
}

TEST(ForecastTest, TimeAndProbabilityAreEachOthersInverse) {
  Recruitment recruitment = Six();
  recruitment.centres[0].open_delay = 4;
  recruitment.centres[1].closed = true;
  const auto time = ForecastTimeToTarget(recruitment);
  EXPECT_NEAR(*TargetReachedBy(recruitment, *time->p10), 0.1, 1e-12);
  EXPECT_NEAR(*TargetReachedBy(recruitment, *time->p50), 0.5, 1e-12);
  EXPECT_NEAR(*TargetReachedBy(recruitment, *time->p90), 0.9, 1e-12);
  double before = 0;
  for (double horizon = 0; horizon < 80; horizon += 2.5) {
    const double now = *TargetReachedBy(recruitment, horizon);
    EXPECT_GE(now, before);
    before = now;
  }
}

TEST(ForecastTest, EqualExposuresFollowTheBetaPrimeFormula) {
  // T = (beta + tau) B / (1 - B), B ~ Beta(n, alpha N + K)
  const auto time = ForecastTimeToTarget(Six());
  const double b = BetaQuantile(0.9, 200, 6 * 1.8 + 37);
  EXPECT_NEAR(*time->p90, (1.2 + 6) * b / (1 - b), 1e-9 * *time->p90);
}

TEST(ForecastTest, NothingComesWithoutTimeOrOpenCentres) {
  Recruitment recruitment = Six();
  const auto now = ForecastCount(recruitment, 0);
  EXPECT_EQ(now->mean, 0);
  EXPECT_EQ(now->q975, 0);
  EXPECT_EQ(now->target_reached, 0);
  for (Centre& centre : recruitment.centres) centre.closed = true;
  const auto closed = ForecastCount(recruitment, 18);
  EXPECT_EQ(closed->variance, 0);
  EXPECT_EQ(closed->target_reached, 0);
  EXPECT_EQ(closed->moment_match.target_reached, 0);
  EXPECT_EQ(closed->moment_match.q95, 0);
  EXPECT_FALSE(ForecastTimeToTarget(recruitment)->p10.has_value());
  recruitment.target_remaining = 0;
  EXPECT_EQ(ForecastCount(recruitment, 18)->target_reached, 1);
  EXPECT_EQ(ForecastTimeToTarget(recruitment)->p90, 0);
}

TEST(ForecastTest, AVeryWideForecastLeavesOpenWhatItCannotReach) {
  const Recruitment wide{.prior = {.alpha = 1e-3, .beta = 1e-6},
                         .centres = {{.recruited = 0, .exposure = 0}},
                         .target_remaining = 10};
  const auto forecast = ForecastCount(wide, 1e9);
  ASSERT_TRUE(forecast.ok());
  EXPECT_EQ(forecast->q50, 0);
  const auto time = ForecastTimeToTarget(wide);
  EXPECT_FALSE(time->p90.has_value());
}

TEST(ForecastTest, APilotCountsWithItsWeight) {
  const auto half = Discounted({{.recruited = 12, .exposure = 6, .open_delay = 2}}, 0.5);
  EXPECT_EQ((*half)[0].recruited, 6);
  EXPECT_EQ((*half)[0].exposure, 3);
  EXPECT_EQ((*half)[0].open_delay, 2);
  EXPECT_EQ(error::ReasonOf(Discounted({}, 50).status()), "PROPORTION_AS_PERCENT");
  const auto prior = PriorFromProtocol(1.5, 0.5);
  EXPECT_NEAR(prior->alpha, 4, 1e-15);
  EXPECT_NEAR(prior->alpha / prior->beta, 1.5, 1e-15);
}

TEST(RateEstimationTest, TheMaximumIsHigherThanItsNeighbours) {
  const std::vector<int64_t> recruited = {15, 3, 9, 1, 6, 0, 4, 12};
  const std::vector<double> exposure = {8, 7, 8, 3, 8, 2, 8, 6};
  const auto estimate = EstimateRates(recruited, exposure);
  ASSERT_TRUE(estimate.ok() && estimate->prior.has_value());
  const auto cost = [&](double alpha, double beta) {
    double sum = 0;
    for (size_t i = 0; i < recruited.size(); ++i) {
      const double k = static_cast<double>(recruited[i]);
      sum -= std::lgamma(alpha + k) - std::lgamma(alpha) - std::lgamma(k + 1) +
             alpha * std::log(beta / (beta + exposure[i])) +
             k * std::log(exposure[i] / (beta + exposure[i]));
    }
    return sum;
  };
  const auto [alpha, beta] = *estimate->prior;
  EXPECT_NEAR(*estimate->negative_log_likelihood, cost(alpha, beta), 1e-10);
  for (const double da : {0.99, 1.0, 1.01}) {
    for (const double db : {0.99, 1.0, 1.01}) {
      EXPECT_LE(cost(alpha, beta), cost(alpha * da, beta * db) + 1e-12);
    }
  }
}

TEST(RateEstimationTest, EvenCountsFallBackToACommonRate) {
  for (const std::vector<int64_t>& recruited :
       {std::vector<int64_t>{6, 6, 6, 6}, std::vector<int64_t>{5, 7, 6, 6},
        std::vector<int64_t>{24}}) {
    const std::vector<double> exposure(recruited.size(),
                                       24.0 / static_cast<double>(recruited.size()));
    const auto estimate = EstimateRates(recruited, exposure);
    ASSERT_TRUE(estimate.ok());
    EXPECT_FALSE(estimate->prior.has_value());
    EXPECT_FALSE(estimate->negative_log_likelihood.has_value());
    EXPECT_NEAR(estimate->homogeneous_rate, 1, 1e-15);
    EXPECT_EQ(PriorFor(*estimate)->alpha, kLargestAlpha);
    EXPECT_NEAR(PriorFor(*estimate)->beta, 50, 1e-12);
  }
  const auto none = EstimateRates({0, 0}, {3, 3});
  EXPECT_EQ(none->homogeneous_rate, 0);
  EXPECT_FALSE(PriorFor(*none).has_value());
}

TEST(RateEstimationTest, ACentreThatHasNotOpenedSaysNothing) {
  const auto with = EstimateRates({15, 3, 9, 1, 0}, {8, 8, 8, 8, 0});
  const auto without = EstimateRates({15, 3, 9, 1}, {8, 8, 8, 8});
  EXPECT_EQ(with->prior->alpha, without->prior->alpha);
  EXPECT_EQ(with->homogeneous_rate, without->homogeneous_rate);
}

TEST(ForecastTest, RefusesWhatCannotBeAndNamesTheField) {
  const auto with = [](auto change, double horizon = 6) {
    Recruitment recruitment = Six();
    change(recruitment);
    return ForecastCount(recruitment, horizon).status();
  };
  struct Case {
    const char* name;
    absl::Status status;
    const char* field;
    const char* reason;
  };
  for (const Case& bad :
       {Case{"alpha", with([](auto& r) { r.prior.alpha = 0; }), "alpha", "NOT_POSITIVE"},
        Case{"beta", with([](auto& r) { r.prior.beta = -1; }), "beta", "NOT_POSITIVE"},
        Case{"horizon", with([](auto&) {}, -1), "horizon", "NEGATIVE"},
        Case{"target", with([](auto& r) { r.target_remaining = -1; }), "target_remaining",
             "NEGATIVE"},
        Case{"no centre", with([](auto& r) { r.centres.clear(); }), "recruited", "NO_CENTRE"},
        Case{"no time", with([](auto& r) { r.centres[1].exposure = 0; }), "exposure[2]",
             "ZERO_EXPOSURE"},
        Case{"count", with([](auto& r) { r.centres[2].recruited = -1; }), "recruited[3]",
             "NEGATIVE"},
        Case{"delay", with([](auto& r) { r.centres[0].open_delay = -1; }), "open_delay[1]",
             "NEGATIVE"},
        Case{"lengths", EstimateRates({1, 2}, {3}).status(), "recruited", "LENGTH_MISMATCH"},
        Case{"none", EstimateRates({}, {}).status(), "recruited", "NO_CENTRE"},
        Case{"zero", EstimateRates({0, 0}, {0, 0}).status(), "exposure", "ZERO_EXPOSURE"},
        Case{"one zero", EstimateRates({1, 2}, {3, 0}).status(), "exposure[2]", "ZERO_EXPOSURE"}}) {
    const error::Detail detail = error::DetailOf(bad.status);
    ASSERT_FALSE(detail.violations.empty()) << bad.name;
    EXPECT_EQ(detail.violations[0].reason, bad.reason) << bad.name;
    EXPECT_EQ(detail.violations[0].path, bad.field) << bad.name;
  }
}

}  // namespace
}  // namespace reprise::statistics
