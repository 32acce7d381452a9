// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/anonymisation/partition_search.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <memory>
#include <thread>
#include <utility>

#include "services/extract/domain/anonymisation/anneal.h"
#include "services/extract/domain/anonymisation/mondrian.h"
#include "services/extract/domain/anonymisation/objective.h"
#include "services/extract/domain/anonymisation/peel.h"
#include "services/platform/status.h"

namespace reprise::extract::anonymisation {
namespace {

// Up to this many persons each is a unit of its own; beyond, the persons of a tuple move together.
constexpr uint64_t kSinglePersons = 5000;
// A class that is "*" throughout counts as suppressed when it is written, so the search avoids it.
constexpr double kAllTop = 1.5;

// Much effort for few units allows a hot start; little must begin near the first partition.
Cooling CoolingFor(double proposals_per_unit) {
  const double ease =
      std::clamp(std::log(std::max(1.0, proposals_per_unit) / 50) / std::log(100.0), 0.0, 1.0);
  const auto between = [&](double little, double much) {
    return little * std::pow(much / little, ease);
  };
  if (proposals_per_unit < 15) return {.hot = 0.003, .cold = 0.001, .rebuilds = 0.1};
  return {
      .hot = between(0.012, 0.2), .cold = between(0.004, 0.022), .rebuilds = between(0.15, 0.5)};
}

template <int W>
NodeOrder<W> NodesByLoss(const KeySpace& space, const Objective& objective,
                         const std::vector<double>& weights) {
  std::vector<std::pair<double, Key<W>>> nodes{{0.0, {}}};
  for (size_t a = 0; a < space.fields.size(); ++a) {
    std::vector<std::pair<double, Key<W>>> next;
    for (const auto& [cost, mask] : nodes) {
      for (int rung = 0; rung < space.fields[a].rungs(); ++rung) {
        Key<W> raised = mask;
        raised.word[space.fields[a].word] |= space.fields[a].mask[rung];
        next.push_back({cost + weights[a] * objective.Base(a, rung), raised});
      }
    }
    nodes.swap(next);
  }
  std::sort(nodes.begin(), nodes.end());
  NodeOrder<W> order;
  order.reserve(nodes.size());
  for (const auto& node : nodes) order.push_back(node.second);
  return order;
}

template <int W>
class Searcher {
 public:
  Searcher(const Case& request, const Records& records, const KeySpace& space,
           const PartitionPlan& plan)
      : records_(records),
        space_(space),
        plan_(plan),
        judge_(request, records),
        objective_(
            request.metric == Metric::kLossGeometric || request.metric == Metric::kGranularity
                ? request.metric
                : Metric::kLossArithmetic,
            records, space),
        limit_(SuppressionLimit(request, records)) {
    MakeUnits();
  }

  PartitionResult Run() {
    std::vector<double> parts(records_.attributes(), 0.5);
    if (objective_.metric() == Metric::kLossGeometric) {
      const ClassLoss<W> even(space_, objective_.Weights(parts), kAllTop);
      parts = Losses(First(even, objective_.Weights(parts)));
    }
    const std::vector<double> weights = objective_.Weights(parts);
    const ClassLoss<W> loss(space_, weights, kAllTop);
    const Partition<W> first = First(loss, weights);
    if (plan_.proposals == 0) return Result(first);
    const Neighbours neighbours(units_, space_, loss, plan_.seed);
    std::vector<std::unique_ptr<Partition<W>>> found(plan_.starts);
    std::atomic<int> next{0};
    const auto work = [&] {
      for (int start = next++; start < plan_.starts; start = next++) {
        found[start] = std::make_unique<Partition<W>>(first);
        Annealer<W>(*found[start], neighbours, plan_.seed * 1000003 + start)
            .Run(plan_.proposals, CoolingFor(static_cast<double>(plan_.proposals) / units_.size()));
        DissolveAllTop(*found[start]);
      }
    };
    std::vector<std::thread> threads;
    for (int t = 1; t < std::min(plan_.threads, plan_.starts); ++t) threads.emplace_back(work);
    work();
    for (std::thread& thread : threads) thread.join();
    const Partition<W>* best = &first;
    for (const auto& partition : found) {
      if (partition->cost() < best->cost()) best = partition.get();
    }
    return Result(*best);
  }

