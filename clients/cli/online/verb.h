// SPDX-License-Identifier: Apache-2.0
// How every verb with a server is registered: options derived from ServerOptions, an example below
// the help, and a body that gets an open connection.
#ifndef REPRISE_CLI_ONLINE_VERB_H_
#define REPRISE_CLI_ONLINE_VERB_H_

#include <memory>
#include <string>

#include "clients/cli/cli.h"
#include "clients/cli/online/connection.h"

namespace reprise::cli {

template <typename Options>
struct OnlineVerb {
  CLI::App* verb;
  std::shared_ptr<Options> options;  // lives as long as the verb
};

template <typename Options>
OnlineVerb<Options> AddOnlineVerb(Cli& cli, CLI::App* group, const std::string& name,
                                  const std::string& what, const std::string& example,
                                  absl::Status (*run)(ServerConnection&, const Options&)) {
  OnlineVerb<Options> added{group->add_subcommand(name, what), std::make_shared<Options>()};
  added.verb->footer("Example: " + example);
  AddServerOptions(added.verb, added.options);
  cli.OnRun(added.verb, [options = added.options, run] {
    ServerConnection connection(*options);
    return run(connection, *options);
  });
  return added;
}

// A group of verbs, one of which must be named.
inline CLI::App* AddGroup(Cli& cli, const std::string& name, const std::string& what) {
  CLI::App* const group = cli.app.add_subcommand(name, what);
  group->require_subcommand(1);
  return group;
}

}  // namespace reprise::cli

#endif  // REPRISE_CLI_ONLINE_VERB_H_
