// SPDX-License-Identifier: Apache-2.0
// The models that judge all classes together (average risk, sample and population uniqueness): the
// smallest classes are suppressed, smallest first, until the model holds.
#ifndef REPRISE_EXTRACT_DOMAIN_ANONYMISATION_OVERALL_H_
#define REPRISE_EXTRACT_DOMAIN_ANONYMISATION_OVERALL_H_

#include <cstdint>
#include <map>
#include <vector>

#include "services/extract/domain/anonymisation/model.h"

namespace reprise::extract::anonymisation {

struct SizedClass {
  uint32_t size = 0;
  double loss = 0;     // of one of its persons; among equal sizes the smaller goes first
  uint32_t index = 0;  // the caller's
};

// Released classes by size: size -> number of classes.
using SizeHistogram = std::map<uint32_t, uint32_t>;

// Whether all overall models of the case hold; no class at all satisfies every model.
bool OverallHolds(const Case& request, const SizeHistogram& sizes);

// The fewest classes, in the order above, whose suppression makes every overall model hold.
std::vector<SizedClass> OverallSuppression(const Case& request, std::vector<SizedClass> classes);

}  // namespace reprise::extract::anonymisation

#endif  // REPRISE_EXTRACT_DOMAIN_ANONYMISATION_OVERALL_H_
