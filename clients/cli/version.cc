// SPDX-License-Identifier: Apache-2.0
#include <iostream>

#include "clients/cli/verbs.h"

namespace reprise::cli {

void AddVersionVerb(Cli& cli) {
  CLI::App* verb = cli.app.add_subcommand("version", "Print the version");
  verb->footer("Example: reprise version");
  cli.OnRun(verb, [] {
    std::cout << "reprise " REPRISE_VERSION "\n";
    return absl::OkStatus();
  });
}

}  // namespace reprise::cli
