// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/randomisation/clusters.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"

#include "services/cohort/domain/randomisation/errors.h"
#include "services/cohort/domain/randomisation/stream.h"
#include "services/platform/status.h"

namespace reprise::randomisation {
namespace {

constexpr int64_t kFewestCandidates = 1000;
constexpr int64_t kMostCandidates = 200'000;
constexpr double kCutTolerance = 1e-9;

using Arms = std::vector<uint8_t>;  // one a cluster

absl::Status CheckCodes(absl::Span<const std::string> codes) {
  if (codes.size() < 2 || codes.size() > size_t{kMaxClusters}) {
    return ClustersInvalid("clusters",
                           absl::StrCat("2 to ", kMaxClusters, " clusters are required."));
  }
  std::set<absl::string_view> seen;
  for (size_t i = 0; i < codes.size(); ++i) {
    REPRISE_RETURN_IF_ERROR(CheckLabel(codes[i], absl::StrCat("clusters[", i, "].code")));
    if (!seen.insert(codes[i]).second) {
      return ClustersInvalid(absl::StrCat("clusters[", codes[i], "]"),
                             "Two clusters have the same code.");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckCovariates(const ClusterPlan& plan) {
  if (plan.weights.size() != plan.covariates.size()) {
    return ClustersInvalid("weights",
                           absl::StrCat("One weight for each of the ", plan.covariates.size(),
                                        " covariates is required."));
  }
  bool any = false;
  for (size_t j = 0; j < plan.weights.size(); ++j) {
    if (!(plan.weights[j] >= 0 && plan.weights[j] <= kMaxWeight)) {
      return ClustersInvalid(absl::StrCat("weights[", plan.covariates[j], "]"),
                             "A weight is a number from 0 to 1000000.");
    }
    any = any || plan.weights[j] > 0;
  }
  if (!any)
    return ClustersInvalid("weights", "At least one covariate with a weight above 0 is required.");
  for (const Cluster& cluster : plan.clusters) {
    const std::string path = absl::StrCat("clusters[", cluster.code, "]");
    if (cluster.covariates.size() != plan.covariates.size()) {
      return ClustersInvalid(path, "A cluster needs one value for each covariate.");
    }
    for (size_t j = 0; j < cluster.covariates.size(); ++j) {
      if (!(std::fabs(cluster.covariates[j]) <= 1e100)) {
        return ClustersInvalid(absl::StrCat(path, ".", plan.covariates[j]),
                               "A covariate is a finite number.");
      }
    }
  }
  return absl::OkStatus();
}

absl::Status CheckPlan(const ClusterPlan& plan) {
  Design arms_only;
  arms_only.method = Method::kSimple;
  arms_only.arms = plan.arms;
  REPRISE_RETURN_IF_ERROR(CheckDesign(arms_only));
  std::vector<std::string> codes;
  for (const Cluster& cluster : plan.clusters) codes.push_back(cluster.code);
  REPRISE_RETURN_IF_ERROR(CheckCodes(codes));
  REPRISE_RETURN_IF_ERROR(CheckCovariates(plan));
  if (!(plan.keep_share > 0 && plan.keep_share <= 1)) {
    return ClustersInvalid("keep_share",
                           "The share of allocations to keep is a number above 0, up to 1.");
  }
  if (plan.candidates < kFewestCandidates || plan.candidates > kMostCandidates) {
    return ClustersInvalid("candidates", absl::StrCat("A whole number from ", kFewestCandidates,
                                                      " to ", kMostCandidates, " is required."));
  }
  if (plan.min_admissible < 1) {
    return ClustersInvalid("min_admissible", "A whole number of at least 1 is required.");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<int>> ArmSizes(const ClusterPlan& plan, const Seed& seed) {
  int sum = 0;
  for (const Arm& arm : plan.arms) sum += arm.ratio;
  const auto clusters = static_cast<int>(plan.clusters.size());
  std::vector<int> sizes;
  std::vector<size_t> order;
  int left = clusters;
  for (size_t k = 0; k < plan.arms.size(); ++k) {
    sizes.push_back(clusters * plan.arms[k].ratio / sum);
    left -= sizes.back();
    order.push_back(k);
  }
  WordStream words(seed, OwnLabel("clusters", "sizes"));
  Shuffle(words, absl::MakeSpan(order));
  for (int i = 0; i < left; ++i) ++sizes[order[static_cast<size_t>(i)]];
  if (*std::min_element(sizes.begin(), sizes.end()) == 0) {
    return ClustersInvalid("clusters", "There are too few clusters for each arm to get one.");
  }
  return sizes;
}

// How many allocations there are, or limit + 1 where more: the multinomial as a product of
// binomials, each exact at every step.
int64_t CountAllocations(const std::vector<int>& sizes, int64_t limit) {
  double total = 1;
  int placed = 0;
  for (const int size : sizes) {
    for (int i = 1; i <= size; ++i) {
      total = total * ++placed / i;
      if (total > 1e15) return limit + 1;
    }
  }
  return std::min(static_cast<int64_t>(std::llround(total)), limit + 1);
}

std::vector<Arms> Candidates(const std::vector<int>& sizes, int64_t limit, bool enumerate,
                             const Seed& seed) {
  Arms arms;
  for (size_t k = 0; k < sizes.size(); ++k)
    arms.insert(arms.end(), static_cast<size_t>(sizes[k]), static_cast<uint8_t>(k));
  std::vector<Arms> candidates;
  if (enumerate) {
    do candidates.push_back(arms);
    while (std::next_permutation(arms.begin(), arms.end()));
    return candidates;
  }
  WordStream words(seed, OwnLabel("clusters", "candidates"));
  std::set<Arms> seen;
  for (int64_t i = 0; i < limit; ++i) {
    Arms drawn = arms;
    Shuffle(words, absl::MakeSpan(drawn));
    if (seen.insert(drawn).second) candidates.push_back(std::move(drawn));
  }
  return candidates;
}

// Covariates by column, centred and divided by their SD, so that scores are sums of squares.
std::vector<std::vector<double>> Standardise(const ClusterPlan& plan) {
  const auto count = static_cast<double>(plan.clusters.size());
  std::vector<std::vector<double>> columns;
  for (size_t j = 0; j < plan.covariates.size(); ++j) {
    std::vector<double> column;
    for (const Cluster& cluster : plan.clusters) column.push_back(cluster.covariates[j]);
    const auto [low, high] = std::minmax_element(column.begin(), column.end());
    const double start = *low, width = *high - *low;
    for (double& value : column) value = width > 0 ? (value - start) / width : 0;
    const double mean = std::accumulate(column.begin(), column.end(), 0.0) / count;
    double squares = 0;
    for (double& value : column) {
      value -= mean;
      squares += value * value;
    }
    const double deviation = std::sqrt(squares / (count - 1));
    for (double& value : column) value = width > 0 ? value / deviation : 0;
    columns.push_back(std::move(column));
  }
  return columns;
}

double Score(const ClusterPlan& plan, const std::vector<std::vector<double>>& columns,
             const std::vector<int>& sizes, const Arms& arms) {
  double score = 0;
  for (size_t j = 0; j < columns.size(); ++j) {
    std::array<double, kMaxArms> means{};
    for (size_t i = 0; i < arms.size(); ++i) means[arms[i]] += columns[j][i] / sizes[arms[i]];
    double pairs = 0;
    for (size_t k = 0; k < sizes.size(); ++k) {
      for (size_t l = k + 1; l < sizes.size(); ++l)
        pairs += (means[k] - means[l]) * (means[k] - means[l]);
    }
    score += plan.weights[j] * pairs;
  }
  return score;
}

void CountPairs(const std::vector<Arms>& admissible, ClusterAllocation& result) {
  const size_t clusters = admissible[0].size();
  for (size_t a = 0; a < clusters; ++a) {
    for (size_t b = a + 1; b < clusters; ++b) {
      bool together = true, apart = true;
      for (const Arms& arms : admissible) {
        (arms[a] == arms[b] ? apart : together) = false;
        if (!together && !apart) break;
      }
      result.pairs_always_together += together ? 1 : 0;
      result.pairs_never_together += apart ? 1 : 0;
    }
  }
}

}  // namespace

absl::StatusOr<ClusterAllocation> RandomiseClusters(const ClusterPlan& plan, const Seed& seed) {
  REPRISE_RETURN_IF_ERROR(CheckPlan(plan));
  ClusterAllocation result;
  REPRISE_ASSIGN_OR_RETURN(result.arm_sizes, ArmSizes(plan, seed));
  result.enumerated = CountAllocations(result.arm_sizes, plan.candidates) <= plan.candidates;
  const std::vector<Arms> candidates =
      Candidates(result.arm_sizes, plan.candidates, result.enumerated, seed);
  const std::vector<std::vector<double>> columns = Standardise(plan);
  std::vector<double> scores;
  for (const Arms& arms : candidates)
    scores.push_back(Score(plan, columns, result.arm_sizes, arms));
  std::vector<double> sorted = scores;
  std::sort(sorted.begin(), sorted.end());
  const auto kept =
      static_cast<size_t>(std::ceil(plan.keep_share * static_cast<double>(sorted.size()) - 1e-9));
  result.cut = sorted[std::clamp<size_t>(kept, 1, sorted.size()) - 1];
  result.median_score = sorted[sorted.size() / 2];
  result.candidates = static_cast<int64_t>(candidates.size());
  std::vector<Arms> admissible;
  std::vector<double> admissible_scores;
  for (size_t i = 0; i < candidates.size(); ++i) {
    if (scores[i] > result.cut + kCutTolerance * std::max(result.cut, kCutTolerance)) continue;
    admissible.push_back(candidates[i]);
    admissible_scores.push_back(scores[i]);
  }
  result.admissible = static_cast<int64_t>(admissible.size());
  if (result.admissible < plan.min_admissible)
    return TooFewAllocations(result.admissible, plan.min_admissible);
  CountPairs(admissible, result);
  WordStream words(seed, OwnLabel("clusters", "choice"));
  const uint32_t chosen = words.Below(static_cast<uint32_t>(admissible.size()));
  result.arms.assign(admissible[chosen].begin(), admissible[chosen].end());
  result.score = admissible_scores[chosen];
  return result;
}

absl::StatusOr<std::vector<int>> RandomiseWedge(absl::Span<const std::string> clusters, int steps,
                                                const Seed& seed) {
  REPRISE_RETURN_IF_ERROR(CheckCodes(clusters));
  if (steps < 1 || steps > static_cast<int>(clusters.size())) {
    return ClustersInvalid("steps", absl::StrCat("A whole number from 1 to ", clusters.size(),
                                                 ", the number of clusters, is required."));
  }
  std::vector<size_t> order(clusters.size());
  std::iota(order.begin(), order.end(), size_t{0});
  WordStream words(seed, OwnLabel("wedge", "order"));
  Shuffle(words, absl::MakeSpan(order));
  const size_t each = clusters.size() / static_cast<size_t>(steps);
  const size_t more = clusters.size() % static_cast<size_t>(steps);
  std::vector<int> step_of(clusters.size());
  size_t at = 0;
  for (int step = 1; step <= steps; ++step) {
    const size_t size = each + (static_cast<size_t>(step) <= more ? 1 : 0);
    for (size_t i = 0; i < size; ++i) step_of[order[at++]] = step;
  }
  return step_of;
}

}  // namespace reprise::randomisation
