// SPDX-License-Identifier: Apache-2.0
// reprise: the command line of coordinators, physicians, managers and researchers.
#include <iostream>

#include "clients/cli/verbs.h"

int main(int argc, char** argv) {
  reprise::cli::Cli cli;
  reprise::cli::AddAllVerbs(cli);
  try {
    cli.app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = cli.app.exit(error);
    return code == 0 ? 0 : 2;
  }
  if (!cli.outcome.ok()) std::cerr << reprise::cli::Describe(cli.outcome);
  return reprise::cli::ExitCodeOf(cli.outcome);
}
