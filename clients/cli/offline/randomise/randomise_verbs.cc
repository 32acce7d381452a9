// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/offline/randomise/randomise_group.h"
#include "clients/cli/verbs.h"

namespace reprise::cli {

void AddRandomiseVerbs(Cli& cli) {
  CLI::App* group = cli.app.add_subcommand(
      "randomise", "Design, simulate, replay and prove the allocation of a trial");
  group->require_subcommand(1);
  AddSimulateVerb(cli, group);
  AddLogVerbs(cli, group);
  AddListVerbs(cli, group);
  AddClusterVerbs(cli, group);
}

}  // namespace reprise::cli
