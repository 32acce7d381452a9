// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <memory>

#include "clients/cli/completion.h"
#include "clients/cli/verbs.h"

namespace reprise::cli {

void AddCompletionVerb(Cli& cli) {
  const auto shell = std::make_shared<std::string>();
  CLI::App* const verb =
      cli.app.add_subcommand("completion", "Print a script that completes verbs and flags");
  verb->footer(
      "Example: source <(reprise completion bash)\n"
      "deploy/completion/install puts it where the shell finds it by itself.");
  verb->add_option("shell", *shell, "The shell")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  cli.OnRun(verb, [&cli, shell] {
    std::cout << CompletionScript(cli.app, *shell);
    return absl::OkStatus();
  });
}

}  // namespace reprise::cli
