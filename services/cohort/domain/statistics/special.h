// SPDX-License-Identifier: Apache-2.0
// The distributions and the numerical tools the planning statistics stand on (Boost.Math
// underneath, kept out of headers). Arguments are the caller's to check; nothing throws, and what
// cannot be computed is NaN here, which Computed() turns into an empty value before it leaves.
#ifndef REPRISE_COHORT_DOMAIN_STATISTICS_SPECIAL_H_
#define REPRISE_COHORT_DOMAIN_STATISTICS_SPECIAL_H_

#include <cmath>
#include <functional>
#include <optional>

namespace reprise::statistics {

// A result that may not be computable; never NaN or infinite.
using Computable = std::optional<double>;
inline Computable Computed(double value) {
  return std::isfinite(value) ? Computable(value) : std::nullopt;
}

// The next whole number, for counts of people: what arithmetic noise put just above a whole number
// (207.00000000000003) is that number.
double CeilCount(double value);

double NormalCdf(double x);
double NormalUpperQuantile(double upper_tail);  // z with P(Z > z) = upper_tail

// Quantiles by lower or upper tail; the upper form keeps its digits for tiny tails.
double BetaQuantile(double lower_tail, double a, double b);
double BetaUpperQuantile(double upper_tail, double a, double b);
double ChiSquareQuantile(double lower_tail, double df);
double ChiSquareUpperQuantile(double upper_tail, double df);
double StudentUpperQuantile(double upper_tail, double df);

// P(T <= t), P(T > t) and the quantile of Student's t with non-centrality `ncp` (beyond 3e4 with
// its normal part left out, an error below 1e-4).
double NoncentralTCdf(double t, double df, double ncp);
double NoncentralTUpperTail(double t, double df, double ncp);
double NoncentralTQuantile(double lower_tail, double df, double ncp);

// X ~ Binomial(n, p); x may be any number, n >= 0, 0 <= p <= 1.
double BinomialAtMost(double x, double n, double p);
double BinomialAtLeast(double x, double n, double p);
double BinomialMass(double x, double n, double p);

// X ~ negative binomial with P(X = 0) = p^size; k >= 0 whole.
double NegativeBinomialAtMost(double k, double size, double p);
double NegativeBinomialAtLeast(double k, double size, double p);

double LogGamma(double x);

// Where the continuous `f`, of opposite signs (or zero) at `low` and `high`, is zero: to the last
// digits of a double. Empty where the signs do not differ or `f` is NaN.
std::optional<double> FindRoot(const std::function<double(double)>& f, double low, double high);

// Where `f` is least between `low` and `high` (one minimum there), to about eight digits.
double FindMinimum(const std::function<double(double)>& f, double low, double high);

// Integral of `f` over (low, high) by the 30-point Gauss-Legendre rule: exact to about 1e-12 where
// a polynomial of degree 59 follows `f`, so cut the range where `f` changes its face.
double IntegrateSmooth(const std::function<double(double)>& f, double low, double high);

}  // namespace reprise::statistics

#endif  // REPRISE_COHORT_DOMAIN_STATISTICS_SPECIAL_H_
