// SPDX-License-Identifier: Apache-2.0
#include "services/cohort/domain/statistics/negative_binomial_sum.h"

#include <algorithm>
#include <cmath>

namespace reprise::statistics {

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
    if (terms_.empty() || terms_.back().q != q) terms_.push_back({.weight = 0, .q = q, .carried = 0});
    terms_.back().weight += term.size * q;
    largest_odds_ = std::max(largest_odds_, term.odds);
  }
  for (Term& term : terms_) term.carried = 1;
  log_scale_ = log_zero.value();
  multiplier_ = std::exp(log_scale_);
}

double NegativeBinomialSum::mass() const {
  return multiplier_ > 1e-280 ? scaled_mass_ * multiplier_
                              : std::exp(std::log(scaled_mass_) + log_scale_);
}

void NegativeBinomialSum::Next() {
  double sum = 0;
  for (const Term& term : terms_) sum += term.weight * term.carried;
  scaled_mass_ = sum / static_cast<double>(++k_);
  for (Term& term : terms_) term.carried = scaled_mass_ + term.q * term.carried;
  if (!terms_.empty() && (scaled_mass_ > 1e200 || terms_.back().carried > 1e200)) Rescale();
}

void NegativeBinomialSum::Rescale() {
  constexpr double kDown = 0x1p-600;
  for (Term& term : terms_) term.carried *= kDown;
  scaled_mass_ *= kDown;
  log_scale_ += 600 * std::log(2.0);
  multiplier_ = std::exp(log_scale_);
}

int64_t NegativeBinomialSum::affordable_steps() const {
  return int64_t{200'000'000} / static_cast<int64_t>(std::max<size_t>(1, terms_.size() + 4));
}

}  // namespace reprise::statistics
