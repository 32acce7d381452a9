// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/anonymisation/methods.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>
#include <vector>

#include "services/extract/domain/anonymisation/errors.h"
#include "services/extract/domain/anonymisation/judge.h"
#include "services/extract/domain/anonymisation/partition_search.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::extract::anonymisation {
namespace {

using Kind = PrivacyModel::Kind;

// Peeling visits every lattice node; beyond this many it starts from Mondrian instead.
constexpr double kMostPeeledNodes = 3e5;

double LatticeSize(const Ladders& ladders) {
  double size = 1;
  for (const auto& ladder : ladders) size *= static_cast<double>(ladder.size());
  return size;
}

// Class sizes to try so that the models over all classes hold: the last one always suffices.
std::vector<uint64_t> LeastSizes(const Case& request) {
  uint64_t sufficient = 1, hopeful = 1;
  for (const PrivacyModel& model : request.models) {
    if (model.kind == Kind::kSampleUniqueness || model.kind == Kind::kPopulationUniqueness) {
      sufficient = std::max<uint64_t>(sufficient, 2);
      hopeful = std::max<uint64_t>(hopeful, 2);
    }
    if (model.kind == Kind::kAverageRisk && model.limit > 0) {
      sufficient = std::max(sufficient, static_cast<uint64_t>(std::ceil(1 / model.limit - 1e-9)));
      hopeful = std::max(hopeful, static_cast<uint64_t>(std::ceil(0.85 / model.limit)));
    }
  }
  if (hopeful < sufficient) return {hopeful, sufficient};
  return {sufficient};
}

constexpr uint64_t kFewPersons = 5000;
// Of `cells`: base levels worked out, and the proposals for each person that one is worth.
constexpr uint64_t kCellsShare = 30;
constexpr uint64_t kMostBases = 3;
constexpr uint64_t kProposalsOfBase = 50;

// Proposals by default, for half a second to two of CPU time: large classes make each dearer, and
// so does judging histograms.
uint64_t Proposals(const Records& records, uint64_t least_size, bool histograms) {
  const double k = static_cast<double>(least_size);
  if (records.persons <= kFewPersons) {
    return static_cast<uint64_t>(2.4e6 * std::pow(5.0 / std::max(5.0, k), 1.5) *
                                 (histograms ? 0.5 : 1.0));
  }
  const double each = 34.0 * 15.0 / (10.0 + k);
  return static_cast<uint64_t>(std::min(each * static_cast<double>(records.tuples()), 3e6));
}

uint64_t Budget(const Records& records, const Judge& judge, uint64_t least_size,
                const Effort& effort, absl::string_view method) {
  if (effort.budget > 0) return effort.budget;
  const uint64_t standard = Proposals(records, least_size, !judge.sizes_only());
  // The researchers' default must answer a request of trial size within a tenth of a second.
  return method == "cells" && records.persons <= kFewPersons ? standard / kCellsShare : standard;
}

absl::Status CheckSuited(absl::string_view method, const Records& records) {
  if (records.population.empty()) return absl::OkStatus();
  return MethodUnsuitedError(method, "models with a population need one coding a column.");
}

// The plan's best result over the class sizes to try that satisfies the case; without effort, the
// first partition as it is. `shares`: this search has one share in so many of the budget.
absl::StatusOr<PartitionResult> SearchSatisfying(const Case& request, const Records& records,
                                                 PartitionPlan plan, const Effort* effort,
                                                 absl::string_view method, uint64_t shares = 1) {
  absl::StatusOr<PartitionResult> best =
      NothingReleasableError("no classes meet the models within the suppression limit.");
  double least = std::numeric_limits<double>::infinity();
  const Judge judge(request, records);
  const std::vector<uint64_t> sizes = LeastSizes(request);
  for (const uint64_t size : sizes) {
    plan.least_size = std::max<uint64_t>(size, judge.least_size());
    if (effort != nullptr) {
      const uint64_t all = Budget(records, judge, plan.least_size, *effort, method);
      plan.proposals = std::max<uint64_t>(1, all / plan.starts / sizes.size() / shares);
    }
    REPRISE_ASSIGN_OR_RETURN(PartitionResult result, SearchPartition(request, records, plan));
    result.recoding.method = std::string(method);
    Canonicalise(records, result.recoding);
    if (result.recoding.labels.empty() || !Satisfies(request, records, result.recoding)) continue;
    if (result.cost >= least) continue;
    least = result.cost;
    best = std::move(result);
  }
  return best;
}

PartitionPlan PlanFor(const Records& records, const Effort& effort, Ladders ladders) {
  PartitionPlan plan{.ladders = std::move(ladders),
                     .starts = records.persons <= kFewPersons ? 2 : 1};
  plan.seed = effort.seed;
  plan.threads = effort.threads;
  if (LatticeSize(plan.ladders) > kMostPeeledNodes) plan.first = PartitionPlan::First::kMondrian;
  return plan;
}

Ladders CellLadders(const Records& records, const std::vector<int>& base) {
  Ladders ladders;
  for (size_t a = 0; a < records.attributes(); ++a) {
    const int top = records.qis[a]->levels() - 1;
    ladders.push_back(base[a] == top ? std::vector<int>{top} : std::vector<int>{base[a], top});
  }
  return ladders;
}

// Base levels by coordinate descent; what one set costs is judged by its first partition.
class BaseLevels {
 public:
  BaseLevels(const Case& request, const Records& records)
      : request_(request), records_(records), least_size_(LeastSizes(request).back()) {}

