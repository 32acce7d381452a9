// SPDX-License-Identifier: Apache-2.0
// The two distributions that curves need (Boost.Math underneath), without its headers.
#ifndef REPRISE_PHASE_DOMAIN_SURVIVAL_DISTRIBUTION_H_
#define REPRISE_PHASE_DOMAIN_SURVIVAL_DISTRIBUTION_H_

namespace reprise::survival {

// The 0.975 quantile of the standard normal: every interval here is two-sided 95 %.
inline constexpr double kNormal975 = 1.959963984540054;

// P(X > x) for chi-square with df >= 1 degrees of freedom and finite x >= 0.
double ChiSquareTail(double x, int df);

}  // namespace reprise::survival

#endif  // REPRISE_PHASE_DOMAIN_SURVIVAL_DISTRIBUTION_H_
