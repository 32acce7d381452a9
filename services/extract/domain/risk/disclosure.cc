// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/risk/disclosure.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

#include "services/platform/text/number.h"

namespace reprise::extract::risk {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
// Rounding of sums of fractions; a class on a model's limit fulfils it.
constexpr double kSlack = 1e-9;

double Size(const ClassCounts& counts) {
  double size = 0;
  for (const auto& [code, count] : counts) size += count;
  return size;
}

// Codes that occur, in the order of the ordered distance.
std::vector<uint32_t> Order(const std::vector<std::string>& values,
                            const std::vector<uint32_t>& counts) {
  std::vector<uint32_t> order;
  std::vector<double> number(values.size());
  bool numeric = true;
  for (uint32_t code = 0; code < values.size(); ++code) {
    if (counts[code] == 0) continue;
    order.push_back(code);
    const auto parsed = text::ParseDouble(values[code], "value");
    numeric = numeric && parsed.ok();
    if (parsed.ok()) number[code] = *parsed;
  }
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    if (numeric && number[a] != number[b]) return number[a] < number[b];
    return values[a] < values[b];
  });
  return order;
}

}  // namespace

Reference::Reference(const std::vector<std::string>& values, std::vector<uint32_t> counts)
    : counts_(std::move(counts)), order_(Order(values, counts_)), rank_(values.size(), 0) {
  for (const uint32_t count : counts_) total_ += count;
  double sum = 0;
  cumulative_sum_.push_back(0);
  for (uint32_t rank = 0; rank < order_.size(); ++rank) {
    rank_[order_[rank]] = rank;
    sum += counts_[order_[rank]];
    cumulative_.push_back(sum / total_);
    cumulative_sum_.push_back(cumulative_sum_.back() + cumulative_.back());
  }
}

double Reference::Deviation(size_t a, size_t b, double level) const {
  if (a >= b) return 0;
  // cumulative_ rises, so it lies below `level` up to `turn` and above from there on.
  const auto begin = cumulative_.begin();
  const size_t turn = static_cast<size_t>(
      std::lower_bound(begin + static_cast<long>(a), begin + static_cast<long>(b), level) - begin);
  const auto sum = [&](size_t from, size_t to) {
    return cumulative_sum_[to] - cumulative_sum_[from];
  };
  return level * static_cast<double>(turn - a) - sum(a, turn) + sum(turn, b) -
         level * static_cast<double>(b - turn);
}

double EntropyBits(const ClassCounts& counts) {
  const double size = Size(counts);
  double bits = 0;
  for (const auto& [code, count] : counts) bits -= count / size * std::log2(count / size);
  return bits;
}

double RecursiveRatio(const ClassCounts& counts, size_t l) {
  if (l < 1 || counts.size() < l) return kInfinity;
  std::vector<uint32_t> sorted;
  for (const auto& [code, count] : counts) sorted.push_back(count);
  std::sort(sorted.begin(), sorted.end(), std::greater<>());
  const double tail = std::accumulate(sorted.begin() + static_cast<long>(l) - 1, sorted.end(), 0.0);
  return sorted[0] / tail;
}

double EqualDistance(const ClassCounts& counts, const Reference& all) {
  const double size = Size(counts);
  double moved = 0;  // what p has more than q; the rest has as much less
  for (const auto& [code, count] : counts)
    moved += std::max(0.0, count / size - all.Fraction(code));
  return moved;
}

double OrderedDistance(const ClassCounts& counts, const Reference& all) {
  if (all.domain() < 2) return 0;
  const double size = Size(counts);
  std::vector<std::pair<uint32_t, uint32_t>> ranked;
  for (const auto& [code, count] : counts) ranked.emplace_back(all.Rank(code), count);
  std::sort(ranked.begin(), ranked.end());
  double work = 0, held = 0;
  size_t from = 0;
  for (const auto& [rank, count] : ranked) {
    work += all.Deviation(from, rank, held / size);
    held += count;
    from = rank;
  }
  work += all.Deviation(from, all.domain(), 1.0);
  return work / static_cast<double>(all.domain() - 1);
}

double HierarchicalDistance(const ClassCounts& counts, const Reference& all, const LabelTree& tree,
                            absl::Span<const uint32_t> label_of) {
  if (tree.levels() < 2) return 0;
  const double size = Size(counts);
  std::vector<double> extra(tree.values(), 0);
  for (uint32_t code = 0; code < all.counts().size(); ++code)
    extra[label_of[code]] -= all.Fraction(code);
  for (const auto& [code, count] : counts) extra[label_of[code]] += count / size;
  // A node is known by the first value below it; its mass moves there level by level.
  std::vector<double> above(tree.values()), below(tree.values());
  std::vector<uint32_t> first(tree.labels());
  double work = 0;
  const double height = static_cast<double>(tree.levels() - 1);
  for (size_t level = 1; level < tree.levels(); ++level) {
    std::fill(above.begin(), above.end(), 0);
    std::fill(below.begin(), below.end(), 0);
    std::fill(first.begin(), first.end(), UINT32_MAX);
    for (uint32_t value = 0; value < tree.values(); ++value) {
      uint32_t& node = first[tree.Ancestor(value, level)];
      if (node == UINT32_MAX) node = value;
      (extra[value] > 0 ? above : below)[node] += std::fabs(extra[value]);
    }
    for (uint32_t value = 0; value < tree.values(); ++value) {
      work += static_cast<double>(level) / height * std::min(above[value], below[value]);
      extra[value] = above[value] - below[value];
    }
  }
  return work;
}

double BasicBeta(const ClassCounts& counts, const Reference& all) {
  const double size = Size(counts);
  double beta = 0;
  for (const auto& [code, count] : counts) {
    const double q = all.Fraction(code);
    beta = std::max(beta, (count / size - q) / q);
  }
  return beta;
}

bool EnhancedBetaHolds(const ClassCounts& counts, const Reference& all, double beta) {
  const double size = Size(counts);
  return std::all_of(counts.begin(), counts.end(), [&](const auto& entry) {
    const double q = all.Fraction(entry.first);
    const double p = entry.second / size;
    return p <= q || (p - q) / q <= std::min(beta, -std::log(q)) + kSlack;
  });
}

double DeltaDisclosure(const ClassCounts& counts, const Reference& all) {
  const double size = Size(counts);
  double delta = 0;
  for (const auto& [code, count] : counts) {
    delta = std::max(delta, std::fabs(std::log2(count / size / all.Fraction(code))));
  }
  return delta;
}

}  // namespace reprise::extract::risk
