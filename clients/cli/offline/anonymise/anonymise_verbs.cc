// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "clients/cli/files.h"
#include "clients/cli/offline/anonymise/inputs.h"
#include "clients/cli/offline/anonymise/report.h"
#include "clients/cli/offline/anonymise/verify.h"
#include "clients/cli/verbs.h"
#include "services/extract/domain/anonymisation/release.h"
#include "services/extract/domain/anonymisation/solve.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::cli {
namespace {

namespace engine = extract::anonymisation;

struct Options {
  std::string data, hierarchies, request, method = "portfolio", output, report;
  engine::Effort effort;
};

// Writes the first candidate that the verifier accepts, and its report.
absl::Status Release(const Options& options, const AnonymiseInputs& inputs,
                     const std::vector<engine::Recoding>& candidates, double solver_cpu_ms) {
  REPRISE_ASSIGN_OR_RETURN(const extract::risk::VerifierCase verifier,
                           LoadVerifierCase(options.request, options.hierarchies, inputs));
  absl::Status rejected = absl::OkStatus();
  for (const engine::Recoding& candidate : candidates) {
    const std::string released =
        engine::WriteRelease(inputs.data, inputs.request, inputs.records, candidate, inputs.subset);
    rejected = VerifyReleased(inputs, released, verifier);
    if (!rejected.ok()) continue;
    REPRISE_RETURN_IF_ERROR(WriteFile(options.output, released));
    return WriteFile(options.report, ReportJson(inputs, candidate,
                                                {.seed = options.effort.seed,
                                                 .solver_cpu_ms = solver_cpu_ms,
                                                 .verified = true}));
  }
  return rejected;
}

bool SameFile(const std::string& written, const std::string& read) {
  std::error_code absent;
  return std::filesystem::equivalent(written, read, absent);
}

absl::Status OptionConflict(absl::string_view why) {
  return error::InvalidField("--output", "OPTION_CONFLICT", why);
}

// Options are checked here and not by the parser, because a subcommand has its own.
absl::Status CheckGiven(const Options& options, bool releases) {
  std::vector<error::Violation> missing;
  const auto need = [&](const std::string& value, const char* option) {
    if (value.empty()) missing.push_back({option, "OPTION_MISSING", "This option is required."});
  };
  need(options.data, "--data");
  need(options.hierarchies, "--hierarchies");
  need(options.request, "--case");
  need(options.report, "--report");
  if (releases) need(options.output, "--output");
  if (!missing.empty()) return error::Invalid("OPTION_MISSING", "Options are missing.", missing);
  for (const std::string& read : {options.data, options.request}) {
    if (SameFile(options.output, read) || SameFile(options.report, read))
      return OptionConflict("What is read must not be written over.");
  }
  if (options.output == options.report)
    return OptionConflict("--output and --report must not be the same file.");
  return absl::OkStatus();
}

absl::Status RunAnonymise(const Options& options) {
  REPRISE_RETURN_IF_ERROR(CheckGiven(options, /*releases=*/true));
  REPRISE_ASSIGN_OR_RETURN(const engine::Method method, engine::ParseMethod(options.method));
  REPRISE_ASSIGN_OR_RETURN(const std::unique_ptr<AnonymiseInputs> inputs,
                           LoadInputs(options.data, options.hierarchies, options.request));
  const double start = CpuMilliseconds();
  const absl::StatusOr<std::vector<engine::Recoding>> candidates =
      engine::Solve(inputs->request, inputs->records, method, options.effort);
  if (!candidates.ok()) {
    REPRISE_RETURN_IF_ERROR(WriteFile(options.report, RefusalJson(candidates.status())));
    return candidates.status();
  }
  return Release(options, *inputs, *candidates, CpuMilliseconds() - start);
}

absl::Status RunCosts(const Options& options) {
  REPRISE_RETURN_IF_ERROR(CheckGiven(options, /*releases=*/false));
  REPRISE_ASSIGN_OR_RETURN(const engine::Method method, engine::ParseMethod(options.method));
  REPRISE_ASSIGN_OR_RETURN(const std::unique_ptr<AnonymiseInputs> inputs,
                           LoadInputs(options.data, options.hierarchies, options.request));
  const double start = CpuMilliseconds();
  REPRISE_ASSIGN_OR_RETURN(
      const std::vector<engine::Cost> costs,
      engine::VariableCosts(inputs->request, inputs->records, method, options.effort));
  return WriteFile(options.report, CostsJson(*inputs, costs, CpuMilliseconds() - start));
}

void AddOptions(CLI::App* verb, Options& options) {
  verb->add_option("--data", options.data, "CSV with a header, ';' separated, no quotes");
  verb->add_option("--hierarchies", options.hierarchies, "folder of hierarchy_<attribute>.csv");
  verb->add_option("--case", options.request, "case.json: qis, models, suppression_limit, metric");
  verb->add_option("--report", options.report, "JSON report to write");
  verb->add_option("--method", options.method, "optimal, cells, local, mondrian or portfolio");
  verb->add_option("--budget", options.effort.budget, "iterations of the search; 0 for the default")
      ->check(CLI::Range(0.0, 1e12));
  // A sign would wrap around.
  verb->add_option("--seed", options.effort.seed, "same seed, same bytes")
      ->check(CLI::Range(0.0, 1.8e19));
  verb->add_option("--threads", options.effort.threads, "never changes the result")
      ->check(CLI::Range(1, 256));
}

}  // namespace

void AddAnonymiseVerbs(Cli& cli) {
  CLI::App* verb =
      cli.app.add_subcommand("anonymise", "A release whose re-identification risk is computed");
  verb->require_subcommand(0, 1);
  auto options = std::make_shared<Options>();
  AddOptions(verb, *options);
  verb->add_option("--output", options->output, "released CSV to write");
  cli.OnRun(verb, [options, verb]() -> absl::Status {
    if (!verb->get_subcommands().empty())
      return absl::OkStatus();  // the subcommand has run by itself
    return RunAnonymise(*options);
  });
  CLI::App* costs =
      verb->add_subcommand("costs", "Loss and risk with each variable left out or coarsened");
  costs->footer(
      "Example: reprise anonymise costs --data d.csv --hierarchies h --case case.json --report "
      "costs.json");
  auto asked = std::make_shared<Options>();
  asked->method = "cells";
  asked->effort.budget = 10000;
  AddOptions(costs, *asked);
  cli.OnRun(costs, [asked] { return RunCosts(*asked); });
}

}  // namespace reprise::cli
