// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/randomisation/simulate.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <thread>

#include "absl/strings/str_cat.h"

#include "services/cohort/domain/randomisation/errors.h"
#include "services/cohort/domain/randomisation/trial_runner.h"
#include "services/platform/status.h"

namespace reprise::randomisation {
namespace {

constexpr int kMaxSimulated = 100'000;
constexpr int64_t kMaxTrials = 10'000'000;
constexpr int64_t kMaxAllocations = 10'000'000'000;
constexpr int kMaxThreads = 256;
constexpr int64_t kMaxStrataSlots = 1'000'000;
constexpr double kShareTolerance = 1e-6;
// Trials are summed chunk by chunk and chunks in their order, so that rounding, too, is the same
// whatever thread took which chunk.
constexpr int64_t kChunkTrials = 64;
constexpr size_t kMetrics = 7 + kMaxArms;

using Metrics = std::array<double, kMetrics>;

struct Sums {
  Metrics sum{};
  Metrics squares{};
};

Metrics AsMetrics(const TrialOutcome& outcome) {
  Metrics metrics = {outcome.overall_imbalance, outcome.max_marginal_imbalance,
                     outcome.path_imbalance,    outcome.guess_overall,
                     outcome.guess_site,        outcome.guess_all_seeing,
                     outcome.share_nontied};
  std::copy(outcome.arm_share.begin(), outcome.arm_share.end(), metrics.begin() + 7);
  return metrics;
}

absl::Status CheckShares(const SimulationPlan& plan) {
  if (plan.shares.size() != plan.design.factors.size()) {
    return SimulationInvalid("shares", "Each factor needs the shares of its levels.");
  }
  for (size_t i = 0; i < plan.shares.size(); ++i) {
    const Factor& factor = plan.design.factors[i];
    const std::string path = absl::StrCat("shares[", factor.name, "]");
    if (plan.shares[i].size() != factor.levels.size()) {
      return SimulationInvalid(path, "One share for each level is required.");
    }
    double sum = 0;
    for (const double share : plan.shares[i]) {
      if (!(share >= 0 && share <= 1)) {
        return SimulationInvalid(path, "A share is a proportion from 0 to 1, not a percentage.");
      }
      sum += share;
    }
    if (std::fabs(sum - 1) > kShareTolerance) {
      return SimulationInvalid(path, "The shares of a factor's levels must add up to 1.");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckStrata(const Design& design) {
  if (design.method != Method::kBlocks) return absl::OkStatus();
  int64_t slots = 0;
  for (const int size : design.block_sizes) slots += size;
  for (const Factor& factor : design.factors) {
    const bool used =
        std::find(design.strata.begin(), design.strata.end(), factor.name) != design.strata.end();
    if (used) slots *= static_cast<int64_t>(factor.levels.size());
    if (slots > kMaxStrataSlots) {
      return SimulationInvalid(
          "strata",
          "Too many strata to simulate: strata times the sum of block sizes may reach 1000000.");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckPlan(const SimulationPlan& plan) {
  REPRISE_RETURN_IF_ERROR(CheckDesign(plan.design));
  REPRISE_RETURN_IF_ERROR(CheckShares(plan));
  REPRISE_RETURN_IF_ERROR(CheckStrata(plan.design));
  if (plan.site_factor < -1 || plan.site_factor >= static_cast<int>(plan.design.factors.size())) {
    return SimulationInvalid("site_factor", "The centre must be one of the design's factors.");
  }
  if (plan.participants < 1 || plan.participants > kMaxSimulated) {
    return NumberOutOfRange("participants", 1, kMaxSimulated);
  }
  if (plan.trials < 1 || plan.trials > kMaxTrials) return NumberOutOfRange("trials", 1, kMaxTrials);
  if (plan.trials > kMaxAllocations / plan.participants) {
    return SimulationInvalid("trials", "Trials times participants may reach 10000000000.");
  }
  if (plan.threads < 0 || plan.threads > kMaxThreads)
    return NumberOutOfRange("threads", 0, kMaxThreads);
  return absl::OkStatus();
}

// What one thread counts; histograms are whole numbers, so their order of adding is free.
struct Histograms {
  std::vector<int64_t> overall;
  std::vector<int64_t> marginal;
};

void Count(std::vector<int64_t>& histogram, double value, int64_t by = 1) {
  const auto bin = static_cast<size_t>(std::max(0.0, std::ceil(value - 1e-9)));
  if (bin >= histogram.size()) histogram.resize(bin + 1);
  histogram[bin] += by;
}

void Work(const SimulationPlan& plan, std::atomic<int64_t>& next, std::vector<Sums>& chunks,
          Histograms& histograms) {
  TrialRunner runner(plan);
  for (int64_t c = next++; c < static_cast<int64_t>(chunks.size()); c = next++) {
    Sums& sums = chunks[static_cast<size_t>(c)];
    const int64_t end = std::min((c + 1) * kChunkTrials, plan.trials);
    for (int64_t trial = c * kChunkTrials; trial < end; ++trial) {
      const TrialOutcome outcome = runner.Run(trial);
      const Metrics metrics = AsMetrics(outcome);
      for (size_t i = 0; i < kMetrics; ++i) {
        sums.sum[i] += metrics[i];
        sums.squares[i] += metrics[i] * metrics[i];
      }
      Count(histograms.overall, outcome.overall_imbalance);
      Count(histograms.marginal, outcome.max_marginal_imbalance);
    }
  }
}

Estimate EstimateOf(const Sums& sums, size_t metric, int64_t trials) {
  const auto n = static_cast<double>(trials);
  const double mean = sums.sum[metric] / n;
  const double spread = std::max(0.0, sums.squares[metric] - n * mean * mean);
  return {.mean = mean, .sd = trials > 1 ? std::sqrt(spread / (n - 1)) : 0};
}

SimulationResult Report(const SimulationPlan& plan, const std::vector<Sums>& chunks,
                        const std::vector<Histograms>& histograms) {
  Sums total;
  for (const Sums& chunk : chunks) {
    for (size_t i = 0; i < kMetrics; ++i) {
      total.sum[i] += chunk.sum[i];
      total.squares[i] += chunk.squares[i];
    }
  }
  const auto estimate = [&](size_t metric) { return EstimateOf(total, metric, plan.trials); };
  SimulationResult result;
  result.trials = plan.trials;
  result.overall_imbalance = estimate(0);
  result.max_marginal_imbalance = estimate(1);
  result.path_imbalance = estimate(2);
  result.guess_overall = estimate(3);
  result.guess_all_seeing = estimate(5);
  if (plan.site_factor >= 0) result.guess_site = estimate(4);
  if (plan.design.method == Method::kMinimisation) result.share_nontied = estimate(6);
  for (size_t k = 0; k < plan.design.arms.size(); ++k) result.arm_share.push_back(estimate(7 + k));
  for (const Histograms& part : histograms) {
    for (size_t i = 0; i < part.overall.size(); ++i)
      Count(result.overall_histogram, static_cast<double>(i), part.overall[i]);
    for (size_t i = 0; i < part.marginal.size(); ++i)
      Count(result.marginal_histogram, static_cast<double>(i), part.marginal[i]);
  }
  return result;
}

double Above(const std::vector<int64_t>& histogram, int threshold, int64_t trials) {
  int64_t above = 0;
  for (size_t i = static_cast<size_t>(std::max(threshold, -1) + 1); i < histogram.size(); ++i)
    above += histogram[i];
  return static_cast<double>(above) / static_cast<double>(trials);
}

}  // namespace

double SimulationResult::OverallAbove(int threshold) const {
  return Above(overall_histogram, threshold, trials);
}

double SimulationResult::MarginalAbove(int threshold) const {
  return Above(marginal_histogram, threshold, trials);
}

absl::StatusOr<SimulationResult> Simulate(const SimulationPlan& plan) {
  REPRISE_RETURN_IF_ERROR(CheckPlan(plan));
  std::vector<Sums> chunks(static_cast<size_t>((plan.trials + kChunkTrials - 1) / kChunkTrials));
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  const size_t wanted = plan.threads == 0 ? cores : static_cast<size_t>(plan.threads);
  const size_t threads = std::min(wanted, chunks.size());
  std::vector<Histograms> histograms(threads);
  std::atomic<int64_t> next{0};
  std::vector<std::thread> helpers;
  for (size_t t = 1; t < threads; ++t) {
    helpers.emplace_back([&, t] { Work(plan, next, chunks, histograms[t]); });
  }
  Work(plan, next, chunks, histograms[0]);
  for (std::thread& helper : helpers) helper.join();
  return Report(plan, chunks, histograms);
}

}  // namespace reprise::randomisation
