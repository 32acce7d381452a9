// SPDX-License-Identifier: Apache-2.0
// The two halves of CurveFamilies().
#ifndef REPRISE_CLI_OFFLINE_CURVES_FAMILIES_H_
#define REPRISE_CLI_OFFLINE_CURVES_FAMILIES_H_

#include <vector>

#include "clients/cli/offline/stats/family.h"

namespace reprise::cli {

std::vector<Family> SurvivalFamilies();    // rtw_km, rtw_tests, rtw_cuminc, rtw_rmst
std::vector<Family> MonitoringFamilies();  // mon_*

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_CURVES_FAMILIES_H_
