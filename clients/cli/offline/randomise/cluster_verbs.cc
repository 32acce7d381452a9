// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

#include "clients/cli/files.h"
#include "clients/cli/offline/randomise/randomise_group.h"
#include "services/cohort/domain/randomisation/clusters.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"
#include "services/platform/text/csv.h"
#include "services/platform/text/number.h"

namespace reprise::cli {
namespace {

namespace rnd = ::reprise::randomisation;

struct ClusterOptions {
  std::string seed, clusters, ratio = "1:1", arms, weights, out;
  double keep = 0.1;
  int64_t candidates = 100'000, admissible = 100;
  int steps = 4;
};

absl::StatusOr<text::CsvTable> ReadClusters(const ClusterOptions& options) {
  REPRISE_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(options.clusters));
  return text::ParseCsv(bytes, options.clusters);
}

absl::StatusOr<rnd::ClusterPlan> PlanOf(const ClusterOptions& options,
                                        const text::CsvTable& table) {
  rnd::ClusterPlan plan;
  REPRISE_ASSIGN_OR_RETURN(plan.arms, ArmsOption(options.ratio, options.arms));
  plan.covariates.assign(table.header.begin() + 1, table.header.end());
  plan.weights.assign(plan.covariates.size(), 1);
  if (!options.weights.empty()) {
    REPRISE_ASSIGN_OR_RETURN(plan.weights, NumberListOption(options.weights, "--weights"));
  }
  for (size_t i = 0; i < table.rows.size(); ++i) {
    rnd::Cluster cluster{.code = table.rows[i][0], .covariates = {}};
    for (size_t j = 1; j < table.header.size(); ++j) {
      REPRISE_ASSIGN_OR_RETURN(
          const double value,
          text::ParseDouble(table.rows[i][j], absl::StrCat("row ", i + 2, ", ", table.header[j])));
      cluster.covariates.push_back(value);
    }
    plan.clusters.push_back(std::move(cluster));
  }
  plan.keep_share = options.keep;
  plan.candidates = options.candidates;
  plan.min_admissible = options.admissible;
  return plan;
}

// Two columns as a table on the screen, or as CSV where a file is asked for.
absl::Status WritePairs(const std::string& out, const char* value,
                        const std::vector<std::string>& codes,
                        const std::vector<std::string>& values) {
  std::string csv = absl::StrCat("cluster,", value, "\n");
  for (size_t i = 0; i < codes.size(); ++i) {
    const std::vector<std::string> row = {codes[i], values[i]};
    absl::StrAppend(&csv, text::FormatCsvRow(row));
    if (out.empty()) std::cout << absl::StrFormat("  %-24s %s\n", codes[i], values[i]);
  }
  return out.empty() ? absl::OkStatus() : WriteFile(out, csv);
}

void Explain(const rnd::ClusterPlan& plan, const rnd::ClusterAllocation& result) {
  std::cout << absl::StrFormat(
      "\nbalance score %.4g (cut %.4g, median %.4g); %d admissible of %d %s allocations; %s.\n",
      result.score, result.cut, result.median_score, result.admissible, result.candidates,
      result.enumerated ? "possible" : "sampled", ArmCounts(plan.arms, result.arms));
  std::cout
      << "One of the best balanced allocations was drawn by the seed; a score of 0 means equal "
         "covariate means in all arms.\n";
  if (result.pairs_always_together + result.pairs_never_together > 0) {
    std::cout << "Caution: " << result.pairs_always_together << " pairs of clusters are always and "
              << result.pairs_never_together
              << " never in the same arm; loosen --keep so that randomisation still carries the "
                 "analysis.\n";
  }
}

absl::Status RunCluster(const ClusterOptions& options) {
  REPRISE_ASSIGN_OR_RETURN(const rnd::Seed seed, SeedOption(options.seed));
  REPRISE_ASSIGN_OR_RETURN(const text::CsvTable table, ReadClusters(options));
  REPRISE_ASSIGN_OR_RETURN(const rnd::ClusterPlan plan, PlanOf(options, table));
  REPRISE_ASSIGN_OR_RETURN(const rnd::ClusterAllocation result, rnd::RandomiseClusters(plan, seed));
  std::vector<std::string> codes, arms;
  for (size_t i = 0; i < plan.clusters.size(); ++i) {
    codes.push_back(plan.clusters[i].code);
    arms.push_back(plan.arms[static_cast<size_t>(result.arms[i])].code);
  }
  REPRISE_RETURN_IF_ERROR(WritePairs(options.out, "arm", codes, arms));
  if (options.out != "-") Explain(plan, result);
  return absl::OkStatus();
}

absl::Status RunWedge(const ClusterOptions& options) {
  REPRISE_ASSIGN_OR_RETURN(const rnd::Seed seed, SeedOption(options.seed));
  REPRISE_ASSIGN_OR_RETURN(const text::CsvTable table, ReadClusters(options));
  std::vector<std::string> codes, steps;
  for (const std::vector<std::string>& row : table.rows) codes.push_back(row[0]);
  REPRISE_ASSIGN_OR_RETURN(const std::vector<int> step_of,
                           rnd::RandomiseWedge(codes, options.steps, seed));
  for (const int step : step_of) steps.push_back(absl::StrCat(step));
  REPRISE_RETURN_IF_ERROR(WritePairs(options.out, "step", codes, steps));
  if (options.out == "-") return absl::OkStatus();
  std::cout
      << "\nEach cluster gives usual care until its step and the intervention from it on; with "
      << options.steps << " steps there are " << options.steps + 1 << " periods:\n";
  for (int step = 1; step <= options.steps; ++step) {
    std::cout << absl::StrFormat("  step %-3d ", step)
              << std::string(static_cast<size_t>(step), '.')
              << std::string(static_cast<size_t>(options.steps + 1 - step), '#') << "\n";
  }
  return absl::OkStatus();
}

}  // namespace

