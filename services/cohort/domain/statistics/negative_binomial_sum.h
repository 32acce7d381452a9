// SPDX-License-Identifier: Apache-2.0
// The exact distribution of a sum of independent negative binomials with different probabilities,
// one value at a time: P(S = 0), P(S = 1), … The logarithmic derivative of the generating function
// gives (k+1) P(k+1) = sum_i r_i q_i c_i(k), c_i(k) = P(k) + q_i c_i(k-1): no term is ever
// subtracted, and a step costs one multiplication a term instead of a convolution.
#ifndef REPRISE_COHORT_DOMAIN_STATISTICS_NEGATIVE_BINOMIAL_SUM_H_
#define REPRISE_COHORT_DOMAIN_STATISTICS_NEGATIVE_BINOMIAL_SUM_H_

#include <cstdint>
#include <vector>

namespace reprise::statistics {

// P(X = k) = C(size + k - 1, k) (1/(1+odds))^size (odds/(1+odds))^k; mean size * odds.
struct NegativeBinomialTerm {
  double size = 0;  // above 0
  double odds = 0;  // above 0; future exposure over rate parameter
};

// Adds up exactly enough that a sum of millions of terms keeps its last digits.
class CompensatedSum {
 public:
  void Add(double value);
  double value() const { return sum_ + lost_; }

 private:
  double sum_ = 0;
  double lost_ = 0;
};

// Not thread-safe. No terms at all is the distribution that is 0 for certain.
class NegativeBinomialSum {
 public:
  explicit NegativeBinomialSum(std::vector<NegativeBinomialTerm> terms);

  double mass() const;  // P(S = k) at the present k, 0 at first
  int64_t k() const { return k_; }
  void Next();  // to k + 1
  // What is left beyond a mass m past the mean is at most about m * tail_factor().
  double tail_factor() const { return 1 + largest_odds_; }
  // Values that may be visited before a pass costs more than some tenths of a second.
  int64_t affordable_steps() const;

 private:
  void Rescale();

  // One entry a term, filled up with zeros to whole lanes so that the loops of Next() run in
  // parallel.
  std::vector<double> weight_;  // size * q
  std::vector<double> q_;
  std::vector<double> carried_;  // c_i(k), in the scale of `scaled_mass_`
  double log_scale_ = 0;         // P(S = k) = scaled_mass_ * exp(log_scale_)
  double multiplier_ = 1;        // exp(log_scale_), 0 where too small
  double scaled_mass_ = 1;
  double largest_odds_ = 0;
  int64_t k_ = 0;
};

}  // namespace reprise::statistics

#endif  // REPRISE_COHORT_DOMAIN_STATISTICS_NEGATIVE_BINOMIAL_SUM_H_
