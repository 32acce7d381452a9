// SPDX-License-Identifier: Apache-2.0
// Lower bounds for a node from a few of its attributes: a class too small on those alone has only
// subclasses too small, so its persons are suppressed at the node as well. Counted lazily,
// remembered.
#ifndef REPRISE_EXTRACT_DOMAIN_ANONYMISATION_PROJECTIONS_H_
#define REPRISE_EXTRACT_DOMAIN_ANONYMISATION_PROJECTIONS_H_

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"

#include "services/extract/domain/anonymisation/node_check.h"

namespace reprise::extract::anonymisation {

inline constexpr size_t kMostProjected = 5;

struct Projection {
  uint64_t suppressed = 0;
  // Of the suppressed, the sum of 1 - loss per projected attribute.
  std::array<double, kMostProjected> credit{};
};

template <int W>
class Projections {
 public:
  Projections(const Records& records, const KeySpace& space, const Objective& objective,
              NodeChecker<W>& checker)
      : records_(records), space_(space), objective_(objective), checker_(checker) {
    for (uint8_t a = 0; a < records.attributes(); ++a) {
      for (uint8_t b = 0; b < a; ++b) {
        pairs_.push_back({b, a});
        pair_memo_.emplace_back(
            static_cast<size_t>(space.fields[a].rungs()) * space.fields[b].rungs(), -1);
      }
    }
    LeaveOutOneByOne();
  }

  // Raises `parts` (per-attribute lower bounds) by all pairs of attributes; returns the most that a
  // pair alone suppresses.
  uint64_t RaiseByPairs(const Node& node, std::vector<double>& parts) {
    uint64_t suppressed = 0;
    for (size_t p = 0; p < pairs_.size(); ++p) {
      const auto& [a, b] = pairs_[p];
      if (AtTop(a, node) || AtTop(b, node)) continue;
      int& memo = pair_memo_[p][static_cast<size_t>(node[b]) * space_.fields[a].rungs() + node[a]];
      if (memo < 0) {
        memo = static_cast<int>(known_.size());
        known_.push_back(Count({a, b}, node));
      }
      suppressed = std::max(suppressed, Raise({a, b}, known_[memo], node, parts));
    }
    return suppressed;
  }

  // The same by the `size` attributes that have most labels at the node.
  uint64_t RaiseByFinest(const Node& node, size_t size, std::vector<double>& parts) {
    const std::vector<uint8_t> chosen = Finest(node, size);
    uint64_t memo_key = 0;
    for (const uint8_t a : chosen)
      memo_key = memo_key << 12 | static_cast<uint64_t>(a + 1) << 6 | node[a];
    const auto [place, fresh] = memo_.emplace(memo_key, static_cast<int>(known_.size()));
    if (fresh) known_.push_back(Count(chosen, node));
    return Raise(chosen, known_[place->second], node, parts);
  }

  uint64_t counted() const { return known_.size(); }

 private:
  // Snapshots without the attributes of few values, so that faces need not start from all tuples.
  void LeaveOutOneByOne() {
    std::vector<uint8_t> order(records_.attributes());
    for (uint8_t a = 0; a < order.size(); ++a) order[a] = a;
    std::sort(order.begin(), order.end(), [&](uint8_t x, uint8_t y) {
      return std::pair(records_.qis[x]->size(), x) < std::pair(records_.qis[y]->size(), y);
    });
    Key<W> mask = checker_.MaskOf(Node{});
    for (size_t i = 0; i + 3 < order.size(); ++i) {
      mask.word[space_.fields[order[i]].word] &= ~space_.fields[order[i]].mask[0];
      checker_.Roll(mask);
    }
  }

  bool AtTop(uint8_t a, const Node& node) const { return node[a] + 1 == space_.fields[a].rungs(); }

  std::vector<uint8_t> Finest(const Node& node, size_t size) const {
    std::vector<std::pair<double, uint8_t>> by_width;
    for (uint8_t a = 0; a < records_.attributes(); ++a) {
      if (AtTop(a, node)) continue;
      const uint64_t mask = space_.fields[a].mask[node[a]];
      by_width.push_back(
          {-static_cast<double>(absl::popcount(mask)) - 1e-3 * records_.qis[a]->size(), a});
    }
    std::sort(by_width.begin(), by_width.end());
    std::vector<uint8_t> chosen;
    for (size_t i = 0; i < std::min(size, by_width.size()); ++i)
      chosen.push_back(by_width[i].second);
    std::sort(chosen.begin(), chosen.end());
    return chosen;
  }

  // Groups on these attributes at their finest, from which all their projections are counted.
  const Groups<W>& Face(const std::vector<uint8_t>& attributes) {
    Key<W> mask;
    for (const uint8_t a : attributes) mask.word[space_.fields[a].word] |= space_.fields[a].mask[0];
    uint64_t memo_key = 0;
    for (const uint8_t a : attributes) memo_key |= uint64_t{1} << a;
    const auto [place, fresh] = faces_.emplace(memo_key, nullptr);
    if (fresh) {
      place->second = std::make_unique<Groups<W>>();
      table_.Group(checker_.Roll(mask), mask, *place->second);
    }
    return *place->second;
  }

  Projection Count(const std::vector<uint8_t>& attributes, const Node& node) {
    Key<W> mask;
    for (const uint8_t a : attributes)
      mask.word[space_.fields[a].word] |= space_.fields[a].mask[node[a]];
    table_.Group(Face(attributes), mask, scratch_);
    Projection projection;
    for (size_t g = 0; g < scratch_.size(); ++g) {
      if (!checker_.TooSmall(scratch_, g)) continue;
      projection.suppressed += scratch_.count[g];
      for (size_t i = 0; i < attributes.size(); ++i) {
        const KeyField& field = space_.fields[attributes[i]];
        const uint64_t path = field.Read(scratch_.key[g].word[field.word]);
        projection.credit[i] +=
            scratch_.count[g] *
            (1.0 - field.loss[(static_cast<size_t>(node[attributes[i]]) << field.bits) | path]);
      }
    }
    return projection;
  }

  uint64_t Raise(const std::vector<uint8_t>& attributes, const Projection& projection,
                 const Node& node, std::vector<double>& parts) const {
    if (projection.suppressed == 0 || !objective_.is_loss()) return projection.suppressed;
    const double n = static_cast<double>(records_.persons);
    const double suppressed = static_cast<double>(projection.suppressed);
    size_t next = 0;
    for (uint8_t a = 0; a < parts.size(); ++a) {
      const bool projected = next < attributes.size() && attributes[next] == a;
      const double credit =
          projected ? projection.credit[next++] : suppressed * (1.0 - objective_.Worst(a, node[a]));
      parts[a] = std::max(parts[a], objective_.Base(a, node[a]) + credit / n);
    }
    return projection.suppressed;
  }

  const Records& records_;
  const KeySpace& space_;
  const Objective& objective_;
  NodeChecker<W>& checker_;
  std::vector<std::pair<uint8_t, uint8_t>> pairs_;
  std::vector<std::vector<int>> pair_memo_;
  absl::flat_hash_map<uint64_t, int> memo_;
  std::vector<Projection> known_;
  absl::flat_hash_map<uint64_t, std::unique_ptr<Groups<W>>> faces_;
  GroupTable<W> table_;
  Groups<W> scratch_;
};

}  // namespace reprise::extract::anonymisation

#endif  // REPRISE_EXTRACT_DOMAIN_ANONYMISATION_PROJECTIONS_H_
