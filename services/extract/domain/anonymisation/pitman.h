// SPDX-License-Identifier: Apache-2.0
// How many persons of a population would be alone with their values, estimated from the class sizes
// of a sample; what the model pu needs.
#ifndef REPRISE_EXTRACT_DOMAIN_ANONYMISATION_PITMAN_H_
#define REPRISE_EXTRACT_DOMAIN_ANONYMISATION_PITMAN_H_

#include "absl/types/optional.h"

#include "services/extract/domain/anonymisation/overall.h"

namespace reprise::extract::anonymisation {

// Share of `population` persons that are unique, [0, 1]; 0 without sample uniques. Pitman's
// sampling formula by maximum likelihood (Hoshino 2001) for a sample of at most a tenth of the
// population, above that Zayatz 1991, as Dankar et al. 2012 advise. nullopt where the likelihood
// has no maximum inside.
absl::optional<double> PopulationUniqueShare(const SizeHistogram& sizes, double population);

}  // namespace reprise::extract::anonymisation

#endif  // REPRISE_EXTRACT_DOMAIN_ANONYMISATION_PITMAN_H_
