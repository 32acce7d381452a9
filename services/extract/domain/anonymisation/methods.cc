// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/anonymisation/methods.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

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

absl::Status CheckSuited(absl::string_view method, const Records& records) {
  if (records.population.empty()) return absl::OkStatus();
  return MethodUnsuitedError(method, "models with a population need one coding a column.");
}

// The plan's best result over the class sizes to try that satisfies the case; without effort, the
// first partition as it is.
absl::StatusOr<Recoding> SearchSatisfying(const Case& request, const Records& records,
                                          PartitionPlan plan, const Effort* effort,
                                          absl::string_view method) {
  absl::StatusOr<Recoding> best =
      NothingReleasableError("no classes meet the models within the suppression limit.");
  double least = std::numeric_limits<double>::infinity();
  const Judge judge(request, records);
  const std::vector<uint64_t> sizes = LeastSizes(request);
  for (const uint64_t size : sizes) {
    plan.least_size = std::max<uint64_t>(size, judge.least_size());
    if (effort != nullptr) {
      uint64_t standard = Proposals(records, plan.least_size, !judge.sizes_only());
      // The researchers' default must answer a request of trial size within a tenth of a second.
      if (method == "cells" && records.persons <= kFewPersons) standard /= 40;
      const uint64_t all = effort->budget > 0 ? effort->budget : standard;
      plan.proposals = std::max<uint64_t>(1, all / plan.starts / sizes.size());
    }
    REPRISE_ASSIGN_OR_RETURN(PartitionResult result, SearchPartition(request, records, plan));
    result.recoding.method = std::string(method);
    Canonicalise(records, result.recoding);
    if (result.recoding.labels.empty() || !Satisfies(request, records, result.recoding)) continue;
    if (result.cost >= least) continue;
    least = result.cost;
    best = std::move(result.recoding);
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

// Base levels by coordinate descent; what one costs is judged by its first partition.
absl::StatusOr<std::vector<int>> BaseLevels(const Case& request, const Records& records,
                                            uint64_t least_size) {
  std::vector<int> base(records.attributes(), 0);
  const auto cost_of = [&](const std::vector<int>& levels) -> absl::StatusOr<double> {
    PartitionPlan plan{.ladders = CellLadders(records, levels), .least_size = least_size};
    if (LatticeSize(plan.ladders) > kMostPeeledNodes) plan.first = PartitionPlan::First::kMondrian;
    REPRISE_ASSIGN_OR_RETURN(const PartitionResult result, SearchPartition(request, records, plan));
    return result.cost;
  };
  REPRISE_ASSIGN_OR_RETURN(double best, cost_of(base));
  for (bool better = true; better;) {
    better = false;
    for (size_t a = 0; a < base.size(); ++a) {
      const int known = base[a];
      int chosen = known;
      for (int level = 0; level < records.qis[a]->levels(); ++level) {
        if (level == known) continue;
        base[a] = level;
        REPRISE_ASSIGN_OR_RETURN(const double cost, cost_of(base));
        if (cost >= best - 1e-12) continue;
        best = cost;
        chosen = level;
        better = true;
      }
      base[a] = chosen;
    }
  }
  return base;
}

}  // namespace

absl::StatusOr<Recoding> SolveCells(const Case& request, const Records& records,
                                    const Effort& effort) {
  REPRISE_RETURN_IF_ERROR(CheckSuited("cells", records));
  REPRISE_ASSIGN_OR_RETURN(const std::vector<int> base,
                           BaseLevels(request, records, LeastSizes(request).back()));
  const PartitionPlan plan = PlanFor(records, effort, CellLadders(records, base));
  REPRISE_ASSIGN_OR_RETURN(Recoding recoding,
                           SearchSatisfying(request, records, plan, &effort, "cells"));
  recoding.levels = base;
  recoding.lattice_size = LatticeSize(FullLadders(records));
  return recoding;
}

absl::StatusOr<Recoding> SolveLocal(const Case& request, const Records& records,
                                    const Effort& effort) {
  REPRISE_RETURN_IF_ERROR(CheckSuited("local", records));
  const PartitionPlan plan = PlanFor(records, effort, FullLadders(records));
  REPRISE_ASSIGN_OR_RETURN(Recoding recoding,
                           SearchSatisfying(request, records, plan, &effort, "local"));
  recoding.lattice_size = LatticeSize(FullLadders(records));
  return recoding;
}

absl::StatusOr<Recoding> SolveMondrian(const Case& request, const Records& records) {
  REPRISE_RETURN_IF_ERROR(CheckSuited("mondrian", records));
  PartitionPlan plan{.ladders = FullLadders(records), .first = PartitionPlan::First::kMondrian};
  REPRISE_ASSIGN_OR_RETURN(Recoding recoding,
                           SearchSatisfying(request, records, plan, nullptr, "mondrian"));
  recoding.lattice_size = LatticeSize(plan.ladders);
  return recoding;
}

}  // namespace reprise::extract::anonymisation
