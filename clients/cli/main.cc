// SPDX-License-Identifier: Apache-2.0
// reprise: the command line of coordinators, physicians, managers and researchers.
#include <iostream>

#include "clients/cli/verbs.h"

int main(int argc, char** argv) {
  reprise::cli::Cli cli;
  cli.app.require_subcommand(1);
  reprise::cli::AddLoginVerbs(cli);
  reprise::cli::AddCallVerb(cli);
  reprise::cli::AddStatsVerbs(cli);
  reprise::cli::AddRandomiseVerbs(cli);
  reprise::cli::AddAnonymiseVerbs(cli);
  reprise::cli::AddRiskVerbs(cli);
  reprise::cli::AddExpressionVerbs(cli);
  reprise::cli::AddInstrumentVerbs(cli);
  reprise::cli::AddEndpointVerbs(cli);
  reprise::cli::AddVersionVerb(cli);
  try {
    cli.app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = cli.app.exit(error);
    return code == 0 ? 0 : 2;
  }
  if (!cli.outcome.ok()) std::cerr << reprise::cli::Describe(cli.outcome);
  return reprise::cli::ExitCodeOf(cli.outcome);
}