  absl::Status Descend(std::vector<int> base) {
    REPRISE_ASSIGN_OR_RETURN(double best, CostOf(base));
    for (bool better = true; better;) {
      better = false;
      for (size_t a = 0; a < base.size(); ++a) {
        const int known = base[a];
        int chosen = known;
        for (int level = 0; level < records_.qis[a]->levels(); ++level) {
          base[a] = level;
          REPRISE_ASSIGN_OR_RETURN(const double cost, CostOf(base));
          if (cost >= best - 1e-12) continue;
          best = cost;
          chosen = level;
          better = true;
        }
        base[a] = chosen;
      }
    }
    return absl::OkStatus();
  }

  // The cheapest of all that were tried, at most so many.
  std::vector<std::vector<int>> Cheapest(size_t most) const {
    std::vector<std::pair<double, std::vector<int>>> sorted;
    for (const auto& [base, cost] : costs_) sorted.push_back({cost, base});
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::vector<int>> bases;
    for (size_t i = 0; i < std::min(most, sorted.size()); ++i) bases.push_back(sorted[i].second);
    return bases;
  }

 private:
  absl::StatusOr<double> CostOf(const std::vector<int>& base) {
    if (const auto known = costs_.find(base); known != costs_.end()) return known->second;
    PartitionPlan plan{.ladders = CellLadders(records_, base),
                       .first = PartitionPlan::First::kPeel,
                       .least_size = least_size_};
    if (LatticeSize(plan.ladders) > kMostPeeledNodes) plan.first = PartitionPlan::First::kMondrian;
    REPRISE_ASSIGN_OR_RETURN(const PartitionResult result,
                             SearchPartition(request_, records_, plan));
    costs_[base] = result.cost;
    return result.cost;
  }

  const Case& request_;
  const Records& records_;
  const uint64_t least_size_;
  std::map<std::vector<int>, double> costs_;
};

// One base where there is little to spend. Otherwise descents from both ends, and the search
// divides its budget among the cheapest, because first partitions only hint at what a base can
// reach.
absl::StatusOr<std::vector<std::vector<int>>> Bases(const Case& request, const Records& records,
                                                    uint64_t proposals) {
  BaseLevels levels(request, records);
  REPRISE_RETURN_IF_ERROR(levels.Descend(std::vector<int>(records.attributes(), 0)));
  const uint64_t affordable = proposals / (kProposalsOfBase * records.persons);
  if (affordable < 2) return levels.Cheapest(1);
  std::vector<int> coarse;
  for (const Hierarchy* qi : records.qis) coarse.push_back(std::max(0, qi->levels() - 2));
  REPRISE_RETURN_IF_ERROR(levels.Descend(coarse));
  return levels.Cheapest(std::min<uint64_t>(kMostBases, affordable));
}

}  // namespace

absl::StatusOr<Recoding> SolveCells(const Case& request, const Records& records,
                                    const Effort& effort) {
  REPRISE_RETURN_IF_ERROR(CheckSuited("cells", records));
  const Judge judge(request, records);
  const uint64_t budget = Budget(records, judge, judge.least_size(), effort, "cells");
  REPRISE_ASSIGN_OR_RETURN(const std::vector<std::vector<int>> bases,
                           Bases(request, records, budget));
  absl::StatusOr<PartitionResult> best = NothingReleasableError("no base levels are known.");
  for (const std::vector<int>& base : bases) {
    const PartitionPlan plan = PlanFor(records, effort, CellLadders(records, base));
    absl::StatusOr<PartitionResult> found =
        SearchSatisfying(request, records, plan, &effort, "cells", bases.size());
    if (best.ok() && !(found.ok() && found->cost < best->cost)) continue;
    best = std::move(found);
    if (best.ok()) best->recoding.levels = base;
  }
  REPRISE_RETURN_IF_ERROR(best.status());
  best->recoding.lattice_size = LatticeSize(FullLadders(records));
  return std::move(best->recoding);
}

absl::StatusOr<Recoding> SolveLocal(const Case& request, const Records& records,
                                    const Effort& effort) {
  REPRISE_RETURN_IF_ERROR(CheckSuited("local", records));
  const PartitionPlan plan = PlanFor(records, effort, FullLadders(records));
  REPRISE_ASSIGN_OR_RETURN(PartitionResult found,
                           SearchSatisfying(request, records, plan, &effort, "local"));
  found.recoding.lattice_size = LatticeSize(FullLadders(records));
  return std::move(found.recoding);
}

absl::StatusOr<Recoding> SolveMondrian(const Case& request, const Records& records) {
  REPRISE_RETURN_IF_ERROR(CheckSuited("mondrian", records));
  PartitionPlan plan{.ladders = FullLadders(records), .first = PartitionPlan::First::kMondrian};
  REPRISE_ASSIGN_OR_RETURN(PartitionResult found,
                           SearchSatisfying(request, records, plan, nullptr, "mondrian"));
  found.recoding.lattice_size = LatticeSize(plan.ladders);
  return std::move(found.recoding);
}

}  // namespace reprise::extract::anonymisation
