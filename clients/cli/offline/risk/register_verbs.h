// SPDX-License-Identifier: Apache-2.0
// Verbs below `reprise anonymise` that stand before and after the solver: the preparation of visit
// data and the differencing guard.
#ifndef REPRISE_CLI_OFFLINE_RISK_REGISTER_VERBS_H_
#define REPRISE_CLI_OFFLINE_RISK_REGISTER_VERBS_H_

#include "clients/cli/cli.h"

namespace reprise::cli {

void AddGuardVerb(Cli& cli, CLI::App& anonymise);
void AddPrepareVerb(Cli& cli, CLI::App& anonymise);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_RISK_REGISTER_VERBS_H_
