// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/randomise/batch_families.h"

namespace reprise::cli {

std::vector<Family> RandomisationFamilies() {
  return {MinimisationFamily(), SeededListsFamily(), AcceptanceFamily()};
}

}  // namespace reprise::cli