void AddClusterVerbs(Cli& cli, CLI::App* group) {
  auto options = std::make_shared<ClusterOptions>();
  CLI::App* cluster =
      group->add_subcommand("cluster", "Constrained randomisation of a fixed list of clusters");
  CLI::App* wedge =
      group->add_subcommand("wedge", "The order in which clusters cross over in a stepped wedge");
  for (CLI::App* verb : {cluster, wedge}) {
    verb->add_option("--seed", options->seed, "64 hexadecimal digits, or @FILE")->required();
    verb->add_option("--out", options->out, "write the result as CSV; - for the screen");
  }
  cluster
      ->add_option("--clusters", options->clusters,
                   "CSV: the cluster's code, then one numeric column a covariate")
      ->required();
  cluster->add_option("--ratio", options->ratio, "ratio of the arms")->capture_default_str();
  cluster->add_option("--arms", options->arms, "codes of the arms, such as usual,intervention");
  cluster->add_option("--weights", options->weights, "one weight a covariate (default: all 1)");
  cluster->add_option("--keep", options->keep, "share of the allocations to keep, best first")
      ->capture_default_str();
  cluster
      ->add_option("--candidates", options->candidates,
                   "enumerate up to so many allocations, otherwise sample so many")
      ->capture_default_str();
  cluster
      ->add_option("--admissible", options->admissible, "refuse a choice among fewer allocations")
      ->capture_default_str();
  cluster->footer(
      "Example:\n  reprise randomise cluster --seed @trial.seed --clusters practices.csv --arms "
      "usual,intervention --keep 0.1");
  cli.OnRun(cluster, [options] { return RunCluster(*options); });

  wedge->add_option("--clusters", options->clusters, "CSV: the cluster's code in the first column")
      ->required();
  wedge->add_option("--steps", options->steps, "how many steps")->capture_default_str();
  wedge->footer(
      "Example:\n  reprise randomise wedge --seed @trial.seed --clusters hospitals.csv --steps 4");
  cli.OnRun(wedge, [options] { return RunWedge(*options); });
}

}  // namespace reprise::cli
