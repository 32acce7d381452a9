// SPDX-License-Identifier: Apache-2.0
// Re-identification risk from class sizes under the three usual attackers: the prosecutor knows
// that the target is in the file, the journalist does not and looks in the population, the marketer
// wants as many as possible.
#ifndef REPRISE_EXTRACT_DOMAIN_RISK_RISK_MEASURES_H_
#define REPRISE_EXTRACT_DOMAIN_RISK_RISK_MEASURES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace reprise::extract::risk {

struct RiskMeasures {
  double highest = 0;  // of any published person; 0 when nobody is published
  double average =
      0;  // mean over published persons; for the journalist this is the marketer's risk
};

// 1/f for each person of a class of f: the average is classes / persons.
RiskMeasures Prosecutor(const std::vector<uint32_t>& class_sizes);
// 1/F with the population's class sizes; both vectors have one entry a class.
RiskMeasures Journalist(const std::vector<uint32_t>& class_sizes,
                        const std::vector<uint64_t>& population_sizes);
// The same expected from a stated population size (persons), when no population file is at hand.
RiskMeasures JournalistExpected(const std::vector<uint32_t>& class_sizes, double population);

// Persons in classes smaller than `threshold`: risk above a threshold, compared as counts.
size_t PersonsInGroupsBelow(const std::vector<uint32_t>& class_sizes, uint64_t threshold);

}  // namespace reprise::extract::risk

#endif  // REPRISE_EXTRACT_DOMAIN_RISK_RISK_MEASURES_H_
