// SPDX-License-Identifier: Apache-2.0
// How many people of a population would be alone with their values, estimated from the class sizes
// of a sample. Estimates, not bounds: each model may fail to fit, and then says so.
// Sources: Zayatz 1991; Hoshino 2001 (Pitman sampling formula); Chen, Keller-McNulty 1998 (slide
// negative binomial); Dankar et al. 2012 (which of them to trust); Benedetti, Franconi 1998.
#ifndef REPRISE_EXTRACT_DOMAIN_RISK_UNIQUENESS_H_
#define REPRISE_EXTRACT_DOMAIN_RISK_UNIQUENESS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace reprise::extract::risk {

// Shares of the population, [0, 1]; nullopt where the sample does not identify the model.
struct UniquenessEstimate {
  double zayatz = 0;
  std::optional<double> pitman;
  std::optional<double> snb;
  // Dankar's rule: Pitman up to a sampling fraction of a tenth, else the smaller of Zayatz and SNB;
  // Zayatz where those fail.
  double dankar = 0;
  std::string dankar_choice;  // "pitman", "zayatz", "snb"
};

// `histogram`: class size -> classes. `population`: persons, at least the sample's size (a smaller
// number is taken as that size). An empty sample has no uniques.
UniquenessEstimate EstimateUniqueness(const std::map<uint32_t, uint32_t>& histogram,
                                      double population);

// Expected 1/F for a record whose sample class has size `f`, when the class size F in the
// population is f plus a negative binomial number of others (sampling fraction `fraction`, (0, 1]).
double ExpectedJournalistRisk(uint32_t f, double fraction);

}  // namespace reprise::extract::risk

#endif  // REPRISE_EXTRACT_DOMAIN_RISK_UNIQUENESS_H_
