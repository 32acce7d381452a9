// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <string>
#include <vector>

#include "clients/cli/files.h"
#include "clients/cli/offline/stats/batch.h"
#include "clients/cli/offline/stats/stats_verbs.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::cli {
namespace {

struct Arguments {
  std::string family, input, output, derived;
  int64_t trials = BatchOptions{}.trials;
};

absl::Status Run(const Arguments& arguments) {
  if (arguments.trials < 1) {
    return error::InvalidField("--trials", "NOT_POSITIVE", "--trials must be at least 1.");
  }
  const std::vector<Family> families = AllFamilies();
  REPRISE_RETURN_IF_ERROR(CheckFamily(families, arguments.family));
  BatchOptions options{.derived = {}, .trials = arguments.trials};
  if (!arguments.derived.empty()) {
    REPRISE_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(arguments.derived));
    REPRISE_ASSIGN_OR_RETURN(options.derived, text::ParseCsv(bytes, arguments.derived));
  }
  REPRISE_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(arguments.input));
  REPRISE_ASSIGN_OR_RETURN(const std::string result,
                           RunBatch(families, arguments.family, bytes, arguments.input, options));
  return WriteFile(arguments.output, result);
}

}  // namespace

void AddBatchVerb(Cli& cli, CLI::App& stats) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb = stats.add_subcommand(
      "batch", "Runs one family of computations over a CSV file, for other tools to call");
  verb->add_option("FAMILY", arguments->family, "Name of the family; an unknown one lists them all")
      ->required();
  verb->add_option("IN", arguments->input,
                   "CSV with the family's input columns ('-': standard input)")
      ->required();
  verb->add_option("OUT", arguments->output,
                   "CSV to write: input columns, then outputs with 15 digits, empty where not "
                   "computable ('-': standard output)")
      ->required();
  verb->add_option("--derived", arguments->derived,
                   "CSV of derived endpoints, for the families that read one beside their keys");
  verb->add_option("--trials", arguments->trials, "Simulated trials, for rand_acceptance")
      ->capture_default_str();
  verb->footer("Example:\n  reprise stats batch feas_ci_proportion cases.csv intervals.csv");
  cli.OnRun(verb, [arguments] { return Run(*arguments); });
}

}  // namespace reprise::cli
