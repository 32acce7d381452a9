// SPDX-License-Identifier: Apache-2.0
// The families of randomisation, each in a file of its own; families.cc gathers them.
#ifndef REPRISE_CLI_OFFLINE_RANDOMISE_BATCH_FAMILIES_H_
#define REPRISE_CLI_OFFLINE_RANDOMISE_BATCH_FAMILIES_H_

#include "clients/cli/offline/stats/family.h"

namespace reprise::cli {

Family MinimisationFamily();  // rand_minimisation
Family SeededListsFamily();   // rand_seeded_lists
Family AcceptanceFamily();    // rand_acceptance

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_RANDOMISE_BATCH_FAMILIES_H_
