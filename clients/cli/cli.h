// SPDX-License-Identifier: Apache-2.0
// The frame of the command line: verbs register below `app`, and the status with which a verb's
// body ends becomes the printed error and the exit code.
//   CLI::App* verb = cli.app.add_subcommand("interval", "Confidence intervals of a proportion");
//   cli.OnRun(verb, [options] { return RunInterval(*options); });
#ifndef REPRISE_CLI_CLI_H_
#define REPRISE_CLI_CLI_H_

#include <CLI/CLI.hpp>
#include <functional>

#include "absl/status/status.h"

namespace reprise::cli {

struct Cli {
  CLI::App app{"Reprise: return-to-work intervention trials", "reprise"};
  absl::Status outcome;

  // `body` runs when `verb` is called; options it reads must outlive the parse (shared_ptr).
  void OnRun(CLI::App* verb, std::function<absl::Status()> body);
};

// What a shell sees: 0 fine, 1 ours or unknown, 2 bad input, 3 log in, 4 no right, 5 not found,
// 6 there already, 7 change the world first, 8 reread and retry, 9 just retry.
int ExitCodeOf(const absl::Status& status);

// The error as a person reads it on stderr: sentence, reason, and one line a faulty field.
std::string Describe(const absl::Status& status);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_CLI_H_
