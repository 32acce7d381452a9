// SPDX-License-Identifier: Apache-2.0
// A first partition: lattice nodes are visited from the cheapest up, every group of unplaced units
// that is valid there becomes a class; what is left joins the cheapest class or is suppressed.
#ifndef REPRISE_EXTRACT_DOMAIN_ANONYMISATION_PEEL_H_
#define REPRISE_EXTRACT_DOMAIN_ANONYMISATION_PEEL_H_

#include <algorithm>
#include <utility>
#include <vector>

#include "services/extract/domain/anonymisation/grouping.h"
#include "services/extract/domain/anonymisation/leftovers.h"
#include "services/extract/domain/anonymisation/partition.h"

namespace reprise::extract::anonymisation {

// Masks of lattice nodes in ascending order of the loss they would cost everyone.
template <int W>
using NodeOrder = std::vector<Key<W>>;

template <int W>
class Peeler {
 public:
  explicit Peeler(Partition<W>& partition) : partition_(partition) {
    const Units<W>& units = partition.units();
    left_.resize(units.size());
    for (uint32_t u = 0; u < units.size(); ++u) left_[u] = u;
    key_ = units.key;
    weight_ = units.weight;
  }

  void Run(const NodeOrder<W>& nodes) {
    for (const Key<W>& mask : nodes) {
      if (left_.empty()) break;
      if (Sieve(mask)) Publish(mask);
    }
    PlaceLeftovers(partition_, std::move(left_));
  }

 private:
  // Fills `maybe_` with the places in `left_` whose group could be large enough: counts by a small
  // hash never fall short of the true ones.
  bool Sieve(const Key<W>& mask) {
    size_t size = 1024;
    while (size < left_.size() * 2) size *= 2;
    count_.assign(size, 0);
    hash_.resize(left_.size());
    for (size_t i = 0; i < left_.size(); ++i) {
      hash_[i] = static_cast<uint32_t>((key_[i] & mask).Hash() & (size - 1));
      count_[hash_[i]] += weight_[i];
    }
    maybe_.clear();
    for (size_t i = 0; i < left_.size(); ++i) {
      if (count_[hash_[i]] >= partition_.least_size()) maybe_.push_back(static_cast<uint32_t>(i));
    }
    return !maybe_.empty();
  }

  void Publish(const Key<W>& mask) {
    source_.Clear();
    for (const uint32_t i : maybe_) {
      source_.key.push_back(key_[i]);
      source_.count.push_back(weight_[i]);
    }
    table_.Group(source_, mask, groups_, &group_of_);
    std::vector<std::vector<uint32_t>> members(groups_.size());
    for (size_t i = 0; i < maybe_.size(); ++i) {
      if (groups_.count[group_of_[i]] >= partition_.least_size())
        members[group_of_[i]].push_back(left_[maybe_[i]]);
    }
    std::vector<uint8_t> published(groups_.size(), 0);
    bool any = false;
    for (size_t g = 0; g < groups_.size(); ++g) {
      if (members[g].empty() || !partition_.Valid(members[g], groups_.count[g])) continue;
      published[g] = 1;
      any = true;
      partition_.Add(partition_.Make(std::move(members[g])));
    }
    if (any) Remove(published);
  }

  void Remove(const std::vector<uint8_t>& published) {
    size_t kept = 0, next = 0;
    for (size_t i = 0; i < left_.size(); ++i) {
      const bool tried = next < maybe_.size() && maybe_[next] == i;
      if (tried && published[group_of_[next++]]) continue;
      left_[kept] = left_[i];
      key_[kept] = key_[i];
      weight_[kept++] = weight_[i];
    }
    left_.resize(kept);
    key_.resize(kept);
    weight_.resize(kept);
  }

  Partition<W>& partition_;
  std::vector<uint32_t> left_;  // units without a class, with their keys and weights beside them
  std::vector<Key<W>> key_;
  std::vector<uint32_t> weight_;
  std::vector<uint32_t> count_;
  std::vector<uint32_t> hash_, maybe_, group_of_;
  Groups<W> source_, groups_;
  GroupTable<W> table_;
};

}  // namespace reprise::extract::anonymisation

#endif  // REPRISE_EXTRACT_DOMAIN_ANONYMISATION_PEEL_H_
