// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/randomisation/guess.h"

#include <algorithm>
#include <numeric>

namespace reprise::randomisation {
namespace {

constexpr double kTieTolerance = 1e-9;

}  // namespace

ArmSet Greatest(const ArmValues& values, int arms) {
  double most = values[0];
  for (int k = 1; k < arms; ++k) most = std::max(most, values[k]);
  ArmSet set = 0;
  for (int k = 0; k < arms; ++k) {
    if (most - values[k] <= kTieTolerance * most) set |= ArmSet{1} << k;
  }
  return set;
}

BlockOracle::BlockOracle(const BlockPlan& plan)
    : plan_(plan),
      arms_(static_cast<int>(plan.ratio.size())),
      ratio_sum_(std::accumulate(plan.ratio.begin(), plan.ratio.end(), 0)) {
  positions_.reserve(static_cast<size_t>(std::accumulate(plan.sizes.begin(), plan.sizes.end(), 0)));
  Restart();
}

void BlockOracle::Restart() {
  positions_.clear();
  Begin(1);
}

void BlockOracle::Begin(double weight) {
  for (size_t s = 0; s < plan_.sizes.size(); ++s) {
    positions_.push_back({.size_index = s,
                          .used_slots = 0,
                          .weight = weight / static_cast<double>(plan_.sizes.size()),
                          .used = {}});
  }
}

int BlockOracle::Quota(const Position& position, int arm) const {
  const auto k = static_cast<size_t>(arm);
  return plan_.ratio[k] * (plan_.sizes[position.size_index] / ratio_sum_) - position.used[k];
}

ArmValues BlockOracle::Chances() const {
  ArmValues chances{};
  for (const Position& position : positions_) {
    const double weight =
        position.weight / (plan_.sizes[position.size_index] - position.used_slots);
    for (int k = 0; k < arms_; ++k) chances[k] += weight * Quota(position, k);
  }
  return chances;
}

void BlockOracle::See(int arm) {
  double ended = 0, sum = 0;
  size_t kept = 0;
  for (Position position : positions_) {
    const int size = plan_.sizes[position.size_index];
    position.weight *= static_cast<double>(Quota(position, arm)) / (size - position.used_slots);
    if (position.weight <= 0) continue;
    sum += position.weight;
    ++position.used[static_cast<size_t>(arm)];
    if (++position.used_slots == size) {
      ended += position.weight;
    } else {
      positions_[kept++] = position;
    }
  }
  positions_.resize(kept);
  if (ended > 0) Begin(ended);
  for (Position& position : positions_) position.weight /= sum;
}

double ConvergenceGuessShare(int block_size) {
  const int m = block_size / 2;
  double ratio = 1;  // 4^m / C(2m, m), the product of 2i / (2i - 1)
  for (int i = 1; i <= m; ++i) ratio *= 2.0 * i / (2 * i - 1);
  return 0.5 + (ratio - 1) / (4 * m);
}

}  // namespace reprise::randomisation
