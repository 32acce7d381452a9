// SPDX-License-Identifier: Apache-2.0
// Method D, hierarchical Mondrian: everyone starts in one class, and each class is split into the
// next finer groups of the attribute that gains most; units whose group would be invalid stay
// together.
#ifndef REPRISE_EXTRACT_DOMAIN_ANONYMISATION_MONDRIAN_H_
#define REPRISE_EXTRACT_DOMAIN_ANONYMISATION_MONDRIAN_H_

#include <algorithm>
#include <utility>
#include <vector>

#include "services/extract/domain/anonymisation/grouping.h"
#include "services/extract/domain/anonymisation/partition.h"

namespace reprise::extract::anonymisation {

template <int W>
class Mondrian {
 public:
  Mondrian(Partition<W>& partition, const KeySpace& space) : partition_(partition), space_(space) {}

  // Places every unit. Where not even all together are valid, they are one class nonetheless.
  void Run() {
    std::vector<uint32_t> all(partition_.units().size());
    for (uint32_t u = 0; u < all.size(); ++u) all[u] = u;
    std::vector<UnitClass<W>> open;
    open.push_back(partition_.Make(std::move(all)));
    while (!open.empty()) {
      const UnitClass<W> next = std::move(open.back());
      open.pop_back();
      std::vector<UnitClass<W>> parts = BestSplit(next);
      if (parts.empty()) {
        partition_.Add(next);
      } else {
        for (UnitClass<W>& part : parts) open.push_back(std::move(part));
      }
    }
  }

 private:
  std::vector<UnitClass<W>> BestSplit(const UnitClass<W>& whole) {
    std::vector<UnitClass<W>> best;
    double least = whole.cost - 1e-9;
    if (whole.weight < 2 * partition_.least_size()) return best;
    for (const KeyField& field : space_.fields) {
      const int rung = CommonRung<W>(field, whole.spread);
      if (rung == 0) continue;
      std::vector<UnitClass<W>> parts = Split(whole, field, rung - 1);
      double cost = 0;
      for (const UnitClass<W>& part : parts) cost += part.cost;
      if (parts.size() > 1 && cost < least) {
        least = cost;
        best = std::move(parts);
      }
    }
    return best;
  }

  // The valid groups at a rung, and the rest as one part; a rest too small takes the smallest group
  // in.
  std::vector<UnitClass<W>> Split(const UnitClass<W>& whole, const KeyField& field, int rung) {
    Key<W> mask;
    mask.word[field.word] = field.mask[rung];
    source_.Clear();
    for (const uint32_t unit : whole.members) {
      source_.key.push_back(partition_.units().key[unit]);
      source_.count.push_back(partition_.units().weight[unit]);
    }
    table_.Group(source_, mask, groups_, &group_of_);
    std::vector<std::vector<uint32_t>> members(groups_.size());
    for (size_t i = 0; i < whole.members.size(); ++i)
      members[group_of_[i]].push_back(whole.members[i]);
    std::vector<UnitClass<W>> parts;
    std::vector<uint32_t> rest;
    uint64_t rest_weight = 0;
    for (size_t g = 0; g < groups_.size(); ++g) {
      if (partition_.Valid(members[g], groups_.count[g])) {
        parts.push_back(partition_.Make(std::move(members[g])));
      } else {
        rest.insert(rest.end(), members[g].begin(), members[g].end());
        rest_weight += groups_.count[g];
      }
    }
    std::sort(parts.begin(), parts.end(),
              [](const auto& x, const auto& y) { return x.weight > y.weight; });
    if (!rest.empty() && !parts.empty()) Lend(parts[0], rest, rest_weight);
    while (!rest.empty() && !partition_.Valid(rest, rest_weight) && !parts.empty()) {
      rest.insert(rest.end(), parts.back().members.begin(), parts.back().members.end());
      rest_weight += parts.back().weight;
      parts.pop_back();
    }
    if (!rest.empty()) parts.push_back(partition_.Make(std::move(rest)));
    return parts;
  }

  // Completes the rest from the largest group, as long as both end valid.
  void Lend(UnitClass<W>& largest, std::vector<uint32_t>& rest, uint64_t& rest_weight) {
    std::vector<uint32_t> kept = largest.members, grown = rest;
    uint64_t kept_weight = largest.weight, grown_weight = rest_weight;
    while (!kept.empty() && !partition_.Valid(grown, grown_weight)) {
      const uint64_t weight = partition_.units().weight[kept.back()];
      grown.push_back(kept.back());
      kept.pop_back();
      grown_weight += weight;
      kept_weight -= weight;
      if (kept_weight < partition_.least_size()) return;
    }
    if (!partition_.Valid(kept, kept_weight)) return;
    rest = std::move(grown);
    rest_weight = grown_weight;
    largest = partition_.Make(std::move(kept));
  }

  Partition<W>& partition_;
  const KeySpace& space_;
  GroupTable<W> table_;
  Groups<W> source_, groups_;
  std::vector<uint32_t> group_of_;
};

}  // namespace reprise::extract::anonymisation

#endif  // REPRISE_EXTRACT_DOMAIN_ANONYMISATION_MONDRIAN_H_
