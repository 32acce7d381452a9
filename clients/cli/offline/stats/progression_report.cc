// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "clients/cli/offline/stats/asking.h"
#include "clients/cli/offline/stats/reports.h"
#include "clients/cli/offline/stats/text_plot.h"
#include "services/cohort/domain/statistics/progression.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::cli {
namespace {

using statistics::Light;
using statistics::TrafficLightRule;

constexpr int kBarWidth = 36;

absl::StatusOr<TrafficLightRule> ReadRule(const std::string& n, const std::string& red,
                                          const std::string& green) {
  TrafficLightRule rule;
  REPRISE_ASSIGN_OR_RETURN(rule.n, TypedWhole(n, "--n"));
  REPRISE_ASSIGN_OR_RETURN(rule.red_below, TypedNumber(red, "--red"));
  REPRISE_ASSIGN_OR_RETURN(rule.green_from, TypedNumber(green, "--green"));
  REPRISE_RETURN_IF_ERROR(statistics::CountsOf(rule).status());
  return rule;
}

absl::StatusOr<std::vector<double>> Truths(const ProgressionArguments& arguments,
                                           const TrafficLightRule& rule) {
  std::vector<double> truths;
  for (const std::string& value : arguments.true_p) {
    REPRISE_ASSIGN_OR_RETURN(const double truth, TypedNumber(value, "--true"));
    truths.push_back(truth);
  }
  if (!truths.empty()) return truths;
  std::set<double> grid = {rule.red_below, rule.green_from};
  for (int i = 1; i < 10; ++i) grid.insert(i / 10.0);
  grid.insert(std::round(50 * (rule.red_below + rule.green_from)) / 100);
  return std::vector<double>(grid.begin(), grid.end());
}

// R, a and G in the shares of the three probabilities.
std::string StackedBar(const statistics::OperatingCharacteristics& oc) {
  const auto reds = static_cast<size_t>(std::round(oc.red * kBarWidth));
  const auto not_green = static_cast<size_t>(std::round((oc.red + oc.amber) * kBarWidth));
  return absl::StrCat(std::string(reds, 'R'), std::string(std::max(not_green, reds) - reds, 'a'),
                      std::string(kBarWidth - std::max(not_green, reds), 'G'));
}

absl::StatusOr<std::string> CharacteristicsTable(const ProgressionArguments& arguments,
                                                 const TrafficLightRule& rule) {
  std::vector<std::vector<std::string>> rows = {
      {"truth", "P(red)", "P(amber)", "P(green)", "R a G"}};
  REPRISE_ASSIGN_OR_RETURN(const std::vector<double> truths, Truths(arguments, rule));
  for (const double truth : truths) {
    REPRISE_ASSIGN_OR_RETURN(const auto oc, statistics::Characterise(rule, truth));
    rows.push_back(
        {Percent(truth), Percent(oc.red), Percent(oc.amber), Percent(oc.green), StackedBar(oc)});
  }
  return Table(rows, true);
}

std::string RuleText(const TrafficLightRule& rule, const statistics::TrafficLightCounts& counts) {
  const std::string n = absl::StrCat(rule.n);
  std::string text = absl::StrCat("Rule for n = ", n, ": green from ", counts.green_min, " of ", n);
  if (counts.red_max.has_value()) {
    absl::StrAppend(&text, ", red up to ", *counts.red_max, " of ", n);
    const bool amber = counts.green_min > *counts.red_max + 1;
    absl::StrAppend(&text, amber ? ", amber between.\n" : ", no amber.\n");
  } else {
    absl::StrAppend(&text, ", never red.\n");
  }
  return text;
}

absl::Status CriterionMalformed() {
  return error::InvalidField(
      "--criterion", "CRITERION_MALFORMED",
      "--criterion must be NAME:x/n:RED:GREEN, such as consent:28/40:0.6:0.8.");
}

// One line a criterion and the worst light of all.
absl::StatusOr<std::string> DecisionText(const ProgressionArguments& arguments) {
  std::vector<std::string> criteria = arguments.criteria;
  if (!arguments.x.empty()) {
    criteria.insert(criteria.begin(), absl::StrCat("this rule:", arguments.x, "/", arguments.n, ":",
                                                   arguments.red, ":", arguments.green));
  }
  if (criteria.empty()) return std::string();
  std::vector<Light> lights;
  std::vector<std::vector<std::string>> rows = {{"criterion", "result", "light"}};
  for (const std::string& criterion : criteria) {
    const std::vector<std::string> parts = absl::StrSplit(criterion, ':');
    const std::vector<std::string> counts = absl::StrSplit(parts.size() == 4 ? parts[1] : "", '/');
    if (counts.size() != 2) return CriterionMalformed();
    REPRISE_ASSIGN_OR_RETURN(const TrafficLightRule rule, ReadRule(counts[1], parts[2], parts[3]));
    REPRISE_ASSIGN_OR_RETURN(const int64_t x, TypedWhole(counts[0], "x"));
    REPRISE_ASSIGN_OR_RETURN(const Light light, statistics::LightOf(rule, x));
    lights.push_back(light);
    rows.push_back({parts[0], parts[1], std::string(statistics::NameOf(light))});
  }
  return absl::StrCat("\n", Table(rows), "\nOverall decision (the worst light): ",
                      std::string(statistics::NameOf(*statistics::WorstLight(lights))),
                      ". Another decision needs a signed reason.\n");
}

absl::StatusOr<std::string> SizeText(const ProgressionArguments& arguments,
                                     const TrafficLightRule& rule) {
  statistics::ProgressionDesign design{.red_upper_limit = rule.red_below,
                                       .green_lower_limit = rule.green_from,
                                       .also_next = arguments.robust ? 20 : 0};
  REPRISE_ASSIGN_OR_RETURN(design.alpha, TypedNumber(arguments.alpha, "--alpha"));
  REPRISE_ASSIGN_OR_RETURN(design.power, TypedNumber(arguments.power, "--power"));
  // A rule without amber, or that starts at 0 or ends at 1, has no two proportions to tell apart.
  if (rule.red_below <= 0 || rule.green_from >= 1 || rule.red_below == rule.green_from) {
    return std::string();
  }
  REPRISE_ASSIGN_OR_RETURN(const auto size, statistics::SizeProgression(design));
  return absl::StrCat("\nTo tell ", Percent(rule.red_below), " from ", Percent(rule.green_from),
                      " with error ", arguments.alpha, " and power ", arguments.power,
                      ": n = ", size.n, ", go on from ", size.cut, " (exact error ",
                      Short(size.alpha), ", exact power ", Short(size.power), "; A'Hern 2001, ",
                      arguments.robust ? "smallest n that also holds for the next 20).\n"
                                       : "smallest n that holds).\n");
}

}  // namespace

absl::StatusOr<std::string> ProgressionReport(const ProgressionArguments& arguments) {
  REPRISE_ASSIGN_OR_RETURN(const TrafficLightRule rule,
                           ReadRule(arguments.n, arguments.red, arguments.green));
  REPRISE_ASSIGN_OR_RETURN(const std::string table, CharacteristicsTable(arguments, rule));
  REPRISE_ASSIGN_OR_RETURN(const auto at_green, statistics::Characterise(rule, rule.green_from));
  REPRISE_ASSIGN_OR_RETURN(const auto at_red, statistics::Characterise(rule, rule.red_below));
  REPRISE_ASSIGN_OR_RETURN(const std::string decision, DecisionText(arguments));
  REPRISE_ASSIGN_OR_RETURN(const std::string size, SizeText(arguments, rule));
  return absl::StrCat(RuleText(rule, at_green.counts), "\n", table, "\nIf the truth is exactly ",
                      Percent(rule.green_from), ", the light is green in ", Percent(at_green.green),
                      " of pilots; if it is ", Percent(rule.red_below), ", red in ",
                      Percent(at_red.red), ".\n", size, decision);
}

}  // namespace reprise::cli
