// SPDX-License-Identifier: Apache-2.0
// Minimal sample uniques (SUDA2: Manning, Haglin, Keane 2008): combinations of few variables that
// single a person out while no part of the combination does. The fewer variables it takes, the
// easier the person is found; a score weighs that, a share a variable tells which one does it.
#ifndef REPRISE_EXTRACT_DOMAIN_RISK_SAMPLE_UNIQUES_H_
#define REPRISE_EXTRACT_DOMAIN_RISK_SAMPLE_UNIQUES_H_

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "services/extract/domain/risk/sample.h"

namespace reprise::extract::risk {

struct SampleUniques {
  size_t largest = 0;                // combinations of up to this many variables were searched
  std::map<size_t, size_t> by_size;  // variables -> minimal uniques
  std::vector<std::pair<std::string, double>>
      share;           // of the minimal uniques that use the variable
  size_t persons = 0;  // with at least one minimal unique
  // SUDA score: over a person's minimal uniques of s among m variables, the sum of
  // (m-s)! / (m-1)!, so that a value unique by itself counts 1.
  double highest_score = 0;
};

// Suppressed persons are left out, and so is a cell that reads "*": nobody is found by it. `budget`
// bounds the cells read (persons x variables x combinations); larger combinations are then given up
// and `largest` says so. At most 63 variables.
SampleUniques FindSampleUniques(const Sample& sample, uint64_t budget = 400'000'000);

}  // namespace reprise::extract::risk

#endif  // REPRISE_EXTRACT_DOMAIN_RISK_SAMPLE_UNIQUES_H_
