// SPDX-License-Identifier: Apache-2.0
// The distributions that monitoring needs (Boost.Math underneath), without its headers. Outside
// their domain, or where the series fails, they give nothing rather than NaN.
#ifndef REPRISE_COHORT_DOMAIN_MONITORING_DISTRIBUTION_H_
#define REPRISE_COHORT_DOMAIN_MONITORING_DISTRIBUTION_H_

#include <optional>

namespace reprise::monitoring {

inline constexpr double kNormal975 = 1.959963984540054;

std::optional<double> ChiSquareTail(double x, double df);                // P(X > x)
std::optional<double> StudentTwoSided(double t, double df);              // P(|T| > |t|)
std::optional<double> FisherTwoSided(double f, double df1, double df2);  // 2 min(P(F<f), P(F>f))
std::optional<double> FisherQuantile(double p, double df1, double df2);

// The value, or nothing for NaN and infinities.
std::optional<double> IfFinite(double value);

}  // namespace reprise::monitoring

#endif  // REPRISE_COHORT_DOMAIN_MONITORING_DISTRIBUTION_H_
