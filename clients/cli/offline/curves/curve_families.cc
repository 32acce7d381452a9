// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/curves/families.h"

#include <iterator>
#include <utility>

namespace reprise::cli {

std::vector<Family> CurveFamilies() {
  std::vector<Family> families = SurvivalFamilies();
  std::vector<Family> monitoring = MonitoringFamilies();
  std::move(monitoring.begin(), monitoring.end(), std::back_inserter(families));
  return families;
}

}  // namespace reprise::cli
