// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/stats/stats_verbs.h"

#include "clients/cli/offline/curves/curve_verbs.h"
#include "clients/cli/verbs.h"

namespace reprise::cli {

void AddStatsVerbs(Cli& cli) {
  CLI::App* stats = cli.app.add_subcommand(
      "stats", "Statistics: intervals, progression rules, sample size, forecast, curves, monitoring");
  stats->require_subcommand(1);
  AddIntervalVerb(cli, *stats);
  AddProgressionVerb(cli, *stats);
  AddSampleSizeVerbs(cli, *stats);
  AddForecastVerb(cli, *stats);
  AddCurveVerbs(cli, *stats);
  AddBatchVerb(cli, *stats);
}

}  // namespace reprise::cli