 private:
  void MakeUnits() {
    const std::vector<Key<W>> keys = PackKeys<W>(space_, records_, {});
    single_ = records_.persons <= kSinglePersons;
    first_unit_.resize(records_.tuples());
    for (uint32_t t = 0; t < records_.tuples(); ++t) {
      first_unit_[t] = static_cast<uint32_t>(units_.size());
      for (uint32_t i = 0; i < (single_ ? records_.count[t] : 1); ++i) {
        units_.key.push_back(keys[t]);
        units_.tuple.push_back(t);
        units_.weight.push_back(single_ ? 1 : records_.count[t]);
      }
    }
    units_.persons = records_.persons;
  }

  Partition<W> First(const ClassLoss<W>& loss, const std::vector<double>& weights) const {
    using Kind = PartitionPlan::First;
    Partition<W> split(units_, loss, judge_,
                       std::max<uint64_t>(plan_.least_size, judge_.least_size()), limit_);
    Partition<W> peeled = split;
    if (plan_.first != Kind::kPeel) {
      Mondrian<W>(split, space_).Run();
      DissolveAllTop(split);
    }
    if (plan_.first == Kind::kMondrian) return split;
    Peeler<W>(peeled).Run(NodesByLoss<W>(space_, objective_, weights));
    DissolveAllTop(peeled);
    return plan_.first == Kind::kPeel || peeled.cost() <= split.cost() ? peeled : split;
  }

  // Mean loss of each attribute.
  std::vector<double> Losses(const Partition<W>& partition) const {
    std::vector<double> sums(records_.attributes(),
                             static_cast<double>(partition.classes()[0].weight));
    for (size_t c = 1; c < partition.classes().size(); ++c) {
      const UnitClass<W>& one = partition.classes()[c];
      for (size_t a = 0; a < sums.size() && !one.members.empty(); ++a) {
        sums[a] += static_cast<double>(one.weight) * records_.qis[a]->Loss(Label(one, a));
      }
    }
    for (double& sum : sums) sum /= static_cast<double>(records_.persons);
    return sums;
  }

  uint32_t Label(const UnitClass<W>& one, size_t a) const {
    const KeyField& field = space_.fields[a];
    const int level = field.level[CommonRung<W>(field, one.spread)];
    return records_.qis[a]->label_of[level][records_.value[a][units_.tuple[one.members[0]]]];
  }

  PartitionResult Result(const Partition<W>& partition) const {
    PartitionResult result;
    const size_t m = records_.attributes();
    result.recoding.labels.assign(partition.classes().size() * m, 0);
    for (size_t c = 1; c < partition.classes().size(); ++c) {
      const UnitClass<W>& one = partition.classes()[c];
      for (size_t a = 0; a < m && !one.members.empty(); ++a)
        result.recoding.labels[c * m + a] = Label(one, a);
    }
    std::vector<uint32_t> used(records_.tuples(), 0);
    result.recoding.class_of_person.reserve(records_.tuple_of_person.size());
    for (const uint32_t tuple : records_.tuple_of_person) {
      const uint32_t c = partition.class_of(first_unit_[tuple] + (single_ ? used[tuple]++ : 0));
      result.recoding.class_of_person.push_back(c == kSuppressedClass ? kNoClass : c);
    }
    result.recoding.checks = plan_.proposals * static_cast<uint64_t>(plan_.starts);
    result.cost = partition.cost() / static_cast<double>(records_.persons);
    return result;
  }

  const Records& records_;
  const KeySpace& space_;
  const PartitionPlan& plan_;
  Judge judge_;
  Objective objective_;
  uint64_t limit_;
  Units<W> units_;
  std::vector<uint32_t> first_unit_;  // of each tuple
  bool single_ = false;
};

}  // namespace

absl::StatusOr<PartitionResult> SearchPartition(const Case& request, const Records& records,
                                                const PartitionPlan& plan) {
  REPRISE_ASSIGN_OR_RETURN(const KeySpace space, MakeKeySpace(records, plan.ladders, 0));
  return WithWords(space.words, [&](auto words) {
    return Searcher<decltype(words)::value>(request, records, space, plan).Run();
  });
}

}  // namespace reprise::extract::anonymisation
