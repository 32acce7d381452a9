// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/time/civil_time.h"

#include "clients/cli/offline/stats/asking.h"
#include "clients/cli/offline/stats/recruitment_input.h"
#include "clients/cli/offline/stats/reports.h"
#include "clients/cli/offline/stats/text_plot.h"
#include "services/cohort/domain/statistics/forecast.h"
#include "services/cohort/domain/statistics/rate_estimation.h"
#include "services/platform/error/error.h"
#include "services/platform/status.h"

namespace reprise::cli {
namespace {

constexpr double kDaysPerMonth = 30.4375;

// What the arguments mean, and in words where the rates' spread comes from.
struct Plan {
  statistics::Recruitment recruitment;
  double horizon = 0;
  std::string prior_text;
  std::optional<absl::CivilDay> start;
};

std::string List(const std::string& typed) { return absl::StrReplaceAll(typed, {{",", ";"}}); }

// `value` once a centre.
std::string Repeated(const char* value, size_t centres) {
  return absl::StrJoin(std::vector<std::string>(centres, value), ";");
}

absl::StatusOr<std::vector<statistics::Centre>> CentresOf(const ForecastArguments& arguments) {
  std::string recruited = List(arguments.recruited), exposure = List(arguments.exposure);
  if (recruited.empty() && !arguments.centres.empty()) {
    REPRISE_ASSIGN_OR_RETURN(const int64_t centres, TypedWhole(arguments.centres, "--centres"));
    if (centres < 1 || centres > 10'000) {
      return error::InvalidField("--centres", "OUT_OF_RANGE", "--centres must be 1 to 10000.");
    }
    recruited = exposure = Repeated("0", static_cast<size_t>(centres));
  }
  const size_t count = static_cast<size_t>(std::count(recruited.begin(), recruited.end(), ';')) + 1;
  const std::string delays =
      arguments.open_delay.empty() ? Repeated("0", count) : List(arguments.open_delay);
  const text::CsvTable table{.header = {"recruited", "exposure", "open_delay"},
                             .rows = {{recruited, exposure, delays}}};
  BatchRow row(table, 0);
  return ReadCentres(row);
}

absl::Status NoPrior() {
  return error::InvalidField(
      "--rate", "PRIOR_MISSING",
      "Nobody has been recruited yet, so --rate and --cv (or --alpha and --beta) "
      "are required.");
}

// Both or neither of a pair of options.
absl::StatusOr<bool> Both(const char* one, const std::string& first, const char* other,
                          const std::string& second) {
  if (first.empty() == second.empty()) return !first.empty();
  const char* const missing = first.empty() ? one : other;
  return error::InvalidField(missing, "OPTION_MISSING",
                             absl::StrCat(missing, " is required beside its companion ",
                                          first.empty() ? other : one, "."));
}

absl::Status EstimatePrior(Plan& plan) {
  std::vector<int64_t> recruited;
  std::vector<double> exposure;
  for (const statistics::Centre& centre : plan.recruitment.centres) {
    recruited.push_back(static_cast<int64_t>(centre.recruited));
    exposure.push_back(centre.exposure);
  }
  const bool any =
      std::any_of(recruited.begin(), recruited.end(), [](int64_t k) { return k != 0; });
  if (!any) return NoPrior();
  REPRISE_ASSIGN_OR_RETURN(const auto estimate, statistics::EstimateRates(recruited, exposure));
  plan.recruitment.prior = *statistics::PriorFor(estimate);
  plan.prior_text = estimate.prior.has_value()
                        ? "rates between centres by maximum likelihood"
                        : "centres vary no more than chance: one common rate (alpha = 50)";
  return absl::OkStatus();
}

absl::Status ChoosePrior(const ForecastArguments& arguments, Plan& plan) {
  REPRISE_ASSIGN_OR_RETURN(const bool direct,
                           Both("--alpha", arguments.alpha, "--beta", arguments.beta));
  REPRISE_ASSIGN_OR_RETURN(const bool protocol,
                           Both("--rate", arguments.rate, "--cv", arguments.cv));
  if (direct) {
    REPRISE_ASSIGN_OR_RETURN(plan.recruitment.prior.alpha, TypedNumber(arguments.alpha, "--alpha"));
    REPRISE_ASSIGN_OR_RETURN(plan.recruitment.prior.beta, TypedNumber(arguments.beta, "--beta"));
    plan.prior_text = "prior as given";
    return absl::OkStatus();
  }
  if (!protocol) return EstimatePrior(plan);
  REPRISE_ASSIGN_OR_RETURN(const double rate, TypedNumber(arguments.rate, "--rate"));
  REPRISE_ASSIGN_OR_RETURN(const double cv, TypedNumber(arguments.cv, "--cv"));
  REPRISE_ASSIGN_OR_RETURN(plan.recruitment.prior, statistics::PriorFromProtocol(rate, cv));
  plan.prior_text = absl::StrCat("prior of the protocol: ", arguments.rate,
                                 " per centre and unit of time, CV ", arguments.cv);
  return absl::OkStatus();
}

absl::StatusOr<Plan> PlanOf(const ForecastArguments& arguments) {
  Plan plan;
  REPRISE_ASSIGN_OR_RETURN(plan.horizon, TypedNumber(arguments.horizon, "--horizon"));
  REPRISE_ASSIGN_OR_RETURN(plan.recruitment.target_remaining,
                           TypedWhole(arguments.target, "--target"));
  REPRISE_ASSIGN_OR_RETURN(plan.recruitment.centres, CentresOf(arguments));
  REPRISE_RETURN_IF_ERROR(ChoosePrior(arguments, plan));
  REPRISE_ASSIGN_OR_RETURN(const double weight, TypedNumber(arguments.weight, "--weight"));
  REPRISE_ASSIGN_OR_RETURN(plan.recruitment.centres,
                           statistics::Discounted(plan.recruitment.centres, weight));
  if (weight != 1)
    absl::StrAppend(&plan.prior_text, "; what was recruited counts ", arguments.weight);
  if (!arguments.start.empty()) {
    absl::CivilDay day;
    if (!absl::ParseCivilTime(arguments.start, &day)) {
      return error::InvalidField("--start", "DATE_MALFORMED",
                                 "--start must be a date such as 2026-03-01.");
    }
    plan.start = day;
  }
  return plan;
}

std::string When(const Plan& plan, std::optional<double> time) {
  if (!time.has_value()) return "never (all centres are closed)";
  std::string text = Short(*time);
  if (plan.start.has_value() && *time < 12'000) {
    const auto days = static_cast<int64_t>(std::ceil(*time * kDaysPerMonth));
    absl::StrAppend(&text, " months, ", absl::FormatCivilTime(*plan.start + days));
  }
  return text;
}

std::string Verdict(const Plan& plan, const statistics::CountForecast& forecast) {
  const double p = forecast.target_reached.value_or(0);
  const std::string needed = absl::StrCat(plan.recruitment.target_remaining);
  const std::string expected =
      absl::StrCat(" About ", Short(forecast.mean), " are expected, ", needed, " are needed. ");
  const std::string chance =
      absl::StrCat("Chance of reaching the target in time: ", Percent(p), ".\n");
  if (p < 0.01) {
    return absl::StrCat("The target will almost certainly be MISSED.", expected, chance,
                        "More centres, more time or a smaller target are needed.\n");
  }
  if (p < 0.2) return absl::StrCat("The target will probably be MISSED.", expected, chance);
  if (p < 0.5) return absl::StrCat("The target is more likely missed than met.", expected, chance);
  if (p < 0.9)
    return absl::StrCat("The target is more likely met than missed, but not safe.", expected,
                        chance);
  return absl::StrCat("The target will very likely be met.", expected, chance);
}

std::string Count(std::optional<int64_t> count) {
  return count.has_value() ? absl::StrCat(*count) : "-";
}

// P(target reached) at ten times up to somewhat beyond the later of the horizon and the median.
absl::StatusOr<std::string> Curve(const Plan& plan, std::optional<double> median) {
  const double last = 1.2 * std::max(plan.horizon, std::min(median.value_or(0), 5 * plan.horizon));
  if (last <= 0 || !median.has_value()) return std::string();
  std::vector<std::vector<std::string>> rows = {{"time", "P(target reached)", "0 % .. 100 %"}};
  for (int i = 1; i <= 10; ++i) {
    const double time = last * i / 10;
    REPRISE_ASSIGN_OR_RETURN(const double p, statistics::TargetReachedBy(plan.recruitment, time));
    rows.push_back({Short(time), Percent(p), Bar(p)});
  }
  return absl::StrCat("\n", Table(rows, true));
}

}  // namespace

absl::StatusOr<std::string> ForecastReport(const ForecastArguments& arguments) {
  REPRISE_ASSIGN_OR_RETURN(const Plan plan, PlanOf(arguments));
  REPRISE_ASSIGN_OR_RETURN(const auto forecast,
                           statistics::ForecastCount(plan.recruitment, plan.horizon));
  REPRISE_ASSIGN_OR_RETURN(const auto time, statistics::ForecastTimeToTarget(plan.recruitment));
  REPRISE_ASSIGN_OR_RETURN(const std::string curve, Curve(plan, time.p50));
  const auto& prior = plan.recruitment.prior;
  return absl::StrCat(
      Verdict(plan, forecast), "\n", plan.recruitment.centres.size(), " centres; ", plan.prior_text,
      " (alpha ", Short(prior.alpha), ", beta ", Short(prior.beta), ", mean rate ",
      Short(prior.alpha / prior.beta), ", CV ", Short(1 / std::sqrt(prior.alpha)), ")\n\n",
      Table({{"recruits by the horizon", "5 %", "10 %", "50 %", "90 %", "95 %"},
             {absl::StrCat("within ", arguments.horizon), Count(forecast.q05), Count(forecast.q10),
              Count(forecast.q50), Count(forecast.q90), Count(forecast.q95)}}),
      "\n",
      Table({{"target reached by", "with probability"},
             {When(plan, time.p10), "10 %"},
             {When(plan, time.p50), "50 %"},
             {When(plan, time.p90), "90 %"}}),
      curve,
      "\nPoisson-gamma model (Anisimov and Fedorov 2007), exact distribution of the total.\n");
}

}  // namespace reprise::cli
