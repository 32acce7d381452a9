// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/statistics/negative_binomial_sum.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace reprise::statistics {
namespace {

constexpr size_t kLanes = 8;

}  // namespace

void CompensatedSum::Add(double value) {
  const double total = sum_ + value;
  lost_ += std::abs(sum_) >= std::abs(value) ? (sum_ - total) + value : (value - total) + sum_;
  sum_ = total;
}

NegativeBinomialSum::NegativeBinomialSum(std::vector<NegativeBinomialTerm> terms) {
  std::sort(terms.begin(), terms.end(),
            [](const auto& a, const auto& b) { return a.odds < b.odds; });
  CompensatedSum log_zero;
  for (const NegativeBinomialTerm& term : terms) {
    const double q = term.odds / (1 + term.odds);
    log_zero.Add(-term.size * std::log1p(term.odds));
    // Terms of one q are one negative binomial of the sizes' sum.
    if (q_.empty() || q_.back() != q) {
      q_.push_back(q);
      weight_.push_back(0);
    }
    weight_.back() += term.size * q;
    largest_odds_ = std::max(largest_odds_, term.odds);
  }
  const size_t padded = (q_.size() + kLanes - 1) / kLanes * kLanes;
  q_.resize(padded, 0);
  weight_.resize(padded, 0);
  carried_.assign(padded, 1);
  log_scale_ = log_zero.value();
  multiplier_ = std::exp(log_scale_);
}

double NegativeBinomialSum::mass() const {
  if (log_scale_ < -1300) return 0;  // scaled masses end at 1e200
  return multiplier_ > 1e-280 ? scaled_mass_ * multiplier_
                              : std::exp(std::log(scaled_mass_) + log_scale_);
}

void NegativeBinomialSum::Next() {
  std::array<double, kLanes> sums{};  // one a lane: additions of one lane wait for each other
  for (size_t i = 0; i < q_.size(); i += kLanes) {
    for (size_t lane = 0; lane < kLanes; ++lane)
      sums[lane] += weight_[i + lane] * carried_[i + lane];
  }
  double sum = 0, largest = 0;
  for (const double part : sums) sum += part;
  scaled_mass_ = sum / static_cast<double>(++k_);
  for (size_t i = 0; i < q_.size(); ++i) carried_[i] = scaled_mass_ + q_[i] * carried_[i];
  if (!carried_.empty()) largest = *std::max_element(carried_.end() - kLanes, carried_.end());
  if (largest > 1e200) Rescale();
}

void NegativeBinomialSum::Rescale() {
  constexpr double kDown = 0x1p-600;
  for (double& carried : carried_) carried *= kDown;
  scaled_mass_ *= kDown;
  log_scale_ += 600 * std::log(2.0);
  multiplier_ = std::exp(log_scale_);
}

int64_t NegativeBinomialSum::affordable_steps() const {
  return int64_t{40'000'000} / static_cast<int64_t>(q_.size() + 4);
}

}  // namespace reprise::statistics
