// SPDX-License-Identifier: Apache-2.0
// For every unit some units that would be cheap to share a class with: all pairs are tried where
// there are few units, otherwise those that stand near in several orders of the keys.
#ifndef REPRISE_EXTRACT_DOMAIN_ANONYMISATION_NEIGHBOURS_H_
#define REPRISE_EXTRACT_DOMAIN_ANONYMISATION_NEIGHBOURS_H_

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>
#include <vector>

#include "services/extract/domain/anonymisation/partition.h"
#include "services/extract/domain/anonymisation/random.h"

namespace reprise::extract::anonymisation {

class Neighbours {
 public:
  static constexpr uint32_t kEach = 12;

  template <int W>
  Neighbours(const Units<W>& units, const KeySpace& space, const ClassLoss<W>& loss,
             uint64_t seed) {
    const uint32_t n = static_cast<uint32_t>(units.size());
    each_ = std::min(kEach, n > 0 ? n - 1 : 0);
    near_.resize(static_cast<size_t>(n) * each_);
    if (n <= kAllPairs) {
      for (uint32_t u = 0; u < n; ++u) TryAll(units, loss, u);
      return;
    }
    const std::vector<std::vector<uint32_t>> orders = Orders(units, space, seed);
    std::vector<std::vector<uint32_t>> place(orders.size(), std::vector<uint32_t>(n));
    for (size_t o = 0; o < orders.size(); ++o) {
      for (uint32_t i = 0; i < n; ++i) place[o][orders[o][i]] = i;
    }
    std::vector<std::pair<double, uint32_t>> candidates;
    for (uint32_t u = 0; u < n; ++u) {
      Collect(u, n, orders, place, candidates);
      for (auto& [cost, v] : candidates) cost = loss(units.key[u], units.key[u] ^ units.key[v]);
      std::partial_sort(candidates.begin(), candidates.begin() + each_, candidates.end());
      for (uint32_t i = 0; i < each_; ++i)
        near_[static_cast<size_t>(u) * each_ + i] = candidates[i].second;
    }
  }

  uint32_t each() const { return each_; }
  uint32_t Of(uint32_t unit, uint32_t i) const {
    return near_[static_cast<size_t>(unit) * each_ + i];
  }

 private:
  static constexpr uint32_t kAllPairs = 1500;
  static constexpr uint32_t kOrders = 5;
  static constexpr uint32_t kReach = 6;

  // The cheapest of all, the earlier ones among equals, by insertion.
  template <int W>
  void TryAll(const Units<W>& units, const ClassLoss<W>& loss, uint32_t u) {
    std::array<double, kEach> cost;
    uint32_t* const near = near_.data() + static_cast<size_t>(u) * each_;
    uint32_t filled = 0;
    for (uint32_t v = 0; v < units.size() && each_ > 0; ++v) {
      if (v == u) continue;
      const double candidate = loss(units.key[u], units.key[u] ^ units.key[v]);
      if (filled == each_ && candidate >= cost[each_ - 1]) continue;
      uint32_t at = filled < each_ ? filled++ : each_ - 1;
      for (; at > 0 && cost[at - 1] > candidate; --at) {
        cost[at] = cost[at - 1];
        near[at] = near[at - 1];
      }
      cost[at] = candidate;
      near[at] = v;
    }
  }

  // Units sorted by their keys with the attributes' digits in random order of significance.
  template <int W>
  static std::vector<std::vector<uint32_t>> Orders(const Units<W>& units, const KeySpace& space,
                                                   uint64_t seed) {
    Random random(seed);
    std::vector<std::vector<uint32_t>> orders;
    std::vector<size_t> significance(space.fields.size());
    std::iota(significance.begin(), significance.end(), 0);
    for (uint32_t o = 0; o < kOrders; ++o) {
      for (size_t i = significance.size(); i > 1; --i) {
        std::swap(significance[i - 1], significance[random.Below(static_cast<uint32_t>(i))]);
      }
      std::vector<std::pair<Key<W>, uint32_t>> sorted(units.size());
      for (uint32_t u = 0; u < units.size(); ++u)
        sorted[u] = {Shuffled(units.key[u], space, significance), u};
      std::sort(sorted.begin(), sorted.end());
      std::vector<uint32_t> order;
      for (const auto& entry : sorted) order.push_back(entry.second);
      orders.push_back(std::move(order));
    }
    return orders;
  }

  // The key's fields packed anew from the highest bit, in the given order; what does not fit is
  // cut.
  template <int W>
  static Key<W> Shuffled(const Key<W>& key, const KeySpace& space,
                         const std::vector<size_t>& significance) {
    Key<W> out;
    int word = 0, room = 64;
    for (const size_t a : significance) {
      const KeyField& field = space.fields[a];
      if (field.bits > room) {
        if (++word == W) break;
        room = 64;
      }
      room -= field.bits;
      if (field.bits > 0) out.word[word] |= field.Read(key.word[field.word]) << room;
    }
    return out;
  }

  void Collect(uint32_t u, uint32_t n, const std::vector<std::vector<uint32_t>>& orders,
               const std::vector<std::vector<uint32_t>>& place,
               std::vector<std::pair<double, uint32_t>>& candidates) const {
    candidates.clear();
    for (size_t o = 0; o < orders.size(); ++o) {
      const uint32_t at = place[o][u];
      for (uint32_t i = at > kReach ? at - kReach : 0; i < std::min(n, at + kReach + 1); ++i) {
        if (i != at) candidates.push_back({0, orders[o][i]});
      }
    }
    std::sort(candidates.begin(), candidates.end());
    candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
    // Near the ends an order offers fewer; the unit's successors in number fill up.
    for (uint32_t v = (u + 1) % n; candidates.size() < each_; v = (v + 1) % n) {
      if (v != u) candidates.push_back({0, v});
    }
  }

  uint32_t each_ = 0;
  std::vector<uint32_t> near_;
};

}  // namespace reprise::extract::anonymisation

#endif  // REPRISE_EXTRACT_DOMAIN_ANONYMISATION_NEIGHBOURS_H_
