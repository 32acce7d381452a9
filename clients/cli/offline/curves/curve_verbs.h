// SPDX-License-Identifier: Apache-2.0
// `reprise stats curve` and `reprise stats monitor`, registered below the group `stats`.
#ifndef REPRISE_CLI_OFFLINE_CURVES_CURVE_VERBS_H_
#define REPRISE_CLI_OFFLINE_CURVES_CURVE_VERBS_H_

#include "clients/cli/cli.h"

namespace reprise::cli {

void AddCurveVerbs(Cli& cli, CLI::App& stats);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_CURVES_CURVE_VERBS_H_
