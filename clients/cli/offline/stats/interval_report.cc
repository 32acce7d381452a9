// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "clients/cli/offline/stats/asking.h"
#include "clients/cli/offline/stats/reports.h"
#include "clients/cli/offline/stats/text_plot.h"
#include "services/cohort/domain/statistics/interval.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"
#include "services/platform/text/number.h"

namespace reprise::cli {
namespace {

constexpr char kNothing[] = "not computable: the denominator is 0\n";

absl::Status NotAFraction() {
  return error::InvalidField("VALUE", "FRACTION_MALFORMED",
                             "VALUE must be a count of a count, such as 28/40.");
}

absl::StatusOr<std::pair<std::string, std::string>> Fraction(const std::string& value) {
  const std::vector<std::string> parts = absl::StrSplit(value, '/');
  if (parts.size() != 2) return NotAFraction();
  return std::pair(parts[0], parts[1]);
}

std::string ConfText(const std::string& conf) {
  return Percent(text::ParseDouble(conf, "conf").value_or(0));
}

absl::StatusOr<std::string> ProportionReport(const IntervalArguments& arguments) {
  REPRISE_ASSIGN_OR_RETURN(const auto fraction, Fraction(arguments.values[0]));
  REPRISE_RETURN_IF_ERROR(statistics::ParseProportionMethod(arguments.method).status());
  const PlanningFamily family = FamilyNamed("feas_ci_proportion");
  std::vector<std::vector<std::string>> rows = {{"method", "lower", "upper", "0 % .. 100 %"}};
  std::string headline;
  for (const auto method : statistics::ProportionMethods()) {
    const std::string name(statistics::NameOf(method));
    REPRISE_ASSIGN_OR_RETURN(const Asked asked, Ask(family, {{"x", fraction.first},
                                                             {"n", fraction.second},
                                                             {"conf", arguments.conf},
                                                             {"method", name}}));
    const auto p = asked.Number("estimate"), lower = asked.Number("lower"),
               upper = asked.Number("upper");
    if (!p.has_value() || !lower.has_value() || !upper.has_value()) {
      return absl::StrCat(arguments.values[0], ": ", kNothing);
    }
    rows.push_back(
        {name, Percent(*lower), Percent(*upper), IntervalLine(*lower, *p, *upper, 0, 1, 40)});
    if (name != arguments.method) continue;
    headline = absl::StrCat(
        fraction.first, " of ", fraction.second, " is ", Percent(*p), ", ",
        ConfText(arguments.conf), " interval (", name, ") ", Percent(*lower), " to ",
        Percent(*upper), ".\n",
        "A true proportion outside this interval would seldom have given such a result; with n = ",
        fraction.second, " nothing finer can be said.\n");
  }
  return absl::StrCat(
      headline, "\n", Table(rows, true), "\n",
      "wilson for display; clopper_pearson where at least the stated confidence must "
      "be guaranteed.\n");
}

absl::StatusOr<std::string> DifferenceReport(const IntervalArguments& arguments) {
  REPRISE_ASSIGN_OR_RETURN(const auto first, Fraction(arguments.values[0]));
  REPRISE_ASSIGN_OR_RETURN(const auto second, Fraction(arguments.values[1]));
  REPRISE_ASSIGN_OR_RETURN(const Asked asked,
                           Ask(FamilyNamed("feas_ci_difference"), {{"x1", first.first},
                                                                   {"n1", first.second},
                                                                   {"x2", second.first},
                                                                   {"n2", second.second},
                                                                   {"conf", arguments.conf}}));
  const auto diff = asked.Number("diff"), lower = asked.Number("lower"),
             upper = asked.Number("upper");
  if (!diff.has_value() || !lower.has_value() || !upper.has_value()) {
    return absl::StrCat(arguments.values[0], " - ", arguments.values[1], ": ", kNothing);
  }
  const bool undecided = *lower <= 0 && *upper >= 0;
  return absl::StrCat(arguments.values[0], " minus ", arguments.values[1], " is ", Percent(*diff),
                      ", ", ConfText(arguments.conf), " interval (Newcombe's method 10) ",
                      Percent(*lower), " to ", Percent(*upper), ".\n",
                      undecided ? "No difference at all (0) lies inside the interval.\n"
                                : "No difference at all (0) lies outside the interval.\n",
                      "\n", IntervalLine(*lower, *diff, *upper, -1, 1, 61), "\n",
                      "-100 %                         0                        100 %\n");
}

absl::StatusOr<std::string> RateReport(const IntervalArguments& arguments) {
  REPRISE_ASSIGN_OR_RETURN(const Asked asked,
                           Ask(FamilyNamed("feas_ci_rate"), {{"events", arguments.values[0]},
                                                             {"exposure", arguments.exposure},
                                                             {"conf", arguments.conf}}));
  const double rate = asked.Number("rate").value_or(0), lower = asked.Number("lower").value_or(0),
               upper = asked.Number("upper").value_or(0);
  return absl::StrCat(arguments.values[0], " in ", arguments.exposure, " is ", Short(rate),
                      " per unit of exposure, ", ConfText(arguments.conf), " interval (Garwood) ",
                      Short(lower), " to ", Short(upper), ".\n\n",
                      IntervalLine(lower, rate, upper, 0, upper, 61), "\n0",
                      std::string(60 - Short(upper).size(), ' '), Short(upper), "\n");
}

absl::StatusOr<std::string> MeanReport(const IntervalArguments& arguments) {
  REPRISE_ASSIGN_OR_RETURN(const Asked asked,
                           Ask(FamilyNamed("feas_ci_mean_sd"), {{"n", arguments.n},
                                                                {"mean", arguments.mean},
                                                                {"sd", arguments.sd},
                                                                {"conf", arguments.conf}}));
  const auto shown = [&](const char* output) {
    const auto value = asked.Number(output);
    return value.has_value() ? Short(*value) : std::string("-");
  };
  std::string text = absl::StrCat(
      ConfText(arguments.conf), " intervals from n = ", arguments.n, "\n\n",
      Table({{"", "estimate", "lower", "upper"},
             {"mean (t)", arguments.mean, shown("mean_lower"), shown("mean_upper")},
             {"sd (chi-square)", arguments.sd, shown("sd_lower"), shown("sd_upper")}}));
  if (!asked.Number("sd_lower").has_value()) {
    return absl::StrCat(text, "\nOne participant tells nothing about variation: no interval.\n");
  }
  const double mean = text::ParseDouble(arguments.mean, "mean").value_or(0);
  const double low = *asked.Number("mean_lower"), high = *asked.Number("mean_upper");
  return absl::StrCat(
      text, "\nmean ", IntervalLine(low, mean, high, 2 * low - mean, 2 * high - mean), "\n\n",
      "With confidence ", ConfText(arguments.conf), " the standard deviation is below ",
      shown("sd_ucl_one_sided"), "; plan with that rather than with the estimate.\n");
}

}  // namespace

absl::StatusOr<std::string> IntervalReport(const IntervalArguments& arguments) {
  const size_t values = arguments.values.size();
  const bool mean = !arguments.mean.empty() || !arguments.sd.empty() || !arguments.n.empty();
  if (mean && values == 0) return MeanReport(arguments);
  if (!arguments.exposure.empty() && values == 1) return RateReport(arguments);
  if (!mean && arguments.exposure.empty() && values == 1) return ProportionReport(arguments);
  if (!mean && arguments.exposure.empty() && values == 2) return DifferenceReport(arguments);
  return error::InvalidField(
      "VALUE", "ARGUMENTS_UNCLEAR",
      "VALUE must be one x/n, two of them, a count with --exposure, or absent "
      "with --mean, --sd and --n.");
}

}  // namespace reprise::cli
