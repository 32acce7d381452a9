// SPDX-License-Identifier: Apache-2.0
// The persons among whom a released class hides when the population is known: everybody whose own
// values the class's labels cover. For full-domain coding this is the class of the population; for
// cell suppression and local recoding it is what an attacker with the population file would count.
#ifndef REPRISE_EXTRACT_DOMAIN_RISK_POPULATION_H_
#define REPRISE_EXTRACT_DOMAIN_RISK_POPULATION_H_

#include <cstdint>
#include <vector>

#include "services/extract/domain/risk/sample.h"

namespace reprise::extract::risk {

// Original values of the quasi-identifiers, one entry a person of the whole file.
struct Population {
  size_t persons = 0;
  std::vector<Codes> qis;        // domain values, in the order of the case
  std::vector<bool> suppressed;  // in the subset, but suppressed in the release
};

struct Matches {
  std::vector<uint64_t> of_class;  // persons of the population that each released class covers
  // Whether somebody of the population can be excluded: covered by no class, and unlike every
  // suppressed person of the release.
  bool somebody_excluded = false;
};

// Every quasi-identifier of `sample` must have a tree.
Matches MatchPopulation(const Sample& sample, const Population& population);

}  // namespace reprise::extract::risk

#endif  // REPRISE_EXTRACT_DOMAIN_RISK_POPULATION_H_
