// SPDX-License-Identifier: Apache-2.0
// reprise: the command line of coordinators, physicians, managers and researchers.
#include <iostream>
#include <string>
#include <vector>

#include "clients/cli/verbs.h"

int main(int argc, char** argv) {
  reprise::cli::Cli cli;
  reprise::cli::AddAllVerbs(cli);
  try {
    cli.app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // CLI11 would only say that a subcommand is required.
    const std::vector<std::string> unknown = cli.app.remaining(true);
    if (error.get_name() == "RequiredError" && !unknown.empty() && unknown[0][0] != '-') {
      std::cerr << "There is no verb `" << unknown[0] << "` here.\n";
    }
    const int code = cli.app.exit(error);
    return code == 0 ? 0 : 2;
  }
  if (!cli.outcome.ok()) std::cerr << reprise::cli::Describe(cli.outcome);
  return reprise::cli::ExitCodeOf(cli.outcome);
}
