// SPDX-License-Identifier: Apache-2.0
// The verbs below `reprise stats`, one file each.
#ifndef REPRISE_CLI_OFFLINE_STATS_STATS_VERBS_H_
#define REPRISE_CLI_OFFLINE_STATS_STATS_VERBS_H_

#include "clients/cli/cli.h"

namespace reprise::cli {

void AddBatchVerb(Cli& cli, CLI::App& stats);
void AddIntervalVerb(Cli& cli, CLI::App& stats);
void AddProgressionVerb(Cli& cli, CLI::App& stats);
void AddSampleSizeVerbs(Cli& cli, CLI::App& stats);
void AddForecastVerb(Cli& cli, CLI::App& stats);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_OFFLINE_STATS_STATS_VERBS_H_
