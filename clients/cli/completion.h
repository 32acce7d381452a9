// SPDX-License-Identifier: Apache-2.0
// Shell completion of subcommands, flags and their choices, made from the tree of verbs itself.
#ifndef REPRISE_CLI_COMPLETION_H_
#define REPRISE_CLI_COMPLETION_H_

#include <CLI/CLI.hpp>
#include <string>

namespace reprise::cli {

// `shell` is bash, zsh or fish.
std::string CompletionScript(const CLI::App& app, const std::string& shell);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_COMPLETION_H_
