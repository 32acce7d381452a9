// SPDX-License-Identifier: Apache-2.0
// Simulated trials of the FASTRACS-like population of docs/randomisation.md: centre as the file
// says, age under 50 with 0.55, chemotherapy with 0.35.
#include <map>
#include <optional>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"

#include "clients/cli/offline/randomise/batch_families.h"
#include "clients/cli/offline/randomise/batch_row.h"
#include "services/cohort/domain/randomisation/design.h"
#include "services/cohort/domain/randomisation/simulate.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"
#include "services/platform/text/number.h"

namespace reprise::cli {
namespace {

namespace rnd = ::reprise::randomisation;

constexpr uint64_t kSeed = 20260101;
constexpr int kMostParticipants = 100'000;
const char* const kKey[] = {"procedure", "n", "p_high", "block_sizes", "centre_probs", "weights"};

absl::Status ReadProcedure(const RandomiseRow& row, rnd::Design& design) {
  REPRISE_ASSIGN_OR_RETURN(const absl::string_view procedure, row.Cell("procedure"));
  const bool blocks = procedure == "pbr" || procedure == "pbr_strat";
  if (procedure == "simple") {
    design.method = rnd::Method::kSimple;
  } else if (blocks) {
    design.method = rnd::Method::kBlocks;
    REPRISE_ASSIGN_OR_RETURN(design.block_sizes, row.WholeVector("block_sizes"));
    if (procedure == "pbr_strat") design.strata = {"centre"};
  } else if (procedure == "minim") {
    design.method = rnd::Method::kMinimisation;
    REPRISE_ASSIGN_OR_RETURN(design.p_high, row.Number("p_high"));
  } else {
    return row.Fault("procedure", "simple, pbr, pbr_strat or minim is required.");
  }
  if (procedure != "minim") {
    REPRISE_RETURN_IF_ERROR(row.RequireEmpty("p_high", "only minim has a p_high; leave it empty."));
  }
  if (!blocks) {
    REPRISE_RETURN_IF_ERROR(row.RequireEmpty(
        "block_sizes", "only pbr and pbr_strat have block sizes; leave it empty."));
  }
  return absl::OkStatus();
}

absl::StatusOr<rnd::SimulationPlan> ReadPlan(const RandomiseRow& row, int64_t trials) {
  rnd::SimulationPlan plan;
  REPRISE_ASSIGN_OR_RETURN(const int64_t n, row.Whole("n", 1, kMostParticipants));
  REPRISE_ASSIGN_OR_RETURN(const std::vector<double> centres, row.NumberVector("centre_probs"));
  REPRISE_ASSIGN_OR_RETURN(const std::vector<double> weights, row.NumberVector("weights"));
  if (centres.empty() || centres.size() > size_t{rnd::kMaxLevels}) {
    return row.Fault("centre_probs", "1 to 1000 proportions separated by ; are required.");
  }
  if (weights.size() != 3) {
    return row.Fault("weights", "three weights are required: of centre, age and chemotherapy.");
  }
  rnd::Factor centre{.name = "centre", .levels = {}, .weight = weights[0]};
  for (size_t i = 0; i < centres.size(); ++i) centre.levels.push_back(absl::StrCat(i + 1));
  plan.design.arms = {{.code = "A", .ratio = 1}, {.code = "B", .ratio = 1}};
  plan.design.factors = {centre,
                         {.name = "age", .levels = {"<50", "50+"}, .weight = weights[1]},
                         {.name = "chemo", .levels = {"yes", "no"}, .weight = weights[2]}};
  plan.shares = {centres, {0.55, 0.45}, {0.35, 0.65}};
  plan.site_factor = 0;
  plan.participants = static_cast<int>(n);
  plan.trials = trials;
  plan.seed = kSeed;
  REPRISE_RETURN_IF_ERROR(ReadProcedure(row, plan.design));
  return plan;
}

// The metric's mean over trials; nullopt for a name that is none, an empty optional inside where
// the procedure has no such thing.
std::optional<std::optional<double>> MetricOf(const rnd::SimulationResult& result,
                                              absl::string_view metric) {
  using Value = std::optional<double>;
  if (metric == "abs_diff") return Value(result.overall_imbalance.mean);
  if (metric == "max_marginal") return Value(result.max_marginal_imbalance.mean);
  if (metric == "path_max_abs_diff") return Value(result.path_imbalance.mean);
  if (metric == "cg_overall") return Value(result.guess_overall.mean);
  if (metric == "cg_centre") return Value(result.guess_site->mean);
  if (metric == "prop_arm_B") return Value(result.arm_share[1].mean);
  if (metric == "share_nontied") {
    return result.share_nontied.has_value() ? Value(result.share_nontied->mean) : Value();
  }
  const bool overall = absl::ConsumePrefix(&metric, "P_abs_diff_gt_");
  if (!overall && !absl::ConsumePrefix(&metric, "P_max_marginal_gt_")) return std::nullopt;
  const absl::StatusOr<int64_t> threshold = text::ParseInt(metric, "metric");
  if (!threshold.ok() || *threshold < 0 || *threshold > kMostParticipants) return std::nullopt;
  const int above = static_cast<int>(*threshold);
  return Value(overall ? result.OverallAbove(above) : result.MarginalAbove(above));
}

absl::StatusOr<std::vector<std::vector<std::string>>> Run(const text::CsvTable& input,
                                                          const BatchOptions& options) {
  if (options.trials < 1 || options.trials > 10'000'000) {
    return error::InvalidField("--trials", "NUMBER_OUT_OF_RANGE",
                               "--trials: a whole number from 1 to 10000000 is required.");
  }
  std::map<std::string, rnd::SimulationResult> results;  // each scenario is simulated once
  std::vector<std::vector<std::string>> rows;
  for (size_t i = 0; i < input.rows.size(); ++i) {
    const RandomiseRow row(input, i);
    std::vector<std::string> key;
    for (const char* column : kKey) {
      REPRISE_ASSIGN_OR_RETURN(const absl::string_view cell, row.Cell(column));
      key.emplace_back(cell);
    }
    auto at = results.find(absl::StrJoin(key, "\x1F"));
    if (at == results.end()) {
      REPRISE_ASSIGN_OR_RETURN(const rnd::SimulationPlan plan, ReadPlan(row, options.trials));
      const absl::StatusOr<rnd::SimulationResult> result = rnd::Simulate(plan);
      if (!result.ok()) return row.Translate(result.status());
      at = results.emplace(absl::StrJoin(key, "\x1F"), *result).first;
    }
    REPRISE_ASSIGN_OR_RETURN(const absl::string_view metric, row.Cell("metric"));
    const auto value = MetricOf(at->second, metric);
    if (!value.has_value()) {
      return row.Fault(
          "metric",
          "abs_diff, max_marginal, path_max_abs_diff, cg_overall, cg_centre, prop_arm_B, "
          "share_nontied, P_abs_diff_gt_N or P_max_marginal_gt_N is required.");
    }
    rows.push_back({value->has_value() ? text::FormatDouble(**value) : ""});
  }
  return rows;
}

}  // namespace

Family AcceptanceFamily() {
  return {.name = "rand_acceptance",
          .inputs = {"scenario", "procedure", "n", "p_high", "block_sizes", "centre_probs",
                     "weights", "metric"},
          .outputs = {"mean"},
          .run = Run};
}

}  // namespace reprise::cli
