// SPDX-License-Identifier: Apache-2.0
// Power of two tests of two proportions by enumeration of all outcomes that can occur (those of
// probability below about 1e-18 in one arm are left out). At n around 40 formulas mislead; this
// does not. Inputs are checked by the caller: n >= 1, 0 < p < 1.
#ifndef REPRISE_COHORT_DOMAIN_STATISTICS_EXACT_POWER_H_
#define REPRISE_COHORT_DOMAIN_STATISTICS_EXACT_POWER_H_

#include "services/cohort/domain/statistics/sample_size_outcomes.h"

namespace reprise::statistics {

// Chi-square test without correction; with one side, only in the direction of p2 - p1. Tables
// without variation never reject. Empty where the enumeration would take more than about a second.
Computable ExactChisqPower(const TwoProportionsArms& arms);

// Fisher's exact test; two-sided by adding all tables as improbable as the one seen (to 1e-7).
Computable ExactFisherPower(const TwoProportionsArms& arms);

}  // namespace reprise::statistics

#endif  // REPRISE_COHORT_DOMAIN_STATISTICS_EXACT_POWER_H_
