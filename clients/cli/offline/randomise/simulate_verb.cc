// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <iostream>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"

#include "clients/cli/files.h"
#include "clients/cli/offline/randomise/randomise_group.h"
#include "services/cohort/domain/randomisation/simulate.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"
#include "services/platform/text/csv.h"
#include "services/platform/text/number.h"

namespace reprise::cli {
namespace {

namespace rnd = ::reprise::randomisation;

struct SimulateOptions {
  std::vector<std::string> schemes = {"simple",           "blocks:4",         "blocks:4,6@centre",
                                      "minimisation:0.7", "minimisation:0.8", "minimisation:0.9"};
  std::vector<std::string> factors = {"centre=0.3,0.22,0.18,0.14,0.1,0.06", "age=0.55,0.45",
                                      "chemo=0.35,0.65"};
  std::string ratio = "1:1", arms, weights, measure = "range", site, out;
  double weight_overall = 0;
  int n = 200, above = 6, threads = 0;
  int64_t trials = 10'000;
  uint64_t seed = 1;
};

absl::Status Fault(const char* option, absl::string_view sentence) {
  return error::InvalidField(option, "OPTION_INVALID", absl::StrCat(option, ": ", sentence));
}

absl::Status ReadFactors(const SimulateOptions& options, rnd::SimulationPlan& plan) {
  for (const std::string& text : options.factors) {
    const std::pair<std::string, std::string> part = absl::StrSplit(text, absl::MaxSplits('=', 1));
    REPRISE_ASSIGN_OR_RETURN(const std::vector<double> shares,
                             NumberListOption(part.second, "--factor"));
    rnd::Factor factor{.name = part.first, .levels = {}, .weight = 1};
    for (size_t i = 0; i < shares.size(); ++i) factor.levels.push_back(absl::StrCat(i + 1));
    plan.design.factors.push_back(std::move(factor));
    plan.shares.push_back(shares);
  }
  std::vector<double> weights(plan.shares.size(), 1);
  if (!options.weights.empty()) {
    REPRISE_ASSIGN_OR_RETURN(weights, NumberListOption(options.weights, "--weights"));
  } else if (!weights.empty()) {
    weights[0] = 2;
  }
  if (weights.size() != plan.shares.size()) {
    return Fault("--weights", "one weight for each --factor is required.");
  }
  plan.site_factor = plan.shares.empty() ? -1 : 0;
  for (size_t i = 0; i < weights.size(); ++i) plan.design.factors[i].weight = weights[i];
  if (options.site.empty()) return absl::OkStatus();
  plan.site_factor = -1;
  for (size_t i = 0; i < plan.design.factors.size(); ++i) {
    if (plan.design.factors[i].name == options.site) plan.site_factor = static_cast<int>(i);
  }
  return plan.site_factor >= 0 ? absl::OkStatus() : Fault("--site", "no --factor has this name.");
}

absl::StatusOr<rnd::SimulationPlan> PlanOf(const SimulateOptions& options) {
  rnd::SimulationPlan plan;
  REPRISE_ASSIGN_OR_RETURN(plan.design.arms, ArmsOption(options.ratio, options.arms));
  REPRISE_RETURN_IF_ERROR(ReadFactors(options, plan));
  if (!rnd::MeasureFromName(options.measure, plan.design.measure)) {
    return Fault("--measure", "range, variance, sd or marginal_balance is required.");
  }
  plan.design.weight_overall = options.weight_overall;
  plan.participants = options.n;
  plan.trials = options.trials;
  plan.seed = options.seed;
  plan.threads = options.threads;
  return plan;
}

// simple | blocks:SIZES[@FACTOR+FACTOR] | minimisation:P
absl::Status ReadScheme(const std::string& scheme, rnd::Design& design) {
  const std::pair<std::string, std::string> part = absl::StrSplit(scheme, absl::MaxSplits(':', 1));
  if (scheme == "simple") {
    design.method = rnd::Method::kSimple;
    return absl::OkStatus();
  }
  if (part.first == "blocks" && !part.second.empty()) {
    const std::pair<std::string, std::string> blocks =
        absl::StrSplit(part.second, absl::MaxSplits('@', 1));
    design.method = rnd::Method::kBlocks;
    REPRISE_ASSIGN_OR_RETURN(design.block_sizes, WholeListOption(blocks.first, "--scheme"));
    if (!blocks.second.empty()) design.strata = absl::StrSplit(blocks.second, '+');
    return absl::OkStatus();
  }
  if (part.first == "minimisation" && !part.second.empty()) {
    design.method = rnd::Method::kMinimisation;
    REPRISE_ASSIGN_OR_RETURN(design.p_high, text::ParseDouble(part.second, "--scheme"));
    return absl::OkStatus();
  }
  return Fault("--scheme",
               "simple, blocks:4,6, blocks:4,6@centre+age or minimisation:0.8 is required.");
}

struct Line {
  std::string scheme;
  rnd::SimulationResult result;
};

void PrintTable(const SimulateOptions& options, const std::vector<Line>& lines) {
  std::cout
      << absl::StrFormat("%d simulated trials of %d participants, seed %d\n\n", options.trials,
                         options.n, options.seed)
      << "                          imbalance of arms   largest margin        correct guesses of "
         "the next arm\n"
      << absl::StrFormat("%-25s %8s %10s %8s %8s %8s %10s %12s\n", "scheme", "at end", "on the way",
                         "mean", absl::StrCat("P(>", options.above, ")"), "own site", "all sites",
                         "all-seeing");
  for (const auto& [scheme, result] : lines) {
    const std::string site = result.guess_site.has_value()
                                 ? absl::StrFormat("%7.1f%%", 100 * result.guess_site->mean)
                                 : "-";
    std::cout << absl::StrFormat(
        "%-25s %8.2f %10.2f %8.2f %8.3f %8s %9.1f%% %11.1f%%\n", scheme,
        result.overall_imbalance.mean, result.path_imbalance.mean,
        result.max_marginal_imbalance.mean, result.MarginalAbove(options.above), site,
        100 * result.guess_overall.mean, 100 * result.guess_all_seeing.mean);
  }
}

void PrintPlot(const std::vector<Line>& lines) {
  double most = 0;
  for (const Line& line : lines) most = std::max(most, line.result.max_marginal_imbalance.mean);
  std::cout << "\nlargest margin (#) and what an all-seeing guesser gains over chance (+)\n";
  for (const auto& [scheme, result] : lines) {
    double chance = 0;
    for (const rnd::Estimate& share : result.arm_share) chance = std::max(chance, share.mean);
    const double margin = most > 0 ? result.max_marginal_imbalance.mean / most : 0;
    const double gain = (result.guess_all_seeing.mean - chance) / (1 - chance);
    const auto bar = [](double share, char c) {
      return std::string(static_cast<size_t>(std::lround(40 * std::clamp(share, 0.0, 1.0))), c);
    };
    std::cout << absl::StrFormat("%-25s %s\n%-25s %s\n", scheme, bar(margin, '#'), "",
                                 bar(gain, '+'));
  }
}

void Explain() {
  std::cout
      << "\nImbalance: the range over arms of count / ratio times the mean ratio, which is |A - B| "
         "for "
         "two equal arms; the\nlargest margin is taken over all levels of all factors. Own site: "
         "staff "
         "who count the arms of their own centre\nand expect the one behind. All-seeing: someone "
         "who "
         "sees every allocation and factor and knows the algorithm, but\nnot the seed. If "
         "enrolling staff "
         "can see other centres' arms, judge a scheme by the last column; otherwise by own site.\n";
}

absl::Status WriteResults(const SimulateOptions& options, const std::vector<Line>& lines) {
  std::string csv =
      "scheme,trials,n,imbalance,imbalance_sd,path_imbalance,path_imbalance_sd,max_marginal,"
      "max_marginal_sd,p_max_marginal_above,above,guess_site,guess_overall,guess_all_seeing,"
      "share_nontied\n";
  const auto optional = [](const std::optional<rnd::Estimate>& estimate) {
    return estimate.has_value() ? text::FormatDouble(estimate->mean) : std::string();
  };
  for (const auto& [scheme, r] : lines) {
    const std::vector<std::string> row = {scheme,
                                          absl::StrCat(r.trials),
                                          absl::StrCat(options.n),
                                          text::FormatDouble(r.overall_imbalance.mean),
                                          text::FormatDouble(r.overall_imbalance.sd),
                                          text::FormatDouble(r.path_imbalance.mean),
                                          text::FormatDouble(r.path_imbalance.sd),
                                          text::FormatDouble(r.max_marginal_imbalance.mean),
                                          text::FormatDouble(r.max_marginal_imbalance.sd),
                                          text::FormatDouble(r.MarginalAbove(options.above)),
                                          absl::StrCat(options.above),
                                          optional(r.guess_site),
                                          text::FormatDouble(r.guess_overall.mean),
                                          text::FormatDouble(r.guess_all_seeing.mean),
                                          optional(r.share_nontied)};
    absl::StrAppend(&csv, text::FormatCsvRow(row));
  }
  return WriteFile(options.out, csv);
}

absl::Status RunSimulate(const SimulateOptions& options) {
  if (options.above < 0) return Fault("--above", "a whole number of at least 0 is required.");
  REPRISE_ASSIGN_OR_RETURN(const rnd::SimulationPlan common, PlanOf(options));
  std::vector<Line> lines;
  for (const std::string& scheme : options.schemes) {
    rnd::SimulationPlan plan = common;
    REPRISE_RETURN_IF_ERROR(ReadScheme(scheme, plan.design));
    REPRISE_ASSIGN_OR_RETURN(rnd::SimulationResult result, rnd::Simulate(plan));
    lines.push_back({.scheme = scheme, .result = std::move(result)});
  }
  if (!options.out.empty()) REPRISE_RETURN_IF_ERROR(WriteResults(options, lines));
  if (options.out == "-") return absl::OkStatus();
  PrintTable(options, lines);
  PrintPlot(lines);
  Explain();
  return absl::OkStatus();
}

}  // namespace

void AddSimulateVerb(Cli& cli, CLI::App* group) {
  CLI::App* verb = group->add_subcommand(
      "simulate", "Try a design: balance and predictability over simulated trials");
  auto options = std::make_shared<SimulateOptions>();
  verb->add_option("--scheme", options->schemes,
                   "simple, blocks:SIZES[@FACTOR+FACTOR] or minimisation:P; may be repeated");
  verb->add_option("--n", options->n, "participants a trial")->capture_default_str();
  verb->add_option("--trials", options->trials, "how many trials")->capture_default_str();
  verb->add_option("--factor", options->factors,
                   "NAME=share,share,... of each level; may be repeated (default: six centres, age "
                   "and chemotherapy as in docs/randomisation.md)");
  verb->add_option("--weights", options->weights,
                   "one weight a factor (default: 2 for the first, 1)");
  verb->add_option("--site", options->site, "the factor that is the centre (default: the first)");
  verb->add_option("--measure", options->measure, "range, variance, sd or marginal_balance")
      ->capture_default_str();
  verb->add_option("--weight-overall", options->weight_overall, "weight of the arm totals")
      ->capture_default_str();
  verb->add_option("--ratio", options->ratio, "ratio of the arms")->capture_default_str();
  verb->add_option("--arms", options->arms, "codes of the arms");
  verb->add_option("--above", options->above, "show P(largest margin > this)")
      ->capture_default_str();
  verb->add_option("--seed", options->seed, "the simulation's own seed, a whole number")
      ->capture_default_str();
  verb->add_option("--threads", options->threads, "0: one a core; the result is the same")
      ->capture_default_str();
  verb->add_option("--out", options->out, "write the figures as CSV; - for the screen");
  verb->footer(
      "Example:\n  reprise randomise simulate --n 120 --scheme minimisation:0.8 --scheme "
      "blocks:4,6@centre \\\n    --factor centre=0.4,0.3,0.3 --factor age=0.55,0.45");
  cli.OnRun(verb, [options] { return RunSimulate(*options); });
}

}  // namespace reprise::cli
