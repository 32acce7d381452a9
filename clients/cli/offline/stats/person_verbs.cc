// SPDX-License-Identifier: Apache-2.0
// The verbs a person types; what they print is made in *_report.cc.
#include <map>
#include <memory>
#include <string>

#include "clients/cli/files.h"
#include "clients/cli/offline/stats/reports.h"
#include "clients/cli/offline/stats/sample_size_kinds.h"
#include "clients/cli/offline/stats/stats_verbs.h"
#include "services/platform/status.h"

namespace reprise::cli {
namespace {

absl::Status Print(const absl::StatusOr<std::string>& report) {
  REPRISE_RETURN_IF_ERROR(report.status());
  return WriteFile("-", *report);
}

void AddKind(Cli& cli, CLI::App& samplesize, const SampleSizeKind& kind) {
  CLI::App* verb = samplesize.add_subcommand(kind.name, kind.description);
  verb->footer("Example:\n  " + kind.example);
  auto values = std::make_shared<std::map<std::string, std::string>>();
  const auto add = [&](const SampleSizeFlag& flag) {
    CLI::Option* option = verb->add_option(flag.flags, (*values)[flag.column], flag.help);
    if (flag.preset.empty()) {
      option->required();
    } else {
      option->default_str(flag.preset);
    }
  };
  for (const SampleSizeFlag& flag : kind.flags) add(flag);
  if (!kind.inflated.empty()) {
    for (const SampleSizeFlag& flag : InflationFlags()) add(flag);
  }
  cli.OnRun(verb, [values, name = kind.name] {
    return Print(SampleSizeReport(name, Typed(values->begin(), values->end())));
  });
}

}  // namespace

void AddIntervalVerb(Cli& cli, CLI::App& stats) {
  auto a = std::make_shared<IntervalArguments>();
  CLI::App* verb = stats.add_subcommand(
      "interval", "Confidence intervals of a proportion, a difference, a rate or a mean");
  verb->add_option("VALUE", a->values,
                   "x/n, or two of them for their difference, or events for a rate")
      ->expected(0, 2);
  verb->add_option("--conf", a->conf, "Confidence, as a proportion")->capture_default_str();
  verb->add_option("--method", a->method,
                   "wilson, wilson_cc, clopper_pearson, jeffreys or agresti_coull")
      ->capture_default_str();
  verb->add_option("--exposure", a->exposure, "Exposure in which the events were counted");
  verb->add_option("--mean", a->mean, "Mean, with --sd and --n");
  verb->add_option("--sd", a->sd, "Standard deviation");
  verb->add_option("--n", a->n, "Participants of the mean");
  verb->footer(
      "Examples:\n  reprise stats interval 28/40\n  reprise stats interval 28/40 33/41\n"
      "  reprise stats interval 12 --exposure 18\n"
      "  reprise stats interval --mean 63.4 --sd 16.8 --n 40");
  cli.OnRun(verb, [a] { return Print(IntervalReport(*a)); });
}

void AddProgressionVerb(Cli& cli, CLI::App& stats) {
  auto a = std::make_shared<ProgressionArguments>();
  CLI::App* verb = stats.add_subcommand(
      "progression", "What a traffic-light rule does at each true proportion, and the n it needs");
  verb->add_option("--n", a->n, "Participants of the pilot")->required();
  verb->add_option("--red", a->red, "Red below this proportion")->required();
  verb->add_option("--green", a->green, "Green from this proportion on")->required();
  verb->add_option("--x", a->x, "Result so far: participants who count; gives the light");
  verb->add_option("--true", a->true_p, "True proportions to look at")->delimiter(',');
  verb->add_option("--criterion", a->criteria,
                   "Further criterion NAME:x/n:RED:GREEN for the overall decision");
  verb->add_option("--alpha", a->alpha, "One-sided error of the needed n")->capture_default_str();
  verb->add_option("--power", a->power, "Power of the needed n")->capture_default_str();
  verb->add_flag("--robust", a->robust, "The needed n must also hold for the next 20");
  verb->footer("Example:\n  reprise stats progression --n 40 --red 0.6 --green 0.8 --x 31");
  cli.OnRun(verb, [a] { return Print(ProgressionReport(*a)); });
}

void AddSampleSizeVerbs(Cli& cli, CLI::App& stats) {
  CLI::App* samplesize = stats.add_subcommand(
      "samplesize", "Sample size, power and assurance, with formula and reference");
  samplesize->require_subcommand(1);
  samplesize->footer(
      "Example:\n  reprise stats samplesize two-proportions --p1 0.60 --p2 0.75 --power 0.8");
  for (const SampleSizeKind& kind : SampleSizeKinds()) AddKind(cli, *samplesize, kind);
}

void AddForecastVerb(Cli& cli, CLI::App& stats) {
  auto a = std::make_shared<ForecastArguments>();
  CLI::App* verb = stats.add_subcommand(
      "forecast", "How many participants will come, by when, and whether the target will be met");
  verb->add_option("--recruited", a->recruited, "Recruited so far, one count a centre: 12,8,7");
  verb->add_option("--exposure", a->exposure, "Time each centre has been open: 6,6,6");
  verb->add_option("--open-delay", a->open_delay,
                   "Time until each centre opens: 0 where it is open, 'closed' where it is closed");
  verb->add_option("--centres", a->centres, "Number of centres where none has recruited yet");
  verb->add_option("--horizon", a->horizon, "Time left, in the unit of --exposure")->required();
  verb->add_option("--target", a->target, "Participants still needed")->required();
  verb->add_option("--alpha", a->alpha, "Gamma prior of the centre rates, with --beta");
  verb->add_option("--beta", a->beta, "Gamma prior of the centre rates, with --alpha");
  verb->add_option("--rate", a->rate,
                   "Or: expected recruits per centre and unit of time, with --cv");
  verb->add_option("--cv", a->cv, "Coefficient of variation between centres, with --rate");
  verb->add_option("--weight", a->weight, "How much what was recruited counts, 0.5 for a pilot")
      ->capture_default_str();
  verb->add_option("--start", a->start, "Date of the data cut (YYYY-MM-DD); times are then months");
  verb->footer(
      "Examples:\n"
      "  reprise stats forecast --recruited 12,8,7,5,3,2 --exposure 6,6,6,6,6,6 --horizon 18 "
      "--target 200 --start 2026-01-01\n"
      "  reprise stats forecast --centres 6 --rate 1.2 --cv 0.6 --horizon 24 --target 150");
  cli.OnRun(verb, [a] { return Print(ForecastReport(*a)); });
}

}  // namespace reprise::cli
